"""Cameras of a demo district: invented, marked as such, and served by the demo's own gateway."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from random import Random
from typing import Any, NamedTuple

import psycopg

from db.seed.bulk import advance_identity, copy_rows
from db.seed.pinyin import spell

MARK = "演示·"
GATEWAY = "demo"
DUTIES = ["operator", "supervisor", "leader", "unit"]
SIDES = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
DAYS = (30, 30, 30, 60, 90)
SPREAD_DEG = 0.002
MEMBERS = 9
COLUMNS = (
    "district_id id code national_code name pinyin initials source purpose place_kind territory_id lon lat "
    "bearing_deg gateway_id device channel has_ptz owner_unit_id retention_days duties is_demo"
)


class Kind(NamedTuple):
    """What some cameras have in common; `share` is how many of a hundred there are."""

    purpose: str
    source: str
    place: str
    share: int
    owners: tuple[str, ...]  # codes of units, the first that the district has
    names: tuple[str, ...]
    turns: bool = False


KINDS = (
    Kind("street", "security", "road", 20, ("dept12",), ("{}大街", "{}路人行道", "{}巷口")),
    Kind("traffic", "security", "crossing", 15, ("dept13",), ("{}路与海滨路路口", "{}路与滨河路路口")),
    Kind("school", "security", "gate", 10, ("dept12",), ("{}小学门口", "{}中学门口", "{}幼儿园门口")),
    Kind("crowd", "security", "square", 10, ("dept12",), ("{}农贸市场入口", "{}文化广场", "{}车站广场")),
    Kind("plant", "safety", "plant", 8, ("dept10",), ("{}机械厂厂区", "{}食品厂厂区")),
    Kind("hazmat", "safety", "plant", 5, ("dept10",), ("{}化工园装卸区", "{}油库罐区")),
    Kind("site", "safety", "plant", 7, ("dept03",), ("{}家园工地塔吊", "{}大桥工地")),
    Kind("forest_fire", "forest", "height", 5, ("dept56", "dept04"), ("{}山瞭望高点",), turns=True),
    Kind("forest_gate", "forest", "gate", 5, ("dept56", "dept04"), ("{}山进山卡口",)),
    Kind("river", "flood", "water", 5, ("dept07",), ("{}河水位点", "{}河闸口")),
    Kind("waterlogging", "flood", "underpass", 4, ("dept43",), ("{}桥下穿积水点", "{}路低洼积水点")),
    Kind("reservoir", "flood", "water", 3, ("dept07",), ("{}水库大坝", "{}水库溢洪道")),
    Kind("coast", "flood", "water", 3, ("dept09",), ("{}渔港码头", "{}湾海堤"), turns=True),
)
# Shared groups: name, what is watched for, purposes, departments that look too.
GROUPS = (
    ("河道防汛点", "河道水位与水库", ("river", "reservoir"), ("dept07", "dept10")),
    ("低洼积水点", "城区内涝", ("waterlogging",), ("dept43", "dept07")),
    ("森林防火卡口", "进山火源与火情", ("forest_gate", "forest_fire"), ("dept56", "dept04", "dept11")),
    ("学校周边", "上学放学时段", ("school",), ("dept12", "dept17")),
    ("危化企业", "装卸与罐区", ("hazmat",), ("dept10", "dept11")),
    ("渔港海岸", "台风与风暴潮", ("coast",), ("dept09", "dept10")),
)


@dataclass(frozen=True)
class Spot:
    """A grid on the map."""

    territory: int
    town: int
    stem: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Drawn:
    """One invented camera."""

    id: int
    kind: Kind
    spot: Spot
    row: tuple[object, ...]


def load_demo_cameras(connection: psycopg.Connection[Any], district: int, number: int) -> None:
    """Store the demo's gateway, `number` cameras all over the district, and the shared groups."""
    gateway = _load_gateway(connection, district)
    units = dict(
        connection.execute("select code, id from core.unit where district_id = %s", [district]).fetchall()
    )
    cameras = list(islice(_draw(connection, district, gateway, units, number), number))
    copy_rows(connection, "camera", COLUMNS, (camera.row for camera in cameras))
    advance_identity(connection, "camera")
    _load_groups(connection, district, units, cameras)


def announced_gateway(dsn: str) -> str | None:
    """Return where the demo's gateway serves, as far as anybody has said."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute("select rtsp_base from core.gateway where kind = 'demo' limit 1").fetchone()
        return row[0] if row else None


def announce_gateway(dsn: str, rtsp_base: str) -> tuple[bytes, ...]:
    """Say where the demo's gateway serves (`rtsp://host:port`); return the keys of its signatures."""
    with psycopg.connect(dsn) as connection:
        connection.execute("update core.gateway set rtsp_base = %s where kind = 'demo'", [rtsp_base])
        keys = connection.execute(
            "select k.key from core.gateway_key k join core.gateway g"
            " on g.district_id = k.district_id and g.id = k.gateway_id where g.kind = 'demo' order by g.id"
        )
        return tuple(key for (key,) in keys)


