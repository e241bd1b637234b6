"""Pictures that are kept, in the database; no Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, TextClause, text

from console.footage.record import Kept, Original
from console.kit.rows import record_of
from db.stamp import Stamp
from db.transaction import transaction

_STILL = text(
    "select api.keep_still(:view, :key, :ticket, :taken_at, cast(:facts as jsonb), :original, :original_sha,"
    " :burned, :burned_sha, :thumb)"
)
_CLIP = text(
    "select api.keep_clip(:view, :key, :ticket, :taken_at, :taken_until, cast(:facts as jsonb), :original,"
    " :original_sha, :thumb)"
)
_SHIELDED = text(
    "select api.keep_shielded(:footage, :key, :reason, cast(:regions as jsonb), :content, :sha256, :thumb)"
)
_ATTACH = text("select api.attach_footage(:ticket, :footage, :key)")
_OF = text("select * from api.footage_of(:ticket)")
_LOOSE = text("select * from api.loose_footage()")
_LOOK = text("select api.view_footage(:footage, :reason)")
_CONTENT = text("select content from api.attachment(:id)")
_EXPORT = text("select api.export_footage(:footage, :purpose, :reason)")
_STAMP = text("select api.export_stamp(:id)")
_END_EXPORT = text("select api.end_export(:id, :files)")
_SERVED = text("select api.footage_served(:footage, :reason, :served)")
_ORIGINALS = text("select * from api.originals_of(:ticket)")
_NOTE = text("select * from api.note_original(:ticket, :camera, :since, :until)")
_ASK = text("select * from api.ask_original(:claim, :of, :key)")
_SETTLE = text("select * from api.original_secured(:claim, :secured, :note, :key)")


@dataclass(frozen=True, slots=True)
class KeptAs:
    """What became of a picture that was sent."""

    footage: int
    ticket_id: int | None
    camera_name: str


class FootageStore:
    """Each call is one transaction; looking at content takes two, the first of which is the register's."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep_still(self, sent: Mapping[str, Any]) -> KeptAs:
        """Keep a picture once, however often it is sent; the names are those of `api.keep_still`.

        Raises `BadPayload` for what is not as announced, `RightMissing` for a view of somebody else, and
        whatever stands against a note on the ticket.
        """
        return self._keep(_STILL, sent)

    def keep_clip(self, sent: Mapping[str, Any]) -> KeptAs:
        """Keep a clip likewise."""
        return self._keep(_CLIP, sent)

    def keep_shielded(
        self,
        footage: int,
        key: UUID,
        reason: str,
        regions: Sequence[Mapping[str, Any]],
        content: bytes,
        sha256: bytes,
        thumb: bytes,
    ) -> KeptAs:
        """Keep a copy in which regions are shielded; it names the picture or clip it was made from (R706)."""
        sent = {"footage": footage, "key": key, "reason": reason, "regions": json.dumps(list(regions))}
        return self._keep(_SHIELDED, sent | {"content": content, "sha256": sha256, "thumb": thumb})

    def attach(self, ticket: int, footage: int, key: UUID) -> None:
        """Give a picture of mine that has no ticket to one."""
        with transaction(self._engine) as connection:
            connection.execute(_ATTACH, {"ticket": ticket, "footage": footage, "key": key})

    def of_ticket(self, ticket: int) -> tuple[tuple[Kept, ...], tuple[Original, ...]]:
        """Return what was kept for a ticket, the oldest first, and what sources still hold of it."""
        with transaction(self._engine) as connection:
            kept = connection.execute(_OF, {"ticket": ticket}).mappings().all()
            return tuple(record_of(Kept, row) for row in kept), _originals(
                connection, _ORIGINALS, ticket=ticket
            )

    def loose(self) -> tuple[Kept, ...]:
        """Return what I kept and no ticket has, the newest first."""
        with transaction(self._engine) as connection:
            return tuple(record_of(Kept, row) for row in connection.execute(_LOOSE).mappings())

    def content(self, footage: int, attachment: int, reason: str = "") -> bytes:
        """Write into the register that I look at a picture, then return one of its files (R702)."""
        with transaction(self._engine) as connection:
            connection.execute(_LOOK, {"footage": footage, "reason": reason})
        with transaction(self._engine) as connection:
            return bytes(connection.execute(_CONTENT, {"id": attachment}).scalar_one())

    def export(self, footage: int, attachment: int, purpose: str, reason: str) -> tuple[Stamp, bytes]:
        """Write into the register that a picture goes out, and return its mark and the file.

        `purpose` is 'print', 'evidence' or 'publication'. Raises `Refused` 'footage_not_shielded' for a
        picture as it was taken that is to be published.
        """
        with transaction(self._engine) as connection:
            asked = {"footage": footage, "purpose": purpose, "reason": reason}
            entry = connection.execute(_EXPORT, asked).scalar_one()
            stamp = Stamp.of(connection.execute(_STAMP, {"id": entry}).scalar_one())
        with transaction(self._engine) as connection:
            return stamp, bytes(connection.execute(_CONTENT, {"id": attachment}).scalar_one())

    def end_export(self, stamp: Stamp, files: int = 1) -> None:
        """Write into the register that the file or paper is there, or that none came of it."""
        with transaction(self._engine) as connection:
            connection.execute(_END_EXPORT, {"id": stamp.entry, "files": files})

    def mark_served(self, footage: int, reason: str, *, is_served: bool) -> None:
        """Say that a picture has served its purpose, or is needed still (R701)."""
        with transaction(self._engine) as connection:
            connection.execute(_SERVED, {"footage": footage, "reason": reason, "served": is_served})

    def note_original(self, ticket: int, camera: int, since: datetime, until: datetime) -> None:
        """Note that a camera recorded something that matters to a ticket."""
        with transaction(self._engine) as connection:
            connection.execute(_NOTE, {"ticket": ticket, "camera": camera, "since": since, "until": until})

    def ask_original(self, claim: int, asked_of: str, key: UUID) -> None:
        """Say that the source's recording was asked for, and of whom."""
        with transaction(self._engine) as connection:
            connection.execute(_ASK, {"claim": claim, "of": asked_of, "key": key})

    def settle_original(self, claim: int, note: str, key: UUID, *, is_secured: bool) -> None:
        """Say that the recording is in hand, or gone."""
        with transaction(self._engine) as connection:
            asked = {"claim": claim, "secured": is_secured, "note": note, "key": key}
            connection.execute(_SETTLE, asked)

    def _keep(self, query: TextClause, sent: Mapping[str, Any]) -> KeptAs:
        with transaction(self._engine) as connection:
            answer = connection.execute(query, dict(sent)).scalar_one()
        return KeptAs(answer["footage"], answer["ticket_id"], answer["camera_name"])


def _originals(connection: Connection, query: TextClause, **given: object) -> tuple[Original, ...]:
    return tuple(record_of(Original, row) for row in connection.execute(query, given).mappings())
