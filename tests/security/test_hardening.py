"""What PostgreSQL gives everybody is taken away, what cannot be is harmless, and the doctor sees the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from attack import EVERYBODY, Attack, each
from ground import Ground
from hall import OPERATOR, Hall
from psycopg import sql

from db import schema
from db.admin import hardened
from db.admin.worker import sweep
from db.embedded import Address


def may(function: str) -> str:
    """Take away the guard of a function: what every PostgreSQL is like when it is new."""
    return f"grant execute on function {function} to public"


# What test_attacks_server.py leaves out of the families that db/hardening.sql takes away.
ATTACKS = (
    Attack(
        "sleep-for",
        "flood",
        EVERYBODY,
        "select pg_sleep_for('10 ms'), 1",
        off=(may("pg_sleep_for(interval)"), may("pg_sleep(double precision)")),
    ),
    Attack(
        "hide-a-file",
        "R902",
        EVERYBODY,
        "select lo_from_bytea(0, 'x')",
        off=may("lo_from_bytea(oid, bytea)"),
    ),
    Attack(
        "count-by-size",
        "R902",
        EVERYBODY,
        "select pg_total_relation_size(oid) from pg_class where relname = 'barred'",
        off=may("pg_total_relation_size(regclass)"),
    ),
    Attack(
        "count-by-reads",
        "R902",
        EVERYBODY,
        "select count(*) from pg_stat_get_slru()",
        off=may("pg_stat_get_slru()"),
    ),
    Attack(
        "letterbox",
        "R902",
        EVERYBODY,
        "select pg_notify('liangdeng_wake', '19000000002'), 1",
        off=may("pg_notify(text, text)"),
    ),
)


@pytest.mark.parametrize(("attack", "login"), each(ATTACKS))
def test_what_everybody_has_elsewhere_is_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)


class TestOtherDatabases:
    """A login of ours has no business in the cluster's other databases."""

    @pytest.mark.parametrize("name", ["postgres", "template1"])
    def test_person_is_not_let_in(
        self, hall: Hall, server: Address, person_dsn: Callable[[str], str], name: str
    ) -> None:
        elsewhere = person_dsn(OPERATOR).rsplit("/", 1)[0] + f"/{name}"
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(elsewhere)
        open_to_all = sql.SQL("grant connect on database {} to public").format(sql.Identifier(name))
        hall.owner.execute(open_to_all)
        try:
            psycopg.connect(elsewhere).close()
        finally:
            schema.harden(server.dsn(hall.owner.info.dbname))
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(elsewhere)


class TestIrrevocable:
    """NOTIFY, LISTEN and one's own time-outs stay everybody's; what they do to others is bounded."""

    def test_session_that_switches_its_time_outs_off_is_ended_by_the_worker(
        self, hall: Hall, owner: psycopg.Connection[Any], connect: Callable[[str], psycopg.Connection[Any]]
    ) -> None:
        stubborn, busy = connect(OPERATOR), connect("d1_operator2")
        for off in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
            stubborn.execute(f"set {off} = 0".encode())
        for desk in (stubborn, busy):
            desk.execute("begin")
            desk.execute("select count(*) from api.tickets")
        assert sweep(owner).sessions == 0
        made_old(owner, 0)
        try:
            assert sweep(owner).sessions == 2
        finally:
            made_old(owner, 15)
        with pytest.raises(psycopg.OperationalError):
            stubborn.execute("select 1")

    def test_transaction_left_lying_is_ended_sooner(
        self, hall: Hall, owner: psycopg.Connection[Any], connect: Callable[[str], psycopg.Connection[Any]]
    ) -> None:
        """It may hold rows that others wait for; one statement after another is work."""
        lying = connect(OPERATOR)
        lying.execute("set idle_in_transaction_session_timeout = 0")
        lying.execute("begin")
        row: Any = owner.execute("select pg_get_functiondef('api.sweep_sessions()'::regprocedure)").fetchone()
        lying.execute("select 1")
        assert sweep(owner).sessions == 0
        owner.execute(row[0].replace("'2 minutes'", "'0 minutes'").encode())
        assert sweep(owner).sessions == 1
        owner.execute(row[0].encode())
        with pytest.raises(psycopg.OperationalError):
            lying.execute("select 1")

    def test_connections_of_one_login_end_at_its_limit(
        self, hall: Hall, person_dsn: Callable[[str], str]
    ) -> None:
        limit = hall.value("select rolconnlimit from pg_roles where rolname = 'd1_operator3'")
        with ExitStack() as opened:
            for _ in range(limit):
                desk = opened.enter_context(psycopg.connect(person_dsn("d1_operator3"), autocommit=True))
            with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
                psycopg.connect(person_dsn("d1_operator3"))
            psycopg.connect(person_dsn("d1_operator4")).close()
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                desk.execute("alter role d1_operator3 connection limit -1")

    def test_new_sessions_begin_with_time_outs(self, hall: Hall) -> None:
        for name in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
            assert hall.call(OPERATOR, "select current_setting(%s) as s", name)[0]["s"] != "0"

    def test_setting_changes_nothing_of_who_one_is(self, hall: Hall) -> None:
        before = hall.call(OPERATOR, "select api.me()->>'login' as login, count(*) from api.staff")
        for name in ("liangdeng.user", "session.user", "request.login", "app.district"):
            hall.call(OPERATOR, "select set_config(%s, 'd2_operator1', false)", name)
        assert hall.call(OPERATOR, "select api.me()->>'login' as login, count(*) from api.staff") == before


