"""Questions with an answer, asked off the GUI thread."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from console.kit.collector import collector

T = TypeVar("T")
log = logging.getLogger("console.jobs")

Task = Callable[[], None]


class _Dispatcher(QObject):
    """Carry answers to the GUI thread; lives as long as its Jobs."""

    answered = Signal(object)

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self.answered.connect(self._on_answered)

    @Slot(object)
    def _on_answered(self, call: Task) -> None:
        if is_alive(call):
            call()


class Jobs(QObject):
    """A fixed number of worker threads with one queue; order is kept when there is one worker."""

    def __init__(self, workers: int, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dispatcher = _Dispatcher(self)
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._collector = collector()
        if self._collector is not None:
            self._collector.hold()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{i}", daemon=True) for i in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run `work` in a worker, then `done` or `failed` on the GUI thread.

        `done` and `failed` are bound methods (or partials of them); a receiver that Qt has deleted
        meanwhile is skipped.
        """
        self._tasks.put(partial(self._answer, work, done, failed))

    def tell(self, done: Callable[[T], None], news: T) -> None:
        """Hand something to the GUI thread from within a work that goes on; `done` as in `run`."""
        if not self._stopping.is_set():
            self._dispatcher.answered.emit(partial(done, news))

    def beside(self, work: Task) -> None:
        """Run something short at once, however busy the workers are; nobody hears of it."""
        threading.Thread(target=work, name="beside", daemon=True).start()

    def stop(self, timeout_s: float = 5.0, *, finish: bool = False) -> bool:
        """End the workers and say whether all ended in time; with `finish`, what waits is done first."""
        if not finish:
            self._stopping.set()
        for _ in self._threads:
            self._tasks.put(None)
        deadline = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        if self._collector is not None:
            self._collector.release()
            self._collector = None
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            if not self._stopping.is_set():
                task()

    def _answer(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        call: Task
        try:
            call = partial(done, work())
        except Exception as error:  # noqa: BLE001 - the one place that may: every error goes to `failed`
            call = partial(failed, error)
        if not self._stopping.is_set():
            self._dispatcher.answered.emit(call)


class Latest(QObject):
    """Ask again and again, hear only the newest answer: for searching while somebody types."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._number = 0
        self._is_busy = False
        self._next: Task | None = None
        self._halt: Task | None = None

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        halt: Task | None = None,
    ) -> None:
        """Run `work` now, or after the one that runs; a waiting older question is forgotten.

        `halt` ends the work early, from any thread: it is called when a newer question comes.
        """
        self._number += 1
        task = partial(
            self._begin,
            halt,
            work,
            partial(self._on_answer, self._number, done),
            partial(self._on_answer, self._number, failed),
        )
        if self._is_busy:
            self._next = task
            self._call_off()
        else:
            self._is_busy = True
            task()

    def forget(self) -> None:
        """Drop the answer that is still under way."""
        self._number += 1
        self._next = None
        self._call_off()

    def _begin(
        self,
        halt: Task | None,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._halt = halt
        self._jobs.run(work, done, failed)

    def _call_off(self) -> None:
        """End the older work; not in this thread, which must not wait for the network."""
        if self._halt is not None:
            self._jobs.beside(self._halt)
            self._halt = None

    def _on_answer(self, number: int, receiver: Callable[[Any], None], answer: Any) -> None:
        waiting, self._next = self._next, None
        self._is_busy = waiting is not None
        self._halt = None
        if waiting is not None:
            waiting()
        if number == self._number and is_alive(receiver):
            receiver(answer)


def is_alive(call: Callable[..., object]) -> bool:
    """Say whether the object a bound method (or a partial of one) belongs to still exists in Qt."""
    while isinstance(call, partial):
        call = call.func
    owner = getattr(call, "__self__", None)
    return not isinstance(owner, QObject) or bool(shiboken6.isValid(owner))


def ignore(answer: object) -> None:
    """Need no answer. An error is only logged: the next beat, or what was wanted itself, will tell."""
    if isinstance(answer, Exception):
        log.info("nobody waited for error=%s", type(answer).__name__)
