"""Reads of how cameras are; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, text

from console.camera.store import CameraStore
from console.directory.record import Code
from console.kit.rows import record_of
from db.replica import Replica
from db.transaction import transaction

DOWN_ROWS = 2000

_STANDING = text("select * from api.camera_standing()")
_SHARES = text("select * from api.camera_health(:since, :by, :source, :town)")
_DOWN = text("select * from api.cameras_down(null, null, :limit)")


@dataclass(frozen=True, slots=True)
class Standing:
    """Cameras of a source in a town (0: in none) now; `known_at`: when they were last asked."""

    source: str
    town_id: int
    total: int
    online: int
    down: int
    unknown: int
    known_at: datetime | None


@dataclass(frozen=True, slots=True)
class Share:
    """Sums of the sweeps around a moment, by source or town (`key`): divide them for a share."""

    at: datetime
    key: str
    total: int
    online: int
    down: int


@dataclass(frozen=True, slots=True)
class Down:
    """A camera that was down when it was last asked; `status` is 'unknown' when that is too long ago."""

    camera_id: int
    code: str
    name: str
    source: str
    town_id: int
    territory_id: int | None
    status: str
    last_status: str
    since: datetime
    known_at: datetime | None
    ticket_id: int | None
    number: str | None


@dataclass(frozen=True, slots=True)
class Now:
    """How cameras are now: their systems by their codes, their counts, and those that are down."""

    sources: Mapping[str, Code]
    standing: Sequence[Standing]
    down: Sequence[Down]


class HealthStore:
    """Everything asked about health; each call is one transaction. Shares over time may be a moment old."""

    def __init__(self, engine: Engine, replica: Replica) -> None:
        self._engine = engine
        self._replica = replica

    def now(self) -> Now:
        """Return how the cameras I see are, and those that are down, of one moment."""
        sources = CameraStore(self._engine).sources()
        with transaction(self._engine) as connection:
            standing = connection.execute(_STANDING).mappings()
            rows = [record_of(Standing, row) for row in standing]
            down = connection.execute(_DOWN, {"limit": DOWN_ROWS}).mappings()
            return Now(sources, rows, [record_of(Down, row) for row in down])

    def shares(self, since: datetime, by: str, source: str | None, town: int | None) -> list[Share]:
        """Return sums over time `by` 'source' or 'town', at most about 240 moments."""
        given = {"since": since, "by": by, "source": source, "town": town}
        rows = self._replica.read(lambda link: link.execute(_SHARES, given).mappings().all())
        return [record_of(Share, row) for row in rows]
