"""What may be done with a ticket: buttons with keys, the form they open, and the way to the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from console.kit.call import Call
from console.kit.flow import FlowLayout
from console.kit.keys import bind_key
from console.ticket.action_form import ActionForm, action_name
from console.ticket.action_keys import ACTION_KEYS
from console.ticket.conflict_card import REAPPLY_KEY, ConflictCard
from console.ticket.page_conflict import conflict_html
from console.ticket.page_data import PageData
from console.ticket.page_record import AllowedAction
from console.ticket.record import Ticket
from db.errors import BadPayload, Conflict

if TYPE_CHECKING:
    from console.app.journal import Journal
    from console.app.session import Session

DRAFT = "act"


class ActionRow(QFrame):
    """The buttons of a ticket's page.

    Signals:
        chosen(AllowedAction): a button or its key was pressed.
    """

    chosen = Signal(object)

    def __init__(self, language: str, gap: int) -> None:
        super().__init__()
        self._language = language
        self._offered: dict[str, AllowedAction] = {}
        self._layout = FlowLayout(gap, self)
        self._buttons: list[QPushButton] = []

    def offered(self) -> Mapping[str, AllowedAction]:
        """Return the offered actions by name."""
        return self._offered

    def offer(self, actions: Sequence[AllowedAction]) -> None:
        """Show exactly these actions; the same ones again leave the buttons alone."""
        if list(self._offered.values()) == list(actions):
            return
        self._offered = {action.action: action for action in actions}
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(action) for action in actions]
        for button in self._buttons:
            self._layout.addWidget(button)

    def choose(self, name: str) -> None:
        """Choose an offered action by name."""
        if name in self._offered:
            self.chosen.emit(self._offered[name])

    def press(self, key: str) -> None:
        """Choose the offered action that has this key."""
        for name in self._offered:
            if ACTION_KEYS.get(name) == key:
                self.chosen.emit(self._offered[name])
                return

    def _button(self, action: AllowedAction) -> QPushButton:
        key = ACTION_KEYS.get(action.action, "")
        button = QPushButton(f"{action_name(action, self._language)}  {key}".rstrip())
        button.setObjectName(f"act_{action.action}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._on_clicked, action))
        return button

    def _on_clicked(self, action: AllowedAction, _checked: bool = False) -> None:
        self.chosen.emit(action)


class ActionDesk(QWidget):
    """Carries an action from the form to the database; what is typed survives conflicts and crashes.

    The form is sent for the version it was begun on. When the ticket changes meanwhile, both sides are shown;
    what is typed stays, goes out for the new version with one key, or is dropped.

    Signals:
        acted(Ticket): the database did it.
        conflicted(): somebody was faster; the page should read the ticket again.
    """

    acted = Signal(object)
    conflicted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ticket: Ticket | None = None
        self._key = uuid4()
        self._page: PageData | None = None
        self._seen: Ticket | None = None  # as it was when the form was opened
        self._version = 0  # what is typed is sent for
        self._is_refused = False  # by a conflict: the next version read is the one to send for
        self.form = ActionForm(session)
        self.conflict = ConflictCard(session)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.conflict)
        layout.addWidget(self.form)
        self.form.closed.connect(self._on_form_closed)
        self.conflict.reapplied.connect(self.reapply)
        self.conflict.dropped.connect(self.drop)
        bind_key(self, REAPPLY_KEY, self.reapply)
        self.form.submitted.connect(self._on_submitted)
        self.form.edited.connect(self._on_edited)

    def set_ticket(self, ticket: Ticket) -> None:
        """Act on this version from now on; an open form keeps what is typed and its own version."""
        self._ticket = ticket

    def set_page(self, page: PageData) -> None:
        """Act on what the page shows; tell when that is no longer what an open form was begun on."""
        self._page = page
        self.set_ticket(page.ticket)
        action, seen = self.form.action, self._seen
        if action is None or seen is None or seen.version >= page.ticket.version:
            return
        is_possible = any(each.action == action.action for each in page.allowed)
        if self._is_refused:
            self._is_refused = False
            self._version = page.ticket.version
        html = conflict_html(self._session.directory, seen, page, action, self.form.payload())
        self.conflict.show_conflict(html, is_possible=is_possible)

    @Slot()
    def reapply(self) -> None:
        """Send what is typed for the version the ticket has now."""
        if self._ticket is not None and not self.conflict.isHidden():
            self._version = self._ticket.version
            self.form.submit()

    @Slot()
    def drop(self) -> None:
        """Give up what is typed."""
        self._session.journal.drop_draft(self._key)
        self._key = uuid4()
        self.form.forget()
        self.form.put_away()

    def ask(self, action: AllowedAction, preset: Mapping[str, Any] | None = None) -> None:
        """Open the form of an action, or do it at once when it needs nothing."""
        if self._ticket is None:
            return
        self._key, kept = self._draft(action)
        self._seen, self._version, self._is_refused = self._ticket, self._ticket.version, False
        if action.needs:
            self.conflict.hide()
            proposed = self._page.proposed if action.action == "dispatch" and self._page else {}
            self.form.ask(action, {**proposed, **(preset or {}), **kept})
        else:
            self._on_submitted(action, {})

    def send(self, action: str, payload: Mapping[str, Any]) -> None:
        """Do something that needs no form of its own."""
        if self._ticket is not None:
            self._submit(action, payload, uuid4(), self._ticket.version)

    @Slot()
    def _on_form_closed(self) -> None:
        self.conflict.hide()

    @Slot(object, object)
    def _on_submitted(self, action: AllowedAction, payload: Mapping[str, Any]) -> None:
        self._submit(action.action, payload, self._key, self._version)

    def _submit(self, action: str, payload: Mapping[str, Any], key: UUID, version: int) -> None:
        assert self._ticket is not None
        call = Call(action, payload, self._ticket.id, version, key)
        self._session.submit(call, partial(self._on_done, key), partial(self._on_failed, key))

    def _on_done(self, key: UUID, ticket: Ticket) -> None:
        self._session.journal.drop_draft(key)
        if key == self._key:
            self._key = uuid4()
            self.form.forget()
            self.form.put_away()
        self.acted.emit(ticket)

    def _on_failed(self, key: UUID, error: Exception) -> None:
        if key != self._key:  # of what was sent before: the form is about something else by now
            self._session.report(error)
            return
        self.form.set_busy(False)
        if not self.form.isVisibleTo(self):
            self._session.report(error)
        elif isinstance(error, BadPayload):
            self.form.show_problem(error.field, self._session.sentence(error))
        else:
            self.form.show_problem(None, self._session.sentence(error))
        if isinstance(error, Conflict):
            self._is_refused = True
            self.conflicted.emit()

    @Slot(object, object)
    def _on_edited(self, action: AllowedAction, payload: Mapping[str, Any]) -> None:
        if self._ticket is not None:
            keep_draft(self._session.journal, self._key, self._ticket.id, action.action, payload)

    def _draft(self, action: AllowedAction) -> tuple[UUID, Mapping[str, Any]]:
        """Find what was typed before for this action on this ticket."""
        for draft in self._session.journal.drafts(DRAFT):
            if draft.data["action"] == action.action and draft.data["ticket_id"] == self._ticket_id():
                return draft.key, draft.data["payload"]
        return uuid4(), {}

    def _ticket_id(self) -> int | None:
        return None if self._ticket is None else self._ticket.id


def keep_draft(journal: Journal, key: UUID, ticket_id: int, action: str, payload: Mapping[str, Any]) -> None:
    """Keep what is typed for an action on a ticket; the page finds it when the action is asked for again."""
    journal.save_draft(key, DRAFT, {"ticket_id": ticket_id, "action": action, "payload": dict(payload)})
