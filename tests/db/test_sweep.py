"""The worker: what time alone does to tickets, what is cleaned up, and that only one of several works."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from hall import OPERATOR, WORKER, Hall
from psycopg.types.json import Jsonb
from waiting import until

from db import changes
from db.admin import worker as work
from db.admin.evidence import breaks_of
from db.admin.verify import verify_clocks, verify_fold
from db.admin.worker import Worker, elect, sweep, working

Connect = Callable[[str], psycopg.Connection]


def age(hall: Hall, ticket: int, days: int) -> None:
    """Let a ticket have ended some days ago."""
    hall.owner.execute(
        "update core.ticket set closed_at = closed_at - %s where id = %s", [timedelta(days=days), ticket]
    )


def events(hall: Hall, ticket: int, action: str) -> list[str]:
    """Return who did something to a ticket."""
    rows = hall.rows("select actor from core.event where ticket_id = %s and action = %s", ticket, action)
    return [row["actor"] for row in rows]


def test_hold_resumes_on_its_review_day_and_not_before(hall: Hall, owner: psycopg.Connection) -> None:
    due, later = hall.at("hold_today"), hall.at("hold_assist")
    assert sweep(owner).resumed == 1
    assert [hall.ticket(ticket)["state"] for ticket in (due, later)] == ["WORK", "HOLD"]
    assert events(hall, due, "resume") == [WORKER]
    assert hall.ticket(due)["due_at"] is not None
    assert sweep(owner).resumed == 0
    for verify in (verify_clocks, verify_fold):
        assert verify(owner).mismatches == []
    assert breaks_of(owner) == []


def test_refused_ticket_does_not_stop_the_others(
    hall: Hall, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "TICKETS", 1)  # so that the refused one fills a batch of its own
    stuck, free = hall.at("hold_today"), hall.at("hold_today")
    hall.act(OPERATOR, stuck, "withdraw", payload={"reason": "x"})
    hall.owner.execute("update core.withdrawal set login = %s where ticket_id = %s", [WORKER, stuck])
    done = sweep(owner)
    assert done.resumed == 1
    assert [hall.ticket(ticket)["state"] for ticket in (stuck, free)] == ["HOLD", "WORK"]
    number = hall.ticket(stuck)["number"]
    assert f"{number}: resume refused: You have withdrawn from this ticket." in done.notes


def test_ticket_somebody_is_writing_is_left_for_the_next_sweep(
    hall: Hall, owner: psycopg.Connection, database: str
) -> None:
    ticket = hall.at("hold_today")
    with psycopg.connect(database) as writer:
        writer.execute("select from core.ticket where id = %s for update", [ticket])
        assert sweep(owner).resumed == 0
    assert sweep(owner).resumed == 1


def test_district_without_a_worker_is_told(hall: Hall, owner: psycopg.Connection) -> None:
    ticket = hall.at("hold_today")
    owner.execute("update core.staff set duties = '{operator}' where login = %s", [WORKER])
    done = sweep(owner)
    assert done.resumed == 0
    assert f"{hall.ticket(ticket)['number']}: resume refused: Nobody in this district" in done.notes[0]


@pytest.mark.parametrize("point", ["done", "refused", "forwarded"])
def test_ended_ticket_is_archived_after_thirty_days(
    hall: Hall, owner: psycopg.Connection, point: str
) -> None:
    old, young = hall.at(point), hall.at(point)
    age(hall, old, 30)
    age(hall, young, 29)
    assert sweep(owner).archived == 1
    assert hall.ticket(old)["state"] == "ARCHIVED"
    assert hall.ticket(young)["state"] != "ARCHIVED"
    assert events(hall, old, "archive") == [WORKER]


def test_days_until_the_archive_are_a_setting(hall: Hall, owner: psycopg.Connection) -> None:
    ticket = hall.at("done")
    age(hall, ticket, 5)
    assert sweep(owner).archived == 0
    hall.call("d1_supervisor1", "select api.set_setting('archive_after_days', %s, 'trial')", Jsonb(5))
    assert sweep(owner).archived == 1


def test_void_and_open_tickets_are_never_archived(hall: Hall, owner: psycopg.Connection) -> None:
    ended = hall.at("void")
    hall.at("work")
    age(hall, ended, 99)
    assert sweep(owner).archived == 0


def test_incomplete_file_is_not_archived(hall: Hall, owner: psycopg.Connection) -> None:
    ticket = hall.at("refused")
    age(hall, ticket, 30)
    owner.execute("alter table core.event disable trigger user")
    owner.execute("delete from core.event where ticket_id = %s and seq = 2", [ticket])
    assert hall.refused(OPERATOR, ticket, "archive") == ("LD001", "file_complete")
    done = sweep(owner)
    assert done.archived == 0
    assert any("Parts of the history" in note for note in done.notes)


def test_silent_desk_is_removed_and_announced(hall: Hall, owner: psycopg.Connection) -> None:
    ticket = hall.open()["id"]
    for desk, login in enumerate((OPERATOR, "d1_operator2"), start=1):
        here = f"select api.here('00000000-0000-4000-8000-00000000000{desk}', %s, false)"
        hall.call(login, here, ticket)
    hall.owner.execute(
        "update core.presence set at = at - interval '91 seconds' where login = %s", [OPERATOR]
    )
    reader = hall.desk("d1_supervisor1")
    since = changes.position(psycopg_tuples(reader))
    assert sweep(owner).presence == 1
    assert [row["login"] for row in hall.rows("select login from core.presence")] == ["d1_operator2"]
    _, found = changes.changes_since(psycopg_tuples(reader), since)
    assert [(change.what, change.id) for change in found] == [("presence", ticket)]


def psycopg_tuples(connection: psycopg.Connection) -> psycopg.Connection:
    """Let a hall's connection answer in tuples, as the console's do."""
    connection.row_factory = psycopg.rows.tuple_row
    return connection


def partitions(hall: Hall) -> list[str]:
    """Name the numbered partitions of the feed."""
    rows = hall.rows(
        "select relname from pg_class join pg_inherits on oid = inhrelid"
        " where inhparent = 'core.change'::regclass and relname <> 'change_default' order by oid"
    )
    return [row["relname"] for row in rows]


def test_partitions_are_there_before_they_are_needed(hall: Hall, owner: psycopg.Connection) -> None:
    slot = hall.value("select core.change_slot(pg_snapshot_xmax(pg_current_snapshot()))")
    assert partitions(hall) == [f"change_{slot + ahead}" for ahead in range(3)]
    hall.open()
    assert hall.value("select count(*) from core.change_default") == 0
    owner.execute(f"drop table core.change_{slot + 2}")
    assert sweep(owner).partitions == 0
    assert partitions(hall) == [f"change_{slot + ahead}" for ahead in range(3)]
    closed = "select relrowsecurity and relforcerowsecurity from pg_class where relname = %s"
    assert hall.value(closed, f"change_{slot + 2}")


def test_without_a_worker_writes_go_on_and_later_the_partition_too(
    hall: Hall, owner: psycopg.Connection
) -> None:
    for name in partitions(hall):
        owner.execute(f"drop table core.{name}")
    hall.open()
    assert hall.value("select count(*) from core.change_default") > 0
    assert sweep(owner).partitions == 0
    slot = hall.value("select core.change_slot(pg_snapshot_xmax(pg_current_snapshot()))")
    assert partitions(hall) == [f"change_{slot + 1}", f"change_{slot + 2}"]


def test_old_changes_are_dropped_and_a_reader_behind_them_is_told(
    hall: Hall, owner: psycopg.Connection, connect: Connect
) -> None:
    # A desk of narrow scope: what it may see of the feed must not count.
    for name in partitions(hall):
        owner.execute(f"drop table core.{name}")  # so that the default partition holds all
    sleeper, awake = connect("d1_dept09"), connect("d1_dept09")
    missed = changes.position(sleeper)
    hall.open()
    owner.execute("update core.change set at = at - interval '47 hours'")
    assert sweep(owner).partitions == 0
    assert changes.changes_since(sleeper, missed)[1] == ()
    kept = changes.position(awake)
    owner.execute("update core.change set at = at - interval '2 hours'")
    assert sweep(owner).partitions == 1
    assert hall.value("select count(*) from core.change") == 0
    with pytest.raises(changes.TooFarBehind):
        changes.changes_since(sleeper, missed)
    hall.at("sent")
    assert changes.changes_since(awake, kept)[1] == ()
    assert changes.changes_since(sleeper, changes.position(sleeper))[1] == ()


@pytest.fixture
def small(hall: Hall) -> Hall:
    """A hall whose feed has a partition for every 16 transactions."""
    for name in partitions(hall):
        hall.owner.execute(f"drop table core.{name}")
    hall.owner.execute(
        "create or replace function core.change_bits() returns int language sql stable as 'select 4'"
    )
    hall.owner.execute("select api.sweep_changes()")
    hall.owner.execute("truncate core.change_default")
    return hall


def spend(hall: Hall, count: int = 16) -> None:
    """Use up transaction numbers."""
    for _ in range(count):
        hall.owner.execute("select pg_current_xact_id()")


def test_partition_is_dropped_whole_when_its_newest_change_is_old(
    small: Hall, owner: psycopg.Connection, connect: Connect
) -> None:
    sleeper = connect("d1_dept09")
    small.open()
    missed = changes.position(sleeper)
    ticket = small.open()["id"]
    old = partitions(small)
    owner.execute("update core.change set at = at - interval '49 hours'")
    spend(small, 40)
    sweep(owner)
    small.open()
    spend(small)
    kept = changes.position(sleeper)
    assert sweep(owner).partitions + len(partitions(small)) >= 3
    assert set(partitions(small)).isdisjoint(old)
    assert small.value("select count(*) from core.change where id = %s", ticket) == 0
    with pytest.raises(changes.TooFarBehind):
        changes.changes_since(sleeper, missed)
    assert changes.changes_since(sleeper, kept)[1] == ()


def test_burning_transaction_numbers_sends_nobody_back_to_the_beginning(
    small: Hall, owner: psycopg.Connection, connect: Connect
) -> None:
    """Anybody can use them up: an empty partition that goes takes nothing with it."""
    sleeper = connect("d1_operator2")
    kept = changes.position(sleeper)
    ticket = small.open()["id"]
    spend(small, 80)
    assert sweep(owner).partitions >= 1
    assert [each.id for each in changes.changes_since(sleeper, kept)[1]] == [ticket]


def test_partition_a_transaction_may_still_write_into_stays(
    small: Hall, owner: psycopg.Connection, database: str
) -> None:
    append = "insert into core.change (what, id, district_id, scope) values ('directory', %s, 1, 'common 1')"
    with psycopg.connect(database) as late:
        late.execute("select pg_current_xact_id()")
        spend(small, 40)
        sweep(owner)
        late.execute(append, [7])
        late.commit()
    assert small.value("select count(*) from core.change where id = 7") == 1


def test_sweep_does_not_wait_for_a_long_writer(small: Hall, owner: psycopg.Connection, database: str) -> None:
    """Behind one that waits for the whole feed everybody would wait."""
    small.open()
    owner.execute("update core.change set at = at - interval '49 hours'")
    spend(small, 40)
    before = partitions(small)
    with psycopg.connect(database) as long:
        long.execute("select count(*) from core.change")
        assert sweep(owner).partitions == 0
    assert partitions(small) == before
    assert sweep(owner).partitions > 0


def test_year_without_a_notice_is_told_sixty_days_before(hall: Hall, owner: psycopg.Connection) -> None:
    soon = hall.value(
        "select extract(year from now() at time zone 'Asia/Shanghai' + interval '60 days')::int"
    )
    note = f"no holiday notice of {soon} is loaded: what is due in that year is provisional"
    owner.execute("select core.load_notice(%s, 'trial', '[]')", [soon])
    assert note not in sweep(owner).notes
    owner.execute("update core.workday set notice_year = null where notice_year = %s", [soon])
    owner.execute("delete from core.calendar_notice where year = %s", [soon])
    assert note in sweep(owner).notes


def test_one_of_two_workers_is_elected_and_the_other_follows(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as second:
        with psycopg.connect(database, autocommit=True) as first:
            assert elect(first)
            assert not elect(second)
        until(lambda: elect(second))  # as soon as the server has noticed that the other left


def test_person_with_the_duty_may_sweep_and_nobody_else(hall: Hall, connect: Connect) -> None:
    hall.at("hold_today")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        sweep(connect(OPERATOR))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        elect(connect("d1_admin"))
    assert sweep(connect(WORKER)).resumed == 1


def test_worker_in_a_thread_sweeps_and_stops_at_once(hall: Hall, database: str, connect: Connect) -> None:
    ticket = hall.at("hold_today")
    watcher = connect(OPERATOR)
    at = changes.position(watcher)
    with working(database):
        until(lambda: len(changes.changes_since(watcher, at)[1]) > 0)
        assert not elect(connect(WORKER))
    assert hall.ticket(ticket)["state"] == "WORK"
    assert "worker" not in {thread.name for thread in threading.enumerate()}


def test_worker_that_loses_its_link_comes_back(hall: Hall, database: str) -> None:
    worker = Worker(database, every_s=0.05)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        kill = (
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'liangdeng worker' and datname = current_database()"
        )
        until(lambda: len(hall.rows(kill)) > 0)
        ticket = hall.at("hold_today")
        until(lambda: hall.ticket(ticket)["state"] == "WORK")
    finally:
        worker.stop()
        thread.join()


def test_a_long_write_keeps_a_month_on_the_list_until_the_next_sweep(
    hall: Hall, person_dsn: Callable[[str], str]
) -> None:
    hall.make_months(2)
    ticket = hall.open()["id"]
    month = "to_char(now() - interval '2 months', 'YYYYMM')::integer"
    hall.rows(f"insert into core.open_month (district_id, month) values (1, {month}) returning month")
    swept = "select api.sweep_months() as n"
    with psycopg.connect(person_dsn(OPERATOR)) as slow:
        slow.execute("select api.act(%s, 'note', 1, gen_random_uuid(), '{\"text\": \"x\"}')", [ticket])
        assert hall.call(WORKER, swept) == [{"n": 0}]
    assert hall.call(WORKER, swept) == [{"n": 1}]
