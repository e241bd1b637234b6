"""Desks: lists as the database counts them, worked through by keyboard."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.kit import spare as kit_spare
from console.shell.main_window import MainWindow
from console.ticket.desk_index import COUNT
from console.ticket.desk_lists import CENTRE_LISTS, UNIT_LISTS, by_turn
from console.ticket.desk_panel import DeskPanel

WindowOf = Callable[[str], MainWindow]
TOWN = "d1_town01"


def desk_of(window: MainWindow, key: str, qtbot: QtBot) -> DeskPanel:
    desk = window.show_workspace(key)
    assert isinstance(desk, DeskPanel)
    qtbot.waitUntil(lambda: any(item.font(COUNT).bold() for item in desk.index._items))
    return desk


def counts(desk: DeskPanel) -> dict[str, str]:
    shown = zip(desk.index._lists, desk.index._items, strict=True)
    return {each.key: item.text(COUNT) for each, item in shown if item.text(COUNT)}


def choose(desk: DeskPanel, key: str) -> None:
    desk.index.choose([each.key for each in desk.index._lists].index(key))


def in_hand(desk: DeskPanel) -> str | None:
    ticket = None if desk.page is None else desk.page.selected()
    return None if ticket is None else ticket.number


def test_unit_lists_hold_each_ticket_where_it_belongs(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    hall.sent()
    hall.act(TOWN, hall.sent(), "sign")
    contacted = hall.sent()
    hall.act(TOWN, contacted, "sign")
    hall.act(TOWN, contacted, "record_contact", how="phone", text="called")
    helped = hall.sent("d1_town02")
    hall.act("d1_supervisor1", helped, "set_assist", assist=[hall.unit_of(TOWN)], by=tomorrow())
    desk = desk_of(window_of(TOWN), "unit", qtbot)
    qtbot.waitUntil(lambda: counts(desk) == {"sign": "1", "contact": "1", "work": "1", "assist": "1"})


def test_step_on_the_ticket_in_hand_moves_it_to_the_next_list(
    window_of: WindowOf, hall: Hall, qtbot: QtBot
) -> None:
    first, second = hall.sent(), hall.sent()
    desk = desk_of(window_of(TOWN), "unit", qtbot)
    qtbot.waitUntil(lambda: desk.offers("sign"))
    assert in_hand(desk) == first["number"]
    qtbot.keyClick(desk.table, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: counts(desk) == {"sign": "1", "contact": "1"})
    assert hall.ticket(first["id"])["state"] == "WORK"
    qtbot.keyClick(desk.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: in_hand(desk) == second["number"])


def test_page_that_was_made_ahead_is_seen(
    window_of: WindowOf, hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit_spare, "QUIET_MS", 0)
    first, second = hall.sent(), hall.sent()
    desk = desk_of(window_of(TOWN), "unit", qtbot)
    qtbot.waitUntil(lambda: in_hand(desk) == first["number"])
    qtbot.waitUntil(lambda: desk._spare._ready is not None)
    ahead = desk._spare._ready
    qtbot.keyClick(desk.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: in_hand(desk) == second["number"])
    assert desk.page is ahead
    assert desk.page.isVisible()


def test_ticket_that_arrives_is_counted(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    hall.sent()
    desk = desk_of(window_of(TOWN), "unit", qtbot)
    hall.sent()
    qtbot.waitUntil(lambda: counts(desk) == {"sign": "2"})


def test_ticket_that_arrives_waits_behind_a_button_while_one_is_in_hand(
    window_of: WindowOf, hall: Hall, qtbot: QtBot
) -> None:
    first = hall.sent()
    desk = desk_of(window_of(TOWN), "unit", qtbot)
    qtbot.waitUntil(lambda: desk.offers("sign"))
    hall.sent()
    qtbot.waitUntil(lambda: desk.news.isVisible() and counts(desk) == {"sign": "2"})
    assert "1 new" in desk.news.text()
    assert desk.table.model().rowCount() == 1
    qtbot.keyClick(desk.table, Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: desk.table.model().rowCount() == 2)
    assert desk.news.isHidden()
    assert in_hand(desk) == first["number"]


def test_centre_lists_agree_with_the_database(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    hall.open()
    hall.act("d1_operator1", hall.open(), "accept")
    hall.act("d1_operator1", hall.open(), "propose_refusal", reason=refusal(hall), text="litigation")
    hall.act("d1_operator1", hall.open(), "special_report", report="for the leader")
    hall.act(TOWN, hall.sent(), "return", basis=code(hall, "return"), text="not ours")
    desk = desk_of(window_of("d1_supervisor1"), "centre", qtbot)
    expected = {"new": "2", "triage": "1", "refusal": "1", "special": "1", "return": "1"}
    qtbot.waitUntil(lambda: counts(desk) == expected)


def test_list_keys_go_round(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    hall.open()
    desk = desk_of(window_of("d1_operator1"), "centre", qtbot)
    qtbot.keyClick(desk.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert desk.index.current() == len(CENTRE_LISTS) - 1
    qtbot.keyClick(desk.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert desk.index.current() == 0


def test_empty_list_says_so(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    hall.open()
    desk = desk_of(window_of("d1_operator1"), "centre", qtbot)
    choose(desk, "confer")
    qtbot.waitUntil(lambda: desk._nothing.isVisible() and desk.page is None)
    assert desk.selected() is None


def test_own_duties_come_first() -> None:
    assert by_turn(CENTRE_LISTS, ("callback",))[0].key == "callback"
    assert list(by_turn(UNIT_LISTS, ("unit",))) == list(UNIT_LISTS)


def tomorrow() -> str:
    return str(datetime.now(UTC).date() + timedelta(days=2))


def refusal(hall: Hall) -> str:
    return code(hall, "refuse")


def code(hall: Hall, name: str) -> str:
    found = hall.row(
        "d1_operator1", "select code from api.reasons where list = %s order by rank limit 1", name
    )
    return str(found["code"])


def test_a_ticket_that_is_gone_keeps_its_page_while_something_is_typed(
    window_of: WindowOf, hall: Hall, owner_hall: Hall, qtbot: QtBot
) -> None:
    gone, _ = hall.sent(), hall.sent()
    desk = desk_of(window_of(TOWN), "unit", qtbot)
    qtbot.waitUntil(lambda: desk.offers("sign"))
    assert desk.page is not None
    desk.ask("note")
    editor = desk.page.acting.form._rows["text"].editor
    editor.set_value("half a note")
    editor.setFocus()
    accused = "update core.ticket set accused_unit_id = %s, version = version + 1 where id = %s returning id"
    owner_hall.rows(accused, hall.unit_of(TOWN), gone["id"])
    page = desk.page
    qtbot.waitUntil(lambda: page._gone.isVisible() and desk.selected() is None)
    assert desk.page is page
    assert page.acting.form.payload() == {"text": "half a note"}
    desk.table.selectRow(0)
    qtbot.waitUntil(lambda: desk.page is not page and in_hand(desk) is not None)
    assert desk.table.hasFocus()
