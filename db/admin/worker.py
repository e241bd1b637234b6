"""`liangdeng worker`: what happens by itself: desks are woken, holds end, the past is counted."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any

import psycopg
import typer

from db.admin.camera_sweep import CameraSweeper
from db.admin.context import admin_dsn
from db.admin.evidence import SEAL_AT_ONCE
from db.admin.output import JsonFlag, answer
from db.admin.waker import Waker

app = typer.Typer()
log = logging.getLogger("db.worker")

EVERY_S = 30.0
LOOK_S = 4.0  # for desks whose connection is gone
GRACE_S = 8.0  # a link that was cut is made again within that time
TICKETS = 50  # locked at once for as long as one transaction takes
FOOTAGE = 50  # kept pictures deleted in one transaction
COUNTED_AT_ONCE = 5000  # closed tickets put into their cells in one transaction
OPTIONS = "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=30s"
STAND_BY = "another worker is at work"


Gone = dict[str, float]  # logins and desks, and since when on the monotonic clock


@dataclass
class Sweep:
    """What one sweep did, and what people should know."""

    resumed: int = 0
    archived: int = 0
    presence: int = 0
    sessions: int = 0
    views: int = 0
    partitions: int = 0
    sealed: int = 0
    counted: int = 0
    footage: int = 0
    steering: int = 0
    rounds: int = 0
    notes: list[str] = field(default_factory=list)


class Worker:
    """Sweep for ever while elected; otherwise stand by until the elected one is gone."""

    def __init__(self, dsn: str, every_s: float = EVERY_S) -> None:
        self._dsn = dsn
        self._every_s = every_s
        self._stopped = threading.Event()
        self._known_notes: set[str] = set()
        self._gone: Gone = {}

    def stop(self) -> None:
        """End `run` after the transaction in hand."""
        self._stopped.set()

    def run(self) -> None:
        """Work until stopped; a lost link is made again."""
        while not self._stopped.is_set():
            try:
                with _connected(self._dsn) as connection:
                    self._serve(connection)
            except psycopg.OperationalError as error:
                log.warning("link lost reason=%s", error)
                self._stopped.wait(self._every_s)

    def _serve(self, connection: psycopg.Connection[Any]) -> None:
        is_elected = False
        while not self._stopped.is_set():
            if not is_elected:
                is_elected = elect(connection)
                log.info("elected" if is_elected else STAND_BY)
            if is_elected:
                self._report(sweep(connection, self._stopped.is_set))
            self._rest(connection, is_elected=is_elected)

    def _rest(self, connection: psycopg.Connection[Any], *, is_elected: bool) -> None:
        """Wait for the next sweep; meanwhile let go of what killed consoles had taken."""
        until = time.monotonic() + self._every_s
        while (left := until - time.monotonic()) > 0 and not self._stopped.wait(min(left, LOOK_S)):
            if is_elected:
                self._gone = end_claims(connection, self._gone)

    def _report(self, done: Sweep) -> None:
        """Log what was done, and a note when it is new."""
        if done.sessions:
            log.warning("sessions ended that held a transaction too long count=%d", done.sessions)
        if done.resumed or done.archived:
            log.info("swept resumed=%d archived=%d", done.resumed, done.archived)
        if done.footage:
            log.info("kept pictures deleted at the end of their retention count=%d", done.footage)
        if done.rounds:
            log.info("rounds closed that their desks had left count=%d", done.rounds)
        for note in done.notes:
            if note not in self._known_notes:
                log.warning("%s", note)
        self._known_notes = set(done.notes)


@contextmanager
def working(dsn: str, cameras_are_there: Callable[[], None] | None = None) -> Iterator[Worker]:
    """Let a worker, a waker and a sweeper of cameras (it first waits for them) run in threads here."""
    worker = Worker(dsn)
    with beside(dsn, cameras_are_there), _in_thread(worker, "worker"):
        yield worker


@contextmanager
def beside(dsn: str, cameras_are_there: Callable[[], None] | None = None) -> Iterator[None]:
    """Let what must not wait for the worker's sweeps run in threads of its own."""
    sweeper = CameraSweeper(dsn, cameras_are_there)
    with _in_thread(Waker(dsn), "waker"), _in_thread(sweeper, "cameras"):
        yield


