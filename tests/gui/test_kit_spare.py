"""A panel that is ready before it is wanted."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.kit import spare as kit_spare
from console.kit.spare import Spare


def test_the_next_one_is_ready_when_it_is_quiet(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit_spare, "QUIET_MS", 0)
    monkeypatch.setattr(kit_spare, "FIRST_MS", 60_000)
    built: list[QLabel] = []

    def build() -> QLabel:
        built.append(QLabel(str(len(built))))
        return built[-1]

    home = QWidget()
    qtbot.addWidget(home)
    spare = Spare(build, home)
    assert built == []
    first = spare.take()
    assert built == [first]
    qtbot.waitUntil(lambda: len(built) == 2)
    assert not built[1].isVisibleTo(home)
    assert built[1].parent() is home  # it goes with the window
    assert spare.take() is built[1]
    assert len(built) == 2


def test_the_first_one_is_ready_before_anybody_asks(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit_spare, "FIRST_MS", 0)
    built: list[QLabel] = []

    def build() -> QLabel:
        built.append(QLabel())
        return built[-1]

    home = QWidget()
    qtbot.addWidget(home)
    spare = Spare(build, home)
    assert built == []  # not while the window is built
    qtbot.waitUntil(lambda: len(built) == 1)
    assert spare.take() is built[0]
