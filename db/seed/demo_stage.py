"""Where demo tickets play: places, matters, desks and persons of one district, read from the directory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg.rows import class_row

from db.seed.demo_plots import Plot
from db.seed.demo_tale import Case, Cast, Desk
from db.seed.demo_texts import Writer
from db.seed.office_time import OfficeTime
from db.seed.persons import Person, Persons

WORKDAYS_BACK = 130
CALLERS = 700
DOMAINS = {"01": 36, "02": 10, "03": 7, "04": 8, "05": 12, "06": 27}
KINDS = {
    "01": {"complaint": 5, "help": 3, "hazard": 2, "suggestion": 1},
    "02": {"hazard": 5, "report": 4, "help": 1},
    "03": {"report": 5, "help": 3, "consult": 1},
    "04": {"complaint": 5, "consult": 3, "suggestion": 1},
    "05": {"help": 5, "complaint": 4},
    "06": {"consult": 5, "help": 4, "complaint": 4, "suggestion": 1},
}
CHANNELS = {
    "phone": 55,
    "app": 10,
    "wechat": 10,
    "web": 7,
    "handheld": 8,
    "visit": 5,
    "letter": 2,
    "opinion": 3,
}

MATTERS = """
select c.id, c.code, c.name_zh as name, c.for_community, c.is_emergency,
       coalesce(p.answer_workdays, 0) >= 5 as is_ordinary
  from core.category c
 cross join lateral core.sla_for(c.district_id, c.id, null, null, current_date) p
 where c.district_id = %s and c.level = 3 and c.name_zh not like '表扬%%'  -- nobody complains about thanks
 order by c.code
"""
PLACES = """
select id, name, lon, lat, town_id, area_id
  from core.territory
 where district_id = %s and level >= 4
 order by code
"""
DESKS = """
select u.id as unit_id, u.kind, u.territory_id, s.login::text as login
  from core.unit u
  join core.staff s on s.unit_id = u.id and s.duties @> '{unit}'
 where u.district_id = %s
 order by u.code
"""
LEADS = """
select s.lead_unit_id
  from unnest(%(categories)s::int[], %(places)s::int[]) with ordinality q(category, place, n)
  left join lateral core.suggest(%(district)s::smallint, q.category, q.place, current_date) s on true
 order by q.n
