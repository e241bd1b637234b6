"""Wait for what an operator waits for: pixels."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

LIMIT_MS = 30_000
BEAT_MS = 10


class TooSlowError(Exception):
    """Nothing was painted within half a minute: the widget is hidden or its data did not come."""


class PaintWatch(QObject):
    """Measure from an action to the first paint of a widget after its data has come."""

    painted = QEvent.Type.Paint

    def __init__(self, widget: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._widget = widget
        self._loop = QEventLoop(self)
        self._has_data = False
        self._painted_at = 0.0
        self._limit = QTimer(self, singleShot=True, interval=LIMIT_MS)
        self._limit.timeout.connect(self._on_limit)
        widget.installEventFilter(self)

    def measure(self, action: Callable[[], object]) -> float:
        """Run `action` and return the milliseconds until `on_data` was called and the widget painted."""
        self._has_data = False
        self._painted_at = 0.0
        started = time.perf_counter()
        self._limit.start()
        action()
        self._wait()
        if not self._painted_at:
            raise TooSlowError
        return (self._painted_at - started) * 1000

    def _wait(self) -> None:
        while not self._painted_at and self._limit.isActive():
            self._loop.exec()
        self._limit.stop()

    @Slot()
    def _on_limit(self) -> None:
        self._loop.quit()  # connected itself, a built-in method leaves something behind in PySide each time

    @Slot()
    def on_data(self) -> None:
        """Note that the rows are in the model; the next paint shows them."""
        self._has_data = True
        self._widget.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the paint happen first, then take the time."""
        if event.type() == self.painted and self._has_data and not self._painted_at:
            self._widget.removeEventFilter(self)
            self._widget.event(event)
            self._widget.installEventFilter(self)
            self._painted_at = time.perf_counter()
            self._loop.quit()
            return True
        return super().eventFilter(watched, event)


class LoopWatch(QObject):
    """Lateness of a 10 ms beat: how long the event loop was busy with something else."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.late_ms = array("d")  # an hour of them is no memory to speak of
        self._due: float | None = None
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._on_beat)

    def start(self) -> None:
        """Begin to count."""
        self._due = None
        self._timer.start()

    def stop(self) -> None:
        """End counting."""
        self._timer.stop()

    @Slot()
    def _on_beat(self) -> None:
        now = time.perf_counter()
        if self._due is not None:
            self.late_ms.append(max(0.0, (now - self._due) * 1000))
        self._due = now + BEAT_MS / 1000


def spin(until: Callable[[], bool], limit_s: float) -> bool:
    """Run the event loop until a condition holds; False when time is up first."""
    loop = QEventLoop()
    probe = QTimer(interval=BEAT_MS)
    deadline = time.monotonic() + limit_s
    probe.timeout.connect(lambda: loop.quit())  # itself: see PaintWatch
    probe.start()
    while not until() and time.monotonic() < deadline:
        loop.exec()
    probe.stop()
    return until()
