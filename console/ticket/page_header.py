"""The head of a ticket's page: light, number, title, marks, both clocks."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from console.directory.record import Directory
from console.kit.flow import FlowLayout
from console.kit.light import LightBadge
from console.kit.theme import Theme
from console.lists.columns import span_text
from console.ticket.page_data import PageData
from console.ticket.page_words import moment_text
from console.ticket.record import Ticket, light_of

CLOCK_GAP = 14


class PageHeader(QWidget):
    """What must be seen at a glance; `tick` moves lights and clocks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = LightBadge(theme)
        self._number = _label("muted")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._title = _label("title")
        self._title.setWordWrap(True)
        self._state = _label("chip")
        self._marks = _label("small")
        self._clocks = (_label(""), _label(""))
        self._others = _label("small")
        self._page: PageData | None = None
        self._directory: Directory | None = None
        self._lay_out()

    def show_page(self, directory: Directory, page: PageData, now: datetime) -> None:
        """Show another state of the ticket."""
        ticket = page.ticket
        self._page, self._directory = page, directory
        self._number.setText(ticket.number)
        self._title.setText(ticket.title)
        self._state.setText(directory.code_name(directory.states, ticket.state))
        self._marks.setText(" · ".join(self._mark_words(ticket)))
        self.tick(now, is_stale=False)

    def show_others(self, words: str, *, is_claimed: bool) -> None:
        """Say who else is here; a colleague's claim stands out."""
        self._others.setText(words)
        look = "problem" if is_claimed else "small"
        if self._others.property("look") != look:
            self._others.setProperty("look", look)
            self._others.style().polish(self._others)

    def tick(self, now: datetime, *, is_stale: bool) -> None:
        """Compare the stored moments with the server's now."""
        if self._page is None or self._directory is None:
            return
        ticket = self._page.ticket
        self._light.set_light(light_of(ticket, now), is_stale=is_stale)
        words = self._clock_words(ticket, self._directory, now)
        for label, text in zip(self._clocks, (*words, ""), strict=False):
            label.setText(text)
            label.setVisible(bool(text))

    def _clock_words(self, ticket: Ticket, directory: Directory, now: datetime) -> list[str]:
        clocks = (
            (self.tr("Contact by"), self.tr("contacted"), ticket.contact_due_at, ticket.contacted_at),
            (self.tr("Answer by"), self.tr("answered"), ticket.answer_due_at, ticket.answered_at),
        )
        zone = directory.workdays.tz
        words = []
        for title, ended, due_at, ended_at in clocks:
            if due_at is None:
                continue
            if ended_at is not None:
                rest = f"{ended} {moment_text(ended_at, zone)}"
            elif ticket.is_open:
                rest = span_text(directory.workdays.span(due_at, now))
            else:
                rest = ""
            words.append(f"{title} {moment_text(due_at, zone)}  {rest}".rstrip())
        return words or [self.tr("No clock runs")]

    def _mark_words(self, ticket: Ticket) -> list[str]:
        marks = (
            (ticket.is_urgent, self.tr("urgent")),
            (ticket.is_complex, self.tr("complex")),
            (ticket.designated, self.tr("designated, may not be returned")),
            (ticket.caller_secret, self.tr("secret caller")),
            (ticket.pending == "refusal", self.tr("refusal proposed")),
            (ticket.pending == "extension", self.tr("extension asked for")),
            (ticket.pending == "hold", self.tr("hold asked for")),
            (ticket.pending == "redo", self.tr("redo proposed")),
            (ticket.red_since is not None, self.tr("was red")),
            (ticket.due_provisional, self.tr("deadline provisional")),
        )
        return [text for holds, text in marks if holds]

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(8)
        for widget in (self._state, self._number, self._marks):
            line.addWidget(widget)
        line.addStretch()
        line.addWidget(self._others)
        layout.addWidget(self._light, 0, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._title, 0, 1)
        layout.addLayout(line, 1, 1)
        clocks = FlowLayout(2)
        layout.addLayout(clocks, 2, 1)
        for label in self._clocks:
            label.setContentsMargins(0, 0, CLOCK_GAP, 0)
            clocks.addWidget(label)
        layout.setColumnStretch(1, 1)


def _label(look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("look", look)
    return label
