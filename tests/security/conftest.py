"""Halls to attack: a fresh one for a test, and a besieged one for all the attacks of a module."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from attack import LOGINS
from ground import Ground
from hall import Hall

from db.accounts import Account, provision
from db.admin.context import demo_password
from db.embedded import Address

WALL = LOGINS["wall"]


@pytest.fixture
def hall(database: str, person_dsn: Callable[[str], str]) -> Iterator[Hall]:
    """A hall of its own for one test."""
    made = Hall(database, person_dsn)
    yield made
    made.close()


@pytest.fixture(scope="session")
def wall(server: Address) -> Iterator[None]:
    """A login for a wall screen; the demo has none."""
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        provision(connection, [Account(WALL, ("ld_wall",))], demo_password())
        yield
        connection.execute(f"drop role {WALL}")


@pytest.fixture(scope="module")
def ground(wall: None, server: Address, shared_database: str) -> Iterator[Ground]:
    """The district of this module."""
    name = shared_database.rsplit("/", 1)[1]
    made = Ground(shared_database, lambda login: server.dsn(name, user=login, password=demo_password()))
    yield made
    made.close()
