"""Pictures kept from cameras: what is asked of them, and where they show."""

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import psycopg
import pytest
from camera_hall import (
    CLIP,
    JPEG,
    content,
    entries,
    footage_of,
    keep_clip,
    keep_still,
    look,
    now,
    png,
    refusal,
)
from hall import DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, Hall, Row

OTHER = "d1_operator2"


def test_a_still_is_in_the_ticket_with_its_digests_in_history_and_register(hall: Hall, view: int) -> None:
    ticket = hall.open()["id"]
    kept = keep_still(hall, view, ticket)
    assert kept["sha256"] == sha256(png()).hexdigest()
    assert kept["burned_sha256"] == sha256(JPEG).hexdigest()
    row = footage_of(hall, ticket)[0]
    assert (row["kind"], row["reason"], row["kept_by"]) == ("still", "占道", OPERATOR)
    assert row["deleted_on"] is None  # D8: as long as the ticket
    event = hall.rows("select * from core.event where ticket_id = %s order by seq desc limit 1", ticket)[0]
    assert event["action"] == "keep_still"
    assert (event["payload"]["sha256"], event["payload"]["view"]) == (kept["sha256"], view)
    assert entries(hall, "footage_kept")[0]["detail"]["sha256"] == kept["sha256"]
    files = hall.call(OPERATOR, "select * from api.attachments where ticket_id = %s order by id", ticket)
    assert [file["footage_id"] for file in files] == 2 * [kept["footage"]]
    assert files[0]["name"].endswith(".png")
    assert files[1]["name"].endswith("_burned.jpg")


def test_the_same_key_keeps_once(hall: Hall, view: int) -> None:
    ticket, key, taken = hall.open()["id"], uuid4(), now(hall)
    first = keep_still(hall, view, ticket, key=key, taken=taken)
    assert keep_still(hall, view, ticket, key=key, taken=taken) == first
    assert len(footage_of(hall, ticket)) == 1
    with pytest.raises(psycopg.Error) as other:
        keep_still(hall, view, ticket, key=key, taken=taken, original=png(grey=9))
    assert refusal(other) == ("LD005", "request_key_reused")


def test_a_clip_is_video_by_its_bytes_and_has_no_burned_copy(hall: Hall, view: int) -> None:
    ticket = hall.open()["id"]
    keep_clip(hall, view, ticket)
    row = footage_of(hall, ticket)[0]
    assert (row["media_type"], row["burned_id"]) == ("video/mp4", None)
    look(hall, row["id"])
    assert content(hall, row["original_id"]) == CLIP
    with pytest.raises(psycopg.Error) as sound:
        keep_clip(hall, view, ticket, content=b"\0\0\0\x18ftypM4A " + bytes(100))
    assert refusal(sound) == ("LD003", "bad_payload")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"original_sha": bytes(32)}, "sha256"),
        ({"burned_sha": bytes(32)}, "sha256"),
        ({"original": b"GIF89a" + bytes(40)}, "content"),
        ({"burned": png()}, "media_type"),
        ({"thumb": png(200, 8)}, "thumb"),
        ({"thumb": b""}, "thumb"),
        ({"facts": {"stream": "best"}}, "stream"),
        ({"facts": {"pts_from": "soon"}}, "pts_from"),
        ({"facts": {"reason": "x" * 501}}, "reason"),
    ],
)
def test_what_is_not_as_announced_is_refused(hall: Hall, view: int, changed: Row, field: str) -> None:
    with pytest.raises(psycopg.Error) as refused:
        keep_still(hall, view, **changed)
    assert refusal(refused) == ("LD003", "bad_payload")
    assert f'"field": "{field}"' in str(refused.value.diag.message_detail)
    assert hall.value("select count(*) from core.attachment") == 0


def test_only_a_moment_of_ones_own_view_is_kept(hall: Hall, view: int) -> None:
    with pytest.raises(psycopg.Error) as foreign:
        keep_still(hall, view, login=OTHER)
    assert refusal(foreign) == ("42501", "no_camera_view")
    for taken in (now(hall) - timedelta(minutes=1), now(hall) + timedelta(minutes=1)):
        with pytest.raises(psycopg.Error) as outside:
            keep_still(hall, view, taken=taken)
        assert refusal(outside) == ("LD003", "bad_payload")
    seen = now(hall)
    hall.call(OPERATOR, "select api.close_view(%s)", view)
    keep_still(hall, view, taken=seen)  # what a desk could not send at once
    with pytest.raises(psycopg.Error) as over:
        keep_still(hall, view, taken=now(hall) + timedelta(seconds=10))
    assert refusal(over) == ("LD003", "bad_payload")


def test_a_view_that_ended_long_ago_brings_nothing(hall: Hall, view: int) -> None:
    seen = now(hall)
    hall.call(OPERATOR, "select api.close_view(%s)", view)
    with hall.owner.transaction():
        hall.owner.execute("alter table audit.camera_view disable trigger _400_immutable")
        hall.owner.execute("alter table audit.entry disable trigger _400_immutable")
        hall.owner.execute("update audit.camera_view set at = at - interval '2 days'")
        hall.owner.execute("alter table audit.camera_view enable trigger _400_immutable")
        hall.owner.execute("alter table audit.entry enable trigger _400_immutable")
    with pytest.raises(psycopg.Error) as old:
        keep_still(hall, view, taken=seen - timedelta(days=2))
    assert refusal(old) == ("LD001", "camera_view_old")


