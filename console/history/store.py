"""Reads of the past: figures by group, and the export of a list; no Qt."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Engine, text

from console.history.record import Counted, Figures
from console.kit.sheet_rows import Cancelled
from console.ticket.record import Filter
from db.errors import translate
from db.export import Progress, export_tickets
from db.replica import Replica
from db.sheet import open_sheet
from db.transaction import Halt

if TYPE_CHECKING:
    import psycopg

_FIGURES = text("select * from api.history_figures(cast(:filter as jsonb), :by)")
_FIGURES_OF_WORDS = text(
    "select s.below, f.* from api.search_figures(cast(:filter as jsonb), :by, cast(:below as bigint)) s"
    " left join lateral unnest(s.figures) f on true"
)
NOTHING = Counted()


class HistoryStore:
    """Everything the console asks about the past; figures may be a moment old, an export is of one moment."""

    def __init__(self, engine: Engine, replica: Replica) -> None:
        self._engine = engine
        self._replica = replica

    def figures(
        self, wanted: Filter, by: str, before: Counted = NOTHING, halt: Halt | None = None
    ) -> Counted:
        """Count what the filter shows by group; of words for about a second, going on from `before`."""
        values = {"filter": json.dumps(wanted.to_json()), "by": by, "below": before.below}
        query = _FIGURES_OF_WORDS if wanted.text else _FIGURES
        rows = self._replica.read(lambda link: link.execute(query, values).mappings().all(), halt)
        groups = [Figures.of(row) for row in rows if row["tickets"] is not None]
        return before.more(groups, rows[0]["below"]) if wanted.text else Counted(tuple(groups))

    def export(
        self,
        wanted: Filter,
        path: Path,
        zone: tzinfo,
        told: Callable[[Progress], None],
        is_cancelled: Callable[[], bool],
    ) -> Progress:
        """Write what the filter shows into a file that takes its name when it is whole."""
        reached = Progress(0, 0)
        limits = wanted.to_json()
        limits.pop("order")
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
            try:
                with open_sheet(path) as sheet:
                    for reached in export_tickets(driver, sheet, zone, wanted=limits):
                        if is_cancelled():
                            raise Cancelled
                        told(reached)
            except Exception as error:
                raise translate(error) from error
        return reached
