"""Figures over all years: cells and what is counted one by one are together what the list holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, WORKER, Hall
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb

from db.admin.context import demo_password
from db.admin.verify import verify_rollup
from db.embedded import Address

READERS = (OPERATOR, SUPERVISOR, TOWN, AREA, DEPT, OTHER_DEPT)
ZONE = ZoneInfo("Asia/Shanghai")
Desks = dict[str, psycopg.Connection[DictRow]]
Row = dict[str, Any]

KEYS = {
    "": lambda row: "",
    "month": lambda row: f"{row['created_at'].astimezone(ZONE):%Y-%m}",
    "unit": lambda row: row["handler_unit_id"],
    "town": lambda row: row["p_town"],
    "area": lambda row: row["p_area"],
    "domain": lambda row: row["domain_id"],
    "class": lambda row: row["class_id"],
    "item": lambda row: row["category_id"],
    "channel": lambda row: row["channel"],
    "kind": lambda row: row["kind"],
    "state": lambda row: row["state"],
}
IN_CELLS = frozenset(KEYS) - {"area", "item"}
ROWS = """
select t.*, r.workdays_to_answer as days, case when c.level = 3 then c.parent_id else c.id end as class_id
from api.tickets t join api.ticket_rows r using (id) left join api.categories c on c.id = t.category_id
where t.id = any (%s)
"""

# A random history, written as an import would: the columns the figures read, at any moment of three years.
OPEN = """
insert into core.ticket (district_id, id, number, state, is_open, kind, channel, source, title, body,
  created_by, created_at, updated_at, dispatched_at, category_id, domain_id)
