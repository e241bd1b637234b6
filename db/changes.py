"""Reads of the change feed; a position is what a snapshot showed, never a bare sequence value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import sql

MOST = 2000  # whoever is further behind reads everything afresh sooner than he replays


@dataclass(frozen=True, slots=True)
class Position:
    """Where a reader of the feed stands, how far back it reaches, and whether somebody will wake him."""

    snapshot: str
    oldest: str
    is_ticking: bool

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


def listen(connection: psycopg.Connection) -> None:
    """Ask to be woken for what concerns this person, as of now."""
    row = connection.execute("select api.feed_channel()").fetchone()
    assert row is not None
    channels = map(sql.Identifier, row[0])
    connection.execute(
        sql.SQL("; ").join([sql.SQL("unlisten *"), *(sql.SQL("listen {}").format(name) for name in channels)])
    )


def server_now(connection: psycopg.Connection) -> datetime:
    """Return the server's time."""
    row = connection.execute("select clock_timestamp()").fetchone()
    assert row is not None
    moment: datetime = row[0]
    return moment


def position(connection: psycopg.Connection) -> Position:
    """Return the position behind everything that has been committed."""
    row = connection.execute("select * from api.position()").fetchone()
    assert row is not None
    return Position(*row)


def changes_since(connection: psycopg.Connection, since: Position) -> tuple[Position, tuple[Change, ...]]:
    """Return what changed behind `since`, each thing once, and where the next reading starts.

    The reader may be TooFarBehind.
    """
    first, *rows = connection.execute(
        "select * from api.changes_since(%s::text::pg_snapshot, %s)", [since.snapshot, MOST + 1]
    ).fetchall()
    here = Position(*first[:3])
    if since.xmin < int(here.oldest) or len(rows) > MOST:
        raise TooFarBehind
    newest: dict[tuple[str, int], Change] = {}
    for change in (Change(*row[3:]) for row in rows):
        known = newest.pop((change.what, change.id), change)
        newest[change.what, change.id] = max(known, change, key=_version)
    return here, tuple(newest.values())


def _version(change: Change) -> int:
    return change.version
