"""Reads of the past: figures by group, and the export of a list; no Qt."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Engine, text

from console.ticket.figures import Figures
from console.ticket.record import Filter
from db.errors import translate
from db.export import Progress, export_tickets
from db.replica import Replica
from db.sheet import open_sheet

if TYPE_CHECKING:
    import psycopg

_FIGURES = text("select * from api.history_figures(cast(:filter as jsonb), :by)")


class Cancelled(Exception):
    """The export was stopped."""


class HistoryStore:
    """Everything the console asks about the past; figures may be a moment old, an export is of one moment."""

    def __init__(self, engine: Engine, replica: Replica) -> None:
        self._engine = engine
        self._replica = replica

    def figures(self, wanted: Filter, by: str) -> tuple[Figures, ...]:
        """Count what the filter shows by group."""
        values = {"filter": json.dumps(wanted.to_json()), "by": by}
        rows = self._replica.read(lambda link: link.execute(_FIGURES, values).mappings().all())
        return tuple(Figures.of(row) for row in rows)

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
