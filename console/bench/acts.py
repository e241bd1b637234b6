"""``bench acts``: many desks that act at once, each through the console's own store, to the new row.

First at a given rate in all, each act counted from the moment it was due, so that a queue before the server
shows; then without any pause, for what the server can do at most.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from console.bench.data import bench_dsn, open_tickets
from console.bench.figures import figure

HISTORY, OPEN = 100_000, 5_000
PROCESSES = 2
TICKETS = 20  # of each desk


def bench_acts(desks: int, rate: float, seconds: float) -> dict[str, Any]:
    """Measure with this many desks and acts a second in all."""
    with bench_dsn(HISTORY, OPEN) as dsn:
        tickets = open_tickets(dsn)[: desks * TICKETS]
        paced = _act(dsn, desks, tickets, rate / desks, seconds)
        flat_out = _act(dsn, desks, tickets, 0.0, seconds)
    return {
        "desks": desks,
        "act": figure(paced["taken_ms"]),
        "per_second": round(len(paced["taken_ms"]) / seconds, 1),
        "flat_out": figure(flat_out["taken_ms"]),
        "flat_out_per_second": round(len(flat_out["taken_ms"]) / seconds, 1),
        "refused": paced["refused"] + flat_out["refused"],
    }


def _act(dsn: str, desks: int, tickets: Sequence[int], rate: float, seconds: float) -> dict[str, Any]:
    actors = [
        _start(
            dsn,
            seats=list(range(number, desks, PROCESSES)),
            tickets=[tickets[seat::desks] for seat in range(number, desks, PROCESSES)],
            rate=rate,
            seconds=seconds,
        )
        for number in range(PROCESSES)
    ]
    for actor in actors:
        if actor.stdout is None or actor.stdout.readline().strip() != "seated":
            raise RuntimeError("the desks did not come up")
    for actor in actors:
        print("begin", file=actor.stdin, flush=True)
    told = [json.loads(actor.communicate()[0]) for actor in actors]
    return {
        "taken_ms": [taken for each in told for taken in each["taken_ms"]],
        "refused": sum(each["refused"] for each in told),
    }


def _start(dsn: str, **wish: object) -> subprocess.Popen[str]:
    # The wish travels by standard input: it carries a password, which a process list must not show.
    process = subprocess.Popen(
        [sys.executable, "-m", "console.bench.actor"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    print(json.dumps({"dsn": dsn, **wish}), file=process.stdin, flush=True)
    return process
