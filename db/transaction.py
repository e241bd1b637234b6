"""One transaction whose database errors leave as domain errors."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg.rows import dict_row
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from db.errors import Unavailable, translate

Question = tuple[str, Mapping[str, Any]]  # a statement and its values by name
log = logging.getLogger("db.transaction")
CANCEL_S = 5.0


class Halt:
    """Ends, from another thread, what one question still does in the database.

    Never what the same connection does next: a connection is given back only when no cancelling is under way.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: psycopg.Connection[object] | None = None
        self._is_called = False

    def call(self) -> None:
        """Cancel the statement that runs; one that has not begun will not begin."""
        with self._lock:
            self._is_called = True
            if self._running is not None:
                try:
                    self._running.cancel_safe(timeout=CANCEL_S)
                except psycopg.Error as error:  # then the statement ends by itself, at its time limit
                    log.info("not cancelled reason=%s", error)

    @contextmanager
    def over(self, connection: Connection) -> Iterator[None]:
        """Let `call` reach what is done on the connection in here."""
        with self._lock:
            if self._is_called:
                raise Unavailable("called off")
            self._running = connection.connection.driver_connection
        try:
            yield
        finally:
            with self._lock:
                self._running = None


@contextmanager
def single(engine: Engine) -> Iterator[Connection]:
    """Carry out one statement that is a transaction of its own: two journeys to the server fewer."""
    try:
        with engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")
    except DBAPIError as error:
        raise translate(error) from error


@contextmanager
def transaction(engine: Engine, halt: Halt | None = None) -> Iterator[Connection]:
    """Begin, commit at the end, and translate what the database refuses."""
    try:
        with engine.begin() as connection:
            if halt is None:
                yield connection
            else:
                with halt.over(connection):
                    yield connection
    except (DBAPIError, psycopg.Error) as error:
        raise translate(error) from error


def together(connection: Connection, questions: Sequence[Question]) -> list[list[dict[str, Any]]]:
    """Ask several questions in one journey, inside `transaction`; return the rows of each, as mappings.

    A window that is being painted gives Python's lock away every few milliseconds: each journey waits for it.
    """
    driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
    with driver.pipeline():
        answers = [driver.cursor(row_factory=dict_row).execute(*question) for question in questions]
    return [answer.fetchall() if answer.description else [] for answer in answers]
