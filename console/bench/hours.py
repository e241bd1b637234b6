"""``bench hours``: a console through a working day, as fast as it goes, and whether it grows.

Each hour opens tickets, searches, looks at the history and goes through the workspaces while another
desk writes; the memory of the console's process is taken at the end of each, when it is quiet.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from typing import Any

from console.bench.data import bench_dsn, person_dsn
from console.bench.queue import READER
from console.bench.writer import WRITER

HISTORY, OPEN = 100_000, 5_000


def bench_hours(hours: int) -> dict[str, Any]:
    """Work through so many hours and return the memory in MB at the start, after each, and its slope."""
    with bench_dsn(HISTORY, OPEN) as dsn, tempfile.TemporaryDirectory() as folder:
        wish = {
            "reader": person_dsn(dsn, READER),
            "writer": person_dsn(dsn, WRITER),
            "folder": folder,
            "hours": hours,
        }
        done = subprocess.run(
            [sys.executable, "-m", "console.bench.day"],
            input=json.dumps(wish) + "\n",
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
