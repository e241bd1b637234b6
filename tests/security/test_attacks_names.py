"""Names that show otherwise than they are, also written past the functions; what one login may pile up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from attack import Attack, each
from ground import Ground
from hall import OPERATOR, SUPERVISOR, Hall
from psycopg import sql

# A mark that turns, one that isolates, a control character, one without width, a filler, an invisible letter.
MARKS = ("\u202e", "\u2066", "\u200f", "\x1b", "\x9b", "\u200b", "\u3164", "\U000e0041", "\u2029")
NAMES = (
    "core.district.name_zh",
    "core.territory.name",
    "core.unit.name",
    "core.unit.short_name",
    "core.unit.head",
    "core.grid_worker.name",
    "core.duty.name_zh",
    "core.staff.login",
    "core.staff.name",
    "core.category.name_zh",
    "core.source.name_zh",
    "core.reason.name_zh",
    "core.state.name_zh",
    "core.action.name_zh",
    "core.camera_group.name",
    "core.gateway.name",
    "core.saved_view.name",
)
REASONS = {
    "core.sla_policy.basis": "update core.sla_policy set basis = %s",
    "core.setting.note": "update core.setting set note = %s",
    "core.withdrawal.reason": "insert into core.withdrawal select district_id, id, 'd1_leader1', now(), %s"
    " from core.ticket limit 1",
    "audit.reveal.reason": "insert into audit.reveal (district_id, ticket_id, reason, expires_at)"
    " values (1, 1, %s, now())",
    "audit.entry.reason": "select core.audit('export', '', '{}', %s)",
    "audit.entry.subject": "select core.audit('export', %s)",
    "audit.setting_change.reason": "insert into audit.setting_change (district_id, what, reason)"
    " values (1, 'setting x', %s)",
}


@pytest.mark.parametrize("column", NAMES)
def test_owner_cannot_write_a_name_that_shows_otherwise(ground: Ground, column: str) -> None:
    """The database itself refuses: whoever owns it writes past every function."""
    schema, table, name = column.split(".")
    words = {"s": sql.Identifier(schema), "t": sql.Identifier(table), "c": sql.Identifier(name)}
    write = sql.SQL(
        "update {s}.{t} set {c} = {c} || %s where ctid = (select ctid from {s}.{t} limit 1)"
    ).format(**words)
    check = f"{table}_{name}_plain_check"
    for mark in MARKS:
        with pytest.raises(psycopg.errors.CheckViolation) as refused:
            ground.owner.execute(write, [mark])
        assert refused.value.diag.constraint_name == check
    with ground.owner.transaction(force_rollback=True):  # the control: without the check it is written
        ground.owner.execute(
            sql.SQL("alter table {s}.{t} drop constraint {check}").format(
                **words, check=sql.Identifier(check)
            )
        )
        ground.owner.execute(
            "set local session_replication_role = replica"
        )  # who refers to a login stays behind
        assert ground.owner.execute(write, ["\u202e"]).rowcount == 1
    assert ground.fingerprint() == ground.untouched


@pytest.mark.parametrize("column", REASONS)
def test_owner_cannot_write_a_reason_that_turns_the_writing(ground: Ground, column: str) -> None:
    _, table, name = column.split(".")
    for mark in MARKS[:3]:
        with pytest.raises(psycopg.errors.CheckViolation) as refused:
            ground.owner.execute(REASONS[column], [f"甲{mark}乙"])
        assert refused.value.diag.constraint_name == f"{table}_{name}_plain_check"
    with ground.owner.transaction(force_rollback=True):
        ground.owner.execute(REASONS[column], ["甲\n\t乙"])  # lines are no disguise
    assert ground.fingerprint() == ground.untouched


def test_every_text_a_person_may_read_as_a_name_is_checked(ground: Ground) -> None:
    """A column of a new table is not forgotten: each *name* of the private schema has its check."""
    loose = ground.owner.execute(
        "select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relnamespace = 'core'::regnamespace and c.relkind = 'r' and not c.relispartition"
        " and a.attname ~ '^(name|name_zh|name_en|short_name)$' and not exists (select from pg_constraint k"
        "   where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]"
        "   and k.conname ~ 'plain_check$')"
    ).fetchall()
    assert [name for (name,) in loose if name != "caller.name"] == []  # in plain sight of nobody


NO_LIMIT = (
    "drop trigger _600_limit on core.presence",
    "drop trigger _600_typing on core.presence",
    "drop trigger _600_limit on core.saved_view",
)
PILES = (
    Attack(
        "pile-of-views",
        "flood",
        ("operator", "unit"),
        "select count(api.save_view(null, 'v' || n, '{}', false)) from generate_series(1, 101) n",
        refused="LD001",
        code="views_many",
        off=NO_LIMIT,
    ),
    Attack(
        "pile-of-shared-views",
        "flood",
        "supervisor",
        "select count(api.save_view(null, 'v' || n, '{}', true)) from generate_series(1, 101) n",
        refused="LD001",
        code="views_many",
        off=NO_LIMIT,
    ),
    Attack(
        "pile-of-desks",
        "flood",
        ("operator", "unit"),
        "select api.here(gen_random_uuid(), %(mine)s, false) from generate_series(1, 301) n",
        refused="LD001",
        code="presence_many",
        off=NO_LIMIT,
    ),
    Attack(
        "typing-on-and-off",
        "flood",
        ("operator", "unit"),
        "select api.here(%(desk)s, %(mine)s, n %% 2 = 0) from generate_series(1, 1002) n",
        refused="LD001",
        code="presence_often",
        off=NO_LIMIT,
    ),
    Attack(
        "coming-and-going",
        "flood",
        "operator",
        "select api.attend(%(desk)s, (array[%(mine)s]::bigint[])[1:n %% 2], '{}')"
        " from generate_series(1, 2004) n",
        refused="LD001",
        code="presence_often",
        off=NO_LIMIT,
    ),
    Attack(
        "pile-of-logins",
        "flood",
        ("operator", "unit"),
        "select max(api.begin_session('1.0')) from generate_series(1, 501) n",
        refused="LD001",
        code="register_many",
        off="create or replace function core.check_register(p_kind text) returns void language sql as ''",
    ),
    Attack(
        "pile-of-exports",
        "flood",
        "operator",
        "select max(api.begin_export('tickets', '{}')) from generate_series(1, 501) n",
        refused="LD001",
        code="register_many",
        off="create or replace function core.check_register(p_kind text) returns void language sql as ''",
    ),
)


@pytest.mark.parametrize(("attack", "login"), each(PILES))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)


def test_owner_cannot_pile_up_rows_of_a_person_either(ground: Ground) -> None:
    with pytest.raises(psycopg.Error) as refused:
        ground.owner.execute(
            "insert into core.saved_view (district_id, owner, name)"
            " select 1, 'd1_leader1', n::text from generate_series(1, 101) n"
        )
    assert refused.value.diag.constraint_name == "views_many"
    with pytest.raises(psycopg.errors.CheckViolation) as too_large:
        ground.owner.execute(
            "insert into core.saved_view (district_id, owner, name, filter)"
            " values (1, 'd1_leader1', 'x', jsonb_build_object('text', repeat('灯', 20001)))"
        )
    assert too_large.value.diag.constraint_name == "saved_view_filter_size_check"
    assert ground.fingerprint() == ground.untouched


def test_desks_that_fell_silent_make_room(hall: Hall) -> None:
    """A console that crashed many times keeps nobody from working."""
    ticket = hall.at("work")
    hall.rows(
        "insert into core.presence (login, desk, district_id, ticket_id, at)"
        " select %s, gen_random_uuid(), 1, %s, now() - interval '5 minutes' from generate_series(1, 300)"
        " returning 1",
        OPERATOR,
        ticket,
    )
    hall.call(OPERATOR, "select api.here(gen_random_uuid(), %s, false)", ticket)
    assert hall.value("select count(*) from core.presence where login = %s", OPERATOR) == 1


def test_limit_holds_for_sessions_that_write_at_once(
    hall: Hall, connect: Callable[[str], psycopg.Connection[Any]]
) -> None:
    """Each sees only its own rows until it ends: so they wait for one another."""
    first, second = connect(SUPERVISOR), connect(SUPERVISOR)
    save = "select count(api.save_view(null, %s || n, '{}', false)) from generate_series(1, 60) n"
    with first.transaction():
        first.execute(save, ["a"])
        second.execute("set lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.execute(save, ["b"])
    with pytest.raises(psycopg.Error) as refused:
        second.execute(save, ["b"])
    assert refused.value.diag.constraint_name == "views_many"
