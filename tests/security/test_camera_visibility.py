"""Which cameras a person sees, opens and finds, held against a small model of its own."""

from __future__ import annotations

from random import Random
from typing import Any

import psycopg
import pytest
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, Hall
from optics import REASON, Optics

PERSONS = (OPERATOR, "d1_operator2", SUPERVISOR, "d1_callback1", DEPT, OTHER_DEPT, "d1_dept12", TOWN, AREA)
ABROAD = ("d2_operator1", "d2_town01")
CAMERAS, GROUPS, OPENED = 60, 6, 4
DUTIES = ("operator", "supervisor", "unit", "callback", "leader")
WITHIN = {"centre": None, "town": "town", "area": "area", "community": "area", "window": "area"}


class Model:
    """The rule in Python: place or branch, or a shared group given to a unit above; and always a duty."""

    def __init__(self, hall: Hall) -> None:
        self.units = {row["id"]: row for row in hall.rows("select * from core.unit")}
        self.places = {row["id"]: row for row in hall.rows("select * from core.territory")}
        self.staff = {row["login"]: row for row in hall.rows("select * from core.staff")}
        self.cameras = hall.rows("select * from core.camera")
        self.groups = {
            row["id"]: row for row in hall.rows("select * from core.camera_group where kind = 'shared'")
        }
        self.members = hall.rows("select * from core.camera_group_member")
        self.given = hall.rows("select *, valid @> current_date as is_valid from core.camera_group_unit")

    def line(self, unit: int | None) -> set[int]:
        found: set[int] = set()
        while unit is not None:
            found.add(unit)
            unit = self.units[unit]["parent_id"]
        return found

    def sees(self, login: str, camera: dict[str, Any]) -> bool:
        person = self.staff[login]
        unit = self.units[person["unit_id"]]
        if camera["district_id"] != person["district_id"] or not set(camera["duties"]) & set(
            person["duties"]
        ):
            return False
        return self._is_near(unit, camera) or camera["id"] in self._shown(unit["id"])

    def _is_near(self, unit: dict[str, Any], camera: dict[str, Any]) -> bool:
        if unit["kind"] == "centre":
            return True
        level = WITHIN.get(unit["kind"])
        if level is None:
            owner = self.units.get(camera["owner_unit_id"] or 0)
            return owner is not None and unit["root_id"] is not None and owner["root_id"] == unit["root_id"]
        place, home = self.places.get(camera["territory_id"] or 0), self.places.get(unit["territory_id"] or 0)
        column = f"{level}_id"
        return bool(place and home and place[column] is not None and place[column] == home[column])

    def _shown(self, unit: int) -> set[int]:
        line = self.line(unit)
        open_to = {
            row["group_id"]
            for row in self.given
            if row["is_valid"] and row["unit_id"] in line and row["group_id"] in self.groups
        }
        return {row["camera_id"] for row in self.members if row["group_id"] in open_to}


def populate(optics: Optics, random: Random) -> None:
    """Strew cameras and groups over two districts' places, units and duties."""
    hall = optics.hall
    places = [row["id"] for row in hall.rows("select id from core.territory where district_id = 1")]
    home = [
        row["id"]
        for row in hall.rows(
            "select t.id from core.territory t, core.unit u where u.id = %s"
            " and u.territory_id in (t.town_id, t.area_id)",
            hall.unit[TOWN],
        )
    ]
    units = [row["id"] for row in hall.rows("select id from core.unit where district_id = 1")]
    mine = [hall.unit[login] for login in PERSONS]
    hall.rows("delete from core.camera where true returning 1")
    made = [
        optics.make(
            territory_id=random.choice([None, random.choice(places), random.choice(home), hall.place]),
            owner_unit_id=random.choice([None, random.choice(units), random.choice(mine)]),
            duties=random.sample(DUTIES, random.randint(1, 3)),
        )
        for _ in range(CAMERAS)
    ]
    for number in range(GROUPS):
        optics.make_group(
            f"组{number}",
            random.sample(made, random.randint(0, 8)),
            random.sample(sorted({*units[:3], *mine}), random.randint(0, 3))
            if number
            else sorted(set(mine))[:2],
        )
    hall.rows("update core.camera_group_unit set valid = 'empty' where group_id %% 5 = 0 returning 1")


@pytest.mark.parametrize("seed", range(4))
def test_view_search_and_opening_agree_with_the_model(hall: Hall, seed: int) -> None:
    random = Random(seed)
    optics = Optics(hall)
    populate(optics, random)
    model = Model(hall)
    shown = 0
    for login in (*PERSONS, *ABROAD):
        wanted = {camera["id"] for camera in model.cameras if model.sees(login, camera)}
        shown += len(wanted)
        assert optics.sees(login) == wanted, login
        found = hall.call(login, "select camera_id from api.search_cameras('', '{}', 1000)")
        assert {row["camera_id"] for row in found} == wanted, login
        hidden = [camera["id"] for camera in model.cameras if camera["id"] not in wanted]
        for camera in random.sample(sorted(wanted), min(OPENED, len(wanted))):
            assert optics.ask(login, camera, REASON)["view"], login
        for camera in random.sample(hidden, min(OPENED, len(hidden))):
            with pytest.raises(psycopg.Error) as refusal:
                optics.ask(login, camera, REASON)
            assert refusal.value.diag.constraint_name == "no_such_camera", login
    assert 50 < shown < len(PERSONS) * CAMERAS - 50  # else nothing was tried
