"""Who is woken: whom a change concerns and nobody else, by locks nobody else can hold or let go."""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Callable

import psycopg
import pytest
from hall import AREA, DEPT, OPERATOR, SUPERVISOR, TOWN, WORKER, Hall
from waiting import until

from db import changes
from db.admin.waker import Waker, elect, tick
from db.changes import Change, position

Connect = Callable[[str], psycopg.Connection]
WAITS = "select count(*) from pg_locks where pid = %s and locktype = 'advisory' and not granted"
PATIENCE_S = 60.0  # a machine may be busy; only a failing test waits that long


class Desk:
    """Waits for changes as a console does."""

    def __init__(self, connection: psycopg.Connection, hall: Hall | None = None) -> None:
        self.connection = connection
        self.hall = hall
        changes.prepare_to_wait(connection)
        self.at = position(connection)
        self.ask()

    def ask(self) -> None:
        """Begin to wait."""
        changes.ask(self.connection.pgconn, self.at)

    def is_woken(self, within_s: float = 0.0) -> bool:
        """Say whether the server has answered."""
        return bool(select.select([self.connection.pgconn.socket], [], [], within_s)[0])

    def is_asleep(self) -> bool:
        """Say whether the server lets this desk wait."""
        assert self.hall is not None
        return bool(self.hall.value(WAITS, self.connection.info.backend_pid) == 1)

    def take(self) -> tuple[Change, ...]:
        """Take the answer, and wait for the next one."""
        until = time.monotonic() + PATIENCE_S
        while self.is_woken(max(0.0, until - time.monotonic())):
            read = changes.answer(self.connection.pgconn, self.at)
            if read is not None:
                self.at, found = read
                self.ask()
                return found
        pytest.fail("nobody woke this desk")


@pytest.fixture(autouse=True)
def endless(request: pytest.FixtureRequest, database: str) -> None:
    """No wait ends by itself: on a busy machine three seconds are over before a test is."""
    if "ends_by_itself" not in request.node.name:
        with psycopg.connect(database, autocommit=True) as owner:
            owner.execute("alter function api.await_changes set lock_timeout = '1h'")


@pytest.fixture
def desks(hall: Hall, owner: psycopg.Connection, connect: Connect) -> Callable[..., dict[str, Desk]]:
    """Let desks wait behind a waker that has begun."""
    return lambda *logins: {login: Desk(connect(login), hall) for login in logins}


def assert_woken(waiting: dict[str, Desk], *logins: str) -> None:
    """These desks are woken, however busy the machine, and no others; they wait again."""
    for login in logins:
        assert waiting[login].is_woken(PATIENCE_S), login
    # Who is not woken stands before a lock; the waker has let go of all it meant to.
    for login in waiting.keys() - set(logins):
        until(waiting[login].is_asleep)
    assert {login for login, desk in waiting.items() if desk.is_woken()} == set(logins)
    for login in logins:
        waiting[login].take()


def test_tick_wakes_whom_the_change_concerns_once_and_nobody_else(
    hall: Hall, owner: psycopg.Connection, desks: Callable[..., dict[str, Desk]]
) -> None:
    since = tick(owner, None)
    waiting = desks(OPERATOR, TOWN, AREA, DEPT, "d1_town02", "d2_operator1")
    hall.open()
    assert_woken(waiting)  # writers wake nobody
    since = tick(owner, since)
    assert_woken(waiting, OPERATOR, TOWN, AREA)
    since = tick(owner, since)
    assert_woken(waiting)
    hall.open()
    tick(owner, since)
    assert_woken(waiting, OPERATOR, TOWN, AREA)


def test_whoever_is_woken_finds_the_change(
    hall: Hall, owner: psycopg.Connection, desks: Callable[..., dict[str, Desk]], database: str
) -> None:
    """Also behind a transaction that has not ended: neither waits for it, and its end wakes again."""
    since = tick(owner, None)
    slow, quick = hall.open()["id"], hall.open()["id"]
    desk = desks(OPERATOR)[OPERATOR]
    since = tick(owner, since)
    desk.take()
    with psycopg.connect(database) as late:
        late.execute("update core.ticket set version = version + 1 where id = %s", [slow])
        hall.act(OPERATOR, quick, "note", payload={"text": "快"})
        since = tick(owner, since)
        assert [change.id for change in desk.take()] == [quick]
        since = tick(owner, since)
        assert not desk.is_woken(0.1)
    tick(owner, since)
    assert [change.id for change in desk.take()] == [slow]