"""


@dataclass(frozen=True)
class Matter:
    """An item of the category tree."""

    id: int
    code: str
    name: str
    for_community: bool
    is_emergency: bool
    is_ordinary: bool


@dataclass(frozen=True)
class Place:
    """A grid or landmark."""

    id: int
    name: str
    lon: float | None
    lat: float | None
    town_id: int
    area_id: int


@dataclass(frozen=True)
class StaffedUnit:
    """A unit with somebody at its desk."""

    unit_id: int
    kind: str
    territory_id: int | None
    login: str

    def desk(self) -> Desk:
        """Return what a plot needs of it."""
        return Desk(self.unit_id, self.login)


@dataclass(frozen=True)
class Stage:
    """One district as the demo tickets see it."""

    connection: psycopg.Connection
    district_id: int
    time: OfficeTime
    cast: Cast
    matters: list[Matter]
    places: list[Place]
    units: list[StaffedUnit]
    review_from: date

    def cases(self, random: Random, plots: list[Plot]) -> list[Case]:
        """Draw a case for each plot; whose it is, the directory says."""
        drawn = [self._draw(random, plot) for plot in plots]
        leads = self._leads(drawn)
        callers = _callers(self.district_id)
        return [
            self._case(
                random, matter, place, lead, _opening(random, matter, place, random.choice(callers), plot)
            )
            for plot, (matter, place), lead in zip(plots, drawn, leads, strict=True)
        ]

    def _draw(self, random: Random, plot: Plot) -> tuple[Matter, Place]:
        areas = {unit.territory_id for unit in self.units if unit.kind in ("area", "community")}
        domain = random.choices(list(DOMAINS), list(DOMAINS.values()))[0]
        if plot.is_below:
            matters = [matter for matter in self.matters if matter.for_community and matter.is_ordinary]
            places = [place for place in self.places if place.area_id in areas]
            return random.choice(matters), random.choice(places)
        matters = [
            matter
            for matter in self.matters
            if matter.code.startswith(domain) and (plot.may_be_urgent or matter.is_ordinary)
        ]
        return random.choice(matters), random.choice(self.places)

    def _leads(self, drawn: list[tuple[Matter, Place]]) -> list[int | None]:
        rows = self.connection.execute(
            LEADS,
            {
                "district": self.district_id,
                "categories": [matter.id for matter, _ in drawn],
                "places": [place.id for _, place in drawn],
            },
        )
        return [lead for (lead,) in rows]

    def _case(
        self, random: Random, matter: Matter, place: Place, lead_id: int | None, opening: dict[str, Any]
    ) -> Case:
        by_id = {unit.unit_id: unit for unit in self.units}
        by_territory = {unit.territory_id: unit for unit in self.units if unit.territory_id}
        town = by_territory[place.town_id].desk()
        # An area without a desk of its own is served by its town.
        lead = by_id[lead_id].desk() if lead_id in by_id else town
        others = [unit for unit in self.units if unit.kind == "department" and unit.unit_id != lead.unit_id]
        area = by_territory.get(place.area_id)
        return Case(
            opening=opening,
            lead=lead,
            town=town,
            other=random.choice(others).desk(),
            area=area.desk() if area else town,
            is_urgent=not matter.is_ordinary,
            review_on=self.review_from + timedelta(days=random.randint(10, 120)),
        )


def read_stage(connection: psycopg.Connection, district_id: int, now: datetime | None = None) -> Stage:
    """Read what the tickets of a district need; `now` is the server's unless given."""
    district = [district_id]
    row = connection.execute(
        "select tz, coalesce(%s, now()) from core.district where id = %s", [now, district_id]
    ).fetchone()
    if row is None:
        raise LookupError(f"no district {district_id}")
    zone, until = ZoneInfo(row[0]), row[1]
    today = until.astimezone(zone).date()
    workdays = [
        day
        for (day,) in connection.execute(
            "select day from core.workday where working and day <= %s order by day desc limit %s",
            [today, WORKDAYS_BACK],
        )
    ]
    return Stage(
        connection,
        district_id,
        OfficeTime(workdays[::-1], until, zone),
        _cast(connection, district_id),
        connection.cursor(row_factory=class_row(Matter)).execute(MATTERS, district).fetchall(),
        connection.cursor(row_factory=class_row(Place)).execute(PLACES, district).fetchall(),
        connection.cursor(row_factory=class_row(StaffedUnit)).execute(DESKS, district).fetchall(),
        today,
    )


def _cast(connection: psycopg.Connection, district_id: int) -> Cast:
    rows = connection.execute(
        "select s.duties[1], array_agg(s.login::text order by s.login) from core.staff s"
        " where s.district_id = %s group by 1",
        [district_id],
    )
    people: dict[str, list[str]] = dict(rows.fetchall())
    return Cast(
        operators=tuple(people["operator"]),
        callbacks=tuple(people["callback"]),
        supervisor=people["supervisor"][0],
        inspector=people["inspector"][0],
        leader=people["leader"][0],
        intake=people["intake"][0],
        worker=people["system"][0],
    )


def _callers(district_id: int) -> list[Person]:
    """Return the citizens who call, some of them often."""
    persons = Persons(100 + district_id)
    return [persons.draw() for _ in range(CALLERS)]


def _opening(random: Random, matter: Matter, place: Place, caller: Person, plot: Plot) -> dict[str, Any]:
    """Write the payload of the first action."""
    writer, domain = Writer(random), matter.code[:2]
    kind = random.choices(list(KINDS[domain]), list(KINDS[domain].values()))[0]
    channel = "handheld" if kind == "hazard" else random.choices(list(CHANNELS), list(CHANNELS.values()))[0]
    where, address = place.name.partition("第")[0], writer.address()
    opening: dict[str, Any] = {
        "kind": kind,
        "channel": channel,
        "title": writer.title(kind, where, matter.name),
        "body": writer.body(kind, domain, where, address, matter.name),
        "category_id": matter.id,
        "place_id": place.id,
        "place_text": address,
        "is_urgent": matter.is_emergency,
        "caller": {"name": caller.name, "phone": caller.phone, "secret": random.random() < 0.06},
    }
    if plot.is_quiet and random.random() < 0.7:
        opening["caller"] = {"anonymous": True}
    elif plot.is_quiet:
        opening["wants_reply"] = False
    if place.lon is not None and place.lat is not None and random.random() < 0.4:
        opening |= {
            "lon": round(place.lon + random.uniform(-1, 1) * 0.0015, 6),
            "lat": round(place.lat + random.uniform(-1, 1) * 0.0012, 6),
        }
    return opening
