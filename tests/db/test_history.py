"""Figures over all years: cells and what is counted one by one are together what the list holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import psycopg
import pytest
from hall import OPERATOR, Hall
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from past import KEYS, KINDS, LIMITS, READERS, SPANS, Desks, Row, World, figures, listed, live, sweep, told
from psycopg.types.json import Jsonb

from db.admin.verify import verify_rollup

numbers = st.integers(0, 200)
steps = st.lists(st.tuples(st.sampled_from(KINDS), numbers, numbers), max_size=40)


def compare(desks: Desks, wanted: Row, groupings: Iterable[str] = KEYS) -> None:
    """Hold every reader's figures and counts against the list."""
    for login in READERS:
        rows = listed(desks[login], wanted)
        for by in groupings:
            assert told(desks[login], wanted, by) == figures(rows, by), (login, wanted, by)
        counts = desks[login].execute("select api.history_counts(%s) as c", [Jsonb(wanted)]).fetchone()["c"]
        assert counts["total"] == len(rows)
        assert counts["states"] == Counter(row["state"] for row in rows)
        assert counts["lights"] == {light: sum(row["light"] == light for row in rows) for light in "RYG-"}


@pytest.mark.once
@settings(
    max_examples=10, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(before=steps, after=steps, limit=st.sampled_from([1000, 7]), data=st.data())
def test_figures_of_any_history_filter_and_reader_are_those_of_the_list(
    world: World,
    before: list[tuple[str, int, int]],
    after: list[tuple[str, int, int]],
    limit: int,
    data: st.DataObject,
) -> None:
    owner, desks = world
    live(owner, before)
    sweep(desks, limit)
    live(owner, after)
    # every grouping of everything is compared below, span by span; here the history is another each time
    some = data.draw(st.lists(st.sampled_from(sorted(KEYS)), min_size=2, max_size=3, unique=True))
    compare(desks, {}, some)
    compare(desks, data.draw(st.sampled_from(SPANS)) | data.draw(st.sampled_from(LIMITS)))
    served = (
        desks[OPERATOR].execute("select api.unrolled('{\"open_only\": false}', 'unit') as ids").fetchone()
    )
    assert served["ids"] is not None  # the figures above did come from cells
    assert owner.execute("select * from core.verify_rollup()").fetchall() == []


@pytest.mark.once
@pytest.mark.parametrize("span", SPANS)
def test_figures_of_a_span_of_days_are_those_of_the_list(world: World, span: Row) -> None:
    sweep(world[1], 1000)
    compare(world[1], span)


def test_worker_counts_what_is_closed_and_verify_finds_a_cell_that_lies(hall: Hall) -> None:
    ticket = hall.at("archived")
    assert [each["what"] for each in mismatches(hall)] == ["not counted yet"]
    hall.owner.execute("select api.sweep_rollup(100)")
    assert mismatches(hall) == []
    assert told(hall.desk(OPERATOR), {"open_only": False}, "state")["ARCHIVED"][0] == 1
    hall.owner.execute("update core.rollup set tickets = 2")
    assert [each["what"] for each in mismatches(hall)] == ["2 tickets, rows say 1"]
    hall.owner.execute("update core.rolled set days = 7 where ticket_id = %s", [ticket])
    assert str(ticket) in {each["where"] for each in mismatches(hall)}


def mismatches(hall: Hall) -> list[dict[str, str]]:
    """Ask as `liangdeng verify rollup` does."""
    with psycopg.connect(hall.owner.info.dsn, password=hall.owner.info.password) as connection:
        return verify_rollup(connection).mismatches


def test_cells_that_missed_changes_are_not_used_and_counted_anew(hall: Hall) -> None:
    hall.at("archived")
    hall.owner.execute("select api.sweep_rollup(100)")
    first = hall.at("void")
    hall.owner.execute("delete from core.change")  # as after days without a worker
    hall.owner.execute("update core.feed set floor = pg_snapshot_xmax(pg_current_snapshot())")
    hall.open()
    serves = "select api.unrolled('{\"open_only\": false}', '') as ids"
    assert hall.call(OPERATOR, serves) == [{"ids": None}]
    assert told(hall.desk(OPERATOR), {}, "")[""][0] == 3
    while hall.value("select api.sweep_rollup(2)") == 2:
        pass
    assert hall.call(OPERATOR, serves)[0]["ids"] is not None
    assert hall.value("select count(*) from core.rolled where ticket_id = %s", first) == 1


def test_new_calendar_counts_the_working_days_again(hall: Hall) -> None:
    hall.at("archived")
    hall.owner.execute("select api.sweep_rollup(100)")
    hall.owner.execute("update core.workday set name = name where day = '2026-01-01'")
    assert hall.call(OPERATOR, "select api.unrolled('{\"open_only\": false}', '') as ids") == [{"ids": None}]


@pytest.mark.parametrize(
    "query", ["select api.sweep_rollup(1)", "select * from core.rollup", "select core.unrolled()"]
)
def test_cells_are_the_worker_s_alone(hall: Hall, query: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        hall.call(OPERATOR, query)


def test_totals_of_many_filters_are_those_of_each(
    world: World,
) -> None:
    wanted = {str(n): limit for n, limit in enumerate((*LIMITS, {"open_only": False}, {"kinds": ["help"]}))}
    for login in READERS:
        totals = world[1][login].execute("select api.list_totals(%s) as t", [Jsonb(wanted)]).fetchone()["t"]
        for name, each in wanted.items():
            query = "queue" if each.get("open_only", True) else "history"
            alone = f"select api.{query}_counts(%s)->'total' as n"
            assert totals[name] == world[1][login].execute(alone, [Jsonb(each)]).fetchone()["n"], (
                login,
                each,
            )


def test_unknown_grouping_is_refused(hall: Hall) -> None:
    with pytest.raises(psycopg.Error) as caught:
        told(hall.desk(OPERATOR), {}, "title")
    assert caught.value.sqlstate == "LD003"
