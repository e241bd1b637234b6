"""Reads of the change feed; a position is what a snapshot showed, never a bare sequence value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import errors, pq

MOST = 2000  # whoever is further behind reads everything afresh sooner than he replays
LOOK = "select * from api.changes_since(%s::text::pg_snapshot, %s)"
AWAIT_NAME = b"await_changes"
AWAIT = b"select * from api.await_changes($1, $2, $3)"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reader of the feed stands, how far back it reaches, and how he is woken.

    `rest_ms`: how long to rest after being told something; None: nobody wakes.
    """

    snapshot: str
    oldest: str
    rest_ms: int | None
    wake_key: int | None

    @property
    def xmin(self) -> int:
        """The transaction below which everything was seen."""
        return int(self.snapshot.split(":", 1)[0])


class TooFarBehind(Exception):
    """Changes this reader has not read are gone or too many: only reading everything afresh helps."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something this person may see has changed: what it is, never its content."""

    what: str
    id: int
    version: int
    by_login: str


Read = tuple[Position, tuple[Change, ...]]


def server_now(connection: psycopg.Connection) -> datetime:
    """Return the server's time."""
    row = connection.execute("select clock_timestamp()").fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment


def server_life(connection: psycopg.Connection) -> str | None:
    """Name the life of the server in which positions are good; None when nobody has named it."""
    row = connection.execute("select api.server_life()").fetchone()
    assert row is not None
    life: str | None = row[0]
    return life


def sit_down(connection: psycopg.Connection, desk: UUID) -> None:
    """Let this connection stand for its console: when it is gone, so is what the console has taken."""
    connection.execute("select api.sit_down(%s)", [desk])


def position(connection: psycopg.Connection) -> Position:
    """Return the position behind everything that has been committed."""
    row = connection.execute("select * from api.position()").fetchone()
    assert row is not None
    return Position(*row)


def changes_since(connection: psycopg.Connection, since: Position) -> Read:
    """Return what changed behind `since`, each thing once, and where the next reading starts.

    The reader may be TooFarBehind.
    """
    return _read(since, connection.execute(LOOK, [since.snapshot, MOST + 1]).fetchall())


def prepare_to_wait(connection: psycopg.Connection) -> None:
    """Let this connection ask for changes; once, before the first `ask`."""
    connection.pgconn.prepare(AWAIT_NAME, AWAIT)


def ask(pgconn: pq.abc.PGconn, since: Position) -> None:
    """Ask for what changes behind `since`; the server answers when something did, or after three seconds."""
    given = (since.wake_key or 0, since.snapshot, MOST + 1)
    pgconn.send_query_prepared(AWAIT_NAME, [str(each).encode() for each in given])
    pgconn.flush()


def answer(pgconn: pq.abc.PGconn, since: Position) -> Read | None:
    """Take what the server has sent: None while the answer is not here; else as `changes_since`."""
    pgconn.consume_input()
    if pgconn.is_busy():
        return None
    result = pgconn.get_result()
    while pgconn.get_result() is not None:
        pass
    if result is None or result.status != pq.ExecStatus.TUPLES_OK:
        raise _error(pgconn, result)
    return _read(since, map(_decoded, _rows(result)))


def _read(since: Position, rows: Iterable[Sequence[Any]]) -> Read:
    first, *told = rows
    here = Position(*first[:4])
    if since.xmin < int(here.oldest) or len(told) > MOST:
        raise TooFarBehind
    newest: dict[tuple[str, int], Change] = {}
    for change in (Change(*row[4:]) for row in told):
        known = newest.pop((change.what, change.id), change)
        newest[change.what, change.id] = max(known, change, key=_version)
    return here, tuple(newest.values())


def _rows(result: pq.abc.PGresult) -> Iterable[list[bytes | None]]:
    for row in range(result.ntuples):
        yield [result.get_value(row, column) for column in range(result.nfields)]


def _decoded(row: Sequence[bytes | None]) -> tuple[Any, ...]:
    words = [None if value is None else value.decode() for value in row]
    snapshot, oldest, rest_ms, wake_key, what, id_, version, by_login = words
    if snapshot is not None:
        return snapshot, oldest, _number(rest_ms), _number(wake_key)
    return None, None, None, None, what, int(id_ or 0), int(version or 0), by_login


def _number(word: str | None) -> int | None:
    return None if word is None else int(word)


def _error(pgconn: pq.abc.PGconn, result: pq.abc.PGresult | None) -> psycopg.Error:
    if result is None:
        return psycopg.OperationalError(pgconn.get_error_message())
    state = result.error_field(pq.DiagnosticField.SQLSTATE)
    if state is None:
        return psycopg.OperationalError(result.get_error_message())
    return errors.lookup(state.decode())(result.get_error_message())


def _version(change: Change) -> int:
    return change.version
