"""Finding cameras: words, tree, distance, map, groups; and the register of views."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from math import cos, hypot, radians
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hall import DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, Hall
from optics import Optics
from sqlalchemy import Engine

from console.camera.directory_store import CameraDirectoryStore
from console.camera.register_store import ViewRegisterStore
from db.engine import engine_for
from db.errors import BadPayload, Refused, RightMissing

POLICE = "d1_dept12"  # has cameras of its own, and no ticket here
EngineOf = Callable[[str], Engine]


@pytest.fixture
def optics(hall: Hall) -> Optics:
    return Optics(hall)


@pytest.fixture
def engine_of(person_dsn: Callable[[str], str]) -> Iterator[EngineOf]:
    engines: dict[str, Engine] = {}

    def make(login: str) -> Engine:
        if login not in engines:
            engines[login] = engine_for(person_dsn(login))
        return engines[login]

    yield make
    for engine in engines.values():
        engine.dispose()


@pytest.fixture
def find(engine_of: EngineOf) -> Callable[[str], CameraDirectoryStore]:
    return lambda login: CameraDirectoryStore(engine_of(login))


Find = Callable[[str], CameraDirectoryStore]


class TestSearch:
    @pytest.mark.parametrize(
        "words",
        [
            *("观澜桥", "澜桥", "guanlanqiao", "glq", "GLQ", "ZK-77", "zk-7", "37021100001320999999"),
            *("观澜 水位", "河道水位 观澜", "城市防汛 glq", "flood guanlan"),
        ],
    )
    def test_is_found_by(self, optics: Optics, find: Find, words: str) -> None:
        made = optics.make(
            code="ZK-77",
            name="观澜桥水位",
            pinyin="guanlanqiaoshuiwei",
            initials="glqsw",
            national_code="37021100001320999999",
            source="flood",
            purpose="river",
        )
        found = find(OPERATOR).search(words)
        assert made in [camera.id for camera in found.cameras]
        assert made not in [camera.id for camera in find(OTHER_DEPT).search(words).cameras]

    def test_is_found_by_place(self, optics: Optics, find: Find) -> None:
        made = optics.make(name="某处", pinyin="mouchu", initials="mc")
        town = optics.hall.value(
            "select t.name from core.territory g join core.territory t on t.id = g.town_id where g.id = %s",
            optics.hall.place,
        )
        found = find(OPERATOR).search(f"{town} 某处")
        assert [camera.id for camera in found.cameras] == [made]
        assert found.total == 1

    def test_every_word_counts_and_unknown_words_bring_nothing(self, optics: Optics, find: Find) -> None:
        optics.make(name="观澜桥")
        assert find(OPERATOR).search("观澜桥 qqqq").cameras == ()
        assert find(OPERATOR).search("100%_").cameras == ()

    def test_names_that_begin_so_come_first(self, optics: Optics, find: Find) -> None:
        later = optics.make(name="老观澜", pinyin="a", initials="a")
        first = optics.make(name="观澜路", pinyin="b", initials="b")
        assert [camera.id for camera in find(OPERATOR).search("观澜").cameras] == [first, later]

    def test_filters(self, optics: Optics, find: Find) -> None:
        one = optics.make(name="观澜一", source="forest", purpose="forest_fire", has_ptz=True)
        two = optics.make(name="观澜二")
        gone = optics.make(name="观澜三", is_active=False)
        group = optics.make_group("观澜组", [two], [])
        town = optics.hall.value("select p_town from core.camera where id = %s", one)

        def ids(**asked: object) -> set[int]:
            return {camera.id for camera in find(OPERATOR).search("观澜", asked).cameras}

        assert ids() == {one, two}
        assert ids(sources=["forest"]) == ids(purposes=["forest_fire"]) == ids(ptz=True) == {one}
        assert ids(group=group) == {two}
        assert ids(territory=town) == {one, two}
        assert ids(retired=True) == {one, two, gone}
        assert ids(statuses=["online"]) == set()
        assert ids(statuses=["unknown"]) == {one, two}
        with pytest.raises(BadPayload):
            ids(colour="red")
        with pytest.raises(Refused):
            find(OTHER_DEPT).search("", {"group": group})


class TestTree:
    def test_counts_are_those_of_the_cameras_in_sight(self, optics: Optics, find: Find) -> None:
        for login in (OPERATOR, TOWN, POLICE):
            seen = optics.hall.call(login, "select p_town, p_area, p_grid from api.cameras where is_active")
            tree = find(login).tree()
            assert {branch.territory_id: branch.cameras for branch in tree} == {
                town: sum(row["p_town"] == town for row in seen) for town in {row["p_town"] for row in seen}
            }
            town = tree[0].territory_id
            areas = find(login).tree(town)
            assert sum(branch.cameras for branch in areas) == tree[0].cameras
            grids = find(login).tree(areas[0].territory_id)
            assert sum(branch.cameras for branch in grids) == areas[0].cameras
            assert find(login).tree(grids[0].territory_id) == []

    def test_dead_is_told_from_not_looked_at(self, optics: Optics, find: Find) -> None:
        camera = optics.make(territory_id=None)
        owner = optics.hall.owner

        def nowhere() -> tuple[int, int, int]:
            [branch] = [each for each in find(OPERATOR).tree() if each.territory_id is None]
            return branch.cameras, branch.known, branch.online

        assert nowhere() == (1, 0, 0)
        owner.execute(
            "insert into core.camera_status (district_id, camera_id, status, probed_at)"
            " values (1, %s, 'refused', clock_timestamp())",
            [camera],
        )
        assert nowhere() == (1, 1, 0)
        owner.execute("update core.camera_status set status = 'online' where camera_id = %s", [camera])
        assert nowhere() == (1, 1, 1)
        owner.execute(
            "update core.camera_status set probed_at = probed_at - interval '1 day' where camera_id = %s",
            [camera],
        )
        assert nowhere() == (1, 0, 0)

    def test_what_lies_nowhere_is_a_branch_without_id(self, optics: Optics, find: Find) -> None:
        optics.make(territory_id=None)
        assert [(b.name, b.cameras) for b in find(OPERATOR).tree() if b.territory_id is None] == [(None, 1)]


class TestNear:
    @pytest.mark.parametrize("login", [OPERATOR, TOWN, POLICE])
    @pytest.mark.parametrize(("lon", "lat"), [(120.1, 35.95), (119.6, 35.7), (125.0, 30.0)])
    def test_nearest_are_those_a_plain_count_finds(
        self, optics: Optics, find: Find, login: str, lon: float, lat: float
    ) -> None:
        seen = optics.hall.call(login, "select id, lon, lat from api.cameras where is_active")

        def metres(row: dict[str, float]) -> float:
            return 111320 * hypot((row["lon"] - lon) * cos(radians(lat)), row["lat"] - lat)

        wanted = sorted((metres(row), row["id"]) for row in seen)[:9]
        found = find(login).nearest(lon, lat)
        assert [near.camera.id for near in found] == [camera for _, camera in wanted]
        assert [near.distance_m for near in found] == pytest.approx([distance for distance, _ in wanted])

    def test_ticket_without_point_asks_for_its_place(self, optics: Optics, find: Find) -> None:
        ticket = optics.hall.open()["id"]
        place = optics.hall.rows("select lon, lat from core.territory where id = %s", optics.hall.place)[0]
        assert find(OPERATOR).of_ticket(ticket) == find(OPERATOR).nearest(place["lon"], place["lat"])
        optics.hall.rows("update core.ticket set lon = 119.7, lat = 35.7 where id = %s returning 1", ticket)
        assert find(OPERATOR).of_ticket(ticket) == find(OPERATOR).nearest(119.7, 35.7)
        with pytest.raises(Refused) as refusal:
            find(POLICE).of_ticket(ticket)
        assert refusal.value.code == "no_such_ticket"

    def test_map_shows_what_lies_within(self, optics: Optics, find: Find) -> None:
        for login in (OPERATOR, TOWN):
            box = "lon between 119.9 and 120.1 and lat between 35.8 and 36.0 and is_active"
            seen = optics.hall.call(login, f"select id from api.cameras where {box}")
            found = find(login).within(119.9, 35.8, 120.1, 36.0)
            assert {point.camera_id for point in found} == {row["id"] for row in seen}


class TestGroups:
    def test_own_group_is_ones_own(self, optics: Optics, find: Find) -> None:
        one, two = optics.make(), optics.make()
        group = find(OPERATOR).save(None, "我的路口", [two, one], dwell_s=10)
        assert [camera.id for camera in find(OPERATOR).members(group)] == [two, one]
        assert find(OPERATOR).save(group, "我的路口", [one]) == group
        assert [camera.id for camera in find(OPERATOR).members(group)] == [one]
        assert group not in [each.id for each in find("d1_operator2").groups()]
        assert find("d1_operator2").members(group) == []
        for change in (
            lambda: find("d1_operator2").save(group, "夺", [one]),
            lambda: find("d1_operator2").drop(group),
        ):
            with pytest.raises(Refused) as refusal:
                change()
            assert refusal.value.code == "no_such_group"
        with pytest.raises(Refused) as refusal:
            find(OPERATOR).save(None, "我的路口", [one])
        assert refusal.value.code == "group_name_taken"
        find(OPERATOR).drop(group)
        assert group not in [each.id for each in find(OPERATOR).groups()]

    def test_shared_group_is_made_and_given_at_the_centre_and_registered(
        self, optics: Optics, find: Find
    ) -> None:
        camera = optics.make(territory_id=None)
        unit = optics.hall.unit[OTHER_DEPT]
        with pytest.raises(RightMissing):
            find(OPERATOR).save(None, "重点部位", [camera], shared=True)
        group = find(SUPERVISOR).save(None, "重点部位", [camera], shared=True, risk_area="夜市")
        assert camera not in optics.sees(OTHER_DEPT)
        find(SUPERVISOR).give(group, [unit])
        assert camera in optics.sees(OTHER_DEPT)
        assert find(OTHER_DEPT).units(group) == [unit]
        with pytest.raises(RightMissing):
            find(OTHER_DEPT).give(group, [unit, optics.hall.unit[DEPT]])
        find(SUPERVISOR).give(group, [])
        assert camera not in optics.sees(OTHER_DEPT)
        find(SUPERVISOR).drop(group)
        said = optics.hall.rows("select detail from audit.entry where kind = 'camera_group' order by id")
        assert [row["detail"]["what"] for row in said] == ["saved", "given", "given", "dropped"]
        assert said[1]["detail"]["units"] == [unit]

    def test_camera_out_of_sight_is_not_put_into_a_group(self, optics: Optics, find: Find) -> None:
        camera = optics.make(territory_id=None)
        with pytest.raises(Refused) as refusal:
            find(TOWN).save(None, "我的", [camera])
        assert refusal.value.code == "no_such_camera"


class TestRegister:
    def test_supervisor_reads_who_looked_and_how_long(self, optics: Optics, engine_of: EngineOf) -> None:
        camera = optics.make(name="观澜桥", duties=["operator"])
        views = [optics.open(OPERATOR, camera)["view"] for _ in range(3)]
        optics.hall.call(OPERATOR, "select api.close_view(%s)", views[0])
        store = ViewRegisterStore(engine_of(SUPERVISOR))
        rows = store.page({"cameras": [camera]})
        assert [row.id for row in rows] == views[::-1]
        assert [row.seconds is None for row in rows] == [True, True, False]
        assert rows[0].camera.endswith("观澜桥")  # also when its pictures are not for the reader
        first = store.page({}, limit=2)
        assert [row.id for row in store.page({}, (first[-1].at, first[-1].id))] == [views[0]]
        assert store.page({"logins": ["d1_operator2"]}) == []
        assert len(store.page({"kinds": ["live"], "since": rows[-1].at.isoformat()})) == 3
        assert store.page({"until": rows[-1].at.isoformat()}) == []
        with pytest.raises(BadPayload):
            store.page({"colour": 1})

    @pytest.mark.parametrize("login", [OPERATOR, TOWN, "d2_supervisor1"])
    def test_nobody_else_reads_it(self, optics: Optics, engine_of: EngineOf, login: str) -> None:
        optics.open(OPERATOR, optics.make())
        assert ViewRegisterStore(engine_of(login)).page({}) == []

    def test_export_is_registered(self, optics: Optics, engine_of: EngineOf, tmp_path: Path) -> None:
        optics.open(OPERATOR, optics.make(name="=1+1"))
        told: list[int] = []
        path = tmp_path / "views.csv"
        rows = ViewRegisterStore(engine_of(SUPERVISOR)).export(
            path, {}, ZoneInfo("Asia/Shanghai"), lambda _: ("王某", "中心", ""), told.append, lambda: False
        )
        assert (rows, told) == (1, [1])
        written = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
        assert (written[0]["login"], written[0]["person"]) == (OPERATOR, "王某")
        kinds = optics.hall.rows("select kind, subject from audit.entry where kind ~ 'export' order by id")
        assert [(row["kind"], row["subject"]) for row in kinds] == [
            ("export", "camera_views"),
            ("export_end", "camera_views"),
        ]
