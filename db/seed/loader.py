"""Fill a migrated, empty database with two demo districts at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from db.accounts import provision
from db.seed.bulk import copy_rows, read_toml
from db.seed.camera_lists import load_camera_lists
from db.seed.catalogue import load_categories, load_lists, load_responsibilities
from db.seed.demo_cameras import load_demo_cameras
from db.seed.demo_tickets import play_tickets
from db.seed.organisation import load_members, load_units, plan_members
from db.seed.policies import load_policies
from db.seed.territory import load_territory

TICKETS = 1280
SEEDING = 731501  # advisory lock


def seed_demo(dsn: str, demo_password: str, tickets: int = TICKETS) -> bool:
    """Seed what is missing, the directory or `tickets` tickets; False when nothing was."""
    with _alone(dsn) as connection:
        seeded = _seed_directory(connection, demo_password) or _seed_cameras(connection)
        if tickets and _is_empty(connection, "ticket"):
            play_tickets(dsn, tickets)
            return True
    return seeded


def seed_directory(dsn: str, demo_password: str) -> bool:
    """Seed districts, people and rules without tickets; False when there are districts already."""
    with _alone(dsn) as connection:
        return _seed_directory(connection, demo_password)


@contextmanager
def _alone(dsn: str) -> Iterator[psycopg.Connection]:
    """Lend a connection while no other program seeds this database: two consoles may start at once."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [SEEDING])
        yield connection


def _is_empty(connection: psycopg.Connection, table: str) -> bool:
    query = sql.SQL("select 1 from {} limit 1").format(sql.Identifier("core", table))
    return connection.execute(query).fetchone() is None


def _seed_directory(connection: psycopg.Connection, password: str) -> bool:
    if not _is_empty(connection, "district"):
        return False
    with connection.transaction():
        _load_directory(connection, read_toml("directory.toml"), password)
    connection.execute(
        "analyze core.territory, core.unit, core.category, core.responsibility, core.workday, core.camera"
    )
    return True


def _seed_cameras(connection: psycopg.Connection) -> bool:
    """Seed the cameras of demo districts that are older than cameras."""
    if not _is_empty(connection, "camera"):
        return False
    with connection.transaction():
        for profile in read_toml("directory.toml")["district"]:
            load_demo_cameras(connection, profile["id"], profile["cameras"])
    return True


def _load_directory(connection: psycopg.Connection, shared: dict[str, Any], password: str) -> None:
    profiles: list[dict[str, Any]] = shared["district"]
    copy_rows(
        connection,
        "district",
        "id code name_zh name_en centre_zh centre_en",
        (
            [profile[key] for key in ("id", "code", "name_zh", "name_en", "centre_zh", "centre_en")]
            for profile in profiles
        ),
    )
    load_lists(connection, shared)
    categories = load_categories(connection, profiles)
    load_policies(connection)  # before there is anybody: later ones are changes, which the register keeps
    nodes = load_territory(connection, profiles)
    units = load_units(connection, profiles, nodes)
    members = [member for profile in profiles for member in plan_members(profile, units)]
    load_members(connection, shared, members)
    provision(connection, [member.account() for member in members], password)
    load_responsibilities(connection, profiles, categories, units)
    load_camera_lists(connection)
    for profile in profiles:
        load_demo_cameras(connection, profile["id"], profile["cameras"])
