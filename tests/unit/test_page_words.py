"""What the page of a ticket says about custody and deadlines; no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from console.directory.calendar import Workdays
from console.directory.record import Directory
from console.ticket.due_card import due_html
from console.ticket.page_record import ClockRun, CountedDay, Custody, DueExplained, Segment
from console.ticket.page_sheet import _custody_html
from console.ticket.record import TicketId

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten in the morning
NEVER = MappingProxyType[str, object]({})
NOTHING = DueExplained(None, None, NEVER, provisional=False, segments=())


def directory() -> Directory:
    """Return a directory with a calendar and no names."""
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(31)]
    numbers = {day: sum(each.weekday() < 5 for each in days if each <= day) for day in days}
    empty = dict.fromkeys(Directory.__dataclass_fields__, NEVER)
    return Directory(**empty | {"language": "en", "workdays": Workdays(ZONE, numbers)})  # type: ignore[arg-type]


def held(**changed: object) -> Custody:
    values = {"from_at": MONDAY, "to_at": MONDAY + timedelta(days=1), "ended_by": None, "basis": None}
    return Custody(TicketId(1), 1, 7, "lead", **values | changed)  # type: ignore[arg-type]


def test_custody_that_has_ended_shows_its_working_days() -> None:
    html = _custody_html(directory(), [held(to_at=MONDAY + timedelta(days=7))], (), MONDAY)
    assert "<td>5</td>" in html


def test_custody_that_goes_on_shows_the_working_days_up_to_now() -> None:
    html = _custody_html(directory(), [held(to_at=None)], (), MONDAY + timedelta(days=3))
    assert "<td>3 so far</td>" in html


def test_due_when_no_clock_runs_says_so() -> None:
    assert "No clock runs" in due_html(directory(), NOTHING)


def test_due_of_a_held_clock_says_that_there_is_none_now() -> None:
    run = ClockRun(MONDAY, None, 5, None, (CountedDay(date(2026, 3, 3), counted=True, notice=""),))
    hold = Segment("answer", "held", MONDAY, None, "approve_hold")
    html = due_html(directory(), replace(NOTHING, answer=run, segments=(hold,)))
    assert "not as long as the clock is held" in html
    assert "2026-03-02 10:00 – …" in html


def test_due_that_is_fixed_has_no_start() -> None:
    run = ClockRun(None, MONDAY, None, None, ())
    html = due_html(directory(), replace(NOTHING, answer=run))
    assert "Due on a fixed day" in html
    assert "2026-03-02 10:00" in html
    assert "Start" not in html
