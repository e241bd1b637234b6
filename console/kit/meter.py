"""How long takes what a person asks for, against its budget, and where the time went."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal

from console.kit.jobs import is_alive
from db.speed import RULE_MS, rank

T = TypeVar("T")
Failed = Callable[[Exception], None]

REMEMBERED = 200
SLOW_REMEMBERED = 100


@dataclass(frozen=True)
class Budget:
    """One kind of action and what it may take; `text` is marked with QT_TRANSLATE_NOOP("budgets", …)."""

    key: str
    text: object
    limit_ms: int

    def shown_text(self) -> str:
        """Return the translated name."""
        return QCoreApplication.translate("budgets", str(self.text))


class Cause(StrEnum):
    """Where the time of an action goes."""

    QUEUE = "queue"  # behind others, before a worker was free
    DISK = "disk"  # until the intention was safe on this desk
    SERVER = "server"  # network and database
    GUI = "gui"  # until the window had time, and until the answer was in it; painting follows


@dataclass(frozen=True, slots=True)
class Taken:
    """One action, measured."""

    budget: Budget
    at: datetime
    parts_ms: tuple[tuple[Cause, float], ...]

    @property
    def total_ms(self) -> float:
        """From the wish to the answer in the window."""
        return sum(ms for _, ms in self.parts_ms)

    @property
    def is_within(self) -> bool:
        """Say whether it kept to its budget."""
        return self.total_ms <= self.budget.limit_ms

    @property
    def cause(self) -> Cause:
        """Where most of the time went."""
        return max(self.parts_ms, key=lambda part: part[1])[0]


@dataclass(frozen=True, slots=True)
class Pace:
    """The last actions of one kind."""

    budget: Budget
    count: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    within: float
    in_rule: float


class Meter(QObject):
    """The actions of one desk; kept in memory, for the last few hundred.

    Signals: measured(Taken).
    """

    measured = Signal(object)

    def __init__(
        self,
        now: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        seconds: Callable[[], float] = time.perf_counter,
    ) -> None:
        super().__init__(parent)
        self.seconds = seconds
        self._now = now
        self._times_ms: dict[Budget, deque[float]] = {}
        self._slow: deque[Taken] = deque(maxlen=SLOW_REMEMBERED)
        self._worker = threading.local()

    def watch(
        self, budget: Budget, work: Callable[[], T], done: Callable[[T], None], failed: Failed
    ) -> tuple[Callable[[], T], Callable[[T], None], Failed]:
        """Return work and receivers for a Jobs; the time runs from now on.

        A failure counts when it came too late: who waited in vain has waited. A quick refusal says nothing.
        """
        watch = _Watch(self, budget, work, done, failed)
        return watch.work, watch.done, watch.failed

    def waited_for_disk(self, ms: float) -> None:
        """Set apart what the present work of this worker waited for its own disk."""
        self._worker.disk_ms = ms

    def take_disk_ms(self) -> float:
        """Return what was set apart since the last time."""
        ms: float = getattr(self._worker, "disk_ms", 0.0)
        self._worker.disk_ms = 0.0
        return ms

    def note(self, budget: Budget, **parts_ms: float) -> None:
        """Remember one action; on the GUI thread."""
        taken = Taken(budget, self._now(), tuple((Cause(name), ms) for name, ms in parts_ms.items()))
        self._times_ms.setdefault(budget, deque(maxlen=REMEMBERED)).append(taken.total_ms)
        if not taken.is_within:
            self._slow.append(taken)
        self.measured.emit(taken)

    def paces(self) -> tuple[Pace, ...]:
        """Return how quick each kind was, in the order in which they were first done."""
        return tuple(_pace(budget, taken) for budget, taken in self._times_ms.items())

    def slow(self) -> tuple[Taken, ...]:
        """Return what went over its budget, newest first."""
        return tuple(reversed(self._slow))


class _Watch(Generic[T]):
    """One action under way."""

    def __init__(
        self, meter: Meter, budget: Budget, work: Callable[[], T], done: Callable[[T], None], failed: Failed
    ) -> None:
        self._meter = meter
        self._budget = budget
        self._work = work
        self._done = done
        self._failed = failed
        self._disk_ms = 0.0
        self._wished = self._began = self._ended = meter.seconds()

    def work(self) -> T:
        """Do it, in a worker."""
        self._began = self._meter.seconds()
        self._meter.take_disk_ms()
        try:
            return self._work()
        finally:
            self._ended = self._meter.seconds()
            self._disk_ms = self._meter.take_disk_ms()

    def done(self, answer: T) -> None:
        """Show it, on the GUI thread."""
        if not is_alive(self._done):
            return
        self._done(answer)
        self._note()

    def failed(self, error: Exception) -> None:
        """Say what went wrong, on the GUI thread."""
        if not is_alive(self._failed):
            return
        self._failed(error)
        if (self._meter.seconds() - self._wished) * 1000 > self._budget.limit_ms:
            self._note()

    def _note(self) -> None:
        self._meter.note(
            self._budget,
            queue=(self._began - self._wished) * 1000,
            disk=self._disk_ms,
            server=(self._ended - self._began) * 1000 - self._disk_ms,
            gui=(self._meter.seconds() - self._ended) * 1000,
        )


def _pace(budget: Budget, times_ms: Sequence[float]) -> Pace:
    return Pace(
        budget,
        len(times_ms),
        rank(times_ms, 50),
        rank(times_ms, 95),
        max(times_ms),
        sum(ms <= budget.limit_ms for ms in times_ms) / len(times_ms),
        sum(ms <= RULE_MS for ms in times_ms) / len(times_ms),
    )