def test_change_between_reading_and_waiting_is_not_slept_through(
    hall: Hall, owner: psycopg.Connection, connect: Connect
) -> None:
    since = tick(owner, None)
    desk = Desk(connect(OPERATOR))
    for before_commit in (False, True):
        ticket = hall.open()["id"]
        with owner.transaction():
            row = owner.execute(
                "select snapshot::text, ended from api.tick(%s::text::pg_snapshot)", [since]
            ).fetchone()
            assert row is not None
            if before_commit:  # reads the epoch that is about to end
                stranger = Desk(connect("d1_operator2"))
        since = row[0]
        owner.execute("select api.wake(%s)", [row[1]])
        assert [change.id for change in desk.take()] == [ticket]
    assert stranger.take() == ()  # its key was free by then: it looks at once, not after three seconds


def test_without_a_waker_and_without_changes_a_wait_ends_by_itself(
    hall: Hall, owner: psycopg.Connection, connect: Connect
) -> None:
    assert Desk(connect(OPERATOR)).take() == ()  # nobody has ticked yet
    tick(owner, None)
    desk = Desk(connect(OPERATOR), hall)
    until(desk.is_asleep)
    assert desk.take() == ()


def test_what_is_said_to_one_person_wakes_that_person(
    hall: Hall, owner: psycopg.Connection, desks: Callable[..., dict[str, Desk]]
) -> None:
    since = tick(owner, None)
    waiting = desks(OPERATOR, TOWN, DEPT)
    owner.execute(
        "insert into core.change (what, id, district_id, scope) values ('ticket', 1, 1, 'person ' || %s)",
        [DEPT],
    )
    tick(owner, since)
    assert_woken(waiting, DEPT)


def test_a_desk_that_rested_is_answered_at_once_and_misses_nothing(
    hall: Hall, owner: psycopg.Connection, desks: Callable[..., dict[str, Desk]]
) -> None:
    """Meanwhile the waker goes on: the key it was told is free when it asks."""
    since = tick(owner, None)
    desk = desks(OPERATOR)[OPERATOR]
    first = hall.open()["id"]
    since = tick(owner, since)
    until(desk.is_woken)
    read = changes.answer(desk.connection.pgconn, desk.at)
    assert read is not None
    desk.at, found = read
    assert [change.id for change in found] == [first]
    second, third = hall.open()["id"], hall.open()["id"]
    tick(owner, since)
    desk.ask()
    assert {change.id for change in desk.take()} == {second, third}


def test_units_rest_longer_than_the_hall(hall: Hall, owner: psycopg.Connection, connect: Connect) -> None:
    tick(owner, None)
    rests = {login: position(connect(login)).rest_ms for login in (OPERATOR, SUPERVISOR, TOWN, AREA, DEPT)}
    assert rests == {OPERATOR: 75, SUPERVISOR: 75, TOWN: 500, AREA: 500, DEPT: 500}


def test_waits_that_began_together_do_not_end_together(hall: Hall, owner: psycopg.Connection) -> None:
    """Else five hundred desks that nothing concerns would ask all at once, every three seconds, for ever."""
    limits = set()
    for _ in range(20):
        with owner.transaction():
            owner.execute("set local lock_timeout = '3s'")
            owner.execute("select core.wait_for_wake(-1)")
            limits.add(lock_limit_ms(owner))
    assert len(limits) > 10
    assert all(2000 <= limit <= 4000 for limit in limits)


def lock_limit_ms(owner: psycopg.Connection) -> int:
    """Return how long the session waits for a lock, in milliseconds."""
    row = owner.execute("select setting::int from pg_settings where name = 'lock_timeout'").fetchone()
    assert row is not None
    return int(row[0])


def test_news_of_the_directory_wake_the_district(
    hall: Hall, owner: psycopg.Connection, desks: Callable[..., dict[str, Desk]]
) -> None:
    since = tick(owner, None)
    waiting = desks(OPERATOR, TOWN, DEPT, "d2_operator1")
    hall.call("d1_supervisor1", "select api.save_view(null, '大家的', '{}', true)")
    tick(owner, since)
    assert_woken(waiting, OPERATOR, TOWN, DEPT)


def test_unit_without_a_place_keeps_nobody_from_being_woken(
    hall: Hall, owner: psycopg.Connection, desks: Callable[..., dict[str, Desk]]
) -> None:
    owner.execute("update core.unit set territory_id = null where id = %s", [hall.unit["d1_town02"]])
    since = tick(owner, None)
    waiting = desks(OPERATOR, "d1_town02")
    hall.open()
    tick(owner, since)
    assert_woken(waiting, OPERATOR)


