"""All that a ticket's page shows, read in one go. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from console.ticket.record import (
    AllowedAction,
    Attachment,
    Caller,
    Custody,
    DueExplained,
    Event,
    Presence,
    Ticket,
    TicketId,
)
from console.ticket.store import TicketStore


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
    due: DueExplained
    presence: tuple[Presence, ...]

    def related_ids(self) -> frozenset[int]:
        """Return the tickets whose changes concern this page."""
        return frozenset(ticket.id for ticket in (self.ticket, *self.merged, *self.linked))


def load_page(store: TicketStore, ticket_id: TicketId) -> PageData | None:
    """Read a page; None when this person may not see the ticket."""
    found = store.by_ids([ticket_id])
    if not found:
        return None
    ticket = found[0]
    linked = [other for other in (ticket.main_ticket_id, ticket.follows_ticket_id) if other is not None]
    return PageData(
        ticket=ticket,
        events=tuple(store.events(ticket_id)),
        custody=tuple(store.custody(ticket_id)),
        attachments=tuple(store.attachments(ticket_id)),
        allowed=tuple(store.allowed(ticket_id)),
        caller=store.caller(ticket_id),
        merged=tuple(store.merged_into(ticket_id)),
        linked=tuple(store.by_ids(linked)) if linked else (),
        due=store.explain_due(ticket_id),
        presence=tuple(each for each in store.presence() if each.ticket_id == ticket_id),
    )
