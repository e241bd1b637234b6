"""What the register keeps by itself: rules that its own owner changes, and how much went out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hall import OPERATOR, SUPERVISOR, Hall
from optics import Optics


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


BEGIN = "select api.begin_export(%s, '{}')"
PAGES = {
    "register": "select id from api.audit_export(%s, null, null, 1000)",
    "camera_views": "select id from api.camera_register_export(%s, null, null, 1000)",
    "tickets": "select id from api.export_page(%s, null, null, 1000)",
}


@pytest.fixture
def looks(hall: Hall) -> Hall:
    """A hall where somebody looked through a camera three times."""
    optics = Optics(hall)
    camera = optics.make()
    for _ in range(3):
        optics.open(OPERATOR, camera)
    return hall


@pytest.mark.parametrize(("what", "rows"), [("register", 4), ("camera_views", 3)])
@pytest.mark.parametrize("rolled_back", [False, True])
def test_register_says_what_of_it_was_handed_out_whatever_the_desk_says(
    looks: Hall, connect: Callable[[str], psycopg.Connection[Any]], what: str, rows: int, rolled_back: bool
) -> None:
    desk = connect(SUPERVISOR)
    (begun,) = desk.execute(BEGIN, [what]).fetchone() or ()
    with desk.transaction(force_rollback=rolled_back):
        assert len(desk.execute(PAGES[what], [begun]).fetchall()) == rows
    desk.execute("select api.end_export(%s, 1)", [begun])
    [end] = looks.rows("select detail from audit.entry where kind = 'export_end'")
    assert end["detail"] == {"begun": begun, "rows": 1, "handed_out": rows}


def test_page_goes_out_only_under_an_open_export_of_the_same(
    looks: Hall, connect: Callable[[str], psycopg.Connection[Any]]
) -> None:
    looks.open()
    desk = connect(SUPERVISOR)
    exports = {what: (desk.execute(BEGIN, [what]).fetchone() or ())[0] for what in PAGES}

    def is_refused(export: int, page: str) -> bool:
        with pytest.raises(psycopg.Error) as refused:
            desk.execute(PAGES[page], [export])
        return refused.value.sqlstate == "LD003"

    for what, export in exports.items():
        assert all(is_refused(export, other) for other in PAGES if other != what)
        assert desk.execute(PAGES[what], [export]).fetchall() != []
        desk.execute("select api.end_export(%s, 1)", [export])
        assert is_refused(export, what)
