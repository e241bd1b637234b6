"""How long a reader of the change feed pauses: woken it asks again at once, else it must not spin."""

from __future__ import annotations

LONE_POLL_S = 0.5  # nobody wakes
# A key that is no longer held answers at once: the waker has gone on, or it has died and not been missed yet.
TICK_S = 0.04


def pause_s(took_s: float, *, found: bool, is_ticking: bool) -> float:
    """Return the pause after an answer that took so long."""
    if not is_ticking:
        return LONE_POLL_S
    return 0.0 if found else max(0.0, TICK_S - took_s)
