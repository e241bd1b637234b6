"""Two people on one ticket: one winner, and the loser learns who and when."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
from hall import OPERATOR, Hall

OTHER = "d1_operator2"


def test_two_writers_with_one_version_have_one_winner(hall: Hall) -> None:
    """Both saw version 1; the second to arrive is told by whom and when it was changed."""
    for _ in range(10):
        ticket = hall.open()["id"]
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(lambda login, t=ticket: accept(hall, login, t), [OPERATOR, OTHER]))
        lost = [outcome for outcome in outcomes if isinstance(outcome, dict)]
        assert len(lost) == 1
        winner = OTHER if isinstance(outcomes[0], dict) else OPERATOR
        assert lost[0]["sqlstate"] == "LD002"
        assert lost[0]["login"] == winner
        assert lost[0]["version"] == 2
        assert lost[0]["by"] == hall.value("select name from core.staff where login = %s", winner)
        assert lost[0]["at"]
        assert hall.ticket(ticket)["version"] == 2


def accept(hall: Hall, login: str, ticket: int) -> dict[str, object] | int:
    """Accept version 1; return the conflict's detail for the loser."""
    try:
        return int(hall.act(login, ticket, "accept", version=1, key=uuid4())["version"])
    except psycopg.Error as error:
        return {"sqlstate": error.sqlstate} | json.loads(error.diag.message_detail or "{}")


def test_merges_of_two_tickets_into_each_other_do_not_deadlock(hall: Hall) -> None:
    """Both tickets are locked in the order of their ids: one merge wins, the other is refused."""
    for _ in range(10):
        one, two = hall.open()["id"], hall.open()["id"]
        with ThreadPoolExecutor(2) as pool:
            outcomes = list(
                pool.map(lambda pair: merge(hall, *pair), [(OPERATOR, one, two), (OTHER, two, one)])
            )
        assert sorted(outcomes) == ["LD001", "merged"]


def merge(hall: Hall, login: str, ticket: int, main: int) -> str:
    """Merge; return how it ended."""
    try:
        hall.act(login, ticket, "merge", version=1, payload={"main": main})
    except psycopg.Error as error:
        return str(error.sqlstate)
    return "merged"


def test_reports_with_one_external_number_at_once_give_one_ticket(hall: Hall) -> None:
    """A gateway that sends twice at the same time gets the same number twice."""
    desk = hall.desk("d1_intake")
    others = [psycopg.connect(desk.info.dsn, password=desk.info.password, autocommit=True) for _ in range(2)]
    query = 'select api.submit_report(\'d1_web\', \'W-1\', \'{"kind": "help", "body": "路面塌陷"}\')'

    def send(connection: psycopg.Connection) -> dict[str, object]:
        with connection:
            row = connection.execute(query).fetchone()
        assert row is not None
        return dict(row[0])

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, others))
    assert len({answer["number"] for answer in answers}) == 1
    assert sorted(bool(answer["created"]) for answer in answers) == [False, True]


def test_intake_and_report_with_one_external_number_do_not_deadlock(hall: Hall) -> None:
    """Both doors claim the number before the day's counter: one ticket, and both are told."""
    report = 'select api.submit_report(\'d1_hotline01\', %s, \'{"kind": "help", "body": "路面塌陷"}\')'
    for turn in range(10):
        number = f"H-{turn}"
        with ThreadPoolExecutor(2) as pool:
            typed = pool.submit(hall.open, source="d1_hotline01", external_number=number)
            sent = pool.submit(hall.call, "d1_intake", report, number)
            error = typed.exception()
            assert sent.exception() is None
        assert error is None or (isinstance(error, psycopg.Error) and error.sqlstate == "LD003")
        assert hall.value("select count(*) from core.ticket where external_number = %s", number) == 1


def test_stale_version_is_refused_before_anything_else(hall: Hall) -> None:
    """The conflict is named even when the state no longer allows the action."""
    ticket = hall.at("triage")
    with pytest.raises(psycopg.Error) as refused:
        hall.act(OPERATOR, ticket, "accept", version=1)
    assert refused.value.sqlstate == "LD002"
