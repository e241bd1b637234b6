"""What only the page of a ticket asks the database; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Engine, RowMapping, Table, select, text

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
from db import model
from db.stamp import Stamp
from db.transaction import transaction

R = TypeVar("R")

_SNAPSHOT = text("set transaction isolation level repeatable read, read only")
_ALLOWED = text("select action, name_zh, name_en, needs, rank from api.allowed(:id) order by rank, action")
_EVENTS = text("select * from api.events_of(:id)")
_EXPLAIN = text("select api.explain_due(:id)")
_BEGIN_SHEET = text("select api.begin_export('ticket_sheet', '{}', '', :id)")
_STAMP = text("select api.export_stamp(:id)")
_END_SHEET = text("select api.end_export(:id, 1)")


class PageStore:
    """Reads one ticket with everything about it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, ticket_id: TicketId) -> PageData | None:
        """Return the page as of one moment; None when this person may not see the ticket."""
        with transaction(self._engine) as connection:
            connection.execute(_SNAPSHOT)
            found = _tickets(connection, model.tickets.c.id, ticket_id)
            return _page(connection, found[0]) if found else None

    def begin_sheet(self, ticket_id: TicketId) -> Stamp:
        """Write into the register that the ticket goes on paper, and return the paper's mark."""
        with transaction(self._engine) as connection:
            entry = connection.execute(_BEGIN_SHEET, {"id": ticket_id}).scalar_one()
            return Stamp.of(connection.execute(_STAMP, {"id": entry}).scalar_one())

    def end_sheet(self, stamp: Stamp) -> None:
        """Write into the register that the paper is there."""
        with transaction(self._engine) as connection:
            connection.execute(_END_SHEET, {"id": stamp.entry})


def _page(connection: Connection, ticket: Ticket) -> PageData:
    def rows(kind: type[R], table: Table, *order: Any) -> tuple[R, ...]:
        query = select(table).where(table.c.ticket_id == ticket.id).order_by(*order)
        return tuple(record_of(kind, row) for row in connection.execute(query).mappings())

    custody, attachments = model.custody, model.attachments
    callers = rows(Caller, model.callers)
    happened = connection.execute(_EVENTS, {"id": ticket.id}).mappings()
    stream = tuple(record_of(Event, row) for row in happened)
    mains = [TicketId(event.payload["main"]) for event in stream if event.action == "merge"]
    linked = [other for other in (ticket.main_ticket_id, ticket.follows_ticket_id) if other is not None]
    return PageData(
        ticket=ticket,
        events=stream,
        custody=rows(Custody, custody, custody.c.from_at, custody.c.leg, custody.c.role.desc()),
        attachments=rows(Attachment, attachments, attachments.c.id),
        allowed=tuple(map(_allowed, connection.execute(_ALLOWED, {"id": ticket.id}).mappings())),
        caller=callers[0] if callers else None,
        merged=_tickets(connection, model.tickets.c.main_ticket_id, ticket.id),
        linked=_tickets(connection, model.tickets.c.id, *linked) if linked else (),
        numbers={each.id: each.number for each in _tickets(connection, model.tickets.c.id, *mains)}
        if mains
        else {},
        due=_due(connection.execute(_EXPLAIN, {"id": ticket.id}).scalar_one()),
    )


def _tickets(connection: Connection, column: Column[Any], *ids: TicketId) -> tuple[Ticket, ...]:
    query = select(model.tickets).where(column.in_(ids)).order_by(model.tickets.c.id)
    return tuple(Ticket.of(row) for row in connection.execute(query).mappings())


def _allowed(row: RowMapping) -> AllowedAction:
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
