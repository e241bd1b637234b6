"""What only the intake asks the database; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, text

from console.ticket.page_record import AllowedAction, Field
from db.transaction import transaction

_ACTIONS = text("select code, name_zh, name_en, needs, rank from api.actions where code = any(:codes)")
_PLACE = text("select api.place(:lon, :lat)")


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """The place nearest to a map code."""

    place_id: int
    path: str
    distance_m: int


class IntakeStore:
    """Reads of the intake; each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def endings(self, codes: Sequence[str]) -> dict[str, AllowedAction]:
        """Return what each ending of a report needs."""
        with transaction(self._engine) as connection:
            rows = connection.execute(_ACTIONS, {"codes": list(codes)}).mappings().all()
        return {
            row["code"]: AllowedAction(
                row["code"],
                row["name_zh"],
                row["name_en"],
                tuple(Field.of(need) for need in row["needs"]),
                row["rank"],
            )
            for row in rows
        }

    def place_at(self, lon: float, lat: float) -> PlaceFound | None:
        """Return the grid nearest to a position; None when there is none near."""
        with transaction(self._engine) as connection:
            data: Mapping[str, Any] | None = connection.execute(_PLACE, {"lon": lon, "lat": lat}).scalar_one()
        return None if data is None else PlaceFound(data["place_id"], data["path"], int(data["distance_m"]))
