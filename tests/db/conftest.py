"""A hall at work on a fresh demo district."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from hall import Hall


@pytest.fixture
def hall(database: str, person_dsn: Callable[[str], str]) -> Iterator[Hall]:
    """A hall of its own for one test."""
    made = Hall(database, person_dsn)
    yield made
    made.close()


@pytest.fixture
def scratch(shared_database: str) -> Iterator[psycopg.Connection]:
    """An owner's transaction that is rolled back after the test."""
    with psycopg.connect(shared_database) as connection:
        connection.execute("begin")  # so that the code's own transactions are savepoints in this one
        yield connection
        connection.rollback()
