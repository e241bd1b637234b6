"""Reads of the register, the tick of the daily list, and the register's own export; no Qt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, TextClause, select, text

from console.directory.record import Directory
from console.evidence.record import Entry, EntryKey, Reveal, RevealDay, Wanted
from console.kit.fuzzy import Entry as Name
from console.kit.fuzzy import search
from console.kit.pinyin import reading
from console.kit.rows import record_of
from console.kit.sheet_rows import EXPORT_ROWS, write_rows
from db import model
from db.anchor import Anchor
from db.stamp import Stamp
from db.transaction import transaction

PAGE_ROWS = 100
MOST_PAGES = 10  # of news; whoever was away longer reads the list again
MOST_PERSONS = 50
SEALS_SHOWN = 20
EXPORT_COLUMNS = (
    "id",
    "at",
    "kind",
    "login",
    "person",
    "number",
    "reason",
    "subject",
    "detail",
    "address",
)

_PAGE = text("select * from api.audit_page(cast(:asked as jsonb), :at, :id, :limit)")
_EXPORT = text("select * from api.audit_export(:export, :at, :id, :limit)")
_DAYS = text("select * from api.reveal_days(:since)")
_SEE = text("select api.see_reveals(:day, :last)")
_BEGIN = text("select api.begin_export(:what, cast(:asked as jsonb))")
_STAMP = text("select api.export_stamp(:id)")
_END = text("select api.end_export(:id, :rows)")

Asked = Mapping[str, Any]


class EvidenceStore:
    """Everything the evidence room asks; each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, asked: Asked, after: EntryKey | None = None, limit: int = PAGE_ROWS) -> list[Entry]:
        """Return the entries behind `after`, the newest first."""
        place = {"at": after.at if after else None, "id": after.id if after else None}
        return self._entries(_PAGE, {"asked": json.dumps(asked), "limit": limit, **place})

    def news(self, asked: Asked, known: EntryKey) -> list[Entry] | None:
        """Return the first pages until one reaches what is known; None when none of them does."""
        found: list[Entry] = []
        after: EntryKey | None = None
        for _ in range(MOST_PAGES):
            rows = self.page(asked, after)
            found += rows
            if len(rows) < PAGE_ROWS or rows[-1].key() <= known:
                return found
            after = rows[-1].key()
        return None

    def days(self, since: date) -> list[RevealDay]:
        """Return the days with reveals, the newest first."""
        with transaction(self._engine) as connection:
            rows = connection.execute(_DAYS, {"since": since}).mappings()
            return [record_of(RevealDay, row) for row in rows]

    def reveals(self, day: date, zone: tzinfo) -> list[Reveal]:
        """Return a day's reveals in their order."""
        begin = datetime.combine(day, time.min, zone)
        end = datetime.combine(day + timedelta(days=1), time.min, zone)
        seen, tickets = model.reveals, model.tickets
        query = (
            select(
                seen.c.id,
                seen.c.at,
                seen.c.login,
                seen.c.ticket_id,
                tickets.c.number,
                tickets.c.title,
                tickets.c.caller_label,
                seen.c.reason,
            )
            .join_from(seen, tickets, tickets.c.id == seen.c.ticket_id)
            .where(seen.c.at >= begin, seen.c.at < end)
            .order_by(seen.c.at, seen.c.id)
        )
        with transaction(self._engine) as connection:
            return [record_of(Reveal, row) for row in connection.execute(query).mappings()]

    def see(self, day: date, last_id: int) -> datetime:
        """Tick that I looked over a day's reveals up to the last one shown."""
        with transaction(self._engine) as connection:
            seen_at: datetime = connection.execute(_SEE, {"day": day, "last": last_id}).scalar_one()
            return seen_at

    def anchors(self) -> list[Anchor]:
        """Return the last seals over the chains, the newest first."""
        table = model.anchors
        query = select(table.c.id, table.c.at, table.c.links, table.c.hash)
        with transaction(self._engine) as connection:
            rows = connection.execute(query.order_by(table.c.id.desc()).limit(SEALS_SHOWN)).mappings()
            return [record_of(Anchor, row, hash=bytes(row["hash"])) for row in rows]

    def begin_export(self, what: str, asked: Asked) -> Stamp:
        """Write into the register that something is taken out, and return its mark."""
        with transaction(self._engine) as connection:
            values = {"what": what, "asked": json.dumps(asked)}
            entry = connection.execute(_BEGIN, values).scalar_one()
            return Stamp.of(connection.execute(_STAMP, {"id": entry}).scalar_one())

    def end_export(self, stamp: Stamp, rows: int = 1) -> None:
        """Write into the register how much it was."""
        with transaction(self._engine) as connection:
            connection.execute(_END, {"id": stamp.entry, "rows": rows})

    def export(
        self,
        path: Path,
        asked: Asked,
        directory: Directory,
        told: Callable[[int], None],
        is_cancelled: Callable[[], bool],
    ) -> int:
        """Write what is asked for, as it was when the export began, to a CSV or XLSX; return the rows.

        The register learns at the end, however it ends, how many were written and how many handed out.
        """
        zone = directory.workdays.tz
        stamp = self.begin_export("register", asked)
        pages = self._pages(stamp)
        cells = ([_cells(entry, directory) for entry in rows] for rows in pages)
        ended = partial(self.end_export, stamp)
        return write_rows(path, "register", EXPORT_COLUMNS, stamp, zone, cells, told, is_cancelled, ended)

    def _pages(self, stamp: Stamp) -> Iterator[Sequence[Entry]]:
        after = EntryKey(stamp.at, stamp.entry)
        of_it = {"export": stamp.entry, "limit": EXPORT_ROWS}
        while rows := self._entries(_EXPORT, {**of_it, "at": after.at, "id": after.id}):
            yield rows
            after = rows[-1].key()

    def _entries(self, query: TextClause, values: Mapping[str, Any]) -> list[Entry]:
        with transaction(self._engine) as connection:
            return [record_of(Entry, row) for row in connection.execute(query, values).mappings()]


def asked_of(wanted: Wanted, directory: Directory) -> Asked:
    """Return what the database reads of a filter."""
    return wanted.to_json(directory.workdays.tz, logins_of(wanted.person, directory))


def logins_of(person: str, directory: Directory) -> tuple[str, ...]:
    """Return the logins a typed name, pinyin or login means; somebody unknown may have been here once."""
    if not person or person in directory.staff:
        return (person,) if person else ()
    names = [
        Name(each.login, each.name, *reading(each.name), also=each.login) for each in directory.staff.values()
    ]
    found = tuple(hit.value for _, hit in search(person, names, MOST_PERSONS))
    return found or (person,)


def _cells(entry: Entry, directory: Directory) -> tuple[Any, ...]:
    return (
        entry.id,
        entry.at,
        entry.kind,
        entry.login,
        directory.staff_name(entry.login),
        entry.number,
        entry.reason,
        entry.subject,
        json.dumps(entry.detail, ensure_ascii=False) if entry.detail else "",
        entry.address,
    )
