"""What the ticket table shows of a row, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.directory.calendar import Span, Unit
from console.kit.table import Column
from console.lists.colleagues import Colleagues
from console.lists.hits import Found, snippet, spans
from console.ticket.record import Ticket, light_of

if TYPE_CHECKING:
    from console.app.session import Session

WHAT, WHERE = "what", "where"
SOUGHT = frozenset({"number", WHAT, WHERE, "who"})  # where a search may have found its words
MINUTE, HOUR, DAY = 60, 3600, 86400

LEFT = {
    Unit.WORKDAYS: QT_TRANSLATE_NOOP("ticket", "{n} wd left"),
    Unit.HOURS: QT_TRANSLATE_NOOP("ticket", "{n} h left"),
    Unit.MINUTES: QT_TRANSLATE_NOOP("ticket", "{n} min left"),
}
LATE = {
    Unit.WORKDAYS: QT_TRANSLATE_NOOP("ticket", "{n} wd over"),
    Unit.HOURS: QT_TRANSLATE_NOOP("ticket", "{n} h over"),
    Unit.MINUTES: QT_TRANSLATE_NOOP("ticket", "{n} min over"),
}
PENDING = {
    "refusal": QT_TRANSLATE_NOOP("ticket", "refusal to confirm"),
    "extension": QT_TRANSLATE_NOOP("ticket", "extension to decide"),
    "hold": QT_TRANSLATE_NOOP("ticket", "hold to decide"),
    "redo": QT_TRANSLATE_NOOP("ticket", "redo to decide"),
}


def tr(text: object) -> str:
    """Translate a marked text of the ticket room."""
    return QCoreApplication.translate("ticket", str(text))


def span_text(span: Span) -> str:
    """Say how much working time is left or has passed."""
    return tr((LATE if span.is_late else LEFT)[span.unit]).format(n=span.amount)


def age_text(created_at: datetime, now: datetime) -> str:
    """Say how old a ticket is, in its largest whole unit."""
    seconds = max(0, int((now - created_at).total_seconds()))
    if seconds >= DAY:
        return QCoreApplication.translate("ticket", "{n} d").format(n=seconds // DAY)
    if seconds >= HOUR:
        return QCoreApplication.translate("ticket", "{n} h").format(n=seconds // HOUR)
    return QCoreApplication.translate("ticket", "{n} min").format(n=seconds // MINUTE)


class Words:
    """The texts of a ticket at this desk: its directory, its clock, the colleagues present."""

    def __init__(self, session: Session, colleagues: Colleagues) -> None:
        self._session = session
        self._colleagues = colleagues
        self.sought: tuple[str, ...] = ()

    def spans(self, text: str) -> tuple[Found, ...]:
        """Return where the words sought stand in a text."""
        return spans(text, self.sought)

    def light(self, ticket: Ticket) -> str:
        """Return the light now."""
        return light_of(ticket, self._session.clock.now())

    def age(self, ticket: Ticket) -> str:
        """Return the age."""
        return age_text(ticket.created_at, self._session.clock.now())

    def title(self, ticket: Ticket) -> str:
        """Return the title, urgent ones marked."""
        if ticket.is_urgent:
            return QCoreApplication.translate("ticket", "‼ {title}").format(title=ticket.title)
        return ticket.title

    def title_tip(self, ticket: Ticket) -> str:
        """Return the title in full, and what of the text was sought."""
        return "\n".join(filter(None, (ticket.title, snippet(ticket.body, self.sought))))

    def title_note(self, ticket: Ticket) -> str:
        """Return the category; where only the text has what was sought, that part of it."""
        if not self.sought or spans(ticket.title, self.sought):
            return self.category(ticket)
        return snippet(ticket.body, self.sought) or self.category(ticket)

    def category(self, ticket: Ticket) -> str:
        """Return the category's name."""
        return self._session.directory.category_name(ticket.category_id)

    def place(self, ticket: Ticket) -> str:
        """Return street › 管区 › grid, or what the caller said."""
        return self._session.directory.place_path(ticket.place_id) or ticket.place_text

    def holder(self, ticket: Ticket) -> str:
        """Return the unit that holds the ticket."""
        return self._session.directory.unit_name(ticket.handler_unit_id)

    def due(self, ticket: Ticket) -> str:
        """Return the working time to the next due moment."""
        if ticket.due_at is None:
            return ""
        span = self._session.directory.workdays.span(ticket.due_at, self._session.clock.now())
        return span_text(span)

    def due_note(self, ticket: Ticket) -> str:
        """Say which clock is next where it is not the answer's, and whether the day may still move."""
        if ticket.due_at is None:
            return ""
        is_contact = ticket.due_at == ticket.contact_due_at and ticket.due_at != ticket.answer_due_at
        if is_contact and ticket.due_provisional:
            return QCoreApplication.translate("ticket", "contact, provisional")
        if is_contact:
            return QCoreApplication.translate("ticket", "contact")
        return QCoreApplication.translate("ticket", "provisional") if ticket.due_provisional else ""

    def due_tip(self, ticket: Ticket) -> str:
        """Return the due moment in full."""
        if ticket.due_at is None:
            return ""
        local = ticket.due_at.astimezone(self._session.directory.workdays.tz)
        return QCoreApplication.translate("ticket", "Due {moment}").format(
            moment=f"{local:%Y-%m-%d %H:%M:%S}"
        )

    def state(self, ticket: Ticket) -> str:
        """Return the state."""
        return self._session.directory.code_name(self._session.directory.states, ticket.state)

    def pending(self, ticket: Ticket) -> str:
        """Return what waits for a decision."""
        return tr(PENDING[ticket.pending]) if ticket.pending else ""

    def channel(self, ticket: Ticket) -> str:
        """Return the channel."""
        return self._session.directory.code_name(self._session.directory.channels, ticket.channel)

    def colleagues(self, ticket: Ticket) -> str:
        """Return in short who has taken the ticket (●), who writes (…), and who else has it open."""
        who, me = self._colleagues.of(ticket.id), self._session.me.login
        claimants = [claim.login for claim in who.claims]
        mine = QCoreApplication.translate("ticket", "me")
        marks = ["●" + (mine if login == me else self._initials(login)) for login in claimants]
        marks += [
            self._initials(login) + ("…" if login in who.typing else "")
            for login in who.logins
            if login != me and (login in who.typing or login not in claimants)
        ]
        return " ".join(marks)

    def colleagues_tip(self, ticket: Ticket) -> str:
        """Say the same in full."""
        who, me = self._colleagues.of(ticket.id), self._session.me.login
        directory, lines = self._session.directory, []
        for claim in who.claims:
            since = f"{claim.since.astimezone(directory.workdays.tz):%H:%M}"
            text = QCoreApplication.translate("ticket", "Taken by {name} since {time}")
            lines.append(text.format(name=directory.staff_name(claim.login), time=since))
        for login in who.logins:
            if login != me:
                writes = QCoreApplication.translate("ticket", "{name} is writing here")
                looks = QCoreApplication.translate("ticket", "{name} has it open")
                lines.append(
                    (writes if login in who.typing else looks).format(name=directory.staff_name(login))
                )
        return "\n".join(lines)

    def _initials(self, login: str) -> str:
        name = self._session.directory.staff_name(login)
        return name[-2:] if not name.isascii() else "".join(part[0] for part in name.split())[:2].upper()


