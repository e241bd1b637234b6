"""Office hours laid end to end."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from db.seed.office_time import OfficeTime

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "hours", "then"),
    [
        (at(MONDAY, 10), 1, at(MONDAY, 9)),
        (at(MONDAY, 10), 2.5, at(FRIDAY, 16, 30)),  # over the weekend
        (at(MONDAY, 3), 1, at(FRIDAY, 16, 30)),  # before the office opens
        (at(MONDAY, 22), 1, at(MONDAY, 16, 30)),  # after it has closed
        (at(MONDAY, 10), 500, at(FRIDAY, 8, 30)),  # never before the first day
    ],
)
def test_before_now_counts_office_hours_only(now: datetime, hours: float, then: datetime) -> None:
    assert OfficeTime([FRIDAY, MONDAY], now, ZONE).before_now(hours) == then
