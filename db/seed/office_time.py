"""Office hours laid end to end, weekends and holidays left out: from a length of work to a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS = time(8, 30)
HOURS = 9.0


class OfficeTime:
    """Counts office hours backwards from now."""

    def __init__(self, workdays: Sequence[date], now: datetime, zone: ZoneInfo) -> None:
        """Take the working days up to today, oldest first."""
        self._zone = zone
        self._opens = [datetime.combine(day, OPENS, zone) for day in workdays]
        self._opens = [opens for opens in self._opens if opens <= now]
        worked = (now - self._opens[-1]) / timedelta(hours=1)
        self._now = (len(self._opens) - 1) * HOURS + min(worked, HOURS)

    def before_now(self, hours: float) -> datetime:
        """Return the moment so many office hours ago."""
        position = max(self._now - hours, 0.0)
        index = min(int(position // HOURS), len(self._opens) - 1)
        return self._opens[index] + timedelta(hours=position - index * HOURS)
