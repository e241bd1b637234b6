"""Steering from a wall, over a real database and a gateway that remembers what it heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import camera_hall
import pytest
from fake_ptz import KEY, FakePtz, fake_ptz
from hall import Hall
from painted_player import PaintedPlayer
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.camera.store import CameraStore
from console.kit.action import Context
from console.shell.main_window import MainWindow
from console.wall import ptz
from console.wall.actions import ACTIONS
from console.wall.logins import GatewayLogin
from console.wall.wall import Wall

OPERATOR, OTHER, SUPERVISOR = "d1_operator1", "d1_operator2", "d1_supervisor1"
Open = Callable[[str], Wall]


@pytest.fixture
def fake() -> Iterator[FakePtz]:
    with fake_ptz() as made:
        yield made


@pytest.fixture
def camera(owner_hall: Hall, fake: FakePtz) -> int:
    made = camera_hall.make_camera(owner_hall)
    owner_hall.rows(
        "update core.gateway set ptz = 'wvp', http_base = %s, auth = 'keyring'"
        " where code = 'tests' returning 1",
        fake.base,
    )
    owner_hall.rows(
        "update core.camera set has_ptz = true, device = 'd', channel = 'c' where id = %s returning 1", made
    )
    return made


@pytest.fixture
def wall_of(
    window_of: Callable[[str], MainWindow], camera: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Open a person's wall with the camera on it, enlarged."""
    walls: list[Wall] = []

    def open_wall(login: str, *, knows: bool = True) -> Wall:
        window = window_of(login)
        session = window.session
        monkeypatch.setattr(session.views, "make_player", lambda *_: PaintedPlayer(None))
        if knows:
            session.views.logins.keep("tests", GatewayLogin("console", KEY), in_keyring=False)
        wall = Wall(session)
        qtbot.addWidget(wall)
        walls.append(wall)
        wall.resize(800, 600)
        wall.show()
        wall.activateWindow()
        wall.setFocus()
        wall.show_camera(CameraStore(session.engine).cameras([camera])[0], "核实现场")
        wall.enlarge()
        return wall

    yield open_wall
    for wall in walls:
        wall.detach()


def press(wall: Wall, key: Qt.Key, *, up: bool = False, held: bool = False, mods: Any = None) -> None:
    kind = QEvent.Type.KeyRelease if up else QEvent.Type.KeyPress
    event = QKeyEvent(kind, key, mods or Qt.KeyboardModifier.NoModifier, "", held)
    QApplication.sendEvent(wall, event)


def commands(fake: FakePtz) -> list[str]:
    return [given["command"] for path, given in fake.heard if path.startswith("ptz/")]


def moves(owner_hall: Hall) -> list[dict[str, Any]]:
    return [
        row["detail"]
        for row in owner_hall.rows("select detail from audit.entry where kind = 'ptz_move' order by id")
    ]


def test_an_arrow_key_turns_until_it_is_released(
    wall_of: Open, fake: FakePtz, owner_hall: Hall, qtbot: QtBot
) -> None:
    wall = wall_of(OPERATOR)
    press(wall, Qt.Key.Key_Left)
    for _ in range(5):
        press(wall, Qt.Key.Key_Left, held=True)
    qtbot.waitUntil(lambda: commands(fake) == ["left"])
    assert wall.helm.is_mine
    press(wall, Qt.Key.Key_Left, up=True)
    qtbot.waitUntil(lambda: commands(fake) == ["left", "stop"])
    qtbot.waitUntil(lambda: len(moves(owner_hall)) == 1)
    assert moves(owner_hall)[0]["pan"] == -50
    view = owner_hall.rows("select * from audit.camera_view where kind = 'ptz'")[0]
    assert (view["login"], view["reason"]) == (OPERATOR, "核实现场")
    assert "You steer" in wall.steering.text()
    assert wall.grab().width() == 800


def test_the_command_line_takes_the_camera_and_lets_go(wall_of: Open, fake: FakePtz, qtbot: QtBot) -> None:
    [steer] = [action for action in ACTIONS if action.key == "camera.steer"]
    panel, wall = QWidget(), wall_of(OPERATOR)
    qtbot.addWidget(panel)
    here = Context(host=None, is_online=True, duties=frozenset({"operator"}), panel=panel)  # type: ignore[arg-type]
    assert not steer.is_enabled(here)  # no wall
    wall.setParent(panel)
    wall.show()
    panel.show()
    assert steer.is_enabled(here)
    steer.run(here)
    qtbot.waitUntil(lambda: wall.helm.is_mine)
    steer.run(here)
    assert not wall.helm.is_mine
    wall.setParent(None)


def test_two_keys_turn_aslant_and_shift_is_fast(wall_of: Open, fake: FakePtz, qtbot: QtBot) -> None:
    wall = wall_of(OPERATOR)
    press(wall, Qt.Key.Key_Up, mods=Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: commands(fake) == ["up"])
    assert fake.heard[-1][1]["verticalSpeed"] == "255"
    press(wall, Qt.Key.Key_Right, mods=Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: commands(fake)[-1] == "upright")
    press(wall, Qt.Key.Key_Up, up=True)
    press(wall, Qt.Key.Key_Right, up=True)
    qtbot.waitUntil(lambda: commands(fake)[-1] == "stop")


def test_plus_and_wheel_zoom(wall_of: Open, fake: FakePtz, qtbot: QtBot) -> None:
    wall = wall_of(OPERATOR)
    press(wall, Qt.Key.Key_Plus)
    qtbot.waitUntil(lambda: commands(fake) == ["zoomin"])
    press(wall, Qt.Key.Key_Plus, up=True)
    qtbot.waitUntil(lambda: commands(fake) == ["zoomin", "stop"])
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(wall, turn)
    qtbot.waitUntil(lambda: commands(fake)[2:] == ["zoomout", "stop"])


