"""The clocks of a ticket row: what runs, what is due when, when the light turns."""

from __future__ import annotations

from datetime import datetime, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moments import clock_facts, end_of, local, span, value
from psycopg.types.json import Jsonb

from db.admin import clock_model
from db.admin.verify import rules_of

FRIDAY = local("2026-05-08T10:00:00")
BOTH = {"contact_from": FRIDAY, "contact_workdays": 1, "answer_from": FRIDAY, "answer_workdays": 5}
ANSWER = {"answer_from": FRIDAY, "answer_workdays": 5}


def test_nothing_runs_before_dispatch(scratch: psycopg.Connection) -> None:
    facts = clock_facts(scratch, state="NEW")
    assert facts.pop("due_provisional") is False
    assert set(facts.values()) == {None}


def test_next_due_is_contact_until_contacted_then_answer(scratch: psycopg.Connection) -> None:
    first = clock_facts(scratch, **BOTH)
    assert (first["contact_due_at"], first["answer_due_at"]) == (end_of("2026-05-09"), end_of("2026-05-14"))
    assert first["due_at"] == end_of("2026-05-09")
    assert first["red_at"] == local("2026-05-10T00:00:00")
    assert clock_facts(scratch, **BOTH, contacted_at=FRIDAY)["due_at"] == end_of("2026-05-14")


def test_light_is_yellow_one_working_day_before_due(scratch: psycopg.Connection) -> None:
    assert clock_facts(scratch, **BOTH)["yellow_at"] == end_of("2026-05-08"), "the whole last day is yellow"
    assert clock_facts(scratch, **ANSWER)["yellow_at"] == end_of("2026-05-13")


def test_light_is_yellow_at_once_after_rest_day_dispatch(scratch: psycopg.Connection) -> None:
    sunday = local("2026-05-10T09:00:00")
    facts = clock_facts(scratch, contact_from=sunday, contact_workdays=1)
    assert facts["due_at"] == end_of("2026-05-11")
    assert facts["yellow_at"] == end_of("2026-05-09")


def test_yellow_setting_moves_the_light(scratch: psycopg.Connection) -> None:
    scratch.execute("update core.setting set value = '2' where key = 'yellow_workdays'")
    assert clock_facts(scratch, **ANSWER)["yellow_at"] == end_of("2026-05-12")
    assert clock_facts(scratch, **BOTH)["yellow_at"] == end_of("2026-05-07")


@pytest.mark.parametrize("state", ["REVIEW", "CALLBACK", "DONE", "ARCHIVED", "MERGED", "HOLD"])
def test_no_light_where_no_clock_runs(scratch: psycopg.Connection, state: str) -> None:
    facts = clock_facts(scratch, **BOTH, state=state)
    assert (facts["due_at"], facts["yellow_at"], facts["red_at"]) == (None, None, None)
    assert facts["answer_due_at"] == end_of("2026-05-14")


@pytest.mark.parametrize(
    ("state", "due"),
    [("SENT", "2026-05-09"), ("RETURN", "2026-05-09"), ("TRIAGE", "2026-05-14"), ("CONFER", "2026-05-14")],
)
def test_contact_clock_belongs_to_the_holding_unit(scratch: psycopg.Connection, state: str, due: str) -> None:
    assert clock_facts(scratch, **BOTH, state=state)["due_at"] == end_of(due)


def test_hour_clock_counts_from_the_moment_over_rest_days(scratch: psycopg.Connection) -> None:
    saturday = local("2026-05-02T23:30:15")
    facts = clock_facts(scratch, answer_from=saturday, answer_hours=24)
    assert facts["due_at"] == saturday + timedelta(hours=24)
    assert facts["yellow_at"] == saturday + timedelta(hours=12)
    assert facts["due_provisional"] is False


def test_hour_clock_stands_still_while_held(scratch: psycopg.Connection) -> None:
    held = span(FRIDAY + timedelta(hours=1), FRIDAY + timedelta(hours=4))
    facts = clock_facts(scratch, answer_from=FRIDAY, answer_hours=2, held=held)
    assert facts["due_at"] == FRIDAY + timedelta(hours=5)
    assert facts["yellow_at"] == FRIDAY + timedelta(hours=4)


def test_day_held_at_its_end_does_not_count(scratch: psycopg.Connection) -> None:
    over_night = span(local("2026-05-11T15:00:00"), local("2026-05-12T09:00:00"))
    within_day = span(local("2026-05-11T09:00:00"), local("2026-05-11T18:00:00"))
    assert clock_facts(scratch, **ANSWER, held=over_night)["due_at"] == end_of("2026-05-15")
    assert clock_facts(scratch, **ANSWER, held=within_day)["due_at"] == end_of("2026-05-14")