select 1, to_char(%(at)s at time zone 'Asia/Shanghai', 'YYYYMM')::bigint * 100000000 + s.n,
  to_char(%(at)s at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || s.n,
  'WORK', true, (array['help','complaint','consult'])[1 + %(n)s %% 3],
  (array['phone','web','app'])[1 + %(n)s / 3 %% 3], 'd1_yht',
  '题', '文', 'd1_operator1', %(at)s, %(at)s, %(at)s, c.id, c.domain_id
from (select nextval('core.ticket_seq') as n) s,
  (select c.id, coalesce(c.domain_id, c.id) as domain_id from core.category c where c.district_id = 1
   order by c.id offset %(n)s %% 40 limit 1) c
returning id
"""
MOVE = """
update core.ticket t set version = version + 1, handler_unit_id = u.id,
  h_town = (f->>'h_town')::int, h_area = (f->>'h_area')::int,
  h_dept = (f->>'h_dept')::int, place_id = g.id, p_town = g.town_id, p_area = g.area_id, p_grid = g.grid_id
from core.unit u cross join lateral core.unit_facts(u.id) f,
  (select * from core.territory where district_id = 1 and level = 4 order by (area_id = %(area)s) desc, id
   offset %(n)s %% 3 * 700 limit 1) g
where t.id = %(id)s and u.id = %(unit)s
"""
CLOSE = """
update core.ticket set version = version + 1, is_open = false,
  state = (array['DONE','ARCHIVED','VOID'])[1 + %(n)s %% 3],
  answered_at = case when %(n)s %% 4 > 0 then created_at + %(n)s * interval '7 hours' end,
  answer_due_at = case when %(n)s %% 5 > 0 then created_at + interval '6 days' end,
  closed_at = created_at + interval '40 days',
  red_since = case when %(n)s > 20 then created_at + interval '6 days' end,
  due_at = null, yellow_at = null, red_at = null
where id = %(id)s
"""
REOPEN = """
update core.ticket set version = version + 1, is_open = true, state = 'WORK',
  answered_at = null, closed_at = null,
  answer_due_at = created_at + interval '6 days', due_at = created_at + interval '6 days',
  yellow_at = created_at + interval '5 days', red_at = created_at + interval '6 days 1 second'
where id = %(id)s
"""
ACCUSE = "update core.ticket set version = version + 1, accused_unit_id = %(unit)s where id = %(id)s"
ACCUSE_PERSON = "update core.ticket set version = version + 1, accused_login = %(login)s where id = %(id)s"
ASSIST = """
insert into core.custody (district_id, ticket_id, leg, unit_id, role, from_at)
values (1, %(id)s, 1, %(unit)s, 'assist', now()) on conflict do nothing
"""
STEPS = {
    "move": MOVE,
    "close": CLOSE,
    "reopen": REOPEN,
    "accuse": ACCUSE,
    "name": ACCUSE_PERSON,
    "assist": ASSIST,
}
BEGIN = datetime(2024, 1, 20, tzinfo=UTC)

KINDS = ("open", "move", "close", "close", *STEPS)
numbers = st.integers(0, 200)
steps = st.lists(st.tuples(st.sampled_from(KINDS), numbers, numbers), max_size=40)
SPANS: tuple[Row, ...] = (
    {},
    {"created_from": "2024-02-01T00:00:00+08:00"},
    {"created_from": "2024-05-02T09:30:00+08:00", "created_to": "2025-08-31T16:00:00Z"},
    {"created_from": "2024-05-02T09:30:00+08:00", "created_to": "2025-07-29T12:00:00+08:00"},
    {"created_from": "2024-05-02T09:30:00+08:00", "created_to": "2024-05-29T00:00:00+08:00"},
    {"created_from": "2024-05-02T09:30:00+08:00", "created_to": "2024-06-29T00:00:00+08:00"},
    {"created_to": "2024-12-29T00:00:00+08:00"},
)
LIMITS: tuple[Row, ...] = (
    {},
    {"overdue": True},
    {"answers": ["on_time", "late"]},
    {"channels": ["phone"]},
    {"states": ["DONE", "WORK"]},
    {"kinds": ["help"], "overdue": False},
    {"held_by": 0},
    {"territory_id": 0},
    {"category_only": 0},
    {"mine": True},
    {"lights": ["R"]},
    {"lights": ["-"]},
    {"open_only": True},
)


@pytest.fixture(scope="module")
def world(shared_database: str, server: Address) -> Iterator[tuple[psycopg.Connection[DictRow], Desks]]:
    """An owner and readers at one database whose history grows from example to example."""
    name = shared_database.rsplit("/", 1)[1]
    with ExitStack() as stack:
        owner = stack.enter_context(psycopg.connect(shared_database, autocommit=True, row_factory=dict_row))
        dice = Random(20240120)
        live(owner, [("open", dice.randrange(200), dice.randrange(200)) for _ in range(150)])
        live(owner, [(dice.choice(KINDS), dice.randrange(200), dice.randrange(200)) for _ in range(900)])
        yield (
            owner,
            {
                login: stack.enter_context(
                    psycopg.connect(
                        server.dsn(name, user=login, password=demo_password()),
                        autocommit=True,
                        row_factory=dict_row,
                    )
                )
                for login in (*READERS, WORKER)
            },
        )


def live(owner: psycopg.Connection[DictRow], lived: list[tuple[str, int, int]]) -> None:
    """Let the history grow by these steps."""
    units = {row["login"]: row["unit_id"] for row in owner.execute("select login, unit_id from core.staff")}
    area = owner.execute("select territory_id from core.unit where id = %s", [units[AREA]]).fetchone()[
        "territory_id"
    ]
    ids = [row["id"] for row in owner.execute("select id from core.ticket order by id")]
    for what, which, n in lived:
        login = (DEPT, TOWN, AREA, OTHER_DEPT, SUPERVISOR, OPERATOR)[n % 6]
        given_values = {"n": n, "unit": units[login], "login": login, "area": area}
        if what == "open" or not ids:
            at = BEGIN + timedelta(hours=n * 97 + which)
            owner.execute("select core.ensure_month(%s::date)", [at + timedelta(hours=8)])
            ids.append(owner.execute(OPEN, given_values | {"at": at}).fetchone()["id"])
        else:
            owner.execute(STEPS[what], given_values | {"id": ids[which % len(ids)]})


def sweep(desks: Desks, limit: int) -> None:
    """Count like the worker, until all is counted."""
    while desks[WORKER].execute("select api.sweep_rollup(%s) as n", [limit]).fetchone()["n"] >= limit:
        pass


def listed(desk: psycopg.Connection[DictRow], wanted: Row) -> list[Row]:
    """Return what the list of this filter shows, with what the figures are made of."""
    page = "select id from api.tickets_page(%s, 'newest', null, null, 1000)"
    ids = [row["id"] for row in desk.execute(page, [Jsonb({"open_only": False} | wanted)])]
    assert len(ids) < 1000
    return desk.execute(ROWS, [ids]).fetchall()


def figures(rows: list[Row], by: str) -> dict[Any, tuple[Any, ...]]:
    """Count the slow way."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(KEYS[by](row), []).append(row)
    return {
        None if key is None else str(key): (
            len(each),
            sum(row["red_since"] is not None for row in each),
            sum(
                bool(row["answered_at"] and row["answer_due_at"])
                and row["answered_at"] <= row["answer_due_at"]
                for row in each
            ),
            sum(
                bool(row["answered_at"] and row["answer_due_at"])
                and row["answered_at"] > row["answer_due_at"]
                for row in each
            ),
            sum(
                row["is_open"] and not row["answered_at"] and row["answer_due_at"] is not None for row in each
            ),
            sum(row["answered_at"] is not None and row["answer_due_at"] is None for row in each),
            [
                Counter(min(row["days"], 11) for row in each if row["days"] is not None)[day]
                for day in range(12)
            ],
        )
        for key, each in groups.items()
    }


def told(desk: psycopg.Connection[DictRow], wanted: Row, by: str) -> dict[Any, tuple[Any, ...]]:
    """Return what the database says."""
    rows = desk.execute("select * from api.history_figures(%s, %s)", [Jsonb(wanted), by])
    return {row["key"]: tuple(row.values())[1:] for row in rows}


def compare(desks: Desks, wanted: Row) -> None:
    """Hold every reader's figures and counts against the list."""
    for login in READERS:
        rows = listed(desks[login], wanted)
        for by in KEYS:
            assert told(desks[login], wanted, by) == figures(rows, by), (login, wanted, by)
        counts = desks[login].execute("select api.history_counts(%s) as c", [Jsonb(wanted)]).fetchone()["c"]
        assert counts["total"] == len(rows)
        assert counts["states"] == Counter(row["state"] for row in rows)
        assert counts["lights"] == {light: sum(row["light"] == light for row in rows) for light in "RYG-"}


@settings(
    max_examples=10, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(before=steps, after=steps, limit=st.sampled_from([1000, 7]), data=st.data())
def test_figures_of_any_history_filter_and_reader_are_those_of_the_list(
    world: tuple[psycopg.Connection[DictRow], Desks],
    before: list[tuple[str, int, int]],
    after: list[tuple[str, int, int]],
    limit: int,
    data: st.DataObject,
) -> None:
    owner, desks = world
    live(owner, before)
    sweep(desks, limit)
    live(owner, after)
    for wanted in ({}, data.draw(st.sampled_from(SPANS)) | data.draw(st.sampled_from(LIMITS))):
        compare(desks, wanted)
    served = (
        desks[OPERATOR].execute("select api.unrolled('{\"open_only\": false}', 'unit') as ids").fetchone()
    )
    assert served["ids"] is not None  # the figures above did come from cells
    assert owner.execute("select * from core.verify_rollup()").fetchall() == []


@pytest.mark.parametrize("span", SPANS)
def test_figures_of_a_span_of_days_are_those_of_the_list(
    world: tuple[psycopg.Connection[DictRow], Desks], span: Row
) -> None:
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
    world: tuple[psycopg.Connection[DictRow], Desks],
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
