"""Round tours through groups of cameras: the record says only what the register of views bears out (S72)."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

import psycopg
import pytest
from hall import Hall
from optics import Optics

from db.admin.worker import sweep

OPERATOR, SUPERVISOR, TOWN = "d1_operator1", "d1_supervisor1", "d1_town01"
NOTE = "select api.note_stop(%s, %s, %s, %s, %s, %s, %s, %s)"


@pytest.fixture
def optics(hall: Hall) -> Optics:
    return Optics(hall)


class Tour:
    """A shared group of two cameras and a round through it."""

    def __init__(self, optics: Optics) -> None:
        self.hall = optics.hall
        self.optics = optics
        self.cameras = [optics.make(), optics.make()]
        self.group = optics.make_group("水库巡查", self.cameras, [])

    def begin(self, login: str = OPERATOR, key: object = None) -> int:
        rows = self.hall.call(login, "select api.begin_patrol(%s, %s) as id", key or uuid4(), self.group)
        return int(rows[0]["id"])

    def view(self, camera: int, login: str = OPERATOR, kind: str = "patrol") -> int:
        return int(self.optics.ask(login, camera, "视频轮巡", None, "sub", kind)["view"])

    def note(
        self, patrol: int, n: int, camera: int, view: int | None, *, seen: bool, seconds: int = 0,
        login: str = OPERATOR,
    ) -> None:  # fmt: skip
        self.hall.call(
            login, NOTE, patrol, n, camera, view, seen, "playing" if seen else "silent", seconds, ""
        )

    def row(self, login: str, patrol: int) -> dict[str, object]:
        return self.hall.call(login, "select * from api.patrols where id = %s", patrol)[0]


@pytest.fixture
def tour(optics: Optics) -> Tour:
    return Tour(optics)


def code_of(error: pytest.ExceptionInfo[psycopg.Error]) -> tuple[str | None, str | None]:
    return error.value.sqlstate, error.value.diag.constraint_name


def test_round_tells_what_was_seen_and_what_not(tour: Tour) -> None:
    patrol = tour.begin()
    tour.note(patrol, 1, tour.cameras[0], tour.view(tour.cameras[0]), seen=True, seconds=1)
    tour.note(patrol, 2, tour.cameras[1], None, seen=False)
    tour.hall.call(OPERATOR, "select api.end_patrol(%s, %s)", patrol, "坝顶灯坏")
    row = tour.row(OPERATOR, patrol)
    assert (row["group_name"], row["planned"], row["seen"], row["missed"]) == ("水库巡查", 2, 1, 1)
    assert (row["login"], row["remarks"]) == (OPERATOR, "坝顶灯坏")
    assert row["ended_at"] is not None
    stops = tour.hall.call(OPERATOR, "select * from api.patrol_stops where patrol_id = %s order by n", patrol)
    assert [(stop["was_seen"], stop["state"]) for stop in stops] == [(True, "playing"), (False, "silent")]


def test_sent_again_nothing_is_doubled(tour: Tour) -> None:
    key = uuid4()
    patrol = tour.begin(key=key)
    assert tour.begin(key=key) == patrol
    view = tour.view(tour.cameras[0])
    for _ in range(2):
        tour.note(patrol, 1, tour.cameras[0], view, seen=True)
    for words in ("first", "second"):
        tour.hall.call(OPERATOR, "select api.end_patrol(%s, %s)", patrol, words)
    row = tour.row(OPERATOR, patrol)
    assert (row["seen"], row["remarks"]) == (1, "first")


def test_key_of_another_is_no_way_into_a_round(tour: Tour) -> None:
    key = uuid4()
    tour.begin(key=key)
    with pytest.raises(psycopg.Error) as refused:
        tour.begin("d1_operator2", key)
    assert code_of(refused) == ("LD005", "request_key_reused")


def test_nothing_is_seen_without_a_view_of_this_round(tour: Tour) -> None:
    camera, other = tour.cameras
    early = tour.view(camera)
    patrol = tour.begin()
    for view in (
        None,
        early,
        tour.view(other),
        tour.view(camera, kind="live"),
        tour.view(camera, "d1_operator2"),
    ):
        with pytest.raises(psycopg.Error) as refused:
            tour.note(patrol, 1, camera, view, seen=True)
        assert code_of(refused) == ("LD003", "bad_payload")
    tour.note(patrol, 1, camera, tour.view(camera), seen=True)


def test_nobody_has_looked_longer_than_the_view_is_old(tour: Tour) -> None:
    patrol = tour.begin()
    tour.note(patrol, 1, tour.cameras[0], tour.view(tour.cameras[0]), seen=True, seconds=9000)
    stop = tour.hall.call(OPERATOR, "select seconds from api.patrol_stops where patrol_id = %s", patrol)[0]
    assert stop["seconds"] < 60


def test_round_that_is_over_takes_no_more(tour: Tour) -> None:
    patrol = tour.begin()
    tour.hall.call(OPERATOR, "select api.end_patrol(%s)", patrol)
    with pytest.raises(psycopg.Error) as refused:
        tour.note(patrol, 1, tour.cameras[0], None, seen=False)
    assert code_of(refused) == ("LD001", "patrol_over")


def test_cameras_of_elsewhere_do_not_belong_to_the_round(tour: Tour) -> None:
    patrol, camera = tour.begin(), tour.optics.make()
    with pytest.raises(psycopg.Error) as refused:
        tour.note(patrol, 1, camera, None, seen=False)
    assert code_of(refused) == ("LD003", "bad_payload")


def test_rounds_are_ones_own_and_the_supervisors_of_the_centre(tour: Tour) -> None:
    patrol = tour.begin()
    for login, count in ((OPERATOR, 1), (SUPERVISOR, 1), ("d1_leader1", 1), ("d1_operator2", 0), (TOWN, 0)):
        rows = tour.hall.call(login, "select id from api.patrols where id = %s", patrol)
        assert len(rows) == count, login
    rows = tour.hall.call("d2_supervisor1", "select id from api.patrols")
    assert rows == []


def test_group_not_given_to_ones_unit_is_not_there(tour: Tour) -> None:
    with pytest.raises(psycopg.Error) as refused:
        tour.begin(TOWN)
    assert code_of(refused) == ("LD004", "no_such_group")
    unit = tour.hall.call(TOWN, "select api.me() ->> 'unit_id' as unit")[0]["unit"]
    tour.hall.rows(
        "insert into core.camera_group_unit (district_id, group_id, unit_id) values (1, %s, %s) returning 1",
        tour.group,
        int(unit),
    )
    assert tour.begin(TOWN) > 0


def test_record_outlives_its_group(tour: Tour) -> None:
    patrol = tour.begin()
    tour.hall.rows("delete from core.camera_group where id = %s returning 1", tour.group)
    row = tour.row(SUPERVISOR, patrol)
    assert (row["group_id"], row["group_name"]) == (None, "水库巡查")


def test_due_rounds_of_the_day_name_who_went_first(tour: Tour) -> None:
    tour.hall.call(SUPERVISOR, "select api.plan_patrols(%s, %s)", tour.group, [time(0, 0)])
    today = tour.hall.call(SUPERVISOR, "select (now() at time zone 'Asia/Shanghai')::date as d")[0]["d"]
    rounds = "select * from api.patrol_rounds(%s)"
    due = tour.hall.call(SUPERVISOR, rounds, today)
    assert [(row["group_id"], row["patrol_id"]) for row in due] == [(tour.group, None)]
    assert due[0]["until_at"] - due[0]["due_at"] == timedelta(days=1)
    patrol = tour.begin()
    assert tour.hall.call(SUPERVISOR, rounds, today)[0]["patrol_id"] is None
    tour.hall.call(OPERATOR, "select api.end_patrol(%s)", patrol)
    done = tour.hall.call(SUPERVISOR, rounds, today)[0]
    assert (done["patrol_id"], done["login"]) == (patrol, OPERATOR)
    assert tour.hall.call(SUPERVISOR, rounds, today - timedelta(days=1))[0]["patrol_id"] is None
    assert tour.hall.call(TOWN, rounds, today) == []
    tour.hall.call(SUPERVISOR, "select api.plan_patrols(%s, %s)", tour.group, [])
    assert tour.hall.call(SUPERVISOR, rounds, today) == []


@pytest.mark.parametrize("login", [OPERATOR, TOWN, "d1_inspector1"])
def test_plans_are_made_by_supervisors(tour: Tour, login: str) -> None:
    with pytest.raises(psycopg.Error):
        tour.hall.call(login, "select api.plan_patrols(%s, %s)", tour.group, [time(8, 0)])
    assert tour.hall.call(SUPERVISOR, "select * from api.patrol_plans") == []


def test_a_round_that_was_left_is_closed_and_does_not_count(tour: Tour, owner: psycopg.Connection) -> None:
    patrol, fresh = tour.begin(), tour.begin("d1_operator2")
    tour.note(patrol, 1, tour.cameras[0], tour.view(tour.cameras[0]), seen=True)
    owner.execute(
        "update core.patrol set started_at = started_at - interval '2 hours' where id = %s", [patrol]
    )
    owner.execute("update core.patrol_stop set at = at - interval '1 hour' where patrol_id = %s", [patrol])
    assert sweep(owner).rounds == 0  # its picture is still open
    owner.execute("update core.camera_live set seen_at = seen_at - interval '1 hour'")
    assert sweep(owner).rounds == 1
    row = tour.row(OPERATOR, patrol)
    assert (row["was_left"], row["ended_at"]) == (True, row["last_at"])
    assert tour.row("d1_operator2", fresh)["ended_at"] is None
    with pytest.raises(psycopg.Error) as over:
        tour.note(patrol, 2, tour.cameras[1], None, seen=False)
    assert over.value.diag.constraint_name == "patrol_over"
