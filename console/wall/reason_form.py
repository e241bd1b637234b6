"""The question before the first picture: why, and for which ticket."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.kit.ime import SafeLineEdit
from console.ticket.record import Ticket
from console.wall.errand import LEAST, Errand, Matter

if TYPE_CHECKING:
    from console.app.session import Session

REASONS = "camera_view"
FOR_TICKET = "ticket"  # the first choice where a ticket is at hand
MOST = 400


class ReasonForm(QFrame):
    """Ask for an errand; Enter goes on, Esc gives up.

    Signals: closed() the question is away, answered or not.
    """

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._then: Callable[[Errand], None] | None = None
        self._matter = Matter()
        self.setProperty("look", "card")
        self._title = QLabel(self.tr("Why do you look? It is written into the register with your name."))
        self._title.setProperty("look", "strong")
        self._title.setWordWrap(True)
        self.reasons = QComboBox()
        self.reasons.setAccessibleName(self.tr("Reason"))
        self.words = SafeLineEdit()
        self.words.setPlaceholderText(self.tr("More in words (may stay empty)"))
        self.words.setMaxLength(MOST)
        self.number = SafeLineEdit()
        self.number.setPlaceholderText(self.tr("Ticket number (may stay empty)"))
        self._problem = QLabel()
        self._problem.setProperty("look", "problem")
        self._problem.setWordWrap(True)
        self.go = QPushButton(self.tr("Open  (Enter)"))
        self.go.setProperty("primary", "true")
        self._cancel = QPushButton(self.tr("Do not open  (Esc)"))
        self._lay_out()
        self._connect()
        self.hide()

    def ask(self, matter: Matter, then: Callable[[Errand], None]) -> None:
        """Ask, and go on with what is answered; another question takes the place of this one."""
        self._then, self._matter = then, matter
        directory = self._session.directory
        self.reasons.clear()
        for reason in directory.reasons.get(REASONS, ()):
            self.reasons.addItem(directory.label(reason), reason.code)
        if matter.ticket_id is not None:
            self.reasons.setCurrentIndex(max(0, self.reasons.findData(FOR_TICKET)))
        self.words.clear()
        self.number.setText(matter.number)
        self._show_problem("")
        self._set_busy(False)
        self.show()
        self.reasons.setFocus()

    @Slot()
    def submit(self) -> None:
        """Go on, when what is said is enough."""
        reason = "：".join(filter(None, (self.reasons.currentText(), self.words.text().strip())))
        if len(reason) < LEAST:
            self._show_problem(self.tr("Say in a few words why."))
            return
        number = self.number.text().strip()
        if not number or number == self._matter.number:
            self._finish(Errand(reason, self._matter.ticket_id if number else None, number))
            return
        self._set_busy(True)
        work = partial(self._session.store.by_number, number)
        self._session.reads.run(work, partial(self._on_ticket, reason), self._on_failed)

    @Slot()
    def give_up(self) -> None:
        """Open nothing."""
        self._then = None
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def _on_ticket(self, reason: str, ticket: Ticket | None) -> None:
        self._set_busy(False)
        if ticket is None:
            self._show_problem(self.tr("There is no ticket with this number for you."))
        else:
            self._finish(Errand(reason, ticket.id, ticket.number))

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        self._show_problem(self._session.sentence(error))

    def _finish(self, errand: Errand) -> None:
        then, self._then = self._then, None
        self.hide()
        if then is not None:
            then(errand)
        self.closed.emit()

    def _show_problem(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def _set_busy(self, is_busy: bool) -> None:
        self.go.setEnabled(not is_busy)

    def _connect(self) -> None:
        self.go.clicked.connect(self.submit)
        self._cancel.clicked.connect(self.give_up)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.reasons, 1)
        row.addWidget(self.number, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._problem, 1)
        foot.addStretch()
        foot.addWidget(self._cancel)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addLayout(row)
        layout.addWidget(self.words)
        layout.addLayout(foot)
