"""Who else is at the ticket of a page, and the claim on it: presence told, reason asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from console.lists.attendance_store import Claim
from console.lists.colleagues import Colleagues
from console.ticket.action_form import ActionForm
from console.ticket.page_record import AllowedAction, Field
from console.ticket.record import TicketId
from console.ticket.taking import Taking

if TYPE_CHECKING:
    from console.app.session import Session

TAKE_OVER = AllowedAction(
    "take_over",
    "接手同事的工单",
    "Take over from a colleague",
    (Field("reason", "line", required=True, max=200),),
    0,
)


class PageClaim(QObject):
    """Follow who is at one ticket; `show_for` says at which.

    Signals: others_changed() the words to show; claim_changed() what may be done may differ.
    """

    others_changed = Signal()
    claim_changed = Signal()

    _ticket_id: TicketId

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._claims: tuple[Claim, ...] = ()
        self.form = ActionForm(session)
        self.form.submitted.connect(self._on_submitted)

    def show_for(self, ticket_id: TicketId) -> None:
        """Be at this ticket, and follow who else is."""
        self._ticket_id = ticket_id
        self._colleagues = Colleagues(self._session, self._shows, self)
        self._colleagues.changed.connect(self._on_changed)
        self.taking = Taking(self._session, self._colleagues, self)
        self._session.attendance.enter(ticket_id)
        self.look()

    def detach(self) -> None:
        """Leave the ticket."""
        self._colleagues.detach()
        self._session.attendance.leave(self._ticket_id)

    def look(self) -> None:
        """Read again who is here."""
        self._colleagues.look((self._ticket_id,))

    def ask(self) -> None:
        """Ask why the ticket is taken from a colleague."""
        self.form.ask(TAKE_OVER, {})

    def words(self) -> str:
        """Say who has taken the ticket and who else is here."""
        directory, me = self._session.directory, self._session.me.login
        who = self._colleagues.of(self._ticket_id)
        parts = []
        for claim in who.claims:
            since = f"{claim.since.astimezone(directory.workdays.tz):%H:%M}"
            words = (
                self.tr("Yours since {time}")
                if claim.login == me
                else self.tr("Taken by {name} since {time}")
            )
            parts.append(words.format(name=directory.staff_name(claim.login), time=since))
        typing = [directory.staff_name(login) for login in who.typing if login != me]
        others = [directory.staff_name(login) for login in who.logins if login not in (me, *who.typing)]
        if typing:
            parts.append(self.tr("Writing here: {names}").format(names="、".join(typing)))
        if others:
            parts.append(self.tr("Also here: {names}").format(names="、".join(others)))
        return " · ".join(parts)

    def is_claimed(self) -> bool:
        """Say whether a colleague's claim binds this person."""
        return self.taking.claim(self._ticket_id) is not None and not self.taking.is_mine(self._ticket_id)

    def _shows(self, ticket_id: TicketId) -> bool:
        return ticket_id == self._ticket_id

    @Slot()
    def _on_changed(self) -> None:
        claims = self._colleagues.of(self._ticket_id).claims
        self.others_changed.emit()
        if claims != self._claims:
            self._claims = claims
            self.claim_changed.emit()

    @Slot(object, object)
    def _on_submitted(self, _action: AllowedAction, payload: Mapping[str, Any]) -> None:
        self._session.attendance.take_over(
            self._ticket_id, payload["reason"], self._on_taken_over, self._on_failed
        )

    def _on_taken_over(self, _answer: None) -> None:
        self.form.forget()
        self.form.put_away()
        self.look()

    def _on_failed(self, error: Exception) -> None:
        self.form.set_busy(False)
        self.form.show_problem("reason", self._session.sentence(error))
