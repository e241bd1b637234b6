"""``bench live``: many consoles on one database; from one desk's commit to another's repainted cell.

Five processes: this one with a real window, two with the feeds of the other consoles (each with its own
connection and person), the waker, and one that writes. All clocks are the machine's monotonic one.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication

from console.app.main import build_console
from console.bench.crowd import persons
from console.bench.data import bench_dsn, person_dsn
from console.bench.figures import figure
from console.bench.queue import READER
from console.bench.window import SIZE, queue_panel
from console.kit.watch import LoopWatch, PaintWatch, spin
from console.shell.main_window import MainWindow
from console.ticket.queue import QueuePanel
from console.ticket.record import Filter, Ticket
from db.changes import Change

HISTORY, OPEN = 100_000, 5_000
ALONE_S = 5
WRITTEN_ROWS = 25
SETTLE_S = 3
CROWDS = 2
MOST_OF_A_WRITER = 100  # writes a second; each writes its own tickets


class PaintedVersions(QObject):
    """Which version of which ticket was on the screen since when."""

    def __init__(self, panel: QueuePanel) -> None:
        super().__init__()
        self.at: dict[tuple[int, int], float] = {}
        self._panel = panel
        self._viewport = panel.view.viewport()
        self._shown: dict[int, int] = {ticket.id: ticket.version for ticket in visible_tickets(panel)}
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """After each paint note the versions of the visible rows."""
        if event.type() != QEvent.Type.Paint:
            return super().eventFilter(watched, event)
        self._viewport.removeEventFilter(self)
        self._viewport.event(event)
        self._viewport.installEventFilter(self)
        now = time.monotonic()
        for ticket in visible_tickets(self._panel):
            before = self._shown.get(ticket.id, ticket.version)
            for version in range(before + 1, ticket.version + 1):
                self.at[ticket.id, version] = now
            self._shown[ticket.id] = ticket.version
        return True


class Deliveries(QObject):
    """How often each change came through the window's feed, and when first."""

    def __init__(self) -> None:
        super().__init__()
        self.count: Counter[tuple[int, int]] = Counter()
        self.at: dict[tuple[int, int], float] = {}

    @Slot(object)
    def on_changed(self, changes: tuple[Change, ...]) -> None:
        """Note one delivery."""
        now = time.monotonic()
        for change in changes:
            if change.what == "ticket":
                self.count[change.id, change.version] += 1
                self.at.setdefault((change.id, change.version), now)


def bench_live(app: QApplication, consoles: int, rate: float, seconds: float) -> dict[str, Any]:
    """Measure with `consoles` consoles in all and `rate` writes a second."""
    with bench_dsn(HISTORY, OPEN) as dsn, tempfile.TemporaryDirectory() as folder:
        targets = _some_tickets(dsn)
        alone = _write(dsn, targets, rate, min(seconds, ALONE_S), Path(folder))
        with _waking(dsn), _window(dsn, app, Path(folder)) as window:
            crowds = _crowds(dsn, consoles - 1)
            figures = _measure(window, dsn, rate, seconds, Path(folder)) | {"consoles": _listening(dsn)}
            figures |= _told(crowds, Path(folder))
        alone += _write(dsn, targets, rate, min(seconds, ALONE_S), Path(folder))  # the machine's pace varies
        return figures | {"commit_alone": figure([commit["ms"] for commit in alone])}


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


def visible_tickets(panel: QueuePanel) -> list[Ticket]:
    """Return the tickets whose rows are on the screen."""
    return [panel.live.model.row_at(number) for number in panel.view.visible_rows()]


def _measure(window: MainWindow, dsn: str, rate: float, seconds: float, folder: Path) -> dict[str, Any]:
    panel = queue_panel(window)
    first = PaintWatch(panel.view.viewport())
    panel.live.loaded.connect(first.on_data)
    first.measure(lambda: panel.show_filter(Filter()))
    panel.live.loaded.disconnect(first.on_data)
    deliveries, beat = Deliveries(), LoopWatch()
    window.session.feed.changed.connect(deliveries.on_changed)
    painted = PaintedVersions(panel)
    targets = [ticket.id for ticket in visible_tickets(panel)][:WRITTEN_ROWS]
    before = _server_seconds(dsn)
    started = time.monotonic()
    beat.start()
    out = folder / "commits"
    writers, outs = _writers(dsn, targets, rate, seconds, out)
    spin(lambda: all(writer.poll() is not None for writer in writers), seconds + 60)
    out.write_text("\n".join(each.read_text() for each in outs))
    spin(lambda: False, SETTLE_S)
    beat.stop()
    cpu = (_server_seconds(dsn) - before) / (time.monotonic() - started) * 100
    commits = _commits(out)
    delays, ends = _delays(commits, painted.at), [commit["at"] for commit in commits]
    return {
        "commit_to_paint": figure(delays),
        "commit_to_feed": figure(_delays(commits, deliveries.at)),
        "commit": figure([commit["ms"] for commit in commits]),
        "changes": len(commits),
        "changes_per_second": round(len(commits) / (max(ends) - min(ends)), 1) if len(commits) > 1 else 0.0,
        "lost": len(commits) - len(delays),
        "doubled": sum(n > 1 for n in deliveries.count.values()),
        "gui_loop": figure(beat.late_ms),
        "server_cpu_percent": round(cpu, 1),
    }


def _delays(commits: Sequence[dict[str, Any]], reached: Mapping[tuple[int, int], float]) -> list[float]:
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


def _write(
    dsn: str, tickets: Sequence[int], rate: float, seconds: float, folder: Path
) -> list[dict[str, Any]]:
    """Write with nobody listening, by as many writers as beside the listeners."""
    writers, outs = _writers(dsn, tickets, rate, seconds, folder / "alone")
    for writer in writers:
        writer.wait(timeout=seconds + 60)
    return [commit for out in outs for commit in _commits(out)]


def _commits(out: Path) -> list[dict[str, Any]]:
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
    last = {str(commit["ticket"]): commit["version"] for commit in _commits(folder / "commits")}
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


def _some_tickets(dsn: str) -> list[int]:
    with psycopg.connect(dsn) as connection:
        rows = connection.execute(
            "select id from core.ticket where district_id = 1 and is_open order by due_at, id limit %s",
            [WRITTEN_ROWS],
        )
        return [row[0] for row in rows]


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
        times = process.cpu_times()
        total += times.user + times.system
    return total
