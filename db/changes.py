"""Reads of the change feed; a position is a transaction and a number, never a bare sequence value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

CHANNEL = "liangdeng_wake"
LIMIT = 500


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """Where a reader of the feed stands."""

    xid: int
    seq: int


class TooFarBehind(Exception):
    """Changes this reader has not read are pruned: only reading everything afresh helps."""


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
    row = connection.execute("select api.position()").fetchone()
    assert row is not None
    return _position(row[0])


def changes_since(connection: psycopg.Connection, since: Position) -> tuple[Position, tuple[Change, ...]]:
    """Return all changes behind `since` and where the next reading starts; they may be TooFarBehind."""
    found: list[Change] = []
    while True:
        reach, rows = _read(connection, since)
        if reach["oldest"] is not None and since < _position(reach["oldest"]):
            raise TooFarBehind
        found += (Change(*row[2:]) for row in rows)
        last = Position(int(rows[-1][0]), rows[-1][1]) if rows else since
        if len(rows) < LIMIT:
            return max(_position(reach), last), tuple(found)
        since = last


def _read(connection: psycopg.Connection, since: Position) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """Ask for position and changes in one statement: one journey, and both are of one snapshot."""
    rows = connection.execute(
        "select p, c.xid::text, c.seq, c.what, c.id, c.version, c.by_login::text"
        " from api.position() p left join api.changes_since(%s::text::xid8, %s, %s) c on true",
        [str(since.xid), since.seq, LIMIT],
    ).fetchall()
    return rows[0][0], [row[1:] for row in rows if row[1] is not None]


def _position(given: dict[str, Any]) -> Position:
    return Position(int(given["xid"]), given["seq"])
