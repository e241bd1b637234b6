"""Saved views of the queue: shown, written, shared and protected."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QDialogButtonBox, QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot
from queue_desk import FakeSession, open_queue

from console.kit.lamp import Light
from console.ticket.queue import QueuePanel
from console.ticket.record import Filter, SavedView
from console.ticket.views import ViewBar


def test_view_when_saved_and_chosen_shows_its_filter(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    panel.show_filter(Filter(lights=(Light.YELLOW,)))
    panel._views._write(None, "Soon", shared=False)
    qtbot.waitUntil(lambda: panel._views._box.count() == 2)
    panel.show_filter(Filter())
    panel._views._box.setCurrentIndex(1)
    panel._views._box.activated.emit(1)
    assert panel.filter == Filter(lights=(Light.YELLOW,))
    assert panel._views._current() == SavedView(1, "d1_operator1", "Soon", Filter(lights=(Light.YELLOW,)), 0)


def choose(bar: ViewBar, words: str) -> None:
    """Choose from the menu of the views."""
    action = next(each for each in bar._button.menu().actions() if each.text() == words)
    assert action.isEnabled()
    action.trigger()


def answer(bar: ViewBar, name: str) -> None:
    """Type a name into the question and accept."""
    dialog = next(each for each in bar.findChildren(QInputDialog) if each.isVisible())
    dialog.findChild(QLineEdit).setText(name)
    dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()


def names(bar: ViewBar) -> list[str]:
    return [bar._box.itemText(number) for number in range(bar._box.count())]


def test_view_when_saved_shared_renamed_changed_and_deleted_by_its_menu(
    qtbot: QtBot, session: FakeSession
) -> None:
    session.me = replace(session.me, duties=("supervisor",))
    panel = open_queue(qtbot, session)
    bar = panel._views
    assert {each.text(): each.isEnabled() for each in bar._button.menu().actions()} == {
        "Save changes": False,
        "Save as…": True,
        "Save as, shared with the district…": True,
        "Rename…": False,
        "Delete": False,
    }
    panel.show_filter(Filter(lights=(Light.YELLOW,)))
    choose(bar, "Save as…")
    answer(bar, "Soon")
    qtbot.waitUntil(lambda: names(bar) == ["No saved view", "Soon"])
    assert bar._box.currentText() == "Soon"
    choose(bar, "Rename…")
    answer(bar, "  Soon due ")
    qtbot.waitUntil(lambda: names(bar) == ["No saved view", "Soon due"])
    panel.show_filter(Filter(lights=(Light.RED,)))
    choose(bar, "Save changes")
    qtbot.waitUntil(lambda: session.store.saved[0].filter == Filter(lights=(Light.RED,)))
    choose(bar, "Save as, shared with the district…")
    answer(bar, "Late")
    qtbot.waitUntil(lambda: "Late (shared)" in names(bar))
    assert bar._box.currentText() == "Late (shared)"
    choose(bar, "Delete")
    qtbot.waitUntil(lambda: names(bar) == ["No saved view", "Soon due"])
    assert bar._box.currentText() == "No saved view"
    panel.detach()


def test_view_when_its_name_is_left_empty_is_not_saved(session: FakeSession, panel: QueuePanel) -> None:
    choose(panel._views, "Save as…")
    answer(panel._views, "  ")
    assert session.writes.stop(finish=True)
    assert session.store.saved == []


def test_shared_view_when_one_may_not_share_can_only_be_copied(qtbot: QtBot, session: FakeSession) -> None:
    session.store.saved = [SavedView(1, None, "Late", Filter(), 0)]
    panel = open_queue(qtbot, session)
    bar = panel._views
    qtbot.waitUntil(lambda: bar._box.count() == 2)
    bar._box.setCurrentIndex(1)
    bar._box.activated.emit(1)
    panel.show_filter(Filter(lights=(Light.RED,)))
    enabled = [each.text() for each in bar._button.menu().actions() if each.isEnabled()]
    assert enabled == ["Save as…"]
    panel.detach()
