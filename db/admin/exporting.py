"""``liangdeng export tickets``: what a person may see, as CSV or XLSX, each row with who took it out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.console import Console
from rich.progress import Progress

from db.admin.context import admin_connection
from db.admin.output import answer
from db.export import TooManyRows, export_tickets
from db.sheet import open_sheet

app = typer.Typer(no_args_is_help=True)


def _sheet(text: str) -> Path:
    if not text.lower().endswith((".csv", ".xlsx")):
        raise typer.BadParameter("it ends neither in .csv nor in .xlsx")
    return Path(text)


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        hint = "no such time zone; they are called like Asia/Shanghai"
        raise typer.BadParameter(hint, param_hint="--timezone") from error


@app.callback()
def main() -> None:
    """Take records out."""


@app.command("tickets")
def tickets(
    out: Annotated[Path, typer.Option(help="Where to.", parser=_sheet, metavar="FILE.csv|FILE.xlsx")],
    timezone: Annotated[str, typer.Option(help="Zone of the times written.")] = "Asia/Shanghai",
    reason: Annotated[str, typer.Option(help="What for; the register keeps it.")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Export all tickets with their clocks, as CSV or XLSX, the newest first."""
    count, zone = 0, _zone(timezone)
    try:
        with (
            admin_connection() as connection,
            open_sheet(out) as sheet,
            Progress(console=Console(stderr=True), transient=True) as progress,
        ):
            task = progress.add_task(out.name, total=None)
            for reached in export_tickets(connection, sheet, zone, reason=reason):
                count = reached.done
                progress.update(task, completed=reached.done, total=reached.total)
    except TooManyRows as error:
        raise typer.BadParameter(str(error), param_hint="--out") from error
    answer({"rows": count}, as_json)
