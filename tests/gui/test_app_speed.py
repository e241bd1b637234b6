"""A desk keeps how quick it was, nothing of its tickets, and shows whether it keeps the two seconds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.app.speed_file import SpeedFile
from console.kit.meter import Budget, Meter
from console.shell.speed_view import SpeedView
from db import speed

LIST = Budget("list", "List", 40)
ACT = Budget("act", "Act", 50)


@pytest.fixture
def meter(qapp: object) -> Meter:
    return Meter(lambda: datetime(2026, 3, 4, tzinfo=UTC))


def test_what_was_measured_is_kept_at_the_end(meter: Meter, tmp_path: Path) -> None:
    kept = SpeedFile(meter, tmp_path)
    meter.note(LIST, queue=1, disk=0, server=20, gui=4)
    meter.note(ACT, queue=1, disk=0, server=90, gui=4)
    assert kept.stop()
    assert json.loads((tmp_path / speed.FILE).read_text()) == {
        "times_ms": {"list": [25], "act": [95]},
        "slow": [
            {
                "kind": "act",
                "at": "2026-03-04T00:00:00+00:00",
                "parts_ms": {"queue": 1, "disk": 0, "server": 90, "gui": 4},
            }
        ],
    }


def test_nothing_measured_writes_nothing(meter: Meter, tmp_path: Path) -> None:
    assert SpeedFile(meter, tmp_path).stop()
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_written_stops_nobody(meter: Meter, tmp_path: Path) -> None:
    kept = SpeedFile(meter, tmp_path / "gone")
    meter.note(LIST, queue=1, disk=0, server=20, gui=4)
    assert kept.stop()


def test_odd_file_of_another_day_stops_nobody(
    meter: Meter, qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / speed.FILE).mkdir()
    kept = SpeedFile(meter, tmp_path)
    meter.note(LIST, queue=1, disk=0, server=20, gui=4)
    assert kept.stop()
    assert "left aside" in caplog.text
    qtbot.waitUntil(lambda: "cannot be kept" in caplog.text)
    assert [each.name for each in tmp_path.iterdir()] == [speed.FILE]


def test_window_says_whether_the_desk_keeps_the_rule(meter: Meter, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    meter.note(LIST, queue=1, disk=0, server=20, gui=4)
    view = SpeedView(meter, ZoneInfo("Asia/Shanghai"), parent)
    assert view.rule.text().endswith("is kept.")
    assert view.paces.item(0, 7).text() == "100%"
    for _ in range(3):
        meter.note(ACT, queue=0, disk=0, server=2500, gui=4)
    assert "is broken by: Act." in view.rule.text()
    assert view.paces.item(1, 7).text() == "0%"
