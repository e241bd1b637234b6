"""The independent clock model: walking days, standing still, knowing what was known when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from db.admin.clock_model import Clock, Day, Rules, due_of, hours_end, workday_end, yellow_of

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 5, 8, 10, tzinfo=ZONE)
LOADED = datetime(2026, 5, 13, tzinfo=UTC)

# Friday 8 May to Monday 18 May 2026; Saturday 9 May is a make-up day by a notice loaded on the 13th.
DAYS = {
    date(2026, 5, 8) + timedelta(days=n): Day(works == "1", False, LOADED if n == 1 else None)
    for n, works in enumerate("11011111001")
}
RULES = Rules(DAYS, ZONE, "24:00", 1)


def end_of(day: int) -> datetime:
    return datetime(2026, 5, day, 23, 59, 59, tzinfo=ZONE)


def test_fifth_working_day_after_the_start() -> None:
    assert workday_end(RULES, FRIDAY, 5, (), None) == end_of(14)


def test_zero_is_the_last_working_day_so_far() -> None:
    sunday = FRIDAY + timedelta(days=2)
    assert [workday_end(RULES, sunday, n, (), None) for n in (0, -1)] == [end_of(9), end_of(8)]


def test_day_held_at_its_end_does_not_count() -> None:
    held = ((FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3)),)
    assert workday_end(RULES, FRIDAY, 5, held, None) == end_of(15)


def test_open_hold_or_end_of_calendar_has_no_due_moment() -> None:
    assert workday_end(RULES, FRIDAY, 5, ((FRIDAY, None),), None) is None
    assert workday_end(RULES, FRIDAY, 50, (), None) is None


def test_due_before_the_notice_was_known_follows_the_week() -> None:
    clock = Clock(FRIDAY, 5, None, ())
    assert due_of(RULES, clock, LOADED - timedelta(hours=1)) == end_of(15)
    assert due_of(RULES, clock, LOADED) == end_of(14)


def test_due_under_a_former_closing_time() -> None:
    changed = Rules(DAYS, ZONE, "17:30", 1, ((LOADED, "24:00"),))
    clock = Clock(FRIDAY, 5, None, ())
    assert due_of(changed, clock, LOADED) == datetime(2026, 5, 14, 17, 30, tzinfo=ZONE)
    assert due_of(changed, clock, LOADED - timedelta(hours=1)) == end_of(15)


def test_hours_stand_still_while_held() -> None:
    held = ((FRIDAY - timedelta(hours=1), FRIDAY + timedelta(hours=1)),)
    assert hours_end(FRIDAY, timedelta(hours=2), held) == FRIDAY + timedelta(hours=3)
    assert hours_end(FRIDAY, timedelta(hours=2), ((FRIDAY, None),)) is None
    assert hours_end(
        FRIDAY, timedelta(hours=2), ((FRIDAY + timedelta(hours=3), None),)
    ) == FRIDAY + timedelta(hours=2)


def test_yellow_before_a_fixed_moment() -> None:
    fixed = datetime(2026, 5, 11, 15, tzinfo=ZONE)
    assert yellow_of(RULES, Clock(FRIDAY, None, None, (), fixed)) == end_of(9)
