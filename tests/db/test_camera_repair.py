"""A camera that is down for long makes one ticket, which hears what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest
from city import City
from hall import DEPT, OPERATOR, WORKER

from db.admin.camera_probe import Status
from db.admin.camera_sweep import (
    sweep_cameras,
)

Connect = Callable[[str], psycopg.Connection]


def test_a_camera_down_for_long_makes_one_ticket(city: City) -> None:
    owner = city.hall.unit[DEPT]
    camera = city.camera(owner_unit_id=owner, lon=120.1, lat=35.9)
    city.camera()
    city.status[camera] = Status.TIMEOUT
    assert city.stay().repairs == 1
    (ticket,) = city.tickets()
    code = city.hall.value("select code from core.camera where id = %s", camera)
    assert ticket["state"] == "NEW"
    assert ticket["place_id"] == city.hall.place
    assert (ticket["lon"], ticket["lat"]) == (120.1, 35.9)
    assert ticket["external_number"].startswith(f"{code}-2")
    assert city.hall.value("select code from core.category where id = %s", ticket["category_id"]) == "030801"
    assert city.hall.value("select name from core.unit where id = %s", owner) in ticket["body"]
    assert ticket["created_by"] == WORKER
    for _ in range(3):
        city.pass_time(25)
        assert city.sweep().repairs == 0
    assert len(city.tickets()) == 1
    (down,) = city.hall.call(OPERATOR, "select * from api.cameras_down()")
    assert (down["camera_id"], down["number"]) == (camera, ticket["number"])
    proposed = "select lead_unit_id from core.suggest(1::smallint, %s, %s, current_date)"
    assert city.hall.value(proposed, ticket["category_id"], ticket["place_id"])


@pytest.mark.parametrize("is_owner_asked", [True, False])
def test_repairs_are_sent_together_each_to_the_owner_or_whom_the_directory_names(
    city: City, is_owner_asked: bool
) -> None:
    owner = city.hall.unit[DEPT]
    city.status[city.camera(owner_unit_id=owner)] = Status.TIMEOUT
    city.camera()
    city.stay()
    (ticket,) = city.tickets()
    if not is_owner_asked:
        city.hall.rows("update core.unit set takes_tickets = false where id = %s returning 1", owner)
    proposed = city.hall.value(
        "select lead_unit_id from core.suggest(1::smallint, %s, %s, current_date)",
        ticket["category_id"],
        ticket["place_id"],
    )
    assert proposed not in (None, owner)
    told = city.hall.call(OPERATOR, "select api.propose(%s) as p", ticket["id"])[0]["p"]
    assert told["unit"] == (owner if is_owner_asked else proposed)
    ask = "select * from api.act_many('dispatch', %s, %s, %s, '{}')"
    (done,) = city.hall.call(OPERATOR, ask, [ticket["id"]], [ticket["version"]], [uuid4()])
    assert (done["outcome"], done["state"]) == ("done", "SENT")
    (sent,) = city.tickets()
    assert sent["handler_unit_id"] == (owner if is_owner_asked else proposed)


@pytest.mark.parametrize(("sweeps", "hours"), [(2, 25), (3, 23)])
def test_too_few_sweeps_or_hours_make_none(city: City, sweeps: int, hours: float) -> None:
    city.camera()
    city.status[city.camera()] = Status.TIMEOUT
    assert city.stay(sweeps=sweeps, hours=hours).repairs == 0
    assert city.tickets() == []


def test_another_kind_of_failure_is_the_same_outage(city: City) -> None:
    camera = city.camera()
    city.camera()
    for status in (Status.TIMEOUT, Status.REFUSED, Status.UNKNOWN):
        city.status[camera] = status
        city.sweep()
    city.pass_time(25)
    city.status[camera] = Status.BAD_ANSWER
    assert city.sweep().repairs == 1
    assert city.hall.value("select count(*) from core.camera_outage") == 1


def test_back_online_is_noted_and_the_next_outage_stays_in_the_open_ticket(city: City) -> None:
    camera = city.camera()
    city.camera()
    city.status[camera] = Status.TIMEOUT
    city.stay()
    (ticket,) = city.tickets()
    city.status[camera] = Status.ONLINE
    city.sweep()
    city.sweep()
    (back,) = city.notes(ticket["id"])
    assert "已恢复在线" in back
    assert city.hall.call(OPERATOR, "select * from api.cameras_down()") == []
    city.status[camera] = Status.REFUSED
    assert city.stay().repairs == 1
    assert len(city.tickets()) == 1
    assert "离线" in city.notes(ticket["id"])[1]


def test_a_ticket_closed_over_a_dead_camera_is_followed_by_another(city: City) -> None:
    camera = city.camera()
    city.camera()
    city.status[camera] = Status.TIMEOUT
    city.stay()
    (ticket,) = city.tickets()
    city.hall.act("d1_supervisor1", ticket["id"], "void")
    for _ in range(3):
        assert city.sweep().repairs == 0
    city.hall.rows(
        "update core.ticket set closed_at = closed_at - interval '25 hours' where id = %s returning 1",
        ticket["id"],
    )
    city.pass_time(25)
    assert city.sweep().repairs == 1
    first, second = city.tickets()
    assert second["external_number"] != first["external_number"]
    assert city.sweep().repairs == 0


def test_a_camera_switched_off_makes_none_and_its_ticket_hears_of_it(city: City) -> None:
    camera, quiet = city.camera(), city.camera()
    city.camera()
    city.status[camera] = city.status[quiet] = Status.TIMEOUT
    city.sweep()
    city.hall.rows("update core.camera set is_active = false where id = %s returning 1", quiet)
    assert city.stay().repairs == 1
    (ticket,) = city.tickets()
    city.hall.rows("update core.camera set is_active = false where id = %s returning 1", camera)
    city.sweep()
    (note,) = city.notes(ticket["id"])
    assert "停用" in note


def test_a_gateway_that_is_down_makes_one_ticket_for_all_its_cameras(city: City) -> None:
    gateway = city.optics.make_gateway("gw9")
    behind = [city.camera(gateway_id=gateway) for _ in range(5)]
    city.camera()
    for camera in behind:
        city.status[camera] = Status.REFUSED
    assert city.stay().repairs == 1
    (ticket,) = city.tickets()
    assert "5 台摄像头" in ticket["body"]
    assert ticket["external_number"].startswith("gateway-gw9-")
    for camera in behind[1:]:
        city.status[camera] = Status.ONLINE
    assert city.sweep().repairs == 0  # the one still dead has its day from here
    assert "已恢复在线" in city.notes(ticket["id"])[0]
    assert city.stay().repairs == 1
    assert len(city.tickets()) == 2


def test_direct_cameras_stand_for_themselves(city: City) -> None:
    gateway = city.optics.make_gateway("direct", kind="direct")
    for _ in range(2):
        city.status[city.camera(gateway_id=gateway)] = Status.TIMEOUT
    city.camera()
    assert city.stay().repairs == 2


def test_one_ticket_that_fails_does_not_stop_the_others(city: City) -> None:
    first, second = city.camera(), city.camera()
    city.camera()
    city.status[first] = city.status[second] = Status.TIMEOUT
    city.hall.owner.execute(
        "create function core.tg_ticket__break() returns trigger language plpgsql as"
        " $$begin raise exception 'broken'; end$$;"
        " create trigger broken before insert on core.ticket for each row when (new.title like '%路口1')"
        " execute function core.tg_ticket__break()"
    )
    for _ in range(2):
        sweep_cameras(city.connection, everything=True, probe=city.probe)
    city.pass_time(25)
    done = sweep_cameras(city.connection, everything=True, probe=city.probe)
    assert done is not None
    assert (done.repairs, done.notes) == (1, ["broken"])
    assert len(city.tickets()) == 1
