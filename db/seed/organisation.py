"""The unit tree of a demo district and the persons who work in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import psycopg

from db.accounts import Account
from db.seed.bulk import advance_identity, copy_rows, read_csv
from db.seed.persons import Persons
from db.seed.pinyin import spell
from db.seed.territory import NAMED_AREAS, Territory

# Units that are the top of their own branch: their staff see by unit, not by place.
BRANCH_KINDS = frozenset({"department", "service", "committee", "window"})
OWN_LIFE = "[2017-01-01,)"


@dataclass(frozen=True)
class Unit:
    """One unit, as it will stand in core.unit."""

    id: int
    district_id: int
    parent_id: int | None
    kind: str
    territory: Territory | None
    code: str
    name: str
    short_name: str

    @property
    def root_id(self) -> int | None:
        """Return the top of the branch this unit belongs to, when it is not a territorial one."""
        return self.id if self.kind in BRANCH_KINDS else None


@dataclass(frozen=True)
class Member:
    """A person of the demo with a login."""

    login: str
    unit: Unit
    duties: tuple[str, ...]

    def account(self) -> Account:
        """Return the roles this person's login gets."""
        return Account.of(self.login, self.unit.kind, self.duties)


def plan_units(profile: dict[str, Any], nodes: list[Territory], ids: Iterator[int]) -> list[Unit]:
    """Return the units of one district, parents first."""
    district = profile["id"]
    own = [node for node in nodes if node.district_id == district]
    centre = Unit(next(ids), district, None, "centre", own[0], "centre", profile["centre_zh"], "中心")
    units = [centre]
    town_units: dict[int, Unit] = {}
    for number, town in enumerate((node for node in own if node.level == 2), 1):
        unit = Unit(
            next(ids),
            district,
            centre.id,
            "town",
            town,
            f"town{number:02d}",
            town.name + profile["town_centre"],
            town.name,
        )
        town_units[town.id] = unit
        units.append(unit)
    for number, area in enumerate((node for node in own if node.level == 3), 1):
        above = town_units[area.parent_id or 0]
        units.append(
            Unit(
                next(ids),
                district,
                above.id,
                profile["area_kind"],
                area,
                f"area{number:03d}",
                f"{above.short_name}{area.name}{profile['area_station']}",
                area.name,
            )
        )
    for code, name, short in _offices(profile):
        units.append(Unit(next(ids), district, centre.id, _office_kind(code), None, code, name, short))
    return units


def plan_members(profile: dict[str, Any], units: list[Unit]) -> list[Member]:
    """Return the persons with a login of one district."""
    own = [unit for unit in units if unit.district_id == profile["id"]]
    centre, prefix = own[0], f"d{profile['id']}_"
    members = [
        Member(_desk_login(prefix, duty, number), centre, (duty,))
        for duty, size in profile["desks"].items()
        for number in range(1, size + 1)
    ]
    members += [
        Member(prefix + "intake", centre, ("intake",)),
        Member(prefix + "worker", centre, ("system",)),
    ]
    named = {name for name, _ in NAMED_AREAS.values()}
    areas = [unit for unit in own if unit.kind == profile["area_kind"]]
    staffed = areas[: profile["area_staff"]]
    staffed += [unit for unit in areas if unit.short_name.removesuffix(profile["area_suffix"]) in named]
    members += [
        Member(prefix + unit.code, unit, ("unit",))
        for unit in own
        if unit.kind in ("town", "department") or unit in staffed
    ]
    return members


def load_units(
    connection: psycopg.Connection, profiles: list[dict[str, Any]], nodes: list[Territory]
) -> list[Unit]:
    """Store the units of every district and return them."""
    ids, persons = count(1), Persons(21)
    units = [unit for profile in profiles for unit in plan_units(profile, nodes, ids)]
    copy_rows(
        connection,
        "unit",
        "id district_id parent_id root_id kind territory_id code name short_name pinyin initials "
        "phone head deputy liaison",
        (
            (
                unit.id,
                unit.district_id,
                unit.parent_id,
                unit.root_id,
                unit.kind,
                unit.territory.id if unit.territory else None,
                unit.code,
                unit.name,
                unit.short_name,
                *spell(unit.name),
                *_contacts(persons),
            )
            for unit in units
        ),
    )
    advance_identity(connection, "unit")
    return units


def load_members(connection: psycopg.Connection, shared: dict[str, Any], members: Iterable[Member]) -> None:
    """Store duties and staff."""
    roles = {"system": "ld_console"}
    copy_rows(
        connection,
        "duty",
        "code name_zh name_en role",
        (
            (row["code"], row["name_zh"], row["name_en"], roles.get(row["code"], f"ld_{row['code']}"))
            for row in shared["duty"]
        ),
    )
    persons = Persons(31)
    copy_rows(
        connection,
        "staff",
        "login district_id unit_id name duties phone is_demo valid",
        (
            (
                member.login,
                member.unit.district_id,
                member.unit.id,
                person.name,
                list(member.duties),
                person.phone,
                True,
                OWN_LIFE,
            )
            for member in members
            for person in [persons.draw()]
        ),
    )


def _offices(profile: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for row in read_csv("departments.csv"):
        if profile["departments"] == "all" or row["sea"]:
            yield row["code"], row["name"], row["short_name"]
    for number, name in enumerate(profile["windows"], 1):
        yield f"window{number:02d}", name + "窗口", name
    for number, name in enumerate(profile["committees"], 1):
        yield f"committee{number:02d}", name, name


def _office_kind(code: str) -> str:
    return {"dept": "department"}.get(code.rstrip("0123456789"), code.rstrip("0123456789"))


def _desk_login(prefix: str, duty: str, number: int) -> str:
    return prefix + (duty if duty == "admin" else f"{duty}{number}")


def _contacts(persons: Persons) -> tuple[str, str, str, str]:
    return persons.draw().phone, persons.draw().name, persons.draw().name, persons.draw().name
