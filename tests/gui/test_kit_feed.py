"""The feed sees what others do, survives the loss of its link, and stops at once."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import psycopg
import pytest
from psycopg import pq
from pytestqt.qtbot import QtBot

from console.kit import feed as feed_module
from console.kit.feed import Feed
from console.kit.pace import TICK_S
from db import changes
from db.admin.waker import tick
from db.changes import Change, Position, ask

REPORT = """{"kind": "complaint", "channel": "phone", "title": "路灯不亮", "body": "积米崖路灯坏了三天",
 "no_place": true, "caller": {"anonymous": true}}"""

PATIENCE_S = 60  # a machine may be busy; only a failing test waits that long
FOR_EVER_S = 3600.0  # what waits so long has not ended by itself

Connect = Callable[[str], psycopg.Connection]


@contextmanager
def running(feed: Feed, qtbot: QtBot) -> Iterator[list[Change]]:
    seen: list[Change] = []
    feed.changed.connect(seen.extend)
    # Both belong to the first connection: a test that waits for either later must not be given this one's.
    with qtbot.waitSignals([feed.link_up, feed.missed]):
        feed.start()
    try:
        yield seen
    finally:
        assert feed.stop(PATIENCE_S)


def report(connection: psycopg.Connection) -> int:
    row = connection.execute(
        "select id from api.open_ticket(gen_random_uuid(), %s::jsonb)", [REPORT]
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_feed_sees_a_colleagues_ticket_once(
    qtbot: QtBot, connect: Connect, person_dsn: Callable[[str], str]
) -> None:
    with running(Feed(person_dsn("d1_supervisor1")), qtbot) as seen:
        ticket_id = report(connect("d1_operator1"))
        qtbot.waitUntil(lambda: len(seen) > 0)
        assert seen[0] == Change("ticket", ticket_id, 1, "d1_operator1")
        second = report(connect("d1_operator1"))
        qtbot.waitUntil(lambda: seen[-1].id == second)
        assert [change.id for change in seen] == [ticket_id, second]


def test_feed_that_pauses_stops_at_once(
    qtbot: QtBot, person_dsn: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[bool] = []

    def pause_s(*_: float, **__: bool) -> float:
        pauses.append(True)
        return FOR_EVER_S

    monkeypatch.setattr(feed_module, "pause_s", pause_s)
    with running(Feed(person_dsn("d1_supervisor1")), qtbot):
        qtbot.waitUntil(lambda: len(pauses) == 1)


def test_feed_behind_a_waker_is_woken_and_stops_at_once(
    qtbot: QtBot,
    connect: Connect,
    owner: psycopg.Connection,
    person_dsn: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(feed_module.LINK_OPTIONS, "options", "-c timezone=UTC")  # no statement_timeout
    monkeypatch.setattr(feed_module, "ANSWER_S", FOR_EVER_S)
    monkeypatch.setattr(feed_module, "CALL_OFF_S", PATIENCE_S)
    owner.execute("alter function api.await_changes set lock_timeout = '1h'")
    since = tick(owner, None)
    with running(Feed(person_dsn("d1_supervisor1")), qtbot) as seen:
        for number in range(1, 4):
            ticket_id = report(connect("d1_operator1"))
            since = tick(owner, since)
            qtbot.waitUntil(lambda number=number: len(seen) == number)
            assert seen[-1].id == ticket_id

    def is_over() -> bool:
        return owner.execute(
            "select from pg_stat_activity where application_name = 'liangdeng feed'"
            " and datname = current_database()"
        ).rowcount == 0  # fmt: skip

    qtbot.waitUntil(is_over)  # left alone, it would wait for an hour


def test_storms_make_no_storm_of_reads(
    qtbot: QtBot,
    connect: Connect,
    person_dsn: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Anybody may NOTIFY, and a waker may die: neither makes a desk read without pause."""
    reads: list[float] = []

    def counted(pgconn: pq.abc.PGconn, since: Position) -> None:
        reads.append(time.monotonic())
        ask(pgconn, since)

    monkeypatch.setattr(changes, "ask", counted)
    storm = connect("d1_operator1")
    with running(Feed(person_dsn("d1_supervisor1")), qtbot):
        for _ in range(400):
            storm.execute("notify anything, 'anything'")
        qtbot.waitUntil(lambda: len(reads) > 3)
    gaps = [later - earlier for earlier, later in pairwise(reads)]
    assert min(gaps) > 0.8 * TICK_S


