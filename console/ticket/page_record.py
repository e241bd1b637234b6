"""What the console knows of one ticket beside its row: steps, custody, files, actions, clocks, its caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from console.ticket.record import TicketId


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the append-only stream of a ticket."""

    ticket_id: TicketId
    seq: int
    at: datetime
    actor: str
    unit_id: int | None
    duty: str
    action: str
    rule: str
    from_state: str | None
    to_state: str | None
    payload: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Custody:
    """Which unit held the ticket, how long, and how it ended."""

    ticket_id: TicketId
    leg: int
    unit_id: int
    role: str
    from_at: datetime
    to_at: datetime | None
    ended_by: str | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file without its content."""

    id: int
    ticket_id: TicketId
    name: str
    media_type: str
    size: int
    sha256: bytes
    added_at: datetime
    added_by: str
    footage_id: int | None = None  # of a picture kept from a camera: looked at on a row of the register


@dataclass(frozen=True, slots=True)
class Field:
    """One field an action's payload needs."""

    name: str
    type: str
    required: bool = False
    list: str | None = None
    max: int | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Build from one entry of core.action.needs."""
        return cls(data["name"], data["type"], bool(data.get("required")), data.get("list"), data.get("max"))


@dataclass(frozen=True, slots=True)
class AllowedAction:
    """An action the database would accept from this person now."""

    action: str
    name_zh: str
    name_en: str
    needs: tuple[Field, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request key."""

    known: bool
    ticket_id: TicketId | None = None
    action: str | None = None
    event_seq: int | None = None
    at: datetime | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a clock, whether it counted and by which notice."""

    day: date
    counted: bool
    notice: str


@dataclass(frozen=True, slots=True)
class ClockRun:
    """One clock of a ticket: when it started, how it counts, when it is due."""

    from_at: datetime | None
    due_at: datetime | None
    workdays: int | None
    ended_at: datetime | None
    days: tuple[CountedDay, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch in which a clock ran, was held, or had ended."""

    clock: str
    state: str
    from_at: datetime
    to_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class DueExplained:
    """Why a ticket is due when it is due."""

    contact: ClockRun | None
    answer: ClockRun | None
    policy: Mapping[str, Any] = field(hash=False)
    provisional: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Caller:
    """Masked identity of a caller."""

    ticket_id: TicketId
    name_masked: str | None
    phone_masked: str | None
    is_anonymous: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Plain identity of a caller, revealed until a moment and written into the register."""

    name: str | None
    phone: str | None
    address: str | None
    id_number: str | None
    expires_at: datetime

    def known(self) -> tuple[str, ...]:
        """Return what there is of it."""
        return tuple(part for part in (self.name, self.phone, self.address, self.id_number) if part)
