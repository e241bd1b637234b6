"""What kept pictures are, and what becomes of them; no Qt, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Sighting:
    """What becomes a report: where, when, and the picture of it (S71)."""

    footage: UUID  # the request key the picture is kept with
    camera_name: str
    camera_code: str
    taken_at: datetime
    territory_id: int | None
    lon: float | None
    lat: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture or clip that was kept; `deleted_on` None: not while the ticket needs it (R701, D8)."""

    id: int
    key: UUID
    ticket_id: int | None
    kind: str  # 'still' or 'clip'
    stream: str
    camera_id: int
    camera_code: str
    camera_name: str
    taken_at: datetime
    taken_until: datetime
    reason: str
    kept_by: str
    unit_id: int
    kept_at: datetime
    original_id: int
    media_type: str
    size: int
    sha256: bytes
    burned_id: int | None
    burned_sha256: bytes | None
    thumb: bytes | None
    blurred_from: int | None
    served_at: datetime | None
    served_by: str | None
    served_reason: str | None
    deleted_on: datetime | None
    purged_at: datetime | None


@dataclass(frozen=True, slots=True)
class Original:
    """What the source system recorded of a time that matters to a ticket, until it is overwritten."""

    id: int
    ticket_id: int
    camera_id: int
    camera_code: str
    camera_name: str
    since: datetime
    until: datetime
    overwritten_at: datetime
    state: str  # 'open', 'asked', 'secured' or 'lost'
    made_by: str
    made_at: datetime
    asked_by: str | None
    asked_at: datetime | None
    asked_of: str | None
    ended_by: str | None
    ended_at: datetime | None
    note: str
