"""`liangdeng verify audit`, `seal` and `anchors`: proof of what was written, even against its owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, LiteralString

import psycopg
import typer
from psycopg.rows import class_row

from db.admin.context import admin_connection
from db.admin.output import JsonFlag, answer
from db.anchor import Anchor

SEAL_AT_ONCE = 100_000  # links of one anchor

HEADING = (
    "# Anchors of a Liangdeng database: number, time, links sealed, seal.",
    "# Each seal holds everything sealed before it. Keep this away from the server and compare with",
    "# `liangdeng verify audit --against FILE`.",
)


@dataclass(frozen=True)
class Break:
    """Something that is not as it was written."""

    what: str
    where: str
    at: datetime | None = None
    anchor: int | None = None


def seal_all(connection: psycopg.Connection[Any]) -> int:
    """Set anchors until everything is sealed; how many links that were."""
    total = 0
    while links := _number(connection, "select core.seal(%s)", SEAL_AT_ONCE):
        total += links
    return total


def anchors_of(connection: psycopg.Connection[Any]) -> list[Anchor]:
    """Return every anchor, the oldest first."""
    with connection.cursor(row_factory=class_row(Anchor)) as cursor:
        return cursor.execute("select id, at, links, hash from audit.anchor order by id").fetchall()


def breaks_of(connection: psycopg.Connection[Any]) -> list[Break]:
    """Return whatever contradicts chains and anchors, the earliest first."""
    with connection.cursor(row_factory=class_row(Break)) as cursor:
        return cursor.execute('select what, "where", at, anchor from core.verify_audit()').fetchall()


def differences(kept: Iterable[Anchor], found: Iterable[Anchor]) -> Iterator[Break]:
    """Compare anchors kept elsewhere with those of the database."""
    by_number = {anchor.id: anchor for anchor in found}
    for anchor in kept:
        here = by_number.get(anchor.id)
        if here != anchor:
            what = "anchor missing" if here is None else "anchor differs from the file"
            yield Break(what, f"anchor {anchor.id}", anchor.at, anchor.id)


def read_anchors(path: Path) -> list[Anchor]:
    """Read a printed list."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [Anchor.read(line) for line in lines if line and not line.startswith("#")]


def audit(
    against: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Anchors kept elsewhere.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Check that nothing was changed or removed, and name the first broken link."""
    with admin_connection() as connection:
        checked = _number(
            connection, "select (select count(*) from core.event) + (select count(*) from audit.entry)"
        )
        breaks = breaks_of(connection)
        if against is not None:
            try:
                kept = read_anchors(against)
            except ValueError as error:
                raise typer.BadParameter(f"{against} is not a list of anchors: {error}") from error
            breaks = sorted([*breaks, *differences(kept, anchors_of(connection))], key=_moment)
    rows = [asdict(found) for found in breaks]
    answer({"checked": checked, "mismatches": rows, "first": rows[0] if rows else None}, as_json)
    if breaks:
        raise typer.Exit(1)


def seal(as_json: JsonFlag = False) -> None:
    """Set an anchor over everything that none covers yet."""
    with admin_connection() as connection:
        links = seal_all(connection)
        last = anchors_of(connection)[-1:]
    answer({"links": links, "anchor": last[0].line() if last else None}, as_json)


def anchors(
    out: Annotated[Path, typer.Option(help="Text file to print, mail or carry away.", dir_okay=False)],
    as_json: JsonFlag = False,
) -> None:
    """Write all anchors as text; kept away from the server they prove what the server said today."""
    with admin_connection() as connection:
        found = anchors_of(connection)
    out.write_text("\n".join((*HEADING, *(anchor.line() for anchor in found), "")), "utf-8")
    answer({"anchors": len(found)}, as_json)


def _moment(found: Break) -> datetime:
    return found.at or datetime.max.replace(tzinfo=UTC)


def _number(connection: psycopg.Connection[Any], query: LiteralString, *values: object) -> int:
    row = connection.execute(query, values).fetchone()
    return int(row[0]) if row else 0
