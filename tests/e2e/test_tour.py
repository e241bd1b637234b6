"""The tour as acceptance calls it: a process, a folder of pictures, one JSON object."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PySide6.QtGui import QImage

from db.admin.context import demo_password
from db.seed.loader import seed_demo

TICKETS = 150
LIMIT_S = 180


@pytest.mark.timeout(2 * LIMIT_S + 60)
def test_tour_is_ok_and_the_next_one_tells_what_failed_and_goes_on(
    database: str, owner: psycopg.Connection, tmp_path: Path
) -> None:
    seed_demo(database, demo_password(), TICKETS)
    told = tour(database, tmp_path / "first", status=0)
    assert told["ok"]
    names = [step["name"] for step in told["steps"]]
    assert len(set(names)) == len(names) > 20
    for number, step in enumerate(told["steps"], start=1):
        assert step["picture"] == f"{number:02}-{step['name']}.png"
        picture = QImage(str(tmp_path / "first" / step["picture"]))
        assert (picture.width(), picture.height()) == (1600, 900)
        assert step["ok"]
        assert step["ms"] > 0

    owner.execute("delete from core.transition where action = 'confer'")
    told = tour(database, tmp_path / "second", status=1)
    failed = {step["name"]: step["error"] for step in told["steps"] if not step["ok"]}
    assert not told["ok"]
    assert "confer to be offered" in failed["conference"]
    assert failed["designation"] == "needs conference, which failed"
    assert set(failed) == {"conference", "designation", "hold-asked", "hold"}


def tour(dsn: str, out: Path, status: int) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "console", "tour", "--out", out, "--json", "--dsn", dsn],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == status, done.stderr
    assert "This plugin does not support" not in done.stderr
    assert len(done.stdout.splitlines()) == 1
    return json.loads(done.stdout)
