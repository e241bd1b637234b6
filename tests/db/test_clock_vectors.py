"""Golden vectors of the working-day arithmetic (rules C3): due days that naive counting gets wrong."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from moments import end_of, local, value

START_1_5_10 = [
    ("2026-02-13", "2026-02-14", "2026-02-27", "2026-03-05"),
    ("2026-02-12", "2026-02-13", "2026-02-26", "2026-03-04"),
    ("2025-09-26", "2025-09-28", "2025-10-10", "2025-10-16"),
    ("2024-02-08", "2024-02-09", "2024-02-21", "2024-02-28"),
    ("2026-09-24", "2026-09-28", "2026-10-09", "2026-10-15"),
    ("2026-04-30", "2026-05-06", "2026-05-11", "2026-05-18"),
    ("2026-05-08", "2026-05-09", "2026-05-14", "2026-05-21"),
    ("2026-01-03", "2026-01-04", "2026-01-08", "2026-01-15"),
    ("2025-04-25", "2025-04-27", "2025-05-06", "2025-05-13"),
    ("2024-09-13", "2024-09-14", "2024-09-23", "2024-09-29"),
]
LEGAL_30_DAYS = [
    ("2026-01-16", "2026-02-24"),
    ("2026-09-01", "2026-10-08"),
    ("2025-09-05", "2025-10-09"),
    ("2026-04-01", "2026-05-06"),
    ("2026-03-10", "2026-04-09"),
]


@pytest.mark.parametrize(("start", "one", "five", "ten"), START_1_5_10)
def test_workday_due_is_the_end_of_the_nth_working_day(
    scratch: psycopg.Connection, start: str, one: str, five: str, ten: str
) -> None:
    for clock in ("00:00:00", "10:15:30", "23:59:59"):
        due = [
            value(scratch, "select core.workday_due(%s, %s, '{}', 1::smallint)", local(f"{start}T{clock}"), n)
            for n in (1, 5, 10)
        ]
        assert due == [end_of(day) for day in (one, five, ten)]


@pytest.mark.parametrize(("start", "one", "five", "ten"), START_1_5_10)
def test_workdays_between_counts_back_what_due_counted(
    scratch: psycopg.Connection, start: str, one: str, five: str, ten: str
) -> None:
    query = "select core.workdays_between(%s, %s, 1::smallint)"
    counts = [
        value(scratch, query, local(f"{start}T10:00"), local(f"{day}T08:00")) for day in (one, five, ten)
    ]
    assert counts == [1, 5, 10]
    assert value(scratch, query, local(f"{start}T10:00"), local(f"{start}T23:00")) == 0


@pytest.mark.parametrize(("start", "due"), LEGAL_30_DAYS)
def test_legal_period_ends_after_the_rest_days(scratch: psycopg.Connection, start: str, due: str) -> None:
    found = value(scratch, "select core.legal_due(%s, 30, 1::smallint)", local(f"{start}T09:00"))
    assert found == end_of(due)


def test_due_names_every_day_with_its_notice(scratch: psycopg.Connection) -> None:
    told = value(scratch, "select core.explain_workdays(%s, 5, 1::smallint)", local("2026-04-30T10:00"))
    counted = [day["day"] for day in told["days"] if day["counted"]]
    assert counted == ["2026-05-06", "2026-05-07", "2026-05-08", "2026-05-09", "2026-05-11"]
    notices = {day["day"]: day["notice"] for day in told["days"]}
    assert notices["2026-05-09"] == "国务院办公厅关于2026年部分节假日安排的通知：劳动节调休上班"
    assert notices["2026-05-04"] == "国务院办公厅关于2026年部分节假日安排的通知：劳动节放假"
    assert notices["2026-05-10"] == ""
    assert not told["provisional"]


def test_due_beyond_the_last_notice_is_provisional(scratch: psycopg.Connection) -> None:
    start = local("2026-12-28T10:00")
    assert [
        value(scratch, "select core.explain_workdays(%s, %s, 1::smallint)->'provisional'", start, n)
        for n in (3, 4)
    ] == [False, True]


def test_due_beyond_the_calendar_is_refused(scratch: psycopg.Connection) -> None:
    last = value(scratch, "select max(day) from core.workday")
    assert isinstance(last, date)
    with pytest.raises(psycopg.Error) as refused:
        value(scratch, "select core.workday_due(%s, 5, '{}', 1::smallint)", last - timedelta(days=3))
    assert (refused.value.sqlstate, refused.value.diag.constraint_name) == ("LD001", "calendar_ends")
