"""Reads on a real standby: only while it is fit, never behind one's own writes, else on the primary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from standby import Standby, standby_of_server

from console.ticket.record import Filter, Order
from console.ticket.store import TicketStore
from db.admin.context import demo_password
from db.embedded import Address
from db.engine import engine_for
from db.link import standby_of
from db.programs import Programs
from db.replica import Fault, Replica
from db.transaction import Halt

PATIENCE_S = 60
REPORT = """{"kind": "complaint", "channel": "phone", "title": "路灯不亮", "body": "坏了三天",
 "no_place": true, "caller": {"anonymous": true}}"""


@pytest.fixture(scope="module")
def one_standby(
    server: Address, shared_database: str, home: Path, pytestconfig: pytest.Config
) -> Iterator[Standby]:
    """A standby of the tests' server, copied when the module's database is there."""
    assert shared_database
    major = pytestconfig.getoption("--server")
    programs = Programs(Path(f"/usr/lib/postgresql/{major}/bin")) if major else Programs()
    with standby_of_server(server, home / f"standby-{uuid4().hex}", programs) as made:
        yield made


@pytest.fixture
def standby(one_standby: Standby) -> Standby:
    """The standby, up and following."""
    one_standby.start()
    one_standby.catch_up()
    return one_standby


@pytest.fixture
def operator(server: Address, shared_database: str) -> str:
    """The DSN of a person on the primary."""
    name = shared_database.rsplit("/", 1)[1]
    return server.dsn(name, user="d1_operator1", password=demo_password())


@pytest.fixture
def primary(operator: str) -> Iterator[Engine]:
    engine = engine_for(operator)
    yield engine
    engine.dispose()


@pytest.fixture
def replica(primary: Engine, standby: Standby, operator: str) -> Iterator[Replica]:
    made = Replica(primary, standby_of(operator, standby.end), most_lag_s=1)
    probe_until(made, lambda: made.standing.fault is None)
    yield made
    made.dispose()


def probe_until(replica: Replica, is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, replica.standing
        replica.probe()


def is_standby(connection: Connection) -> bool:
    return bool(connection.execute(text("select pg_is_in_recovery()")).scalar_one())


def numbers(connection: Connection) -> list[str]:
    return list(connection.execute(text("select number from api.tickets")).scalars())


def write(engine: Engine) -> str:
    """Register a report and return its number."""
    ask = text("select number from api.open_ticket(gen_random_uuid(), cast(:report as jsonb))")
    with engine.begin() as connection:
        return str(connection.execute(ask, {"report": REPORT}).scalar_one())


def test_reads_go_to_the_standby_under_the_same_rights(replica: Replica, primary: Engine) -> None:
    assert replica.read(is_standby)
    assert replica.standing.lag_s is not None
    assert replica.standing.lag_s < 1
    number = write(primary)
    probe_until(replica, lambda: replica.engine is not primary and number in replica.read(numbers))


def test_without_a_standby_reads_go_to_the_primary(primary: Engine) -> None:
    alone = Replica(primary)
    assert alone.engine is primary
    assert alone.read(is_standby) is False


def test_own_write_is_read_back_until_the_standby_has_it(
    replica: Replica, primary: Engine, standby: Standby, monkeypatch: pytest.MonkeyPatch
) -> None:
    standby.fall_behind()
    number = write(primary)
    replica.note_write()
    assert replica.engine is primary
    assert number in replica.read(numbers)
    look = replica._look_at_primary

    def looked() -> tuple[float, int, int]:
        assert replica.engine is primary  # before the answer is known, too
        return look()

    monkeypatch.setattr(replica, "_look_at_primary", looked)
    replica.probe()
    assert replica.engine is primary
    standby.catch_up()
    probe_until(replica, lambda: replica.engine is not primary)
    assert number in replica.read(numbers)


def test_lists_of_all_years_and_searches_are_read_there_and_open_work_never(
    replica: Replica, primary: Engine, standby: Standby
) -> None:
    store = TicketStore(primary, replica)
    past = Filter(open_only=False, order=Order.NEWEST)

    def shown(wanted: Filter) -> set[str]:
        page, counts = store.first_page(wanted, halt=Halt())
        assert counts.total >= len(page.rows)
        assert store.page(wanted).rows == page.rows
        return {ticket.number for ticket in page.rows}

    standby.fall_behind()
    number = write(primary)
    assert replica.engine is not primary
    assert number not in shown(past)
    assert number not in shown(Filter(text="路灯", open_only=False))
    assert number not in shown(Filter(text="路灯"))
    assert number not in {ticket.number for ticket in store.search("路灯", 50)}
    assert number in shown(Filter())
    replica.note_write()  # one's own
    assert number in shown(past)
    assert number in shown(Filter(text="路灯"))
    assert number in {ticket.number for ticket in store.search("路灯", 50)}
    standby.catch_up()
    probe_until(replica, lambda: replica.engine is not primary)
    assert number in shown(past)


def test_late_standby_is_not_read(replica: Replica, primary: Engine, standby: Standby) -> None:
    standby.fall_behind()
    write(primary)
    probe_until(replica, lambda: replica.standing.fault is Fault.LATE)
    assert replica.standing.lag_s is not None
    assert replica.standing.lag_s > 1
    assert replica.engine is primary
    standby.catch_up()
    probe_until(replica, lambda: replica.engine is not primary)


def test_standby_that_dies_in_between_costs_no_read(
    replica: Replica, primary: Engine, standby: Standby
) -> None:
    assert replica.read(is_standby)
    standby.stop()
    assert replica.read(is_standby) is False
    assert replica.engine is primary
    assert replica.probe().fault is Fault.GONE


def test_read_in_the_way_of_the_recovery_is_asked_of_the_primary(replica: Replica, primary: Engine) -> None:
    asked: list[bool] = []

    def once_in_the_way(connection: Connection) -> bool:
        asked.append(is_standby(connection))
        if asked[-1]:
            raise DBAPIError("", {}, psycopg.errors.SerializationFailure("in the way of the recovery"))
        return asked[-1]

    assert replica.read(once_in_the_way) is False
    assert asked == [True, False]
    assert replica.engine is not primary


def test_what_became_a_primary_of_its_own_is_not_read(primary: Engine, operator: str) -> None:
    replica = Replica(primary, operator)
    assert replica.probe().fault is Fault.NO_STANDBY
    assert replica.engine is primary
    replica.dispose()


def test_several_hosts_lead_to_the_one_that_can_be_written_to(
    standby: Standby, server: Address, operator: str
) -> None:
    there = conninfo_to_dict(operator)
    hosts = {"host": f"{standby.host},{server.host}", "port": f"{standby.port},{server.port}"}
    with psycopg.connect(**there | hosts | {"target_session_attrs": "read-write"}) as connection:
        assert connection.info.port == server.port


def test_link_to_the_standby_keeps_login_and_forgets_the_primarys_address() -> None:
    dsn = "host=a.example hostaddr=127.0.0.1 port=5432 user=u password=p dbname=d sslmode=verify-full"
    given = conninfo_to_dict(standby_of(dsn, "b.example:6000, c.example"))
    assert (given["host"], given["port"], given["user"]) == ("b.example,c.example", "6000,5432", "u")
    assert not given.get("hostaddr")
    assert given["target_session_attrs"] == "standby"
