"""What other desks change, as it happens: a thread that owns one connection."""

from __future__ import annotations

import logging
import random
import select
import socket
import time

import psycopg
from psycopg import pq
from psycopg.conninfo import make_conninfo
from PySide6.QtCore import QObject, QThread, Signal

from console.kit.pace import Pace
from db import changes

log = logging.getLogger("console.feed")

SYNC_S = 60.0
BACK_OFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)
CONNECT_S = 5.0
# A cable that was pulled answers nothing; without these the kernel waits for a quarter of an hour.
LINK_OPTIONS = {
    "application_name": "liangdeng feed",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "2",
    "tcp_user_timeout": "6000",
    "options": "-c timezone=UTC -c statement_timeout=5s",
}


class Feed(QThread):
    """Listen, read what changed, reconnect for ever.

    Signals: changed(tuple[Change, …]); link_up(server's now) also after each reconnection: reload then;
    synced(server's now) once a minute; link_lost(reason).
    """

    changed = Signal(object)
    link_up = Signal(object)
    synced = Signal(object)
    link_lost = Signal(str)

    def __init__(self, dsn: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("feed")
        self._conninfo = make_conninfo(dsn, **LINK_OPTIONS)
        self._waker, self._woken = socket.socketpair()
        self._is_stopping = False
        self._has_notice = False

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
                with connection:
                    changes.listen(connection)
                    position = changes.position(connection)
                    self.link_up.emit(changes.server_now(connection))
                    attempt = 0
                    self._follow(connection, position)
            except changes.TooFarBehind:
                log.warning("slept past pruned changes")  # links up afresh: everybody reloads
            except psycopg.Error as error:
                log.warning("link lost reason=%s", type(error).__name__)
                self.link_lost.emit(str(error).strip())
                # Not all at the same moment: when a server comes back, every desk is waiting for it.
                self._wait(BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)] * random.uniform(0.5, 1.0))  # noqa: S311
                attempt += 1

    def _follow(self, connection: psycopg.Connection, position: changes.Position) -> None:
        connection.add_notify_handler(self._on_notify)  # a notice may also arrive with an answer
        now = synced = time.monotonic()
        pace = Pace(now)
        while not self._is_stopping:
            if self._wait(pace.wait_s(time.monotonic()), connection.pgconn):
                self._take_notices(connection.pgconn)
            now = time.monotonic()
            if self._has_notice:
                self._has_notice = False
                pace.on_notice(now)
            if pace.wait_s(now) > 0 or self._is_stopping:
                continue
            position, found = changes.changes_since(connection, position)
            pace.on_look(now, found=bool(found), is_ticking=position.is_ticking)
            if found:
                self.changed.emit(found)
            if any(change.what == "directory" for change in found):
                changes.listen(connection)  # this person may sit elsewhere now
            if now - synced > SYNC_S:
                synced = now
                self.synced.emit(changes.server_now(connection))

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

    def _on_notify(self, _notify: psycopg.Notify) -> None:
        self._has_notice = True

    def _take_notices(self, pgconn: pq.abc.PGconn) -> None:
        pgconn.consume_input()
        while pgconn.notifies() is not None:
            self._has_notice = True