def _load_gateway(connection: psycopg.Connection[Any], district: int) -> int:
    row = connection.execute(
        """
        insert into core.gateway (district_id, code, name, kind, main_template, sub_template, auth)
        values (%s, %s, '演示视频网关', 'demo', '{base}/{device}/main', '{base}/{device}/sub', 'hmac')
        returning id
        """,
        [district, GATEWAY],
    ).fetchone()
    assert row is not None
    connection.execute(
        "insert into core.gateway_key (district_id, gateway_id, key) values (%s, %s, %s)",
        [district, row[0], secrets.token_bytes(32)],
    )
    return int(row[0])


def _draw(
    connection: psycopg.Connection[Any], district: int, gateway: int, units: Mapping[str, int], number: int
) -> Iterator[Drawn]:
    """Invent cameras, the same ones every time."""
    code, first = _numbering(connection, district)
    spots = _spread(_spots(connection, district), number)
    random = Random(district)  # noqa: S311  always the same cameras
    kinds = random.choices(KINDS, [kind.share for kind in KINDS], k=number)
    kinds[: len(KINDS) * 2] = [*KINDS, *KINDS][:number]  # of each at least two
    for index, kind in enumerate(kinds):
        spot = spots[index % len(spots)]
        side = random.randrange(len(SIDES))
        name = f"{MARK}{random.choice(kind.names).format(spot.stem)}{SIDES[side]}侧{index + 1}号"
        yield Drawn(
            first + index,
            kind,
            spot,
            (
                district,
                first + index,
                f"YS{index + 1:06d}",
                f"{code}0000132{index % 10}{index + 1:06d}",
                name,
                *spell(name),
                kind.source,
                kind.purpose,
                kind.place,
                spot.territory,
                round(spot.lon + random.uniform(-SPREAD_DEG, SPREAD_DEG), 6),
                round(spot.lat + random.uniform(-SPREAD_DEG, SPREAD_DEG), 6),
                None if kind.turns else side * 45,
                gateway,
                f"{kind.purpose}-{district}-{index + 1}",
                "1",
                kind.turns,
                next((units[owner] for owner in kind.owners if owner in units), None),
                random.choice(DAYS),
                DUTIES,
                True,
            ),
        )


def _numbering(connection: psycopg.Connection[Any], district: int) -> tuple[str, int]:
    """Return the district's code, which begins national numbers, and the first free id."""
    row = connection.execute(
        "select code, (select coalesce(max(id), 0) + 1 from core.camera) from core.district where id = %s",
        [district],
    ).fetchone()
    assert row is not None
    return row[0], row[1]


def _spots(connection: psycopg.Connection[Any], district: int) -> list[Spot]:
    rows = connection.execute(
        "select id, town_id, split_part(name, '第', 1), lon, lat from core.territory"
        " where district_id = %s and level = 4 and lon is not null order by id",
        [district],
    )
    return [Spot(*row) for row in rows]


def _spread(spots: Sequence[Spot], number: int) -> list[Spot]:
    """Choose so many grids evenly over the district, none of its towns left out; all when they are fewer."""
    firsts = list({spot.town: spot for spot in reversed(spots)}.values())
    step = max(len(spots) / max(number - len(firsts), 1), 1)
    even = [spots[int(index * step)] for index in range(int(len(spots) / step))]
    return list(dict.fromkeys([*firsts, *even]))


def _load_groups(
    connection: psycopg.Connection[Any], district: int, units: Mapping[str, int], cameras: Sequence[Drawn]
) -> None:
    towns = dict(
        connection.execute(
            "select territory_id, id from core.unit where district_id = %s and kind = 'town'", [district]
        ).fetchall()
    )
    free = connection.execute("select coalesce(max(id), 0) + 1 from core.camera_group").fetchone()
    assert free is not None
    groups, members, given = [], [], []
    for group, (name, risk_area, purposes, departments) in zip(count(free[0]), GROUPS, strict=False):
        chosen = [camera for camera in cameras if camera.kind.purpose in purposes][:MEMBERS]
        groups.append((district, group, name, "shared", risk_area, group))
        members += [(district, group, camera.id, rank) for rank, camera in enumerate(chosen)]
        lookers = [units[code] for code in departments if code in units]
        lookers += [towns[camera.spot.town] for camera in chosen]
        given += [(district, group, unit) for unit in dict.fromkeys(lookers)]
    copy_rows(connection, "camera_group", "district_id id name kind risk_area rank", groups)
    copy_rows(connection, "camera_group_member", "district_id group_id camera_id rank", members)
    copy_rows(connection, "camera_group_unit", "district_id group_id unit_id", given)
    advance_identity(connection, "camera_group")
