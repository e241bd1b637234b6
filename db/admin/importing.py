"""``liangdeng import tickets``: other people's records become tickets, each row once."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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
NOTES = ("line", "column", "reason")
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
        self.path = path
        self._file: Any = None

    def add(self, row: Row, column: str, reason: str) -> None:
        """Write one refused row."""
        if self._file is None:
            self._file = self._made()
            csv.writer(self._file).writerow([*NOTES, *_cells(row)])
        csv.writer(self._file).writerow([row.line, column, reason, *_cells(row).values()])

    def _made(self) -> Any:
        try:  # half a character of somebody's JSON is written as its escape
            return self.path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="")
        except OSError as error:
            raise BadFile(
                f"refused rows cannot be written to {self.path} ({error.strerror}):"
                " name another file with --rejects"
            ) from error

    def close(self) -> None:
        """Close the file if one was made."""
        if self._file is not None:
            self._file.close()


def _cells(row: Row) -> dict[str, str]:
    """Return the row as it was, without what an earlier import said of it: a mended file may be refused."""
    is_refused_anew = tuple(row.cells)[: len(NOTES)] == NOTES
    return {name: text for name, text in row.cells.items() if not (is_refused_anew and name in NOTES)}


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
    missing = sorted(field_map.columns() - set(header_of(path)))
    if missing:
        raise BadMap(f"{path} has no column {', '.join(missing)}")
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
    with importing(file, rejects, as_json) as progress:
        field_map = TICKET_MAPS.load(map_) if map_ else TICKET_MAPS.recognise(header_of(file))
        with admin_connection() as connection:
            progress.follow(
                import_tickets(
                    connection, file, field_map, district=district, rejects=progress.rejects, dry_run=dry_run
                )
            )


class Importing:
    """An import on its way: where refused rows go, and how far it is."""

    def __init__(self, file: Path, rejects: Rejects, screen: Console) -> None:
        self.rejects = rejects
        self.outcome = Outcome()
        self._file = file
        self._screen = screen

    def follow(self, steps: Iterable[Outcome]) -> None:
        """Let it go on to its end and show how far it is."""
        with Progress(console=self._screen, transient=True) as bar:
            task = bar.add_task(self._file.name, total=None)
            for outcome in steps:
                self.outcome = outcome
                bar.update(task, completed=outcome.read)


@contextmanager
def importing(file: Path, rejects: Path | None, as_json: bool) -> Iterator[Importing]:
    """Say in words why an import cannot be or go on, or else what became of it.

    Exit status 1 when rows were refused, 2 when the file or the map was.
    """
    if rejects and rejects.exists() and rejects.samefile(file):
        raise typer.BadParameter("this is the file to import", param_hint="--rejects")
    if rejects and not rejects.parent.is_dir():
        raise typer.BadParameter("there is no such folder", param_hint="--rejects")
    screen = Console(stderr=True)
    here = Importing(file, Rejects(rejects or _file_beside(file)), screen)
    try:
        yield here
    except (BadMap, BadFile) as error:
        screen.print(str(error), style="red", markup=False)
        if here.outcome.read:
            screen.print(
                f"{here.outcome.read} rows before that are dealt with: the whole file, once mended, can be"
                " imported again, and what is in counts as unchanged."
            )
        raise typer.Exit(2) from error
    finally:
        here.rejects.close()
    outcome = here.outcome
    outcome.rejects = str(here.rejects.path) if outcome.rejected else None
    answer(asdict(outcome), as_json)
    if outcome.rejected:
        raise typer.Exit(1)


def _file_beside(file: Path) -> Path:
    """Name the reject file: beside the input, or in the working folder where that cannot be written."""
    folder = file.parent if os.access(file.parent, os.W_OK) else Path.cwd()
    return folder / f"{file.stem}.rejects.csv"
