"""What source systems still hold of a time that matters: counted down, asked for, secured or lost."""

from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from camera_hall import keep_still, make_camera, now, open_view, refusal
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, Hall

OTHER = "d1_operator2"


def test_the_source_recording_counts_down_from_the_cameras_days(hall: Hall) -> None:
    camera = make_camera(hall, "D1-T-0090", 90)
    ticket, view = hall.open()["id"], open_view(hall, camera)
    keep_still(hall, view, ticket)
    keep_still(hall, view, ticket)  # within the same minutes: one claim
    claims = hall.call(DEPT, "select * from api.originals_of(%s)", hall.at("work"))
    assert claims == []
    (claim,) = hall.call(OPERATOR, "select * from api.originals_of(%s)", ticket)
    assert claim["overwritten_at"] - claim["until"] == timedelta(days=90)
    assert claim["state"] == "open"


def test_the_original_is_asked_for_and_secured_and_the_history_says_so(
    hall: Hall, camera: int, view: int
) -> None:
    ticket = hall.open()["id"]
    until = now(hall)
    note = "select * from api.note_original(%s, %s, %s, %s)"
    claim = hall.call(OPERATOR, note, ticket, camera, until - timedelta(hours=1), until)[0]
    ask, key = "select * from api.ask_original(%s, %s, %s)", uuid4()
    for _ in range(2):
        asked = hall.call(OPERATOR, ask, claim["id"], "雪亮工程机房 电话", key)[0]
        assert (asked["state"], asked["asked_by"], asked["asked_of"]) == (
            "asked",
            OPERATOR,
            "雪亮工程机房 电话",
        )
    with pytest.raises(psycopg.Error) as twice:
        hall.call(OTHER, ask, claim["id"], "再问", uuid4())
    assert refusal(twice) == ("LD001", "original_settled")
    secure = "select * from api.original_secured(%s, true, '光盘 3 号', %s)"
    assert hall.call(OTHER, secure, claim["id"], uuid4())[0]["state"] == "secured"
    actions = hall.rows("select action from core.event where ticket_id = %s order by seq", ticket)
    assert [row["action"] for row in actions] == ["open", "ask_original", "secure_original"]
    assert hall.rows("select * from core.verify_fold()") == []


def test_an_overwritten_original_is_lost_and_cannot_be_asked_for(hall: Hall, camera: int) -> None:
    ticket, until = hall.open()["id"], now(hall)
    note = "select * from api.note_original(%s, %s, %s, %s)"
    claim = hall.call(OPERATOR, note, ticket, camera, until - timedelta(days=32), until - timedelta(days=31))[
        0
    ]
    assert claim["state"] == "lost"
    with pytest.raises(psycopg.Error) as late:
        hall.call(OPERATOR, "select * from api.ask_original(%s, '机房', %s)", claim["id"], uuid4())
    assert refusal(late) == ("LD001", "original_overwritten")


def test_a_claim_needs_the_right_to_the_camera_and_the_ticket(hall: Hall, camera: int) -> None:
    ticket, until = hall.open()["id"], now(hall)
    note = "select * from api.note_original(%s, %s, %s, %s)"
    with pytest.raises(psycopg.Error) as unseen:
        hall.call(OTHER_DEPT, note, ticket, camera, until - timedelta(hours=1), until)
    assert refusal(unseen) == ("LD004", "no_such_ticket")
    mine = hall.at("work_area")
    with pytest.raises(psycopg.Error) as foreign:
        hall.call(AREA, note, mine, 999_999, until - timedelta(hours=1), until)
    assert refusal(foreign) == ("LD004", "no_such_camera")
