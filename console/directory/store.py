"""Reads of the directory views; no Qt."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Table, literal, select, text

from console.directory.calendar import Workdays
from console.directory.record import (
    Category,
    Code,
    Directory,
    GridWorker,
    Me,
    Reason,
    Staff,
    State,
    Territory,
    Unit,
)
from console.kit.rows import names_of, record_of
from db import model
from db.transaction import transaction

DAYS_BACK = timedelta(days=800)
DAYS_AHEAD = timedelta(days=400)

_Record = TypeVar("_Record")


class DirectoryStore:
    """Loads who I am and what everything is called."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def me(self) -> Me:
        """Return the person behind the login."""
        with transaction(self._engine) as connection:
            data = connection.execute(text("select api.me()")).scalar_one()
        return record_of(Me, data, duties=tuple(data["duties"]), now=datetime.fromisoformat(data["now"]))

    def load(self, me: Me, language: str | None = None) -> Directory:
        """Load the whole directory in the person's language, or the one given."""
        with transaction(self._engine) as connection:
            return Directory(
                language=language or me.language,
                territories={
                    item.id: item for item in _all(connection, model.territories, Territory, "code")
                },
                units={item.id: item for item in _all(connection, model.units, Unit, "code")},
                categories={item.id: item for item in _all(connection, model.categories, Category, "code")},
                channels=_codes(connection, model.channels),
                kinds=_codes(connection, model.kinds),
                sources=_codes(connection, model.sources),
                states={item.code: item for item in _all(connection, model.states, State, "rank")},
                actions=_codes(connection, model.actions),
                reasons=_reasons(connection),
                staff=_staff(connection),
                workdays=_workdays(connection, me),
                grid_workers=_grid_workers(connection),
            )


def _all(connection: Connection, table: Table, record: type[_Record], *order: str) -> list[_Record]:
    columns = [table.c[name] for name in names_of(record)]
    statement = select(*columns).order_by(*(table.c[name] for name in order))
    return [record_of(record, row) for row in connection.execute(statement).mappings()]


def _codes(connection: Connection, table: Table) -> dict[str, Code]:
    rank = table.c.rank if "rank" in table.c else literal(0).label("rank")
    statement = select(table.c.code, table.c.name_zh, table.c.name_en, rank).order_by(rank, table.c.code)
    return {row["code"]: record_of(Code, row) for row in connection.execute(statement).mappings()}


def _reasons(connection: Connection) -> dict[str, tuple[Reason, ...]]:
    lists: dict[str, list[Reason]] = defaultdict(list)
    for item in _all(connection, model.reasons, Reason, "rank", "code"):
        lists[item.list].append(item)
    return {name: tuple(items) for name, items in lists.items()}


def _staff(connection: Connection) -> dict[str, Staff]:
    table = model.staff
    statement = select(table.c.login, table.c.name, table.c.unit_id, table.c.duties)
    return {
        row["login"]: record_of(Staff, row, duties=tuple(row["duties"]))
        for row in connection.execute(statement).mappings()
    }


def _grid_workers(connection: Connection) -> dict[int, tuple[GridWorker, ...]]:
    places: dict[int, list[GridWorker]] = defaultdict(list)
    for item in _all(connection, model.grid_workers, GridWorker, "id"):
        places[item.territory_id].append(item)
    return {place: tuple(items) for place, items in places.items()}


def _workdays(connection: Connection, me: Me) -> Workdays:
    table, today = model.workdays, me.now.date()
    rows = connection.execute(
        select(table.c.day, table.c.wd_no).where(table.c.day.between(today - DAYS_BACK, today + DAYS_AHEAD))
    )
    return Workdays(ZoneInfo(me.tz), {row.day: row.wd_no for row in rows})
