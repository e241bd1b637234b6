"""Asking again for what keeps changing, without asking all the time."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from console.kit.jobs import Jobs, Latest

SOON_MS = 500
REST_MS = 1000
REST = (
    50  # what took long is not asked for sooner than so many times as long after it: a hall has forty desks
)

Work = Callable[[], Any]


class Paced(QObject):
    """Ask when something changed, then rest: never for more than a fiftieth of the time.

    A hall has forty desks. `ask` returns the work for a worker. Signals: answered(what the work returned).
    """

    answered = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        ask: Callable[[], Work],
        failed: Callable[[Exception], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._failed = failed
        self._latest = Latest(jobs, self)
        self._is_wanted = self._is_asking = False
        self._asked = QElapsedTimer()
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._on_rested)

    @Slot()
    def want(self) -> None:
        """Ask now, or when the rest is over."""
        self._is_wanted = True
        if not (self._is_asking or self._rest.isActive()):
            self.ask_now()

    @Slot()
    def want_soon(self) -> None:
        """Ask at a moment of the next half second: what all desks of a hall want they do not ask at once."""
        if not (self._is_asking or self._rest.isActive()):
            self._rest.start(random.randrange(SOON_MS))  # noqa: S311 - no secret
        self._is_wanted = True

    @Slot()
    def ask_now(self) -> None:
        """Ask whatever the rest: the question is another one."""
        self._is_wanted, self._is_asking = False, True
        self._rest.stop()
        self._asked.start()
        self._latest.run(self._ask(), self._on_answered, self._on_failed)

    def forget(self) -> None:
        """Want nothing any more; an answer under way is dropped."""
        self._is_wanted = self._is_asking = False
        self._latest.forget()

    @Slot()
    def _on_rested(self) -> None:
        if self._is_wanted:
            self.ask_now()

    def _on_answered(self, answer: object) -> None:
        self._is_asking = False
        self._rest.start(max(REST_MS, REST * self._asked.elapsed()))
        self.answered.emit(answer)

    def _on_failed(self, error: Exception) -> None:
        self._is_asking = False
        self._rest.start(REST_MS)
        self._failed(error)
