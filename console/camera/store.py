"""Reads and calls against the database for cameras; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select, text

from console.camera.record import Address, Camera, Opening
from console.directory.record import Code
from console.kit.rows import names_of, record_of
from db import model
from db.transaction import transaction

_OPEN = text("select api.open_camera(:camera, :reason, :ticket, :stream, :kind, :view)")
_KEEP = text("select api.keep_views(:views)")
_CLOSE = text("select api.close_view(:view)")


class CameraStore:
    """Everything the camera room asks; each call is one transaction, an opening two."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def cameras(self, ids: Iterable[int]) -> list[Camera]:
        """Return those of the cameras that this person may see, in the order asked for."""
        wanted = list(ids)
        table = model.cameras
        query = select(*(table.c[name] for name in names_of(Camera))).where(table.c.id.in_(wanted))
        with transaction(self._engine) as connection:
            found = {row["id"]: record_of(Camera, row) for row in connection.execute(query).mappings()}
        return [found[camera] for camera in wanted if camera in found]

    def sources(self) -> dict[str, Code]:
        """Return the systems cameras come from, by their codes."""
        table = model.camera_sources
        query = select(*(table.c[name] for name in names_of(Code))).order_by(table.c.rank)
        with transaction(self._engine) as connection:
            return {row["code"]: record_of(Code, row) for row in connection.execute(query).mappings()}

    def open(
        self, camera: int, reason: str, ticket: int | None = None, stream: str = "sub", kind: str = "live"
    ) -> Opening:
        """Write a new view into the register and return where its stream is had (R702).

        `stream` is 'main' or 'sub'; `kind` 'live', 'patrol', 'still', 'clip' or 'ptz'.

        Raises `BadPayload` for a reason below four characters, and `Refused`: 'no_such_camera',
        'camera_inactive', 'camera_no_address', 'camera_views_many', 'off_duty'.
        """
        asked = {"camera": camera, "reason": reason, "ticket": ticket, "stream": stream, "kind": kind}
        registered = self._ask(asked | {"view": None})
        return self._opening(camera, self._ask(asked | {"view": registered["view"]}))

    def renew(self, opening: Opening) -> Opening:
        """Return fresh addresses of a view that goes on; `Refused` 'camera_view_over' when it does not."""
        asked = {"camera": opening.camera, "reason": None, "ticket": None, "stream": None, "kind": None}
        return self._opening(opening.camera, self._ask(asked | {"view": opening.view}))

    def keep(self, views: Iterable[int]) -> frozenset[int]:
        """Say at least every half minute which views go on; return those that may (at most 100 at once)."""
        with transaction(self._engine) as connection:
            return frozenset(connection.execute(_KEEP, {"views": list(views)}).scalars())

    def close(self, view: int) -> None:
        """End a view: the register learns how long it was. Once more does no harm."""
        with transaction(self._engine) as connection:
            connection.execute(_CLOSE, {"view": view})

    def _ask(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        with transaction(self._engine) as connection:
            answer: dict[str, Any] = connection.execute(_OPEN, asked).scalar_one()
            return answer

    def _opening(self, camera: int, answer: Mapping[str, Any]) -> Opening:
        addresses = tuple(Address(each["protocol"], each["address"]) for each in answer["alternatives"])
        return Opening(
            view=answer["view"],
            camera=camera,
            addresses=addresses,
            credential=answer["credential"],
            expires_at=datetime.fromisoformat(answer["expires_at"]),
            retention_days=answer["retention_days"],
        )
