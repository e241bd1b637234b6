"""The map of cameras: heaps, keys, clicks, the ticket in the middle, and 23,000 points without a stall."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.camera.map_view import Landmark, MapView
from console.camera.plane import DARK, NEAREST_M, ONLINE, TURNING, Sites
from console.kit.jobs import Jobs
from console.kit.theme import Theme

LON, LAT = 122.1, 30.0
STEP = 0.001  # about a hundred metres


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MapView]:
    jobs = Jobs(1, "map")
    made = MapView(jobs, Theme())
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    yield made
    jobs.stop()


def cross() -> Sites:
    """A camera in the middle, one to each side of it, and two on the same spot far in the north."""
    return Sites.of(
        [
            (1, LON, LAT, 90, ONLINE),
            (2, LON + STEP, LAT, None, DARK),
            (3, LON - STEP, LAT, 0, ONLINE),
            (4, LON, LAT + STEP, 180, ONLINE),
            (5, LON, LAT - STEP, 270, ONLINE),
            (6, LON, LAT + 9 * STEP, 0, ONLINE),
            (7, LON, LAT + 9 * STEP, 0, ONLINE),
        ]
    )


def shown(view: MapView, qtbot: QtBot, sites: Sites) -> None:
    view.show_sites(sites, [Landmark("积米崖", LON, LAT, 4)])
    view.show_subject(LON, LAT, "20261126000001")
    qtbot.waitUntil(lambda: bool(view.heaps))


def place(view: MapView, camera: int) -> QPoint:
    number = int(np.flatnonzero(view.sites.ids == camera)[0])
    return view.to_screen(float(view.xs[number]), float(view.ys[number])).toPoint()


def test_ticket_stands_in_the_middle(view: MapView, qtbot: QtBot) -> None:
    shown(view, qtbot, cross())
    assert view.subject is not None
    middle = view.to_screen(*view.subject[:2])
    assert (middle.x(), middle.y()) == (300, 200)


def test_arrows_go_from_camera_to_camera_and_enter_opens(view: MapView, qtbot: QtBot) -> None:
    shown(view, qtbot, cross())
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    view.show_camera(1)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(view, key)
    assert chosen == [2, 1, 4, 1, 5]
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [5]


def test_click_chooses_and_double_click_opens(view: MapView, qtbot: QtBot) -> None:
    shown(view, qtbot, cross())
    with qtbot.waitSignal(view.chosen) as chosen:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, 3))
    assert chosen.args == [3]
    with qtbot.waitSignal(view.opened) as opened:
        QTest.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place(view, 3))
    assert opened.args == [3]


def test_click_on_a_heap_comes_nearer_and_at_last_takes_one_after_the_other(
    view: MapView, qtbot: QtBot
) -> None:
    shown(view, qtbot, cross())
    view.show_camera(6)
    chosen: list[int] = []
    view.chosen.connect(chosen.append)
    for _ in range(12):
        before = view.scale
        qtbot.waitUntil(lambda: view.gathered() is not None and len(view.heaps) > 0)
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, 6))
        if view.scale == before:
            break
    assert view.scale == NEAREST_M
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place(view, 6))
    assert set(chosen) == {6, 7}


def test_dragging_moves_and_home_returns(view: MapView, qtbot: QtBot) -> None:
    shown(view, qtbot, cross())
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(view, QPoint(160, 130))
    QTest.mouseMove(view, QPoint(220, 160))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(220, 160))
    assert view.middle != (0.0, 0.0)
    moved = view.middle
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.middle[0] < moved[0]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.subject is not None
    assert view.middle == view.subject[:2]


def test_zoom_keeps_the_chosen_camera_where_it_is(view: MapView, qtbot: QtBot) -> None:
    shown(view, qtbot, cross())
    view.show_camera(2)
    before = place(view, 2)
    for key in (Qt.Key.Key_Minus, Qt.Key.Key_Plus, Qt.Key.Key_Plus):
        QTest.keyClick(view, key)
        assert (place(view, 2) - before).manhattanLength() <= 2


def test_light_and_dark_and_every_shape_are_painted(view: MapView, qtbot: QtBot) -> None:
    shown(view, qtbot, cross())
    assert view.sites.bearings[1] == TURNING
    view.show_camera(2)
    images = []
    for name in ("light", "dark"):
        view._painter._theme.name = name
        view._painter._theme._cache.clear()
        images.append(view.grab().toImage())
    assert images[0] != images[1]


def test_heaps_of_23000_cameras_are_gathered_in_a_worker(view: MapView, qtbot: QtBot) -> None:
    random = np.random.default_rng(3)
    rows = [
        (n, LON + dx, LAT + dy, None, ONLINE)
        for n, (dx, dy) in enumerate(random.normal(0, 0.05, (23_000, 2)).tolist())
    ]
    view.show_sites(Sites.of(rows), [])
    assert view.heaps == {}  # nothing was computed here
    qtbot.waitUntil(lambda: bool(view.heaps))
    heaps = view.gathered()
    assert heaps is not None
    assert heaps.counts.sum() == 23_000
    assert len(heaps) < 2_000
    view.grab()
