"""The change feed: nothing is missed, nothing is told twice, nobody learns of what they may not see."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, TOWN, Hall

from db.changes import MOST, Change, Position, TooFarBehind, changes_since, position

Connect = Callable[[str], psycopg.Connection]


class Reader:
    """Follows the feed as a console does."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self.connection = connection
        self.at: Position = position(connection)

    def read(self) -> tuple[Change, ...]:
        """Return what is new."""
        self.at, found = changes_since(self.connection, self.at)
        return found

    def tickets(self) -> set[int]:
        """Return the ids of tickets that are new or changed."""
        return {change.id for change in self.read() if change.what == "ticket"}


@pytest.fixture
def reader(connect: Connect) -> Callable[[str], Reader]:
    """Build readers of the feed that begin now."""
    return lambda login: Reader(connect(login))


def dispatch(hall: Hall, ticket: int, login: str) -> None:
    hall.act(OPERATOR, ticket, "dispatch", payload={"unit": hall.unit[login], "basis": "责任清单"})


def test_new_ticket_reaches_those_who_may_see_it(hall: Hall, reader: Callable[[str], Reader]) -> None:
    readers = {login: reader(login) for login in (OPERATOR, TOWN, AREA, DEPT, "d1_town02", "d2_operator1")}
    ticket = hall.open()["id"]
    reached = {login for login, desk in readers.items() if desk.tickets() == {ticket}}
    assert reached == {OPERATOR, TOWN, AREA}
    assert all(desk.tickets() == set() for desk in readers.values())


def test_change_tells_the_version_and_who_did_it(hall: Hall, reader: Callable[[str], Reader]) -> None:
    desk = reader(OPERATOR)
    ticket = hall.open("d1_operator2")
    assert desk.read() == (Change("ticket", ticket["id"], ticket["version"], "d1_operator2"),)


def test_late_commit_of_an_older_transaction_is_not_missed_and_holds_up_nobody(
    hall: Hall, reader: Callable[[str], Reader], person_dsn: Callable[[str], str]
) -> None:
    slow, quick = hall.open()["id"], hall.open()["id"]
    desk = reader(OPERATOR)
    with psycopg.connect(person_dsn("d1_operator2")) as late:
        late.execute("select api.act(%s, 'note', 1, gen_random_uuid(), '{\"text\": \"慢\"}')", [slow])
        hall.act(OPERATOR, quick, "note", payload={"text": "快"})
        assert desk.tickets() == {quick}
        assert desk.tickets() == set()
        late.commit()
    assert desk.tickets() == {slow}
    assert desk.tickets() == set()


def test_bare_sequence_would_have_missed_it(hall: Hall, person_dsn: Callable[[str], str]) -> None:
    """Control: the order of numbers is not the order of commits, or the test above proves nothing."""
    slow, quick = hall.open()["id"], hall.open()["id"]
    with psycopg.connect(person_dsn("d1_operator2")) as late:
        late.execute("select api.act(%s, 'note', 1, gen_random_uuid(), '{\"text\": \"慢\"}')", [slow])
        hall.act(OPERATOR, quick, "note", payload={"text": "快"})
        seen = hall.value("select max(seq) from core.change")
        late.commit()
    missed = hall.rows("select from core.change where seq > %s", seen)
    assert missed == []
    assert hall.value("select count(*) from core.change where id = %s and version = 2", slow) > 0


def test_refused_transaction_leaves_no_change(hall: Hall, reader: Callable[[str], Reader]) -> None:
    ticket = hall.open()["id"]
    desk = reader(OPERATOR)
    with pytest.raises(psycopg.Error):
        hall.act(OPERATOR, ticket, "note", version=99, payload={"text": "旧"})
    assert desk.read() == ()


