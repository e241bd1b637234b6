"""A hall at work on a fresh demo district."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import psycopg
import pytest
from hall import Hall

from db import schema
from db.embedded import Address


@pytest.fixture
def hall(database: str, person_dsn: Callable[[str], str]) -> Iterator[Hall]:
    """A hall of its own for one test."""
    made = Hall(database, person_dsn)
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared_database(server: Address, template: str) -> Iterator[str]:
    """The owner's DSN of one clone for all tests of a module that leave nothing behind."""
    name = f"shared_{uuid4().hex}"
    schema.create_database(server.dsn("postgres"), name, template=template)
    yield server.dsn(name)
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def scratch(shared_database: str) -> Iterator[psycopg.Connection]:
    """An owner's transaction that is rolled back after the test."""
    with psycopg.connect(shared_database) as connection:
        connection.execute("begin")  # so that the code's own transactions are savepoints in this one
        yield connection
        connection.rollback()
