"""Each action is measured from the wish to the window, and a slow one says where the time went."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.kit.jobs import Jobs
from console.kit.meter import Budget, Cause, Meter

QUICK = Budget("quick", "Quick", 60_000)
HASTY = Budget("hasty", "Hasty", 0)
NOW = datetime(2026, 3, 4, tzinfo=UTC)
LONG_S = 0.05


class Seconds:
    """A stopwatch that only moves when something takes its time."""

    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> float:
        self.passed += 0.000_001
        return self.passed

    def take(self, seconds: float) -> None:
        self.passed += seconds


class Ear(QObject):
    """Hear answers, some of them slowly."""

    def __init__(self, takes: Callable[[], object] = bool) -> None:
        super().__init__()
        self.heard: list[object] = []
        self._takes = takes

    def hear(self, answer: object) -> None:
        self._takes()
        self.heard.append(answer)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def meter(qapp: object, seconds: Seconds) -> Meter:
    return Meter(lambda: NOW, seconds=seconds)


@pytest.fixture
def jobs(qapp: object) -> Iterator[Jobs]:
    made = Jobs(1, "reads")
    yield made
    assert made.stop()


def run(jobs: Jobs, meter: Meter, budget: Budget, work: Callable[[], object], ear: Ear) -> None:
    jobs.run(*meter.watch(budget, work, ear.hear, ear.hear))


def test_action_is_counted_within_its_budget(qtbot: QtBot, jobs: Jobs, meter: Meter) -> None:
    ear = Ear()
    for number in range(3):
        run(jobs, meter, QUICK, partial(int, number), ear)
    qtbot.waitUntil(lambda: ear.heard == [0, 1, 2])
    (pace,) = meter.paces()
    assert (pace.budget, pace.count, pace.within) == (QUICK, 3, 1.0)
    assert 0 < pace.p50_ms <= pace.p95_ms <= pace.max_ms
    assert meter.slow() == ()


def test_slow_server_is_the_cause(qtbot: QtBot, jobs: Jobs, meter: Meter, seconds: Seconds) -> None:
    with qtbot.waitSignal(meter.measured):
        run(jobs, meter, HASTY, partial(seconds.take, LONG_S), Ear())
    assert meter.slow()[0].cause is Cause.SERVER
    assert meter.paces()[0].within == 0


def test_work_before_it_is_the_cause(qtbot: QtBot, jobs: Jobs, meter: Meter, seconds: Seconds) -> None:
    gate, ear = threading.Event(), Ear()
    jobs.run(gate.wait, ear.hear, ear.hear)
    with qtbot.waitSignal(meter.measured):
        run(jobs, meter, HASTY, partial(int, 1), ear)
        seconds.take(LONG_S)
        gate.set()
    assert meter.slow()[0].cause is Cause.QUEUE


def test_window_that_draws_slowly_is_the_cause(
    qtbot: QtBot, jobs: Jobs, meter: Meter, seconds: Seconds
) -> None:
    with qtbot.waitSignal(meter.measured):
        run(jobs, meter, HASTY, partial(int, 1), Ear(partial(seconds.take, LONG_S)))
    assert meter.slow()[0].cause is Cause.GUI


def test_disk_of_the_desk_is_set_apart(qtbot: QtBot, jobs: Jobs, meter: Meter, seconds: Seconds) -> None:
    with qtbot.waitSignal(meter.measured):
        run(jobs, meter, HASTY, partial(meter.waited_for_disk, 5_000), Ear())
    assert meter.slow()[0].cause is Cause.DISK
    with qtbot.waitSignal(meter.measured):
        run(jobs, meter, HASTY, partial(seconds.take, LONG_S), Ear())
    assert meter.slow()[0].cause is Cause.SERVER


def test_action_that_fails_after_long_has_taken_that_long(
    qtbot: QtBot, jobs: Jobs, meter: Meter, seconds: Seconds
) -> None:
    def hang() -> None:
        seconds.take(LONG_S)
        raise TimeoutError

    with qtbot.waitSignal(meter.measured):
        run(jobs, meter, HASTY, hang, Ear())
    assert meter.slow()[0].cause is Cause.SERVER
    assert meter.paces()[0].within == 0


def test_action_that_is_refused_at_once_is_not_counted(qtbot: QtBot, jobs: Jobs, meter: Meter) -> None:
    ear = Ear()
    run(jobs, meter, QUICK, partial(int, "x"), ear)
    qtbot.waitUntil(lambda: len(ear.heard) == 1)
    assert meter.paces() == ()


def test_memory_of_slow_actions_is_bounded(meter: Meter) -> None:
    for number in range(1_000):
        meter.note(HASTY, queue=0, disk=0, server=number, gui=1)
    assert len(meter.slow()) == 100
    assert meter.slow()[0].parts_ms[2] == (Cause.SERVER, 999)
    assert meter.paces()[0].count == 200
