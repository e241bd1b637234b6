"""What other desks change, as it happens: a thread that owns one connection."""

from __future__ import annotations

import logging
import random
import select
import socket
import time
from contextlib import closing, suppress
from uuid import UUID

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo
from PySide6.QtCore import QObject, QThread, Signal

from console.kit.pace import pause_s
from db import changes
from db.link import turned_away

log = logging.getLogger("console.feed")

SYNC_S = 60.0
BACK_OFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)
CONNECT_S = 5.0
ANSWER_S = 10.0  # the server lets nobody wait longer than three seconds, and calls itself off after eight
CALL_OFF_S = 0.3
# A cable that was pulled answers nothing; without these the kernel waits for a quarter of an hour.
LINK_OPTIONS = {
    "application_name": "liangdeng feed",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "6000",
    "options": "-c timezone=UTC -c statement_timeout=8s",
}


class Feed(QThread):
    """Wait for changes, read them, reconnect for ever; after a cut go on from where it was.

    Signals: changed(tuple[Change, …]); link_up(server's now) at each connection; missed() when what changed
    before cannot be told: reload; synced(server's now) once a minute; link_lost(reason); turned_away(Trouble)
    once, when the server does not let this person in any more.
    """

    changed = Signal(object)
    link_up = Signal(object)
    missed = Signal()
    synced = Signal(object)
    link_lost = Signal(str)
    turned_away = Signal(object)

    def __init__(self, dsn: str, parent: QObject | None = None, *, desk: UUID | None = None) -> None:
        super().__init__(parent)
        self._desk = desk  # what this connection stands for, if anything
        self.setObjectName("feed")
        self._conninfo = make_conninfo(dsn, **LINK_OPTIONS)
        self._waker, self._woken = socket.socketpair()
        self._is_stopping = False
        self._position: changes.Position | None = None
        self._life: str | None = None
        self._is_turned_away = False

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End the thread and wait for it."""
        self._is_stopping = True
        self._waker.send(b"x")
        ended = self.wait(int(timeout_s * 1000))
        if ended:
            self._waker.close()
            self._woken.close()
        return ended

    def run(self) -> None:
        attempt = 0
        while not self._is_stopping:
            try:
                connection = self._connect()
                if connection is None:
                    return
                with closing(connection):
                    position = self._resume(connection)
                    attempt = 0
                    self._follow(connection, position)
                    self._call_off(connection)
            except changes.TooFarBehind:
                log.warning("too far behind")
                self._position = None
            except psycopg.Error as error:
                log.warning("link lost reason=%s", type(error).__name__)
                self.link_lost.emit(str(error).strip())
                self._tell_if_turned_away(error)
                # Not all at the same moment: when a server comes back, every desk is waiting for it.
                self._wait(BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)] * random.uniform(0.5, 1.0))  # noqa: S311
                attempt += 1

    def _tell_if_turned_away(self, error: psycopg.Error) -> None:
        trouble = turned_away(error, self._conninfo)
        if trouble is not None and not self._is_turned_away:
            self._is_turned_away = True
            self.turned_away.emit(trouble)

    def _resume(self, connection: psycopg.Connection) -> changes.Position:
        """Go on from the position before the cut, or say that everything must be read afresh.

        A server that crashed, and a standby in its place, may give numbers of transactions anew that this
        desk has seen; the same life of a server does not.
        """
        if self._desk is not None:
            changes.sit_down(connection, self._desk)
        life = changes.server_life(connection)
        if life is None or life != self._life:
            self._position = None  # now: the next try would take the new life for the old position's
        position, self._life = self._position, life
        changes.prepare_to_wait(connection)
        if position is None:
            position = self._position = changes.position(connection)
            self.link_up.emit(changes.server_now(connection))
            self.missed.emit()
        else:
            position = self._take(*changes.changes_since(connection, position))
            self.link_up.emit(changes.server_now(connection))
        return position

    def _take(self, position: changes.Position, found: tuple[changes.Change, ...]) -> changes.Position:
        self._position = position
        if found:
            self.changed.emit(found)
        return position

    def _follow(self, connection: psycopg.Connection, position: changes.Position) -> None:
        synced = time.monotonic()
        while not self._is_stopping:
            asked = time.monotonic()
            changes.ask(connection.pgconn, position)
            read = self._answer(connection.pgconn, position)
            if read is None:
                return
            position = self._take(*read)
            now = time.monotonic()
            if now - synced > SYNC_S:
                synced = now
                self.synced.emit(changes.server_now(connection))
            self._wait(pause_s(now - asked, position.rest_ms, found=bool(read[1])))

    def _answer(self, pgconn: pq.abc.PGconn, since: changes.Position) -> changes.Read | None:
        """Wait for the server; None when stopped meanwhile."""
        deadline = time.monotonic() + ANSWER_S
        while not self._is_stopping:
            if self._wait(deadline - time.monotonic(), pgconn):
                read = changes.answer(pgconn, since)
                if read is not None:
                    return read
            elif time.monotonic() > deadline:
                raise psycopg.OperationalError("the server does not answer")
        return None

    def _call_off(self, connection: psycopg.Connection) -> None:
        """Leave no session behind that still waits."""
        with suppress(psycopg.Error):
            connection.cancel_safe(timeout=CALL_OFF_S)

    def _connect(self) -> psycopg.Connection | None:
        """Connect without ever being deaf to `stop()`; None when stopped meanwhile."""
        pgconn = pq.PGconn.connect_start(self._conninfo.encode())
        deadline = time.monotonic() + CONNECT_S
        while (status := pgconn.connect_poll()) != pq.PollingStatus.OK:
            if status == pq.PollingStatus.FAILED:
                raise psycopg.OperationalError(pgconn.get_error_message())
            self._wait(deadline - time.monotonic(), pgconn, is_writing=status == pq.PollingStatus.WRITING)
            if self._is_stopping:
                return None
            if time.monotonic() > deadline:
                raise psycopg.OperationalError("the server does not answer")
        pgconn.nonblocking = 1
        connection = psycopg.Connection(pgconn)
        connection.autocommit = True
        return connection

    def _wait(self, seconds: float, pgconn: pq.abc.PGconn | None = None, *, is_writing: bool = False) -> bool:
        """Sleep until time is up, `stop()` is called, or the link has something; say if it was the link."""
        link = [] if pgconn is None else [pgconn.socket]
        waker = self._woken.fileno()
        reading, writing = ([waker], link) if is_writing else ([waker, *link], [])
        readable, writable, _ = select.select(reading, writing, [], max(0.0, seconds))
        return bool(writable) or any(number != waker for number in readable)