def test_keys_are_those_of_the_asking_person_change_each_time_and_cannot_be_guessed(
    hall: Hall, owner: psycopg.Connection
) -> None:
    def key(login: str) -> int:
        return int(hall.call(login, "select wake_key from api.position()")[0]["wake_key"])

    since = tick(owner, None)
    keys = {login: key(login) for login in (OPERATOR, TOWN, DEPT, "d2_operator1")}
    assert len(set(keys.values())) == len(keys)
    assert key(SUPERVISOR) == keys[OPERATOR]  # one district, seen whole
    assert all(value < 0 for value in keys.values())  # the locks of offices are positive
    hall.open()
    tick(owner, since)
    assert key(OPERATOR) != keys[OPERATOR]
    assert key(DEPT) == keys[DEPT]
    for closed in ("core.wake_key('district 1', 1)", "core.wait_for_wake(-1)"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.call(TOWN, f"select {closed}")
    for table in ("core.wake", "core.feed"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.call(TOWN, f"select * from {table}")


def test_wait_holds_no_lock_after_it_and_touches_no_office(
    hall: Hall, owner: psycopg.Connection, connect: Connect
) -> None:
    """Else who has psql could fill the table of locks, or keep the waker from its office."""
    held = "select count(*) from pg_locks where locktype = 'advisory' and pid = %s"
    with connect(DEPT) as desk, desk.transaction():
        for key in (-1, -2, 0, 731503, 731504):
            desk.execute("select * from api.await_changes(%s, '1:1:', 1)", [key])
        assert hall.value(held, desk.info.backend_pid) == 0
        assert elect(owner)
        assert hall.value(held, owner.info.backend_pid) == 1


def test_wait_holds_up_no_migration(hall: Hall, owner: psycopg.Connection, connect: Connect) -> None:
    tick(owner, None)
    desk = Desk(connect(OPERATOR))
    assert not desk.is_woken(0.1)
    relations = (
        "select count(*) from pg_locks where locktype = 'relation' and pid = %s"
        " and relation::regclass::text ~ '^core'"
    )
    assert hall.value(relations, desk.connection.info.backend_pid) == 0


def test_life_of_the_server_is_named_by_the_first_tick_and_stays(
    hall: Hall, owner: psycopg.Connection, connect: Connect
) -> None:
    desk = connect(OPERATOR)
    assert changes.server_life(desk) is None
    tick(owner, None)
    life = changes.server_life(desk)
    assert life is not None
    tick(owner, None)
    assert changes.server_life(desk) == life
    owner.execute("truncate core.wake")  # as a crash does with what is unlogged
    tick(owner, None)
    assert changes.server_life(desk) not in (None, life)


def test_tick_without_changes_takes_no_transaction_number(hall: Hall, owner: psycopg.Connection) -> None:
    hall.open()
    since = tick(owner, tick(owner, None))
    before = hall.value("select pg_snapshot_xmax(pg_current_snapshot())::text")
    tick(owner, since)
    assert hall.value("select pg_snapshot_xmax(pg_current_snapshot())::text") == before


def test_desk_can_tell_whether_somebody_wakes(
    hall: Hall, owner: psycopg.Connection, connect: Connect
) -> None:
    desk = connect(TOWN)
    assert position(desk).rest_ms is None
    tick(owner, None)
    assert position(desk).rest_ms is not None
    owner.execute("select setval('core.wake_tick', (extract(epoch from now()) * 1000)::bigint - 2500)")
    assert position(desk).rest_ms is None


def test_only_the_duty_may_tick(connect: Connect) -> None:
    for login in (OPERATOR, "d1_admin"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            tick(connect(login), None)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            elect(connect(login))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect(login).execute("select api.wake('{-1}')")
    assert elect(connect(WORKER))


def test_waker_wakes_stands_by_and_takes_over(hall: Hall, database: str, connect: Connect) -> None:
    first, second = Waker(database), Waker(database)
    threads = [threading.Thread(target=waker.run) for waker in (first, second)]
    try:
        threads[0].start()
        comes_back(hall, connect)
        desk = Desk(connect(OPERATOR))
        threads[1].start()
        first.stop()
        threads[0].join()
        desk.take()  # at once: nobody holds the lock now
        comes_back(hall, connect)
    finally:
        for waker, thread in zip((first, second), threads, strict=True):
            waker.stop()
            if thread.ident is not None:
                thread.join()


def test_waker_that_loses_its_link_comes_back(hall: Hall, database: str, connect: Connect) -> None:
    waker = Waker(database)
    thread = threading.Thread(target=waker.run)
    thread.start()
    try:
        comes_back(hall, connect)
        assert hall.rows(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'liangdeng waker' and datname = current_database()"
        )
        comes_back(hall, connect)
    finally:
        waker.stop()
        thread.join()


def comes_back(hall: Hall, connect: Connect) -> None:
    """Wait until a waker holds the locks of all scopes, and see that it wakes."""
    held = (
        "select count(*) from pg_locks l join pg_stat_activity a using (pid)"
        " where a.application_name = 'liangdeng waker' and a.datname = current_database()"
        " and l.locktype = 'advisory'"
    )
    until(lambda: hall.value(held) > 1)
    desk = Desk(connect(OPERATOR))
    ticket = hall.open()["id"]
    assert any(ticket in {change.id for change in desk.take()} for _ in range(3))
