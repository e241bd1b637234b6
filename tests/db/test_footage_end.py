"""How kept pictures leave: published when shielded, deleted when nobody needs them."""

import psycopg
import pytest
from camera_hall import (
    CLIP,
    content,
    entries,
    footage_of,
    keep_clip,
    keep_shielded,
    keep_still,
    look,
    png,
    refusal,
)
from hall import OPERATOR, SUPERVISOR, WORKER, Hall


def age(hall: Hall, footage: int, days: int) -> None:
    """Let time pass over a picture."""
    with hall.owner.transaction():
        hall.owner.execute("alter table core.footage disable trigger _400_kept")
        hall.owner.execute(
            "update core.footage set kept_at = kept_at - make_interval(days => %s) where id = %s",
            [days, footage],
        )
        hall.owner.execute("alter table core.footage enable trigger _400_kept")


def sweep(hall: Hall) -> int:
    return int(hall.call(WORKER, "select api.sweep_footage(50) as n")[0]["n"])


@pytest.mark.parametrize("kind", ["still", "clip"])
def test_publication_takes_a_shielded_copy_and_a_duty(hall: Hall, view: int, kind: str) -> None:
    ticket = hall.open()["id"]
    if kind == "still":
        kept, original, copy = keep_still(hall, view, ticket), png(), png(grey=70)
    else:
        kept, original, copy = keep_clip(hall, view, ticket), CLIP, CLIP + b"covered"
    export = "select api.export_footage(%s, %s, %s) as entry"
    with pytest.raises(psycopg.Error) as plain:
        hall.call(SUPERVISOR, export, kept["footage"], "publication", "通报案例")
    assert refusal(plain) == ("LD001", "footage_not_shielded")
    for content_sent, regions in ((original, [{}]), (copy, []), (copy, 201 * [{}])):
        with pytest.raises(psycopg.Error) as nothing:
            keep_shielded(hall, kept["footage"], content_sent, regions=regions)
        assert refusal(nothing) == ("LD003", "bad_payload")
    with pytest.raises(psycopg.Error) as other_kind:
        keep_shielded(hall, kept["footage"], png(grey=9) if kind == "clip" else CLIP)
    assert refusal(other_kind) == ("LD003", "bad_payload")
    shielded = keep_shielded(hall, kept["footage"], copy)
    assert (shielded["blurred_from"], shielded["ticket_id"]) == (kept["footage"], ticket)
    assert (shielded["kind"], shielded["taken_at"]) == (kind, kept["taken_at"])
    told = hall.rows("select action, payload from core.event where ticket_id = %s order by seq desc", ticket)
    assert (told[0]["action"], told[0]["payload"]["blurred_from"]) == ("shield_footage", kept["footage"])
    with pytest.raises(psycopg.Error) as again:
        keep_shielded(hall, shielded["footage"], copy + b"2")
    assert refusal(again) == ("LD003", "bad_payload")
    with pytest.raises(psycopg.Error) as operator:
        hall.call(OPERATOR, export, shielded["footage"], "publication", "通报案例")
    assert refusal(operator) == ("42501", "duty_missing")
    entry = hall.call(SUPERVISOR, export, shielded["footage"], "publication", "通报案例")[0]["entry"]
    assert hall.call(SUPERVISOR, "select api.export_stamp(%s) as s", entry)[0]["s"]["entry"] == entry
    assert entries(hall, "export")[0]["detail"]["purpose"] == "publication"
    file = next(row for row in footage_of(hall, ticket) if row["id"] == shielded["footage"])["original_id"]
    assert content(hall, file, SUPERVISOR) == copy  # the export is the row that lets its writer read
    assert hall.rows("select * from core.verify_audit()") == []


def test_the_sweep_takes_what_no_ticket_has_after_30_days_and_says_so(hall: Hall, view: int) -> None:
    loose, ticket = keep_still(hall, view), hall.open()["id"]
    kept = keep_still(hall, view, ticket)
    for row in (loose, kept):
        age(hall, row["footage"], 29)
    assert sweep(hall) == 0
    for row in (loose, kept):
        age(hall, row["footage"], 2)
    assert sweep(hall) == 1
    assert sweep(hall) == 0
    row = hall.rows("select * from core.footage where id = %s", loose["footage"])[0]
    assert row["purged_at"] is not None
    assert row["thumb"] is None
    files = hall.rows(
        "select * from core.attachment where id in (%s, %s)", row["original_id"], row["burned_id"]
    )
    assert [file["content"] for file in files] == [None, None]
    assert {file["sha256"].hex() for file in files} == {loose["sha256"], loose["burned_sha256"]}
    told = entries(hall, "footage_deleted")[0]
    assert (told["detail"]["rule"], told["detail"]["sha256"]) == ("D8", loose["sha256"])
    with pytest.raises(psycopg.Error) as gone:
        look(hall, loose["footage"], OPERATOR, "再看一次")
    assert refusal(gone) == ("LD001", "footage_purged")
    assert hall.rows("select * from core.verify_audit()") == []


def test_what_has_served_is_deleted_after_30_days_and_not_before(hall: Hall, view: int) -> None:
    ticket = hall.open()["id"]
    kept = keep_still(hall, view, ticket)
    served = "select api.footage_served(%s, %s, %s)"
    with pytest.raises(psycopg.Error) as operator:
        hall.call(OPERATOR, served, kept["footage"], "已经结案", True)
    assert refusal(operator) == ("42501", "duty_missing")
    hall.call(SUPERVISOR, served, kept["footage"], "已经结案", True)
    assert sweep(hall) == 0
    hall.call(SUPERVISOR, served, kept["footage"], "仍需复核", False)
    age(hall, kept["footage"], 31)
    assert sweep(hall) == 0
    hall.call(SUPERVISOR, served, kept["footage"], "已经结案", True)
    assert sweep(hall) == 1
    told = entries(hall, "footage_deleted")[0]
    assert (told["detail"]["rule"], told["reason"]) == ("R701", "已经结案")
    assert footage_of(hall, ticket)[0]["purged_at"] is not None
