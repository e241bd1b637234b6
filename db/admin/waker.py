"""The waker: tells desks to look as soon as something changed that concerns them."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import psycopg

log = logging.getLogger("db.waker")

TICK_S = 0.04
# A notice makes every listening session of the database look, whatever channel it is for (until PostgreSQL
# 19): some 40 µs each. With many listeners ticks are rarer, so that waking never takes a third of a core.
PER_LISTENER_S = 0.00015
COUNT_EVERY_S = 10.0
STAND_BY_S = 1.0
OPTIONS = "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=5s"


class Waker:
    """Tick for ever while elected; otherwise stand by until the elected one is gone.

    Writers do not wake by themselves: a notice takes a lock of the whole server at commit and wakes every
    listening session, so one for each commit would cost more than the commits.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End `run` after the tick in hand."""
        self._stopped.set()

    def run(self) -> None:
        """Wake until stopped; a lost link is made again."""
        while not self._stopped.is_set():
            try:
                with _connected(self._dsn) as connection:
                    self._serve(connection)
            except psycopg.OperationalError as error:
                log.warning("link lost reason=%s", error)
                self._stopped.wait(STAND_BY_S)

    def _serve(self, connection: psycopg.Connection[Any]) -> None:
        while not elect(connection):
            if self._stopped.wait(STAND_BY_S):
                return
        log.info("elected")
        since: str | None = None
        due = count_at = time.monotonic()
        pause = TICK_S
        while not self._stopped.wait(max(0.0, due - time.monotonic())):
            since = tick(connection, since)
            now = time.monotonic()
            if now >= count_at:
                pause = max(TICK_S, listeners(connection) * PER_LISTENER_S)
                count_at = now + COUNT_EVERY_S
            due = max(due + pause, now)


def elect(connection: psycopg.Connection[Any]) -> bool:
    """Take the waker's office of this database until the connection ends; False while another has it."""
    row = connection.execute("select api.elect_waker()").fetchone()
    return row is not None and bool(row[0])


def tick(connection: psycopg.Connection[Any], since: str | None) -> str:
    """Wake whom the changes since the last tick concern; return where the next one begins."""
    row = connection.execute("select api.tick(%s::text::pg_snapshot)::text", [since], prepare=True).fetchone()
    assert row is not None
    return str(row[0])


def listeners(connection: psycopg.Connection[Any]) -> int:
    """Count the desks that listen."""
    row = connection.execute("select api.count_listeners()").fetchone()
    assert row is not None
    return int(row[0])


def _connected(dsn: str) -> psycopg.Connection[Any]:
    return psycopg.connect(dsn, autocommit=True, application_name="liangdeng waker", options=OPTIONS)
