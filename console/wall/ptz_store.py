"""Calls against the database for steering; no Qt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, text

from console.kit.rows import record_of
from db.transaction import transaction

_TAKE = text("select api.ptz_take(:camera, :reason, :ticket, :over)")
_RENEW = text("select api.ptz_renew(:lease)")
_MOVE = text("select api.ptz_move(:lease, cast(:move as jsonb))")
_RELEASE = text("select api.ptz_release(:lease)")
_HOLDERS = text("select * from api.ptz_holders(:cameras)")


@dataclass(frozen=True, slots=True)
class Lease:
    """A camera in one's hand, and where it is steered; `credential` names a secret of the desk's keyring."""

    id: int
    kind: str
    base: str
    device: str
    channel: str
    credential: str | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who steers a camera."""

    camera_id: int
    login: str
    name: str
    unit: str | None
    since: datetime
    is_me: bool


class PtzStore:
    """Each call is one transaction; taking is two, for the register comes first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, camera: int, reason: str, ticket: int | None, *, over: bool = False) -> Lease:
        """Take a camera in hand.

        Raises `Refused`: 'ptz_taken' (its detail names who), 'ptz_none', 'camera_inactive', 'no_such_camera',
        'off_duty', 'duty_missing'; `BadPayload` for a reason below four characters.
        """
        asked = {"camera": camera, "reason": reason, "ticket": ticket, "over": over}
        lease = int(self._ask(_TAKE, asked)["lease"])
        control = self._ask(_RENEW, {"lease": lease})["control"]
        return Lease(
            lease,
            control["kind"],
            control["base"],
            control["device"],
            control["channel"],
            control["credential"],
        )

    def renew(self, lease: int) -> None:
        """Go on; `Refused` 'ptz_over' when somebody else has it or it was silent for too long."""
        self._ask(_RENEW, {"lease": lease})

    def move(self, lease: int, move: dict[str, Any]) -> None:
        """Note a movement before it is made: pan, tilt, zoom, or a preset; all zero: it stopped."""
        with transaction(self._engine) as connection:
            connection.execute(_MOVE, {"lease": lease, "move": json.dumps(move)})

    def release(self, lease: int) -> None:
        """Let go; once more does no harm."""
        with transaction(self._engine) as connection:
            connection.execute(_RELEASE, {"lease": lease})

    def holders(self, cameras: Sequence[int]) -> dict[int, Holder]:
        """Return who steers which of these cameras now."""
        with transaction(self._engine) as connection:
            rows = connection.execute(_HOLDERS, {"cameras": list(cameras)}).mappings()
            found = [record_of(Holder, row) for row in rows]
        return {holder.camera_id: holder for holder in found}

    def _ask(self, query: Any, given: dict[str, Any]) -> dict[str, Any]:
        with transaction(self._engine) as connection:
            answer: dict[str, Any] = connection.execute(query, given).scalar_one()
            return answer
