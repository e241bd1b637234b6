"""``liangdeng export tickets``: what a person may see, as CSV or XLSX, each row with who took it out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import Progress

from db.admin.context import admin_connection
from db.admin.output import answer
from db.export import TooManyRows, export_tickets
from db.sheet import open_sheet

SUFFIXES = (".csv", ".xlsx")
app = typer.Typer(no_args_is_help=True)


@app.callback()
def main() -> None:
    """Take records out."""


@app.command("tickets")
def tickets(
    out: Annotated[Path, typer.Option(help="FILE.csv or FILE.xlsx")],
    timezone: Annotated[str, typer.Option(help="Zone of the times written.")] = "Asia/Shanghai",
    reason: Annotated[str, typer.Option(help="What for; the register keeps it.")] = "",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Export all tickets with their clocks, as CSV or XLSX, the newest first."""
    if out.suffix.lower() not in SUFFIXES:
        raise typer.BadParameter(f"{out.name} ends neither in .csv nor in .xlsx", param_hint="--out")
    zone = _zone(timezone)
    count = 0
    try:
        with (
            open_sheet(out) as sheet,
            admin_connection() as connection,
            Progress(console=Console(stderr=True), transient=True) as progress,
        ):
            task = progress.add_task(out.name, total=None)
            for reached in export_tickets(connection, sheet, zone, reason=reason):
                count = reached.done
                progress.update(task, completed=reached.done, total=reached.total)
    except TooManyRows as error:
        raise typer.BadParameter(str(error), param_hint="--out") from error
    answer({"rows": count}, as_json)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # unknown, no name at all, or a folder of names
        raise typer.BadParameter(
            f"there is no time zone {name!r}; write one as Asia/Shanghai", param_hint="--timezone"
        ) from error
