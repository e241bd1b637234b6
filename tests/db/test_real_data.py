"""Real records, where a developer's machine has them: nothing of them is kept in the project."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from chinese_calendar import is_workday

from db.admin.exporting import export_tickets
from db.admin.importing import Outcome, Rejects, import_tickets
from db.admin.mapping import TICKET_MAPS
from db.admin.verify import verify_clocks
from db.sheet import open_sheet

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not on this machine"),
]


def source_rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def exported(owner: psycopg.Connection, name: str, folder: Path) -> tuple[Outcome, dict[str, dict[str, str]]]:
    """Import a set and return what became of it and its exported rows by external number."""
    rejects = Rejects(folder / "rejects.csv")
    *_, outcome = import_tickets(
        owner, DATA / f"{name}.csv", TICKET_MAPS.load(name), district="370211", rejects=rejects
    )
    rejects.close()
    with open_sheet(folder / "out.csv") as sheet:
        list(export_tickets(owner, sheet, ZoneInfo("Asia/Shanghai")))
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return outcome, {row["external_number"]: row for row in csv.DictReader(file)}


def moment(text: str) -> datetime:
    for form in ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d"):
        try:
            return datetime.strptime(text.strip(), form)  # noqa: DTZ007 - days are counted, not moments
        except ValueError:
            continue
    raise AssertionError(text)


def workdays(start: date, end: date) -> int:
    """Count by chinesecalendar, day by day."""
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def test_messages_are_answered_as_an_independent_count_says(
    owner: psycopg.Connection, tmp_path: Path
) -> None:
    outcome, rows = exported(owner, "messages_with_replies", tmp_path)
    assert outcome.rejected == 0
    wrong = []
    for message in source_rows("messages_with_replies"):
        row = rows[message["留言编号"]]
        asked, answered = moment(message["留言时间"]).date(), moment(message["答复时间"]).date()
        # The fifth working day counts whole; a rest day behind it is late although no working day was added.
        is_late = workdays(asked, answered - timedelta(days=1)) >= 5
        if int(row["workdays_to_answer"]) != workdays(asked, answered) or bool(row["red_since"]) != is_late:
            wrong.append(message["留言编号"])
    assert wrong == []
    report = verify_clocks(owner)
    assert (report.checked, report.mismatches) == (outcome.imported, [])


def test_boston_flags_equal_the_stored_moments(owner: psycopg.Connection, tmp_path: Path) -> None:
    outcome, rows = exported(owner, "boston_311_sample", tmp_path)
    assert outcome.rejected == 0
    flagged = [
        request
        for request in source_rows("boston_311_sample")
        if request["target_dt"] and request["closed_dt"] and request["ontime"]
    ]
    wrong = [
        request["case_enquiry_id"]
        for request in flagged
        if bool(rows[request["case_enquiry_id"]]["red_since"]) != (request["ontime"] == "OVERDUE")
    ]
    assert flagged
    assert wrong == []


def test_pingshan_lands_whole(owner: psycopg.Connection, tmp_path: Path) -> None:
    outcome, rows = exported(owner, "pingshan_tickets", tmp_path)
    assert (outcome.read, outcome.imported, outcome.rejected) == (len(rows), len(rows), 0)
    overdue = owner.execute(
        "select count(*) from core.event where action = 'import' and payload->>'source_flag' = 'OVERDUE'"
    ).fetchone()
    assert overdue == (sum(row["OVERTIME_ARCHIVE_NUM"] == "1" for row in source_rows("pingshan_tickets")),)
