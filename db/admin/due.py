"""`liangdeng due`: count a deadline in working days."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import psycopg
import typer

from db.admin.context import admin_connection
from db.admin.output import JsonFlag, answer, note
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
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter("not a date or a time in ISO 8601") from error


def _check_district(connection: psycopg.Connection[Any], district: int) -> None:
    """Refuse a district that is not there; where there is none yet, any has the usual hours."""
    known = [str(id_) for (id_,) in connection.execute("select id from core.district order by id")]
    if known and str(district) not in known:
        raise typer.BadParameter(
            f"there is no district {district}; there are: {', '.join(known)}", param_hint="--district"
        )


@app.command()
def due(
    start: Annotated[
        datetime, typer.Option("--from", parser=_moment, metavar="TIME", help="A date or a moment.")
    ],
    workdays: Annotated[int, typer.Option("--workdays", min=1, max=366)],
    district: Annotated[int, typer.Option(help="Whose business hours, by the district's number.")] = 1,
    as_json: JsonFlag = False,
) -> None:
    """Count working days after a moment, each day with its notice."""
    with admin_connection() as connection:
        _check_district(connection, district)
        try:
            counted = count_workdays(connection, start, workdays, district)
        except psycopg.DatabaseError as error:
            if error.diag.constraint_name != "calendar_ends":
                raise
            reach = connection.execute("select min(day), max(day) from core.workday").fetchone() or ("", "")
            note(
                f"liangdeng due: the calendar reaches from {reach[0]} to {reach[1]}, and this deadline lies"
                " outside; later years come with their notices: `liangdeng db calendar FILE`"
            )
            raise typer.Exit(1) from error
    answer(counted, as_json)
