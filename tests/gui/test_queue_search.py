"""Searching in the queue: all years, marked words, honest counts, no search nobody waits for."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot
from queue_desk import NOW, OPEN, FakeSession, model, open_queue, ticket

from console.kit.lamp import Light
from console.kit.table import TIP_ROLE
from console.shell.providers import EACH, TicketProvider
from console.ticket.queue import QueuePanel
from console.ticket.record import Counts, Filter, Order, Page, Ticket
from db.transaction import Halt

LAMP = replace(OPEN[3], title="路口的水管破裂", body="市民来电。" * 9 + "附近的白鹭受惊。")
OLD = replace(ticket(77, due_at=None), title="旧水管", is_open=False)


@pytest.fixture
def session(qtbot: QtBot) -> FakeSession:
    made = FakeSession([*OPEN[:3], LAMP, *OPEN[4:], OLD])
    yield made
    made.stop()


@pytest.fixture
def panel(qtbot: QtBot, session: FakeSession) -> QueuePanel:
    return open_queue(qtbot, session)


def column(panel: QueuePanel, key: str) -> int:
    return [each.key for each in model(panel).columns].index(key)


def marks(panel: QueuePanel, session: FakeSession, row: int, key: str) -> int:
    """Count the pixels of a cell that have the colour of what was found."""
    index = model(panel).index(row, column(panel, key))
    area = panel.view.visualRect(index)
    image: QImage = panel.view.viewport().grab(area).toImage()
    colour = session.theme.colour("found").rgb()
    return sum(image.pixel(x, y) == colour for x in range(image.width()) for y in range(image.height()))


def test_typing_opens_all_years_and_clearing_goes_back(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    bar = panel._filters
    bar._text.setText("水管")
    qtbot.waitUntil(lambda: model(panel).rowCount() == 2)
    assert set(model(panel).keys) == {LAMP.id, OLD.id}
    assert bar._history.isChecked()
    assert panel.filter == Filter(text="水管", open_only=False, order=Order.NEWEST)
    bar._text.clear()
    qtbot.waitUntil(lambda: model(panel).rowCount() == len(OPEN))
    assert bar._open.isChecked()
    assert panel.filter == Filter()


def test_open_tickets_alone_when_the_operator_says_so(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    bar = panel._filters
    bar._text.setText("水管")
    qtbot.waitUntil(lambda: model(panel).rowCount() == 2)
    qtbot.mouseClick(bar._open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: model(panel).rowCount() == 1)
    bar._text.setText("水管破")
    qtbot.waitUntil(lambda: panel.filter.text == "水管破")
    assert panel.filter.open_only
    bar._text.clear()
    qtbot.waitUntil(lambda: panel.filter == Filter())


def test_found_words_are_marked_in_the_title_and_told_from_the_text(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    row = model(panel).row_of(LAMP.id)
    assert row is not None
    assert marks(panel, session, row, "what") == 0
    panel._filters._text.setText("水管")
    qtbot.waitUntil(lambda: model(panel).rowCount() == 2)
    row = model(panel).row_of(LAMP.id)
    assert row is not None
    both = marks(panel, session, row, "what")
    assert both > 100
    assert marks(panel, session, row, "due") == 0
    panel._list._words.sought = ("白鹭",)  # only the text has it: shown behind the title, and in the tip
    panel.view.viewport().update()
    assert marks(panel, session, row, "what") > 100
    tip = model(panel).index(row, column(panel, "what")).data(TIP_ROLE)
    assert tip.splitlines()[0] == LAMP.title
    assert "白鹭受惊" in tip.splitlines()[1]


def test_more_than_is_counted_is_said_and_not_shown_as_nothing(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.store, "_counts", lambda _: Counts(200, None, None, more=True))
    panel._filters._text.setText("水管")
    qtbot.waitUntil(lambda: panel._total.text() == "Tickets: 200+")
    assert panel._filters.lights.chips[Light.RED].text() == "Overdue"
    monkeypatch.setattr(session.store, "_counts", lambda _: Counts(1, {Light.RED: 1}, {}, since=NOW))
    panel._filters._text.setText("管")
    qtbot.waitUntil(lambda: panel._total.text().startswith("Tickets: 1 since 2026-"))
    assert panel._filters.lights.chips[Light.RED].text() == "Overdue 1"


def test_typing_on_ends_the_search_that_runs(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()
    real = session.store.first_page

    def slow(
        wanted: Filter, limit: int = 200, halt: Halt | None = None, *_rest: object
    ) -> tuple[Page, Counts]:
        if wanted.text == "水":
            assert halt is not None
            begun.set()
            ended.wait(60)
        return real(wanted, limit)

    monkeypatch.setattr(session.store, "first_page", slow)
    monkeypatch.setattr(Halt, "call", lambda _: ended.set())
    panel._filters._text.setText("水")
    qtbot.waitUntil(begun.is_set)
    panel._filters._text.setText("水管")
    qtbot.waitUntil(lambda: model(panel).rowCount() == 2)
    assert ended.is_set()
    assert session.errors == []


class FoundStore:
    """A store that finds the same for whatever is sought."""

    def __init__(self, *found: Ticket) -> None:
        self.found = list(found)
        self.asked: list[str] = []

    def search(self, words: str, limit: int, _halt: Halt | None = None) -> list[Ticket]:
        self.asked.append(words)
        return self.found[:limit]


def test_command_line_finds_tickets_by_words_and_all_of_them() -> None:
    store, opened, shown, callers = FoundStore(LAMP, OLD), [], [], []
    provider = TicketProvider(store, opened.append, shown.append, callers.append)  # type: ignore[arg-type]
    assert provider.find("水") == []
    hits = provider.find("白鹭")
    assert [hit.text for hit in hits] == [LAMP.number, OLD.number, "All tickets with “白鹭”"]
    assert "白鹭受惊" in hits[0].detail
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    hits[0].run()
    hits[2].run()
    assert (opened, shown) == ([LAMP.id], [Filter(text="白鹭", open_only=False)])
    assert provider.find(LAMP.number)[0].score == 100
    assert store.asked == ["白鹭", LAMP.number]
    assert len(provider.find("0001")) == 4
    provider.find("0001")[3].run()
    assert callers == ["0001"]
    assert len(store.found) <= EACH


def test_command_line_offers_callers_only_to_whom_it_concerns() -> None:
    provider = TicketProvider(FoundStore(), list, list, None)  # type: ignore[arg-type]
    assert provider.find("0001") == []
