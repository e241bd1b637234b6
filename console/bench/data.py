"""A database of a wished size, beside the working one, made once and kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from db import schema
from db.admin.context import admin_dsn, demo_password
from db.admin.output import note

POOLS = Path(__file__).with_name("pools.sql")
LOAD = Path(__file__).with_name("load.sql")
SENSITIVE = Path(__file__).with_name("sensitive.sql")
CHUNK = 250_000
# Indexes are built faster than they grow.
INDEXES = """
select format('%I.%I', n.nspname, c.relname), replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON ')
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
where i.indrelid = 'core.ticket'::regclass and not i.indisunique
"""
OPEN_MONTHS = """
insert into core.open_month
select distinct district_id, (id / 100000000)::int from core.ticket where is_open on conflict do nothing
"""
# Nobody is kept off these, so whoever looks after them is told of each change.
OPEN = """
select t.id from core.ticket t
where t.district_id = 1 and t.is_open and not exists (select from core.barred b where b.ticket_id = t.id)
order by t.due_at, t.id
"""


@contextmanager
def bench_dsn(history: int, open_: int) -> Iterator[str]:
    """Lend the owner's DSN of a database with `history` finished and `open_` open synthetic tickets."""
    name = f"liangdeng_bench_{history}_{open_}"
    with admin_dsn() as owner:
        dsn = make_conninfo(owner, dbname=name)
        schema.prepare(make_conninfo(owner, dbname="postgres"), dsn, name)
        if _is_bare(dsn):
            note(f"loading {history} finished and {open_} open tickets …")
            wish = {"dsn": dsn, "history": history, "open": open_}
            subprocess.run(
                [sys.executable, "-m", "console.bench.filler"], input=json.dumps(wish), text=True, check=True
            )
        yield dsn


def person_dsn(owner_dsn: str, login: str) -> str:
    """Return the DSN of a demo person on the same database."""
    return make_conninfo(owner_dsn, user=login, password=demo_password())


def open_tickets(dsn: str) -> list[int]:
    """Return the open tickets that are about no unit or person, the most urgent first."""
    with psycopg.connect(dsn) as connection:
        return [ticket for (ticket,) in connection.execute(OPEN)]


def load(dsn: str, history: int, open_: int) -> None:
    """Fill an empty demo district, all or nothing."""
    rows, chunk = history + open_, LOAD.read_text("utf-8")
    with psycopg.connect(dsn, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("set jit = off")
        connection.execute("set maintenance_work_mem = '512MB'")
        # Nobody listens yet: no trigger needs to tell, and what they keep is written below.
        connection.execute("set session_replication_role = replica")
        connection.execute(POOLS.read_text("utf-8"))
        indexes = connection.execute(INDEXES).fetchall()
        for name, _ in indexes:
            connection.execute(f"drop index {name}".encode())
        for first in range(1, rows + 1, CHUNK):
            last = min(first + CHUNK - 1, rows)
            connection.execute(chunk, {"history": history, "first": first, "last": last})
            note(f"  {last} of {rows} tickets")
        for name, definition in indexes:
            connection.execute(definition.encode())
            note(f"  index {name}")
        connection.execute(OPEN_MONTHS)
        connection.execute("set session_replication_role = default")  # a trigger keeps guests
        note("  accused and assisting units")
        connection.execute(SENSITIVE.read_text("utf-8"))
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def _is_bare(dsn: str) -> bool:
    with psycopg.connect(dsn) as connection:
        return connection.execute("select from core.ticket limit 1").fetchone() is None
