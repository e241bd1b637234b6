"""`liangdeng verify`: recompute what the rows say from the events and report what differs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import typer
from psycopg.rows import dict_row

from db.admin import clock_model as model
from db.admin import evidence
from db.admin.context import admin_connection
from db.admin.output import JsonFlag, answer

app = typer.Typer(help="Recompute everything from the events and report mismatches.")
app.command("audit")(evidence.audit)
app.command("seal")(evidence.seal)
app.command("anchors")(evidence.anchors)

COLUMNS = ("contact_due_at", "answer_due_at", "due_at", "yellow_at", "red_at", "due_provisional")

EVENTS = """
select e.district_id, e.ticket_id, e.recorded_at, e.facts - '{title,body,place_text,asked}'::text[] as facts,
  t.number, t.contact_due_at, t.answer_due_at, t.due_at, t.yellow_at, t.red_at, t.due_provisional
from core.event e join core.ticket t on t.district_id = e.district_id and t.id = e.ticket_id
order by e.district_id, e.ticket_id, e.seq
"""


@dataclass
class Report:
    """What was checked and what differs."""

    checked: int = 0
    mismatches: list[dict[str, str]] = field(default_factory=list)

    def differs(self, where: str, what: str) -> None:
        """Note one difference."""
        self.mismatches.append({"what": what, "where": where})


def verify_clocks(connection: psycopg.Connection[Any]) -> Report:
    """Recompute the clock columns of every ticket from its events, in Python over the calendar's days."""
    report = Report()
    with connection.transaction():
        rules = rules_of(connection)
        modes = dict(connection.execute("select code, clock from core.state").fetchall())
        for events in _tickets(connection):
            report.checked += 1
            last = events[-1]
            expected = _fold_clocks(rules[last["district_id"]], modes, events)
            for column in COLUMNS:
                if expected[column] != last[column]:
                    report.differs(last["number"], f"{column}: {last[column]}, recomputed {expected[column]}")
    return report


def verify_rollup(connection: psycopg.Connection[Any]) -> Report:
    """Compare the counts of closed tickets with the tickets."""
    row = connection.execute("select count(*) from core.rollup").fetchone()
    report = Report(checked=row[0] if row else 0)
    for what, where in connection.execute('select what, "where" from core.verify_rollup()'):
        report.differs(where, what)
    return report


def verify_fold(connection: psycopg.Connection[Any]) -> Report:
    """Compare every ticket row and its custody with the fold of its events."""
    row = connection.execute("select count(*) from core.ticket").fetchone()
    report = Report(checked=row[0] if row else 0)
    for what, where in connection.execute('select what, "where" from core.verify_fold()'):
        report.differs(where, what)
    return report


def _tickets(connection: psycopg.Connection[Any]) -> Iterator[list[dict[str, Any]]]:
    with connection.cursor("verify_events", row_factory=dict_row) as cursor:
        cursor.itersize = 5000
        for _, events in groupby(cursor.execute(EVENTS), key=itemgetter("district_id", "ticket_id")):
            yield list(events)


def rules_of(connection: psycopg.Connection[Any]) -> dict[int, model.Rules]:
    """Read the calendar and hours of every district, former closing times included."""
    days = {
        day: model.Day(working, provisional, known_at)
        for day, working, provisional, known_at in connection.execute(
            "select w.day, w.working, w.provisional, n.loaded_at"
            " from core.workday w left join core.calendar_notice n on n.year = w.notice_year"
        )
    }
    rules = {}
    for district, zone in connection.execute("select id, tz from core.district").fetchall():
        settings = dict(
            connection.execute(
                "select key, value from core.setting where district_id = %s", [district]
            ).fetchall()
        )
        closings = connection.execute(
            "select at, old_value #>> '{}' from audit.setting_change"
            " where district_id = %s and what = 'setting day_end' order by at",
            [district],
        ).fetchall()
        rules[district] = model.Rules(
            days,
            ZoneInfo(zone),
            settings.get("day_end", "24:00"),
            settings.get("yellow_workdays", 1),
            closings,
        )
    return rules


def _fold_clocks(rules: model.Rules, modes: dict[str, str], events: list[dict[str, Any]]) -> dict[str, Any]:
    """Fold the events; a clock that has ended is remembered as it stood then."""
    facts: dict[str, Any] = {}
    contact_end: model.Ended | None = None
    answer_end: model.Ended | None = None
    for event in events:
        facts |= event["facts"]
        contact, answer_clock = _clocks(facts)
        closed = facts.get("closed_at") is not None
        contact_end = _ended(contact_end, contact, closed or facts.get("contacted_at") is not None, event)
        answer_end = _ended(answer_end, answer_clock, closed or facts.get("answered_at") is not None, event)
    return model.light_times(
        rules, facts["state"], modes[facts["state"]], contact, answer_clock, (contact_end, answer_end)
    )


def _ended(
    before: model.Ended | None, clock: model.Clock, has_ended: bool, event: dict[str, Any]
) -> model.Ended | None:
    return (before or model.Ended(clock, event["recorded_at"])) if has_ended else None


def _clocks(facts: dict[str, Any]) -> tuple[model.Clock, model.Clock]:
    held = _spans(facts.get("held") or "{}")
    return (
        model.Clock(
            _moment(facts.get("contact_from")),
            facts.get("contact_workdays"),
            facts.get("contact_hours"),
            held,
        ),
        model.Clock(
            _moment(facts.get("answer_from")),
            facts.get("answer_workdays"),
            facts.get("answer_hours"),
            held,
            _moment(facts.get("answer_fixed_at")),
        ),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _spans(multirange: str) -> tuple[model.Span, ...]:
    """Read PostgreSQL's text of a multirange: {["2026-…","2026-…"),["2026-…",)}."""
    return tuple(
        (_moment(low), _moment(high))
        for low, high in re.findall(r'[\[(]"?([^",]*)"?,"?([^",)\]]*)"?[)\]]', multirange)
    )


def _tell(report: Report, as_json: bool) -> None:
    answer({"checked": report.checked, "mismatches": report.mismatches}, as_json)
    if report.mismatches:
        raise typer.Exit(1)


@app.command()
def clocks(as_json: JsonFlag = False) -> None:
    """Recompute every due moment and light."""
    with admin_connection() as connection:
        connection.isolation_level = (
            psycopg.IsolationLevel.REPEATABLE_READ
        )  # calendar and tickets of one moment
        _tell(verify_clocks(connection), as_json)


@app.command()
def fold(as_json: JsonFlag = False) -> None:
    """Rebuild every ticket from its events."""
    with admin_connection() as connection:
        _tell(verify_fold(connection), as_json)


@app.command()
def rollup(as_json: JsonFlag = False) -> None:
    """Count closed tickets again and compare with what the worker has counted."""
    with admin_connection() as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        _tell(verify_rollup(connection), as_json)
