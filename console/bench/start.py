"""``bench start``: from the command to a window, and to a queue with painted rows; warm."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

from console.bench.data import person_dsn
from console.bench.figures import figure
from console.bench.queue import READER
from db.admin.context import admin_dsn, demo_password
from db.seed.loader import seed_demo

ROUNDS = 7


def bench_start() -> dict[str, Any]:
    """Start the console several times in processes of its own."""
    to_window, to_queue = [], []
    with admin_dsn() as dsn:
        seed_demo(dsn, demo_password())
        for number in range(ROUNDS + 1):
            answer = _once(person_dsn(dsn, READER))
            if number:  # the first start warms the disk cache
                to_window.append(answer["to_window_ms"])
                to_queue.append(answer["to_queue_ms"])
    return {"to_window": figure(to_window), "to_queue": figure(to_queue)}


def _once(dsn: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "console.bench.starter"],
        input=json.dumps({"dsn": dsn, "at": time.time()}) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer
