"""Leaks past row security: plan order, error messages, statistics, what EXPLAIN guesses; hijacked names."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest
from attack import NOTHING, Attack, each
from ground import Ground
from psycopg import sql

NO_ROWS = "alter table core.ticket disable row level security"
OUTSIDERS = ("unit", "town", "area", "neighbour")

STATISTICS = (
    Attack(
        "statistics",
        "R902",
        (*OUTSIDERS, "operator", "admin"),
        "select most_common_vals::text from pg_stats where schemaname in ('core', 'audit')",
        refused=NOTHING,
        off=(
            NO_ROWS,
            "alter table core.event disable row level security",
            "alter table core.unit disable row level security",
            "grant select on core.unit to {login}",
        ),
    ),
    Attack("raw-statistics", "R902", OUTSIDERS, "select stavalues1::text from pg_statistic"),
    Attack(
        "extended-statistics",
        "R902",
        "unit",
        "select stxdmcv::text from pg_statistic_ext_data",
        off=(
            "create statistics core.siege (mcv) on state, kind from core.ticket",
            "analyze core.ticket",
            "grant select on pg_statistic_ext_data to {login}",
        ),
    ),
)


@pytest.mark.parametrize(("attack", "login"), each(STATISTICS))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)


# Built-in, cheap and talkative: keeps a value it is asked about in a setting of the session.
COLLECT = "case when {} like '%机密%' then set_config('siege.loot', {}, false) else '' end is not null"
LOOT = "select current_setting('siege.loot', true)"


@pytest.mark.parametrize("login", ["d1_dept01", "d1_town01", "d2_operator1"])
def test_no_view_asks_a_function_about_hidden_rows(ground: Ground, login: str) -> None:
    """Whatever the plan, a condition of the person meets only rows that row security has let through."""
    views = ground.owner.execute(
        "select table_name from information_schema.views where table_schema = 'api' order by 1"
    ).fetchall()
    with ground.login(login) as connection:
        for (view,) in views:
            connection.execute(f"select from api.{view} v where {COLLECT.format('v::text', 'v::text')}")
        loot = connection.execute(LOOT).fetchone()
    assert len(views) > 25
    assert loot == (None,)


def test_a_view_without_row_security_would_leak(ground: Ground) -> None:
    """The control: the same question to a view that filters by itself and has no barrier."""
    with ground.owner.transaction(force_rollback=True):
        ground.owner.execute(
            "create view api.bare as select t.title, t.place_id from core.ticket t where core.may_see(t)"
        )
        ground.owner.execute("grant select on api.bare to ld_console")
        ground.owner.execute("set local session authorization d1_dept01")
        ground.owner.execute(f"select from api.bare v where {COLLECT.format('v.title', 'v.title')}")
        loot = ground.owner.execute(LOOT).fetchone()
    assert loot is not None
    assert ground.facts["secret"] in loot[0]


@pytest.mark.parametrize("login", ["d1_dept01", "d1_town01", "d2_operator1"])
@pytest.mark.parametrize(
    "condition",
    ["title::int = 1", "body::date is null", "1 / (id - {foreign}) = 2"],
)
def test_no_error_message_quotes_a_hidden_row(ground: Ground, login: str, condition: str) -> None:
    query = f"select from api.tickets where id = {ground.facts['foreign']} and " + condition.format(
        **ground.facts
    )
    with ground.owner.transaction(force_rollback=True):  # with the row in sight, the error speaks
        ground.owner.execute("alter table core.ticket disable row level security")
        ground.owner.execute(f"set local session authorization {login}")
        with pytest.raises(psycopg.Error):
            ground.owner.execute(query)
    with ground.login(login) as connection:
        assert connection.execute(query).fetchall() == []


@pytest.mark.parametrize("column", ["accused_unit_id", "accused_login"])
def test_explain_estimates_nothing_about_the_accused(ground: Ground, column: str) -> None:
    """Statistics know how many tickets are about each unit and person; a plan of theirs must not."""
    estimate = sql.SQL("explain select from {} where {} = {}")
    with ground.owner.transaction(force_rollback=True):
        ground.owner.execute("set local session_replication_role = replica")
        ground.owner.execute(
            sql.SQL("update core.ticket set {} = {} where is_open").format(
                sql.Identifier(column), ACCUSED[column][0]
            )
        )
        ground.owner.execute("analyze core.ticket")
        ground.owner.execute("alter table core.ticket disable row level security")  # it would round to one
        plain, shown = (
            [
                ground.owner.execute(estimate.format(source, sql.Identifier(column), value)).fetchall()
                for value in ACCUSED[column]
            ]
            for source in (sql.SQL("core.ticket"), sql.SQL("api.tickets"))
        )
    assert rows_of(plain[0]) != rows_of(plain[1])  # the control
    assert rows_of(shown[0]) == rows_of(shown[1])


ACCUSED = {
    "accused_unit_id": (sql.Literal(2), sql.Literal(3)),
    "accused_login": (sql.Literal("d1_town01"), sql.Literal("d1_town02")),
}


def rows_of(plan: list[Any]) -> list[str]:
    return re.findall(r"rows=(\d+)", " ".join(line for (line,) in plan))


HIJACKED = "language plpgsql as $$begin raise 'hijacked'; end$$"
HIJACK = (
    "create schema pwn",
    f"create function pwn.lower(text) returns text {HIJACKED}",
    f"create function pwn.now() returns timestamptz {HIJACKED}",
    f"create function pwn.jsonb_typeof(jsonb) returns text {HIJACKED}",
    f"create function pwn.same(bigint, bigint) returns bool {HIJACKED}",
    "create operator pwn.= (leftarg = bigint, rightarg = bigint, function = pwn.same)",
    "create function pwn.naive(jsonb) returns text language sql as 'select jsonb_typeof($1)'",
    "grant usage on schema pwn to public",
    "set search_path = pwn, pg_catalog",
)


@pytest.mark.parametrize(
    "query",
    [
        "select api.me()",
        'select api.queue_counts(\'{"text": "灯"}\')',
        "select * from api.tickets_page('{}')",
        "select * from api.allowed({mine})",
        "select * from api.events_of({mine})",
        "select api.explain_due({mine})",
        "select id from api.act({mine}, 'note', {mine_version}, gen_random_uuid(), '{\"text\": \"x\"}')",
        "select * from api.changes_since('1:1:', 10)",
    ],
)
def test_planted_names_are_not_found(ground: Ground, query: str) -> None:
    """Even whoever could create functions and operators would not be called by ours."""
    words = query.replace("{mine}", str(ground.facts["mine"])).replace(
        "{mine_version}", str(ground.facts["mine_version"])
    )
    with ground.owner.transaction(force_rollback=True):
        for statement in HIJACK:
            ground.owner.execute(statement)
        ground.owner.execute("set local session authorization d1_dept01")
        ground.owner.execute(words)
        with pytest.raises(psycopg.Error, match="hijacked"), ground.owner.transaction():
            ground.owner.execute("select pwn.naive('{}')")


def test_every_definer_names_its_path(ground: Ground) -> None:
    loose = ground.owner.execute(
        "select oid::regprocedure from pg_proc where prosecdef"
        " and pronamespace in ('core'::regnamespace, 'api'::regnamespace, 'audit'::regnamespace)"
        " and not coalesce('search_path=pg_catalog, pg_temp' = any (proconfig), false)"
    ).fetchall()
    assert loose == []


def test_no_session_reads_a_backslash_of_ours_otherwise(ground: Ground) -> None:
    """standard_conforming_strings is everybody's to switch off."""
    written = ground.owner.execute(
        "select oid::regprocedure::text, coalesce('standard_conforming_strings=on' = any (proconfig), false)"
        " from pg_proc where pronamespace::regnamespace::text in ('core', 'api', 'audit')"
        " and strpos(prosrc, chr(92)) > 0"
    ).fetchall()
    assert len(written) > 10
    assert [name for name, is_fixed in written if not is_fixed] == []
