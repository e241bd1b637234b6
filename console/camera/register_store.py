"""Reading the register of views, and taking it out (R702); no Qt."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, TextClause, text

from console.camera.record import ViewEntry
from console.kit.rows import record_of
from console.kit.sheet_rows import EXPORT_ROWS, write_rows
from db.stamp import Stamp
from db.transaction import transaction

PAGE_ROWS = 100
COLUMNS = ("id", "at", "login", "person", "unit", "camera", "ticket", "reason", "kind", "stream", "seconds")

_PAGE = text("select * from api.camera_register(cast(:asked as jsonb), :at, :id, :limit)")
_EXPORT = text("select * from api.camera_register_export(:export, :at, :id, :limit)")
_BEGIN = text("select api.begin_export('camera_views', cast(:asked as jsonb))")
_STAMP = text("select api.export_stamp(:id)")
_END = text("select api.end_export(:id, :rows)")

Asked = Mapping[str, Any]
Place = tuple[datetime, int]  # moment and id of a row
Words = Callable[[ViewEntry], tuple[str, str, str]]


class ViewRegisterStore:
    """Who looked through which camera; for those who answer for it, at the centre."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, asked: Asked, after: Place | None = None, limit: int = PAGE_ROWS) -> list[ViewEntry]:
        """Return the views behind `after` (moment and id of the last row), the newest first.

        `asked` may have logins, cameras, units, kinds (lists), ticket, since, until (ISO 8601, excluded).
        """
        return self._views(_PAGE, after, {"asked": json.dumps(asked), "limit": limit})

    def export(
        self,
        path: Path,
        asked: Asked,
        zone: tzinfo,
        words: Words,
        told: Callable[[int], None],
        is_cancelled: Callable[[], bool],
    ) -> int:
        """Write what is asked for to a CSV or XLSX and return the rows; the register learns of it.

        `words` names a row's person, unit and ticket.
        """
        with transaction(self._engine) as connection:
            entry = connection.execute(_BEGIN, {"asked": json.dumps(asked)}).scalar_one()
            stamp = Stamp.of(connection.execute(_STAMP, {"id": entry}).scalar_one())
        cells = ([_cells(row, words(row)) for row in rows] for rows in self._pages(stamp))
        ended = partial(self._end_export, stamp)
        return write_rows(path, "camera_views", COLUMNS, stamp, zone, cells, told, is_cancelled, ended)

    def _end_export(self, stamp: Stamp, rows: int) -> None:
        with transaction(self._engine) as connection:
            connection.execute(_END, {"id": stamp.entry, "rows": rows})

    def _pages(self, stamp: Stamp) -> Iterator[Sequence[ViewEntry]]:
        after: Place | None = None
        while rows := self._views(_EXPORT, after, {"export": stamp.entry, "limit": EXPORT_ROWS}):
            yield rows
            after = (rows[-1].at, rows[-1].id)

    def _views(self, query: TextClause, after: Place | None, values: Mapping[str, Any]) -> list[ViewEntry]:
        at, key = after or (None, None)
        with transaction(self._engine) as connection:
            rows = connection.execute(query, {**values, "at": at, "id": key}).mappings()
            return [record_of(ViewEntry, row) for row in rows]


def _cells(row: ViewEntry, words: tuple[str, str, str]) -> tuple[Any, ...]:
    person, unit, ticket = words
    return (
        row.id,
        row.at,
        row.login,
        person,
        unit,
        row.camera,
        ticket,
        row.reason,
        row.kind,
        row.stream,
        row.seconds,
    )
