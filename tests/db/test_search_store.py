"""The store's side of a search: pages, counts, what still matches; and ending one that runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hall import CALLBACK, OPERATOR, Hall
from sqlalchemy import Engine, text

from console.kit.lamp import Light
from console.ticket.record import Filter, Order, TicketId, TicketState
from console.ticket.store import TicketStore
from db.engine import engine_for
from db.errors import BadPayload, RightMissing, Unavailable
from db.transaction import Halt, transaction

PATIENCE_S = 60
ENDLESS = (
    "with recursive n as (select 1 as i union all select i + 1 from n where i < 2000000000)"
    " select max(i) from n"
)


@pytest.fixture
def engine(person_dsn: Callable[[str], str]) -> Iterator[Engine]:
    """One connection, so that what is left on it meets the next question."""
    made = engine_for(person_dsn(OPERATOR), pool_size=1)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> TicketStore:
    return TicketStore(engine)


def test_text_is_searched_for_newest_first_in_pages(hall: Hall, store: TicketStore) -> None:
    made = [hall.open(title=f"白鹭 {number}")["id"] for number in range(7)]
    hall.act("d1_supervisor1", made[2], "void")
    wanted = Filter(text="白鹭", open_only=False, order=Order.DUE)
    assert wanted.order is Order.NEWEST
    page, counts = store.first_page(wanted, 3)
    assert (counts.total, counts.more, counts.since) == (7, False, None)
    assert counts.states == {TicketState.NEW: 6, TicketState.VOID: 1}
    found = list(page.rows)
    while page.next is not None:
        page = store.page(wanted, page.next, 3)
        found += page.rows
    assert [row.id for row in found] == made[::-1]
    assert [row.id for row in store.search("白鹭", 2)] == made[:-3:-1]


def test_facets_of_a_search_say_what_another_choice_would_find(hall: Hall, store: TicketStore) -> None:
    hall.open(title="白鹭")
    other = hall.open(title="白鹭")["id"]
    hall.act("d1_supervisor1", other, "void")
    wanted = Filter(text="白鹭", open_only=False, states=(TicketState.VOID,), lights=(Light.HELD,))
    _, counts = store.first_page(wanted)
    assert counts.total == 1
    assert counts.states is not None
    assert counts.lights is not None
    assert set(counts.states) <= {TicketState.VOID, TicketState.NEW}
    assert counts.lights[Light.HELD] == 1


def test_matching_asks_only_about_the_tickets_named(hall: Hall, store: TicketStore) -> None:
    one, two, three = (TicketId(hall.open(title=title)["id"]) for title in ("白鹭", "白鹭", "路灯"))
    wanted = Filter(text="白鹭", open_only=False)
    rows, matches = store.matching([one, three], wanted)
    assert ({row.id for row in rows}, matches) == ({one, three}, {one})
    _, matches = store.matching([one, two], replace(wanted, ids=(two, three)))
    assert matches == {two}


def test_one_character_tells_since_when(hall: Hall, store: TicketStore) -> None:
    hall.open(title="白鹭")
    assert store.counts(Filter(text="鹭")).since is not None


def test_end_of_a_number_is_for_some_and_written_down(
    hall: Hall, store: TicketStore, person_dsn: Callable[[str], str]
) -> None:
    ticket = hall.open()["id"]
    assert [row.id for row in store.search_phone("0001")] == [ticket]
    with pytest.raises(BadPayload):
        store.search_phone("1")
    engine = engine_for(person_dsn("d1_dept01"))
    with pytest.raises(RightMissing):
        TicketStore(engine).search_phone("0001")
    engine.dispose()
    assert hall.value("select count(*) from audit.entry where kind = 'phone_search'") == 1
    assert hall.call(CALLBACK, "select 1 as one") == [{"one": 1}]


class TestHalt:
    """A search that nobody waits for any more ends on the server."""

    def test_ends_the_running_statement_and_spares_the_connection(self, hall: Hall, engine: Engine) -> None:
        halt, ended = Halt(), []

        def sleep() -> None:
            try:
                with transaction(engine, halt) as connection:
                    connection.execute(text(ENDLESS))
            except Unavailable as error:
                ended.append(error)

        worker = threading.Thread(target=sleep)
        worker.start()
        sleeping = "select count(*) from pg_stat_activity where query like %s and state = 'active'"
        while not hall.value(sleeping, ENDLESS[:20] + "%"):
            assert worker.is_alive()
        halt.call()
        worker.join(PATIENCE_S)
        assert len(ended) == 1
        assert hall.value(sleeping, ENDLESS[:20] + "%") == 0
        with transaction(engine) as connection:
            assert connection.execute(text("select 1")).scalar_one() == 1

    def test_before_its_beginning_keeps_it_from_beginning(self, store: TicketStore) -> None:
        halt = Halt()
        halt.call()
        with pytest.raises(Unavailable):
            store.first_page(Filter(text="路灯"), 10, halt)
        assert store.first_page(Filter(text="路灯"), 10)[0].rows == ()

    def test_after_its_end_does_nothing(self, store: TicketStore) -> None:
        halt = Halt()
        store.first_page(Filter(text="路灯"), 10, halt)
        halt.call()
        assert store.first_page(Filter(text="路灯"), 10)[0].rows == ()
