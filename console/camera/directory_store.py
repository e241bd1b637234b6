"""Finding cameras: by words, place, distance and group; no Qt."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Engine, func, select, text

from console.camera.record import Branch, Camera, CameraGroup, Found, Near, Point
from console.kit.rows import names_of, record_of
from db import model
from db.transaction import Halt, transaction

LIMIT = 50
NEAREST = 9

_SEARCH = text(
    "select v.*, s.found from api.search_cameras(:words, cast(:asked as jsonb), :limit)"
    " with ordinality s(camera_id, found, rank) join api.cameras v on v.id = s.camera_id order by s.rank"
)
_NEAREST = text(
    "select v.*, n.distance_m from api.nearest_cameras(:lon, :lat, :limit) n"
    " join api.cameras v on v.id = n.camera_id order by n.distance_m, v.id"
)
_OF_TICKET = text(
    "select v.*, n.distance_m from api.ticket_cameras(:ticket, :limit) n"
    " join api.cameras v on v.id = n.camera_id order by n.distance_m, v.id"
)
_TREE = text("select * from api.camera_tree(:parent)")
_WITHIN = text("select * from api.cameras_within(:west, :south, :east, :north)")
_SAVE = text("select api.save_group(:id, :name, :cameras, :shared, :risk_area, :dwell_s)")
_GIVE = text("select api.give_group(:id, :units, :until)")
_DROP = text("select api.drop_group(:id)")


class CameraDirectoryStore:
    """Everything about where cameras are and how they are grouped; each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(
        self, words: str, asked: Mapping[str, Any] | None = None, limit: int = LIMIT, halt: Halt | None = None
    ) -> Found:
        """Find by name, pinyin, initials, code, place, purpose or source; every word must be found.

        `asked` may have sources, purposes, statuses (lists of codes), territory, group (ids), ptz, retired.
        """
        values = {"words": words, "asked": json.dumps(dict(asked or {})), "limit": limit}
        with transaction(self._engine, halt) as connection:
            rows = connection.execute(_SEARCH, values).mappings().all()
        return Found(tuple(record_of(Camera, row) for row in rows), rows[0]["found"] if rows else 0)

    def nearest(self, lon: float, lat: float, limit: int = NEAREST) -> list[Near]:
        """Return the nearest cameras in service, the nearest first."""
        return self._near(_NEAREST, {"lon": lon, "lat": lat, "limit": limit})

    def of_ticket(self, ticket: int, limit: int = NEAREST) -> list[Near]:
        """Return the cameras nearest to a ticket's point, or else to its place; none when it has neither."""
        return self._near(_OF_TICKET, {"ticket": ticket, "limit": limit})

    def tree(self, parent: int | None = None) -> list[Branch]:
        """Return the children of a place that have cameras; without one, the towns and what lies nowhere."""
        with transaction(self._engine) as connection:
            rows = connection.execute(_TREE, {"parent": parent}).mappings()
            return [record_of(Branch, row) for row in rows]

    def within(self, west: float, south: float, east: float, north: float) -> list[Point]:
        """Return the points between some degrees, for the map."""
        values = {"west": west, "south": south, "east": east, "north": north}
        with transaction(self._engine) as connection:
            return [record_of(Point, row) for row in connection.execute(_WITHIN, values).mappings()]

    def at_place(self, territory: int | None) -> list[Camera]:
        """Return the cameras at a place itself, not below it; without one those outside every street."""
        table = model.cameras
        where = table.c.p_town.is_(None) if territory is None else table.c.territory_id == territory
        query = select(*(table.c[name] for name in names_of(Camera))).where(where, table.c.is_active)
        query = query.order_by(table.c.pinyin, table.c.id)
        with transaction(self._engine) as connection:
            return [record_of(Camera, row) for row in connection.execute(query).mappings()]

    def group_sizes(self) -> dict[int, int]:
        """Return how many cameras of each group I see."""
        table = model.camera_group_members
        query = select(table.c.group_id, func.count().label("cameras")).group_by(table.c.group_id)
        with transaction(self._engine) as connection:
            return {row.group_id: row.cameras for row in connection.execute(query)}

    def groups(self) -> list[CameraGroup]:
        """Return my own groups and the shared ones I may use."""
        table = model.camera_groups
        query = select(table).order_by(table.c.kind, table.c.rank, table.c.name)
        with transaction(self._engine) as connection:
            return [record_of(CameraGroup, row) for row in connection.execute(query).mappings()]

    def members(self, group: int) -> list[Camera]:
        """Return a group's cameras, as far as I see them, in their order."""
        cameras, members = model.cameras, model.camera_group_members
        query = (
            select(*(cameras.c[name] for name in names_of(Camera)))
            .join_from(members, cameras, cameras.c.id == members.c.camera_id)
            .where(members.c.group_id == group)
            .order_by(members.c.rank, cameras.c.id)
        )
        with transaction(self._engine) as connection:
            return [record_of(Camera, row) for row in connection.execute(query).mappings()]

    def units(self, group: int) -> list[int]:
        """Return the units a shared group is given to."""
        table = model.camera_group_units
        query = select(table.c.unit_id).where(table.c.group_id == group).order_by(table.c.unit_id)
        with transaction(self._engine) as connection:
            return list(connection.execute(query).scalars())

    def save(
        self,
        group: int | None,
        name: str,
        cameras: Sequence[int],
        *,
        shared: bool = False,
        risk_area: str = "",
        dwell_s: int = 20,
    ) -> int:
        """Make a group or change one, and return its id; `Refused` 'group_name_taken', 'shared_group'."""
        values = {
            "id": group,
            "name": name,
            "cameras": list(cameras),
            "shared": shared,
            "risk_area": risk_area,
            "dwell_s": dwell_s,
        }
        with transaction(self._engine) as connection:
            saved: int = connection.execute(_SAVE, values).scalar_one()
            return saved

    def give(self, group: int, units: Iterable[int], until: date | None = None) -> None:
        """Show a shared group's cameras to these units and no others, until a day (excluded)."""
        with transaction(self._engine) as connection:
            connection.execute(_GIVE, {"id": group, "units": list(units), "until": until})

    def drop(self, group: int) -> None:
        """Remove a group; its cameras stay."""
        with transaction(self._engine) as connection:
            connection.execute(_DROP, {"id": group})

    def _near(self, query: Any, values: Mapping[str, Any]) -> list[Near]:
        with transaction(self._engine) as connection:
            rows = connection.execute(query, values).mappings()
            return [Near(record_of(Camera, row), row["distance_m"]) for row in rows]
