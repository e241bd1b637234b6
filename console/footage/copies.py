"""Copies of clips in the making: one after the other, beside everything else, and to be stopped."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from console.footage.way_out import not_written
from console.kit.jobs import Jobs, is_alive
from console.kit.notices import Notice, Severity
from console.kit.sheet_rows import Cancelled

if TYPE_CHECKING:
    from console.app.session import Session

T = TypeVar("T")
NICE = 10
PARTS = 100


class Copy:
    """One copy. `step` and `wait` are the worker's, and raise `Cancelled` once it is not wanted any more."""

    def __init__(self, title: str, tell: Callable[[], None]) -> None:
        self.title = title
        self.percent = 0
        self._tell = tell
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End it at the next picture."""
        self._stopped.set()

    def step(self, share: float) -> None:
        """Take in how much of it is done, 0 to 1."""
        if self._stopped.is_set():
            raise Cancelled
        percent = int(share * PARTS)
        if percent != self.percent:
            self.percent = percent
            self._tell()

    def wait(self, seconds: float) -> None:
        """Let time pass, as long as it is wanted."""
        self._stopped.wait(seconds)
        self.step(1.0)


class Copies(QObject):
    """The copies of one desk; they go on when the page they were asked for on is closed.

    Signals: changed() one has begun, is further, or has ended.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = Jobs(1, "copies", self)  # minutes long: nothing else waits behind it
        self.running: list[Copy] = []

    def start(
        self,
        title: str,
        work: Callable[[Copy], T],
        *,
        said: str = "",
        then: Callable[[T], None] | None = None,
    ) -> Copy:
        """Make a copy, post what is `said` of it, call `then` as `Jobs.run` does; failures are said here."""
        copy = Copy(title, self._on_step)
        self.running.append(copy)
        done, failed = partial(self._on_done, copy, said, then), partial(self._on_failed, copy, then)
        self._jobs.run(partial(_run, copy, work), done, failed)
        self.changed.emit()
        return copy

    def stop(self, timeout_s: float) -> bool:
        """Stop all and say whether the worker ended in time."""
        for copy in self.running:
            copy.stop()
        return self._jobs.stop(timeout_s)

    def say(self, title: str, error: Exception) -> None:
        """Say why there is no copy."""
        from console.footage.clip import EmptyClip  # FFmpeg: a third of a second, and loaded by now

        notices = self._session.notices
        if isinstance(error, Cancelled):
            text = self.tr("{what}: stopped. Nothing is left of it; the clip is as it was.")
            notices.post(Notice(Severity.INFO, text.format(what=title)))
        elif isinstance(error, EmptyClip):
            text = self.tr("{what}: no picture in this clip can be read; nothing was made of it.")
            notices.post(Notice(Severity.REFUSED, text.format(what=title)))
        elif isinstance(error, OSError):
            notices.post(not_written(title, error))
        else:
            self._session.report(error)

    def _on_step(self) -> None:
        self._jobs.tell(self._on_told, None)

    def _on_told(self, _nothing: None) -> None:
        self.changed.emit()

    def _on_done(self, copy: Copy, said: str, then: Callable[[T], None] | None, result: T) -> None:
        self._end(copy)
        if said:
            self._session.notices.post(Notice(Severity.DONE, said))
        if then is not None and is_alive(then):
            then(result)

    def _on_failed(self, copy: Copy, then: Callable[[T], None] | None, error: Exception) -> None:
        self._end(copy)
        is_awaited = then is None or is_alive(then)
        if is_awaited or not isinstance(error, Cancelled):
            self.say(copy.title, error)

    def _end(self, copy: Copy) -> None:
        self.running.remove(copy)
        self.changed.emit()


def _run(copy: Copy, work: Callable[[Copy], T]) -> T:
    if sys.platform.startswith("linux"):  # the encoder's own threads begin as its caller's
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
    copy.step(0.0)
    return work(copy)