@contextmanager
def _in_thread(office: Worker | Waker | CameraSweeper, name: str) -> Iterator[None]:
    thread = threading.Thread(target=office.run, name=name)
    thread.start()
    try:
        yield
    finally:
        office.stop()
        thread.join()


def elect(connection: psycopg.Connection[Any]) -> bool:
    """Take the office of this database until the connection ends; False while another has it."""
    return bool(_value(connection, "select api.elect_worker()"))


def sweep(connection: psycopg.Connection[Any], is_stopped: Callable[[], bool] = lambda: False) -> Sweep:
    """Do all that is due, in short transactions: the connection commits each statement."""
    done = Sweep()
    done.resumed = _sweep_tickets(connection, "resume", done.notes, is_stopped)
    done.archived = _sweep_tickets(connection, "archive", done.notes, is_stopped)
    done.presence = _value(connection, "select api.sweep_presence()")
    done.steering = _value(connection, "select api.sweep_ptz()")
    done.views = _value(connection, "select api.sweep_views()")
    done.rounds = _value(connection, "select api.sweep_patrols()")
    done.sessions = _value(connection, "select api.sweep_sessions()")
    _value(connection, "select api.sweep_months()")
    # before the changes it reads are pruned
    done.counted = _in_batches(connection, "select api.sweep_rollup(%s)", COUNTED_AT_ONCE, is_stopped)
    done.footage = _in_batches(connection, "select api.sweep_footage(%s)", FOOTAGE, is_stopped)
    done.partitions = _value(connection, "select api.sweep_changes()")
    done.sealed = _in_batches(connection, "select api.sweep_anchor(%s)", SEAL_AT_ONCE, is_stopped)
    for (year,) in connection.execute("select api.missing_notices()"):
        done.notes.append(f"no holiday notice of {year} is loaded: what is due in that year is provisional")
    return done


def end_claims(connection: psycopg.Connection[Any], gone: Gone, grace_s: float = GRACE_S) -> Gone:
    """Free what desks had whose connection has been gone for a while; return those gone since when."""
    now = time.monotonic()
    over = [desk for desk, since in gone.items() if now - since >= grace_s]
    return {desk: gone.get(desk, now) for desk in _value(connection, "select api.sweep_desks(%s)", over)}


def _in_batches(
    connection: psycopg.Connection[Any], query: str, most: int, is_stopped: Callable[[], bool]
) -> int:
    """Repeat what does at most `most` in a transaction until it finds less; how many it did."""
    total = 0
    while not is_stopped():
        done: int = _value(connection, query, most)
        total += done
        if done < most:
            break
    return total


def _sweep_tickets(
    connection: psycopg.Connection[Any], action: str, notes: list[str], is_stopped: Callable[[], bool]
) -> int:
    """Act on every ticket that is due; note those that refuse."""
    refused: list[int] = []
    moved = 0
    while not is_stopped():
        rows = connection.execute(
            "select ticket_id, number, problem from api.sweep_tickets(%s, %s, %s)", [action, refused, TICKETS]
        ).fetchall()
        for ticket_id, number, problem in rows:
            if problem is None:
                moved += 1
            else:
                refused.append(ticket_id)
                notes.append(f"{number}: {action} refused: {problem}")
        if len(rows) < TICKETS:
            break
    return moved


def _value(connection: psycopg.Connection[Any], query: str, *given: object) -> Any:
    row = connection.execute(query, given).fetchone()
    assert row is not None
    return row[0]


def _connected(dsn: str) -> psycopg.Connection[Any]:
    return psycopg.connect(dsn, autocommit=True, application_name="liangdeng worker", options=OPTIONS)


@app.command()
def worker(
    once: Annotated[bool, typer.Option("--once", help="Sweep once and end.")] = False,
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two sweeps.")] = EVERY_S,
    as_json: JsonFlag = False,
) -> None:
    """Wake desks, resume holds, archive, prune, set anchors, count the past; one works, the others wait."""
    with admin_dsn() as dsn:
        if once:
            with _connected(dsn) as connection:
                done = sweep(connection) if elect(connection) else Sweep(notes=[STAND_BY])
            answer(asdict(done), as_json)
            return
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            with beside(dsn):
                Worker(dsn, every).run()
        except KeyboardInterrupt:
            log.info("stopped")
