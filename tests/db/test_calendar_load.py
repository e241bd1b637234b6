"""The shipped calendar, and what loading a year's notice moves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import psycopg
import pytest
from moments import end_of, local, value

from db.admin.calendar import NoticeProblem, load_notice, read_notice
from db.seed.calendar import load_calendar

NEW_YEAR = json.dumps(
    {
        "year": 2027,
        "papers": [],
        "days": [
            {"name": "元旦", "date": "2026-12-27", "isOffDay": False},
            {"name": "元旦", "date": "2026-12-31", "isOffDay": True},
            {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
            {"name": "春节", "date": "2027-02-08", "isOffDay": True},
        ],
    }
)


def days(first: date, last: date) -> Iterator[date]:
    """Walk from the first to the last day."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def test_calendar_equals_chinesecalendar_every_day(scratch: psycopg.Connection) -> None:
    stored = dict(scratch.execute("select day, working from core.workday where not provisional").fetchall())
    expected = {day: chinese_calendar.is_workday(day) for day in days(date(2004, 1, 1), date(2026, 12, 31))}
    assert stored == expected


def test_provisional_years_are_monday_to_friday(scratch: psycopg.Connection) -> None:
    stored = dict(scratch.execute("select day, working from core.workday where provisional").fetchall())
    assert stored == {day: day.isoweekday() < 6 for day in days(date(2027, 1, 1), date(2028, 12, 31))}


def test_wd_no_counts_working_days(scratch: psycopg.Connection) -> None:
    rows = scratch.execute("select working, wd_no from core.workday order by day").fetchall()
    count = 0
    for working, wd_no in rows:
        count += working
        assert wd_no == count


def test_load_calendar_twice_changes_nothing(scratch: psycopg.Connection) -> None:
    assert load_calendar(scratch) == 0


def test_notice_sets_december_before_and_ends_provisional(scratch: psycopg.Connection) -> None:
    load_notice(scratch, read_notice(NEW_YEAR))
    working = "select working from core.workday where day = %s"
    assert value(scratch, working, "2026-12-27") is True
    assert value(scratch, working, "2026-12-31") is False
    assert value(scratch, "select bool_or(provisional) from core.workday where day < '2028-01-01'") is False
    due = value(scratch, "select core.workday_due(%s, 2, '{}', 1::smallint)", local("2026-12-30T10:00"))
    assert due == end_of("2027-01-05")


def test_notice_again_for_the_year_before_keeps_its_december_days(scratch: psycopg.Connection) -> None:
    load_notice(scratch, read_notice(NEW_YEAR))
    again = {"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": True}]}
    load_notice(scratch, read_notice(json.dumps(again)))
    working = dict(scratch.execute("select day, working from core.workday").fetchall())
    assert working[date(2026, 12, 27)]
    assert not working[date(2026, 12, 31)]
    assert working[date(2026, 5, 4)], "a day the new text no longer names follows the week"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not a holiday-cn file"),
        ('{"year": 2027, "days": []}', "names no days"),
        ('{"year": 1e999, "days": []}', "not a holiday-cn file"),
        ("[" * 100_000, "not a holiday-cn file"),
        (
            '{"year": 2027, "days": [{"name": "x\\u0000", "date": "2027-01-01", "isOffDay": true}]}',
            "characters that are no text",
        ),
        (
            '{"year": 2027, "days": [{"name": "x", "date": "2028-01-01", "isOffDay": true}]}',
            "neither in 2027",
        ),
        (
            '{"year": 2027, "days": [{"name": "x", "date": "2027-13-01", "isOffDay": true}]}',
            "not a holiday-cn",
        ),
    ],
)
def test_read_notice_refuses_what_it_cannot_use(text: str, problem: str) -> None:
    with pytest.raises(NoticeProblem, match=problem):
        read_notice(text)


def test_notice_out_of_turn_is_refused(scratch: psycopg.Connection) -> None:
    later = {"year": 2029, "days": [{"name": "元旦", "date": "2029-01-01", "isOffDay": True}]}
    with pytest.raises(NoticeProblem, match="2004 to 2027"):
        load_notice(scratch, read_notice(json.dumps(later)))
