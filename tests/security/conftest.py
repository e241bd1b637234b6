"""Halls to attack: a fresh one for a test, and a besieged one for all the attacks of a module; new logins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
from attack import LOGINS
from ground import Ground
from hall import Hall
from people import PASSWORD, Admin
from psycopg import sql
from psycopg.rows import dict_row

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


@pytest.fixture
def admin(monkeypatch: pytest.MonkeyPatch, database: str) -> Admin:
    return Admin(monkeypatch, database)


@pytest.fixture
def login(admin: Admin, owner: psycopg.Connection) -> Iterator[str]:
    """A new operator who still has the administrator's password."""
    name = f"new_{uuid4().hex[:8]}"
    unit = owner.execute("select code from core.unit where district_id = 1 and kind = 'centre'").fetchone()
    assert unit is not None
    admin("add", name, "--name", "演示新员", "--unit", unit[0], "--duty", "operator", password=PASSWORD)
    yield name
    owner.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", [name])
    owner.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))


@pytest.fixture
def enter(server: Address, database: str) -> Iterator[Callable[..., psycopg.Connection]]:
    opened: list[psycopg.Connection] = []

    def open_as(login: str, password: str) -> psycopg.Connection:
        dsn = server.dsn(database.rsplit("/", 1)[1], user=login, password=password)
        opened.append(psycopg.connect(dsn, autocommit=True, row_factory=dict_row))  # type: ignore[arg-type]
        return opened[-1]

    yield open_as
    for connection in opened:
        connection.close()
