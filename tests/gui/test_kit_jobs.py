"""Answers arrive on the GUI thread, in order, and never at something that is gone."""

import threading
from functools import partial

import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.kit.jobs import Jobs, Latest


class Ear(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.thread_names: set[str] = set()

    def hear(self, answer: object) -> None:
        self.heard.append(answer)
        self.thread_names.add(threading.current_thread().name)


def test_answers_of_one_worker_come_in_order_on_the_gui_thread(qtbot: QtBot) -> None:
    jobs, ear = Jobs(1, "writes"), Ear()
    for number in range(20):
        jobs.run(partial(int, number), ear.hear, ear.hear)
    qtbot.waitUntil(lambda: len(ear.heard) == 20)
    assert ear.heard == list(range(20))
    assert ear.thread_names == {threading.main_thread().name}
    assert jobs.stop()


def test_an_error_goes_to_failed(qtbot: QtBot) -> None:
    jobs, done, failed = Jobs(1, "reads"), Ear(), Ear()
    jobs.run(partial(int, "x"), done.hear, failed.hear)
    qtbot.waitUntil(lambda: len(failed.heard) == 1)
    assert isinstance(failed.heard[0], ValueError)
    assert done.heard == []
    assert jobs.stop()


def test_an_answer_for_a_deleted_receiver_is_dropped(qtbot: QtBot) -> None:
    jobs, gone, ear = Jobs(1, "reads"), Ear(), Ear()
    gate = threading.Event()
    jobs.run(gate.wait, partial(gone.hear), gone.hear)
    jobs.run(partial(int, 1), ear.hear, ear.hear)
    shiboken6.delete(gone)
    gate.set()
    qtbot.waitUntil(lambda: len(ear.heard) == 1)
    assert gone.heard == []
    assert jobs.stop()


def test_stop_drops_what_waits_and_ends_every_thread(qtbot: QtBot) -> None:
    jobs, ear = Jobs(2, "bye"), Ear()
    gate, begun = threading.Event(), threading.Barrier(3)

    def work() -> None:
        begun.wait()
        gate.wait()

    for _ in range(2):
        jobs.run(work, ear.hear, ear.hear)
    jobs.run(partial(int, 1), ear.hear, ear.hear)
    begun.wait()
    assert not jobs.stop(timeout_s=0.05)
    gate.set()
    qtbot.waitUntil(lambda: not any(thread.name.startswith("bye") for thread in threading.enumerate()))
    assert ear.heard == []


def test_finish_does_what_waits_first(qtbot: QtBot) -> None:
    jobs, ear, done = Jobs(1, "writes"), Ear(), []
    for number in range(5):
        jobs.run(partial(done.append, number), ear.hear, ear.hear)
    assert jobs.stop(finish=True)
    assert done == [0, 1, 2, 3, 4]


def test_latest_answers_only_the_newest_question(qtbot: QtBot) -> None:
    jobs, ear = Jobs(2, "reads"), Ear()
    latest, gate, asked = Latest(jobs), threading.Event(), []

    def ask(word: str) -> str:
        asked.append(word)
        gate.wait()
        return word

    for word in ("h", "hd", "hdj"):
        latest.run(partial(ask, word), ear.hear, ear.hear)
    gate.set()
    qtbot.waitUntil(lambda: len(ear.heard) == 1)
    assert (ear.heard, asked) == (["hdj"], ["h", "hdj"])
    assert jobs.stop()


def test_latest_ends_the_question_nobody_waits_for(qtbot: QtBot) -> None:
    jobs, ear = Jobs(1, "reads"), Ear()
    latest, halted = Latest(jobs), threading.Event()
    latest.run(partial(halted.wait, 60), ear.hear, ear.hear, halt=halted.set)
    latest.run(partial(str, "newer"), ear.hear, ear.hear, halt=ear.deleteLater)
    qtbot.waitUntil(lambda: ear.heard == ["newer"])
    assert halted.is_set()
    later = threading.Event()
    latest.run(partial(later.wait, 60), ear.hear, ear.hear, halt=later.set)
    latest.forget()
    qtbot.waitUntil(later.is_set)
    assert jobs.stop()
    assert ear.heard == ["newer"]
