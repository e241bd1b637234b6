"""Sweeps tell how cameras are: statuses and shares; and never more than they know."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import psycopg
import pytest
from city import City
from hall import DEPT, LEADER, OPERATOR, TOWN, WORKER
from waiting import until

from db.admin.camera_flags import Flags, FlagsMissing
from db.admin.camera_probe import Answer, Endpoint, Status
from db.admin.camera_sweep import (
    ProberFailed,
    Stopped,
    Swept,
    is_cut_off,
    sweep_cameras,
)

Connect = Callable[[str], psycopg.Connection]


def test_statuses_are_kept_and_only_changes_are_written(city: City) -> None:
    first, second = city.camera(), city.camera()
    city.status[second] = Status.REFUSED
    done = city.sweep()
    assert (done.probed, done.online, done.offline, done.changed) == (2, 1, 1, 2)
    assert done.classes == {"online": 1, "refused": 1}
    before = city.stored(first), city.stored(second)
    assert [row["status"] for row in before] == ["online", "refused"]
    city.status[second] = Status.TIMEOUT
    assert city.sweep().changed == 1
    assert city.stored(first) == before[0]
    assert city.stored(second)["since"] > before[1]["since"]
    assert city.stored(second)["status"] == "timeout"


def test_a_camera_that_wants_a_login_is_online(city: City) -> None:
    city.status[city.camera()] = Status.CREDENTIALS
    done = city.sweep()
    assert (done.online, done.offline) == (1, 0)


def test_addresses_are_the_sub_streams_without_a_signature(city: City) -> None:
    camera = city.camera(device="d7", channel="3")
    over_http = city.camera(sub_template="{http}/x/{code}.live.flv")
    city.sweep()
    code = city.hall.value("select code from core.camera where id = %s", over_http)
    assert {int(each.key): each.address for each in city.asked} == {
        camera: "rtsp://127.0.0.1:8554/rtp/d7_3_sub",
        over_http: f"http://127.0.0.1:8080/x/{code}.live.flv",
    }


def test_cameras_that_are_switched_off_are_not_asked_and_nothing_is_known_of_them(city: City) -> None:
    off, past = city.camera(), city.camera()
    city.sweep()
    city.hall.rows("update core.camera set is_active = false where id = %s returning 1", off)
    city.hall.rows("update core.camera set valid = '[2020-01-01,2021-01-01)' where id = %s returning 1", past)
    city.asked = []
    assert city.sweep().probed == 0
    assert city.asked == []
    assert city.shown(off)["status"] == "unknown"


def test_what_was_seen_two_periods_ago_is_unknown_and_says_until_when_it_was_known(city: City) -> None:
    camera = city.camera()
    city.sweep()
    known = city.shown(camera)
    assert (known["status"], known["last_status"]) == ("online", "online")
    city.pass_time(9 / 60)
    assert city.shown(camera)["status"] == "online"
    city.pass_time(2 / 60)
    shown = city.shown(camera)
    assert (shown["status"], shown["last_status"]) == ("unknown", "online")
    assert shown["probed_at"] < known["probed_at"]
    assert city.hall.call(OPERATOR, "select unknown from api.camera_standing()")[0]["unknown"] == 1
    city.sweep()
    assert city.shown(camera)["status"] == "online"
    assert city.stored(camera)["since"] < known["status_since"]


def test_a_longer_period_keeps_statuses_longer(city: City) -> None:
    camera = city.camera()
    city.hall.rows("update core.setting set value = '60' where key = 'camera_sweep_minutes' returning 1")
    city.sweep()
    city.pass_time(1.9)
    assert city.shown(camera)["status"] == "online"
    city.pass_time(0.2)
    assert city.shown(camera)["status"] == "unknown"


def test_only_what_is_due_is_swept(city: City) -> None:
    city.camera()
    first = sweep_cameras(city.connection, probe=city.probe)
    assert first is not None
    assert first.probed == 1
    again = sweep_cameras(city.connection, probe=city.probe)
    assert again is not None
    assert again.probed == 0
    city.pass_time(5.1 / 60)
    again = sweep_cameras(city.connection, probe=city.probe)
    assert again is not None
    assert again.probed == 1
    city.hall.rows("update core.setting set value = '0' where key = 'camera_sweep_minutes' returning 1")
    city.pass_time(10)
    again = sweep_cameras(city.connection, probe=city.probe)
    assert again is not None
    assert again.probed == 0


def test_there_is_one_sweeper(city: City, connect: Connect) -> None:
    city.camera()
    other = connect(WORKER)
    found: list[Swept | None] = []

    def probe(endpoints: Sequence[Endpoint], stopped: object) -> list[Answer]:
        found.append(sweep_cameras(other, everything=True, probe=city.probe))
        with pytest.raises(psycopg.Error) as refusal:
            other.execute("select * from api.begin_camera_sweeps(true)")
        assert refusal.value.diag.constraint_name == "no_sweeper"
        return city.probe(endpoints, stopped)

    assert sweep_cameras(city.connection, everything=True, probe=probe) is not None
    assert found == [None]
    assert sweep_cameras(other, everything=True, probe=city.probe) is not None


def test_nothing_is_locked_while_cameras_are_asked(city: City) -> None:
    camera = city.camera()

    def probe(endpoints: Sequence[Endpoint], stopped: object) -> list[Answer]:
        with city.hall.owner.transaction():
            city.hall.owner.execute(
                "lock table core.camera, core.camera_sweep in access exclusive mode nowait"
            )
        return city.probe(endpoints, stopped)

    done = sweep_cameras(city.connection, everything=True, probe=probe)
    assert done is not None
    assert city.shown(camera)["status"] == "online"


@pytest.mark.parametrize("error", [Stopped, ProberFailed])
def test_a_sweep_that_breaks_off_says_nothing(city: City, error: type[Exception]) -> None:
    camera = city.camera()
    city.sweep()
    known = city.shown(camera)["probed_at"]

    def probe(*_: object) -> list[Answer]:
        raise error

    with pytest.raises(error):
        sweep_cameras(city.connection, everything=True, probe=probe)
    assert city.shown(camera)["probed_at"] == known
    assert city.hall.value("select count(*) from core.camera_sweep where is_void") == 1
    assert city.hall.value("select count(*) from core.camera_share") == 1
    city.sweep()


def test_a_sweeper_that_died_leaves_a_void_sweep(city: City, connect: Connect) -> None:
    city.camera()
    with psycopg.connect(
        city.connection.info.dsn, password=city.connection.info.password, autocommit=True
    ) as dying:
        dying.execute("select api.take_camera_sweep()")
        dying.execute("select * from api.begin_camera_sweeps(true)")
    # as soon as the server has noticed
    until(lambda: sweep_cameras(city.connection, everything=True, probe=city.probe) is not None)
    rows = city.hall.rows("select is_void, ended_at from core.camera_sweep order by id")
    assert [row["is_void"] for row in rows] == [True, False]


def test_silence_everywhere_is_taken_for_the_sweepers_own(city: City) -> None:
    for number in range(3):
        gateway = city.optics.make_gateway(f"far{number}", rtsp_base=f"rtsp://10.0.0.{number}:554")
        city.status[city.camera(gateway_id=gateway)] = Status.TIMEOUT
    done = sweep_cameras(city.connection, everything=True, probe=city.probe)
    assert done is not None
    assert len(done.notes) == 1
    assert (done.probed, done.changed) == (0, 0)
    assert city.hall.value("select count(*) from core.camera_status") == 0
    last = city.asked[-1].key
    city.status[int(last)] = Status.REFUSED  # somebody answered: the others are really silent
    assert city.sweep().offline == 3


def test_one_silent_server_is_no_sign_of_being_cut_off() -> None:
    asked = [Endpoint(str(n), f"rtsp://10.0.0.1:554/{n}") for n in range(9)]
    assert not is_cut_off(asked, [Answer(each.key, Status.TIMEOUT, 1) for each in asked])
    assert not is_cut_off([], [])


class Told:
    """A gateway's own list."""

    def __init__(self, flags: dict[str, bool] | None) -> None:
        self._flags = flags

    def read(self) -> dict[str, bool]:
        if self._flags is None:
            raise FlagsMissing("ConnectError")
        return self._flags


