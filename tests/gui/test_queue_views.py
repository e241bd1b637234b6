"""Saved views of the queue: shown, written, shared and protected."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from PySide6.QtCore import QPointF
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot
from queue_desk import FakeSession, open_queue, ticket

from console.kit.lamp import Light
from console.ticket.queue import QueuePanel
from console.ticket.record import Filter, SavedView, TicketState
from console.ticket.views import ViewBar


def test_view_when_saved_and_chosen_shows_its_filter(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    panel.show_filter(Filter(lights=(Light.YELLOW,)))
    panel._views._write(None, "Soon", shared=False)
    qtbot.waitUntil(lambda: names(panel._views) == ["No saved view", "Soon"])
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


def lines(bar: ViewBar) -> dict[str, str]:
    """Return every line of the list with its count."""
    return {bar._box.itemText(row): bar._box.count_at(row) for row in range(bar._box.count())}


def names(bar: ViewBar) -> list[str]:
    """Return the lines above the units."""
    return list(takewhile(lambda name: name != "Held by unit", lines(bar)))


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
    qtbot.waitUntil(lambda: "Late (shared)" in names(bar))
    bar._box.setCurrentIndex(1)
    bar._box.activated.emit(1)
    panel.show_filter(Filter(lights=(Light.RED,)))
    enabled = [each.text() for each in bar._button.menu().actions() if each.isEnabled()]
    assert enabled == ["Save as…"]
    panel.detach()


def open_list(bar: ViewBar) -> None:
    bar._box.showPopup()


def test_list_shows_how_many_each_view_and_each_unit_holds(qtbot: QtBot, session: FakeSession) -> None:
    session.store.saved = [
        SavedView(1, None, "Late", Filter(lights=(Light.RED,)), 0),
        SavedView(2, "d1_operator1", "At work", Filter(states=(TicketState.WORK,)), 0),
    ]
    panel = open_queue(qtbot, session)
    bar = panel._views
    qtbot.waitUntil(lambda: lines(bar).get("At work") == "6")
    open_list(bar)
    assert lines(bar) == {
        "No saved view": "",
        "Late (shared)": "0",
        "At work": "6",
        "Held by unit": "",
        "隐珠街道": "6",
    }
    panel.detach()


def test_counts_follow_the_feed_while_the_list_is_open_and_no_line_moves(
    qtbot: QtBot, session: FakeSession
) -> None:
    session.store.saved = [SavedView(2, "d1_operator1", "At work", Filter(states=(TicketState.WORK,)), 0)]
    panel = open_queue(qtbot, session)
    bar = panel._views
    qtbot.waitUntil(lambda: lines(bar).get("At work") == "6")
    open_list(bar)
    bar._box.view().setCurrentIndex(bar._box.model().index(1, 0))
    before = list(lines(bar))
    session.commit(ticket(20, version=2, handler_unit_id=1), ticket(3, version=2, handler_unit_id=1))
    qtbot.waitUntil(lambda: lines(bar)["At work"] == "7")
    assert lines(bar)["隐珠街道"] == "5"
    assert list(lines(bar)) == before, "a unit that has become busy waits until the list is opened again"
    assert bar._box.view().currentIndex().row() == 1
    bar._box.hidePopup()
    open_list(bar)
    assert lines(bar)["指挥中心"] == "2"
    panel.detach()


def test_a_view_that_a_colleague_saves_moves_no_line_of_an_open_list(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    for number in range(3):
        session.store.save_view(None, f"view {number}", Filter())
    panel._views.refresh()
    box = panel._views._box
    qtbot.waitUntil(lambda: len(box._views) == 3)
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(2, 0))
    before = list(lines(panel._views))
    session.store.save_view(None, "a colleague's", Filter())
    panel._views.refresh()
    qtbot.waitUntil(lambda: len(box._views) == 4)
    assert (list(lines(panel._views)), box.view().currentIndex().row()) == (before, 2)
    box.hidePopup()
    box.showPopup()
    assert "a colleague's" in lines(panel._views)
    box.hidePopup()


def test_unit_when_chosen_shows_what_it_holds_until_that_is_narrowed(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    bar = panel._views
    qtbot.waitUntil(lambda: bar._box._units != ())
    open_list(bar)
    row = list(lines(bar)).index("隐珠街道")
    bar._box.hidePopup()
    bar._box.setCurrentIndex(row)
    bar._box.activated.emit(row)
    assert panel.filter == Filter(unit_id=2)
    assert bar._box.currentText() == "隐珠街道"
    panel._show(Filter(unit_id=2, lights=(Light.RED,)))
    assert bar._box.currentText() == "No saved view"


def test_counts_nobody_sees_are_not_asked_for(qtbot: QtBot, session: FakeSession, panel: QueuePanel) -> None:
    box, counts = panel._views._box, panel._views._counts._counts
    qtbot.waitUntil(lambda: box._units != ())
    qtbot.waitUntil(lambda: not (counts._is_asking or counts._is_wanted or counts._rest.isActive()))
    before = session.store.questions.count("totals")
    session.commit(ticket(21, version=1))
    qtbot.waitUntil(lambda: panel._total.text() == "Tickets: 7")
    assert session.store.questions.count("totals") == before
    QApplication.sendEvent(box, QEnterEvent(QPointF(), QPointF(), QPointF()))  # about to be opened
    qtbot.waitUntil(lambda: box._totals.units == {2: 7})
    assert session.store.questions.count("totals") == before + 1
