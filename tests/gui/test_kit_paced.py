"""What keeps changing is asked for at once, then after a rest, and once more for all that came meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.kit.jobs import Jobs
from console.kit.paced import REST, REST_MS, SOON_MS, Paced


class Asker(QObject):
    """Counts what is asked and hears the answers."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.asked = 0
        self.answers: list[object] = []
        self.failures: list[Exception] = []
        self.work: Callable[[], object] = lambda: self.asked
        self.paced = Paced(jobs, self.ask, self.failures.append, self)
        self.paced.answered.connect(self.answers.append)

    def ask(self) -> Callable[[], object]:
        self.asked += 1
        return self.work


@pytest.fixture
def asker(qtbot: QtBot) -> Iterator[Asker]:
    jobs = Jobs(1, "reads")
    yield Asker(jobs)
    assert jobs.stop()


def test_the_first_wish_is_asked_at_once_and_what_follows_once_after_the_rest(
    qtbot: QtBot, asker: Asker
) -> None:
    for _ in range(3):
        asker.paced.want()
    assert asker.asked == 1
    qtbot.waitUntil(lambda: asker.answers == [1])
    assert asker.paced._rest.isActive()
    asker.paced.want()
    assert asker.asked == 1
    qtbot.waitUntil(lambda: asker.answers == [1, 2])
    qtbot.waitUntil(lambda: not asker.paced._rest.isActive())
    assert asker.asked == 2


def test_what_took_long_rests_long(qtbot: QtBot, asker: Asker) -> None:
    may_end = threading.Event()
    asker.work = lambda: may_end.wait(60)
    asker.paced.want()
    assert asker.paced._rest.interval() == 0
    qtbot.waitUntil(lambda: asker.paced._asked.elapsed() > 2 * REST_MS / REST)
    may_end.set()
    qtbot.waitUntil(lambda: asker.answers == [True])
    assert asker.paced._rest.interval() > 2 * REST_MS


def test_what_is_wanted_soon_is_asked_at_a_moment_of_its_own(qtbot: QtBot, asker: Asker) -> None:
    delays = set()
    for number in range(1, 6):
        asker.paced.want_soon()
        asker.paced.want_soon()
        assert asker.asked == number - 1
        delays.add(asker.paced._rest.interval())
        qtbot.waitUntil(lambda number=number: len(asker.answers) == number)
        asker.paced._rest.stop()
    assert len(delays) > 1
    assert all(delay < SOON_MS for delay in delays)


def test_another_question_does_not_wait_for_the_rest(qtbot: QtBot, asker: Asker) -> None:
    asker.paced.want()
    qtbot.waitUntil(lambda: asker.answers == [1])
    assert asker.paced._rest.isActive()
    asker.paced.ask_now()
    assert asker.asked == 2
    qtbot.waitUntil(lambda: asker.answers == [1, 2])


def test_what_is_forgotten_is_not_heard(qtbot: QtBot, asker: Asker) -> None:
    may_end = threading.Event()
    asker.work = lambda: may_end.wait(60)
    asker.paced.want()
    asker.paced.want()
    asker.paced.forget()
    asker.work = lambda: "new"
    asker.paced.want()
    may_end.set()
    qtbot.waitUntil(lambda: asker.answers == ["new"])
    assert asker.asked == 2


def test_a_failure_is_told_and_asked_again_when_wanted(qtbot: QtBot, asker: Asker) -> None:
    asker.work = lambda: int("x")
    asker.paced.want()
    qtbot.waitUntil(lambda: len(asker.failures) == 1)
    asker.work = lambda: "again"
    asker.paced.want()
    qtbot.waitUntil(lambda: asker.answers == ["again"])
