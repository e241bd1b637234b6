"""Many tickets in one call: each row as api.act would have it, none holds up or hides another."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hall import DEPT, OPERATOR, SUPERVISOR, Hall, Row
from psycopg.types.json import Jsonb

COLLEAGUE = "d1_operator2"
NOTE = {"text": "统一备注"}
ASK = "select * from api.act_many(%s, %s, %s, %s, %s)"


def many(
    hall: Hall,
    login: str,
    action: str,
    tickets: Sequence[int],
    payload: Row | None = None,
    *,
    keys: Sequence[UUID] | None = None,
    versions: Sequence[int] | None = None,
) -> dict[int, Row]:
    """Do something with many tickets as they are now; return what became of each."""
    known = versions or [hall.ticket(ticket)["version"] for ticket in tickets]
    rows = hall.call(
        login,
        ASK,
        action,
        list(tickets),
        list(known),
        list(keys or (uuid4() for _ in tickets)),
        Jsonb(payload or {}),
    )
    assert [row["ticket_id"] for row in rows] == sorted(tickets)
    return {row["ticket_id"]: row for row in rows}


def test_each_row_has_its_own_outcome(hall: Hall) -> None:
    done, stale, claimed, foreign = (hall.open()["id"] for _ in range(4))
    ended = hall.at("done")
    hall.act(COLLEAGUE, stale, "note")
    hall.call(COLLEAGUE, "select api.claim(%s, 1, gen_random_uuid())", claimed)
    hall.act(SUPERVISOR, foreign, "withdraw", payload={"staff": OPERATOR, "reason": "亲属"})
    tickets = [done, stale, claimed, foreign, ended]
    found = many(hall, OPERATOR, "accept", tickets, versions=[1, 1, 1, 2, 2])
    assert [found[ticket]["outcome"] for ticket in tickets] == ["done", "conflict", *3 * ["refused"]]
    assert (found[done]["version"], found[done]["state"]) == (2, "TRIAGE")
    assert found[stale]["detail"]["login"] == COLLEAGUE
    assert (found[claimed]["code"], found[claimed]["detail"]["login"]) == ("claimed", COLLEAGUE)
    assert found[foreign]["code"] == "no_such_ticket"
    assert (found[ended]["code"], found[ended]["detail"]) == ("wrong_state", {"state": "DONE"})
    assert [hall.ticket(ticket)["state"] for ticket in tickets] == ["TRIAGE", "NEW", "NEW", "NEW", "DONE"]


def test_same_keys_again_do_nothing_twice(hall: Hall) -> None:
    tickets = [hall.open()["id"] for _ in range(3)]
    keys = [uuid4() for _ in tickets]
    first = many(hall, OPERATOR, "note", tickets, NOTE, keys=keys)
    again = many(hall, OPERATOR, "note", tickets, NOTE, keys=keys, versions=[1, 1, 1])
    assert again == first
    assert [hall.ticket(ticket)["version"] for ticket in tickets] == [2, 2, 2]
    other = many(hall, OPERATOR, "note", tickets, {"text": "别的"}, keys=keys)
    assert {row["code"] for row in other.values()} == {"request_key_reused"}


def test_key_sent_again_brings_the_version_it_made_not_a_colleagues(hall: Hall) -> None:
    ticket, key = hall.open()["id"], uuid4()
    first = many(hall, OPERATOR, "accept", [ticket], keys=[key])[ticket]
    hall.act(COLLEAGUE, ticket, "note")
    again = many(hall, OPERATOR, "accept", [ticket], keys=[key], versions=[1])[ticket]
    assert (first["version"], again["version"], hall.ticket(ticket)["version"]) == (2, 2, 3)


def test_dispatch_without_a_unit_goes_where_the_directory_says_also_when_sent_again(hall: Hall) -> None:
    tickets = [hall.open(category_id=hall.community_category)["id"], hall.open(category_id=None)["id"]]
    keys = [uuid4() for _ in tickets]
    found = many(hall, OPERATOR, "dispatch", tickets, keys=keys)
    row = hall.ticket(tickets[0])
    proposed = hall.call(OPERATOR, "select api.suggest(%s, %s) as s", row["category_id"], row["place_id"])[0][
        "s"
    ]
    assert row["handler_unit_id"] == proposed["lead_unit_id"] is not None
    assert found[tickets[0]]["state"] == "SENT"
    assert (found[tickets[1]]["outcome"], found[tickets[1]]["code"]) == ("refused", "no_suggestion")
    hall.rows("update core.responsibility set valid = 'empty' returning id")
    again = many(hall, OPERATOR, "dispatch", tickets, keys=keys, versions=[1, 1])
    assert again[tickets[0]] == found[tickets[0]]


def test_merge_of_many_and_its_exact_undo(hall: Hall) -> None:
    main = hall.at("work")
    tickets = [hall.open()["id"] for _ in range(3)]
    before = [hall.ticket(ticket) for ticket in tickets]
    merged = many(hall, OPERATOR, "merge", tickets, {"main": main})
    assert {row["outcome"] for row in merged.values()} == {"done"}
    undone = many(hall, SUPERVISOR, "unmerge", tickets, {"reason": "并错了"})
    assert {row["state"] for row in undone.values()} == {"NEW"}
    changing = ("version", "updated_at")
    for ticket, old in zip(tickets, before, strict=True):
        now = hall.ticket(ticket)
        assert {key: now[key] for key in now if key not in changing} == {
            key: old[key] for key in old if key not in changing
        }


@pytest.mark.parametrize(
    ("action", "tickets", "code"),
    [
        ("void", 1, "not_in_bulk"),
        ("feedback", 1, "not_in_bulk"),
        ("no such thing", 1, "not_in_bulk"),
        ("note", 0, "bad_payload"),
        ("note", 101, "bad_payload"),
    ],
)
def test_call_as_a_whole_is_refused(hall: Hall, action: str, tickets: int, code: str) -> None:
    ids = list(range(tickets))
    with pytest.raises(psycopg.Error) as caught:
        hall.call(SUPERVISOR, ASK, action, ids, [1] * tickets, [uuid4() for _ in ids], Jsonb(NOTE))
    assert caught.value.diag.constraint_name == code


def test_ticket_named_twice_is_refused(hall: Hall) -> None:
    ticket = hall.open()["id"]
    with pytest.raises(psycopg.Error) as caught:
        hall.call(OPERATOR, ASK, "note", [ticket, ticket], [1, 1], [uuid4(), uuid4()], Jsonb(NOTE))
    assert caught.value.sqlstate == "LD003"


def test_bulk_is_no_way_round_duty_scope_or_payload(hall: Hall) -> None:
    new, sent = hall.open()["id"], hall.at("sent")
    assert many(hall, DEPT, "note", [new], NOTE)[new]["code"] == "no_such_ticket"
    assert many(hall, "d1_dept02", "sign", [sent])[sent]["code"] == "no_such_ticket"
    assert many(hall, OPERATOR, "sign", [sent])[sent]["code"] == "duty_missing"
    assert many(hall, OPERATOR, "note", [new])[new]["detail"] == {"field": "text", "problem": "missing"}
    unseen = hall.open(accused_unit_id=hall.unit[DEPT])["id"]
    mine = hall.at("sent")
    found = many(hall, DEPT, "note", [mine, unseen], NOTE)
    assert [found[mine]["outcome"], found[unseen]["code"]] == ["done", "no_such_ticket"]


def test_locked_ticket_ends_the_call_with_nothing_done(hall: Hall, database: str) -> None:
    """A row somebody holds is no outcome: the keys are good for another try."""
    one, two = sorted(hall.open()["id"] for _ in range(2))
    keys = [uuid4(), uuid4()]
    hall.call(OPERATOR, "select set_config('lock_timeout', '200ms', false)")
    with psycopg.connect(database) as holder:
        holder.execute("select from core.ticket where id = %s for update", [two])
        with pytest.raises(psycopg.errors.LockNotAvailable):
            many(hall, OPERATOR, "note", [one, two], NOTE, keys=keys)
    assert hall.ticket(one)["version"] == 1
    assert {row["outcome"] for row in many(hall, OPERATOR, "note", [one, two], NOTE, keys=keys).values()} == {
        "done"
    }


def test_many_at_once_in_any_order_never_deadlock(hall: Hall, person_dsn: Any) -> None:
    """Every call names the tickets in another order; half of them lock a main ticket, some of a sudden."""
    main = hall.at("work")
    tickets = [hall.open()["id"] for _ in range(40)]

    def act(number: int) -> int:
        order = tickets[number * 4 :] + tickets[: number * 4]
        with psycopg.connect(person_dsn(OPERATOR), autocommit=True) as connection:
            done = 0
            for action, payload in (("note", NOTE), ("merge", {"main": main}))[:: number % 2 * 2 - 1]:
                known = dict(connection.execute("select id, version from api.tickets").fetchall())
                versions = [known[ticket] for ticket in order]
                rows = connection.execute(
                    ASK, [action, order, versions, [uuid4() for _ in order], Jsonb(payload)]
                )
                done += sum(row[1] == "done" for row in rows)
        return done

    with ThreadPoolExecutor(8) as pool:
        done = sum(pool.map(act, range(8)))
    assert done >= len(tickets), "the first call finds nothing changed"
    assert done == hall.value("select sum(version) - count(*) from core.ticket where id <> %s", main)
