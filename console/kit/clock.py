"""The one clock of a console: server time, interpolated."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot


class Clock(QObject):
    """Tick once a second with the server's time.

    Signals: ticked(datetime) aware, UTC.
    """

    ticked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._base = datetime.now(UTC)
        self._at = time.monotonic()
        self._timer = QTimer(self, interval=1000, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def now(self) -> datetime:
        """Return server time as far as this desk knows it."""
        return self._base + timedelta(seconds=time.monotonic() - self._at)

    @Slot(object)
    def sync(self, server_now: datetime) -> None:
        """Take the server's time as it was a moment ago."""
        self._base, self._at = server_now.astimezone(UTC), time.monotonic()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    @Slot()
    def _on_timeout(self) -> None:
        self.ticked.emit(self.now())


class FakeClock(Clock):
    """Stand still until told; tests and the tour move it by hand."""

    def __init__(self, now: datetime, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stop()
        self._now = now.astimezone(UTC)

    def now(self) -> datetime:
        """Return the set time."""
        return self._now

    @Slot(object)
    def sync(self, server_now: datetime) -> None:
        """Ignore the server: this clock is moved by hand."""

    def advance(self, seconds: float) -> None:
        """Move on and tick once."""
        self._now += timedelta(seconds=seconds)
        self.ticked.emit(self._now)