def queue_columns(words: Words) -> tuple[Column[Ticket], ...]:
    """Return the columns of the queue: what a small screen cuts off stands last."""
    return (
        Column("light", QT_TRANSLATE_NOOP("columns", "Light"), lambda _: "", 44, light=words.light),
        Column("number", QT_TRANSLATE_NOOP("columns", "Number"), lambda t: t.number, 118),
        Column("due", QT_TRANSLATE_NOOP("columns", "Next due"), words.due, 150, tip=words.due_tip),
        Column("age", QT_TRANSLATE_NOOP("columns", "Age"), words.age, 66),
        Column(
            "colleagues",
            QT_TRANSLATE_NOOP("columns", "Open at"),
            words.colleagues,
            72,
            tip=words.colleagues_tip,
        ),
        Column(WHAT, QT_TRANSLATE_NOOP("columns", "Matter"), words.title, 380, tip=words.title_tip),
        Column(WHERE, QT_TRANSLATE_NOOP("columns", "Place"), words.place, 240, tip=words.place),
        Column("who", QT_TRANSLATE_NOOP("columns", "Held by"), words.holder, 108, tip=words.holder),
        Column("state", QT_TRANSLATE_NOOP("columns", "State"), words.state, 122, tip=words.pending),
        Column("channel", QT_TRANSLATE_NOOP("columns", "Channel"), words.channel, 92, tip=words.channel),
    )


def queue_notes(words: Words) -> dict[str, Callable[[Ticket], str]]:
    """Return what stands, quieter, behind the text of a column."""
    return {WHAT: words.title_note, "due": words.due_note, "state": words.pending}
