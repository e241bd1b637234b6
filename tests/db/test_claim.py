"""Claims: one person of a unit has a ticket, until it is let go or moved on, or the console falls silent."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hall import CALLBACK, DEPT, LEADER, OPERATOR, OTHER_DEPT, SUPERVISOR, WORKER, Hall
from psycopg.types.json import Jsonb

from db.admin.worker import end_claims

COLLEAGUE = "d1_operator2"
DESK = uuid4()
SILENT = "update core.claim set at = at - interval '91 seconds' returning login"


def claim(hall: Hall, login: str, ticket: int, *, version: int | None = None, desk: object = DESK) -> Any:
    """Take a ticket of a version, the current one unless named."""
    known = version or hall.ticket(ticket)["version"]
    return hall.call(login, "select api.claim(%s, %s, %s) as c", ticket, known, desk)[0]["c"]


def refusal(hall: Hall, login: str, query: str, *values: object) -> tuple[str, str, dict[str, Any]]:
    """Ask for something that is refused; return SQLSTATE, code and detail."""
    with pytest.raises(psycopg.Error) as caught:
        hall.call(login, query, *values)
    diag = caught.value.diag
    return str(diag.sqlstate), str(diag.constraint_name), json.loads(diag.message_detail or "{}")


def holders(hall: Hall, login: str, ticket: int) -> list[str]:
    """Return who a person sees to have the ticket."""
    return [
        row["login"] for row in hall.call(login, "select login from api.claims where ticket_id = %s", ticket)
    ]


def test_claimed_ticket_is_the_claimants_alone_to_decide(hall: Hall) -> None:
    ticket = hall.open()["id"]
    mine = claim(hall, OPERATOR, ticket)
    assert mine["login"] == OPERATOR
    state, code, detail = refusal(
        hall, COLLEAGUE, "select api.act(%s, 'accept', 1, gen_random_uuid())", ticket
    )
    assert (state, code) == ("LD001", "claimed")
    assert detail["login"] == OPERATOR
    assert detail["by"] == hall.value("select name from core.staff where login = %s", OPERATOR)
    assert detail["since"] == mine["since"] < detail["until"]
    assert hall.allowed(COLLEAGUE, ticket) == {"note", "withdraw"}
    hall.act(COLLEAGUE, ticket, "note")
    assert hall.act(OPERATOR, ticket, "dispatch")["state"] == "SENT"


def test_claim_of_the_centre_leaves_the_unit_its_turn_and_the_other_way_round(hall: Hall) -> None:
    ticket = hall.at("sent")
    claim(hall, OPERATOR, ticket)
    claim(hall, DEPT, ticket)
    assert set(holders(hall, OPERATOR, ticket)) == {OPERATOR, DEPT}
    assert hall.act(DEPT, ticket, "sign")["state"] == "WORK"
    assert holders(hall, OPERATOR, ticket) == [OPERATOR], "the unit has moved it on"
    hall.act(DEPT, ticket, "record_contact")
    hall.act(DEPT, ticket, "feedback")
    with pytest.raises(psycopg.Error) as caught:
        hall.act(COLLEAGUE, ticket, "approve_feedback")
    assert caught.value.diag.constraint_name == "claimed"


def test_leaders_word_and_time_itself_wait_for_no_claim(hall: Hall) -> None:
    ticket = hall.at("special")
    claim(hall, OPERATOR, ticket)
    assert "instruct" in hall.allowed(LEADER, ticket)
    held = hall.at("hold_today")
    claim(hall, OPERATOR, held)
    assert hall.act(WORKER, held, "resume")["state"] == "WORK"


def test_claim_that_comes_second_is_told_who_was_first(hall: Hall) -> None:
    ticket = hall.open()["id"]
    claim(hall, OPERATOR, ticket)
    asked = "select api.claim(%s, 1, gen_random_uuid())"
    state, code, detail = refusal(hall, COLLEAGUE, asked, ticket)
    assert (state, code, detail["login"]) == ("LD001", "claimed", OPERATOR)
    hall.call(OPERATOR, "select api.release(%s)", ticket)
    assert claim(hall, COLLEAGUE, ticket)["login"] == COLLEAGUE


def test_claim_of_an_old_version_is_a_conflict(hall: Hall) -> None:
    ticket = hall.open()["id"]
    hall.act(COLLEAGUE, ticket, "note")
    state, _, detail = refusal(hall, OPERATOR, "select api.claim(%s, 1, gen_random_uuid())", ticket)
    assert (state, detail["login"], detail["version"]) == ("LD002", COLLEAGUE, 2)


def test_claim_lives_by_the_heartbeat_of_its_desk_and_ends_without(hall: Hall) -> None:
    ticket = hall.open()["id"]
    claim(hall, OPERATOR, ticket)
    hall.rows("update core.claim set at = at - interval '80 seconds' returning login")
    hall.call(OPERATOR, "select api.attend(%s, '{}', '{}')", DESK)
    hall.rows("update core.claim set at = at - interval '80 seconds' returning login")
    assert holders(hall, COLLEAGUE, ticket) == [OPERATOR], "one heartbeat was heard in between"
    hall.call(OPERATOR, "select api.attend(%s, '{}', '{}')", uuid4())
    hall.rows("update core.claim set at = at - interval '11 seconds' returning login")
    assert holders(hall, COLLEAGUE, ticket) == [], "another desk of the same person does not count"
    assert claim(hall, COLLEAGUE, ticket)["login"] == COLLEAGUE


def test_leaving_ends_claims_and_presence_of_that_desk_at_once(hall: Hall) -> None:
    here, there = hall.open()["id"], hall.open()["id"]
    other = uuid4()
    claim(hall, OPERATOR, here)
    claim(hall, OPERATOR, there, desk=other)
    hall.call(OPERATOR, "select api.attend(%s, %s, '{}')", DESK, [here])
    hall.call(OPERATOR, "select api.leave(%s)", DESK)
    assert holders(hall, COLLEAGUE, here) == []
    assert holders(hall, COLLEAGUE, there) == [OPERATOR]
    assert hall.call(COLLEAGUE, "select from api.presence") == []


def test_swept_claims_are_those_of_silent_desks(hall: Hall) -> None:
    old, young = hall.open()["id"], hall.open()["id"]
    claim(hall, OPERATOR, old)
    hall.rows(SILENT)
    claim(hall, OPERATOR, young)
    hall.rows("select api.sweep_presence()")
    assert [row["ticket_id"] for row in hall.rows("select ticket_id from core.claim")] == [young]


def test_supervisor_takes_over_for_a_reason_that_is_registered(hall: Hall) -> None:
    ticket = hall.open()["id"]
    claim(hall, OPERATOR, ticket)
    ask = "select api.take_over(%s, gen_random_uuid(), %s) as c"
    assert refusal(hall, COLLEAGUE, ask, ticket, "同事不在座位上")[:2] == ("42501", "take_over")
    assert refusal(hall, SUPERVISOR, ask, ticket, " ")[0] == "LD003"
    hall.call(SUPERVISOR, ask, ticket, "同事不在座位上")
    assert holders(hall, OPERATOR, ticket) == [SUPERVISOR]
    (entry,) = hall.rows("select * from audit.entry where kind = 'take_over'")
    assert (entry["login"], entry["subject"], entry["ticket_id"]) == (SUPERVISOR, OPERATOR, ticket)
    assert entry["reason"] == "同事不在座位上"
    assert hall.act(SUPERVISOR, ticket, "dispatch")["state"] == "SENT"
    assert refusal(hall, SUPERVISOR, ask, ticket, "同事不在座位上")[:2] == ("LD001", "not_claimed")


def test_claims_are_seen_with_their_ticket_only(hall: Hall) -> None:
    ticket = hall.at("sent")
    claim(hall, DEPT, ticket)
    assert holders(hall, OPERATOR, ticket) == [DEPT]
    assert holders(hall, OTHER_DEPT, ticket) == []
    ask = "select api.claim(%s, 1, gen_random_uuid())"
    assert refusal(hall, OTHER_DEPT, ask, ticket)[:2] == ("LD004", "no_such_ticket")


def test_attendance_tells_of_tickets_in_sight_only_and_its_heartbeat_is_no_news(hall: Hall) -> None:
    seen, unseen = hall.at("sent"), hall.open()["id"]
    attend = "select api.attend(%s, %s, %s)"
    heard = "select id from core.change where what = 'presence' and scope ~ '^district ' order by xid, seq"
    for tickets, typing in (([seen, unseen], []), ([seen, unseen], []), ([seen], [seen]), ([], [])):
        hall.call(DEPT, attend, DESK, tickets, typing)
        hall.rows("update core.presence set at = at - interval '30 seconds' returning login")
    assert [row["id"] for row in hall.rows(heard)] == [seen, seen, seen], "came, typed, left"


def test_person_may_not_take_the_whole_queue(hall: Hall) -> None:
    for _ in range(20):
        claim(hall, OPERATOR, hall.open()["id"])
    more = hall.open()["id"]
    ask = "select api.claim(%s, 1, gen_random_uuid())"
    assert refusal(hall, OPERATOR, ask, more)[:2] == ("LD001", "claims_many")
    assert next_of(hall, COLLEAGUE) == more


def next_of(hall: Hall, login: str, key: object = None, **wanted: object) -> int | None:
    """Take the next ticket of a filter."""
    rows = hall.call(
        login, "select id from api.next_ticket(%s, 'due', %s, %s)", Jsonb(wanted), DESK, key or uuid4()
    )
    return rows[0]["id"] if rows else None


def test_next_ticket_is_the_first_nobody_has_and_the_same_key_brings_it_again(hall: Hall) -> None:
    tickets = sorted(hall.open()["id"] for _ in range(3))
    key = uuid4()
    assert next_of(hall, OPERATOR, key) == tickets[0]
    assert next_of(hall, COLLEAGUE) == tickets[1]
    assert next_of(hall, OPERATOR, key) == tickets[0]
    assert next_of(hall, OPERATOR) == tickets[2]
    assert next_of(hall, COLLEAGUE) is None


def test_next_ticket_keeps_to_the_filter_and_to_what_one_sees(hall: Hall) -> None:
    hall.open()
    sent = hall.at("sent")
    assert next_of(hall, DEPT) == sent
    assert next_of(hall, OTHER_DEPT) is None
    assert next_of(hall, OPERATOR, states=["SENT"]) == sent, "the unit's claim is the unit's"


def test_many_who_race_for_the_next_ticket_never_get_the_same(hall: Hall, person_dsn: Any) -> None:
    """Twenty-four desks of six people empty a queue of sixty: each ticket goes to exactly one."""
    tickets = {hall.open()["id"] for _ in range(60)}
    logins = [OPERATOR, COLLEAGUE, SUPERVISOR, CALLBACK, "d1_inspector1", "d1_clerk1"]

    def work(number: int) -> list[int]:
        found: list[int] = []
        with psycopg.connect(person_dsn(logins[number % len(logins)]), autocommit=True) as connection:
            ask = "select id from api.next_ticket('{}', 'due', %s, gen_random_uuid())"
            while len(found) < 5 and (row := connection.execute(ask, [uuid4()]).fetchone()):
                found.append(row[0])
        return found

    with ThreadPoolExecutor(24) as pool:
        taken = Counter(ticket for found in pool.map(work, range(24)) for ticket in found)
    assert set(taken.values()) == {1}
    assert taken.keys() == tickets
    assert hall.value("select count(*) from core.claim") == 60


def test_many_who_want_one_named_ticket_have_one_winner(hall: Hall, person_dsn: Any) -> None:
    ticket = hall.open()["id"]
    logins = [OPERATOR, COLLEAGUE, SUPERVISOR, CALLBACK]

    def take(number: int) -> str:
        with psycopg.connect(person_dsn(logins[number % len(logins)]), autocommit=True) as connection:
            try:
                connection.execute("select api.claim(%s, 1, %s)", [ticket, uuid4()])
            except psycopg.Error as error:
                return str(error.diag.constraint_name)
            return logins[number % len(logins)]

    with ThreadPoolExecutor(20) as pool:
        outcomes = Counter(pool.map(take, range(20)))
    (winner,) = outcomes.keys() - {"claimed"}
    assert outcomes == {winner: 5, "claimed": 15}


def test_claim_and_action_of_a_colleague_at_once_have_one_winner(hall: Hall) -> None:
    for _ in range(10):
        ticket = hall.open()["id"]
        hall.desk(OPERATOR), hall.desk(COLLEAGUE)
        with ThreadPoolExecutor(2) as pool:
            taking = pool.submit(claim, hall, OPERATOR, ticket, version=1)
            acting = pool.submit(hall.act, COLLEAGUE, ticket, "accept", version=1)
            errors = {taking.exception(), acting.exception()}
        assert len(errors - {None}) == 1
        (error,) = errors - {None}
        assert isinstance(error, psycopg.Error)
        assert error.diag.sqlstate in ("LD001", "LD002")


class TestDeskThatIsGone:
    """The connection that follows the feed stands for its console."""

    SIT = "select api.sit_down(%s)"

    @pytest.fixture
    def worker(self, database: str) -> Iterator[psycopg.Connection]:
        with psycopg.connect(database, autocommit=True) as connection:
            yield connection

    def test_claims_end_with_the_connection_and_not_before(
        self, hall: Hall, worker: psycopg.Connection, person_dsn: Callable[[str], str]
    ) -> None:
        ticket, desk = hall.open()["id"], uuid4()
        feed = psycopg.connect(person_dsn(OPERATOR), autocommit=True)
        feed.execute(self.SIT, [desk])
        claim(hall, OPERATOR, ticket, desk=desk)
        hall.call(OPERATOR, "select api.attend(%s, %s, '{}')", desk, [ticket])
        assert end_claims(worker, {}, 0) == {}
        again = psycopg.connect(person_dsn(OPERATOR), autocommit=True)
        again.execute(self.SIT, [desk])  # the link was made anew before the old one was known to be dead
        feed.close()
        gone = end_claims(worker, {}, 0)
        assert gone == {}
        again.close()
        while not gone:
            gone = end_claims(worker, gone, 60)
        assert list(gone) == [f"{OPERATOR} {desk}"]
        assert end_claims(worker, gone, 60) == gone
        assert holders(hall, COLLEAGUE, ticket) == [OPERATOR]
        assert end_claims(worker, gone, 0) == {}
        assert holders(hall, COLLEAGUE, ticket) == []
        assert hall.value("select count(*) from core.presence") == 0

    def test_nobody_can_hold_up_the_claim_of_somebody_else(
        self, hall: Hall, worker: psycopg.Connection, person_dsn: Callable[[str], str]
    ) -> None:
        ticket, desk = hall.open()["id"], uuid4()
        claim(hall, OPERATOR, ticket, desk=desk)
        with psycopg.connect(person_dsn(COLLEAGUE), autocommit=True) as other:
            other.execute(self.SIT, [desk])
            assert list(end_claims(worker, {}, 0)) == [f"{OPERATOR} {desk}"]

    def test_nobody_can_end_the_claim_of_somebody_else(
        self, hall: Hall, worker: psycopg.Connection, person_dsn: Callable[[str], str]
    ) -> None:
        """Whoever gives another's desk as his own is gone; the other is not."""
        ticket, desk = hall.open()["id"], uuid4()
        with psycopg.connect(person_dsn(OPERATOR), autocommit=True) as feed:
            feed.execute(self.SIT, [desk])
            claim(hall, OPERATOR, ticket, desk=desk)
            hall.call(COLLEAGUE, "select api.attend(%s, %s, '{}')", desk, [ticket])
            gone = end_claims(worker, {}, 0)
            assert list(gone) == [f"{COLLEAGUE} {desk}"]
            end_claims(worker, gone, 0)
            assert holders(hall, COLLEAGUE, ticket) == [OPERATOR]
        assert hall.value("select count(*) from core.presence") == 0

    def test_connection_stands_for_one_desk(self, hall: Hall, person_dsn: Callable[[str], str]) -> None:
        with psycopg.connect(person_dsn(OPERATOR), autocommit=True) as feed:
            feed.execute(self.SIT, [uuid4()])
            with pytest.raises(psycopg.Error) as caught:
                feed.execute("select api.sit_down(gen_random_uuid()) from generate_series(1, 1000)")
        assert caught.value.diag.constraint_name == "bad_payload"

    def test_only_the_worker_ends_claims(self, hall: Hall) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.call(OPERATOR, "select api.sweep_desks('{}')")


