"""A console's working day, in a process that holds what a console holds and nothing else."""

from __future__ import annotations

import gc
import json
import random
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import linear_regression
from typing import Any
from uuid import uuid4

import psutil
import psycopg
from psycopg.types.json import Jsonb
from PySide6.QtCore import QCoreApplication, QEvent

from console.app.heap import steady_heap
from console.app.main import build_console
from console.app.screen import make_app
from console.bench.figures import figure
from console.bench.window import SIZE, PageWatch, queue_panel
from console.kit.watch import LoopWatch, PaintWatch, spin
from console.shell.main_window import MainWindow
from console.ticket.record import Filter, Order

OPENED, SEARCHED, WRITTEN, LOOKS = 60, 40, 360, 6  # in an hour
WRITTEN_AT_ONCE = 6
SETTLE_S = 2.0
WARM_HOURS = 1  # everything has been shown once
MB = 1024**2
WORDS = ("路灯", "白鹭", "路灯不亮", "噪音", "积水", "麒麟", "垃圾", "停车")
OPEN = "select id from api.tickets where is_open order by id"
NOTE = """
select version from api.act(%(ticket)s, 'note', (select version from api.tickets where id = %(ticket)s),
                            %(key)s, %(payload)s)
"""


class Day:
    """One window, one colleague who writes."""

    def __init__(self, window: MainWindow, colleague: psycopg.Connection[Any]) -> None:
        self._window = window
        self._panel = queue_panel(window)
        self._colleague = colleague
        self._random = random.Random(1)  # noqa: S311 - which tickets are opened is no secret
        self._watch = PaintWatch(self._panel.view.viewport())
        self._panel.live.loaded.connect(self._watch.on_data)
        self._show(Filter())
        # Most changes are elsewhere: all of them on the tickets of one list would make its pages grow.
        self._open = [ticket for (ticket,) in colleague.execute(OPEN).fetchall()]

    def run(self, hours: int) -> dict[str, Any]:
        """Work, and tell what it took."""
        beat = LoopWatch()
        for _ in range(WARM_HOURS):
            self._hour()
        taken = [self._rest()]
        beat.start()
        for _ in range(hours):
            self._hour()
            taken.append(self._rest())
        beat.stop()
        slope = linear_regression(range(len(taken)), taken).slope
        return {
            "hours": hours,
            "rss_mb_start": taken[0],
            "rss_mb_end": taken[-1],
            "rss_mb_most": max(taken),
            "rss_mb": taken,
            "slope_mb_per_hour": round(slope, 3),
            "opened": hours * OPENED,
            "searched": hours * SEARCHED,
            "changes": hours * WRITTEN,
            "gui_loop": figure(beat.late_ms),
        }

    def _hour(self) -> None:
        for number in range(OPENED):
            tickets = self._panel.live.model.rows[:200]
            if number % (OPENED // (WRITTEN // WRITTEN_AT_ONCE)) == 0:
                elsewhere = self._random.sample(self._open, WRITTEN_AT_ONCE - 1)
                self._write([*elsewhere, self._random.choice(tickets).id])
            page = PageWatch(self._window)
            page.measure(partial(page.open, self._random.choice(tickets).id))
            self._window.close_page()
            if number % (OPENED // LOOKS) == 0:
                self._look_around()
            if number * SEARCHED // OPENED != (number + 1) * SEARCHED // OPENED:
                self._show(Filter(text=self._random.choice(WORDS), open_only=False))
                self._show(Filter())

    def _look_around(self) -> None:
        """Go through every workspace and back, and some pages down the history."""
        for workspace in self._window.workspaces:
            self._window.show_workspace(workspace.key)
            spin(lambda: False, 0.1)
        self._window.show_workspace("queue")
        self._show(Filter(open_only=False, order=Order.NEWEST))
        for _ in range(3):
            self._panel.view.scrollToBottom()
            spin(lambda: False, 0.1)
        self._show(Filter())

    def _show(self, wanted: Filter) -> None:
        self._watch.measure(partial(self._panel.show_filter, wanted))

    def _write(self, tickets: Sequence[int]) -> None:
        for ticket in tickets:
            payload = Jsonb({"text": "性能测试"})
            self._colleague.execute(NOTE, {"ticket": ticket, "key": uuid4(), "payload": payload})

    def _rest(self) -> float:
        """Let everything come to its end and return the megabytes of this process."""
        spin(lambda: False, SETTLE_S)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return round(psutil.Process().memory_info().rss / MB, 1)


def main() -> None:
    """Work the hours that are wished for and print what they took."""
    steady_heap()
    wish = json.loads(sys.stdin.readline())
    window = build_console(wish["reader"], make_app(), folder=Path(wish["folder"]))
    window.resize(*SIZE)
    window.show()
    with psycopg.connect(wish["writer"], autocommit=True) as colleague:
        told = Day(window, colleague).run(wish["hours"])
    window.close()
    print(json.dumps(told))  # noqa: T201 - the answer of this process


if __name__ == "__main__":
    main()
