"""What only the page of a ticket asks the database; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from console.kit.rows import record_of
from console.ticket.page_data import PageData
from console.ticket.page_record import (
    AllowedAction,
    Attachment,
    Caller,
    ClockRun,
    CountedDay,
    Custody,
    DueExplained,
    Event,
    Field,
    Segment,
)
from console.ticket.record import Ticket, TicketId
from console.ticket.store import TICKETS_OF
from db.errors import Refused
from db.stamp import Stamp
from db.transaction import together, transaction

_PROPOSE = "select api.propose(%(id)s) as proposed"
_PAGE = (
    "set transaction isolation level repeatable read, read only",
    "select * from api.tickets_of(array[%(id)s::bigint])",
    # Not the facts and seals: most of what 200 events are, and nothing the page shows.
    "select ticket_id, seq, at, actor, unit_id, duty, action, rule, from_state, to_state, payload"
    " from api.events_of(%(id)s)",
    "select * from api.custody where ticket_id = %(id)s order by from_at, leg, role desc",
    "select * from api.attachments where ticket_id = %(id)s order by id",
    "select action, name_zh, name_en, needs, rank from api.allowed(%(id)s) order by rank, action",
    "select * from api.callers where ticket_id = %(id)s",
    "select * from api.merged_into(%(id)s)",
    "select api.explain_due(%(id)s) as due",
)
_BEGIN_SHEET = text("select api.begin_export('ticket_sheet', '{}', '', :id)")
_STAMP = text("select api.export_stamp(:id)")
_END_SHEET = text("select api.end_export(:id, 1)")


class PageStore:
    """Reads one ticket with everything about it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, ticket_id: TicketId) -> PageData | None:
        """Return the page as of one moment; None when this person may not see the ticket."""
        try:
            with transaction(self._engine) as connection:
                return _page(connection, {"id": ticket_id})
        except Refused as error:
            if error.code != "no_such_ticket":
                raise
            return None

    def rehearse(self, ticket_id: TicketId, connections: int) -> None:
        """Read the page on so many of the connections that were used last, and forget it."""
        with ExitStack() as held:
            for link in [held.enter_context(transaction(self._engine)) for _ in range(connections)]:
                _page(link, {"id": ticket_id})

    def begin_sheet(self, ticket_id: TicketId) -> Stamp:
        """Write into the register that the ticket goes on paper, and return the paper's mark."""
        with transaction(self._engine) as connection:
            entry = connection.execute(_BEGIN_SHEET, {"id": ticket_id}).scalar_one()
            return Stamp.of(connection.execute(_STAMP, {"id": entry}).scalar_one())

    def end_sheet(self, stamp: Stamp) -> None:
        """Write into the register that the paper is there."""
        with transaction(self._engine) as connection:
            connection.execute(_END_SHEET, {"id": stamp.entry})


def _page(connection: Connection, of_it: Mapping[str, Any]) -> PageData:
    _, found, happened, custody, files, allowed, callers, merged, (due,) = together(
        connection, [(question, of_it) for question in _PAGE]
    )
    ticket = Ticket.of(found[0])
    stream = tuple(record_of(Event, row) for row in happened)
    linked = [other for other in (ticket.main_ticket_id, ticket.follows_ticket_id) if other is not None]
    mains = [event.payload["main"] for event in stream if event.action == "merge"]
    named = linked + mains
    others = _tickets(together(connection, [(TICKETS_OF, {"ids": named})])[0]) if named else ()
    is_to_go = any(action["action"] == "dispatch" for action in allowed)
    proposed = together(connection, [(_PROPOSE, of_it)])[0][0]["proposed"] if is_to_go else {}
    return PageData(
        ticket=ticket,
        events=stream,
        custody=tuple(record_of(Custody, row) for row in custody),
        attachments=tuple(record_of(Attachment, row) for row in files),
        allowed=tuple(map(_allowed, allowed)),
        caller=record_of(Caller, callers[0]) if callers else None,
        merged=_tickets(merged),
        linked=tuple(other for other in others if other.id in linked),
        numbers={other.id: other.number for other in others if other.id in mains},
        due=_due(due["due"]),
        proposed=proposed,
    )


def _tickets(rows: Sequence[Mapping[str, Any]]) -> tuple[Ticket, ...]:
    return tuple(map(Ticket.of, rows))


def _allowed(row: Mapping[str, Any]) -> AllowedAction:
    return record_of(AllowedAction, row, needs=tuple(Field.of(need) for need in row["needs"]))


def _due(data: Mapping[str, Any]) -> DueExplained:
    return DueExplained(
        contact=_clock(data["contact"]),
        answer=_clock(data["answer"]),
        policy=data["policy"],
        provisional=data["provisional"],
        segments=_segments(data["segments"]),
    )


def _clock(data: Mapping[str, Any] | None) -> ClockRun | None:
    if data is None:
        return None
    days = tuple(
        CountedDay(datetime.fromisoformat(day["day"]).date(), day["counted"], day["notice"] or "")
        for day in data["days"]
    )
    return ClockRun(
        _moment(data["from"]), _moment(data["due_at"]), data["workdays"], _moment(data["ended_at"]), days
    )


def _segments(parts: Sequence[Mapping[str, Any]]) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            part["clock"],
            part["state"],
            datetime.fromisoformat(part["from"]),
            _moment(part["to"]),
            part["reason"] or "",
        )
        for part in parts
    )


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
