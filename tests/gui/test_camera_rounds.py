"""Rounds through groups of cameras, in the workspace over a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from camera_seat import (
    OPERATOR,
    SUPERVISOR,
    VIEWS,
    WindowOf,
    answer,
    opener,
    playing,
)
from lens import Lens
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.camera.workspace import CameraPanel


@pytest.fixture
def desk(window_of: WindowOf, owner: psycopg.Connection, qtbot: QtBot) -> Callable[..., CameraPanel]:
    return opener(window_of, owner, qtbot)


class Round:
    """A shared group of three cameras, gone round with a clock that is moved by hand."""

    def __init__(self, panel: CameraPanel, hall: Hall, qtbot: QtBot) -> None:
        self.panel, self.hall, self.qtbot = panel, hall, qtbot
        self.session = panel.window().session
        self.session.clock.stop()
        self._now: datetime = self.session.clock.now()
        rows = hall.rows(
            OPERATOR, "select id, code from api.cameras where lon is not null order by id limit 3"
        )
        self.cameras = [row["id"] for row in rows]
        self.devices = [
            hall.row(OPERATOR, "select code from api.cameras where id = %s", each)["code"]
            for each in self.cameras
        ]
        self.group = hall.row(
            OPERATOR, "select api.save_group(null, '值守', %s, false, '', 10) as id", self.cameras
        )["id"]

    def begin(self, grid: int = 1) -> None:
        panel = self.panel
        panel.watch.set_grid(grid)
        panel.directory.groups.refresh()
        panel.show_groups()
        self.qtbot.waitUntil(lambda: self.group in panel.directory.groups._items)
        panel.directory.groups.tree.setCurrentItem(panel.directory.groups._items[self.group])
        panel.window().trigger("camera.round")
        answer(panel.watch, self.qtbot)
        self.qtbot.waitUntil(lambda: panel.run.is_running)

    def sees(self, *places: int) -> None:
        wanted = [self.cameras[place] for place in places]
        self.qtbot.waitUntil(lambda: playing(self.panel.watch) == wanted)
        self.later(1)

    def later(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self.session.clock.ticked.emit(self._now)

    def record(self) -> dict[str, Any]:
        self.qtbot.waitUntil(
            lambda: self.hall.rows(OPERATOR, "select 1 from api.patrols where ended_at is not null") != []
        )
        return self.hall.row(OPERATOR, "select * from api.patrols")

    def stops(self) -> list[tuple[int, bool]]:
        rows = self.hall.rows(
            OPERATOR, "select camera_id, was_seen from api.patrol_stops order by patrol_id, n"
        )
        return [(row["camera_id"], row["was_seen"]) for row in rows]


@pytest.fixture
def tour(desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot) -> Round:
    return Round(desk(), hall, qtbot)


def test_round_turns_by_itself_and_records_what_was_seen(tour: Round) -> None:
    tour.begin()
    for place in range(3):
        tour.sees(place)
        tour.later(10)
    record = tour.record()
    assert (record["seen"], record["missed"], record["planned"]) == (3, 0, 3)
    assert tour.stops() == [(camera, True) for camera in tour.cameras]
    assert not tour.panel.run.is_running
    assert tour.panel.watch.cameras() == ()
    kinds = tour.hall.rows(SUPERVISOR, VIEWS)
    assert {row["kind"] for row in kinds} == {"patrol"}


def test_camera_without_a_picture_is_recorded_as_such(
    tour: Round, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = owner.execute("select device from core.camera where id = %s", [tour.cameras[1]]).fetchone()[0]
    monkeypatch.setattr(Lens, "blind", frozenset({device}))
    tour.begin(grid=4)
    tour.sees(0, 2)
    tour.panel.bar.remark.setText("二号无画面")
    tour.later(10)
    record = tour.record()
    assert (record["seen"], record["missed"]) == (2, 1)
    rows = tour.hall.rows(
        OPERATOR, "select camera_id, state, remark from api.patrol_stops where not was_seen"
    )
    assert [(row["camera_id"], row["state"]) for row in rows] == [(tour.cameras[1], "silent")]
    assert rows[0]["remark"] == "二号无画面"


def test_round_stays_goes_back_and_ends_where_one_likes(tour: Round) -> None:
    tour.begin()
    panel, window = tour.panel, tour.panel.window()
    tour.sees(0)
    panel.watch.wall.setFocus()
    window.refresh()
    QTest.keyClick(panel.watch.wall, Qt.Key.Key_Space)
    assert panel.run.is_paused
    tour.later(60)
    assert panel.run.page == 0
    QTest.keyClick(panel.watch.wall, Qt.Key.Key_PageDown)
    tour.sees(1)
    QTest.keyClick(panel.watch.wall, Qt.Key.Key_PageUp)
    tour.sees(0)
    panel.bar.remarks.setText("一切正常")
    window.trigger("camera.round_end")
    record = tour.record()
    assert (record["seen"], record["remarks"]) == (2, "一切正常")
    assert [camera for camera, _ in tour.stops()] == [tour.cameras[place] for place in (0, 1, 0)]


def test_round_that_nobody_looks_at_stands_still(tour: Round) -> None:
    tour.begin()
    tour.sees(0)
    tour.panel.window().show_workspace("queue")
    assert tour.panel.run.is_paused


def test_other_room_on_the_wall_keeps_the_round(tour: Round) -> None:
    tour.begin()
    tour.sees(0)
    tour.panel.watch.set_grid(4)
    tour.sees(0, 1, 2)
    assert tour.panel.run.pages() == 1
    tour.later(10)
    assert tour.record()["seen"] == 3


def test_rounds_are_listed_with_what_was_due_and_seen(tour: Round) -> None:
    tour.begin(grid=4)
    tour.sees(0, 1, 2)
    tour.later(10)
    tour.record()
    panel = tour.panel
    panel.window().trigger("camera.rounds")
    tour.qtbot.waitUntil(lambda: panel.patrols.stops.rowCount() == 3)
    assert panel.patrols.model.rows[0].group_name == "值守"
