"""Calls and reads of round tours; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, time
from uuid import UUID

from sqlalchemy import Engine, select, text, tuple_

from console.camera.patrol_record import Passed, Patrol, PatrolKey, Round, Stop
from console.kit.rows import names_of, record_of
from db import model
from db.transaction import transaction

PAGE_ROWS = 100

_BEGIN = text("select api.begin_patrol(:key, :group)")
_PASS = text("select api.note_stop(:patrol, :n, :camera_id, :view_id, :was_seen, :state, :seconds, :remark)")
_END = text("select api.end_patrol(:patrol, :remarks)")
_PLAN = text("select api.plan_patrols(:group, :times)")
_ROUNDS = text("select * from api.patrol_rounds(:day)")


class PatrolStore:
    """Everything asked of rounds; each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, key: UUID, group: int) -> int:
        """Begin a round and return its number; the same key again names the same round."""
        with transaction(self._engine) as connection:
            made: int = connection.execute(_BEGIN, {"key": key, "group": group}).scalar_one()
            return made

    def note(self, patrol: int, stops: Sequence[Passed]) -> None:
        """Record cameras left behind; sent again it changes nothing."""
        with transaction(self._engine) as connection:
            for stop in stops:
                connection.execute(_PASS, {"patrol": patrol, **asdict(stop)})

    def end(self, patrol: int, remarks: str) -> None:
        """End a round; once more changes nothing."""
        with transaction(self._engine) as connection:
            connection.execute(_END, {"patrol": patrol, "remarks": remarks})

    def plan(self, group: int, times: Sequence[time]) -> None:
        """Say at which times of the day rounds through a shared group are due; none: no plan."""
        with transaction(self._engine) as connection:
            connection.execute(_PLAN, {"group": group, "times": list(times)})

    def plans(self) -> dict[int, tuple[time, ...]]:
        """Return the times of the groups that have a plan."""
        table = model.patrol_plans
        with transaction(self._engine) as connection:
            rows = connection.execute(select(table.c.group_id, table.c.times)).all()
        return {row.group_id: tuple(row.times) for row in rows}

    def rounds(self, day: date) -> list[Round]:
        """Return the rounds that were or are due on a day, and who went."""
        with transaction(self._engine) as connection:
            rows = connection.execute(_ROUNDS, {"day": day}).mappings()
            return [record_of(Round, row) for row in rows]

    def patrols(self, after: PatrolKey | None = None, limit: int = PAGE_ROWS) -> list[Patrol]:
        """Return rounds behind `after`, the newest first: one's own, or all for who answers for them."""
        table = model.patrols
        query = select(*(table.c[name] for name in names_of(Patrol)))
        if after is not None:
            query = query.where(tuple_(table.c.started_at, table.c.id) < (after.at, after.id))
        query = query.order_by(table.c.started_at.desc(), table.c.id.desc()).limit(limit)
        with transaction(self._engine) as connection:
            return [record_of(Patrol, row) for row in connection.execute(query).mappings()]

    def stops(self, patrol: int) -> list[Stop]:
        """Return the cameras of a round in their order."""
        table = model.patrol_stops
        query = select(*(table.c[name] for name in names_of(Stop))).where(table.c.patrol_id == patrol)
        with transaction(self._engine) as connection:
            return [record_of(Stop, row) for row in connection.execute(query.order_by(table.c.n)).mappings()]
