"""`liangdeng due`: count a deadline in working days."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from db.admin.context import admin_connection
from db.admin.output import JsonFlag, answer

app = typer.Typer()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise typer.BadParameter(f"{text!r} has no offset, as in 2026-05-08T16:40:00+08:00")
    return moment


@app.command()
def due(
    start: Annotated[
        datetime, typer.Option("--from", parser=_moment, metavar="TIME", help="ISO 8601 with offset.")
    ],
    workdays: Annotated[int, typer.Option(min=1, max=366)],
    district: Annotated[int, typer.Option(help="Whose calendar.")] = 1,
    as_json: JsonFlag = False,
) -> None:
    """Count working days after a moment, each with its notice."""
    with admin_connection() as connection:
        connection.execute(
            "select set_config('TimeZone', tz, false) from core.district where id = %s", [district]
        )
        row = connection.execute(
            "select core.explain_workdays(%s, %s, %s::smallint)", [start, workdays, district]
        ).fetchone()
    if row is not None:
        answer(row[0], as_json)
