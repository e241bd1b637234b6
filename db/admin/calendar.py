"""`liangdeng db calendar`: load a year's holiday notice and recompute what it moves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from db.admin.context import admin_connection
from db.admin.map_file import NO_TEXT
from db.admin.output import JsonFlag, answer
from db.seed.calendar import load_calendar, notice_day


class NoticeProblem(ValueError):
    """The notice file cannot be used."""


@dataclass(frozen=True)
class Notice:
    """One year's notice: its title and the days it sets, in the form core.load_notice takes."""

    year: int
    title: str
    days: tuple[dict[str, object], ...]


@dataclass(frozen=True)
class Move:
    """A due moment that moves."""

    number: str
    clock: str
    old_due_at: datetime | None
    new_due_at: datetime | None


def read_notice(text: str, title: str | None = None) -> Notice:
    """Read the holiday-cn format: {"year", "days": [{"name", "date", "isOffDay"}]}."""
    try:
        data = json.loads(text)
        year = int(data["year"])
        given = [
            (date.fromisoformat(day["date"]), bool(day["isOffDay"]), str(day["name"])) for day in data["days"]
        ]
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise NoticeProblem(f"not a holiday-cn file: {error!r}") from error
    if not given:
        raise NoticeProblem(f"the notice of {year} names no days yet")
    if any(NO_TEXT.search(holiday) for _, _, holiday in given):
        raise NoticeProblem("a holiday's name has characters that are no text")
    if len({day for day, _, _ in given}) < len(given):
        raise NoticeProblem("a day is named twice")
    for day, _, _ in given:
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise NoticeProblem(f"{day} is neither in {year} nor in the December before")
    name = title or f"国务院办公厅关于{year}年部分节假日安排的通知"
    return Notice(
        year, name, tuple(notice_day(day, not is_off, holiday, name) for day, is_off, holiday in given)
    )


def load_notice(connection: psycopg.Connection[Any], notice: Notice, *, dry_run: bool = False) -> list[Move]:
    """Load the notice and recompute open tickets; a dry run only returns what would move."""
    with connection.transaction(force_rollback=dry_run):
        load_calendar(connection)
        years = connection.execute("select min(year), max(year) + 1 from core.calendar_notice").fetchone()
        first, following = years or (0, 0)
        if not first <= notice.year <= following:
            raise NoticeProblem(f"the calendar takes notices of {first} to {following} now")
        connection.execute(
            "select core.load_notice(%s, %s, %s)", [notice.year, notice.title, Jsonb(list(notice.days))]
        )
        connection.execute("select core.refresh_wd_no()")
        with connection.cursor(row_factory=class_row(Move)) as cursor:
            return cursor.execute(
                "select number, clock, old_due_at, new_due_at from core.recompute_open(%s, %s)",
                [notice.title, dry_run],
            ).fetchall()


def load(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A year in the holiday-cn format.")
    ],
    title: Annotated[
        str | None, typer.Option(help="The notice's title, when it is not the usual one.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show the due moments that would move.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Load a year's notice: recompute open tickets and log every due moment that moves."""
    try:
        notice = read_notice(file.read_text("utf-8"), title)
        with admin_connection() as connection:
            moves = load_notice(connection, notice, dry_run=dry_run)
    except (NoticeProblem, UnicodeDecodeError) as problem:
        raise typer.BadParameter(str(problem), param_hint="FILE") from problem
    answer(
        {
            "year": notice.year,
            "title": notice.title,
            "days": len(notice.days),
            "dry_run": dry_run,
            "moved": [_shown(move) for move in moves],
        },
        as_json,
    )


def _shown(move: Move) -> dict[str, str | None]:
    return {
        "number": move.number,
        "clock": move.clock,
        "old_due_at": move.old_due_at.isoformat() if move.old_due_at else None,
        "new_due_at": move.new_due_at.isoformat() if move.new_due_at else None,
    }
