"""What failed while there is a link is tried again by itself: no link-up will come to ask for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

FIRST_MS = 1000
MOST_MS = 60_000


class Again(QObject):
    """Calls `work` a while after each failure, twice as long after each further one."""

    def __init__(self, work: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._wait_ms = FIRST_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(work)

    @property
    def is_waiting(self) -> bool:
        """Say whether it is going to be called."""
        return self._timer.isActive()

    def later(self) -> None:
        """Wait, and call it."""
        self._timer.start(self._wait_ms)
        self._wait_ms = min(2 * self._wait_ms, MOST_MS)

    def rest(self) -> None:
        """Stop trying: it is done, or nobody wants it any more."""
        self._timer.stop()
        self._wait_ms = FIRST_MS
