"""What helps while a report is written down: likely duplicates, and who should have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.ticket.record import TicketId, TicketState


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A ticket of the last days that may be about the same matter."""

    ticket_id: TicketId
    number: str
    title: str
    state: TicketState
    reason: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who should lead, who assists, by what law, due when."""

    lead_unit_id: int | None
    assist_unit_ids: tuple[int, ...]
    basis: str
    contact_due_at: datetime | None
    answer_due_at: datetime | None
    provisional: bool
