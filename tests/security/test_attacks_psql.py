"""The same from psql, the tool an insider has at hand: every group's login, one session each, over TCP."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable

import pytest
from attack import EVERYBODY, LOGINS
from ground import Ground
from psycopg.conninfo import conninfo_to_dict

from db.programs import bundled

DENIED = "42501"
MARK = ":: next"
ERROR = re.compile(r"ERROR:\s+(\w{5})")
# What psql sends for its own commands, and what a person would type. Each is refused to everybody.
STATEMENTS = (
    "select * from core.caller;",
    "table core.ticket;",
    "\\copy core.caller to stdout",
    "\\copy (select phone from core.caller) to stdout",
    "\\copy core.presence from /dev/null",
    "copy core.caller to program 'cat';",
    "update core.ticket set state = 'DONE';",
    "delete from core.event;",
    "truncate audit.entry;",
    "set role ld_owner;",
    "set session authorization d1_operator4;",
    "set session_replication_role = replica;",
    "alter role current_user superuser;",
    "alter role d1_operator4 password 'SCRAM-SHA-256$4096:AAAA$AAAA:AAAA';",
    "create temp table shadow (id int);",
    "create function pg_temp.f() returns int language sql as 'select 1';",
    "do $$ begin perform 1; end $$;",
    "select pg_sleep(0.01);",
    "select pg_advisory_lock(731503);",
    "select pg_notify('liangdeng_wake', 'x');",
    "\\lo_import /etc/hostname",
    "select pg_read_file('/etc/passwd');",
    "select rolpassword from pg_authid;",
    "select query from pg_stat_activity;",
    "select 'delete from core.event' \\gexec",
    "select count(*) from core.ticket \\watch c=1",
    "select core.actor() \\gset loot_",
    "create operator public.= (leftarg = bigint, rightarg = bigint, function = int8eq);",
    "create function api.lower(text) returns text language sql as 'select 1';",
)


def psql(dsn: str, statements: Iterable[str], prelude: Iterable[str] = ()) -> dict[str, str]:
    """Run statements in one session; return the SQLSTATE of each, or what it printed in place of an error."""
    said = conninfo_to_dict(dsn)
    lines = [*prelude]
    for statement in statements:
        lines += ["savepoint s;"] * bool(prelude)
        lines += [statement, f"\\warn {MARK}"]  # like errors, on the standard error: in order
        lines += ["rollback to s;"] * bool(prelude)
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
    }
    done = subprocess.run(
        [bundled() / "psql", "--no-psqlrc", "--quiet", "--set=VERBOSITY=sqlstate"],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"LC_ALL": "C.UTF-8"} | {names[key]: str(said[key]) for key in names},
    )
    assert done.returncode == 0, done.stderr
    answers = done.stderr.split(MARK)[:-1]
    return {
        statement: (ERROR.findall(answer) or [answer.strip()])[-1]
        for statement, answer in zip(statements, answers, strict=True)
    }


@pytest.mark.parametrize("group", EVERYBODY)
def test_psql_gains_nothing(ground: Ground, group: str) -> None:
    found = psql(ground.person_dsn(LOGINS[group]), STATEMENTS)
    assert {statement: state for statement, state in found.items() if state != DENIED} == {}
    assert ground.fingerprint() == ground.untouched


def test_psql_of_the_owner_does_all_of_it(ground: Ground) -> None:
    """The control: the statements are in order, and nothing but rights stood against them."""
    found = psql(ground.owner_dsn, STATEMENTS, ["begin;", "set session_replication_role = replica;"])
    assert {
        statement: state for statement, state in found.items() if ERROR.findall(state) or state == DENIED
    } == {}
    assert ground.fingerprint() == ground.untouched


@pytest.mark.parametrize("group", EVERYBODY)
@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_psql_reaches_no_other_database(ground: Ground, group: str, database: str) -> None:
    with pytest.raises(AssertionError, match=f'permission denied for database "{database}"'):
        psql(f"{ground.person_dsn(LOGINS[group])}?dbname={database}", ["select 1;"])
