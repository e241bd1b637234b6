"""Working time between two moments, from the days of core.workday."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum


class Unit(StrEnum):
    """Unit a span of working time is told in."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKDAYS = "workdays"


@dataclass(frozen=True, slots=True)
class Span:
    """Time left until a due moment, or passed since it."""

    is_late: bool
    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Workdays:
    """Count of working days by date, around today, in the district's time zone."""

    tz: tzinfo
    numbers: Mapping[date, int]

    def between(self, start: datetime, end: datetime) -> int | None:
        """Count the working days behind the start day up to the end day; None outside the table."""
        first = self.numbers.get(start.astimezone(self.tz).date())
        last = self.numbers.get(end.astimezone(self.tz).date())
        return None if first is None or last is None else last - first

    def span(self, due_at: datetime, now: datetime) -> Span:
        """Say how far the due moment is: whole working days, hours or minutes inside one."""
        is_late = now > due_at
        start, end = (due_at, now) if is_late else (now, due_at)
        days = self.between(start, end)
        if days is None:
            days = (end - start).days
        if days > 0:
            return Span(is_late, days, Unit.WORKDAYS)
        minutes = int((end - start).total_seconds()) // 60
        if minutes >= 60:
            return Span(is_late, minutes // 60, Unit.HOURS)
        return Span(is_late, minutes, Unit.MINUTES)
