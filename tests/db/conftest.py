"""A hall at work on a fresh demo district."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from hall import Hall


@pytest.fixture
def hall(database: str, person_dsn: Callable[[str], str]) -> Iterator[Hall]:
    """A hall of its own for one test."""
    made = Hall(database, person_dsn)
    yield made
    made.close()
