"""Random worlds, and how one is put into a database as a district of its own."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from hypothesis import strategies as st
from psycopg.types.json import Jsonb
from rules import CENTRE, Ticket, Unit, World

# Persons with their scope role; a world only says in which unit of the kind each of them sits.
PERSONS = {
    "d1_operator1": "centre",
    "d1_supervisor1": "centre",
    "d1_town01": "town",
    "d1_town02": "town",
    "d1_area001": "area",
    "d1_area002": "area",
    "d1_dept01": "office",
    "d1_dept02": "office",
}
LOGINS = tuple(PERSONS)
OFFICES = frozenset({"department", "service"})
PHONE = "19000007777"
_districts = itertools.count(100)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a tree of two or three towns with areas, departments with services below, persons and tickets."""
    units = [Unit("centre", CENTRE)]
    areas: list[int] = []
    for town in range(draw(st.integers(2, 3))):
        units.append(Unit("town", CENTRE, town))
        above = len(units) - 1
        for _ in range(draw(st.integers(1, 2))):
            areas.append(town)
            units.append(Unit("area", above, town, len(areas) - 1))
    for _ in range(2):
        units.append(Unit("department", CENTRE))
        above = len(units) - 1
        for _ in range(draw(st.integers(0, 2))):
            units.append(Unit("service", draw(st.sampled_from([above, len(units) - 1]))))
    persons = tuple(draw(st.sampled_from(_seats(units, kind))) for kind in PERSONS.values())
    tickets: list[Ticket] = []
    for _ in range(draw(st.integers(6, 12))):
        tickets.append(draw(_tickets(units, areas, tickets)))
    return World(tuple(units), persons, tuple(tickets), tuple(areas))


def _seats(units: list[Unit], kind: str) -> list[int]:
    kinds = OFFICES if kind == "office" else {kind}
    return [i for i, unit in enumerate(units) if unit.kind in kinds]


@st.composite
def _tickets(draw: st.DrawFn, units: list[Unit], areas: list[int], before: list[Ticket]) -> Ticket:
    some_unit = st.integers(1, len(units) - 1)
    place = draw(st.none() | st.sampled_from([(town, area) for area, town in enumerate(areas)]))
    mains = [i for i, t in enumerate(before) if t.main is None]
    handlers = tuple(draw(st.lists(some_unit, max_size=3)))
    return Ticket(
        place=place,
        handlers=handlers,
        assists=draw(st.frozensets(some_unit, max_size=1)) if handlers else frozenset(),
        accused_unit=draw(st.none() | some_unit),
        accused_person=draw(st.none() | st.none() | st.integers(0, len(PERSONS) - 1)),
        withdrawn=draw(st.frozensets(st.integers(0, len(PERSONS) - 1), max_size=1)),
        main=draw(st.none() | st.sampled_from(mains)) if mains else None,
        follows=draw(st.none() | st.integers(0, len(before) - 1)) if before else None,
    )


@dataclass(frozen=True)
class Placed:
    """A world in the database: the id of every ticket and of its attachment."""

    world: World
    tickets: tuple[int, ...]
    attachments: tuple[int, ...]

    def numbers(self, indexes: set[int]) -> set[int]:
        """Translate the world's tickets to ids."""
        return {self.tickets[i] for i in indexes}


