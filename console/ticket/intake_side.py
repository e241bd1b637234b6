"""Beside the form: who should handle it by when, likely duplicates, what this caller asked before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtWidgets import QWidget

from console.kit.html import HtmlView, cell, heading, link, table
from console.kit.jobs import Latest
from console.kit.keys import bind_key
from console.ticket.intake_record import Duplicate, Suggestion
from console.ticket.intake_values import IntakeValues
from console.ticket.page_words import day_text, moment_text
from console.ticket.record import Ticket, TicketId, TicketState

if TYPE_CHECKING:
    from console.app.session import Session

DEBOUNCE_MS = 250
PHONE_DIGITS = 7
LEAST_WORDS = 4
WITH_KEYS = 5
HISTORY_SHOWN = 12
MERGEABLE = frozenset(
    {
        TicketState.NEW,
        TicketState.TRIAGE,
        TicketState.SENT,
        TicketState.WORK,
        TicketState.RETURN,
        TicketState.CONFER,
        TicketState.SPECIAL,
        TicketState.HOLD,
        TicketState.REVIEW,
        TicketState.CALLBACK,
    }
)


class IntakeSide(HtmlView):
    """Ask while somebody types, never on the GUI thread; only the newest answer counts.

    Signals:
        merge_requested(TicketId): the report is about this ticket's matter.
        open_requested(TicketId): the operator wants to look at a ticket.
    """

    merge_requested = Signal(object)
    open_requested = Signal(object)

    def __init__(self, session: Session, panel: QWidget) -> None:
        super().__init__(session.theme, panel)
        self._session = session
        self._values = IntakeValues()
        self._asked = IntakeValues()
        self._suggestion: Suggestion | None = None
        self._duplicates: Sequence[Duplicate] = ()
        self._history: Sequence[Ticket] = ()
        self._suggestions = Latest(session.reads, self)
        self._likely = Latest(session.reads, self)
        self._histories = Latest(session.reads, self)
        self._timer = QTimer(self, interval=DEBOUNCE_MS, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)
        self.anchorClicked.connect(self._on_link)
        for number in range(WITH_KEYS):
            for keys, slot in (("Ctrl+{}", self._merge_nth), ("Ctrl+Shift+{}", self._open_nth)):
                bind_key(panel, keys.format(number + 1), partial(slot, number))
        self._show()

    @property
    def suggestion(self) -> Suggestion | None:
        """Who should lead, as far as it is known."""
        return self._suggestion

    @property
    def duplicates(self) -> Sequence[Duplicate]:
        """The likely duplicates shown."""
        return self._duplicates

    def look_at(self, values: IntakeValues) -> None:
        """Take what is typed; the questions go out when the typing rests."""
        self._values = values
        if self._asked.phone and not values.phone:  # the next call may be the same caller's: ask anew
            self._on_timeout()
        else:
            self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        values, before = self._values, self._asked
        self._asked = values
        store = self._session.store
        report = self._session.report
        if (values.category_id, values.place_id) != (before.category_id, before.place_id):
            work = partial(store.suggest, values.category_id, values.place_id)
            self._suggestions.run(work, self._on_suggestion, report)
        if values.phone != before.phone:
            if len(values.phone.strip()) >= PHONE_DIGITS:
                phone = partial(store.caller_history, values.phone.strip())
                self._histories.run(phone, self._on_history, report)
            else:
                self._histories.forget()
                self._on_history(())
        if values.hints() != before.hints():
            if _is_telling(values):
                self._likely.run(partial(store.duplicates, values.hints()), self._on_duplicates, report)
            else:
                self._likely.forget()
                self._on_duplicates(())

    def _on_suggestion(self, suggestion: Suggestion) -> None:
        has_category = self._asked.category_id is not None
        self._suggestion = suggestion if has_category else None
        self._show()

    def _on_duplicates(self, duplicates: Sequence[Duplicate]) -> None:
        self._duplicates = duplicates
        self._show()

    def _on_history(self, tickets: Sequence[Ticket]) -> None:
        self._history = tickets
        self._show()

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        kind, _, target = url.toString().partition(":")
        signal = self.merge_requested if kind == "merge" else self.open_requested
        signal.emit(TicketId(int(target)))

    def _merge_nth(self, number: int) -> None:
        if number < len(self._duplicates) and self._duplicates[number].state in MERGEABLE:
            self.merge_requested.emit(self._duplicates[number].ticket_id)

    def _open_nth(self, number: int) -> None:
        if number < len(self._duplicates):
            self.open_requested.emit(self._duplicates[number].ticket_id)

    def _show(self) -> None:
        sections = (
            (self.tr("Who handles it"), self._suggestion_html()),
            (self.tr("Likely the same matter"), self._duplicates_html()),
            (self.tr("Earlier tickets of this caller"), self._history_html()),
        )
        self.show_html("".join(f"{heading(title)}{body}" for title, body in sections))

    def _suggestion_html(self) -> str:
        found, directory = self._suggestion, self._session.directory
        if found is None:
            return _muted(self.tr("Choose a category and a place."))
        zone = directory.workdays.tz
        assisting = "、".join(directory.unit_name(unit_id) for unit_id in found.assist_unit_ids)
        lead = directory.unit_name(found.lead_unit_id) or self.tr("nobody named: to the coordinator")
        rows = (
            (self.tr("Lead"), lead, "b"),
            (self.tr("Assisting"), assisting, ""),
            (self.tr("Basis"), found.basis, ""),
            (
                self.tr("Contact by"),
                moment_text(found.contact_due_at, zone) if found.contact_due_at else "",
                "b",
            ),
            (
                self.tr("Answer by"),
                moment_text(found.answer_due_at, zone) if found.answer_due_at else "",
                "b",
            ),
            ("", self.tr("provisional: that year's notice is not out") if found.provisional else "", "r"),
        )
        return table(cell(label, "m") + cell(text, look) for label, text, look in rows if text)

    def _duplicates_html(self) -> str:
        if not self._duplicates:
            return _muted(self.tr("None in the last 30 days."))
        return "".join(self._duplicate_html(*each) for each in enumerate(self._duplicates, start=1))

    def _duplicate_html(self, number: int, found: Duplicate) -> str:
        directory = self._session.directory
        reasons = {
            "caller": self.tr("same caller"),
            "place_class": self.tr("same place and class"),
            "words": self.tr("similar words"),
        }
        why = " · ".join(reasons.get(reason, reason) for reason in found.reason)
        has_key = number <= WITH_KEYS
        merge = self.tr("merge into it")
        look = self.tr("open")
        links = [link(f"open:{found.ticket_id}", f"{look} Ctrl+Shift+{number}" if has_key else look)]
        if found.state in MERGEABLE:
            links.insert(0, link(f"merge:{found.ticket_id}", f"{merge} Ctrl+{number}" if has_key else merge))
        state = directory.code_name(directory.states, found.state)
        return (
            f'<p style="margin-top:6px"><span class="b">{escape(found.title)}</span></p>'
            f'<p class="m">{escape(found.number)} · {escape(state)} · {escape(why)}</p>'
            f"<p>{' &nbsp; '.join(links)}</p>"
        )

    def _history_html(self) -> str:
        if not self._history:
            return _muted(self.tr("None."))
        directory = self._session.directory
        zone = directory.workdays.tz
        return table(
            cell(day_text(ticket.created_at.astimezone(zone).date()), "m")
            + f"<td>{link(f'open:{ticket.id}', ticket.title)}</td>"
            + cell(directory.code_name(directory.states, ticket.state), "m")
            for ticket in self._history[:HISTORY_SHOWN]
        )


def _is_telling(values: IntakeValues) -> bool:
    has_words = len(values.title.strip()) + len(values.body.strip()) >= LEAST_WORDS
    return has_words or values.place_id is not None or len(values.phone.strip()) >= PHONE_DIGITS


def _muted(text: str) -> str:
    return f'<p class="f">{escape(text)}</p>'
