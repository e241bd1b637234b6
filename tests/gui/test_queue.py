"""The queue panel over a store in memory."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from queue_desk import DAY_END, NOW, OPEN, FakeSession, model, open_queue, ticket

from console.kit.lamp import Light
from console.kit.table import MARK_ROLE
from console.lists.attendance_store import Attended, Claim
from console.lists.filters import FilterBar
from console.lists.live import MOST_ROWS, PAGE_ROWS
from console.lists.view import QueueView
from console.ticket.queue import LEAST_NOTICE, QueuePanel
from console.ticket.record import Counts, Filter, Order, TicketId, TicketState
from db.changes import Change
from db.errors import Unavailable


def view(panel: QueuePanel) -> QueueView:
    return panel._view


def text(panel: QueuePanel, row: int, key: str) -> str:
    column = [each.key for each in model(panel).columns].index(key)
    return model(panel).index(row, column).data()


def test_queue_when_opened_shows_open_tickets_by_due_moment(panel: QueuePanel) -> None:
    assert list(model(panel).keys) == [each.id for each in OPEN]
    assert text(panel, 0, "where") == "隐珠街道 › 东山管区 › 第7网格"
    assert text(panel, 0, "who") == "隐珠街道"
    assert text(panel, 0, "due") == "13 h left"
    assert text(panel, 1, "due") == "1 wd left"
    assert panel._total.text() == "Tickets: 6"


def test_row_when_a_colleague_changes_it_is_marked_in_place(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    panel._view.select_key(OPEN[2].id)
    session.commit(replace(OPEN[1], version=2, title="changed"))
    qtbot.waitUntil(lambda: text(panel, 1, "what") == "changed")
    assert model(panel).index(1, 0).data(MARK_ROLE)
    assert panel.selected() == OPEN[2]


def test_row_when_nothing_differs_asks_no_question(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    session.commit(OPEN[1])
    session.commit(replace(OPEN[2], version=2, title="changed"))
    qtbot.waitUntil(lambda: text(panel, 2, "what") == "changed")
    assert session.store.questions.count("matching") == 1


def test_change_whose_question_fails_is_asked_again(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answer = [], session.store.matching

    def fail_once(ids: Sequence[TicketId], *given: Any) -> Counts:
        asked.append(ids)
        if len(asked) == 1:
            raise Unavailable("it takes too long")
        return answer(ids, *given)

    monkeypatch.setattr(session.store, "matching", fail_once)
    session.commit(replace(OPEN[1], version=2, title="changed"))
    qtbot.waitUntil(lambda: text(panel, 1, "what") == "changed")
    assert len(asked) == 2
    assert [str(error) for error in session.errors] == ["it takes too long"]
    session.errors.clear()


def test_new_row_while_the_operator_works_waits_behind_the_chip(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    panel._view.select_key(OPEN[2].id)
    session.commit(ticket(50, due_at=NOW))
    qtbot.waitUntil(lambda: panel._news.isVisible())
    assert panel._news.text() == "1 new"
    assert model(panel).rowCount() == 6
    qtbot.waitUntil(lambda: panel._total.text() == "Tickets: 7")
    qtbot.mouseClick(panel._news, Qt.MouseButton.LeftButton)
    assert model(panel).keys[0] == ticket(50).id
    assert panel.selected() == OPEN[2]
    assert not panel._news.isVisible()


def test_new_row_while_nobody_works_comes_in_at_its_place(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    session.commit(ticket(50, due_at=NOW))
    qtbot.waitUntil(lambda: model(panel).rowCount() == 7)
    assert model(panel).keys[0] == ticket(50).id


def test_waiting_row_when_it_leaves_the_filter_again_is_forgotten(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    panel._view.select_key(OPEN[2].id)
    session.commit(ticket(50, due_at=NOW))
    qtbot.waitUntil(lambda: panel._news.isVisible())
    session.commit(replace(ticket(50, due_at=None), version=2, is_open=False))
    qtbot.waitUntil(lambda: not panel._news.isVisible())


def test_row_when_it_leaves_the_filter_stays_struck_until_refresh(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    panel._view.select_key(OPEN[2].id)
    session.commit(replace(OPEN[2], version=2, state=TicketState.DONE, is_open=False))
    qtbot.waitUntil(lambda: OPEN[2].id in panel._live.left)
    for _ in range(20):
        session.clock.advance(1)
    assert OPEN[2].id in model(panel).keys
    qtbot.waitUntil(lambda: panel._total.text() == "Tickets: 5")
    panel.refresh()
    qtbot.waitUntil(lambda: model(panel).rowCount() == 5)
    assert panel._live.left == {}


def test_row_that_left_when_nobody_works_goes_after_some_seconds(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    session.commit(replace(OPEN[2], version=2, is_open=False))
    qtbot.waitUntil(lambda: OPEN[2].id in panel._live.left)
    for _ in range(6):
        session.clock.advance(1)
    assert OPEN[2].id not in model(panel).keys


def test_row_when_it_may_no_longer_be_seen_goes_at_once(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    del session.store.tickets[OPEN[3].id]
    session.feed.changed.emit((Change("ticket", OPEN[3].id, 2, "d1_supervisor1"),))
    qtbot.waitUntil(lambda: OPEN[3].id not in model(panel).keys)


def test_light_when_its_moment_comes_turns_without_a_question_and_counts_follow(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    reds = panel._filters.lights.chips[Light.RED]
    assert reds.text() == "Overdue 0"
    session.clock.advance(DAY_END.total_seconds() + 1)
    assert model(panel).columns[0].light(model(panel).row_at(0)) == Light.RED
    qtbot.waitUntil(lambda: reds.text() == "Overdue 1")


def test_refresh_when_a_row_is_selected_keeps_it_selected(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    panel._view.select_key(OPEN[4].id)
    session.store.tickets[ticket(50).id] = ticket(50, due_at=NOW)
    panel.refresh()
    qtbot.waitUntil(lambda: model(panel).rowCount() == 7)
    assert panel.selected() == OPEN[4]


def test_refresh_when_another_row_is_taken_meanwhile_keeps_that_one(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    panel._view.select_key(OPEN[4].id)
    session.store.tickets[ticket(50).id] = ticket(50, due_at=NOW)
    panel.refresh()
    panel._view.select_key(OPEN[2].id)  # the answer is under way
    qtbot.waitUntil(lambda: model(panel).rowCount() == 7)
    assert panel.selected() == OPEN[2]


def test_link_when_lost_says_stale_and_reloads_when_changes_were_missed(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    session.link_changed.emit(False)
    assert "10:00:00" in panel._stale.text()
    assert panel._list.delegate.is_stale
    session.store.tickets[ticket(50).id] = ticket(50)
    session.link_changed.emit(True)
    session.feed.link_up.emit(NOW)
    session.feed.missed.emit()
    qtbot.waitUntil(lambda: model(panel).rowCount() == 7)
    assert not panel._stale.isVisible()


def test_rows_are_shown_before_all_is_counted(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_counting, may_end = threading.Event(), threading.Event()
    count = session.store._counts

    def slow(wanted: Filter) -> Counts:
        is_counting.set()
        may_end.wait(60)
        return count(wanted)

    monkeypatch.setattr(session.store, "_counts", slow)
    session.store.tickets[ticket(50).id] = ticket(50)
    before = panel._total.text()
    panel.refresh()
    qtbot.waitUntil(lambda: model(panel).rowCount() == 7)
    assert is_counting.is_set()
    assert panel._total.text() == before
    may_end.set()
    qtbot.waitUntil(lambda: panel._total.text() != before)


def test_rows_do_not_wait_for_a_count_and_one_that_failed_comes_with_the_link(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, count = panel._total.text(), session.store.counts
    may_fail = threading.Event()

    def broken(_wanted: Filter) -> Counts:
        may_fail.wait(60)
        raise Unavailable("the link is gone")

    monkeypatch.setattr(session.store, "counts", broken)
    session.commit(ticket(50))
    qtbot.waitUntil(lambda: model(panel).rowCount() == 7)
    session.commit(ticket(51))
    qtbot.waitUntil(lambda: model(panel).rowCount() == 8)  # the count is still under way
    may_fail.set()
    qtbot.waitUntil(lambda: len(session.errors) == 1)
    session.errors.clear()
    assert panel._total.text() == before
    monkeypatch.setattr(session.store, "counts", count)
    session.feed.link_up.emit(NOW)
    qtbot.waitUntil(lambda: panel._total.text() != before)


def test_history_when_scrolled_to_the_end_reads_the_next_page(qtbot: QtBot) -> None:
    desk = FakeSession([ticket(n, is_open=False, due_at=None) for n in range(PAGE_ROWS * 2 + 50)])
    panel = open_queue(qtbot, desk, 0)
    panel.show_filter(Filter(open_only=False, order=Order.NEWEST))
    qtbot.waitUntil(lambda: model(panel).rowCount() == PAGE_ROWS)
    for rows in (PAGE_ROWS * 2, PAGE_ROWS * 2 + 50):
        view(panel).scrollToBottom()
        qtbot.waitUntil(lambda rows=rows: model(panel).rowCount() == rows)
    created = [row.created_at for row in model(panel).rows]
    assert created == sorted(created, reverse=True)
    panel.detach()
    desk.stop()


def test_history_when_longer_than_memory_gives_pages_up_and_takes_them_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.lists.live.MOST_ROWS", PAGE_ROWS * 2)
    desk = FakeSession([ticket(n, is_open=False, due_at=None) for n in range(PAGE_ROWS * 4)])
    newest = ticket(0).id
    panel = open_queue(qtbot, desk, 0)
    panel.show_filter(Filter(open_only=False, order=Order.NEWEST))
    qtbot.waitUntil(lambda: model(panel).rowCount() == PAGE_ROWS)
    view(panel).scrollToBottom()
    qtbot.waitUntil(lambda: model(panel).rowCount() == PAGE_ROWS * 2)
    view(panel).scrollToBottom()
    last = model(panel).rows[-1]
    qtbot.waitUntil(lambda: newest not in model(panel).keys)
    number = model(panel).row_of(last.id)
    assert number in view(panel).visible_rows()
    assert model(panel).rowCount() <= PAGE_ROWS * 2
    qtbot.waitUntil(lambda: _scroll(panel, down=False) and newest in model(panel).keys)
    assert model(panel).rowCount() <= PAGE_ROWS * 2
    assert MOST_ROWS == 10_000
    panel.detach()
    desk.stop()


def _scroll(panel: QueuePanel, *, down: bool) -> bool:
    if down:
        view(panel).scrollToBottom()
    else:
        view(panel).scrollToTop()
    return True


def test_fresh_report_when_it_sorts_behind_the_loaded_page_still_waits_behind_the_chip(qtbot: QtBot) -> None:
    desk = FakeSession([ticket(n) for n in range(PAGE_ROWS * 2)])
    panel = open_queue(qtbot, desk, PAGE_ROWS)
    panel._view.select_key(model(panel).keys[0])
    desk.commit(ticket(900, due_at=None, state=TicketState.NEW))
    qtbot.waitUntil(lambda: panel._news.text() == "1 new")
    desk.commit(replace(ticket(PAGE_ROWS + 50), version=2), ticket(901, due_at=None))
    qtbot.waitUntil(lambda: panel._news.text() == "2 new")
    panel.release_news()
    assert model(panel).row_of(ticket(900).id) in view(panel).visible_rows()
    qtbot.waitUntil(lambda: model(panel).rowCount() == PAGE_ROWS * 2 + 2)
    assert model(panel).row_of(ticket(900).id) in view(panel).visible_rows()
    panel.detach()
    desk.stop()


def test_filter_when_a_light_is_chosen_counts_agree_with_the_list(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    chip = panel._filters.lights.chips[Light.YELLOW]
    assert chip.text() == "Due soon 1"
    chip.click()
    qtbot.waitUntil(lambda: model(panel).rowCount() == 1)
    assert panel._total.text() == "Tickets: 1"
    assert panel._filters.lights.chips[Light.GREEN].text() == "In time 5"


def test_filter_when_text_is_typed_asks_once_after_a_pause(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    asked = session.store.questions.count("first_page")
    qtbot.keyClicks(panel._filters._text, "20260304")
    qtbot.keyClicks(panel._filters._text, "00003")
    qtbot.waitUntil(lambda: model(panel).rowCount() == 1)
    assert session.store.questions.count("first_page") == asked + 1


def test_filter_when_category_is_typed_by_initials_is_applied(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    bar: FilterBar = panel._filters
    qtbot.keyClicks(bar._category, "ld")
    qtbot.waitUntil(bar._category.is_settled)
    qtbot.keyClick(bar._category, Qt.Key.Key_Return)
    assert panel.filter.category_id == 3


def test_keyboard_when_slash_is_typed_goes_to_the_text_and_enter_comes_back(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    panel.activateWindow()
    view(panel).setFocus()
    qtbot.keyClick(view(panel), Qt.Key.Key_Slash)
    qtbot.waitUntil(lambda: panel._filters._text.hasFocus())
    qtbot.keyClick(panel._filters._text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view(panel).hasFocus())
    assert panel.selected() == OPEN[0]


def test_keyboard_when_end_then_enter_asks_for_the_last_ticket(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    qtbot.keyClick(view(panel), Qt.Key.Key_End)
    with qtbot.waitSignal(panel.ticket_requested) as asked:
        qtbot.keyClick(view(panel), Qt.Key.Key_Return)
    assert asked.args == [OPEN[-1].id]


def test_colleague_when_they_open_a_ticket_is_shown_by_initials(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    session.store.present = {OPEN[0].id: Attended(("d1_town01",))}
    session.feed.changed.emit((Change("presence", OPEN[0].id, 0, "d1_town01"),))
    qtbot.waitUntil(lambda: text(panel, 0, "colleagues") == "建国")


def test_colleague_when_they_take_a_ticket_and_write_is_told_apart(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    claims = (Claim(1, "d1_operator1", NOW), Claim(2, "d1_town01", NOW))
    session.store.present = {OPEN[0].id: Attended(("d1_operator1", "d1_town01"), ("d1_town01",), claims)}
    session.feed.changed.emit((Change("presence", OPEN[0].id, 0, "d1_town01"),))
    qtbot.waitUntil(lambda: text(panel, 0, "colleagues") == "●me ●建国 建国…")
    assert panel.taking.is_mine(OPEN[0].id)
    assert not panel.taking.can_take(OPEN[0])
    assert panel.taking.can_take(OPEN[1])


def test_presence_elsewhere_costs_this_desk_no_question(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    qtbot.waitUntil(lambda: len(session.store.looks) == 1)
    session.feed.changed.emit(tuple(Change("presence", 1000 + n, 0, "d1_town01") for n in range(200)))
    session.store.present = {OPEN[1].id: Attended(("d1_town01",))}
    session.feed.changed.emit((Change("presence", OPEN[1].id, 0, "d1_town01"),))
    qtbot.waitUntil(lambda: text(panel, 1, "colleagues") == "建国")
    assert session.store.looks[1:] == [{OPEN[1].id}]


def test_row_in_hand_stays_in_sight_when_the_room_shrinks(panel: QueuePanel) -> None:
    view = panel.view
    view.go_last()
    row = view.currentIndex().row()
    view.setFixedHeight(view.height() - (view.viewport().height() - view.rowHeight(0) * row))
    assert view.viewport().height() < view.rowHeight(0) * (row + 1)
    assert view.visualRect(view.currentIndex()).bottom() <= view.viewport().height()


@pytest.mark.parametrize("width", [642, 829])  # beside a page, in windows of 1280 and 1600
def test_when_a_ticket_is_due_is_read_whole_beside_its_page(panel: QueuePanel, width: int) -> None:
    panel.resize(width, 600)
    table = view(panel)
    due = [column.key for column in model(panel).columns].index("due")
    edge = table.columnViewportPosition(due) + table.columnWidth(due)
    assert 0 < edge <= table.viewport().width()


@pytest.mark.parametrize("width", [642, 829, 1108])
def test_lights_keep_their_names_beside_the_notice_that_the_list_is_old(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel, width: int
) -> None:
    panel.resize(width, 600)
    session.link_changed.emit(False)
    assert panel._stale.isVisible()
    panel._column.activate()
    for chip in panel._filters.lights.chips.values():
        assert chip.width() >= chip.sizeHint().width()
    assert panel._stale.width() >= LEAST_NOTICE
    assert panel._stale.toolTip() == panel._stale.text()
