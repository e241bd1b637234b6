"""“I take this”: claims as a panel uses them; the database decides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.kit.notices import Notice, Severity
from console.lists.attendance_store import Claim
from console.lists.colleagues import Colleagues
from console.ticket.record import Filter, Ticket, TicketId

if TYPE_CHECKING:
    from console.app.session import Session

CLAIMANTS = frozenset({"operator", "callback", "unit", "clerk", "supervisor", "inspector", "leader"})
OVERRIDERS = frozenset({"supervisor", "leader"})


class Taking(QObject):
    """Take tickets and let go of them.

    Signals: taken(Ticket) the next ticket of a list is this desk's.
    """

    taken = Signal(object)

    def __init__(self, session: Session, colleagues: Colleagues, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._colleagues = colleagues

    def claim(self, ticket_id: TicketId) -> Claim | None:
        """Return the claim that binds this person: the one of the own unit."""
        return self._colleagues.of(ticket_id).claim_of(self._session.me.unit_id)

    def is_mine(self, ticket_id: TicketId) -> bool:
        """Say whether this person has the ticket."""
        claim = self.claim(ticket_id)
        return claim is not None and claim.login == self._session.me.login

    def can_take(self, ticket: Ticket) -> bool:
        """Say whether the ticket is to be had."""
        is_claimant = bool(CLAIMANTS & set(self._session.me.duties))
        return is_claimant and ticket.is_open and self.claim(ticket.id) is None

    def can_take_over(self, ticket: Ticket) -> bool:
        """Say whether a colleague has it and this person may override."""
        claim, me = self.claim(ticket.id), self._session.me
        may = me.scope != "all" or bool(OVERRIDERS & set(me.duties))
        return may and claim is not None and claim.login != me.login

    def take(self, ticket: Ticket) -> None:
        """Take a ticket."""
        done = partial(self._on_done, ticket.id)
        self._session.attendance.claim(ticket, done, self._session.report)

    def let_go(self, ticket: Ticket) -> None:
        """Let go of a ticket."""
        done = partial(self._on_done, ticket.id)
        self._session.attendance.release(ticket.id, done, self._session.report)

    def take_next(self, wanted: Filter) -> None:
        """Take the first ticket of a list that nobody has."""
        self._session.attendance.next_ticket(wanted, self._on_next, self._session.report)

    def _on_done(self, ticket_id: TicketId, _answer: None) -> None:
        self._colleagues.look((ticket_id,))

    def _on_next(self, ticket: Ticket | None) -> None:
        if ticket is None:
            text = self.tr("Nothing is left to take in this list.")
            self._session.notices.post(Notice(Severity.INFO, text))
            return
        self._colleagues.look((ticket.id,))
        self.taken.emit(ticket)
