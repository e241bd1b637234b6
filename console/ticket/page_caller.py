"""The caller in plain sight: for a reason the register keeps, for its minutes, and only while looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from console.kit.clipboard import forget_secrets
from console.ticket.action_form import ActionForm
from console.ticket.page_record import AllowedAction, Field, Identity
from console.ticket.record import TicketId

if TYPE_CHECKING:
    from console.app.session import Session

REVEAL = AllowedAction(
    "reveal", "显示来电人", "Reveal the caller", (Field("reason", "line", required=True, max=200),), 0
)


class CallerSight(QObject):
    """Ask for the caller's identity and forget it in time; `show_for` says of which ticket.

    Signals:
        changed(): the identity came into sight or went out of it.
    """

    changed = Signal()

    _ticket_id: TicketId

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self.identity: Identity | None = None
        self.form = ActionForm(session)
        self.form.submitted.connect(self._on_submitted)

    def show_for(self, ticket_id: TicketId) -> None:
        """Be about the caller of this ticket."""
        self._ticket_id = ticket_id

    def ask(self) -> None:
        """Ask why the caller must be shown."""
        if self.identity is None:
            self.form.ask(REVEAL, {})

    def tick(self, now: datetime) -> None:
        """Forget the identity when its time is over."""
        if self.identity is not None and now >= self.identity.expires_at:
            self.forget()

    def forget(self) -> None:
        """Take the identity out of sight, and out of the clipboard."""
        if self.identity is not None:
            forget_secrets(self.identity.known())
            self.identity = None
            self.changed.emit()

    @Slot(object, object)
    def _on_submitted(self, _action: AllowedAction, payload: Mapping[str, Any]) -> None:
        work = partial(self._session.store.reveal, self._ticket_id, payload["reason"])
        self._session.reads.run(work, self._on_revealed, self._on_failed)

    def _on_revealed(self, identity: Identity) -> None:
        self.form.forget()
        self.form.put_away()
        if self._page.isVisible():  # whoever left meanwhile does not find it lying open
            self.identity = identity
            self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.form.set_busy(False)
        self.form.show_problem("reason", self._session.sentence(error))