def test_looking_needs_a_row_that_was_there_before(hall: Hall, view: int) -> None:
    ticket = hall.open()["id"]
    row = keep_still(hall, view, ticket)
    burned = footage_of(hall, ticket)[0]["burned_id"]
    with pytest.raises(psycopg.Error) as silent:
        content(hall, burned, SUPERVISOR)
    assert refusal(silent) == ("42501", "footage_unregistered")
    desk = hall.desk(SUPERVISOR)
    desk.execute("begin")  # in one transaction the trace could be rolled back
    look(hall, row["footage"], SUPERVISOR)
    with pytest.raises(psycopg.Error) as rolled_back:
        content(hall, burned, SUPERVISOR)
    desk.execute("rollback")
    assert refusal(rolled_back) == ("42501", "footage_unregistered")
    look(hall, row["footage"], SUPERVISOR)
    look(hall, row["footage"], SUPERVISOR)
    assert content(hall, burned, SUPERVISOR) == JPEG
    seen = entries(hall, "footage_view")
    assert [(entry["login"], entry["detail"]["footage"]) for entry in seen] == [(SUPERVISOR, row["footage"])]


def test_without_a_ticket_only_its_keeper_and_the_register_see_it(hall: Hall, view: int) -> None:
    kept = keep_still(hall, view)
    mine = hall.call(OPERATOR, "select * from api.loose_footage()")
    assert [row["id"] for row in mine] == [kept["footage"]]
    assert mine[0]["deleted_on"] - mine[0]["kept_at"] == timedelta(days=30)
    assert hall.call(OTHER, "select * from api.loose_footage()") == []
    with pytest.raises(psycopg.Error) as unreasoned:
        look(hall, kept["footage"], SUPERVISOR)
    assert refusal(unreasoned) == ("LD003", "bad_payload")
    look(hall, kept["footage"], SUPERVISOR, "抽查")
    for login in (OTHER, DEPT):
        with pytest.raises(psycopg.Error) as unseen:
            look(hall, kept["footage"], login, "好奇心")
        assert refusal(unseen) == ("42501", "no_such_footage")


def test_a_loose_picture_is_given_to_a_ticket_once(hall: Hall, view: int) -> None:
    kept, ticket = keep_still(hall, view), hall.open()["id"]
    give = "select api.attach_footage(%s, %s, %s) as k"
    key = uuid4()
    for _ in range(2):
        assert hall.call(OPERATOR, give, ticket, kept["footage"], key)[0]["k"]["ticket_id"] == ticket
    assert [row["id"] for row in footage_of(hall, ticket)] == [kept["footage"]]
    with pytest.raises(psycopg.Error) as again:
        hall.call(OPERATOR, give, hall.open()["id"], kept["footage"], uuid4())
    assert refusal(again) == ("42501", "no_such_footage")


def test_a_new_ticket_takes_pictures_that_are_there_and_those_to_come(hall: Hall, view: int) -> None:
    there, late, taken = uuid4(), uuid4(), now(hall)
    keep_still(hall, view, key=there)
    ticket = hall.open(channel="video", caller={"anonymous": True}, footage=[str(there), str(late)])
    assert ticket["source"] == "d1_video"
    assert [str(row["key"]) for row in footage_of(hall, ticket["id"])] == [str(there)]
    assert keep_still(hall, view, key=late, taken=taken)["ticket_id"] == ticket["id"]
    assert len(footage_of(hall, ticket["id"])) == 2
    assert hall.value("select count(*) from core.footage_wanted") == 0


def test_a_new_ticket_takes_no_foreign_picture(hall: Hall, view: int) -> None:
    key = uuid4()
    keep_still(hall, view, key=key)
    with pytest.raises(psycopg.Error) as foreign:
        hall.open(OTHER, footage=[str(key)])
    assert refusal(foreign) == ("42501", "no_such_footage")
    for bad in (["x"], [1], 10 * [str(key)]):
        with pytest.raises(psycopg.Error) as unfit:
            hall.open(footage=bad)
        assert refusal(unfit) == ("LD003", "bad_payload")


def test_a_picture_follows_the_rights_of_its_ticket(hall: Hall, view: int) -> None:
    ticket = hall.at("work")
    keep_still(hall, view, ticket)
    assert footage_of(hall, ticket, DEPT)
    with pytest.raises(psycopg.Error) as unseen:
        footage_of(hall, ticket, OTHER_DEPT)
    assert refusal(unseen) == ("LD004", "no_such_ticket")
    assert hall.call(OTHER_DEPT, "select * from api.attachments") == []


def test_no_picture_is_changed_removed_or_deleted_early_even_by_the_owner(hall: Hall, view: int) -> None:
    kept = keep_still(hall, view)
    with pytest.raises(psycopg.errors.CheckViolation):
        hall.owner.execute("update core.footage set purged_at = now() where id = %s", [kept["footage"]])
    for words in (
        "delete from core.footage",
        "update core.footage set reason = 'x'",
        "update core.attachment set content = 'x'",
        "update core.attachment set sha256 = sha256('x')",
        "delete from core.attachment",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.owner.execute(words)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("update core.attachment set content = 'x' where media_type = 'image/png'", "footage changed"),
        ("update core.attachment set sha256 = sha256('x'), content = 'x'", "footage exchanged"),
        ("update core.attachment set content = null", "footage deleted without a word"),
        ("delete from core.footage", "footage missing"),
    ],
)
def test_verify_finds_what_was_done_behind_the_guards(hall: Hall, view: int, words: str, what: str) -> None:
    keep_still(hall, view)
    assert hall.rows("select * from core.verify_audit()") == []
    hall.owner.execute("alter table core.footage disable trigger _400_kept")
    hall.owner.execute("alter table core.attachment disable trigger _400_kept")
    hall.owner.execute(words)
    assert what in [row["what"] for row in hall.rows("select * from core.verify_audit()")]
