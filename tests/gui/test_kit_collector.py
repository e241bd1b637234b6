"""Cycles with widgets in them end in the GUI thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.kit.jobs import Jobs


class Page(QWidget):
    """A cycle, as every page is."""

    def __init__(self) -> None:
        super().__init__()
        self.myself = self
        self.words = [QLabel("x", self) for _ in range(20)]


def test_while_workers_run_only_the_gui_thread_collects(qtbot: QtBot) -> None:
    where: list[str] = []
    made = threading.Event()

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            where.append(threading.current_thread().name)

    def allocate() -> None:
        for _ in range(200):
            _ = [{"a": number} for number in range(1000)]
        made.set()

    jobs = Jobs(1, "allocating")
    gc.callbacks.append(note)
    try:
        jobs.run(allocate, done, done)
        for _ in range(20):
            Page()
        qtbot.waitUntil(made.is_set)
        qtbot.waitUntil(lambda: where != [])
        assert set(where) == {threading.main_thread().name}
    finally:
        gc.callbacks.remove(note)
        jobs.stop()
    assert gc.isenabled()


def done(_answer: Any) -> None:
    """Need no answer."""