def test_claim_whose_answer_was_lost_is_asked_for_again_with_its_key(hall: Hall) -> None:
    ticket, key = hall.open()["id"], uuid4()
    ask = "select api.claim(%s, %s, %s, %s) as c"
    first = hall.call(OPERATOR, ask, ticket, 1, DESK, key)[0]["c"]
    hall.act(COLLEAGUE, ticket, "note")  # meanwhile the version is another one
    assert hall.call(OPERATOR, ask, ticket, 1, DESK, key)[0]["c"] == first
    with pytest.raises(psycopg.Error) as caught:
        hall.call(OPERATOR, ask, ticket, 1, DESK, uuid4())
    assert caught.value.sqlstate == "LD002"


def test_take_over_whose_answer_was_lost_is_registered_once(hall: Hall) -> None:
    ticket, key = hall.open()["id"], uuid4()
    claim(hall, OPERATOR, ticket)
    ask = "select api.take_over(%s, %s, %s, %s)"
    for _ in range(2):
        hall.call(SUPERVISOR, ask, ticket, DESK, "李明去开会了", key)
    assert holders(hall, SUPERVISOR, ticket) == [SUPERVISOR]
    assert hall.value("select count(*) from audit.entry where kind = 'take_over'") == 1


def test_whoever_withdraws_lets_go_of_the_ticket(hall: Hall) -> None:
    ticket = hall.open()["id"]
    claim(hall, OPERATOR, ticket)
    hall.act(OPERATOR, ticket, "withdraw")
    assert holders(hall, COLLEAGUE, ticket) == []
    hall.act(COLLEAGUE, ticket, "accept")


def test_claims_of_one_person_are_counted_one_after_the_other(
    hall: Hall, person_dsn: Callable[[str], str]
) -> None:
    query = "select api.claim(%s, 1, %s)"
    one, other = hall.open()["id"], hall.open()["id"]
    with psycopg.connect(person_dsn(OPERATOR)) as first, psycopg.connect(person_dsn(OPERATOR)) as second:
        first.execute(query, [one, DESK])
        second.execute("set lock_timeout = '100ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.execute(query, [other, DESK])
