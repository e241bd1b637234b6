"""Writes reach the database once, whatever happens to the link."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from pytestqt.qtbot import QtBot

from console.app.session import Session, open_desk
from console.kit.call import OPEN, Call
from console.kit.notices import Severity
from console.kit.theme import Theme
from console.lists.budgets import ACT
from console.ticket.record import Ticket
from db.embedded import Address

PAYLOAD = {
    "kind": "complaint",
    "channel": "phone",
    "title": "路灯不亮",
    "body": "积米崖路灯坏了三天",
    "no_place": True,
    "caller": {"anonymous": True},
}


@pytest.fixture
def session(qtbot: QtBot, person_dsn: Callable[[str], str], tmp_path: Path) -> Iterator[Session]:
    made = Session(open_desk(person_dsn("d1_operator1"), tmp_path), Theme())
    with qtbot.waitSignal(made.feed.link_up):
        made.start()
    yield made
    assert made.stop()


def severities(session: Session) -> list[Severity]:
    return [notice.severity for notice in session.notices.all()]


def opened(session: Session, qtbot: QtBot) -> Ticket:
    done: list[Ticket] = []
    session.submit(Call(OPEN, PAYLOAD), done.append)
    qtbot.waitUntil(lambda: len(done) == 1)
    return done[0]


def test_submit_returns_the_new_row_and_forgets_the_call(session: Session, qtbot: QtBot) -> None:
    ticket = opened(session, qtbot)
    assert (ticket.title, ticket.version) == ("路灯不亮", 1)
    assert session.journal.pending() == ()
    assert [(pace.budget, pace.count) for pace in session.meter.paces()] == [(ACT, 1)]


def test_submit_with_a_stale_version_tells_who_was_first(session: Session, qtbot: QtBot) -> None:
    ticket = opened(session, qtbot)
    done: list[Ticket] = []
    for _ in range(2):
        session.submit(Call("accept", {}, ticket.id, ticket.version), done.append)
    qtbot.waitUntil(lambda: len(session.notices.all()) == 1)
    assert len(done) == 1
    assert severities(session) == [Severity.CONFLICT]
    assert session.directory.staff_name("d1_operator1") in session.notices.all()[0].text


def test_refusal_goes_to_the_asker_when_there_is_one(session: Session, qtbot: QtBot) -> None:
    ticket, refused = opened(session, qtbot), []
    session.submit(Call("archive", {}, ticket.id, ticket.version), refused.append, refused.append)
    qtbot.waitUntil(lambda: len(refused) == 1)
    assert session.notices.all() == ()
    assert session.sentence(refused[0]) == "The ticket is not in a state that allows this."


def test_write_without_a_link_goes_out_once_when_it_is_back(
    session: Session, qtbot: QtBot, owner: psycopg.Connection, database: str, server: Address
) -> None:
    name = sql.Identifier(database.rsplit("/", 1)[1])
    allow = sql.SQL("alter database {} with allow_connections {}")
    outside = psycopg.connect(server.dsn("postgres"), autocommit=True)
    outside.execute(allow.format(name, sql.SQL("false")))
    kill = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'd1_operator1'"
    with qtbot.waitSignal(session.feed.link_lost):
        owner.execute(kill)
    done: list[Ticket] = []
    session.submit(Call(OPEN, PAYLOAD), done.append)
    qtbot.waitUntil(lambda: Severity.UNAVAILABLE in severities(session))
    assert [call.action for call in session.journal.pending()] == [OPEN]
    outside.execute(allow.format(name, sql.SQL("true")))
    outside.close()
    qtbot.waitUntil(lambda: len(done) == 1)
    assert session.journal.pending() == ()
    assert owner.execute("select count(*) from core.ticket").fetchone() == (1,)


def test_call_left_by_a_crash_is_not_done_twice(
    qtbot: QtBot, person_dsn: Callable[[str], str], tmp_path: Path, owner: psycopg.Connection
) -> None:
    call = Call(OPEN, PAYLOAD)
    crashed = Session(open_desk(person_dsn("d1_operator1"), tmp_path), Theme())
    crashed.journal.expect(call)
    crashed.store.open_ticket(call.key, call.payload)
    assert crashed.stop()
    again = Session(open_desk(person_dsn("d1_operator1"), tmp_path), Theme())
    again.start()
    qtbot.waitUntil(lambda: severities(again) == [Severity.DONE])
    assert again.journal.pending() == ()
    assert owner.execute("select count(*) from core.ticket").fetchone() == (1,)
    assert again.stop()