def test_ticket_that_leaves_a_scope_is_announced_there_too(
    hall: Hall, reader: Callable[[str], Reader]
) -> None:
    ticket = hall.open()["id"]
    elsewhere = hall.value(
        "select g.id from core.territory g join core.unit u on u.territory_id = g.town_id"
        " where u.id = %s and g.level = 4 limit 1", hall.unit["d1_town02"],
    )  # fmt: skip
    old, new = reader(TOWN), reader("d1_town02")
    hall.act(OPERATOR, ticket, "amend", payload={"place": elsewhere, "reason": "地点有误"})
    assert old.tickets() == {ticket}
    assert new.tickets() == {ticket}
    assert not hall.sees(TOWN, ticket)
    assert hall.sees("d1_town02", ticket)


def test_unit_that_becomes_accused_hears_that_the_ticket_went(
    hall: Hall, reader: Callable[[str], Reader]
) -> None:
    ticket = hall.open()["id"]
    desk = reader(TOWN)
    hall.rows(
        "update core.ticket set accused_unit_id = %s, version = version + 1 where id = %s returning id",
        hall.unit[TOWN], ticket,
    )  # fmt: skip
    assert desk.tickets() == {ticket}
    assert not hall.sees(TOWN, ticket)
    hall.act(OPERATOR, ticket, "note", payload={"text": "与被反映单位无关"})
    assert desk.tickets() == set()


def test_desk_listens_where_its_unit_stands_now(hall: Hall, reader: Callable[[str], Reader]) -> None:
    """Its place may be given to another town, and it may become another kind of unit."""
    ticket, desk = hall.open()["id"], reader("d1_town02")
    hall.rows(
        "update core.territory t set town_id = other.territory_id from core.unit u, core.unit other"
        " where t.id = u.territory_id and u.id = %s and other.id = %s returning t.id",
        hall.unit["d1_town02"], hall.unit[TOWN],
    )  # fmt: skip
    hall.act(OPERATOR, ticket, "note", payload={"text": "现归本街道"})
    assert desk.tickets() == {ticket}
    hall.rows("update core.unit set kind = 'department' where id = %s returning id", hall.unit["d1_town02"])
    hall.act(OPERATOR, ticket, "note", payload={"text": "已不归本街道"})
    assert desk.tickets() == set()


def test_former_handler_goes_on_hearing_of_the_ticket(hall: Hall, reader: Callable[[str], Reader]) -> None:
    ticket = hall.open()["id"]
    dispatch(hall, ticket, DEPT)
    hall.act(DEPT, ticket, "return")
    hall.act(OPERATOR, ticket, "accept_return")
    dispatch(hall, ticket, OTHER_DEPT)
    desk, stranger = reader(DEPT), reader("d1_dept03")
    hall.act(OTHER_DEPT, ticket, "sign", payload={})
    assert desk.tickets() == {ticket}
    assert stranger.tickets() == set()


def test_presence_is_announced_once_and_its_heartbeat_is_not(
    hall: Hall, reader: Callable[[str], Reader]
) -> None:
    ticket = hall.open()["id"]
    desk = reader(OPERATOR)
    here = "select api.here('5f6c8b0e-0000-4000-8000-000000000001', %s, %s)"
    heard = []
    for where, typing in ((ticket, False), (ticket, False), (ticket, True), (None, False)):
        hall.call("d1_operator2", here, where, typing)
        heard.append([(change.what, change.id) for change in desk.read()])
    news = [("presence", ticket)]
    assert heard == [news, [], news, news]


def test_shared_views_and_directory_are_announced_to_their_district(
    hall: Hall, reader: Callable[[str], Reader]
) -> None:
    here, there, owner = reader(DEPT), reader("d2_operator1"), reader(OPERATOR)
    hall.call(OPERATOR, "select api.save_view(null, '我的', '{}', false)")
    assert [change.what for change in owner.read()] == ["view"]
    assert here.read() == ()
    hall.call("d1_supervisor1", "select api.save_view(null, '大家的', '{}', true)")
    assert [change.what for change in here.read()] == ["view"]
    assert there.read() == ()
    hall.rows("update core.unit set phone = '0532' where id = %s returning id", hall.unit[DEPT])
    assert {change.what for change in here.read()} == {"directory"}


