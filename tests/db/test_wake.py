"""Who is woken: whom a change concerns and nobody else, by channels nobody can guess."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
import pytest
from hall import AREA, DEPT, OPERATOR, TOWN, WORKER, Hall

from db.admin.waker import Waker, elect, tick
from db.changes import changes_since, listen, position

Connect = Callable[[str], psycopg.Connection]


@pytest.fixture
def listeners(hall: Hall, connect: Connect) -> dict[str, psycopg.Connection]:
    """Desks of all scopes that listen."""
    desks = {login: connect(login) for login in (OPERATOR, TOWN, AREA, DEPT, "d1_town02", "d2_operator1")}
    for desk in desks.values():
        listen(desk)
    return desks


def woken(desks: dict[str, psycopg.Connection]) -> set[str]:
    """Name the desks that have a notice by now."""
    return {login for login, desk in desks.items() if list(desk.notifies(timeout=0.1))}


def test_tick_wakes_whom_the_change_concerns_once_and_nobody_else(
    hall: Hall, owner: psycopg.Connection, listeners: dict[str, psycopg.Connection]
) -> None:
    since = tick(owner, None)
    hall.open()
    assert woken(listeners) == set()  # writers wake nobody
    since = tick(owner, since)
    assert woken(listeners) == {OPERATOR, TOWN, AREA}
    since = tick(owner, since)
    assert woken(listeners) == set()


def test_whoever_is_woken_finds_the_change(
    hall: Hall, owner: psycopg.Connection, connect: Connect, database: str
) -> None:
    """Also behind a transaction that has not ended: neither waits for it, and its end wakes again."""
    desk = connect(OPERATOR)
    listen(desk)
    at = position(desk)
    since = tick(owner, None)
    slow, quick = hall.open()["id"], hall.open()["id"]
    at, _ = changes_since(desk, at)
    since = tick(owner, since)
    list(desk.notifies(timeout=2, stop_after=1))
    with psycopg.connect(database) as late:
        late.execute("update core.ticket set version = version + 1 where id = %s", [slow])
        hall.act(OPERATOR, quick, "note", payload={"text": "快"})
        since = tick(owner, since)
        assert len(list(desk.notifies(timeout=2, stop_after=1))) == 1
        at, found = changes_since(desk, at)
        assert [change.id for change in found] == [quick]
        since = tick(owner, since)
        assert list(desk.notifies(timeout=0.1)) == []
    tick(owner, since)
    assert len(list(desk.notifies(timeout=2, stop_after=1))) == 1
    assert [change.id for change in changes_since(desk, at)[1]] == [slow]


def test_notices_say_nothing(
    hall: Hall, owner: psycopg.Connection, listeners: dict[str, psycopg.Connection]
) -> None:
    since = tick(owner, None)
    for _ in range(20):
        hall.open()
    tick(owner, since)
    notices = list(listeners[OPERATOR].notifies(timeout=2, stop_after=1))
    assert [notice.payload for notice in notices] == [""]
    assert list(listeners[OPERATOR].notifies(timeout=0.1)) == []


def test_what_is_said_to_one_person_wakes_that_person(
    hall: Hall, owner: psycopg.Connection, listeners: dict[str, psycopg.Connection]
) -> None:
    since = tick(owner, None)
    owner.execute(
        "insert into core.change (what, id, district_id, scope) values ('ticket', 1, 1, 'person ' || %s)",
        [DEPT],
    )
    tick(owner, since)
    assert woken(listeners) == {DEPT}


def test_channels_are_those_of_the_asking_person_and_cannot_be_guessed(hall: Hall) -> None:
    channels = {
        login: set(hall.call(login, "select api.feed_channel() as c")[0]["c"])
        for login in (OPERATOR, "d1_operator2", TOWN, DEPT, "d2_operator1")
    }
    common = channels[OPERATOR] & channels[DEPT]
    assert len(common) == 1  # the district's views and names
    assert channels[OPERATOR] & channels["d1_operator2"] > common  # one district, seen whole
    assert channels[TOWN] & channels[DEPT] == common
    assert channels[OPERATOR] & channels["d2_operator1"] == set()
    for name in {"district 1", "town 1", OPERATOR}:
        plain = hall.value("select 'ld_' || left(encode(sha256(%s::text::bytea), 'hex'), 40)", name)
        assert plain not in set().union(*channels.values())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        hall.call(TOWN, "select core.channel_of('district 1')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        hall.call(TOWN, "select salt from core.feed")


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
    assert not position(desk).is_ticking
    tick(owner, None)
    assert position(desk).is_ticking
    owner.execute("select setval('core.wake_tick', (extract(epoch from now()) * 1000)::bigint - 2500)")
    assert not position(desk).is_ticking


def test_only_the_duty_may_tick(connect: Connect) -> None:
    for login in (OPERATOR, "d1_admin"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            tick(connect(login), None)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            elect(connect(login))
    assert elect(connect(WORKER))


def test_waker_wakes_stands_by_and_takes_over(hall: Hall, database: str, connect: Connect) -> None:
    watcher = connect(OPERATOR)
    listen(watcher)
    first, second = Waker(database), Waker(database)
    threads = [threading.Thread(target=waker.run) for waker in (first, second)]
    pause = threading.Event()
    try:
        threads[0].start()
        assert any(position(watcher).is_ticking or pause.wait(0.02) for _ in range(500))
        threads[1].start()
        hall.open()
        assert len(list(watcher.notifies(timeout=10, stop_after=1))) == 1
        first.stop()
        threads[0].join()
        for _ in range(100):  # nobody else wakes meanwhile, so each is a try
            hall.open()
            if list(watcher.notifies(timeout=0.2, stop_after=1)):
                break
        else:
            pytest.fail("nobody took over")
    finally:
        for waker, thread in zip((first, second), threads, strict=True):
            waker.stop()
            if thread.ident is not None:
                thread.join()


def test_waker_that_loses_its_link_comes_back(hall: Hall, database: str, connect: Connect) -> None:
    watcher = connect(OPERATOR)
    listen(watcher)
    waker = Waker(database)
    thread = threading.Thread(target=waker.run)
    thread.start()
    pause = threading.Event()
    try:
        assert any(position(watcher).is_ticking or pause.wait(0.02) for _ in range(500))
        assert hall.rows(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'liangdeng waker' and datname = current_database()"
        )
        for _ in range(100):
            hall.open()
            if list(watcher.notifies(timeout=0.2, stop_after=1)):
                break
        else:
            pytest.fail("it did not come back")
    finally:
        waker.stop()
        thread.join()
