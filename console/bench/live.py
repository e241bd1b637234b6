"""``bench live``: many consoles on one database; from one desk's commit to another's repainted cell.

Three processes: this one with a real window, one with the other consoles' feeds (each with its own
connection, person and reads of changed rows), one that writes. All clocks are the machine's monotonic one.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil
import psycopg
from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication

from console.app.main import build_console
from console.bench.data import bench_dsn, person_dsn
from console.bench.figures import figure
from console.bench.queue import READER, SIZE, queue_panel
from console.kit.watch import LoopWatch, PaintWatch, spin
from console.shell.main_window import MainWindow
from console.ticket.queue import QueuePanel
from console.ticket.record import Filter, Ticket
from db.changes import Change

HISTORY, OPEN = 100_000, 5_000
ALONE_S = 5
WRITTEN_ROWS = 25
SETTLE_S = 3


class PaintedVersions(QObject):
    """Which version of which ticket was on the screen since when."""

    def __init__(self, panel: QueuePanel) -> None:
        super().__init__()
        self.at: dict[tuple[int, int], float] = {}
        self._panel = panel
        self._viewport = panel.view.viewport()
        self._shown: dict[int, int] = {}
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
    """How often each change came through the window's feed."""

    def __init__(self) -> None:
        super().__init__()
        self.count: Counter[tuple[int, int]] = Counter()

    @Slot(object)
    def on_changed(self, changes: tuple[Change, ...]) -> None:
        """Count one delivery."""
        self.count.update((change.id, change.version) for change in changes if change.what == "ticket")


def bench_live(app: QApplication, consoles: int, rate: float, seconds: float) -> dict[str, Any]:
    """Measure with `consoles` consoles in all and `rate` writes a second."""
    with bench_dsn(HISTORY, OPEN) as dsn, tempfile.TemporaryDirectory() as folder:
        alone = _write(dsn, _some_tickets(dsn), rate, ALONE_S, Path(folder))
        window = build_console(person_dsn(dsn, READER), app, folder=Path(folder))
        window.resize(*SIZE)
        window.show()
        crowd = _crowd(dsn, consoles - 1)
        try:
            return _measure(window, dsn, rate, seconds, Path(folder)) | {
                "commit_alone": figure([commit["ms"] for commit in alone]),
                "consoles": _listening(dsn),
            }
        finally:
            crowd.terminate()
            crowd.wait()
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
    writer = _start("writer", dsn, rate=rate, seconds=seconds, tickets=targets, out=str(out))
    spin(lambda: writer.poll() is not None, seconds + 30)
    spin(lambda: False, SETTLE_S)
    beat.stop()
    cpu = (_server_seconds(dsn) - before) / (time.monotonic() - started) * 100
    commits = [json.loads(line) for line in out.read_text().splitlines()]
    delays = [
        (painted.at[key] - commit["at"]) * 1000
        for commit in commits
        if (key := (commit["ticket"], commit["version"])) in painted.at
    ]
    return {
        "commit_to_paint": figure(delays),
        "commit": figure([commit["ms"] for commit in commits]),
        "changes": len(commits),
        "lost": len(commits) - len(delays),
        "doubled": sum(n > 1 for n in deliveries.count.values()),
        "gui_loop": figure(beat.late_ms),
        "server_cpu_percent": round(cpu, 1),
    }


def _write(
    dsn: str, tickets: Sequence[int], rate: float, seconds: float, folder: Path
) -> list[dict[str, Any]]:
    out = folder / "alone"
    writer = _start("writer", dsn, rate=rate, seconds=seconds, tickets=tickets, out=str(out))
    writer.wait(timeout=seconds + 60)
    return [json.loads(line) for line in out.read_text().splitlines()]


def _crowd(dsn: str, count: int) -> subprocess.Popen[str]:
    """Start the other consoles and wait until they listen."""
    crowd = _start("crowd", dsn, consoles=count)
    if crowd.stdout is None or crowd.stdout.readline().strip() != "listening":
        raise RuntimeError("the other consoles did not come up")
    return crowd


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
