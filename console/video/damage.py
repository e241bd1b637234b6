"""How much of a stream is lost on its way."""

from __future__ import annotations

from collections import deque

WINDOW = 50  # pictures
MOST = 0.1  # of them may be damaged or missing


class Damage:
    """Count damaged and missing pictures among the last ones."""

    def __init__(self) -> None:
        self._recent: deque[bool] = deque(maxlen=WINDOW)
        self._last: float | None = None
        self._step: float | None = None

    def note(self, pts_s: float | None, *, is_corrupt: bool) -> None:
        """Take one decoded picture; the shortest step between two tells the rate."""
        if pts_s is not None:
            if self._last is not None and pts_s > self._last:
                step = pts_s - self._last
                self._step = step if self._step is None else min(self._step, step)
                missing = min(WINDOW, round(step / self._step) - 1)
                self._recent.extend([True] * missing)
            self._last = pts_s
        self._recent.append(is_corrupt)

    def is_heavy(self) -> bool:
        """Say whether more is lost than a picture can bear."""
        return len(self._recent) == WINDOW and sum(self._recent) > MOST * WINDOW
