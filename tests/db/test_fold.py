"""The row is the fold of its events and the history is chained: for any life a ticket may have."""

from __future__ import annotations

import psycopg
import pytest
from hall import (
    AREA,
    CALLBACK,
    DEPT,
    INSPECTOR,
    LEADER,
    OPERATOR,
    OTHER_DEPT,
    POINTS,
    SUPERVISOR,
    TOWN,
    WORKER,
    Hall,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PERSONS = [OPERATOR, SUPERVISOR, INSPECTOR, LEADER, CALLBACK, DEPT, OTHER_DEPT, TOWN, AREA, WORKER]
ENDS = {"void", "archive", "withdraw"}


def fold_mismatches(hall: Hall) -> list[dict[str, object]]:
    """Compare every row and custody register with what the events tell."""
    return hall.rows("select * from core.verify_fold()") + hall.rows("select * from core.verify_audit()")


def test_fold_gives_the_row_at_every_point_of_life(hall: Hall) -> None:
    """Every column, custody too, wherever a ticket may stand."""
    for point in POINTS:
        hall.at(point)
    assert hall.value("select count(*) from core.custody where to_at is not null") > 0
    assert fold_mismatches(hall) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.tuples(st.sampled_from(PERSONS), st.integers(0, 30)), min_size=5, max_size=25))
def test_fold_gives_the_row_for_random_histories(hall: Hall, choices: list[tuple[str, int]]) -> None:
    """Persons do what they are offered, in any order; what is offered is accepted."""
    ticket = hall.open(category_id=hall.community_category)["id"]
    main = hall.open()["id"]
    for login, choice in choices:
        if not hall.sees(login, ticket):
            continue
        offered = sorted(hall.allowed(login, ticket) - ENDS)
        if not offered:
            continue
        action = offered[choice % len(offered)]
        before = hall.ticket(ticket)
        payload = {"main": main} if action == "merge" else hall.payload(action)
        if action == "hand_down" and before["handler_unit_id"] != hall.unit[TOWN]:
            continue
        if action == "set_assist" and before["handler_unit_id"] == hall.unit[OTHER_DEPT]:
            continue
        after = hall.act(login, ticket, action, payload=payload)
        assert after["version"] == before["version"] + 1
        assert before["red_since"] is None or after["red_since"] == before["red_since"]
    assert fold_mismatches(hall) == []


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("update core.ticket set solved = true", "solved"),
        ("update core.custody set to_at = now()", "custody"),
        ('update core.event set payload = \'{"note": "x"}\' where seq = 2', "event changed"),
        ("delete from core.event where seq = 2", "event missing"),
        ("delete from core.event where seq = 3", "last event missing"),
    ],
)
def test_damage_is_found(hall: Hall, damage: str, found: str) -> None:
    """The verifier can fail: whoever gets past the guards leaves a trace."""
    hall.at("sent")
    assert fold_mismatches(hall) == []
    hall.owner.execute("set session_replication_role = replica")
    hall.owner.execute(damage)
    assert found in {row["what"] for row in fold_mismatches(hall)}


def test_history_cannot_be_rewritten(hall: Hall) -> None:
    """Not even by the owner of the tables."""
    hall.open()
    for statement in ("update core.event set actor = 'x'", "delete from core.event", "truncate core.event"):
        with pytest.raises(psycopg.Error) as refused:
            hall.owner.execute(statement)
        assert refused.value.diag.constraint_name == "history_is_append_only"


def test_verify_is_for_administrators(hall: Hall) -> None:
    """Through api only, and not for everyone."""
    hall.at("work")
    for name in ("verify_fold", "verify_audit"):
        assert hall.call("d1_admin", f"select * from api.{name}()") == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.call(OPERATOR, f"select * from api.{name}()")
