"""The wall: what is seen, how old it is, what is open, and what is said when nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from camera_desk import FakeDesk, FakeStore
from camera_faults import Faulty
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.bench.bare_desk import camera
from console.demo_gateway.gateway import GatewayThread
from console.demo_gateway.login import Login
from console.video.player import Frame, Phase, Trouble
from console.wall import opening, wall
from console.wall.login_form import LoginForm
from console.wall.tile import Tile, freshness_of
from console.wall.tile_paint import Freshness
from console.wall.wall import Wall

REASON = "核实路灯"
Build = Callable[..., tuple[Wall, FakeDesk]]


@pytest.fixture
def gateway(qapp: QApplication, home: Path) -> Iterator[Faulty]:
    with GatewayThread(Faulty(home / "demo_video")) as made:
        assert isinstance(made, Faulty)
        yield made


@pytest.fixture
def build(qtbot: QtBot, gateway: Faulty) -> Iterator[Build]:
    """Put a wall on the screen; it is gone, and its players with it, at the end."""
    with ExitStack() as stack:

        def start(grid: int = 4, credential: str | None = None) -> tuple[Wall, FakeDesk]:
            desk = FakeDesk(FakeStore(gateway.base, credential))
            made = Wall(desk, grid)  # type: ignore[arg-type]  # as much of a session as it needs
            qtbot.addWidget(made)
            made.resize(800, 450)
            made.show()
            stack.callback(end, qtbot, made, desk)
            return made, desk

        yield start


def end(qtbot: QtBot, made: Wall, desk: FakeDesk) -> None:
    players = [view.player for view in desk.views.live]
    made.detach()
    qtbot.waitUntil(lambda: not any(player.is_running() for player in players))
    desk.stop(finish=True)
    # A view that was closed before is none of these: its player may still be about to say so.
    qtbot.waitUntil(lambda: desk.store.open_views() == set())
    assert desk.errors == []


def are(tiles: tuple[Tile, ...], freshness: Freshness) -> Callable[[], bool]:
    return lambda: all(tile.freshness is freshness for tile in tiles)


def test_wall_shows_sub_streams_and_registers_why(qtbot: QtBot, build: Build) -> None:
    made, desk = build()
    for number in range(1, 5):
        made.show_camera(camera(number), REASON, 7)
    qtbot.waitUntil(are(made.places, Freshness.LIVE))
    assert sorted(desk.store.opened) == [(number, REASON, 7, "sub", "live") for number in range(1, 5)]
    qtbot.waitUntil(lambda: all(tile.painted > 1 for tile in made.places))


@pytest.mark.parametrize(
    ("age_s", "freshness"),
    [(0.9, Freshness.LIVE), (1.1, Freshness.LATE), (2.9, Freshness.LATE), (3.1, Freshness.FROZEN)],
)
def test_freshness_is_the_age_of_the_picture(age_s: float, freshness: Freshness) -> None:
    assert freshness_of(Frame(1, QImage(), 100.0, None), 100.0 + age_s) is freshness


def test_frozen_picture_is_marked_and_says_since_when(qtbot: QtBot, build: Build, gateway: Faulty) -> None:
    made, _ = build(1)
    made.show_camera(camera(1), REASON)
    tile = made.chosen
    qtbot.waitUntil(lambda: tile.freshness is Freshness.LIVE and tile.painted > 10)
    gateway.is_frozen = True
    qtbot.waitUntil(lambda: tile.freshness in (Freshness.LATE, Freshness.FROZEN))
    qtbot.waitUntil(lambda: tile.freshness is Freshness.FROZEN)
    tile.refresh()
    said = tile.words()
    assert "not live" in said.banner
    assert said.time in said.banner  # the time shown is that of the picture, not now
    gateway.is_frozen = False
    qtbot.waitUntil(lambda: tile.freshness is Freshness.LIVE)
    assert tile.words().banner == ""


def test_enlarged_tile_takes_the_main_stream_and_gives_it_back(qtbot: QtBot, build: Build) -> None:
    made, desk = build()
    made.show_camera(camera(1), REASON)
    qtbot.waitUntil(lambda: made.chosen.freshness is Freshness.LIVE)
    before = made.chosen.view
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert made.is_enlarged
    assert made.chosen.view is before  # the old picture stays until the new one is there
    qtbot.waitUntil(lambda: made.chosen.view is not before)
    assert made.chosen.view is not None
    assert made.chosen.view.stream == "main"
    qtbot.waitUntil(lambda: len(desk.store.open_views()) == 1)
    QTest.keyClick(made, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: made.chosen.view is not None and made.chosen.view.stream == "sub")
    assert not made.is_enlarged


def test_keys_and_mouse_choose(qtbot: QtBot, build: Build) -> None:
    made, _ = build()
    QTest.keyClick(made, Qt.Key.Key_Right)
    QTest.keyClick(made, Qt.Key.Key_Down)
    assert made.chosen is made.tiles[3]
    QTest.keyClick(made, Qt.Key.Key_Down)  # there is nothing below
    assert made.chosen is made.tiles[3]
    QTest.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert made.chosen is made.tiles[0]


def test_nothing_plays_when_the_wall_is_hidden(qtbot: QtBot, build: Build) -> None:
    made, desk = build()
    made.show_camera(camera(1), REASON)
    qtbot.waitUntil(lambda: made.chosen.freshness is Freshness.LIVE)
    player = made.chosen.view.player if made.chosen.view else None
    assert player is not None
    made.hide()
    qtbot.waitUntil(lambda: desk.views.live == () and not player.is_running())
    qtbot.waitUntil(lambda: desk.store.open_views() == set())
    made.show()
    qtbot.waitUntil(lambda: made.chosen.freshness is Freshness.LIVE)
    assert len(desk.store.opened) == 2  # looking again is a row of its own


def test_tiles_nobody_sees_are_closed_after_a_while(
    qtbot: QtBot, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall, "UNSEEN_S", 1.0)
    made, desk = build()
    for number in (1, 2):
        made.show_camera(camera(number), REASON)
    qtbot.waitUntil(lambda: all(tile.freshness is Freshness.LIVE for tile in made.places[:2]))
    made.enlarge()
    qtbot.waitUntil(lambda: [view.camera.id for view in desk.views.live] == [2])
    made.shrink()
    qtbot.waitUntil(lambda: all(tile.freshness is Freshness.LIVE for tile in made.places[:2]))


def test_refusal_is_said_and_nothing_is_opened(qtbot: QtBot, build: Build) -> None:
    made, desk = build(1)
    desk.store.refused.add(1)
    made.show_camera(camera(1), REASON)
    tile = made.chosen
    qtbot.waitUntil(lambda: (state := tile.state()) is not None and state.phase is Phase.FAILED)
    tile.refresh()
    assert tile.words().sentence == "said: camera_inactive"
    assert desk.store.opened == []
    desk.store.refused.clear()
    QTest.keyClick(made, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tile.freshness is Freshness.LIVE)


def test_no_more_than_a_desk_may(qtbot: QtBot, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST", 2)
    made, desk = build()
    for number in (1, 2, 3):
        made.show_camera(camera(number), REASON)
    qtbot.waitUntil(lambda: all(tile.freshness is Freshness.LIVE for tile in made.places[:2]))
    assert made.tiles[2].view is None
    made.tiles[2].refresh()
    assert "Close one" in made.tiles[2].words().sentence
    made.close_place(0)
    qtbot.waitUntil(lambda: made.tiles[2].freshness is Freshness.LIVE)
    assert len(desk.views.live) == 2


def test_lost_view_is_asked_for_again(qtbot: QtBot, build: Build) -> None:
    made, desk = build(1)
    made.show_camera(camera(1), REASON)
    qtbot.waitUntil(lambda: made.chosen.freshness is Freshness.LIVE)
    desk.store.lost.add(1)
    desk.views.keep()
    qtbot.waitUntil(lambda: len(desk.store.opened) == 2)
    qtbot.waitUntil(lambda: 1 in desk.store.closed)


def test_address_is_renewed_when_it_has_expired(
    qtbot: QtBot, build: Build, gateway: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, desk = build(1)
    made.show_camera(camera(1), REASON)
    qtbot.waitUntil(lambda: made.chosen.freshness is Freshness.LIVE)
    monkeypatch.setattr(opening, "GOOD_S", 0.0)
    gateway.is_frozen = True
    qtbot.waitUntil(lambda: 1 in desk.store.renewed)
    gateway.is_frozen = False
    qtbot.waitUntil(lambda: made.chosen.freshness is Freshness.LIVE)
    assert len(desk.store.opened) == 1  # the same view goes on


def test_login_is_asked_for_kept_in_memory_and_used(qtbot: QtBot, build: Build, gateway: Faulty) -> None:
    gateway.login = Login("ann", "right")
    made, _ = build(1, "keyring:gw1")
    made.show_camera(camera(1), REASON)
    qtbot.waitUntil(lambda: made.chosen.login_wanted() == "gw1")
    type_login(qtbot, made, "wrong")
    state = made.chosen.state
    qtbot.waitUntil(lambda: (now := state()) is not None and now.trouble is Trouble.CREDENTIALS)
    assert gateway.wrong_logins == 1
    type_login(qtbot, made, "right")
    qtbot.waitUntil(lambda: made.chosen.freshness is Freshness.LIVE)
    assert gateway.wrong_logins == 1


def type_login(qtbot: QtBot, made: Wall, password: str) -> None:
    QTest.keyClick(made, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(form.isVisible() for form in made.findChildren(LoginForm)))
    form = next(form for form in made.findChildren(LoginForm) if form.isVisible())
    form.user.setText("ann")
    form.password.setText(password)
    form.accept()