def test_each_ticket_is_told_once_however_often_it_changed(
    hall: Hall, reader: Callable[[str], Reader]
) -> None:
    ticket, other = hall.open()["id"], hall.open()["id"]
    desk = reader(OPERATOR)
    for changed in (ticket, other, ticket):
        version = hall.act(OPERATOR, changed, "note", payload={"text": "续"})["version"]
    assert desk.read() == (
        Change("ticket", other, version - 1, OPERATOR),
        Change("ticket", ticket, version, OPERATOR),
    )


def test_nothing_is_missed_or_told_twice_under_concurrent_writers(
    hall: Hall, reader: Callable[[str], Reader], database: str
) -> None:
    """Transactions of all lengths that commit out of order, some of them never; one desk reads meanwhile."""
    desk = reader(OPERATOR)
    writers, rounds = 4, 60

    def write(writer: int) -> list[int]:
        done = []
        with psycopg.connect(database) as connection:
            for number in range(rounds):
                id_ = writer * 1000 + number
                connection.execute(
                    "insert into core.change (what, id, district_id, scope)"
                    " values ('ticket', %s, 1, 'district 1')",
                    [id_],
                )
                connection.execute("select pg_sleep(%s)", [(id_ * 7919 % 11) / 2000])
                if id_ % 5:
                    connection.commit()
                    done.append(id_)
                else:
                    connection.rollback()
        return done

    heard: list[int] = []
    with ThreadPoolExecutor(writers) as pool:
        running = [pool.submit(write, writer) for writer in range(1, writers + 1)]
        while not all(task.done() for task in running):
            heard += [change.id for change in desk.read()]
    heard += [change.id for change in desk.read()]
    assert sorted(heard) == sorted(id_ for task in running for id_ in task.result())


def test_desk_that_is_far_behind_loads_afresh_instead_of_replaying(
    hall: Hall, reader: Callable[[str], Reader]
) -> None:
    here, elsewhere = reader(TOWN), reader(DEPT)
    scope = hall.value(
        "select t.town_id from core.unit u join core.territory t on t.id = u.territory_id where u.id = %s",
        hall.unit[TOWN],
    )
    append = (
        "insert into core.change (what, id, district_id, scope)"
        " select 'ticket', n, 1, 'town ' || %s from generate_series(1, %s) n returning id"
    )
    hall.rows(append, scope, MOST)
    assert len(here.read()) == MOST
    hall.rows(append, scope, MOST + 1)
    with pytest.raises(TooFarBehind):
        here.read()
    assert elsewhere.read() == ()


def test_guest_hears_from_the_moment_it_becomes_one(hall: Hall, reader: Callable[[str], Reader]) -> None:
    ticket = hall.open()["id"]
    dispatch(hall, ticket, DEPT)
    desk = reader(OTHER_DEPT)
    hall.rows(
        "insert into core.custody (district_id, ticket_id, leg, unit_id, role, from_at)"
        " values (1, %s, 1, %s, 'assist', now()) returning leg", ticket, hall.unit[OTHER_DEPT],
    )  # fmt: skip
    assert desk.tickets() == {ticket}
    hall.act(DEPT, ticket, "sign", payload={})
    assert desk.tickets() == {ticket}


def test_reading_on_touches_few_pages_however_long_the_feed(hall: Hall) -> None:
    append = (
        "insert into core.change (what, id, district_id, scope)"
        " select 'ticket', n, 1, unnest(%s::text[]) from generate_series(1, %s) n"
    )
    hall.owner.execute(append, [["district 1", *(f"town {n}" for n in range(20))], 2000])
    hall.owner.execute("analyze core.change")
    for login in (OPERATOR, TOWN, DEPT):
        since = hall.call(login, "select snapshot from api.position()")[0]["snapshot"]
        hall.owner.execute(append, [["dept 999999"], 20000])  # nobody's business here
        read = f"select from api.changes_since('{since}', 500)"
        hall.call(login, read)
        (plan,) = hall.call(login, f"explain (analyze, buffers, format json) {read}")[0].values()
        assert plan[0]["Plan"]["Shared Hit Blocks"] < 60
