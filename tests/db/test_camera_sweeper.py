"""The process that asks cameras, and the thread that has it ask."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from city import City
from waiting import until

from db.admin import camera_sweep
from db.admin.camera_probe import Endpoint, Status
from db.admin.camera_sweep import (
    CameraSweeper,
    Stopped,
    probe_in_child,
)

Connect = Callable[[str], psycopg.Connection]


def test_the_child_asks_and_gives_up_when_told() -> None:
    with_nobody = [Endpoint("1", "rtsp://127.0.0.1:1/x")]
    assert [answer.status for answer in probe_in_child(with_nobody)] == [Status.REFUSED]
    with socket.create_server(("127.0.0.1", 0)) as hung:  # it takes a time-out to know that
        asked = [Endpoint("1", f"rtsp://127.0.0.1:{hung.getsockname()[1]}/x")]
        with pytest.raises(Stopped):
            probe_in_child(asked, lambda: True)


def test_the_child_hears_more_than_a_pipe_holds() -> None:
    """It takes longer to start than this process waits at a time."""
    asked = [Endpoint(str(number), f"rtsp://127.0.0.1:1/{'x' * 60}/{number}") for number in range(3000)]
    assert [answer.status for answer in probe_in_child(asked)] == [Status.REFUSED] * 3000


def test_the_child_has_none_of_the_database_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    real = camera_sweep.subprocess.Popen

    def popen(*given: Any, **named: Any) -> Any:
        seen.update(named)
        return real(*given, **named)

    monkeypatch.setenv("LIANGDENG_DSN", "postgresql://x:hush@h/d")
    monkeypatch.setenv("PGPASSWORD", "hush")
    monkeypatch.setattr(camera_sweep.subprocess, "Popen", popen)
    probe_in_child([Endpoint("1", "rtsp://127.0.0.1:1/x")])
    assert "hush" not in str(seen["env"])


def test_sweeper_in_a_thread_sweeps_and_stops_at_once(city: City, database: str) -> None:
    camera = city.camera()
    city.camera()
    sweeper = CameraSweeper(database)
    thread = threading.Thread(target=sweeper.run)
    thread.start()
    try:
        until(lambda: city.hall.rows("select from core.camera_sweep where ended_at is not null") != [])
        assert city.shown(camera)["status"] == "refused"
    finally:
        sweeper.stop()
        thread.join(timeout=30)
    assert not thread.is_alive()
