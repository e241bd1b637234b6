"""Lights, filters, order and working time of tickets; no Qt, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from console.directory.calendar import Span, Unit, Workdays
from console.kit.lamp import Light
from console.lists.window import Window, sort_key
from console.ticket.record import (
    Filter,
    Order,
    Page,
    PageKey,
    Ticket,
    TicketId,
    TicketState,
    light_of,
    page_key,
)

ZONE = ZoneInfo("Asia/Shanghai")
DUE = datetime(2026, 5, 8, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in the district
SECOND = timedelta(seconds=1)


def ticket(number: int = 1, due_at: datetime | None = DUE, **changed: Any) -> Ticket:
    values: dict[str, Any] = dict.fromkeys(Ticket.__dataclass_fields__)
    values |= {
        "id": TicketId(number),
        "state": TicketState.WORK,
        "created_at": DUE - timedelta(days=number),
        "due_at": due_at,
        "yellow_at": due_at and due_at - timedelta(days=1),
        "red_at": due_at and due_at + SECOND,
    }
    return Ticket(**values | changed)


@pytest.mark.parametrize(
    ("now", "light"),
    [
        (DUE - timedelta(days=1) - SECOND, Light.GREEN),
        (DUE - timedelta(days=1), Light.YELLOW),
        (DUE, Light.YELLOW),
        (DUE + SECOND / 2, Light.YELLOW),
        (DUE + SECOND, Light.RED),
    ],
)
def test_light_at_its_moments_turns_exactly(now: datetime, light: Light) -> None:
    assert light_of(ticket(), now) is light


def test_light_without_a_clock_is_held() -> None:
    assert light_of(ticket(due_at=None), DUE) is Light.HELD


def test_filter_when_written_and_read_again_is_equal() -> None:
    wanted = Filter(
        lights=(Light.RED, Light.HELD),
        states=(TicketState.WORK,),
        pending=("hold",),
        unit_id=7,
        territory_id=8,
        category_id=9,
        channels=("phone", "web"),
        kinds=("help",),
        text="路灯",
        open_only=False,
        mine=True,
        order=Order.NEWEST,
    )
    assert Filter.from_json(wanted.to_json()) == wanted


def test_filter_without_limits_names_only_its_switches() -> None:
    assert Filter().to_json() == {"open_only": True, "mine": False, "order": "due"}


def test_filter_of_a_newer_console_is_read_without_what_is_unknown() -> None:
    assert Filter.from_json({"text": "x", "colour_of_moon": 3}) == Filter(text="x")


def test_order_by_due_puts_tickets_without_a_clock_last_and_breaks_ties_by_id() -> None:
    rows = [ticket(1, None), ticket(3), ticket(2), ticket(4, DUE - SECOND)]
    rows.sort(key=lambda row: sort_key(page_key(row, Order.DUE), Order.DUE))
    assert [row.id for row in rows] == [4, 2, 3, 1]


def test_order_by_newest_breaks_ties_by_the_larger_id() -> None:
    rows = [ticket(1, created_at=DUE), ticket(2, created_at=DUE), ticket(3)]
    rows.sort(key=lambda row: sort_key(page_key(row, Order.NEWEST), Order.NEWEST))
    assert [row.id for row in rows] == [2, 1, 3]


def rows_due(first: int, last: int) -> tuple[Ticket, ...]:
    return tuple(ticket(n, DUE + timedelta(hours=n)) for n in range(first, last + 1))


def key_of(row: Ticket) -> PageKey:
    return page_key(row, Order.DUE)


def test_window_covers_what_stands_on_loaded_pages_only() -> None:
    window = Window(Order.DUE, key_of(rows_due(5, 5)[0]))
    assert window.covers(ticket(9, DUE))
    assert not window.covers(ticket(9, DUE + timedelta(hours=6)))
    window.append(Page(rows_due(6, 8), None))
    assert window.covers(ticket(9, DUE + timedelta(hours=99)))


def test_window_when_it_gives_up_the_front_takes_the_same_page_back() -> None:
    first, second = rows_due(1, 3), rows_due(4, 6)
    window = Window(Order.DUE, key_of(first[-1]))
    window.append(Page(second, key_of(second[-1])))
    assert window.give_up_front([*first, *second]) == tuple(row.id for row in first)
    assert not window.covers(first[0])
    assert window.behind == [None]
    window.prepend()
    assert window.covers(first[0])
    assert window.give_up_back([*first, *second]) == tuple(row.id for row in second)
    assert window.next == key_of(first[-1])


def test_window_of_one_page_gives_nothing_up() -> None:
    window = Window(Order.DUE)
    assert window.give_up_front(rows_due(1, 3)) == ()
    assert window.give_up_back(rows_due(1, 3)) == ()


HOLIDAYS = {date(2026, 5, day) for day in (1, 4, 5)}


def workdays() -> Workdays:
    """Return May 2026: holiday to the 5th, Saturday the 9th worked."""
    numbers, count = {}, 0
    for n in range(60):
        day = date(2026, 4, 20) + timedelta(days=n)
        count += (day.weekday() < 5 and day not in HOLIDAYS) or day == date(2026, 5, 9)
        numbers[day] = count
    return Workdays(ZONE, numbers)


def at(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("due_at", "now", "span"),
    [
        (at(8, 23, 59), at(7), Span(False, 1, Unit.WORKDAYS)),
        (at(8, 23, 59), at(1), Span(False, 3, Unit.WORKDAYS)),  # the holidays do not count
        (at(11, 23, 59), at(8), Span(False, 2, Unit.WORKDAYS)),  # the worked Saturday does
        (at(8, 23, 59), at(8), Span(False, 13, Unit.HOURS)),
        (at(8, 23, 59), at(8, 23, 30), Span(False, 29, Unit.MINUTES)),
        (at(8, 9), at(8, 9), Span(False, 0, Unit.MINUTES)),
        (at(8, 9), at(8), Span(True, 1, Unit.HOURS)),
        (at(9, 23, 59), at(10), Span(True, 10, Unit.HOURS)),  # Sunday: no working day has passed
        (at(8, 23, 59), at(12), Span(True, 3, Unit.WORKDAYS)),
    ],
)
def test_span_counts_working_days_and_inside_one_hours(due_at: datetime, now: datetime, span: Span) -> None:
    assert workdays().span(due_at, now) == span


def test_span_outside_the_calendar_counts_days() -> None:
    due_at = at(8) + timedelta(days=400)
    assert workdays().span(due_at, at(8)) == Span(False, 400, Unit.WORKDAYS)


def test_tickets_that_are_equal_are_equal() -> None:
    assert ticket() == ticket()
    assert ticket() != replace(ticket(), version=2)
