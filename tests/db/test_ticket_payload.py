"""Payloads: nothing missing, unknown or malformed gets in, and identity stays apart."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import psycopg
import pytest
from hall import DEPT, OPERATOR, SUPERVISOR, TOWN, Hall, Row

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()
PNG = bytes.fromhex("89504e470d0a1a0a") + b"picture"


def bad(hall: Hall, point: str, login: str, action: str, changed: Row) -> tuple[str | None, Row]:
    """Act with a changed payload; return SQLSTATE and detail."""
    ticket = hall.at(point)
    with pytest.raises(psycopg.Error) as refused:
        hall.act(login, ticket, action, payload=hall.payload(action) | changed)
    return refused.value.sqlstate, json.loads(refused.value.diag.message_detail or "{}")


@pytest.mark.parametrize(
    ("point", "login", "action", "changed", "field"),
    [
        ("new", OPERATOR, "note", {"text": None}, "text"),
        ("new", OPERATOR, "note", {"text": "  \n"}, "text"),
        ("new", OPERATOR, "note", {"text": 5}, "text"),
        ("new", OPERATOR, "note", {"text": "x" * 4001}, "text"),
        ("new", OPERATOR, "note", {"text": "a\u0000b".replace("\u0000", "\u0001")}, "text"),
        ("new", OPERATOR, "note", {"text": "a\u202eb"}, "text"),
        ("new", OPERATOR, "note", {"colour": "red"}, "colour"),
        ("new", OPERATOR, "amend", {"title": "a\nb"}, "title"),
        ("new", OPERATOR, "amend", {"title": "x" * 201}, "title"),
        ("new", OPERATOR, "amend", {"is_urgent": "yes"}, "is_urgent"),
        ("new", OPERATOR, "amend", {"category": 999999}, "category"),
        ("new", OPERATOR, "amend", {"place": 1.5}, "place"),
        ("new", OPERATOR, "forward", {"target": "p999"}, "target"),
        ("new", OPERATOR, "forward", {"told": False}, "told"),
        ("new", OPERATOR, "dispatch", {"unit": "2"}, "unit"),
        ("new", OPERATOR, "dispatch", {"unit": 10**12}, "unit"),
        ("new", OPERATOR, "dispatch", {"unit": -1}, "unit"),
        ("new", OPERATOR, "dispatch", {"assist": [7, 7]}, "assist"),
        ("new", OPERATOR, "dispatch", {"assist": ["x"]}, "assist"),
        ("new", OPERATOR, "dispatch", {"assist": 7}, "assist"),
        ("new", SUPERVISOR, "withdraw", {"staff": "d2_operator1"}, "staff"),
        ("work", DEPT, "ask_extension", {"workdays": 11}, "workdays"),
        ("work", DEPT, "ask_extension", {"workdays": 0}, "workdays"),
        ("work", DEPT, "ask_hold", {"review_on": "2020-01-01"}, "review_on"),
        ("work", DEPT, "ask_hold", {"review_on": "2026-02-30"}, "review_on"),
        ("work", DEPT, "record_contact", {"at": TOMORROW}, "at"),
        ("work", DEPT, "record_contact", {"at": "2026-01-01 10:00"}, "at"),
        ("work", DEPT, "record_contact", {"at": "2026-13-01T10:00Z"}, "at"),
    ],
)
def test_bad_payload_is_refused_with_its_field(
    hall: Hall, point: str, login: str, action: str, changed: Row, field: str
) -> None:
    """LD003 names the field; the untouched payload of the same action is accepted."""
    sqlstate, detail = bad(hall, point, login, action, changed)
    assert (sqlstate, detail["field"]) == ("LD003", field)
    assert detail["problem"]
    assert hall.act(login, hall.at(point), action)["version"] > 1


@pytest.mark.parametrize("payload", [[], "text", 1, None])
def test_payload_that_is_no_object_is_refused(hall: Hall, payload: object) -> None:
    """Also null, which is no empty payload."""
    ticket = hall.open()["id"]
    with pytest.raises(psycopg.Error) as refused:
        hall.call(
            OPERATOR, "select api.act(%s, 'accept', 1, %s, %s::jsonb)", ticket, uuid4(), json.dumps(payload)
        )
    assert refused.value.sqlstate == "LD003"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"place_id": None}, "place_id"),
        ({"no_place": True}, "no_place"),
        ({"caller": {"name": "甲"}}, "caller.phone"),
        ({"caller": None}, "caller"),
        ({"lon": 120.1}, "lat"),
        ({"channel": "pigeon"}, "channel"),
        ({"source": "d2_web"}, "source"),
        ({"title": ""}, "title"),
    ],
)
def test_opening_needs_place_contact_content_and_channel(hall: Hall, changed: Row, field: str) -> None:
    """T1; a place or "no place", a contact or "anonymous"."""
    with pytest.raises(psycopg.Error) as refused:
        hall.open(**changed)
    assert refused.value.sqlstate == "LD003"
    assert json.loads(refused.value.diag.message_detail or "{}")["field"] == field


def test_anonymous_caller_without_place_is_welcome(hall: Hall) -> None:
    """R904; nobody can be called back, so nobody must be."""
    t = hall.open(place_id=None, no_place=True, caller={"anonymous": True})
    assert (t["state"], t["caller_label"], t["callback_required"]) == ("NEW", "", False)


def test_identity_is_stored_apart_and_masked(hall: Hall) -> None:
    """R901: neither the ticket nor its history has the plain name or number."""
    t = hall.open(caller={"name": "欧阳测试", "phone": "+86 138-0000-0009", "id_number": "X1"})
    stored = str(
        hall.rows("select to_jsonb(t), to_jsonb(e) from core.ticket t join core.event e on ticket_id = id")
    )
    assert "欧阳测试" not in stored
    assert "0009" not in stored
    assert t["caller_label"].startswith("欧**")
    hashes = hall.rows("select phone_hash = core.phone_hash('13800000009') same from core.caller")
    assert hashes == [{"same": True}]


def test_numbers_count_each_day_and_now_and_then_leave_one_out(hall: Hall) -> None:
    """Short numbers a citizen can read out; a refused opening uses none; gaps hide hidden ones."""
    with pytest.raises(psycopg.Error):
        hall.open(title="")
    numbers = [int(hall.open()["number"].split("-")[1]) for _ in range(3)]
    assert numbers[0] == 1
    assert {after - before for before, after in pairwise(numbers)} <= {1, 2}


@pytest.mark.parametrize(
    ("name", "media_type", "content", "field"),
    [
        ("a.png", "image/png", b"GIF89a", "media_type"),
        ("a.exe", "application/x-msdownload", b"MZ", "media_type"),
        ("a.pdf", "application/pdf", PNG, "media_type"),
        ("a.png", "image/png", b"", "content"),
        ("../a.png", "image/png", PNG, "name"),
        ("a\nb.png", "image/png", PNG, "name"),
    ],
)
def test_attachment_must_be_what_it_says(
    hall: Hall, name: str, media_type: str, content: bytes, field: str
) -> None:
    """The first bytes decide the type."""
    ticket = hall.open()["id"]
    with pytest.raises(psycopg.Error) as refused:
        attach(hall, OPERATOR, ticket, name, media_type, content)
    assert json.loads(refused.value.diag.message_detail or "{}")["field"] == field
    assert hall.value("select count(*) from core.attachment") == 0


def test_attachment_is_kept_with_digest_and_event(hall: Hall) -> None:
    """Sent twice with one key it is there once; who may not see the ticket may not read it."""
    ticket, key = hall.open()["id"], uuid4()
    first = attach(hall, OPERATOR, ticket, "现场.png", "image/png", PNG, key)
    assert attach(hall, OPERATOR, ticket, "现场.png", "image/png", PNG, key) == first
    assert first["sha256"] == hashlib.sha256(PNG).hexdigest()
    stored = hall.call(TOWN, "select * from api.attachment(%s)", first["id"])[0]
    assert (bytes(stored["content"]), stored["media_type"]) == (PNG, "image/png")
    assert hall.ticket(ticket)["version"] == 2
    with pytest.raises(psycopg.Error) as refused:
        hall.call(DEPT, "select * from api.attachment(%s)", first["id"])
    assert refused.value.sqlstate == "LD004"


def test_archived_ticket_takes_no_attachment(hall: Hall) -> None:
    """T22: read-only."""
    with pytest.raises(psycopg.Error) as refused:
        attach(hall, OPERATOR, hall.at("archived"), "a.png", "image/png", PNG)
    assert (refused.value.sqlstate, refused.value.diag.constraint_name) == ("LD001", "wrong_state")


def attach(
    hall: Hall, login: str, ticket: int, name: str, media_type: str, content: bytes, key: object = None
) -> Row:
    """Attach and return the answer."""
    query = "select api.attach(%s, %s, %s, %s, %s) as answer"
    answer: Row = hall.call(login, query, ticket, key or uuid4(), name, media_type, content)[0]["answer"]
    return answer
