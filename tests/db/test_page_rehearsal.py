"""A ticket's page, read ahead on several connections, leaves its plans there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hall import OPERATOR, Hall
from sqlalchemy import Engine, text

from console.ticket.page_store import PageStore
from console.ticket.record import TicketId
from console.ticket.rehearsal import TURNS
from db.engine import engine_for

KEPT_PLANS = "select statement from pg_prepared_statements where generic_plans > 0"


@pytest.fixture
def engine(person_dsn: Callable[[str], str]) -> Iterator[Engine]:
    made = engine_for(person_dsn(OPERATOR))
    yield made
    made.dispose()


def test_rehearsal_leaves_the_plans_of_a_page_on_each_connection(engine: Engine, hall: Hall) -> None:
    ticket = TicketId(hall.open()["id"])
    for _ in range(TURNS):
        PageStore(engine).rehearse(ticket, 2)
    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            kept = "\n".join(connection.scalars(text(KEPT_PLANS)))
            assert all(f"api.{part}(" in kept for part in ("allowed", "explain_due", "propose"))