def test_hold_without_end_has_no_due_moment(scratch: psycopg.Connection) -> None:
    facts = clock_facts(scratch, **ANSWER, state="HOLD", held=span(local("2026-05-11T15:00:00"), None))
    assert (facts["answer_due_at"], facts["due_at"]) == (None, None)


def test_close_of_business_is_the_due_moment(scratch: psycopg.Connection) -> None:
    scratch.execute("update core.setting set value = '\"17:30\"' where key = 'day_end'")
    facts = clock_facts(scratch, **ANSWER)
    assert facts["due_at"] == local("2026-05-14T17:30:00")
    assert facts["yellow_at"] == local("2026-05-13T17:30:00")
    held = span(local("2026-05-11T18:00:00"), local("2026-05-12T09:00:00"))
    assert clock_facts(scratch, **ANSWER, held=held)["due_at"] == local("2026-05-14T17:30:00")


def test_fixed_moment_overrides_the_count(scratch: psycopg.Connection) -> None:
    fixed = local("2026-05-20T12:00:00")
    facts = clock_facts(scratch, **ANSWER, answer_fixed_at=fixed)
    assert (facts["due_at"], facts["yellow_at"]) == (fixed, end_of("2026-05-19"))
    beyond = local("2059-01-01T00:00:00")
    facts = clock_facts(scratch, **ANSWER, answer_fixed_at=beyond)
    assert (facts["due_at"], facts["yellow_at"]) == (beyond, beyond - timedelta(days=1))


def test_due_in_a_year_without_notice_is_provisional(scratch: psycopg.Connection) -> None:
    def provisional(start: str) -> object:
        return clock_facts(scratch, answer_from=local(start), answer_workdays=5)["due_provisional"]

    assert [provisional("2026-12-24T10:00:00"), provisional("2026-12-25T10:00:00")] == [False, True]


def test_ended_clock_keeps_its_due_moment(scratch: psycopg.Connection) -> None:
    kept = {"contact_due_at": end_of("2026-05-09"), "contacted_at": local("2026-05-09T20:00:00")}
    scratch.execute("update core.setting set value = '\"17:30\"' where key = 'day_end'")
    facts = clock_facts(scratch, **BOTH, **kept)
    assert facts["contact_due_at"] == end_of("2026-05-09")
    assert facts["answer_due_at"] == local("2026-05-14T17:30:00")


def test_deeper_category_then_kind_sets_the_policy(scratch: psycopg.Connection) -> None:
    def policy(code: str | None, kind: str) -> object:
        return value(
            scratch,
            """select (core.sla_for(1::smallint, (
                 select id from core.category where district_id = 1 and code = %s),
                 %s, 'phone', '2026-05-08')).basis""",
            code,
            kind,
        )

    scratch.execute(
        """insert into core.sla_policy (district_id, kind, contact_workdays, answer_workdays, basis)
           values (1, 'consult', 1, 1, 'consult')"""
    )
    assert str(policy("020101", "complaint")).endswith("（R219）"), "an item takes the policy of its class"
    assert str(policy(None, "complaint")).startswith("1-5-10")
    assert policy(None, "consult") == "consult"
    assert str(policy("020101", "consult")).endswith("（R219）")


MOMENTS = st.integers(0, 1100 * 86400).map(lambda n: local("2023-12-01T00:00:00") + timedelta(seconds=n))


@st.composite
def holds(draw: st.DrawFn) -> list[tuple[datetime, datetime]]:
    """Draw spans that neither overlap nor touch."""
    edges = sorted(draw(st.sets(MOMENTS, max_size=6)))
    return list(zip(edges[::2], edges[1::2], strict=False))


@pytest.mark.once
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=MOMENTS,
    count=st.integers(1, 40),
    held=holds(),
    day_end=st.sampled_from(["24:00", "17:30", "00:00"]),
    hours=st.integers(1, 200),
)
def test_sql_equals_walking_the_days(
    scratch: psycopg.Connection,
    start: datetime,
    count: int,
    held: list[tuple[datetime, datetime]],
    day_end: str,
    hours: int,
) -> None:
    scratch.execute("update core.setting set value = %s where key = 'day_end'", [Jsonb(day_end)])
    rules = rules_of(scratch)[1]
    text = "{" + ",".join(f"[{low.isoformat()},{high.isoformat()})" for low, high in held) + "}"
    facts = clock_facts(
        scratch,
        contact_from=start,
        contact_hours=hours,
        answer_from=start,
        answer_workdays=count,
        held=text,
    )
    contact = clock_model.Clock(start, None, hours, held)
    answer = clock_model.Clock(start, count, None, held)
    assert facts == clock_model.light_times(rules, "WORK", "run", contact, answer, (None, None))
