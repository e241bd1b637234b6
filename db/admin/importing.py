"""``liangdeng import tickets``: other people's records become tickets, each row once."""

from __future__ import annotations

import csv
import errno
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from psycopg.types.json import Jsonb
from rich.console import Console
from rich.progress import Progress

from db.admin.context import admin_connection
from db.admin.map_file import BadCell, BadMap
from db.admin.mapping import TICKET_MAPS, FieldMap
from db.admin.output import answer
from db.admin.tables import BadFile, Row, header_of, rows_of

CHUNK = 250
app = typer.Typer(no_args_is_help=True)


@dataclass
class Outcome:
    """What became of the rows of a file."""

    read: int = 0
    imported: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejects: str | None = None


class Rejects:
    """The reject file beside the input: line, column, reason, and the row as it was. Made when needed."""

    def __init__(self, path: Path) -> None:
        if not path.parent.is_dir():  # said before a row is imported
            raise NotADirectoryError(
                errno.ENOTDIR, "is no folder, so refused rows cannot go there", str(path.parent)
            )
        self.path = path
        self._file: Any = None

    def add(self, row: Row, column: str, reason: str) -> None:
        """Write one refused row."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._file).writerow(["line", "column", "reason", *row.cells])
        csv.writer(self._file).writerow([row.line, column, reason, *row.cells.values()])

    def close(self) -> None:
        """Close the file if one was made."""
        if self._file is not None:
            self._file.close()


def import_tickets(
    connection: psycopg.Connection[Any],
    path: Path,
    field_map: FieldMap,
    *,
    district: str,
    rejects: Rejects,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """Import `path`, yielding the running outcome after each chunk; each chunk is one transaction.

    Stopped half-way it can be started again: rows that are in already count as unchanged.
    """
    field_map.fit(path, header_of(path), field_map.columns())
    outcome = Outcome()
    rows = rows_of(path)
    seen: set[str] = set()
    while chunk := list(islice(rows, CHUNK)):
        outcome.read += len(chunk)
        good = list(_convert(chunk, field_map, seen, rejects, outcome))
        with connection.transaction(force_rollback=dry_run):
            _land(connection, good, field_map, district, rejects, outcome)
        yield outcome


def _convert(
    chunk: list[Row], field_map: FieldMap, seen: set[str], rejects: Rejects, outcome: Outcome
) -> Iterator[tuple[Row, dict[str, Any]]]:
    for row in chunk:
        try:
            if row.problem:
                raise BadCell("", row.problem)
            ticket = field_map.convert(row.cells)
            if ticket["number"] in seen:
                raise BadCell(field_map.fields["number"].strip("{}"), "this number stood in an earlier line")
        except BadCell as error:
            outcome.rejected += 1
            rejects.add(row, error.column, error.reason)
        else:
            seen.add(ticket["number"])
            yield row, ticket


def _land(
    connection: psycopg.Connection[Any],
    good: list[tuple[Row, dict[str, Any]]],
    field_map: FieldMap,
    district: str,
    rejects: Rejects,
    outcome: Outcome,
) -> None:
    source = {"code": field_map.source, "name_zh": field_map.source_zh, "name_en": field_map.source_en}
    results = connection.execute(
        "select row_no, result, field, problem from api.import_tickets(%s, %s, %s)",
        [district, Jsonb(source), Jsonb([ticket for _, ticket in good])],
    ).fetchall()
    for row_no, result, field, problem in results:
        if result == "imported":
            outcome.imported += 1
        elif result == "unchanged":
            outcome.unchanged += 1
        else:
            outcome.rejected += 1
            column = field_map.fields.get(field, field or "").replace("{", "").replace("}", "")
            rejects.add(good[row_no - 1][0], column, problem)


@app.callback()
def main() -> None:
    """Bring records of other systems in."""


@app.command("tickets")
def tickets(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    map_: Annotated[str, typer.Option("--map", help="A map that ships, or a TOML file.")] = "",
    district: Annotated[str, typer.Option(help="Code of the district the tickets belong to.")] = "370211",
    rejects: Annotated[Path | None, typer.Option(help="Where refused rows go.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Import tickets from a CSV (UTF-8, GB18030) or XLSX file; the same file twice changes nothing."""
    refused = Rejects(rejects or file_beside(file))
    outcome = Outcome()
    screen = Console(stderr=True)
    try:
        field_map = TICKET_MAPS.load(map_) if map_ else TICKET_MAPS.recognise(header_of(file))
        with admin_connection() as connection, Progress(console=screen, transient=True) as progress:
            task = progress.add_task(file.name, total=None)
            for outcome in import_tickets(
                connection, file, field_map, district=district, rejects=refused, dry_run=dry_run
            ):
                progress.update(task, completed=outcome.read)
    except (BadMap, BadFile) as error:
        screen.print(str(error), style="red", markup=False)
        raise typer.Exit(2) from error
    finally:
        refused.close()
    outcome.rejects = str(refused.path) if outcome.rejected else None
    answer(asdict(outcome), as_json)


def file_beside(file: Path) -> Path:
    """Name the reject file: beside the input, or in the working folder where that cannot be written."""
    folder = file.parent if os.access(file.parent, os.W_OK) else Path.cwd()
    return folder / f"{file.stem}.rejects.csv"
