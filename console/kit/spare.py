"""A panel built before it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

P = TypeVar("P", bound=QWidget)
FIRST_MS = 1000  # after a window began to be built; by then it is there and its list is read
QUIET_MS = 300  # after one was taken it is looked at; then nobody waits


class Spare(QObject, Generic[P]):
    """Keeps one panel ready: making its widgets takes as long as reading what they show.

    `build` returns a panel that knows nothing of what it will show. `home` is the parent it will have where
    it is shown: another parent makes Qt look up the theme's rules for every widget again.
    """

    def __init__(self, build: Callable[[], P], home: QWidget) -> None:
        super().__init__(home)
        self._build = build
        self._home = home
        self._ready: P | None = None
        self._quiet = QTimer(self, singleShot=True)
        self._quiet.timeout.connect(self._on_quiet)
        self._quiet.start(FIRST_MS)

    def take(self) -> P:
        """Return the panel, or make one now; whoever takes it shows it."""
        panel, self._ready = self._ready, None
        self._quiet.start(QUIET_MS)
        return self._build() if panel is None else panel

    @Slot()
    def _on_quiet(self) -> None:
        self._ready = self._build()
        self._ready.hide()
        self._ready.setParent(self._home)
        parts: list[QWidget] = self._ready.findChildren(QWidget)
        for part in parts:
            part.ensurePolished()  # the theme's rules are looked up now
