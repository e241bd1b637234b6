"""A sweep over a whole city: 23,000 made-up cameras, a third of them dead, slow or lying."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest
from fake_cameras import KINDS, fake_cameras

CAMERAS = 23_000
PORTS = 400
# A machine may be busy with other things; on two free cores it takes a third of this.
LONGEST_S = 90.0
BAD = (*(kind for kind in KINDS if kind != "ok"), "refused")


@pytest.fixture
def ports() -> Iterator[list[int]]:
    """Where cameras listen; the last one is where nobody does."""
    with socket.socket() as nobody, fake_cameras(PORTS) as given:
        nobody.bind(("127.0.0.1", 0))
        yield [*given, nobody.getsockname()[1]]


def kind_of(number: int) -> str:
    return "ok" if number % 3 else BAD[number // 3 % len(BAD)]


@pytest.fixture
def city(owner: psycopg.Connection, ports: list[int]) -> Counter[str]:
    """Give the first district a gateway for each port, and the cameras; return how many have each status."""
    owner.execute("delete from core.camera")
    owner.execute("delete from core.gateway")
    with owner.cursor().copy(
        "copy core.gateway (district_id, id, code, name, kind, rtsp_base, http_base, main_template,"
        " sub_template, auth) from stdin"
    ) as copy:
        for number, port in enumerate(ports, start=1):
            at = f"127.0.0.1:{port}"
            copy.write_row(
                (
                    1,
                    number,
                    f"g{number}",
                    "测试",
                    "direct",
                    f"rtsp://{at}",
                    f"http://{at}",
                    "{base}/x",
                    "{base}/x",
                    "none",
                )
            )
    wanted: Counter[str] = Counter()
    with owner.cursor().copy(
        "copy core.camera (district_id, id, code, name, pinyin, initials, source, purpose, place_kind,"
        " gateway_id, sub_template, duties, is_demo) from stdin"
    ) as copy:
        for number in range(1, CAMERAS + 1):
            kind = kind_of(number)
            status = "refused" if kind == "refused" else KINDS[kind][1]
            gateway = len(ports) if kind == "refused" else number % PORTS + 1
            scheme = (
                "http" if number % 10 == 1 and kind not in ("stranger", "dripping", "endless") else "base"
            )
            wanted[status] += 1
            names = (f"T{number}", "测试路口", "c", "c", "security", "street", "crossing")
            copy.write_row((1, number, *names, gateway, f"{{{scheme}}}/{kind}/{number}", ["operator"], True))
    return wanted


@pytest.mark.timeout(400)
def test_a_city_is_swept_and_every_class_is_exact(
    city: Counter[str], database: str, owner: psycopg.Connection
) -> None:
    command = [sys.executable, "-m", "console", "cameras", "sweep", "--json", "--dsn", database]
    environment = os.environ | {"LIANGDENG_HOME": "/nonexistent"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert found["probed"] == CAMERAS
    assert Counter(found["classes"]) == city
    assert found["online"] == city["online"] + city["credentials"]
    assert found["offline"] == CAMERAS - found["online"]
    assert found["changed"] == CAMERAS
    assert found["notes"] == []
    assert found["seconds"] < LONGEST_S
    rows = dict(owner.execute("select status, count(*) from core.camera_status group by 1").fetchall())
    assert Counter(rows) == city
    for camera, status in owner.execute("select camera_id, status from core.camera_status"):
        kind = kind_of(camera)
        assert status == ("refused" if kind == "refused" else KINDS[kind][1]), kind
    sys.stderr.write(f"swept {CAMERAS} in {found['seconds']} s\n")
