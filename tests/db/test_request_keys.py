"""A request key is an intention: sent twice it happens once, and nobody else can use it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from hall import OPERATOR, SUPERVISOR, Hall


def test_same_key_again_returns_the_first_outcome(hall: Hall) -> None:
    """A retry after a lost answer adds no event, whatever happened since."""
    ticket, key = hall.open()["id"], uuid4()
    first = hall.act(OPERATOR, ticket, "accept", version=1, key=key)
    hall.act(OPERATOR, ticket, "note")
    again = hall.act(OPERATOR, ticket, "accept", version=1, key=key)
    assert (first["version"], again["version"]) == (2, 3)
    assert hall.value("select count(*) from core.event where ticket_id = %s", ticket) == 3
    outcome = hall.call(OPERATOR, "select api.outcome(%s)", key)[0]["outcome"]
    assert {name: outcome[name] for name in ("known", "ticket_id", "action", "event_seq", "version")} == {
        "known": True,
        "ticket_id": ticket,
        "action": "accept",
        "event_seq": 2,
        "version": 2,
    }


def test_opening_twice_with_one_key_gives_one_ticket(hall: Hall) -> None:
    """The intake form may be sent again after a crash."""
    key = uuid4()
    assert hall.open(key=key)["id"] == hall.open(key=key)["id"]
    assert hall.value("select count(*) from core.ticket") == 1


def test_same_key_sent_by_two_sessions_at_once_happens_once(hall: Hall) -> None:
    """Two connections of one person race with one key; both see the one outcome."""
    ticket, key = hall.open()["id"], uuid4()
    desks = [
        psycopg.connect(hall.desk(OPERATOR).info.dsn, password=hall.desk(OPERATOR).info.password)
        for _ in range(2)
    ]
    query = "select version from api.act(%s, 'note', 1, %s, '{\"text\": \"x\"}')"

    def send(desk: psycopg.Connection) -> int:
        with desk:
            row = desk.execute(query, [ticket, key]).fetchone()
        assert row is not None
        return int(row[0])

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, desks)) == [2, 2]
    assert hall.value("select count(*) from core.event where ticket_id = %s", ticket) == 2


@pytest.mark.parametrize(
    ("login", "action", "payload"),
    [
        (SUPERVISOR, "note", {"text": "一"}),
        (OPERATOR, "amend", {"title": "一", "reason": "一"}),
        (OPERATOR, "note", {"text": "二"}),
    ],
    ids=["other login", "other action", "other payload"],
)
def test_key_used_for_something_else_is_refused(
    hall: Hall, login: str, action: str, payload: dict[str, str]
) -> None:
    """Neither another person nor another intention gets the first outcome."""
    ticket, key = hall.open()["id"], uuid4()
    hall.act(OPERATOR, ticket, "note", key=key, payload={"text": "一"})
    with pytest.raises(psycopg.Error) as refused:
        hall.act(login, ticket, action, key=key, payload=payload)
    assert (refused.value.sqlstate, refused.value.diag.constraint_name) == ("LD005", "request_key_reused")
    assert hall.ticket(ticket)["version"] == 2


def test_refused_request_leaves_its_key_free(hall: Hall) -> None:
    """A key is spent by success only: the corrected request may use it."""
    ticket, key = hall.open()["id"], uuid4()
    with pytest.raises(psycopg.Error):
        hall.act(OPERATOR, ticket, "note", key=key, payload={})
    assert hall.call(OPERATOR, "select api.outcome(%s)", key)[0]["outcome"] == {"known": False}
    assert hall.act(OPERATOR, ticket, "note", key=key)["version"] == 2


def test_key_of_another_person_looks_like_one_never_used(hall: Hall) -> None:
    """Outcomes are not for others to look up, not even that there is one."""
    key = uuid4()
    hall.open(key=key)
    asked = "select api.outcome(%s)"
    assert hall.call(SUPERVISOR, asked, key) == hall.call(SUPERVISOR, asked, uuid4())
