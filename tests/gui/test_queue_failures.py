"""A list whose questions fail, rows that go and come: nothing old looks fresh, and no key goes astray."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any, NoReturn

import pytest
from pytestqt.qtbot import QtBot
from queue_desk import NOW, OPEN, FakeSession, model, open_queue, ticket

from console.kit.lamp import Light
from console.lists.live import PAGE_ROWS
from console.ticket.queue import QueuePanel
from console.ticket.record import TicketId, TicketState, light_of
from db.changes import Change
from db.errors import Unavailable


def refuse(*_asked: Any, **_named: Any) -> NoReturn:
    raise Unavailable("canceling statement due to statement timeout")


def shown(panel: QueuePanel, number: int) -> str:
    row = model(panel).row_of(OPEN[number].id)
    assert row is not None
    return model(panel).row_at(row).title


def test_filter_that_could_not_be_read_is_said_to_be_old_and_read_again(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(session.store, "first_page", refuse)
        panel._filters.lights.chips[Light.YELLOW].click()
        qtbot.waitUntil(lambda: panel._stale.isVisible())
        assert panel._list.delegate.is_stale
        assert "trying again" in panel._stale.text()
    qtbot.waitUntil(lambda: model(panel).rowCount() < len(OPEN))
    assert {light_of(row, session.clock.now()) for row in model(panel).rows} == {Light.YELLOW}
    assert not panel._stale.isVisible()
    assert not panel._list.delegate.is_stale
    session.errors.clear()


def test_change_whose_question_a_failed_reading_cut_off_is_shown(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go = threading.Event(), threading.Event()
    matching = session.store.matching

    def slow(*args: Any) -> Any:
        asked.set()
        go.wait(60)
        return matching(*args)

    with monkeypatch.context() as patch:
        patch.setattr(session.store, "matching", slow)
        session.commit(replace(OPEN[1], version=2, title="changed"))
        qtbot.waitUntil(asked.is_set)
        patch.setattr(session.store, "first_page", refuse)
        panel.refresh()
        session.commit(replace(OPEN[2], version=2, title="changed too"))
        qtbot.waitUntil(lambda: len(session.errors) == 1)
    go.set()
    qtbot.waitUntil(lambda: (shown(panel, 1), shown(panel, 2)) == ("changed", "changed too"))
    session.errors.clear()


def test_row_that_goes_takes_the_cursor_with_it(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    """Qt would put it on a neighbour, for whom the next key was not meant."""
    panel.view.select_key(OPEN[3].id)
    panel.view.select_more([OPEN[0].id])
    del session.store.tickets[OPEN[3].id]
    session.feed.changed.emit((Change("ticket", OPEN[3].id, 2, "d1_supervisor1"),))
    qtbot.waitUntil(lambda: OPEN[3].id not in model(panel).keys)
    assert panel.selected() is None
    assert [each.id for each in panel.chosen()] == [OPEN[0].id]


def test_ticket_that_waits_is_let_in_as_it_is_by_then(qtbot: QtBot) -> None:
    """Without a due moment it belongs behind the rows that are read."""
    session = FakeSession([ticket(number) for number in range(PAGE_ROWS * 2)])
    panel = open_queue(qtbot, session, PAGE_ROWS)
    panel.view.select_key(model(panel).keys[0])
    new = ticket(900, due_at=None, state=TicketState.NEW, title="as reported")
    session.commit(new)
    qtbot.waitUntil(lambda: panel._news.text() == "1 new")
    session.commit(replace(new, version=2, title="corrected"))

    def corrected() -> bool:
        waits = model(panel).held(new.id)
        return waits is not None and waits.title == "corrected"

    qtbot.waitUntil(corrected)
    panel.release_news()
    row = model(panel).row_of(new.id)
    assert row is not None
    assert model(panel).row_at(row).version == 2
    panel.detach()
    session.stop()


def test_rows_read_again_after_changes_were_missed_stand_where_they_stood(qtbot: QtBot) -> None:
    session = FakeSession([ticket(number, due_at=NOW + timedelta(hours=number)) for number in range(90)])
    panel = open_queue(qtbot, session, 90)

    def arrive(first: int) -> None:
        for number in range(first, first + 8):
            new = ticket(number, due_at=NOW + timedelta(minutes=number - first))
            session.store.tickets[new.id] = new
        with qtbot.waitSignal(panel.live.loaded):
            session.feed.missed.emit()

    def place(key: TicketId) -> int:
        row = model(panel).row_of(key)
        assert row is not None
        return panel.view.rowViewportPosition(row)

    kept = model(panel).keys[5]
    panel.view.select_key(kept)
    before = place(kept)
    arrive(200)
    assert (place(kept), panel.chosen()[0].id) == (before, kept)
    panel.view.clearSelection()
    panel.view.setCurrentIndex(panel.view.rootIndex())
    panel.view.verticalScrollBar().setValue(600)
    top = model(panel).keys[panel.view.visible_rows().start]
    before = place(top)
    arrive(300)
    assert place(top) == before
    panel.detach()
    session.stop()


def test_what_was_chosen_far_down_stays_chosen_after_changes_were_missed(qtbot: QtBot) -> None:
    rows = PAGE_ROWS * 11
    session = FakeSession([ticket(number, due_at=NOW + timedelta(hours=number)) for number in range(rows)])
    panel = open_queue(qtbot, session, PAGE_ROWS)
    while (loaded := model(panel).rowCount()) < rows:
        panel.view.scrollToBottom()
        qtbot.waitUntil(lambda loaded=loaded: model(panel).rowCount() > loaded)
    wanted = [model(panel).keys[number] for number in (3, rows - 40, rows - 1)]
    panel.view.select_more(wanted)
    top = model(panel).keys[panel.view.visible_rows().start]
    for number in range(rows, rows + 8):
        session.store.tickets[ticket(number).id] = ticket(number, due_at=NOW + timedelta(minutes=1))
    with qtbot.waitSignal(panel.live.loaded):
        session.feed.missed.emit()
    assert model(panel).rowCount() == rows + 8
    assert [each.id for each in panel.chosen()] == wanted
    assert model(panel).keys[panel.view.visible_rows().start] == top
    panel.detach()
    session.stop()


def test_pages_given_up_are_there_again_after_changes_were_missed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.lists.live.MOST_ROWS", PAGE_ROWS * 2)
    session = FakeSession(
        [ticket(number, due_at=NOW + timedelta(hours=number)) for number in range(PAGE_ROWS * 4)]
    )
    panel = open_queue(qtbot, session, PAGE_ROWS)
    first = model(panel).keys[0]
    while first in model(panel).keys:
        loaded = model(panel).keys[-1]
        panel.view.scrollToBottom()
        qtbot.waitUntil(lambda loaded=loaded: model(panel).keys[-1] != loaded)
    before = model(panel).keys[0]
    with qtbot.waitSignal(panel.live.loaded):
        session.feed.missed.emit()
    assert model(panel).keys[0] == before
    while first not in model(panel).keys:
        loaded = model(panel).keys[0]
        panel.view.scrollToTop()
        qtbot.waitUntil(lambda loaded=loaded: model(panel).keys[0] != loaded)
    assert model(panel).rowCount() <= PAGE_ROWS * 3
    panel.detach()
    session.stop()