@pytest.mark.parametrize("is_given", [True, False])
def test_a_gateway_that_knows_is_asked_instead_of_its_cameras(city: City, is_given: bool) -> None:
    gateway = city.optics.make_gateway("wvp1", kind="wvp")
    cameras = [city.camera(gateway_id=gateway, channel=f"3702110000132000000{n}") for n in range(3)]
    plain = city.camera()
    told = Told({"37021100001320000000": True, "37021100001320000001": False} if is_given else None)

    def flags(code: str, kind: str, base: str | None) -> Flags | None:
        return told if code == "wvp1" else None

    done = sweep_cameras(city.connection, everything=True, probe=city.probe, flags=flags)
    assert done is not None
    statuses = [city.stored(camera)["status"] for camera in (*cameras, plain)]
    assert statuses == (["online", "timeout", "no_stream", "online"] if is_given else ["online"] * 4)
    assert len(city.asked) == (1 if is_given else 4)


def test_shares_agree_with_the_rows(city: City) -> None:
    town2 = city.hall.value(
        "select id from core.territory where district_id = 1 and level = 2 and id <> %s order by id limit 1",
        city.hall.value("select town_id from core.territory where id = %s", city.hall.place),
    )
    for number in range(12):
        camera = city.camera(
            source=("security", "forest")[number % 2], territory_id=(city.hall.place, town2, None)[number % 3]
        )
        if number % 4 == 0:
            city.status[camera] = Status.TIMEOUT
    city.sweep()
    rows = city.hall.rows(
        """select c.source, coalesce(c.p_town, 0) as town_id, count(*) as total,
                  count(*) filter (where s.status = 'online') as online,
                  count(*) filter (where s.status = 'timeout') as down
           from core.camera c join core.camera_status s on s.camera_id = c.id group by 1, 2 order by 1, 2"""
    )
    standing = city.hall.call(OPERATOR, "select * from api.camera_standing()")
    shares = city.hall.rows("select * from core.camera_share order by source, town_id")
    names = ("source", "town_id", "total", "online", "down")
    assert [[row[name] for name in names] for row in standing] == [
        [row[name] for name in names] for row in rows
    ]
    assert [[row[name] for name in names] for row in shares] == [
        [row[name] for name in names] for row in rows
    ]
    health = city.hall.call(OPERATOR, "select * from api.camera_health(now() - interval '1 hour')")
    assert {row["key"]: (row["total"], row["online"], row["down"]) for row in health} == {
        "forest": (6, 6, 0), "security": (6, 3, 3),
    }  # fmt: skip
    by_town = city.hall.call(
        OPERATOR, "select * from api.camera_health(now() - interval '1 hour', 'town', 'security', %s)", town2
    )
    assert [(row["key"], row["total"], row["down"]) for row in by_town] == [(str(town2), 2, 1)]
    down = city.hall.call(OPERATOR, "select * from api.cameras_down()")
    assert len(down) == 3
    assert {row["status"] for row in down} == {"timeout"}
    assert len(city.hall.call(OPERATOR, "select * from api.cameras_down('forest')")) == 0


