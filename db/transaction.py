"""One transaction whose database errors leave as domain errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from db.errors import translate


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """Begin, commit at the end, and translate what the database refuses."""
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        raise translate(error) from error
