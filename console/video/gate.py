"""How many streams may begin to open at once: gateways and small cameras fall over when all come together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

AT_ONCE = 4
APART_S = 0.1
HELD_S = 0.4  # a camera that lets us wait must not keep the others waiting

STEP_S = 0.05


class Gate:
    """Let openings through, `AT_ONCE` of them under way, the next `APART_S` after the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._begun: dict[int, float] = {}
        self._last = 0.0
        self._number = 0

    def enter(self, is_stopped: Callable[[], bool]) -> int:
        """Wait for a place and return its number; also returns when stopped."""
        while not is_stopped():
            with self._lock:
                wait_s = self._wait_s(time.monotonic())
                if wait_s <= 0:
                    self._number += 1
                    self._last = self._begun[self._number] = time.monotonic()
                    return self._number
            time.sleep(min(wait_s, STEP_S))
        return 0

    def leave(self, number: int) -> None:
        """Give the place back: the stream is open, or it is not to be had."""
        with self._lock:
            self._begun.pop(number, None)

    def _wait_s(self, now: float) -> float:
        places = sorted(self._begun.values())[-AT_ONCE:]
        free_at = places[0] + HELD_S if len(places) == AT_ONCE else 0.0
        return max(free_at, self._last + APART_S) - now
