"""`liangdeng doctor --json` as a process, against a server in order and one where all is undone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from db import schema
from db.admin import hardened
from db.admin.context import demo_password
from db.embedded import Address, EmbeddedServer
from db.programs import Programs
from db.seed.loader import seed_directory

NAME = "looked_at"
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
CARELESS = (
    "log_connections=off",
    "log_disconnections=off",
    "log_error_verbosity=verbose",
    "shared_preload_libraries=",
)
# What a new PostgreSQL is like, and what is done in a hurry; one line or more for each check.
CLUSTER = (
    "alter system set password_encryption = 'md5'",
    "alter system set ssl_min_protocol_version = 'TLSv1.1'",
    "select pg_reload_conf()",
    "drop role ld_wall",
)
DATABASE = (
    "grant connect, temporary on database postgres to public",
    "grant usage, create on schema public to public",
    "grant execute on function lo_creat(integer), pg_notify(text, text) to public",
    "grant select on pg_stat_activity, pg_locks to public",
    "alter table core.caller no force row level security",
    "alter function api.me() reset search_path",
    "grant update on core.ticket to ld_console",
    "alter table core.unit disable trigger user",
    "alter role ld_owner bypassrls",
    "alter role d1_clerk1 createrole",
    "alter role d1_town01 connection limit -1",
    "grant ld_supervisor to d1_clerk1",
    "set session_replication_role = replica",
    "insert into core.event (district_id, ticket_id, seq, at, recorded_at, actor, duty, action, facts, hash)"
    " values (1, (to_char(now(), 'YYYYMM') || '00000001')::bigint, 1, now(), now() - interval '2 days',"
    " 'x', 'system', 'note', '{}', '')",
)
OF_THE_SERVER = {rule.name for rule in hardened.RULES} | {"roles", "locale", "schema"}


@pytest.fixture(scope="module", params=["embedded", "15"])
def own_server(request: pytest.FixtureRequest, home: Path) -> Iterator[Callable[..., EmbeddedServer]]:
    """A server that nothing else uses; the session's `home` keeps the demo's password."""
    programs = None
    if request.param == "15":
        if not (DEBIAN_15 / "postgres").exists():
            pytest.skip("Debian's postgresql-15 is not installed")
        programs = Programs(DEBIAN_15)
    with tempfile.TemporaryDirectory(prefix="liangdeng-doctor-") as folder:
        Path(folder).chmod(0o755)
        at = Path(folder) / "home"
        yield lambda *settings: EmbeddedServer(at, programs=programs, settings=("fsync=off", *settings))


def ask(dsn: str) -> tuple[int, dict[str, dict[str, Any]], bool]:
    """Run the command; return its exit status, its checks by name, and whether it calls all well."""
    command = [sys.executable, "-W", "error", "-m", "console", "doctor", "--json", "--dsn", dsn]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, env=dict(os.environ)
    )
    assert "Traceback" not in done.stderr, done.stderr
    report = json.loads(done.stdout)
    return done.returncode, {check["name"]: check for check in report["checks"]}, report["ok"]


@pytest.mark.once  # it starts both servers itself
def test_each_check_fails_where_it_should_and_passes_where_it_may(
    own_server: Callable[..., EmbeddedServer],
) -> None:
    with own_server().lease() as address:
        dsn = address.dsn(NAME)
        schema.prepare(address.dsn("postgres"), dsn, NAME)
        seed_directory(dsn, demo_password())
        status, checks, is_well = ask(dsn)
    assert checks.keys() > OF_THE_SERVER
    assert {name: check["found"] for name, check in checks.items() if not check["ok"]} == {}
    assert (status, is_well) == (0, True)

    server = own_server(*CARELESS)
    with server.lease() as address:
        dsn = address.dsn(NAME)
        _undo(server, address, dsn)
        status, checks, is_well = ask(dsn)
        _without_chinese(address)
        locale = ask(address.dsn("without_chinese"))[1]["locale"]
    assert {name for name in OF_THE_SERVER if checks[name]["ok"]} == {"locale"}
    assert all(checks[name]["mend"] for name in OF_THE_SERVER)
    assert (status, is_well) == (1, False)
    assert not locale["ok"]
    assert locale["mend"]


def _undo(server: EmbeddedServer, address: Address, dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as database:
        database.execute(f"comment on database {NAME} is 'liangdeng schema of yesterday'".encode())
        for statement in DATABASE:
            database.execute(statement.encode())
        for name in ("core", "api"):  # the wall's rights go with the wall
            database.execute(f"revoke all on all functions in schema {name} from ld_wall".encode())
        database.execute("drop owned by ld_wall")
    rules = server.data / "pg_hba.conf"
    rules.write_text("host all all 127.0.0.1/32 scram-sha-256\nhost all all 0.0.0.0/0 trust\n", "utf-8")
    with psycopg.connect(address.dsn("postgres"), autocommit=True) as cluster:
        before = cluster.execute("select pg_conf_load_time()").fetchone()
        for statement in CLUSTER:
            cluster.execute(statement.encode())
        while cluster.execute("select pg_conf_load_time()").fetchone() == before:
            pass
    with psycopg.connect(address.dsn("postgres"), autocommit=True) as cluster:
        cluster.execute("create role old_login login password 'md5 is no verifier'")


def _without_chinese(address: Address) -> None:
    with psycopg.connect(address.dsn("postgres"), autocommit=True) as cluster:
        is_new = cluster.info.server_version >= 170000
        provider = " locale_provider libc" if is_new else ""
        cluster.execute(f"create database without_chinese template template0 lc_ctype 'C'{provider}".encode())
