"""Steering a camera: one at a time, by right, with a trace, and over when nobody is heard of."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from hall import OPERATOR, SUPERVISOR, TOWN, Hall, Row
from optics import REASON, Optics
from psycopg.types.json import Jsonb

from db.admin.worker import sweep

OTHER = "d1_operator2"


class Helm:
    """A camera that can be steered, and persons who try."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.optics = Optics(hall)
        hall.rows("update core.gateway set ptz = 'wvp' where id = %s returning 1", self.optics.gateway)
        self.camera = self.optics.make(has_ptz=True, device="d1", channel="c1")

    def take(self, login: str = OPERATOR, camera: int | None = None, **named: object) -> Row:
        given: dict[str, object] = {"p_camera": camera or self.camera, "p_reason": REASON} | named
        words = ", ".join(f"{name} => %s" for name in given)
        answer: Row = self.hall.call(login, f"select api.ptz_take({words}) as o", *given.values())[0]["o"]
        return answer

    def renew(self, login: str, lease: int) -> Row:
        answer: Row = self.hall.call(login, "select api.ptz_renew(%s) as o", lease)[0]["o"]
        return answer

    def move(self, lease: int, login: str = OPERATOR, **move: object) -> None:
        self.hall.call(login, "select api.ptz_move(%s, %s)", lease, Jsonb(move))

    def release(self, login: str, lease: int) -> bool:
        released: bool = self.hall.call(login, "select api.ptz_release(%s) as o", lease)[0]["o"]
        return released

    def holders(self, login: str = OTHER) -> list[Row]:
        return self.hall.call(login, "select * from api.ptz_holders(%s)", [self.camera])

    def refused(self, call: Callable[..., Any], *given: Any, **named: Any) -> str | None:
        with pytest.raises(psycopg.Error) as refusal:
            call(*given, **named)
        return refusal.value.diag.constraint_name

    def idle(self, seconds: int = 16) -> None:
        """Let the desk have been silent for so long."""
        self.hall.rows(
            "update core.ptz_lease set renewed_at = renewed_at - make_interval(secs => %s) returning 1",
            seconds,
        )

    def moves(self) -> list[Row]:
        return self.hall.rows("select * from audit.entry where kind = 'ptz_move' order by id")


@pytest.fixture
def helm(hall: Hall) -> Helm:
    return Helm(hall)


def test_taking_writes_the_register_and_renewing_tells_where(helm: Helm) -> None:
    lease = helm.take()
    view = helm.hall.rows("select * from audit.camera_view")[0]
    assert (view["kind"], view["login"], view["reason"], view["id"]) == (
        "ptz",
        OPERATOR,
        REASON,
        lease["view"],
    )
    assert helm.renew(OPERATOR, lease["lease"])["control"] == {
        "kind": "wvp", "base": "http://127.0.0.1:8080", "device": "d1", "channel": "c1",
        "credential": "keyring:gw1",
    }  # fmt: skip
    (holder,) = helm.holders()
    assert (holder["login"], holder["is_me"]) == (OPERATOR, False)


def test_where_is_not_told_in_the_transaction_that_took_it(helm: Helm) -> None:
    desk = helm.hall.desk(OPERATOR)
    with desk.transaction(force_rollback=True):
        lease = helm.take()
        assert helm.renew(OPERATOR, lease["lease"])["control"] is None
    assert helm.refused(helm.renew, OPERATOR, lease["lease"]) == "ptz_over"
    assert helm.holders() == []


def test_one_at_a_time(helm: Helm) -> None:
    lease = helm.take()
    assert helm.refused(helm.take, OTHER) == "ptz_taken"
    assert helm.refused(helm.take, OTHER, p_over=True) == "ptz_taken"
    assert helm.take()["lease"] == lease["lease"]
    assert helm.refused(helm.renew, OTHER, lease["lease"]) == "ptz_over"
    assert helm.release(OTHER, lease["lease"]) is False
    assert helm.refused(helm.move, lease["lease"], OTHER, pan=50) == "ptz_over"
    assert helm.release(OPERATOR, lease["lease"]) is True
    assert helm.release(OPERATOR, lease["lease"]) is False
    assert helm.take(OTHER)["lease"] != lease["lease"]


def test_two_who_take_at_once_are_one(helm: Helm) -> None:
    outcomes: list[str] = []

    def take(login: str) -> None:
        try:
            helm.take(login)
            outcomes.append("taken")
        except psycopg.Error as error:
            outcomes.append(str(error.diag.constraint_name))

    threads = [threading.Thread(target=take, args=(login,)) for login in (OPERATOR, OTHER)]
    for login in (OPERATOR, OTHER):
        helm.hall.desk(login)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["ptz_taken", "taken"]
    assert helm.hall.value("select count(*) from core.ptz_lease") == 1


