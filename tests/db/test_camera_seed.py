"""The demo's cameras: invented, all over the district, of every source, in groups that units are given."""

from __future__ import annotations

import psycopg
from hall import OPERATOR, TOWN, Hall
from optics import REASON, verify

from db.admin.context import demo_password
from db.seed.demo_cameras import announce_gateway, load_demo_cameras
from db.seed.loader import seed_demo

Owner = psycopg.Connection


def test_demo_cameras_are_marked_spread_and_of_every_source(owner: Owner) -> None:
    rows = owner.execute(
        "select district_id, count(*), count(distinct source), count(distinct purpose),"
        " count(distinct p_town), count(distinct name), min(retention_days),"
        " bool_and(is_demo and name like '演示·%' and p_grid is not null and o_dept is not null)"
        " from core.camera group by 1 order by 1"
    ).fetchall()
    assert rows == [(1, 300, 4, 13, 23, 300, 30, True), (2, 40, 4, 13, 11, 40, 30, True)]


def test_shared_groups_have_members_and_units(owner: Owner) -> None:
    rows = owner.execute(
        "select g.name, count(distinct m.camera_id), count(distinct u.unit_id) from core.camera_group g"
        " join core.camera_group_member m on m.group_id = g.id"
        " join core.camera_group_unit u on u.group_id = g.id"
        " where g.district_id = 1 and g.kind = 'shared' group by g.id, g.name order by g.id"
    ).fetchall()
    assert {name for name, _, _ in rows} >= {"河道防汛点", "森林防火卡口", "学校周边"}
    assert all(members == 9 and units > 2 for _, members, units in rows)


def test_demo_gateway_is_announced_at_start_and_signs_with_a_key_of_this_installation(
    hall: Hall, database: str
) -> None:
    asked = "select api.open_camera(%s, %s, null, 'sub', 'live', %s) as o"
    camera = hall.value("select min(id) from core.camera where district_id = 1")
    one, two = announce_gateway(database, "rtsp://127.0.0.1:5554")
    assert one != two
    view = hall.call(OPERATOR, asked, camera, REASON, None)[0]["o"]["view"]
    opened = hall.call(OPERATOR, asked, camera, REASON, view)[0]["o"]
    assert opened["address"].startswith("rtsp://127.0.0.1:5554/street-1-1/sub?exp=")
    verify(opened["address"], one)
    assert len(opened["alternatives"]) == 1


def test_town_sees_its_own_and_what_it_was_given(hall: Hall) -> None:
    seen = {row["id"] for row in hall.call(TOWN, "select id from api.cameras")}
    own = "select c.id from core.camera c, core.unit u where u.id = %s and c.p_town = u.territory_id"
    mine = {row["id"] for row in hall.rows(own, hall.unit[TOWN])}
    given = "select core.given_cameras(1::smallint, %s) as id"
    assert mine
    assert seen == mine | {row["id"] for row in hall.rows(given, hall.unit[TOWN])}


def test_district_older_than_cameras_gets_them_once(owner: Owner, database: str) -> None:
    owner.execute("delete from core.camera")
    owner.execute("delete from core.camera_group")
    owner.execute("delete from core.gateway")
    assert seed_demo(database, demo_password(), tickets=0) is True
    assert seed_demo(database, demo_password(), tickets=0) is False
    assert owner.execute("select count(*) from core.camera").fetchone() == (340,)


def test_thousands_of_cameras_are_made_for_measurements(owner: Owner) -> None:
    owner.execute("delete from core.camera")
    owner.execute("delete from core.camera_group")
    owner.execute("delete from core.gateway")
    load_demo_cameras(owner, 1, 3000)
    row = owner.execute("select count(*), count(distinct name), count(distinct p_grid) from core.camera")
    assert row.fetchone() == (3000, 3000, 1309)
