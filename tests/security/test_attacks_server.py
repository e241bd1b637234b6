"""The server behind the tables: files, programs, languages, catalogues, floods, other databases."""

from __future__ import annotations

import psycopg
import pytest
from attack import CONSOLES, EVERYBODY, Attack, each
from ground import Ground

SOME = ("operator", "unit", "intake", "wall")
ONES = ("operator", "intake")


def granted(function: str) -> str:
    return f"grant execute on function {function} to public"


FILES = (
    Attack("read-file", "hardening", SOME, "select pg_read_file('/etc/hostname')"),
    Attack("read-binary-file", "hardening", "admin", "select pg_read_binary_file('/etc/hostname')"),
    Attack("list-folder", "hardening", ONES, "select pg_ls_dir('/')"),
    Attack("copy-to-program", "hardening", SOME, "copy (select 1) to program 'cat > /dev/null'"),
    Attack(
        "copy-from-program",
        "hardening",
        "admin",
        "copy core.presence (login, desk, district_id, ticket_id) from program"
        " 'echo d1_leader1,00000000-0000-4000-8000-000000000002,1,1' (format csv)",
    ),
    Attack("copy-to-file", "hardening", ONES, "copy (select 1) to '/tmp/siege_copy'"),
    Attack("import-file", "hardening", ONES, "select lo_import('/etc/hostname')"),
    Attack(
        "server-settings",
        "hardening",
        "operator",
        "select setting from pg_file_settings",
        off="grant execute on function pg_show_all_file_settings() to {login};"
        " grant select on pg_file_settings to {login}",
    ),
    Attack("hba-rules", "hardening", "operator", "select type from pg_hba_file_rules"),
    Attack(
        "data-folder",
        "hardening",
        "operator",
        "select current_setting('data_directory')",
        off="grant pg_read_all_settings to {login}",
    ),
)

OBJECTS = (
    Attack(
        "large-object",
        "flood",
        SOME,
        "select lo_from_bytea(0, '\\x00')",
        off=granted("lo_from_bytea(oid, bytea)"),
    ),
    Attack("empty-large-object", "flood", ONES, "select lo_creat(-1)", off=granted("lo_creat(integer)")),
    Attack(
        "temporary-table",
        "flood",
        EVERYBODY,
        "create temp table shadow (id int)",
        off="grant temporary on database {database} to public",
    ),
    Attack(
        "schema", "hijack", ONES, "create schema mine", off="grant create on database {database} to public"
    ),
    Attack(
        "public-table",
        "hijack",
        SOME,
        "create table public.t (id int)",
        off="grant all on schema public to public",
    ),
    Attack(
        "api-view",
        "hijack",
        ("operator", "admin"),
        "create view api.mine as select 1",
        off="grant all on schema api to public",
    ),
    Attack(
        "api-function",
        "hijack",
        ("operator", "admin"),
        "create function api.mine() returns int language sql as 'select 1'",
        off="grant all on schema api to public",
    ),
    Attack(
        "anonymous-block",
        "flood",
        SOME,
        "do $$ begin perform 1; end $$",
        off="grant usage on language plpgsql to public",
    ),
    Attack(
        "untrusted-language", "escalation", "admin", "create language plpython3u handler plpgsql_call_handler"
    ),
    Attack(
        "c-function",
        "escalation",
        "admin",
        "create function public.f() returns int language internal as 'pg_backend_pid'",
    ),
    Attack("foreign-wrapper", "escalation", "operator", "create foreign data wrapper w"),
    Attack("publication", "R902", "admin", "create publication p for all tables"),
    Attack("cast", "hijack", "operator", "create cast (text as int) with inout"),
    Attack(
        "operator-class",
        "hijack",
        "operator",
        "alter operator pg_catalog.= (text, text) owner to current_user",
    ),
    Attack(
        "comment",
        "hijack",
        "operator",
        "comment on database {database} is 'liangdeng schema 0000000000000000'",
    ),
)

