"""Asking again for what keeps changing, without asking all the time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from console.kit.jobs import Jobs, Latest

REST_MS = 1000
REST = 20  # what took long is not asked for sooner than so many times as long after it

Work = Callable[[], Any]


class Paced(QObject):
    """Ask at once when something changed, then rest: never for more than a twentieth of the time.

    `ask` returns the work for a worker, or None while nobody sees the answer; the wish stays until then.
    Signals: answered(what the work returned).
    """

    answered = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        ask: Callable[[], Work | None],
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
        self._rest.timeout.connect(self._begin)

    @Slot()
    def want(self) -> None:
        """Ask as soon as the rest is over."""
        self._is_wanted = True
        if not (self._is_asking or self._rest.isActive()):
            self._begin()

    def wake(self) -> None:
        """Ask what nobody wanted to see before."""
        if self._is_wanted:
            self.want()

    def ask_now(self) -> None:
        """Ask whatever the rest: the question is another one."""
        self._is_wanted = True
        self._begin()

    def forget(self) -> None:
        """Want nothing any more; an answer under way is dropped."""
        self._is_wanted = self._is_asking = False
        self._latest.forget()

    @Slot()
    def _begin(self) -> None:
        work = self._ask() if self._is_wanted else None
        if work is not None:
            self._is_wanted, self._is_asking = False, True
            self._rest.stop()
            self._asked.start()
            self._latest.run(work, self._on_answered, self._on_failed)

    def _on_answered(self, answer: object) -> None:
        self._is_asking = False
        self._rest.start(max(REST_MS, REST * self._asked.elapsed()))
        self.answered.emit(answer)

    def _on_failed(self, error: Exception) -> None:
        self._is_asking = False
        self._rest.start(REST_MS)
        self._failed(error)
