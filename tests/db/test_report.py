"""Reports of other systems: checked, counted once per external number, never silently changed."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from hall import OPERATOR, Hall
from psycopg.types.json import Jsonb

INTAKE = "d1_intake"
REPORT = {
    "kind": "hazard",
    "body": "藏南镇道路破损，\n请派人维修。",
    "caller": {"name": "测试人乙", "phone": "13900000002"},
}


def submit(
    hall: Hall, external: str | None, payload: object, source: str = "d1_handheld", login: str = INTAKE
) -> Any:
    """Submit and return the answer."""
    query = "select api.submit_report(%s, %s, %s) as answer"
    return hall.call(login, query, source, external, Jsonb(payload))[0]["answer"]


def refusal(hall: Hall, *args: Any, **named: Any) -> tuple[str | None, str | None, str | None]:
    """Return SQLSTATE, constraint and detail of the refusal."""
    with pytest.raises(psycopg.Error) as refused:
        submit(hall, *args, **named)
    diag = refused.value.diag
    return refused.value.sqlstate, diag.constraint_name, diag.message_detail


def test_report_becomes_a_ticket_in_the_common_queue(hall: Hall) -> None:
    """Same rules whatever the channel (S32): number, source, channel, masked caller."""
    answer = submit(hall, "HH-1", REPORT)
    ticket = hall.ticket(answer["ticket_id"])
    assert answer["created"]
    assert (ticket["number"], ticket["state"], ticket["source"]) == (answer["number"], "NEW", "d1_handheld")
    assert (ticket["channel"], ticket["external_number"]) == ("handheld", "HH-1")
    assert (ticket["title"], ticket["caller_label"]) == ("藏南镇道路破损，", "测** 139****02")
    assert "accept" in hall.allowed(OPERATOR, ticket["id"])


def test_same_report_again_changes_nothing(hall: Hall) -> None:
    """A gateway may repeat what it is not sure of."""
    first, again = submit(hall, "HH-1", REPORT), submit(hall, "HH-1", REPORT)
    assert again == first | {"created": False}
    assert hall.ticket(first["ticket_id"])["version"] == 1


def test_same_number_with_other_words_is_kept_as_an_event(hall: Hall) -> None:
    """Nothing is lost and nothing overwritten; identity stays out of the history."""
    ticket = submit(hall, "HH-1", REPORT)["ticket_id"]
    changed = REPORT | {"body": "路面已塌陷。"}
    assert submit(hall, "HH-1", changed)["created"] is False
    submit(hall, "HH-1", changed)
    events = hall.rows("select action, payload from core.event where ticket_id = %s order by seq", ticket)
    assert [event["action"] for event in events] == ["open", "resubmitted"]
    assert events[1]["payload"] == {"kind": "hazard", "body": "路面已塌陷。"}
    assert all("13900000002" not in str(event) for event in events)


def test_new_words_for_an_archived_ticket_are_refused(hall: Hall) -> None:
    """An archived file is read-only; the sender is told."""
    ticket = submit(hall, "HH-1", REPORT)["ticket_id"]
    hall.through(ticket, (OPERATOR, "answer_direct"), (OPERATOR, "archive"))
    assert submit(hall, "HH-1", REPORT)["created"] is False
    assert refusal(hall, "HH-1", REPORT | {"body": "又坏了"})[:2] == ("LD001", "report_archived")


def test_number_an_operator_typed_counts_as_reported(hall: Hall) -> None:
    """De-duplication across doors (S38)."""
    ticket = hall.open(source="d1_hotline01", external_number="H-7", channel="phone")
    assert submit(hall, "H-7", REPORT, source="d1_hotline01")["ticket_id"] == ticket["id"]
    with pytest.raises(psycopg.Error) as refused:
        hall.open(source="d1_hotline01", external_number="H-7")
    assert refused.value.sqlstate == "LD003"


@pytest.mark.parametrize(
    ("field", "payload"),
    [
        ("kind", {"body": "x"}),
        ("body", {"kind": "help"}),
        ("body", {"kind": "help", "body": " \n\u3000"}),
        ("body", {"kind": "help", "body": "a\u0007b"}),
        ("body", {"kind": "help", "body": 7}),
        ("body", {"kind": "help", "body": "长" * 20001}),
        ("kind", {"kind": "order", "body": "x"}),
        ("number", {"kind": "help", "body": "x", "number": "1"}),
        ("caller.mail", {"kind": "help", "body": "x", "caller": {"mail": "a@b"}}),
        ("caller", {"kind": "help", "body": "x", "caller": "甲"}),
        ("lon", {"kind": "help", "body": "x", "lon": 181}),
        ("place_id", {"kind": "help", "body": "x", "place_id": 0}),
        ("payload", ["kind"]),
    ],
)
def test_bad_report_is_refused_with_the_field(hall: Hall, field: str, payload: object) -> None:
    """A clear refusal, and no ticket."""
    sqlstate, _, detail = refusal(hall, "HH-9", payload)
    assert sqlstate == "LD003"
    assert f'"field": "{field}"' in (detail or "")
    assert hall.value("select count(*) from core.ticket") == 0


@pytest.mark.parametrize("external", [None, "", "  ", "a\nb", "9" * 65])
def test_bad_external_number_is_refused(hall: Hall, external: str | None) -> None:
    """Without a usable number a report cannot be recognised again."""
    assert refusal(hall, external, REPORT)[0] == "LD003"


def test_only_the_sources_own_login_may_report(hall: Hall) -> None:
    """Other districts' and other systems' sources are closed; so is the door for consoles."""
    assert refusal(hall, "A", REPORT, source="d2_web")[:2] == ("42501", "source_foreign")
    assert refusal(hall, "A", REPORT, source="nowhere")[0] == "LD003"
    assert refusal(hall, "A", REPORT, login=OPERATOR)[0] == "42501"
    hall.owner.execute("update core.source set login = 'd1_worker' where code = 'd1_handheld'")
    assert refusal(hall, "A", REPORT)[:2] == ("42501", "source_foreign")
    assert submit(hall, "A", REPORT, source="d1_web")["created"]


def test_owner_of_the_server_may_report_for_any_source(hall: Hall) -> None:
    """Replay and training run as the server's owner."""
    query = "select api.submit_report('d2_web', 'T-1', %s) as answer"
    answer = hall.rows(query, Jsonb(REPORT))[0]["answer"]
    assert hall.ticket(answer["ticket_id"])["district_id"] == 2
