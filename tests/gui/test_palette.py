"""The command line: what is chosen stays chosen."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.kit.finding import Hit
from console.kit.jobs import Jobs
from console.kit.theme import Theme
from console.shell.palette import HIT_ROLE, Palette


def hit(detail: str) -> Hit:
    return Hit("横河家园小区", "place", 1, str, detail)


class Places:
    """Two places of the same name."""

    def begin(self) -> None:
        pass

    def find(self, typed: str) -> tuple[Hit, ...]:
        return (hit("第1网格"), hit("第2网格"), hit("第3网格")) if typed else ()


class Tickets(Places):
    """Answers late."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def halt(self) -> None:
        pass

    def find(self, typed: str) -> tuple[Hit, ...]:
        if typed:
            self.go.wait(60)
        return ()


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs(2, "reads")
    yield made
    assert made.stop()


def test_a_choice_among_namesakes_stays_when_later_answers_come(qtbot: QtBot, jobs: Jobs) -> None:
    window, late, errors = QWidget(), Tickets(), list[Exception]()
    qtbot.addWidget(window)
    window.show()
    palette = Palette(jobs, Theme(), (Places(), late), errors.append, window)
    palette.popup()
    qtbot.waitUntil(palette.is_settled)
    palette.line.setText("横河")
    qtbot.waitUntil(lambda: palette.list.count() == 3)
    qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    assert palette.list.currentItem().data(HIT_ROLE).detail == "第2网格"
    late.go.set()
    qtbot.waitUntil(palette.is_settled)
    assert palette.list.currentItem().data(HIT_ROLE).detail == "第2网格"
    assert errors == []
