"""Bring a database to the current schema: cluster roles, migrations, routines, seeds."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from db import version
from db.engine import sqlalchemy_url
from db.seed import calendar, camera_lists, machine, policies

HERE = Path(__file__).parent
MIGRATIONS = HERE / "migrations"
ROUTINES = HERE / "routines"
HARDENING = HERE / "hardening.sql"
OWNER_ROLE = "ld_owner"


def create_roles(dsn: str) -> None:
    """Create the NOLOGIN roles of the cluster; safe to repeat."""
    with psycopg.connect(dsn) as connection:
        connection.execute((HERE / "roles.sql").read_text("utf-8"))


def create_database(dsn: str, name: str, *, template: str = "template0") -> bool:
    """Create database `name` owned by the owner role; False when it is there already."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return False
        for statement in (
            # Copied as files: half the time of a copy through the log.
            "create database {name} owner {owner} template {template} strategy file_copy",
            "revoke all on database {name} from public",
            "grant connect on database {name} to ld_console, ld_intake, ld_wall",
        ):
            connection.execute(
                sql.SQL(statement).format(
                    name=sql.Identifier(name),
                    owner=sql.Identifier(OWNER_ROLE),
                    template=sql.Identifier(template),
                )
            )
    return True


def prepare(maintenance_dsn: str, dsn: str, name: str) -> None:
    """Make database `name` exist at the current schema; cheap when it does already."""
    with psycopg.connect(maintenance_dsn, autocommit=True) as guard:
        guard.execute("select pg_advisory_lock(731500)")  # two consoles may start at once
        create_roles(maintenance_dsn)
        create_database(maintenance_dsn, name)
        if not is_current(dsn):
            upgrade(dsn)


def is_current(dsn: str) -> bool:
    """Tell whether migrations and routines in the database are the ones of this program."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute(
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
        ).fetchone()
    return row is not None and row[0] == _stamp()


def is_empty(dsn: str) -> bool:
    """Tell whether nobody has seeded a district yet."""
    with psycopg.connect(dsn) as connection:
        return connection.execute("select from core.district limit 1").fetchone() is None


def upgrade(dsn: str) -> None:
    """Migrate to head, replay every routine and bring the product's own rows; what a centre changed stays."""
    from alembic import command  # most starts find the schema current and need neither of these
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = sqlalchemy_url(dsn)
    command.upgrade(config, "head")
    replay_routines(dsn)
    harden(dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("comment on schema api is {}").format(sql.Literal(catalogue(connection))))
        calendar.load_calendar(connection)
        machine.load_machine(connection)
        policies.load_policies(connection)
        camera_lists.load_camera_lists(connection)
        connection.execute(
            sql.SQL("comment on database {} is {}").format(
                sql.Identifier(connection.info.dbname), sql.Literal(_stamp())
            )
        )


def replay_routines(dsn: str) -> None:
    """Create or replace all functions, triggers, views and policies, in one transaction.

    Files run in the order of their names: NN_<noun>.sql, so a file may use what stands in lower numbers.
    """
    with psycopg.connect(dsn) as connection:
        connection.execute(f"set role {OWNER_ROLE}")
        connection.execute("set check_function_bodies = off")
        for path in sorted(ROUTINES.glob("*.sql")):
            try:
                connection.execute(path.read_text("utf-8"))
            except psycopg.Error as error:
                error.add_note(f"in {path.name}")
                raise


def harden(dsn: str) -> None:
    """Take from everybody what nobody needs; the superuser can; `liangdeng doctor` tells what is left."""
    with psycopg.connect(dsn) as connection:
        if connection.info.parameter_status("is_superuser") == "on":
            connection.execute(HARDENING.read_text("utf-8"))


def catalogue(connection: psycopg.Connection[Any]) -> str:
    """Digest what the routines have made of a database: functions, views, triggers, policies, rights.

    Partitions are left out: the worker makes and drops them.
    """
    with connection.transaction():
        connection.execute("set local search_path = pg_catalog")
        row = connection.execute((HERE / "catalogue.sql").read_text("utf-8")).fetchone()
    return str(row and row[0])


def recorded_catalogue(connection: psycopg.Connection[Any]) -> str | None:
    """Return the digest the last upgrade left."""
    row = connection.execute("select obj_description('api'::regnamespace, 'pg_namespace')").fetchone()
    return row[0] if row else None


def _stamp() -> str:
    """Name the current text of everything that `upgrade` brings."""
    digest = hashlib.sha256()
    shaping = (
        HERE / "roles.sql",
        HARDENING,
        *MIGRATIONS.rglob("*.sql"),
        *ROUTINES.glob("*.sql"),
        *calendar.FOLDER.glob("*.csv"),
        machine.RULES,
        policies.FILE,
        camera_lists.FILE,
    )
    for path in sorted(shaping):
        digest.update(path.read_bytes())
    return f"liangdeng schema {version.head()}-{digest.hexdigest()[:16]}"