def cut(owner: psycopg.Connection) -> None:
    owner.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where application_name = 'liangdeng feed' and usename = 'd1_supervisor1'"
    )


def test_feed_comes_back_after_a_cut_and_goes_on_from_where_it_was(
    qtbot: QtBot, connect: Connect, owner: psycopg.Connection, person_dsn: Callable[[str], str]
) -> None:
    tick(owner, None)
    feed = Feed(person_dsn("d1_supervisor1"))
    missed: list[bool] = []
    feed.missed.connect(lambda: missed.append(True))
    with running(feed, qtbot) as seen:
        first = report(connect("d1_operator1"))
        qtbot.waitUntil(lambda: len(seen) == 1)
        with qtbot.waitSignals([feed.link_lost, feed.link_up]):
            cut(owner)
            while_down = report(connect("d1_operator1"))
        after = report(connect("d1_operator1"))
        qtbot.waitUntil(lambda: len(seen) == 3)
    assert [change.id for change in seen] == [first, while_down, after]
    assert missed == [True]  # at the first connection only: nothing is read anew


@pytest.mark.parametrize("loses", ["truncate core.wake", "update core.wake set epoch = epoch + 1"])
def test_feed_that_finds_another_life_of_the_server_has_everything_read_afresh(
    qtbot: QtBot,
    connect: Connect,
    owner: psycopg.Connection,
    person_dsn: Callable[[str], str],
    loses: str,
) -> None:
    """After a crash numbers of transactions may be given anew that this desk has seen."""
    tick(owner, None)
    feed = Feed(person_dsn("d1_supervisor1"))
    with running(feed, qtbot) as seen:
        with qtbot.waitSignals([feed.link_lost, feed.missed]):
            owner.execute(loses)
            cut(owner)
        ticket_id = report(connect("d1_operator1"))
        qtbot.waitUntil(lambda: len(seen) > 0)
        assert seen[-1].id == ticket_id


def test_another_life_of_the_server_is_not_forgotten_when_the_first_try_fails(
    qtbot: QtBot,
    owner: psycopg.Connection,
    person_dsn: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tick(owner, None)
    feed = Feed(person_dsn("d1_supervisor1"))
    failed: list[psycopg.Connection] = []
    position = changes.position

    def once(connection: psycopg.Connection) -> changes.Position:
        if failed:
            return position(connection)
        failed.append(connection)
        raise psycopg.OperationalError("cut")

    with running(feed, qtbot), qtbot.waitSignal(feed.missed):
        monkeypatch.setattr(changes, "position", once)
        owner.execute("update core.wake set epoch = epoch + 1")
        cut(owner)
    assert len(failed) == 1


def test_feed_without_a_server_says_so_and_stops_at_once(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_module, "BACK_OFF_S", (0.0, 0.0, FOR_EVER_S))
    feed = Feed("postgresql://nobody:x@127.0.0.1:9/none")
    with qtbot.waitSignals([feed.link_lost] * 3):
        feed.start()
    assert feed.stop(PATIENCE_S)


def test_feed_that_slept_past_pruned_changes_links_up_afresh(
    qtbot: QtBot, connect: Connect, owner: psycopg.Connection, person_dsn: Callable[[str], str]
) -> None:
    feed = Feed(person_dsn("d1_supervisor1"))
    with running(feed, qtbot) as seen:
        with qtbot.waitSignal(feed.missed), owner.transaction():
            owner.execute("update core.feed set floor = (pg_current_xact_id()::text::bigint + 1)::text::xid8")
        ticket_id = report(connect("d1_operator1"))
        qtbot.waitUntil(lambda: len(seen) > 0)
        assert [change.id for change in seen] == [ticket_id]
