"""``liangdeng export tickets``: what a person may see, as CSV or XLSX."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Protocol
from zoneinfo import ZoneInfo

import openpyxl
import psycopg
import typer
from openpyxl.cell import WriteOnlyCell
from psycopg import sql
from rich.console import Console
from rich.progress import Progress

from db.admin.context import admin_connection
from db.admin.output import answer

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


class Sheet(Protocol):
    """Something rows can be written to."""

    def row(self, cells: Sequence[Any]) -> None:
        """Write one row."""


class _Csv:
    """A CSV file that a spreadsheet program opens without running anything in it."""

    def __init__(self, file: Any) -> None:
        self._writer = csv.writer(file)

    def row(self, cells: Sequence[Any]) -> None:
        self._writer.writerow([_defused(cell) for cell in cells])


class _Xlsx:
    """The one worksheet of a write-only workbook; text is always text, never a formula."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet

    def row(self, cells: Sequence[Any]) -> None:
        self._sheet.append([self._cell(cell) for cell in cells])

    def _cell(self, value: Any) -> Any:
        cell = WriteOnlyCell(self._sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
        return cell


@contextmanager
def open_sheet(path: Path) -> Iterator[Sheet]:
    """Open `path` for writing; its suffix chooses CSV or XLSX. A half-written file never takes its name."""
    partial = path.with_name(path.name + ".part")
    if path.suffix.lower() == ".xlsx":
        book = openpyxl.Workbook(write_only=True)
        yield _Xlsx(book.create_sheet("tickets"))
        book.save(partial)
    else:
        with partial.open("w", encoding="utf-8-sig", newline="") as file:
            yield _Csv(file)
    partial.replace(path)


def export_tickets(
    connection: psycopg.Connection[Any], sheet: Sheet, zone: ZoneInfo, reason: str = ""
) -> Iterator[int]:
    """Write every ticket the connection's login may see, oldest first, yielding the count now and then.

    The connection commits each statement: the register knows of the export before a row of it is read.
    """
    begun = connection.execute("select api.begin_export('tickets', '{}', %s)", [reason]).fetchone()
    assert begun is not None
    sheet.row(COLUMNS)
    count = 0
    query = sql.SQL("select {} from api.ticket_rows order by created_at, id").format(
        sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    )
    with connection.transaction(), connection.cursor(name="export") as cursor:
        cursor.itersize = 2000
        for row in cursor.execute(query):
            sheet.row([_shown(value, zone) for value in row])
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


def _shown(value: Any, zone: ZoneInfo) -> Any:
    return value.astimezone(zone).isoformat() if isinstance(value, datetime) else value


def _defused(value: Any) -> Any:
    # A text that begins like a formula would be run by spreadsheet programs.
    return (
        f"'{value}"
        if isinstance(value, str) and value[:1] in ("=", "+", "@", "-") and len(value) > 1
        else value
    )
