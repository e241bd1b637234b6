"""Who is at which ticket, and who has taken it: reads and calls against the api schema; no Qt."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, text

from console.ticket.record import Filter, Ticket, TicketId
from db.transaction import transaction

_AT = text(
    "select ticket_id, login, typing, null::int as unit_id, null::timestamptz as since"
    " from api.presence where ticket_id = any(:ids)"
    " union all select ticket_id, login, false, unit_id, since from api.claims where ticket_id = any(:ids)"
)
_ATTEND = text("select api.attend(:desk, :tickets, :typing)")
_LEAVE = text("select api.leave(:desk)")
_CLAIM = text("select api.claim(:id, :version, :desk, :key)")
_RELEASE = text("select api.release(:id)")
_TAKE_OVER = text("select api.take_over(:id, :desk, :reason, :key)")
_NEXT = text("select * from api.next_ticket(cast(:filter as jsonb), :order, :desk, :key)")


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody of a unit has taken the ticket."""

    unit_id: int
    login: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Attended:
    """Who is at a ticket: everybody who has it open, those of them who type, and who has taken it."""

    logins: tuple[str, ...] = ()
    typing: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()

    def claim_of(self, unit_id: int) -> Claim | None:
        """Return the claim of a unit: it binds the people of that unit only."""
        return next((claim for claim in self.claims if claim.unit_id == unit_id), None)


NOBODY = Attended()


class AttendanceStore:
    """Each call is one short transaction. Who has said good-bye is nowhere, whatever was still on its way."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._in_turn = threading.Lock()  # an `attend` under way must not arrive behind the good-bye
        self._has_left = False

    def who_is_at(self, ids: Iterable[TicketId]) -> Mapping[TicketId, Attended]:
        """Return who is at those of the tickets where anybody is."""
        found: dict[TicketId, list[tuple[str, bool, int | None, datetime]]] = defaultdict(list)
        with transaction(self._engine) as connection:
            for row in connection.execute(_AT, {"ids": list(ids)}):
                found[TicketId(row.ticket_id)].append((row.login, row.typing, row.unit_id, row.since))
        return {ticket: _attended(rows) for ticket, rows in found.items()}

    def attend(self, desk: UUID, tickets: Sequence[TicketId], typing: Sequence[TicketId]) -> None:
        """Say which tickets this console has open; its claims live on by this."""
        values = {"desk": desk, "tickets": list(tickets), "typing": list(typing)}
        with self._in_turn:
            if not self._has_left:
                with transaction(self._engine) as connection:
                    connection.execute(_ATTEND, values)

    def leave(self, desk: UUID) -> None:
        """Say good-bye: whatever this console had open or taken is free at once."""
        with self._in_turn:
            self._has_left = True
            with transaction(self._engine) as connection:
                connection.execute(_LEAVE, {"desk": desk})

    def claim(self, ticket: Ticket, desk: UUID, key: UUID) -> None:
        """Take a ticket of the version seen."""
        values = {"id": ticket.id, "version": ticket.version, "desk": desk, "key": key}
        with transaction(self._engine) as connection:
            connection.execute(_CLAIM, values)

    def release(self, ticket_id: TicketId) -> None:
        """Let go of a ticket."""
        with transaction(self._engine) as connection:
            connection.execute(_RELEASE, {"id": ticket_id})

    def take_over(self, ticket_id: TicketId, desk: UUID, reason: str, key: UUID) -> None:
        """Take a ticket from a colleague, for a reason that is registered."""
        with transaction(self._engine) as connection:
            connection.execute(_TAKE_OVER, {"id": ticket_id, "desk": desk, "reason": reason, "key": key})

    def next_ticket(self, wanted: Filter, desk: UUID, key: UUID) -> Ticket | None:
        """Take the first ticket of a list that nobody has; the same key brings the same one."""
        values = {"filter": json.dumps(wanted.to_json()), "order": wanted.order, "desk": desk, "key": key}
        with transaction(self._engine) as connection:
            row = connection.execute(_NEXT, values).mappings().first()
            return None if row is None else Ticket.of(row)


def _attended(rows: Sequence[tuple[str, bool, int | None, datetime]]) -> Attended:
    present = {login for login, _, unit_id, _ in rows if unit_id is None}
    typing = {login for login, is_typing, _, _ in rows if is_typing}
    claims = [Claim(unit_id, login, since) for login, _, unit_id, since in rows if unit_id is not None]
    return Attended(
        tuple(sorted(present)), tuple(sorted(typing)), tuple(sorted(claims, key=lambda claim: claim.unit_id))
    )
