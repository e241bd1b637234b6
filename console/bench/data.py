"""A database of a wished size, beside the working one, made once and kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from db import schema
from db.admin.context import admin_dsn, demo_password
from db.admin.output import note
from db.seed.loader import seed_demo

LOAD = Path(__file__).with_name("load.sql")


@contextmanager
def bench_dsn(history: int, open_: int) -> Iterator[str]:
    """Lend the owner's DSN of a database with `history` finished and `open_` open synthetic tickets."""
    name = f"liangdeng_bench_{history}_{open_}"
    with admin_dsn() as owner:
        url = make_url(owner)
        dsn = url.set(database=name).render_as_string(hide_password=False)
        if not _is_ready(url.set(database="postgres").render_as_string(hide_password=False), name):
            note(f"loading {history} finished and {open_} open tickets …")
            with psycopg.connect(owner, autocommit=True) as connection:
                connection.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
            schema.create_database(owner, name)
            schema.upgrade(dsn)
            seed_demo(dsn, demo_password(), tickets=0)
            load(dsn, history, open_)
        yield dsn


def person_dsn(owner_dsn: str, login: str) -> str:
    """Return the DSN of a demo person on the same database."""
    url = make_url(owner_dsn).set(username=login, password=demo_password())
    return url.render_as_string(hide_password=False)


def load(dsn: str, history: int, open_: int) -> None:
    """Fill an empty demo district; marks the database as ready when all is in."""
    with psycopg.connect(dsn, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("set jit = off")
        connection.execute(LOAD.read_text("utf-8"), {"history": history, "open": open_})
        name = connection.info.dbname
        connection.execute(sql.SQL("comment on database {} is 'ready'").format(sql.Identifier(name)))
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("vacuum analyze")


def _is_ready(dsn: str, name: str) -> bool:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [name]
        ).fetchone()
    return row is not None and row[0] == "ready"