FLOODS = (
    Attack(
        "advisory-lock",
        "flood",
        SOME,
        "select 1 from pg_advisory_lock(731503)",
        off=granted("pg_advisory_lock(bigint)"),
    ),
    Attack(
        "advisory-lock-of-worker",
        "flood",
        ONES,
        "select pg_try_advisory_lock(731503)",
        off=granted("pg_try_advisory_lock(bigint)"),
    ),
    Attack(
        "advisory-lock-xact",
        "flood",
        "unit",
        "select 1 from pg_advisory_xact_lock(1, 2)",
        off=granted("pg_advisory_xact_lock(integer, integer)"),
    ),
    Attack(
        "elect-oneself",
        "S89",
        CONSOLES[:-4],
        "select api.elect_worker()",
        code="duty_missing",
        off="update core.staff set duties = array['system']",
    ),
    Attack("sleep", "flood", SOME, "select 1 from pg_sleep(0)", off=granted("pg_sleep(double precision)")),
    Attack(
        "notify-with-words",
        "flood",
        SOME,
        "select 1 from pg_notify('liangdeng_wake', 'x')",
        off=granted("pg_notify(text, text)"),
    ),
    Attack("write-log", "flood", "operator", "select pg_logical_emit_message(false, 'x', 'y')"),
    Attack("checkpoint", "flood", ONES, "checkpoint", off="grant pg_checkpoint to {login}"),
    Attack("reload", "hardening", ONES, "select pg_reload_conf()"),
    Attack("switch-wal", "flood", "operator", "select pg_create_restore_point('siege')"),
    Attack("reset-statistics", "hardening", "operator", "select pg_stat_reset()"),
    Attack(
        "see-statements",
        "R902",
        SOME,
        "select query from pg_stat_activity",
        off="grant pg_monitor to {login}",
    ),
    Attack(
        "see-locks",
        "R902",
        ONES,
        "select pid from pg_locks",
        off=("grant select on pg_locks to public", granted("pg_lock_status()")),
    ),
    Attack(
        "see-traffic",
        "R902",
        "unit",
        "select n_tup_ins from pg_stat_user_tables",
        off="grant pg_monitor to {login}",
    ),
    Attack(
        "end-transactions-of-others",
        "flood",
        CONSOLES[:-4],
        "select api.sweep_sessions()",
        code="duty_missing",
        off="update core.staff set duties = array['system']",
    ),
    Attack(
        "prune-the-feed",
        "S89",
        "operator",
        "select api.sweep_changes()",
        code="duty_missing",
        off="update core.staff set duties = array['system']",
    ),
)


@pytest.mark.parametrize(("attack", "login"), each((*FILES, *OBJECTS, *FLOODS)))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)


@pytest.mark.parametrize("database", ["postgres", "template1"])
@pytest.mark.parametrize("login", ["d1_operator1", "d1_intake"])
def test_other_databases_are_closed(ground: Ground, login: str, database: str) -> None:
    """There every guard of this database would be missing."""
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(ground.person_dsn(login), dbname=database)
    psycopg.connect(ground.owner_dsn, dbname=database).close()


def test_connections_are_counted(ground: Ground) -> None:
    held = [ground.login("d1_operator3") for _ in range(20)]
    try:
        with pytest.raises(psycopg.OperationalError, match="too many connections"):
            ground.login("d1_operator3")
        ground.login("d1_operator4").close()  # another person is not shut out
    finally:
        for connection in held:
            connection.close()


def test_what_cannot_be_revoked_does_no_harm(ground: Ground) -> None:
    """NOTIFY, LISTEN and SET statement_timeout belong to everybody: they carry nothing and change nothing."""
    with ground.login("d1_dept01") as unit, ground.login("d1_operator1") as operator:
        unit.execute("listen liangdeng_wake")
        operator.execute("set statement_timeout = 0")
        operator.execute('notify liangdeng_wake, \'{"title": "forged"}\'')
        before = unit.execute("select * from api.position()").fetchone()
        assert [n.payload for n in unit.notifies(timeout=5, stop_after=1)] == ['{"title": "forged"}']
        assert unit.execute("select * from api.position()").fetchone() == before
        assert (
            unit.execute("select 1 from api.changes_since('1:1:', 1) where what = 'forged'").fetchall() == []
        )
    assert ground.fingerprint() == ground.untouched
