"""The waker: tells desks to look as soon as something changed that concerns them."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import psycopg

log = logging.getLogger("db.waker")

TICK_S = 0.04
BLINDLY_EVERY_S = 1.0
STAND_BY_S = 1.0
# What a tick writes is unlogged and worth no wait for the disk.
OPTIONS = "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=5s -c synchronous_commit=off"


class Waker:
    """Tick for ever while elected; otherwise stand by until the elected one is gone.

    Writers do not wake by themselves, so that they wait for nobody and a burst of changes wakes a desk once.
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
        due = blindly_at = time.monotonic()
        while not self._stopped.wait(max(0.0, due - time.monotonic())):
            since = tick(connection, since)
            if time.monotonic() >= blindly_at:
                tick_blindly(connection)
                blindly_at = time.monotonic() + BLINDLY_EVERY_S
            due = max(due + TICK_S, time.monotonic())


def elect(connection: psycopg.Connection[Any]) -> bool:
    """Take the waker's office of this database until the connection ends; False while another has it."""
    row = connection.execute("select api.elect_waker()").fetchone()
    return row is not None and bool(row[0])


def tick(connection: psycopg.Connection[Any], since: str | None) -> str:
    """Wake whom the changes since the last tick concern; return where the next one begins."""
    row = connection.execute(
        "select snapshot::text, ended from api.tick(%s::text::pg_snapshot)", [since], prepare=True
    ).fetchone()
    assert row is not None
    here, ended = row
    if ended:  # only now that the next epochs are committed
        connection.execute("select api.wake(%s)", [ended], prepare=True)
    return str(here)


def tick_blindly(connection: psycopg.Connection[Any]) -> None:
    """Wake some desks for nothing, so that being woken for nothing tells nobody anything."""
    row = connection.execute("select api.tick_blindly()", prepare=True).fetchone()
    if row is not None and row[0]:
        connection.execute("select api.wake(%s)", [row[0]], prepare=True)


def _connected(dsn: str) -> psycopg.Connection[Any]:
    return psycopg.connect(dsn, autocommit=True, application_name="liangdeng waker", options=OPTIONS)
