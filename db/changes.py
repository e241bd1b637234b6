"""Reads of the change feed; a position is a transaction and a number, never a bare sequence value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import psycopg

CHANNEL = "liangdeng_wake"
LIMIT = 500


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """Where a reader of the feed stands."""

    xid: int
    seq: int


@dataclass(frozen=True, slots=True)
class Change:
    """Something this person may see has changed: what it is, never its content."""

    what: str
    id: int
    version: int
    by_login: str


def listen(connection: psycopg.Connection) -> None:
    """Ask to be woken."""
    connection.execute(f"listen {CHANNEL}")


def server_now(connection: psycopg.Connection) -> datetime:
    """Return the server's time."""
    row = connection.execute("select clock_timestamp()").fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment


def position(connection: psycopg.Connection) -> Position:
    """Return the position behind everything that has been committed."""
    row = connection.execute("select p->>'xid', p->>'seq' from api.position() p").fetchone()
    assert row is not None
    return Position(int(row[0]), int(row[1]))


def changes_since(connection: psycopg.Connection, since: Position) -> tuple[Position, tuple[Change, ...]]:
    """Return all changes behind `since` and where the next reading starts."""
    found: list[Change] = []
    while True:
        # Asked first: what is committed between the two questions is read again, not lost.
        latest = position(connection)
        rows = connection.execute(
            "select xid::text, seq, what, id, version, by_login::text"
            " from api.changes_since(%s::text::xid8, %s, %s)",
            [str(since.xid), since.seq, LIMIT],
        ).fetchall()
        found += (Change(*row[2:]) for row in rows)
        last = Position(int(rows[-1][0]), rows[-1][1]) if rows else since
        if len(rows) < LIMIT:
            return max(latest, last), tuple(found)
        since = last