def test_town_people_see_their_town(city: City) -> None:
    mine = city.hall.value(
        "select u.territory_id from core.staff s join core.unit u on u.id = s.unit_id where s.login = %s",
        TOWN,
    )
    other = city.hall.value(
        "select id from core.territory where district_id = 1 and level = 2 and id <> %s limit 1", mine
    )
    for place in (mine, other, other):
        city.status[city.camera(territory_id=place)] = Status.TIMEOUT
    city.sweep()
    since = "select sum(total)::int as n from api.camera_health(now() - interval '1 hour')"
    assert city.hall.call(LEADER, since)[0]["n"] == 3
    assert city.hall.call(TOWN, since)[0]["n"] == 1
    assert city.hall.call(DEPT, since)[0]["n"] is None
    assert len(city.hall.call(TOWN, "select * from api.cameras_down()")) == 1
    assert city.hall.call(DEPT, "select * from api.cameras_down()") == []


def test_shares_are_summed_up_with_age_and_nothing_is_lost(city: City) -> None:
    up, down = city.camera(), city.camera()
    city.status[down] = Status.REFUSED
    for _ in range(4):
        city.sweep()
    sums = (
        "select sum(sweeps) as sweeps, sum(total) as total, sum(online) as online, sum(down) as down"
        " from core.camera_share"
    )
    before = city.hall.rows(sums)
    assert before == [{"sweeps": 4, "total": 8, "online": 4, "down": 4}]
    spans = "select span, count(*) as n from core.camera_share group by 1 order by 1"
    city.pass_time(50)
    city.hall.rows("update core.setting set value = '999' where key = 'camera_repair_hours' returning 1")
    city.sweep()
    assert [row["span"] for row in city.hall.rows(spans)] == ["hour", "sweep"]
    city.pass_time(24 * 62)
    city.sweep()
    assert [row["span"] for row in city.hall.rows(spans)] == ["day", "sweep"]
    assert city.hall.rows(sums) == [{"sweeps": 6, "total": 12, "online": 6, "down": 6}]
    assert city.stored(up)["status"] == "online"
