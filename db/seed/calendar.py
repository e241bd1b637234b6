"""Load the shipped working-day calendar; notices an administrator loaded stay as they are."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

FOLDER = Path(__file__).parent / "data" / "calendar"


def notice_day(day: date, working: bool, name: str, title: str) -> dict[str, object]:
    """Return one day as core.load_notice wants it, with the words shown beside it."""
    effect = "调休上班" if working else "放假"
    return {"day": day.isoformat(), "working": working, "name": name, "notice": f"{title}：{name}{effect}"}


def load_calendar(connection: psycopg.Connection[Any]) -> int:
    """Load every shipped notice the database lacks, and provisional years behind; return how many notices."""
    titles, years = _titles()
    days: dict[int, list[dict[str, object]]] = defaultdict(list)
    for row in _rows("days.csv"):
        code = row["notice"]
        day = date.fromisoformat(row["day"])
        days[years[code]].append(notice_day(day, row["working"] == "1", row["name"], titles[code]))
    with connection.transaction():
        known = {year for (year,) in connection.execute("select year from core.calendar_notice")}
        missing = sorted(days.keys() - known)
        if not missing:
            return 0
        for year in missing:
            connection.execute(
                "select core.load_notice(%s, %s, %s)", [year, titles[str(year)], Jsonb(days[year])]
            )
        connection.execute("select core.refresh_wd_no()")
        connection.execute("select count(*) from core.recompute_open('shipped calendar', false)")
    return len(missing)


def _titles() -> tuple[dict[str, str], dict[str, int]]:
    rows = _rows("notices.csv")
    return {row["code"]: row["title"] for row in rows}, {row["code"]: int(row["year"]) for row in rows}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
