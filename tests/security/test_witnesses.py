"""What lies beside the chains, files, identities and lists, is held against what they say of it."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from hall import OPERATOR, SUPERVISOR, Hall
from optics import REASON, Optics
from psycopg.types.json import Jsonb
from test_evidence import REHASH, tamper

from db.admin.evidence import breaks_of

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("delete from core.attachment", ["file missing"]),
        (
            "update core.attachment set content = '\\x00', sha256 = sha256('\\x00')",
            ["file exchanged"],
        ),
        ("update core.attachment set content = '\\x00'", ["file changed"]),
        ("delete from audit.reveal", ["reveal missing"]),
        ("update audit.reveal set reason = '别的'", ["reveal missing", "reveal without an entry"]),
        ("update audit.reveal set login = 'd1_leader1'", ["reveal missing", "reveal without an entry"]),
        ("delete from audit.setting_change", ["change missing"]),
        ("update audit.setting_change set reason = '别的'", ["change missing", "change without an entry"]),
        ("update audit.setting_change set old_value = '7'", ["change missing", "change without an entry"]),
        ("delete from core.caller", ["identity missing"]),
        ("update core.caller set name = '测试人乙'", ["identity changed"]),
        ("update core.caller set phone = '13800000002'", ["identity changed"]),
        ("update core.caller set phone_hash = core.phone_hash('13800000002')", ["identity changed"]),
        ("update core.caller set address = '别处', salt = null", ["identity changed"]),
    ],
)
def test_damage_is_named(hall: Hall, owner: psycopg.Connection[Any], damage: str, what: list[str]) -> None:
    ticket = hall.at("work")
    attach = "select api.attach(%s, gen_random_uuid(), '图.png', 'image/png', %s)"
    hall.call(OPERATOR, attach, ticket, PNG)
    hall.call(OPERATOR, "select api.reveal(%s, '核对地址')", ticket)
    hall.call(SUPERVISOR, "select api.set_setting('callback_attempts', '4', '试行')")
    assert breaks_of(owner) == []
    tamper(hall, damage)
    assert sorted(b.what for b in breaks_of(owner)) == what


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("delete from audit.camera_view", "view missing"),
        ("update audit.camera_view set login = 'd1_leader1'", "view changed"),
        ("update audit.camera_view set camera_id = (select max(id) from core.camera)", "view changed"),
        ("update audit.camera_view set at = at - interval '1 hour'", "view changed"),
        ("update audit.camera_view set at = at + interval '1 second'", "view changed"),
        ("update audit.camera_view set reason = '别的'", "view changed"),
        ("update audit.camera_view set ticket_id = null", "view changed"),
        (
            "insert into audit.camera_view"
            " (district_id, login, unit_id, camera_id, reason, kind, stream, expires_at)"
            " select district_id, 'd1_leader1', unit_id, camera_id, reason, kind, stream, expires_at"
            " from audit.camera_view",
            "view without an entry",
        ),
    ],
)
def test_damage_to_the_list_of_who_looked_is_named(
    hall: Hall, owner: psycopg.Connection[Any], damage: str, what: str
) -> None:
    optics = Optics(hall)
    camera, _other = optics.make(), optics.make()
    optics.ask(OPERATOR, camera, REASON, hall.at("work"))
    assert breaks_of(owner) == []
    tamper(hall, damage)
    assert [b.what for b in breaks_of(owner)] == [what]


def test_imported_identity_is_held_against_its_record(hall: Hall, owner: psycopg.Connection[Any]) -> None:
    """Also one that the record did not have."""
    source = {"code": "old", "name_zh": "旧平台", "name_en": "Old platform"}
    plain = {"title": "路灯不亮", "created_at": "2026-03-02T08:00:00+08:00"}
    rows = [{**plain, "number": "A1", "caller_phone": "13800000003"}, {**plain, "number": "A2"}]
    imported = "select i.result from core.district d, api.import_tickets(d.code, %s, %s) i where d.id = 1"
    done = hall.rows(imported, Jsonb(source), Jsonb(rows))
    assert [row["result"] for row in done] == ["imported", "imported"]
    assert breaks_of(owner) == []
    tamper(
        hall,
        "update core.caller set phone = '13800000004'",
        "insert into core.caller (district_id, ticket_id, name)"
        " select district_id, id, '测试人乙' from core.ticket where external_number = 'A2'",
    )
    assert sorted(b.what for b in breaks_of(owner)) == ["identity added", "identity changed"]


def test_seal_of_an_identity_can_neither_be_guessed_nor_compared(hall: Hall) -> None:
    """Whoever reads events could else try every number, or see that two tickets are of one caller."""
    for _ in range(2):
        hall.open()
    read = hall.call(OPERATOR, "select payload ->> 'caller_seal' as seal from api.events")
    kept = hall.rows("select core.caller_seal(c) as seal, salt from core.caller c")
    assert {row["seal"] for row in read} == {row["seal"] for row in kept}
    assert {len(row["salt"]) for row in kept} == {16}
    assert len({row["salt"] for row in kept}) == 2


def test_identity_from_before_there_were_seals_is_not_compared(
    hall: Hall, owner: psycopg.Connection[Any]
) -> None:
    ticket = hall.at("sent")
    unsealed = "update core.event set payload = payload - 'caller_seal' where ticket_id = {t}"
    tamper(hall, unsealed, REHASH, "update core.caller set salt = null", ticket=ticket)
    assert breaks_of(owner) == []
