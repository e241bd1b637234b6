"""``bench live``: many consoles on one database; from one desk's commit to another's repainted cell.

This process has a real window, two have the feeds of the other consoles (each with its own connection and
person), one is the waker, and one or more write. All clocks are the machine's monotonic one.

Two rounds. Changes all over the queue, as a district has them, tell how long a writer waits beside the
listeners. As many on the rows of one screen, four a second on each ticket, tell what the window bears; what
a writer waits for then is told too: old versions of a row fill its page while a listener's snapshot may see
them. Each round is written before and after with nobody listening: a ticket with hundreds of notes takes
longer by itself.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import psycopg
from PySide6.QtWidgets import QApplication

from console.app.main import build_console
from console.bench.crowd import persons
from console.bench.data import bench_dsn, open_tickets, person_dsn
from console.bench.figures import figure
from console.bench.queue import READER
from console.bench.seen import Deliveries, PaintedVersions, visible_tickets
from console.bench.window import SIZE, queue_panel
from console.kit.watch import LoopWatch, PaintWatch, spin
from console.shell.main_window import MainWindow
from console.ticket.record import Filter

HISTORY, OPEN = 100_000, 5_000
ALONE_S = 5
WRITTEN_ROWS = 25
SETTLE_S = 3
COMMITS = "commits"
CROWDS = 2
MOST_OF_A_WRITER = 100  # writes a second; each writes its own tickets

Commit = dict[str, Any]  # the ticket, its version, when the writer knew of it, and after how many ms


def bench_live(app: QApplication, consoles: int, rate: float, seconds: float) -> dict[str, Any]:
    """Measure with `consoles` consoles in all and `rate` writes a second."""
    with bench_dsn(HISTORY, OPEN) as dsn, tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        queue = open_tickets(dsn)
        rounds = {"commit": queue, "commit_on_screen": queue[:WRITTEN_ROWS]}
        write_alone = partial(_write, dsn, rate=rate, seconds=min(seconds, ALONE_S), folder=out)
        alone = {name: write_alone(tickets) for name, tickets in rounds.items()}
        with _waking(dsn), _window(dsn, app, out) as window:
            crowds = _crowds(dsn, consoles - 1)
            figures = _measure(window, dsn, rounds, rate, seconds, out) | {"consoles": _listening(dsn)}
            figures |= _told(crowds, out)
        for name, tickets in rounds.items():
            alone[name] += write_alone(tickets)  # the machine's pace varies
        return figures | {f"{name}_alone": figure(_took(commits)) for name, commits in alone.items()}


@contextmanager
def _waking(dsn: str) -> Iterator[None]:
    waker = _start("waker", dsn)
    try:
        yield
    finally:
        waker.terminate()
        waker.wait()


@contextmanager
def _window(dsn: str, app: QApplication, folder: Path) -> Iterator[MainWindow]:
    window = build_console(person_dsn(dsn, READER), app, folder=folder)
    window.resize(*SIZE)
    window.show()
    try:
        yield window
    finally:
        window.close()


def _measure(
    window: MainWindow,
    dsn: str,
    rounds: Mapping[str, Sequence[int]],
    rate: float,
    seconds: float,
    folder: Path,
) -> dict[str, Any]:
    panel = queue_panel(window)
    first = PaintWatch(panel.view.viewport())
    panel.live.loaded.connect(first.on_data)
    first.measure(lambda: panel.show_filter(Filter()))
    panel.live.loaded.disconnect(first.on_data)
    deliveries, beat = Deliveries(), LoopWatch()
    window.session.feed.changed.connect(deliveries.on_changed)
    before, started = _server_seconds(dsn), time.monotonic()
    spread = _write_beside(dsn, rounds["commit"], rate, seconds, folder)
    painted = PaintedVersions(panel)
    if not {ticket.id for ticket in visible_tickets(panel)}.issuperset(rounds["commit_on_screen"]):
        raise RuntimeError("the first tickets of the queue are not on the screen")
    beat.start()
    on_screen = _write_beside(dsn, rounds["commit_on_screen"], rate, seconds, folder)
    beat.stop()
    cpu = (_server_seconds(dsn) - before) / (time.monotonic() - started) * 100
    delays, heard = _delays(on_screen, painted.at), _delays(spread + on_screen, deliveries.at)
    (folder / COMMITS).write_text("\n".join(map(json.dumps, spread + on_screen)))
    return {
        "commit_to_paint": figure(delays),
        "commit_to_feed": figure(heard),
        "commit": figure(_took(spread)),
        "commit_on_screen": figure(_took(on_screen)),
        "changes": len(spread) + len(on_screen),
        "changes_per_second": min(map(_pace, (spread, on_screen))),
        "lost": len(on_screen) - len(delays) + len(spread) - len(_delays(spread, deliveries.at)),
        "doubled": sum(n > 1 for n in deliveries.count.values()),
        "gui_loop": figure(beat.late_ms),
        "server_cpu_percent": round(cpu, 1),
    }


def _write_beside(
    dsn: str, tickets: Sequence[int], rate: float, seconds: float, folder: Path
) -> list[Commit]:
    """Write while this process shows its window; then let what was written arrive."""
    writers, outs = _writers(dsn, tickets, rate, seconds, folder / COMMITS)
    spin(lambda: all(writer.poll() is not None for writer in writers), seconds + 60)
    spin(lambda: False, SETTLE_S)
    return [commit for out in outs for commit in _commits(out)]


def _took(commits: Sequence[Commit]) -> list[float]:
    return [commit["ms"] for commit in commits]


def _pace(commits: Sequence[Commit]) -> float:
    ends = [commit["at"] for commit in commits]
    return round(len(ends) / (max(ends) - min(ends)), 1) if len(ends) > 1 else 0.0


def _delays(commits: Sequence[Commit], reached: Mapping[tuple[int, int], float]) -> list[float]:
    return [
        (reached[key] - commit["at"]) * 1000
        for commit in commits
        if (key := (commit["ticket"], commit["version"])) in reached
    ]


def _writers(
    dsn: str, tickets: Sequence[int], rate: float, seconds: float, out: Path
) -> tuple[list[subprocess.Popen[str]], list[Path]]:
    """Start as many writers as the rate asks for, and return them with what they will write down."""
    count = math.ceil(rate / MOST_OF_A_WRITER)
    outs = [out.with_name(f"{out.name}-{number}") for number in range(count)]
    pace = {"rate": rate / count, "seconds": seconds}
    return [
        _start("writer", dsn, **pace, tickets=tickets[number::count], out=str(outs[number]))
        for number in range(count)
    ], outs


def _write(dsn: str, tickets: Sequence[int], rate: float, seconds: float, folder: Path) -> list[Commit]:
    """Write with nobody listening, by as many writers as beside the listeners."""
    writers, outs = _writers(dsn, tickets, rate, seconds, folder / "alone")
    for writer in writers:
        writer.wait(timeout=seconds + 60)
    return [commit for out in outs for commit in _commits(out)]


def _commits(out: Path) -> list[Commit]:
    return [json.loads(line) for line in out.read_text().splitlines()]


def _crowds(dsn: str, count: int) -> list[subprocess.Popen[str]]:
    """Start the other consoles and wait until they listen."""
    everybody = persons(count)
    crowds = [_start("crowd", dsn, persons=everybody[number::CROWDS]) for number in range(CROWDS)]
    for crowd in crowds:
        if crowd.stdout is None or crowd.stdout.readline().strip() != "listening":
            raise RuntimeError("the other consoles did not come up")
    return crowds


def _told(crowds: Sequence[subprocess.Popen[str]], folder: Path) -> dict[str, int]:
    """End the other consoles; count tickets whose last version one of the district's desks never heard of."""
    told = [json.loads(crowd.communicate()[0]) for crowd in crowds]
    last = {str(commit["ticket"]): commit["version"] for commit in _commits(folder / COMMITS)}
    desks = [newest for crowd in told for newest in crowd["newest"]]
    return {
        "others_lost": sum(
            newest.get(ticket) != version for newest in desks for ticket, version in last.items()
        ),
        "others_doubled": sum(crowd["doubled"] for crowd in told),
    }


def _start(role: str, dsn: str, **wish: object) -> subprocess.Popen[str]:
    # The wish travels by standard input: it carries a password, which a process list must not show.
    process = subprocess.Popen(
        [sys.executable, "-m", f"console.bench.{role}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    print(json.dumps({"dsn": dsn, **wish}), file=process.stdin, flush=True)
    return process


def _listening(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(
            "select count(*) from pg_stat_activity where application_name = 'liangdeng feed'"
            " and datname = current_database()"
        ).fetchone()
    return int(row[0]) if row else 0


def _server_seconds(dsn: str) -> float:
    """Return the CPU seconds used by all processes of the server so far."""
    with psycopg.connect(dsn) as connection:
        postmaster = psutil.Process(connection.info.backend_pid).parent()
    if postmaster is None:
        return 0.0
    total = 0.0
    for process in [postmaster, *postmaster.children()]:
        with suppress(psutil.NoSuchProcess):  # a worker has just come to its end
            times = process.cpu_times()
            total += times.user + times.system
    return total