def made_old(owner: psycopg.Connection[Any], minutes: int) -> None:
    """Let the watchdog call a transaction old after so many minutes: no test waits a quarter of an hour."""
    row = owner.execute("select pg_get_functiondef('api.sweep_sessions()'::regprocedure)").fetchone()
    assert row is not None
    owner.execute(re.sub(r"'\d+ minutes'", f"'{minutes} minutes'", row[0]).encode())


NEIGHBOURS = """
create schema core;
create table core.unit (id int, kind text);
create table core.staff (login name, unit_id int, duties text[], valid tstzrange);
insert into core.unit values (1, 'centre');
insert into core.staff values ('siege_guest', 1, '{clerk}', '(,)'), ('d1_clerk1', 1, '{supervisor}', '(,)');
"""


def named_by_doctor(owner: psycopg.Connection[Any], prefix: str) -> set[str]:
    return {words for words in hardened.unexplained(owner) if words.startswith(prefix)}


class TestDoctor:
    """Whatever is undone is seen and named."""

    def test_hardened_server_is_in_order(self, owner: psycopg.Connection[Any]) -> None:
        assert [check for check in hardened.look(owner) if not check.ok and check.name != "group roles"] == []

    @pytest.mark.parametrize(
        ("rule", "undoing", "named"),
        [
            ("database", "grant temporary on database postgres to public", "postgres"),
            ("database", "grant temporary on database {database} to ld_console", "temporary for ld_console"),
            ("database", "grant connect on database postgres to d1_clerk1", "connect for d1_clerk1"),
            ("public", "grant usage on schema public to public", "schema public"),
            ("public", "grant usage on schema core to ld_console", "schema core: usage for ld_console"),
            ("public", "grant create on schema api to d1_clerk1", "schema api: create for d1_clerk1"),
            ("public", "grant usage on language plpgsql to public", "plpgsql"),
            ("public", "grant usage on language plpgsql to ld_console", "plpgsql"),
            ("public", "grant execute on function api.me() to public", "api.me()"),
            (
                "server functions",
                "grant execute on function pg_sleep(double precision) to public",
                "pg_sleep",
            ),
            (
                "server functions",
                "grant execute on function pg_stat_get_live_tuples(oid) to public",
                "pg_stat_get_live_tuples",
            ),
            ("server functions", "grant execute on function lo_creat(int) to ld_unit", "lo_creat"),
            (
                "server functions",
                "grant execute on function pg_stat_get_slru() to public",
                "pg_stat_get_slru",
            ),
            (
                "server functions",
                "grant execute on function cursor_to_xml(refcursor, int, bool, bool, text) to public",
                "cursor_to_xml",
            ),
            ("server views", "grant select on pg_stat_activity to public", "pg_stat_activity"),
            ("server views", "grant select on pg_locks to d1_clerk1", "pg_locks: select for d1_clerk1"),
            ("server views", "grant select on pg_class to public", "pg_class: select for everybody"),
            ("tables", "grant delete on core.event to ld_admin", "core.event: delete for ld_admin"),
            ("tables", "grant update (title) on core.ticket to d1_clerk1", "core.ticket"),
            ("tables", "grant usage on sequence core.ticket_seq to ld_console", "core.ticket_seq"),
            ("tables", "grant select (phone) on core.caller to ld_console", "core.caller"),
            ("triggers", "alter table audit.entry disable trigger _400_immutable", "audit.entry"),
            ("triggers", "alter table core.event disable trigger user", "core.event"),
            ("routines", "create policy gullible on core.ticket for select using (true)", "policy"),
            ("routines", "drop policy registers on audit.entry", "policy"),
            ("routines", "alter view api.tickets set (security_invoker = false)", "view"),
            ("routines", "alter function core.mask_name(text) leakproof", "function"),
            ("routines", "grant execute on function core.actor() to ld_console", "right"),
            (
                "routines",
                "create or replace function core.may_see(t core.ticket) returns boolean"
                " language sql stable security definer as 'select true'",
                "function",
            ),
            ("row security", "alter table core.caller no force row level security", "core.caller"),
            ("definer functions", "alter function api.me() reset search_path", "api.me()"),
            ("definer functions", "alter function api.me() owner to current_user", "api.me()"),
            ("owner", "alter role ld_owner bypassrls", "ld_owner"),
            ("rights of people", "alter role d1_clerk1 createrole", "d1_clerk1"),
            ("rights of people", "grant pg_read_all_data to d1_clerk1", "pg_read_all_data"),
            ("rights of people", "grant pg_execute_server_program to ld_console", "ld_console in pg_execute"),
            ("rights of people", "grant pg_write_server_files to ld_owner", "ld_owner in pg_write"),
            ("rights of people", "alter role ld_console bypassrls", "ld_console"),
            ("rights of people", "alter role ld_leader login", "ld_leader"),
            (
                "rights of people",
                "grant set on parameter session_replication_role to ld_admin",
                "session_replication_role: set for ld_admin",
            ),
            ("limits of people", "alter role d1_clerk1 connection limit -1", "d1_clerk1"),
            ("limits of people", "alter role d1_clerk1 reset lock_timeout", "d1_clerk1"),
            ("limits of people", "alter role d1_clerk1 set statement_timeout = 0", "d1_clerk1"),
            (
                "limits of people",
                "alter role d1_clerk1 in database {database} set statement_timeout = 0",
                "d1_clerk1",
            ),
            ("group roles", "grant ld_supervisor to d1_clerk1", "d1_clerk1 in ld_supervisor"),
            ("group roles", "grant ld_scope_all to d1_town01", "d1_town01 in ld_scope_all"),
            (
                "group roles",
                "create role siege_team; grant ld_leader to siege_team; grant siege_team to d1_clerk1",
                "d1_clerk1 in ld_leader",
            ),
            ("group roles", "create role siege_ghost login in role ld_console", "siege_ghost in ld_console"),
            ("group roles", "grant ld_admin to ld_operator", "ld_operator in ld_admin"),
            ("group roles", "revoke ld_clerk from d1_clerk1", "d1_clerk1 not in ld_clerk"),
            (
                "group roles",
                "update core.staff set duties = duties || '{leader}' where login = 'd1_clerk1'",
                "d1_clerk1 not in ld_leader",
            ),
            (
                "group roles",
                "update core.staff set valid = tstzrange(null, '2021-01-01') where login = 'd1_clerk1'",
                "d1_clerk1 may still log in",
            ),
            ("passwords", "set local password_encryption = 'md5'", "md5"),
            ("words in the log", "set local session_preload_libraries = 'auto_explain'", "auto_explain"),
        ],
    )
    def test_what_is_undone_is_named(
        self, owner: psycopg.Connection[Any], rule: str, undoing: str, named: str
    ) -> None:
        with owner.transaction(force_rollback=True):
            owner.execute(undoing.replace("{database}", owner.info.dbname).encode())
            check = next(check for check in hardened.look(owner) if check.name == rule)
        assert not check.ok
        assert named in check.found
        assert check.mend

    def test_people_of_the_demo_have_what_their_rows_say(self, owner: psycopg.Connection[Any]) -> None:
        """Other databases of the cluster have people of their own."""
        people = {login for (login,) in owner.execute("select login from core.staff")}
        assert len(people) > 50
        assert {words for words in hardened.unexplained(owner) if words.split()[0] in people} == set()

    def test_people_of_another_database_are_not_strangers(
        self, server: Address, owner: psycopg.Connection[Any]
    ) -> None:
        """One cluster, two databases of Liangdeng: only a login that neither has a row for is named."""
        name = "siege_elsewhere"
        schema.create_database(server.dsn("postgres"), name)
        try:
            owner.execute("create role siege_guest in role ld_console, ld_scope_all, ld_clerk")
            owner.execute("create role siege_ghost in role ld_console")
            assert named_by_doctor(owner, "siege_") >= {
                "siege_guest in ld_clerk",
                "siege_ghost in ld_console",
            }
            owner.execute(f"comment on database {name} is 'liangdeng schema 0001-0'")
            with psycopg.connect(server.dsn(name), autocommit=True) as other:
                other.execute(NEIGHBOURS)
            assert named_by_doctor(owner, "siege_g") == {"siege_ghost in ld_console"}
            owner.execute("grant ld_admin to siege_guest")  # which nobody gave there either
            assert named_by_doctor(owner, "siege_guest") == {"siege_guest in ld_admin"}
        finally:
            owner.execute(f"drop database {name} with (force)")
            owner.execute("drop role if exists siege_guest, siege_ghost")

    def test_missing_anchors_are_named(self, hall: Hall, owner: psycopg.Connection[Any]) -> None:
        hall.open()
        owner.execute("set session_replication_role = replica")
        owner.execute("update core.event set recorded_at = recorded_at - interval '2 days'")
        assert {check.name for check in hardened.look(owner) if not check.ok} - {"group roles"} == {"anchors"}

    def test_login_that_is_no_superuser_is_told_so(
        self, connect: Callable[[str], psycopg.Connection[Any]]
    ) -> None:
        blind = {check.name: check for check in hardened.look(connect("d1_admin"))}
        assert not blind["passwords"].ok
        assert "superuser" in blind["passwords"].mend
