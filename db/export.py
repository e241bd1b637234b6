"""Tickets on their way into a file: one path for the command line and the windows."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from db.sheet import Sheet
from db.stamp import Stamp

PAGE = 1000

# The order is part of the interface: programs read these columns by name, people read them from the left.
COLUMNS = (
    "number",
    "source",
    "external_number",
    "title",
    "state",
    "light",
    "created_at",
    "dispatched_at",
    "contact_due_at",
    "answer_due_at",
    "contacted_at",
    "answered_at",
    "closed_at",
    "red_since",
    "workdays_to_answer",
    "kind",
    "channel",
    "category_zh",
    "town",
    "area",
    "grid",
    "place_text",
    "unit",
    "returns",
    "reworks",
    "extensions",
    "solved",
    "satisfaction",
    "due_provisional",
)
NEXT_PAGE = sql.SQL("select created_at, id, {} from api.export_page(%s, %s, %s, %s)").format(
    sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
)


COUNTED = "select coalesce(sum(tickets), 0) from api.history_figures(%s, '')"
COUNTED_OF_WORDS = """
select s.below, coalesce((select sum(f.tickets) from unnest(s.figures) f), 0)
from api.search_figures(%s, '', %s) s
"""


@dataclass(frozen=True)
class Progress:
    """How many of how many rows are written; while words are counted, how many there are so far."""

    done: int
    total: int
    is_counting: bool = False


class TooManyRows(Exception):
    """The file cannot hold that many rows."""

    def __init__(self, total: int, most: int) -> None:
        super().__init__(f"{total} rows, and such a file holds {most}: take CSV, or fewer tickets")
        self.total = total
        self.most = most


def export_tickets(
    connection: psycopg.Connection[Any],
    sheet: Sheet,
    zone: tzinfo,
    *,
    wanted: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Generator[Progress]:
    """Write every ticket that matches and the login may see, newest first, a page at a time.

    The connection commits each statement: the register knows of the export before a row of it is read, and
    learns at the end, however it ends, how many were written, beside how many the database handed out.
    Count and rows are of one moment. Whoever stops asking, stops the export.
    """
    filter_ = Jsonb(dict(wanted or {}))
    entry = _value(connection, "select api.begin_export('tickets', %s, %s)", filter_, reason)
    stamp = Stamp.of(_value(connection, "select api.export_stamp(%s)", entry))
    done = 0
    try:
        with connection.transaction():
            connection.execute("set transaction isolation level repeatable read")  # pages are counted
            total = yield from _count(connection, filter_)
            if sheet.most_rows is not None and total > sheet.most_rows:
                raise TooManyRows(total, sheet.most_rows)
            sheet.begin(COLUMNS, stamp, zone)
            yield Progress(0, total)
            for rows in _pages(connection, entry):
                for row in rows:
                    sheet.row(row)
                done += len(rows)
                yield Progress(done, total)
    finally:
        if not connection.closed:
            connection.execute("select api.end_export(%s, %s)", [entry, done])


def _count(connection: psycopg.Connection[Any], wanted: Jsonb) -> Generator[Progress, None, int]:
    """Count what matches; words may be in a million tickets: say every second how many there are so far."""
    if not wanted.obj.get("text"):
        return int(_value(connection, COUNTED, wanted))
    total, below = 0, None
    while True:
        row = connection.execute(COUNTED_OF_WORDS, [wanted, below]).fetchone()
        assert row is not None
        below, total = row[0], total + int(row[1])
        if below is None:
            return total
        yield Progress(0, total, is_counting=True)


def _pages(connection: psycopg.Connection[Any], entry: int) -> Generator[list[tuple[Any, ...]]]:
    """Go on behind the last row of each page; never count rows off from the beginning."""
    at: datetime | None = None
    last: int | None = None
    while True:
        rows = connection.execute(NEXT_PAGE, [entry, at, last, PAGE]).fetchall()
        if rows:
            at, last = rows[-1][:2]
            yield [row[2:] for row in rows]
        if len(rows) < PAGE:
            return


def _value(connection: psycopg.Connection[Any], query: str, *given: object) -> Any:
    row = connection.execute(query, given).fetchone()
    assert row is not None
    return row[0]
