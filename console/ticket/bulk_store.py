"""One action on many tickets: what may be done so, which tickets a list has, and the call; no Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, text

from console.ticket.page_record import AllowedAction, Field
from console.ticket.record import Filter, Order, PageKey, Ticket, TicketId
from db.transaction import transaction

PAGE = 1_000

_ACTIONS = text(
    "select a.code as action, a.name_zh, a.name_en, a.needs, a.rank, a.inverse, t.states from api.actions a,"
    " lateral (select array_agg(t.from_state) as states from api.transitions t"
    "          where t.action = a.code and t.duties && :duties) t"
    " where a.bulk and t.states is not null order by a.rank"
)
_ROWS = text(
    "select id, number, title, version, state, due_at, created_at"
    " from api.tickets_page(cast(:filter as jsonb), :order, cast(:at as timestamptz), :id, :limit)"
)
_ACT = text(
    "select ticket_id, outcome, version, code, message, detail"
    " from api.act_many(:action, :tickets, :versions, :keys, cast(:payload as jsonb))"
)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """An action that may be done with many tickets, and the one that puts everything back, if any."""

    form: AllowedAction
    inverse: str | None
    states: frozenset[str]  # in which these duties may do it


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A ticket to act on, of the version seen."""

    id: TicketId
    number: str
    title: str
    version: int
    state: str = ""  # unknown of what is kept or was done

    @classmethod
    def of(cls, ticket: Ticket) -> BulkRow:
        """Take what is needed of a ticket."""
        return cls(ticket.id, ticket.number, ticket.title, ticket.version, ticket.state)


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of one ticket."""

    ticket_id: TicketId
    outcome: str
    version: int | None
    code: str | None
    message: str | None
    detail: Mapping[str, Any]


class BulkStore:
    """Each call is one short transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def actions(self, duties: Sequence[str]) -> tuple[BulkAction, ...]:
        """Return what these duties may do with many tickets."""
        with transaction(self._engine) as connection:
            rows = connection.execute(_ACTIONS, {"duties": list(duties)}).all()
        return tuple(
            BulkAction(
                AllowedAction(row.action, row.name_zh, row.name_en, _fields(row.action, row.needs), row.rank),
                row.inverse,
                frozenset(row.states),
            )
            for row in rows
        )

    def rows(
        self, wanted: Filter, before: datetime, after: PageKey | None
    ) -> tuple[tuple[BulkRow, ...], PageKey | None]:
        """Return the next page of a list as of a moment, and where the page behind it begins."""
        values = {
            "filter": json.dumps(wanted.to_json() | {"created_to": before.isoformat()}),
            "order": wanted.order,
            "at": after.at if after else None,
            "id": after.id if after else None,
            "limit": PAGE,
        }
        with transaction(self._engine) as connection:
            found = connection.execute(_ROWS, values).all()
        rows = tuple(
            BulkRow(TicketId(row.id), row.number, row.title, row.version, row.state) for row in found
        )
        if len(found) < PAGE:
            return rows, None
        last = found[-1]
        at = last.due_at if wanted.order is Order.DUE else last.created_at
        return rows, PageKey(at, TicketId(last.id))

    def act(
        self, action: str, rows: Sequence[BulkRow], keys: Sequence[UUID], payload: Mapping[str, Any]
    ) -> tuple[BulkOutcome, ...]:
        """Do it; the same keys again return the same outcomes."""
        values = {
            "action": action,
            "tickets": [row.id for row in rows],
            "versions": [row.version for row in rows],
            "keys": list(keys),
            "payload": json.dumps(payload),
        }
        with transaction(self._engine) as connection:
            return tuple(BulkOutcome(*row) for row in connection.execute(_ACT, values))


def _fields(action: str, needs: Sequence[Mapping[str, Any]]) -> tuple[Field, ...]:
    """Read the fields of a form; where no unit is given, the directory names one for each ticket."""
    fields = tuple(Field.of(need) for need in needs)
    if action != "dispatch":
        return fields
    return tuple(replace(field, required=False) if field.name == "unit" else field for field in fields)
