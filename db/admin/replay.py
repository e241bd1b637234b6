"""``liangdeng replay``: play a file's messages as live traffic through ``api.submit_report``.

A training room or a bench gets a day at work: with times in the file the gaps between messages are kept
and divided by ``--speed``; without times messages arrive ``--per-minute`` times the speed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
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
from db.admin.tables import BadFile, header_of, rows_of

SOURCE = {"code": "replay", "name_zh": "回放", "name_en": "Replay"}
app = typer.Typer()


@dataclass
class Played:
    """What a replay did."""

    read: int = 0
    created: int = 0
    known: int = 0
    refused: int = 0


def messages(
    path: Path, field_map: FieldMap, *, speed: float, per_minute: float
) -> Iterator[tuple[float, dict[str, Any] | None]]:
    """Yield (seconds to wait before it, report or None for an unusable row) in the order of their times."""
    rows: list[tuple[str, dict[str, Any] | None]] = []
    for row in rows_of(path):
        try:
            if row.problem:
                raise BadCell("", row.problem)
            ticket = field_map.convert(row.cells, needs_time=False)
        except BadCell:
            rows.append(("", None))
        else:
            rows.append((ticket.get("created_at", ""), ticket))
    rows.sort(key=lambda pair: pair[0])
    before: datetime | None = None
    for stamp, report in rows:
        at = datetime.fromisoformat(stamp) if stamp else None
        gap = (at - before).total_seconds() if at and before else 60 / per_minute
        before = at or before
        yield max(gap, 0.0) / speed, report


def report_of(ticket: dict[str, Any]) -> dict[str, Any]:
    """Turn a mapped row into the payload of api.submit_report, as if it were written now."""
    payload = {
        "kind": ticket.get("kind", "help"),
        "channel": ticket.get("channel", "platform"),
        "title": ticket["title"],
        "body": ticket.get("body") or ticket["title"],
        "place_text": ticket.get("place_text", ""),
        "caller": {"anonymous": True},
    }
    return payload | {key: ticket[key] for key in ("lon", "lat") if key in ticket}


def ensure_source(connection: psycopg.Connection[Any], district: str) -> None:
    """Make the source the messages come from; an import of nothing does it."""
    connection.execute("select from api.import_tickets(%s, %s, '[]')", [district, Jsonb(SOURCE)])


def submit(connection: psycopg.Connection[Any], number: str, ticket: dict[str, Any]) -> bool:
    """Hand one report in; True when it made a new ticket."""
    row = connection.execute(
        "select api.submit_report(%s, %s, %s)", [SOURCE["code"], number, Jsonb(report_of(ticket))]
    ).fetchone()
    assert row is not None
    return bool(row[0]["created"])


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    speed: Annotated[float, typer.Option(min=0.001, help="How many times faster than in the file.")] = 60.0,
    map_: Annotated[str, typer.Option("--map", help="A map that ships, or a TOML file.")] = "",
    per_minute: Annotated[
        float, typer.Option(min=0.001, help="Pace at speed 1 where the file has no times.")
    ] = 4.2,
    district: Annotated[str, typer.Option(help="Code of the district that gets the messages.")] = "370211",
    longest_gap: Annotated[float, typer.Option(min=0, help="Seconds no pause is longer than.")] = 30.0,
    limit: Annotated[int, typer.Option(min=0, help="Stop after so many messages; 0: play all.")] = 0,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Play a file's messages as live traffic; Ctrl+C ends it, and what arrived stays."""
    played = Played()
    screen = Console(stderr=True)
    pause = threading.Event()
    try:
        field_map = TICKET_MAPS.load(map_) if map_ else TICKET_MAPS.recognise(header_of(file))
        with admin_connection() as connection, Progress(console=screen, transient=True) as progress:
            task = progress.add_task(file.name, total=None)
            ensure_source(connection, district)
            feed = messages(file, field_map, speed=speed, per_minute=per_minute)
            for wait_s, ticket in islice(feed, limit or None):
                pause.wait(min(wait_s, longest_gap))
                played.read += 1
                _play(connection, ticket, field_map.name, played, screen)
                progress.update(task, completed=played.read)
    except KeyboardInterrupt:
        screen.print("stopped")
    except (BadMap, BadFile) as error:
        screen.print(str(error), style="red", markup=False)
        raise typer.Exit(2) from error
    answer(asdict(played), as_json)
    if played.refused:
        raise typer.Exit(1)


def _play(
    connection: psycopg.Connection[Any],
    ticket: dict[str, Any] | None,
    file: str,
    played: Played,
    screen: Console,
) -> None:
    if ticket is None:
        played.refused += 1
        return
    try:
        created = submit(connection, f"{file}-{ticket['number']}", ticket)
    except psycopg.errors.Error as error:
        if not (error.sqlstate or "").startswith("LD"):
            raise
        played.refused += 1
        screen.print(f"{ticket['number']}: {error.diag.message_primary}", markup=False)
    else:
        played.created += created
        played.known += not created
