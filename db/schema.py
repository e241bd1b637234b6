"""Bring a database to the current schema: cluster roles, migrations, routines, seeds."""

from __future__ import annotations

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql

from db.engine import sqlalchemy_url

HERE = Path(__file__).parent
ROUTINES = HERE / "routines"
OWNER_ROLE = "ld_owner"


def create_roles(dsn: str) -> None:
    """Create the NOLOGIN roles of the cluster; safe to repeat."""
    with psycopg.connect(dsn) as connection:
        connection.execute((HERE / "roles.sql").read_text("utf-8"))


def create_database(dsn: str, name: str) -> bool:
    """Create database `name` owned by the owner role; False when it is there already."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            return False
        connection.execute(sql.SQL("create database {} owner {} template template0").format(
            sql.Identifier(name), sql.Identifier(OWNER_ROLE)))
        connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
        connection.execute(sql.SQL("grant connect on database {} to ld_console, ld_intake").format(
            sql.Identifier(name)))
    return True


def upgrade(dsn: str) -> None:
    """Migrate to head and replay every routine."""
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.attributes["url"] = sqlalchemy_url(dsn)
    command.upgrade(config, "head")
    replay_routines(dsn)


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
