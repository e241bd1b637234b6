"""Waiting for a fact that no signal tells: what another process or thread does in the database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

EVERY_S = 0.02


def until(is_so: Callable[[], bool], within_s: float = 60.0) -> None:
    """Wait until the fact is there; without it the test fails."""
    pause, end = threading.Event(), time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < end, "it did not come true"
        pause.wait(EVERY_S)