class Builder:
    """Writes one world with the functions that write real tickets."""

    def __init__(self, owner: psycopg.Connection[Any], world: World) -> None:
        self._owner = owner
        self._world = world
        self._district = next(_districts)
        self._places: dict[tuple[int, int], int] = {}
        self._towns: list[int] = []
        self._areas: list[int] = []
        self._units: list[int] = []
        self._at = datetime.now(UTC) - timedelta(days=1)

    def build(self) -> Placed:
        """Make district, trees, seats, tickets, then what happened to them."""
        with self._owner.transaction():
            self._found_district()
            self._plant_territories()
            self._plant_units()
            for login, unit in zip(LOGINS, self._world.persons, strict=True):
                self._run(
                    "update core.staff set district_id = %s, unit_id = %s where login = %s",
                    self._district, self._units[unit], login,
                )  # fmt: skip
            tickets: list[int] = []
            for ticket in self._world.tickets:
                tickets.append(self._open(ticket, tickets))
        for number, ticket in zip(tickets, self._world.tickets, strict=True):
            with self._owner.transaction():
                self._happen(number, ticket, tickets)
        return Placed(self._world, tuple(tickets), tuple(self._attachment(number) for number in tickets))

    def _run(self, query: str, *values: object) -> Any:
        cursor = self._owner.execute(query, values)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def _found_district(self) -> None:
        code = f"w{self._district}"
        self._run("insert into core.district values (%s, %s, %s, %s, '中心', 'Centre')",
                  self._district, code, code, code)  # fmt: skip
        self._run("insert into core.setting select %s, key, value, note"
                  " from core.setting where district_id = 1",
                  self._district)  # fmt: skip
        self._run("insert into core.territory_level select %s, level, name_zh, name_en"
                  " from core.territory_level where district_id = 1", self._district)  # fmt: skip
        self._run(
            "insert into core.source values (%s, %s, '热线', 'Line', 'phone', 'own')", code, self._district
        )

    def _territory(self, parent: int | None, level: int, code: str) -> int:
        made: int = self._run(
            "insert into core.territory (district_id, parent_id, level, code, name, pinyin, initials)"
            " values (%s, %s, %s, %s, %s, '', '') returning id",
            self._district, parent, level, code, code,
        )  # fmt: skip
        return made

    def _plant_territories(self) -> None:
        root = self._territory(None, 1, "d")
        for town in range(max(self._world.areas) + 1):
            self._towns.append(self._territory(root, 2, f"t{town}"))
            self._run("update core.territory set town_id = id where id = %s", self._towns[-1])
        for area, town in enumerate(self._world.areas):
            made = self._territory(self._towns[town], 3, f"a{area}")
            self._areas.append(made)
            grid = self._territory(made, 4, f"g{area}")
            self._places[town, area] = grid
            self._run("update core.territory set town_id = %s, area_id = %s where id = any(%s)",
                      self._towns[town], made, [made, grid])  # fmt: skip

    def _plant_units(self) -> None:
        for index, unit in enumerate(self._world.units):
            territory = (
                self._areas[unit.area] if unit.area is not None
                else self._towns[unit.town] if unit.town is not None else None
            )  # fmt: skip
            self._units.append(
                self._run(
                    "insert into core.unit (district_id, parent_id, kind, territory_id, code, name,"
                    " short_name, pinyin, initials) values (%s, %s, %s, %s, %s, %s, '', '', '') returning id",
                    self._district, self._units[unit.parent] if index else None, unit.kind, territory,
                    f"u{index}", f"u{index}",
                )
            )  # fmt: skip
            if unit.kind in OFFICES:
                self._run("update core.unit set root_id = %s where id = %s",
                          self._units[self._world.branch(index)], self._units[-1])  # fmt: skip

    def _open(self, ticket: Ticket, before: list[int]) -> int:
        facts = {
            "state": "NEW", "kind": "help", "channel": "phone", "source": f"w{self._district}",
            "title": "随机世界", "body": "随机世界的工单", "accused_unit_id": self._unit(ticket.accused_unit),
            "accused_login": None if ticket.accused_person is None else LOGINS[ticket.accused_person],
            "follows_ticket_id": None if ticket.follows is None else before[ticket.follows],
        }  # fmt: skip
        if ticket.place is not None:
            place = self._places[ticket.place]
            facts |= {"place_id": place} | self._run("select core.place_facts(%s)", place)
        number: int = self._run(
            "select (core.insert_ticket(core.blank_ticket(%s::smallint, %s, 'seed'), %s, 'import', 'seed',"
            " 'system', %s, '{}')).id", self._district, self._at, Jsonb(facts), self._at,
        )  # fmt: skip
        self._run("insert into core.caller (district_id, ticket_id, name, phone, phone_hash)"
                  " values (%s, %s, '测试人', %s, core.phone_hash(%s))",
                  self._district, number, PHONE, PHONE)  # fmt: skip
        return number

    def _attachment(self, ticket: int) -> int:
        made: int = self._run(
            "insert into core.attachment"
            " (district_id, ticket_id, name, media_type, size, sha256, content, added_by)"
            " values (%s, %s, 'a.png', 'image/png', 1, sha256('a'), 'a', 'seed') returning id",
            self._district, ticket,
        )  # fmt: skip
        return made

    def _happen(self, number: int, ticket: Ticket, tickets: list[int]) -> None:
        for leg, handler in enumerate(ticket.handlers, 1):
            last = leg == len(ticket.handlers)
            unit = self._unit(handler)
            assists = [self._units[a] for a in ticket.assists] if last else []
            facts = {"handler_unit_id": unit, "leg": leg, "assist_unit_ids": assists}
            self._event(number, "WORK", facts | self._run("select core.unit_facts(%s)", unit))
        for person in ticket.withdrawn:
            self._run("insert into core.withdrawal values (%s, %s, %s, now(), '回避')",
                      self._district, number, LOGINS[person])  # fmt: skip
        if ticket.main is not None:
            self._event(number, "MERGED", {"main_ticket_id": tickets[ticket.main]})

    def _event(self, number: int, state: str, facts: dict[str, Any]) -> None:
        self._run(
            "select core.append_event(t, 'note', '', core.actor(), clock_timestamp(), %s, '{}', %s, null)"
            " from core.ticket t where id = %s", state, Jsonb(facts), number,
        )  # fmt: skip

    def _unit(self, index: int | None) -> int | None:
        return None if index is None else self._units[index]