def test_the_mouse_drags(wall_of: Open, fake: FakePtz, qtbot: QtBot) -> None:
    wall = wall_of(OPERATOR)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(wall.chosen, left, pos=QPoint(400, 300))
    qtbot.mouseMove(wall.chosen, QPoint(400, 300))
    moving = QPointF(500, 300)
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        wall.chosen, QMouseEvent(QEvent.Type.MouseMove, moving, wall.mapToGlobal(moving), left, left, none)
    )
    qtbot.waitUntil(lambda: commands(fake) == ["right"])
    assert fake.heard[-1][1]["horizonSpeed"] == "127"
    qtbot.mouseRelease(wall.chosen, left, pos=QPoint(500, 300))
    qtbot.waitUntil(lambda: commands(fake) == ["right", "stop"])


@pytest.mark.parametrize("how", ["focus", "shrink", "hide", "close"])
def test_whatever_takes_the_hands_away_stops(wall_of: Open, fake: FakePtz, qtbot: QtBot, how: str) -> None:
    wall = wall_of(OPERATOR)
    press(wall, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: commands(fake) == ["down"])
    if how == "focus":
        QApplication.sendEvent(wall, QEvent(QEvent.Type.WindowDeactivate))
    elif how == "shrink":
        wall.shrink()
    elif how == "hide":
        wall.hide()
    else:
        wall.detach()
    qtbot.waitUntil(lambda: commands(fake) == ["down", "stop"])


def test_a_key_that_sticks_stops_and_idle_hands_let_go(
    wall_of: Open, fake: FakePtz, owner_hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ptz, "LONGEST_S", 0.2)
    monkeypatch.setattr(ptz, "IDLE_S", 0.2)
    monkeypatch.setattr(ptz, "BEAT_MS", 50)
    wall = wall_of(OPERATOR)
    press(wall, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "stop" in commands(fake))
    qtbot.waitUntil(lambda: owner_hall.rows("select from core.ptz_lease") == [])
    assert not wall.helm.is_mine
    assert commands(fake)[-1] == "stop"
    assert "can be steered" in wall.steering.text()


def test_the_desk_shows_who_steers_and_a_supervisor_takes_over(
    wall_of: Open, fake: FakePtz, camera: int, owner_hall: Hall, qtbot: QtBot
) -> None:
    take = "select api.ptz_take(%s, '核实现场')"
    owner_hall.call(OTHER, take, camera)
    name = owner_hall.value("select name from core.staff where login = %s", OTHER)
    wall = wall_of(SUPERVISOR)
    qtbot.waitUntil(lambda: name in wall.steering.text())
    assert not wall.steering.take.isVisible()
    press(wall, Qt.Key.Key_Left)
    press(wall, Qt.Key.Key_Left, up=True)
    qtbot.waitUntil(lambda: wall.helm.trouble is not None)
    assert commands(fake) == []
    qtbot.mouseClick(wall.steering.over, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wall.helm.is_mine)
    assert owner_hall.value("select login from core.ptz_lease") == SUPERVISOR
    qtbot.mouseClick(wall.steering.let_go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: owner_hall.rows("select from core.ptz_lease") == [])


def test_operators_are_offered_no_taking_over(
    wall_of: Open, camera: int, owner_hall: Hall, qtbot: QtBot
) -> None:
    owner_hall.call(OTHER, "select api.ptz_take(%s, '核实现场')", camera)
    wall = wall_of(OPERATOR)
    qtbot.waitUntil(lambda: wall.helm.holder is not None)
    assert not wall.steering.over.isVisible()


def test_positions_are_offered(wall_of: Open, fake: FakePtz, owner_hall: Hall, qtbot: QtBot) -> None:
    wall = wall_of(OPERATOR)
    qtbot.mouseClick(wall.steering.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wall.steering.presets.count() == 3)
    assert wall.steering.presets.itemText(1) == "路口东"
    wall.steering.presets.activated.emit(1)
    qtbot.waitUntil(lambda: ("preset/call/d/c", {"presetId": "1"}) in fake.heard)
    wall.helm.release()
    qtbot.waitUntil(lambda: [move.get("preset") for move in moves(owner_hall)] == ["路口东"])


def test_without_a_login_it_asks_for_one(
    wall_of: Open, fake: FakePtz, owner_hall: Hall, qtbot: QtBot
) -> None:
    wall = wall_of(OPERATOR, knows=False)
    press(wall, Qt.Key.Key_Left)
    press(wall, Qt.Key.Key_Left, up=True)
    qtbot.waitUntil(lambda: wall.steering.login.isVisible())
    assert fake.heard == []
    assert owner_hall.rows("select from core.ptz_lease") == []


def test_a_gateway_that_says_no_is_told_in_words(wall_of: Open, fake: FakePtz, qtbot: QtBot) -> None:
    fake.refuses = True
    wall = wall_of(OPERATOR)
    press(wall, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: "does not do this" in wall.steering.text())
    qtbot.waitUntil(lambda: commands(fake) == ["left", "stop"])
    press(wall, Qt.Key.Key_Left, up=True)


def test_fixed_cameras_leave_the_keys_alone(
    wall_of: Open, camera: int, owner_hall: Hall, qtbot: QtBot
) -> None:
    owner_hall.rows("update core.camera set has_ptz = false where id = %s returning 1", camera)
    wall = wall_of(OPERATOR)
    assert wall.helm.camera is None
    assert not wall.steering.isVisible()
