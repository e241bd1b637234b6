"""Fill a migrated, empty database with two demo districts at work."""

from __future__ import annotations

from typing import Any

import psycopg

from db.accounts import provision
from db.seed.bulk import copy_rows, read_toml
from db.seed.calendar import load_calendar
from db.seed.catalogue import load_categories, load_lists, load_responsibilities
from db.seed.demo_tickets import play_tickets
from db.seed.machine import load_machine
from db.seed.organisation import load_members, load_units, plan_members
from db.seed.policies import load_policies
from db.seed.territory import load_territory

TICKETS = 1280


def seed_demo(dsn: str, demo_password: str, tickets: int = TICKETS) -> bool:
    """Seed directory, people, rules and `tickets` demo tickets; False when there are districts already.

    The directory is one transaction; should the tickets be interrupted, the district is usable without them.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        if connection.execute("select from core.district limit 1").fetchone() is not None:
            return False
        with connection.transaction():
            _load_directory(connection, read_toml("directory.toml"), demo_password)
        connection.execute(
            "analyze core.territory, core.unit, core.category, core.responsibility, core.workday"
        )
    play_tickets(dsn, tickets)
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
    nodes = load_territory(connection, profiles)
    units = load_units(connection, profiles, nodes)
    members = [member for profile in profiles for member in plan_members(profile, units)]
    load_members(connection, shared, members)
    provision(connection, [member.account() for member in members], password)
    load_lists(connection, shared)
    categories = load_categories(connection, profiles)
    load_responsibilities(connection, profiles, categories, units)
    load_calendar(connection)
    load_policies(connection)
    load_machine(connection)
