"""How long a reader of the change feed pauses: woken for nothing it asks again at once, else it rests."""

from __future__ import annotations

import random

LONE_POLL_S = 0.5  # nobody wakes
# A key that is no longer held answers at once: the waker has gone on, or it has died and not been missed yet.
TICK_S = 0.04
SPREAD = 0.1  # a hall that is woken at once does not ask at once the next time


def pause_s(took_s: float, rest_ms: int | None, *, found: bool) -> float:
    """Return the pause after an answer that took so long; `rest_ms` came with it."""
    if rest_ms is None:
        return LONE_POLL_S
    if found:
        return rest_ms / 1000 * random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311 - no secret
    return max(0.0, TICK_S - took_s)
