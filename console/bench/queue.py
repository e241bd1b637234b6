"""``bench queue``: lists, counts, search, a ticket's page and an action, to painted pixels."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb
from PySide6.QtWidgets import QApplication

from console.app.main import build_console
from console.bench.data import bench_dsn, person_dsn
from console.bench.figures import Figure, figure
from console.bench.window import SIZE, PageWatch, queue_panel
from console.bench.writer import WRITER
from console.kit.call import Call
from console.kit.watch import PaintWatch, spin
from console.lists.live import PAGE_ROWS
from console.shell.main_window import MainWindow
from console.ticket.record import Filter, Order, Ticket, TicketId, TicketState

ROUNDS = 40
FAR_ROWS = 10_000
VIEWS = 12
LONG = 200
SETTLE_S = 0.1
LOOK_S = 0.5

READER = "d1_operator1"
BARE = "select * from core.ticket where district_id = 1 and is_open order by due_at, id limit 200"


def bench_queue(app: QApplication, history: int, open_: int) -> dict[str, Figure]:
    """Measure everything an operator does with the queue on a database of this size."""
    with bench_dsn(history, open_) as dsn, tempfile.TemporaryDirectory() as folder:
        window = build_console(person_dsn(dsn, READER), app, folder=Path(folder))
        window.resize(*SIZE)
        window.show()
        try:
            figures = QueueBench(window).run(_long_ticket(dsn))
        finally:
            window.close()
        return figures | {"bare_first_page": _bare(dsn)}


class QueueBench:
    """One window, one list, many rounds."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session
        self._panel = queue_panel(window)
        self._watch = PaintWatch(self._panel.view.viewport())
        self._panel.live.loaded.connect(self._watch.on_data)
        self._random = random.Random(1)  # noqa: S311 - which rows to try is no secret

    def run(self, long_ticket: TicketId) -> dict[str, Figure]:
        """Return each figure by its name; `long_ticket` has LONG events."""
        figures = {
            "first_page": self._repeat(partial(self._show, Filter())),
            "next_page": self._pages(ROUNDS),
            "filter": figure([self._show(wanted) for wanted in self._filters()]),
            "search_2_common": self._search("路灯"),
            "search_2_rare": self._search("白鹭"),
            "search_4": self._search("路灯不亮"),
            "search_absent": self._search("麒麟"),
            "counts": figure([self._counts() for _ in range(ROUNDS)]),
            "view_counts": figure([self._view_counts() for _ in range(ROUNDS)]),
            "far_page": self._far_page(),
        }
        self._show(Filter())
        tickets = self._random.sample(self._panel.live.model.rows, ROUNDS)
        figures["open_ticket"] = figure([self._open(ticket.id) for ticket in tickets])
        figures["open_long_ticket"] = self._repeat(partial(self._open, long_ticket))
        figures["act"] = figure([self._act(ticket) for ticket in tickets])
        return figures

    def _repeat(self, measure: Callable[[], float]) -> Figure:
        return figure([measure() for _ in range(ROUNDS)])

    def _search(self, words: str) -> Figure:
        """Over all years, as typing does."""
        return self._repeat(partial(self._show, Filter(text=words, open_only=False)))

    def _show(self, wanted: Filter) -> float:
        taken = self._watch.measure(partial(self._panel.show_filter, wanted))
        spin(lambda: False, SETTLE_S)  # the counts come after the rows; the next filter is not chosen before
        return taken

    def _filters(self) -> Sequence[Filter]:
        states = (TicketState.WORK, TicketState.SENT, TicketState.REVIEW, TicketState.CALLBACK)
        channels = ("phone", "web", "app", "handheld")
        return [
            Filter(states=(self._random.choice(states),), channels=(self._random.choice(channels),))
            for _ in range(ROUNDS)
        ]

    def _counts(self) -> float:
        started = time.perf_counter()
        self._session.store.counts(Filter())
        return (time.perf_counter() - started) * 1000

    def _view_counts(self) -> float:
        """Count a dozen views and every unit, as the list of views does."""
        views = {str(number): wanted for number, wanted in enumerate(self._filters()[:VIEWS])}
        started = time.perf_counter()
        self._session.store.totals(views)
        return (time.perf_counter() - started) * 1000

    def _pages(self, count: int) -> Figure:
        """Scroll on; each page counts from the wish to its painted rows."""
        live = self._panel.live
        live.slid.connect(self._watch.on_data)  # also behind a last page that is empty
        measured = [self._watch.measure(self._scroll_on) for _ in range(count) if live.has_next]
        live.slid.disconnect(self._watch.on_data)
        return figure(measured)

    def _scroll_on(self) -> None:
        self._panel.view.scrollToTop()
        self._panel.view.scrollToBottom()

    def _far_page(self) -> Figure:
        self._show(Filter(open_only=False, order=Order.NEWEST))
        self._pages(FAR_ROWS // PAGE_ROWS)
        return self._pages(ROUNDS // 2)

    def _open(self, ticket_id: TicketId) -> float:
        opened = PageWatch(self._window)
        taken = opened.measure(partial(opened.open, ticket_id))
        self._window.close_page()
        spin(lambda: False, LOOK_S)  # the queue is painted again, and nobody reads a ticket faster
        return taken

    def _act(self, ticket: Ticket) -> float:
        ended: list[float] = []
        current = self._session.store.by_ids([ticket.id])[0]
        call = Call("note", {"text": "性能测试"}, ticket.id, current.version)
        started = time.perf_counter()
        self._session.submit(call, partial(_note_end, ended))
        spin(lambda: len(ended) == 1, 10)
        return (ended[0] - started) * 1000


def _note_end(ended: list[float], _ticket: Ticket) -> None:
    ended.append(time.perf_counter())


def _long_ticket(dsn: str) -> TicketId:
    """Return an open ticket with LONG events, the last of them notes."""
    with (
        psycopg.connect(dsn) as owner,
        psycopg.connect(person_dsn(dsn, WRITER), autocommit=True) as writer,
    ):
        (ticket_id, version), = owner.execute(
            "select id, version from core.ticket t where district_id = 1 and is_open and version <= %s"
            " and not exists (select from core.barred b where b.ticket_id = t.id)"
            " order by version desc, due_at desc limit 1", [LONG]
        ).fetchall()  # fmt: skip
        for number in range(version, LONG):
            writer.execute(
                "select from api.act(%s, 'note', %s, %s, %s)",
                [ticket_id, number, uuid4(), Jsonb({"text": f"性能测试 {number}"})],
            )
    return TicketId(ticket_id)


def _bare(dsn: str) -> Figure:
    taken = []
    with psycopg.connect(dsn, autocommit=True) as connection:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            connection.execute(BARE, prepare=True).fetchall()
            taken.append((time.perf_counter() - started) * 1000)
            time.sleep(SETTLE_S)  # as often as the window asks; in a row it takes half as long
    return figure(taken)
