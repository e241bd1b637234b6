"""What the register keeps by itself: rules that its own owner changes, and how much went out."""

from __future__ import annotations

import psycopg
import pytest
from hall import Hall


@pytest.mark.parametrize(
    ("statement", "entries", "told"),
    [
        ("update core.setting set value = '9' where key = 'callback_attempts'", 2, {"old": 3, "new": 9}),
        ("delete from core.setting where key = 'callback_attempts'", 2, {"old": 3, "new": None}),
        ("insert into core.setting values (1, 'own', '1', '自定')", 1, {"old": None, "new": 1}),
        ("update core.sla_policy set answer_workdays = 9 where id = {general}", 1, {"old": 5, "new": 9}),
        ("delete from core.sla_policy where id = {general}", 1, {"old": 5, "new": None}),
        (
            "insert into core.sla_policy (district_id, contact_workdays, answer_workdays, basis)"
            " values (1, 1, 8, '自定')",
            1,
            {"old": None, "new": 8},
        ),
    ],
)
def test_rule_that_the_owner_changes_himself_is_an_entry(
    hall: Hall, statement: str, entries: int, told: dict[str, int | None]
) -> None:
    general = hall.value("select id from core.sla_policy where district_id = 1 and category_id is null")
    hall.owner.execute(statement.format(general=general))
    hall.owner.execute("update core.setting set value = value")  # nothing changes
    kept = hall.rows("select kind, login, district_id, reason, detail from audit.entry")
    assert [row["login"] for row in kept] == [hall.owner.info.user] * entries
    detail = next(row["detail"] for row in kept if row["district_id"] == 1)
    if kept[0]["kind"] == "policy":
        detail = {side: whole and whole["answer_workdays"] for side, whole in detail.items()}
    assert detail == told


def test_rules_cannot_go_all_at_once(hall: Hall) -> None:
    for table in ("setting", "sla_policy"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.owner.execute(f"truncate core.{table}")
