"""The territory tree of a demo district: real towns, invented areas, grids and landmarks below them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from random import Random
from typing import Any

import psycopg

from db.seed.bulk import advance_identity, copy_rows, read_csv
from db.seed.persons import Persons
from db.seed.pinyin import spell

AREA_SPREAD_DEG = 0.012
GRID_SPREAD_DEG = 0.0035
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

STEMS = tuple(
    a + b for a, b in product("青金安泰永祥瑞明新东西南北望锦福翠云", "泉溪桥林岭原庄台屯沙湖滩塘坡坊园")
)
LANDMARKS = (
    "农贸市场",
    "便民服务站",
    "文化广场",
    "公交首末站",
    "社区公园",
    "幼儿园",
    "小学",
    "卫生室",
    "老年食堂",
    "停车场",
    "健身广场",
    "综合楼",
    "污水处理站",
    "商业街",
    "体育馆",
    "花园小区",
    "家园小区",
    "物流园",
)
# The worked example of the handheld report plays here: town code -> its first area and a landmark there.
NAMED_AREAS = {"370211109": ("横河", "横河大集")}
# Special grids of the sea district, which need not lie anywhere (fleets).
SPECIAL_GRIDS = (
    ("fleet", "渔业船队"),
    ("newcomers", "新居民"),
    ("industry", "工业园"),
    ("building", "商务楼"),
)
POSTS = ("head", "full_time", "professional", "professional", "professional")
PROFESSIONS = ("社区民警", "综合执法队员", "安全监管员", "治安联防队员", "市场监管员", "网格医生")


@dataclass(frozen=True)
class Territory:
    """One node of the tree, as it will stand in core.territory."""

    id: int
    district_id: int
    parent_id: int | None
    level: int
    kind: str
    code: str
    name: str
    town_id: int | None
    area_id: int | None
    grid_id: int | None
    lon: float | None
    lat: float | None


class Planner:
    """Lays out one district; ids go on across districts."""

    def __init__(self, profile: dict[str, Any], ids: Iterator[int]) -> None:
        self.profile = profile
        self.nodes: list[Territory] = []
        self._ids = ids
        self._random = Random(int(profile["code"]))  # noqa: S311  always the same map
        self._stems = self._random.sample(STEMS, len(STEMS))

    def plan(self) -> list[Territory]:
        """Return every node, parents first."""
        root = self._add(None, "area", self.profile["code"], self.profile["name_zh"], None, None)
        for town in (row for row in read_csv("towns.csv") if row["district"] == self.profile["code"]):
            self._plan_town(root, town)
        self._plan_landmarks()
        return self.nodes

    def _plan_town(self, root: Territory, row: dict[str, str]) -> None:
        town = self._add(root, row["kind"], row["code"], row["name"], float(row["lon"]), float(row["lat"]))
        areas, grids = int(row["areas"]), int(row["grids"])
        for index in range(areas):
            named = NAMED_AREAS.get(town.code) if index == 0 else None
            stem = named[0] if named else self._stems.pop()
            lon, lat = self._around(town, index, AREA_SPREAD_DEG)
            area = self._add(
                town, "area", f"{town.code}{index + 1:02d}", stem + self.profile["area_suffix"], lon, lat
            )
            self._plan_grids(area, stem, grids // areas + (index < grids % areas))
            if named:
                grid = self.nodes[-1]
                self._add(grid, "landmark", f"{grid.code}01", named[1], grid.lon, grid.lat)

    def _plan_grids(self, area: Territory, stem: str, number: int) -> None:
        for index in range(number):
            kind, label = "area", ""
            if self.profile["area_kind"] == "community" and index and index == number - 1:
                kind, label = SPECIAL_GRIDS[area.id % len(SPECIAL_GRIDS)]
            lon, lat = (None, None) if kind == "fleet" else self._around(area, index, GRID_SPREAD_DEG)
            self._add(area, kind, f"{area.code}{index + 1:03d}", f"{stem}{label}第{index + 1}网格", lon, lat)

    def _plan_landmarks(self) -> None:
        grids = [node for node in self.nodes if node.level == 4 and node.lon is not None]
        for grid in self._random.sample(grids, min(self.profile["landmarks"], len(grids))):
            name = grid.name.partition("第")[0] + self._random.choice(LANDMARKS)
            self._add(grid, "landmark", f"{grid.code}99", name, *self._around(grid, 1, 0.001))

    def _around(self, centre: Territory, index: int, spread_deg: float) -> tuple[float, float]:
        """Place the n-th child on a sunflower spiral, so that neighbours keep their distance."""
        if centre.lon is None or centre.lat is None:
            raise ValueError(f"{centre.name} has no place")
        radius, angle = spread_deg * math.sqrt(index + 0.5), index * GOLDEN_ANGLE
        return round(centre.lon + radius * math.cos(angle), 6), round(
            centre.lat + 0.8 * radius * math.sin(angle), 6
        )

    def _add(
        self, parent: Territory | None, kind: str, code: str, name: str, lon: float | None, lat: float | None
    ) -> Territory:
        key, level = next(self._ids), parent.level + 1 if parent else 1
        node = Territory(
            id=key,
            district_id=self.profile["id"],
            parent_id=parent.id if parent else None,
            level=level,
            kind=kind,
            code=code,
            name=name,
            lon=lon,
            lat=lat,
            town_id=key if level == 2 else parent.town_id if parent else None,
            area_id=key if level == 3 else parent.area_id if parent else None,
            grid_id=key if level == 4 else parent.grid_id if parent else None,
        )
        self.nodes.append(node)
        return node


def load_territory(connection: psycopg.Connection, profiles: list[dict[str, Any]]) -> list[Territory]:
    """Lay out and store the trees and the grid workers; return every node."""
    ids = count(1)
    nodes = [node for profile in profiles for node in Planner(profile, ids).plan()]
    copy_rows(
        connection,
        "territory_level",
        "district_id level name_zh name_en",
        (
            (profile["id"], level, *names)
            for profile in profiles
            for level, names in enumerate(profile["levels"], 1)
        ),
    )
    copy_rows(
        connection,
        "territory",
        "id district_id parent_id level kind code name town_id area_id grid_id lon lat pinyin initials",
        (
            (
                n.id,
                n.district_id,
                n.parent_id,
                n.level,
                n.kind,
                n.code,
                n.name,
                n.town_id,
                n.area_id,
                n.grid_id,
                n.lon,
                n.lat,
                *spell(n.name),
            )
            for n in nodes
        ),
    )
    advance_identity(connection, "territory")
    _load_grid_workers(connection, nodes)
    return nodes


def _load_grid_workers(connection: psycopg.Connection, nodes: list[Territory]) -> None:
    persons = Persons(11)
    professions = Random(11)  # noqa: S311  always the same people
    copy_rows(
        connection,
        "grid_worker",
        "district_id territory_id name phone post department",
        (
            (
                node.district_id,
                node.id,
                person.name,
                person.phone,
                post,
                professions.choice(PROFESSIONS) if post == "professional" else None,
            )
            for node in nodes
            if node.level == 4
            for post in POSTS
            for person in [persons.draw()]
        ),
    )
