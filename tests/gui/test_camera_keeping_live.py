"""Keeping from a real stream: keys on a wall that shows a camera of the demo's gateway."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import camera_hall
import pytest
from hall import Hall
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.camera.store import CameraStore
from console.demo_gateway.gateway import Gateway, GatewayThread
from console.demo_gateway.scenes import MAIN
from console.shell.main_window import MainWindow
from console.ticket.intake import IntakePanel
from console.wall.wall import Wall

OPERATOR = "d1_operator1"


@pytest.fixture
def gateway(home: Path, qapp: object) -> Iterator[Gateway]:
    made = Gateway(home / "demo_video")
    with GatewayThread(made):
        yield made


@pytest.mark.timeout(300)
def test_keys_on_a_wall_keep_a_still_a_clip_and_begin_a_report(
    window_of: Callable[[str], MainWindow],
    owner_hall: Hall,
    gateway: Gateway,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    number = camera_hall.make_camera(owner_hall)
    owner_hall.rows("update core.gateway set rtsp_base = %s where code = 'tests' returning 1", gateway.base)
    ticket = owner_hall.open()["id"]
    window = window_of(OPERATOR)
    wall = Wall(window.session, 1)
    qtbot.addWidget(wall)
    wall.resize(640, 360)
    wall.show()
    wall.activateWindow()
    wall.setFocus()
    wall.show_camera(CameraStore(window.session.engine).cameras([number])[0], "核实现场", ticket)
    qtbot.waitUntil(lambda: wall.chosen.sight() is not None)
    kept = "select * from api.footage_of(%s)"

    qtbot.keyClick(wall, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: len(owner_hall.call(OPERATOR, kept, ticket)) == 1)
    row = owner_hall.call(OPERATOR, kept, ticket)[0]
    content = "select content from core.attachment where id = %s"
    still = QImage.fromData(bytes(owner_hall.value(content, row["original_id"])))
    assert (still.width(), still.height()) == MAIN  # one tile shows the main stream
    sight = wall.chosen.sight()
    assert sight is not None
    keeping = window.session.keeping
    qtbot.keyClick(wall, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: keeping.recorded_s(sight.view) > 2.0)
    qtbot.waitUntil(lambda: wall.chosen.note != "")
    qtbot.keyClick(wall, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: len(owner_hall.call(OPERATOR, kept, ticket)) == 2)
    clip = next(row for row in owner_hall.call(OPERATOR, kept, ticket) if row["kind"] == "clip")
    path = tmp_path / "clip.mp4"
    path.write_bytes(bytes(owner_hall.value(content, clip["original_id"])))
    with av.open(str(path)) as source:
        pictures = sum(1 for _ in source.decode(video=0))
    assert pictures >= 50
    assert abs((clip["taken_until"] - clip["taken_at"]).total_seconds() - pictures / 25) < 0.5

    qtbot.keyClick(wall, Qt.Key.Key_T)
    intake = window.stack.currentWidget()
    assert isinstance(intake, IntakePanel)
    assert len(intake.values().footage) == 1
    qtbot.waitUntil(lambda: len(owner_hall.call(OPERATOR, "select * from api.loose_footage()")) == 1)
    view = wall.chosen.view
    assert view is not None
    wall.detach()
    qtbot.waitUntil(lambda: not view.player.is_running())
