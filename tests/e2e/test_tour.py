"""The tour as acceptance calls it: a process, a folder of pictures, one JSON object."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from db.admin.context import demo_password
from db.seed.loader import seed_demo

TICKETS = 150
LIMIT_S = 180
MODULE = "-m", "console"
SPOILED = """
import console.tour.cli as tour
from console.tour.hands import StepError
from console.tour.teller import Step

def fail(day):
    raise StepError("nobody is there")

def break_down(day):
    raise ZeroDivisionError("by nothing")

login, queue = tour.STEPS[:2]
spoiled = Step("fails", fail), Step("bug", break_down), Step("behind", fail, ("fails", "bug"))
tour.STEPS = login, *spoiled, queue
tour.app()
"""
AT_WORK = """
import psycopg
import console.tour.cli as tour
from console.tour.day import OPERATOR
from console.tour.hands import StepError, wait_for
from console.tour.teller import Step
from db.admin.context import admin_connection
from db.changes import position

def woken(day):
    with psycopg.connect(day.site.dsn(OPERATOR), autocommit=True) as connection:
        wait_for(lambda: position(connection).rest_ms is not None, "somebody who wakes the desks")

def swept(day):
    with admin_connection() as connection:
        def statuses():
            return connection.execute("select distinct status from core.camera_status").fetchall()

        wait_for(statuses, "a first sweep")
        if statuses() != [("online",)]:
            raise StepError(f"cameras are {statuses()}, and their gateway is there")

tour.STEPS = Step("woken", woken), Step("swept", swept)
tour.app()
"""


@pytest.mark.timeout(LIMIT_S + 60)
def test_tour_is_ok(database: str, tmp_path: Path) -> None:
    seed_demo(database, demo_password(), TICKETS)
    told = tour([*MODULE, "tour"], database, tmp_path, status=0)
    assert told["ok"]
    names = [step["name"] for step in told["steps"]]
    assert len(set(names)) == len(names) > 20
    for number, step in enumerate(told["steps"], start=1):
        assert step["picture"] == f"{number:02}-{step['name']}.png"
        picture = QImage(str(tmp_path / step["picture"]))
        assert (picture.width(), picture.height()) == (1600, 900)
        assert step["ok"]
        assert step["ms"] > 0


def test_tour_tells_what_failed_and_goes_on(database: str, tmp_path: Path) -> None:
    seed_demo(database, demo_password(), TICKETS)
    told = tour(["-c", SPOILED], database, tmp_path, status=1)
    assert not told["ok"]
    assert [(step["name"], step.get("error")) for step in told["steps"]] == [
        ("login", None),
        ("fails", "nobody is there"),
        ("bug", "ZeroDivisionError: by nothing"),
        ("behind", "needs bug, fails, which failed"),
        ("queue", None),
    ]
    assert (tmp_path / "05-queue.png").exists()


def test_desks_of_the_tour_are_woken_and_its_cameras_asked_as_at_work(database: str, tmp_path: Path) -> None:
    seed_demo(database, demo_password(), TICKETS)
    assert tour(["-c", AT_WORK], database, tmp_path, status=0)["ok"]


def tour(program: list[str], dsn: str, out: Path, status: int) -> Any:
    done = subprocess.run(
        [sys.executable, *program, "--out", out, "--json"],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "LIANGDENG_DSN": dsn},
    )
    assert done.returncode == status, done.stderr
    assert "This plugin does not support" not in done.stderr
    assert len(done.stdout.splitlines()) == 1
    return json.loads(done.stdout)
