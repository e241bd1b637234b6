"""A hall at work on a fresh demo district."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from camera_hall import make_camera, open_view
from city import City
from hall import WORKER, Hall
from past import World, grown

from db.embedded import Address


@pytest.fixture
def hall(database: str, person_dsn: Callable[[str], str]) -> Iterator[Hall]:
    """A hall of its own for one test."""
    made = Hall(database, person_dsn)
    yield made
    made.close()


@pytest.fixture
def city(hall: Hall, connect: Callable[[str], psycopg.Connection]) -> City:
    """A city of cameras of its own, with the worker's connection."""
    return City(hall, connect(WORKER))


@pytest.fixture
def camera(hall: Hall) -> int:
    """A camera that may be opened."""
    return make_camera(hall)


@pytest.fixture
def view(hall: Hall, camera: int) -> int:
    """An operator's open view through it."""
    return open_view(hall, camera)


@pytest.fixture
def scratch(shared_database: str) -> Iterator[psycopg.Connection]:
    """An owner's transaction that is rolled back after the test."""
    with psycopg.connect(shared_database) as connection:
        connection.execute("begin")  # so that the code's own transactions are savepoints in this one
        yield connection
        connection.rollback()


@pytest.fixture(scope="module")
def world(shared_database: str, server: Address) -> Iterator[World]:
    """An owner and readers at one database whose history grows from example to example."""
    with grown(shared_database, server) as made:
        yield made
