"""`liangdeng due`: count a deadline in working days."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import psycopg
import typer

from db.admin.context import admin_connection
from db.admin.output import JsonFlag, answer
from db.seed.calendar import load_calendar

app = typer.Typer()


def count_workdays(
    connection: psycopg.Connection[Any], start: datetime, workdays: int, district: int = 1
) -> dict[str, Any]:
    """Return the due moment and every day on the way to it; a naive start is local time."""
    load_calendar(connection)  # also in a database nobody has seeded
    with connection.transaction():
        connection.execute(  # a naive start is then read, and every moment written, in local time
            "select set_config('TimeZone', h.tz, true) from core.office_hours(%s::smallint) h", [district]
        )
        row = connection.execute(
            "select core.explain_workdays(%s::text::timestamptz, %s, %s::smallint)",
            [start.isoformat(), workdays, district],
        ).fetchone()
    return dict(row[0]) if row else {}


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("not a date or a time in ISO 8601") from error


@app.command()
def due(
    start: Annotated[
        datetime, typer.Option("--from", parser=_moment, metavar="TIME", help="A date or a moment.")
    ],
    workdays: Annotated[int, typer.Option("--workdays", min=1, max=366)],
    district: Annotated[int, typer.Option(help="Whose business hours.", min=1, max=32767)] = 1,
    as_json: JsonFlag = False,
) -> None:
    """Count working days after a moment, each day with its notice."""
    with admin_connection() as connection:
        answer(count_workdays(connection, start, workdays, district), as_json)
