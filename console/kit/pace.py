"""When a reader of the change feed looks again: when woken, by itself now and then, never without pause."""

from __future__ import annotations

POLL_S = 3.0  # behind a waker that works: only a lost notice and a waker that died are left to find
LONE_POLL_S = 0.5  # nobody wakes
# Whoever sends notices of their own makes nobody read more often.
TICK_S = 0.04
# So many finds that follow each other this closely make the next look come by itself: whoever sees a busy
# district would be woken for each, and a notice costs every listening session, those of quiet units too.
BUSY_S, BUSY = 0.15, 3


class Pace:
    """The moment of the next look, on a monotonic clock."""

    def __init__(self, now: float) -> None:
        self._last = self._found = float("-inf")
        self._finds = 0
        self._due = now

    def wait_s(self, now: float) -> float:
        """Return how long there is nothing to do."""
        return max(0.0, max(self._due, self._last + TICK_S) - now)

    def on_notice(self, now: float) -> None:
        """Look as soon as the pause since the last look is over."""
        self._due = min(self._due, now)

    def on_look(self, now: float, *, found: bool, is_ticking: bool) -> None:
        """Begin to wait again after a look at `now`; not for long without a waker, or when it is busy."""
        if found:
            self._finds = self._finds + 1 if now - self._found < BUSY_S else 1
            self._found = now
        is_busy = found and self._finds >= BUSY
        self._last = now
        self._due = now + (TICK_S if is_busy else POLL_S if is_ticking else LONE_POLL_S)
