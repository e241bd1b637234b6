"""``liangdeng export tickets``: what a person may see, as CSV or XLSX, each row with who took it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import psycopg
import typer
from psycopg import sql
from rich.console import Console
from rich.progress import Progress

from db.admin.context import admin_connection
from db.admin.output import answer
from db.sheet import Sheet, Stamp, open_sheet

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
app = typer.Typer(no_args_is_help=True)


def export_tickets(
    connection: psycopg.Connection[Any], sheet: Sheet, zone: ZoneInfo, reason: str = ""
) -> Iterator[int]:
    """Write every ticket the connection's login may see, oldest first, yielding the count now and then.

    The connection commits each statement: the register knows of the export before a row of it is read.
    """
    begun = connection.execute("select api.begin_export('tickets', '{}', %s)", [reason]).fetchone()
    assert begun is not None
    stamp = connection.execute("select api.export_stamp(%s)", [begun[0]]).fetchone()
    assert stamp is not None
    sheet.begin(COLUMNS, Stamp.of(stamp[0]), zone)
    count = 0
    query = sql.SQL("select {} from api.ticket_rows order by created_at, id").format(
        sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    )
    with connection.transaction(), connection.cursor(name="export") as cursor:
        cursor.itersize = 2000
        for row in cursor.execute(query):
            sheet.row(row)
            count += 1
            if count % 2000 == 0:
                yield count
    connection.execute("select api.end_export(%s, %s)", [begun[0], count])
    yield count


@app.callback()
def main() -> None:
    """Take records out."""


@app.command("tickets")
def tickets(
    out: Annotated[Path, typer.Option(help="FILE.csv or FILE.xlsx", dir_okay=False)],
    timezone: Annotated[str, typer.Option(help="Zone of the times written.")] = "Asia/Shanghai",
    reason: Annotated[str, typer.Option(help="What for; the register keeps it.")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Export all tickets with their clocks, as CSV or XLSX."""
    count = 0
    with (
        admin_connection() as connection,
        open_sheet(out) as sheet,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        task = progress.add_task(out.name, total=None)
        for count in export_tickets(connection, sheet, ZoneInfo(timezone), reason):
            progress.update(task, completed=count)
    answer({"rows": count}, as_json)
