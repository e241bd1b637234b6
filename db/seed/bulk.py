"""Read seed files and copy rows in bulk."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

DATA = Path(__file__).parent / "data"


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_toml(name: str) -> dict[str, Any]:
    """Return the tables of a data file."""
    return tomllib.loads((DATA / name).read_text("utf-8"))


def copy_rows(
    connection: psycopg.Connection, table: str, columns: str, rows: Iterable[Sequence[object]]
) -> None:
    """Copy rows into core.`table`; `columns` are the column names with spaces between."""
    statement = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier("core", table), sql.SQL(", ").join(map(sql.Identifier, columns.split()))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def advance_identity(connection: psycopg.Connection, table: str) -> None:
    """Let the identity of core.`table` go on after the ids that were copied."""
    connection.execute(
        sql.SQL("select setval(pg_get_serial_sequence({name}, 'id'), max(id)) from {table}").format(
            name=sql.Literal(f"core.{table}"), table=sql.Identifier("core", table)
        )
    )
