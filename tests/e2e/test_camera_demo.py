"""A demo camera from the register to the picture: the database signs, a gateway process of its own checks."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from pytestqt.qtbot import QtBot

from console.app.demo_video import showing
from console.camera.store import CameraStore
from console.demo_gateway.scenes import counter_of
from console.kit.jobs import Jobs
from console.video.av_player import AvPlayer
from console.video.player import Source, Trouble
from console.wall.logins import GatewayLogins
from console.wall.opening import Views
from db.engine import engine_for

LOGIN = "d1_operator1"
REASON = "核实路灯"


@pytest.fixture
def store(person_dsn: Callable[[str], str]) -> Iterator[CameraStore]:
    engine = engine_for(person_dsn(LOGIN))
    yield CameraStore(engine)
    engine.dispose()


def base_of(owner: psycopg.Connection) -> str | None:
    row = owner.execute(
        "select rtsp_base from core.gateway where kind = 'demo' order by id limit 1"
    ).fetchone()
    return None if row is None else row[0]


def answers(base: str | None) -> bool:
    parts = urlsplit(base or "")
    if not parts.port:
        return False
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", parts.port)) == 0


def test_demo_camera_shows_its_scene_and_the_register_knows(
    qtbot: QtBot, qapp: object, database: str, owner: psycopg.Connection, store: CameraStore
) -> None:
    row = owner.execute("select min(id) from core.camera where district_id = 1 and is_demo").fetchone()
    assert row is not None
    (camera,) = store.cameras([row[0]])
    reads, writes = Jobs(1, "reads"), Jobs(1, "writes")
    views = Views(store, reads, writes, GatewayLogins())
    with showing(database):
        qtbot.waitUntil(lambda: answers(base_of(owner)))
        view = views.open(camera, REASON)
        qtbot.waitUntil(lambda: view.player.frame() is not None)
        frame = view.player.frame()
        assert frame is not None
        assert counter_of(frame.image) is not None
        assert view.opening is not None
        forged = view.opening.addresses[0].url[:-1] + "x"
        other = AvPlayer(lambda: [Source(forged)])
        other.start()
        qtbot.waitUntil(lambda: other.state().trouble is Trouble.CREDENTIALS)
        player = view.player
        views.stop()
        qtbot.waitUntil(lambda: not player.is_running() and not other.is_running())
    assert reads.stop()
    assert writes.stop(finish=True)
    assert not answers(base_of(owner))  # it ends with whoever started it
    kinds = owner.execute(
        "select kind from audit.entry where kind like 'camera_view%' order by id"
    ).fetchall()
    assert [kind for (kind,) in kinds] == ["camera_view", "camera_view_end"]
