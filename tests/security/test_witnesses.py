"""What lies beside the chains, files and the list of reveals, is held against what they say of it."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from hall import OPERATOR, Hall
from test_evidence import tamper

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
    ],
)
def test_damage_is_named(hall: Hall, owner: psycopg.Connection[Any], damage: str, what: list[str]) -> None:
    ticket = hall.at("work")
    attach = "select api.attach(%s, gen_random_uuid(), '图.png', 'image/png', %s)"
    hall.call(OPERATOR, attach, ticket, PNG)
    hall.call(OPERATOR, "select api.reveal(%s, '核对地址')", ticket)
    assert breaks_of(owner) == []
    tamper(hall, damage)
    assert sorted(b.what for b in breaks_of(owner)) == what
