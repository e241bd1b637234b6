"""The console locks itself when nobody is there, and lets the same person back in by the password."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from console.kit.clipboard import forget_copied
from console.kit.jobs import Jobs
from console.shell.login import LockScreen
from console.shell.words import notice_of
from db.link import LinkRefused, Trouble, try_password

log = logging.getLogger("console.lock")

TRIES = 5
PRESENCE = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)


class Lock(QObject):
    """Watches for idle time; while locked, the windows are hidden and the session goes on.

    Signals: person_requested() for somebody else, or after too many wrong passwords.
    """

    person_requested = Signal()

    def __init__(self, app: QApplication, jobs: Jobs, dsn: str, name: str, minutes: int) -> None:
        super().__init__(app)
        self._app = app
        self._jobs = jobs
        self._dsn = dsn
        self._name = name
        self._tries = 0
        self._hidden: list[QWidget] = []
        self.screen: LockScreen | None = None
        self._idle = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._idle.timeout.connect(self.lock)
        self._idle.start()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in PRESENCE:
            self._idle.start()
        return False

    @Slot()
    def lock(self) -> None:
        """Hide every window behind the lock, and what was copied with them."""
        if self.screen is not None:
            return
        forget_copied()
        self._tries = 0
        self._hidden = [each for each in self._app.topLevelWidgets() if each.isVisible()]
        self.screen = LockScreen(self._name)
        self.screen.unlock_requested.connect(self._on_unlock_requested)
        self.screen.person_requested.connect(self.person_requested)
        self.screen.show()
        for window in self._hidden:
            window.hide()

    def end(self) -> None:
        """Watch no more; the windows are closed by whoever opened them."""
        self._idle.stop()
        self._app.removeEventFilter(self)
        if self.screen is not None:
            self.screen.hide()
            self.screen.deleteLater()
        self.deleteLater()

    @Slot(str)
    def _on_unlock_requested(self, password: str) -> None:
        if self.screen is not None:
            self.screen.set_busy(True)
        self._jobs.run(partial(try_password, self._dsn, password), self._on_right, self._on_wrong)

    def _on_right(self, _nothing: None) -> None:
        for window in self._hidden:
            window.show()
        if self.screen is not None:
            self.screen.hide()
            self.screen.deleteLater()
            self.screen = None
        self._idle.start()

    def _on_wrong(self, error: Exception) -> None:
        log.warning("unlock refused kind=%s", type(error).__name__)
        if isinstance(error, LinkRefused) and error.trouble is Trouble.PASSWORD:
            self._tries += 1
        if self._tries >= TRIES:
            self.person_requested.emit()
        elif self.screen is not None:
            self.screen.show_problem(notice_of(error).text)
