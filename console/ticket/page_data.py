"""All that a ticket's page shows, as of one moment. No Qt, no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.ticket.page_record import AllowedAction, Attachment, Caller, Custody, DueExplained, Event
from console.ticket.record import Ticket


@dataclass(frozen=True, slots=True)
class PageData:
    """One ticket with its history and what may be done next."""

    ticket: Ticket
    events: tuple[Event, ...]
    custody: tuple[Custody, ...]
    attachments: tuple[Attachment, ...]
    allowed: tuple[AllowedAction, ...]
    caller: Caller | None
    merged: tuple[Ticket, ...]
    linked: tuple[Ticket, ...]
    numbers: Mapping[int, str]
    due: DueExplained
    proposed: Mapping[str, Any]  # what a dispatch begins with, by the names of its fields

    def related_ids(self) -> frozenset[int]:
        """Return the tickets whose changes concern this page."""
        return frozenset(ticket.id for ticket in (self.ticket, *self.merged, *self.linked))