def test_a_silent_desk_loses_it(helm: Helm) -> None:
    lease = helm.take()
    helm.move(lease["lease"], pan=80)
    helm.idle()
    assert helm.refused(helm.renew, OPERATOR, lease["lease"]) == "ptz_over"
    assert helm.refused(helm.move, lease["lease"]) == "ptz_over"
    assert helm.holders() == []
    helm.take(OTHER)
    (move,) = helm.moves()
    assert (move["detail"]["pan"], move["detail"]["login"]) == (80, OPERATOR)
    (end,) = helm.hall.rows("select detail from audit.entry where kind = 'camera_view_end'")
    assert end["detail"]["cause"] == "idle"


def test_renewing_keeps_it(helm: Helm) -> None:
    lease = helm.take()
    for _ in range(3):
        helm.idle(10)
        helm.renew(OPERATOR, lease["lease"])
    helm.idle(10)
    helm.move(lease["lease"], zoom=10)
    helm.idle(10)
    assert helm.refused(helm.take, OTHER) == "ptz_taken"


def test_a_supervisor_takes_it_over(helm: Helm) -> None:
    lease = helm.take()
    assert helm.refused(helm.take, SUPERVISOR) == "ptz_taken"
    over = helm.take(SUPERVISOR, p_over=True)
    assert helm.refused(helm.renew, OPERATOR, lease["lease"]) == "ptz_over"
    assert helm.renew(SUPERVISOR, over["lease"])["control"]["kind"] == "wvp"
    (end,) = helm.hall.rows("select detail from audit.entry where kind = 'camera_view_end'")
    assert end["detail"]["cause"] == "taken_over"


def test_a_movement_is_one_line_however_long_it_is_held(helm: Helm) -> None:
    lease = helm.take()["lease"]
    for _ in range(5):
        helm.move(lease, pan=50)
    helm.move(lease, pan=50, tilt=-20)
    helm.move(lease)
    helm.move(lease)
    helm.move(lease, preset="3")
    helm.release(OPERATOR, lease)
    moves = [
        {name: each["detail"].get(name) for name in ("pan", "tilt", "zoom", "preset")}
        for each in helm.moves()
    ]
    assert moves == [
        {"pan": 50, "tilt": 0, "zoom": 0, "preset": None},
        {"pan": 50, "tilt": -20, "zoom": 0, "preset": None},
        {"pan": None, "tilt": None, "zoom": None, "preset": "3"},
    ]
    assert all(each["detail"]["seconds"] >= 0 for each in helm.moves())
    assert {each["login"] for each in helm.moves()} == {OPERATOR}


@pytest.mark.parametrize(
    "move", [{"pan": 101}, {"tilt": 0.5}, {"zoom": "x"}, {"pan": "1e9"}, [], 7, {"preset": "x" * 65}]
)
def test_a_movement_is_checked(helm: Helm, move: Any) -> None:
    lease = helm.take()["lease"]
    with pytest.raises(psycopg.Error) as refusal:
        helm.hall.call(OPERATOR, "select api.ptz_move(%s, %s)", lease, Jsonb(move))
    assert refusal.value.diag.constraint_name == "bad_payload"


def test_right_duty_and_camera_decide(helm: Helm) -> None:
    fixed = helm.optics.make()
    assert helm.refused(helm.take, OPERATOR, fixed) == "ptz_none"
    assert helm.refused(helm.take, TOWN) == "duty_missing"
    assert helm.refused(helm.take, "d2_operator1") == "no_such_camera"
    for_units = helm.optics.make(has_ptz=True, duties=["unit"])
    assert helm.refused(helm.take, OPERATOR, for_units) == "no_such_camera"
    helm.hall.rows(
        "update core.setting set value = '[\"unit\"]'"
        " where key = 'camera_ptz_duties' and district_id = 1 returning 1"
    )
    assert helm.refused(helm.take, OPERATOR) == "duty_missing"
    assert helm.take(TOWN)["lease"]


def test_a_gateway_that_steers_nothing(helm: Helm) -> None:
    helm.hall.rows("update core.gateway set ptz = 'none' returning 1")
    assert helm.refused(helm.take) == "ptz_none"


def test_whoever_loses_the_right_loses_the_camera(helm: Helm) -> None:
    lease = helm.take()["lease"]
    helm.hall.rows("update core.camera set is_active = false where id = %s returning 1", helm.camera)
    assert helm.refused(helm.move, lease, pan=10) == "camera_inactive"
    assert helm.refused(helm.renew, OPERATOR, lease) == "camera_inactive"


def test_worker_ends_what_is_idle(helm: Helm, owner: psycopg.Connection[Any]) -> None:
    lease = helm.take()["lease"]
    helm.move(lease, tilt=5)
    assert sweep(owner).steering == 0
    helm.idle()
    assert sweep(owner).steering == 1
    assert len(helm.moves()) == 1
    assert helm.hall.value("select count(*) from core.camera_live") == 0


def test_a_reason_is_needed(helm: Helm) -> None:
    assert helm.refused(helm.take, p_reason="") == "bad_payload"
