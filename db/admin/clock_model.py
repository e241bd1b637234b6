"""The clocks once more, day by day in Python: what `verify clocks` holds the database against.

Deliberately unlike the SQL: no numbered working days, no shared helper. It also knows what was known when:
a clock that ended before a notice or setting came keeps the due moment of its time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
CONTACT_STATES = frozenset({"SENT", "WORK", "RETURN"})

Span = tuple[datetime | None, datetime | None]


@dataclass(frozen=True)
class Day:
    """One row of the calendar; `known_at` is when its notice was loaded, None without a notice."""

    working: bool
    provisional: bool
    known_at: datetime | None


@dataclass(frozen=True)
class Rules:
    """A district's calendar and hours; `closings` are (until, value) of former day ends, oldest first."""

    days: Mapping[date, Day]
    zone: ZoneInfo
    day_end: str
    yellow_workdays: int
    closings: Sequence[tuple[datetime, str]] = ()

    def is_working(self, day: date, at: datetime | None) -> bool:
        """Tell whether the day counts, as known at a moment (None: now)."""
        row = self.days[day]
        if at is not None and row.known_at is not None and row.known_at > at:
            return day.isoweekday() < 6
        return row.working

    def end_of(self, day: date, at: datetime | None) -> datetime:
        """Return the last second of the day that is still in time."""
        value = next((old for until, old in self.closings if at is not None and at < until), self.day_end)
        closes = time(23, 59, 59) if value == "24:00" else time.fromisoformat(value)
        return datetime.combine(day, closes, self.zone)


@dataclass(frozen=True)
class Clock:
    """What a due moment is counted from."""

    start: datetime | None
    workdays: int | None
    hours: int | None
    held: Sequence[Span]
    fixed: datetime | None = None


def is_held(held: Sequence[Span], moment: datetime) -> bool:
    """Tell whether the clock stood still at the moment."""
    return any((not low or low <= moment) and (not high or moment < high) for low, high in held)


def workday_end(
    rules: Rules, start: datetime, count: int, held: Sequence[Span], at: datetime | None
) -> datetime | None:
    """Walk to the end of the count-th counted day; backwards from the start day for 0 and less."""
    day = start.astimezone(rules.zone).date()
    while count > 0:
        day += ONE_DAY
        if day not in rules.days:
            return None
        if rules.is_working(day, at) and not is_held(held, rules.end_of(day, at)):
            count -= 1
            if count == 0:
                return rules.end_of(day, at)
    while day in rules.days:
        if rules.is_working(day, at):
            if count == 0:
                return rules.end_of(day, at)
            count += 1
        day -= ONE_DAY
    return None


def hours_end(start: datetime, span: timedelta, held: Sequence[Span]) -> datetime | None:
    """Spend a span of time, standing still while held."""
    moment, left = start, span
    for low, high in held:
        begins = max(low, start) if low else start
        if high is not None and high <= start:
            continue
        if begins > moment + left:
            break
        left -= begins - moment
        if high is None:
            return None
        moment = high
    return moment + left


def due_of(rules: Rules, clock: Clock, at: datetime | None) -> datetime | None:
    """Return the due moment of a clock as known at a moment."""
    if clock.fixed is not None:
        return clock.fixed
    if clock.start is None:
        return None
    if clock.hours is not None:
        return hours_end(clock.start, timedelta(hours=clock.hours), clock.held)
    if clock.workdays is None:
        return None
    return workday_end(rules, clock.start, clock.workdays, clock.held, at)


def yellow_of(rules: Rules, clock: Clock) -> datetime | None:
    """Return when the light of a running clock turns yellow."""
    if clock.fixed is not None:
        before = clock.fixed - ONE_DAY
        return workday_end(rules, before, 1 - rules.yellow_workdays, (), None) or before
    if clock.start is None:
        return None
    if clock.hours is not None:
        return hours_end(clock.start, timedelta(hours=clock.hours) / 2, clock.held)
    if clock.workdays is None:
        return None
    return workday_end(rules, clock.start, clock.workdays - rules.yellow_workdays, clock.held, None)


def counts_provisional(rules: Rules, clock: Clock, due: datetime | None) -> bool:
    """Tell whether the count passes a day of a year without a notice."""
    if due is None or clock.start is None or clock.hours is not None or clock.fixed is not None:
        return False
    day, last = clock.start.astimezone(rules.zone).date() + ONE_DAY, due.astimezone(rules.zone).date()
    while day <= last:
        if rules.days[day].provisional:
            return True
        day += ONE_DAY
    return False


@dataclass(frozen=True)
class Ended:
    """A clock as it stood when it ended; None in its place means it still runs."""

    clock: Clock
    at: datetime


def light_times(
    rules: Rules,
    state: str,
    mode: str,
    contact: Clock,
    answer: Clock,
    ended: tuple[Ended | None, Ended | None],
) -> dict[str, datetime | bool | None]:
    """Return the six clock columns of a ticket row."""
    contact_end, answer_end = ended
    contact_due = due_of(
        rules, contact_end.clock if contact_end else contact, contact_end.at if contact_end else None
    )
    answer_due = due_of(
        rules, answer_end.clock if answer_end else answer, answer_end.at if answer_end else None
    )
    running = []
    if mode in ("none", "run"):
        if not contact_end and contact_due and state in CONTACT_STATES:
            running.append((contact_due, 0, contact))
        if not answer_end and answer_due:
            running.append((answer_due, 1, answer))
    due, _, clock = min(running, key=lambda item: item[:2]) if running else (None, 0, None)
    return {
        "contact_due_at": contact_due,
        "answer_due_at": answer_due,
        "due_at": due,
        "yellow_at": yellow_of(rules, clock) if clock else None,
        "red_at": due + timedelta(seconds=1) if due else None,
        "due_provisional": (not contact_end and counts_provisional(rules, contact, contact_due))
        or (not answer_end and counts_provisional(rules, answer, answer_due)),
    }
