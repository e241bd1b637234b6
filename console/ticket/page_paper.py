"""A ticket as it goes on paper."""

from __future__ import annotations

from datetime import datetime
from html import escape

from PySide6.QtCore import QCoreApplication

from console.directory.record import Directory
from console.kit.html import heading
from console.ticket.page_data import PageData
from console.ticket.page_record import Identity
from console.ticket.page_sheet import sheet_html
from console.ticket.page_words import moment_text
from console.ticket.timeline import timeline_html

translate = QCoreApplication.translate


def paper_html(directory: Directory, page: PageData, identity: Identity | None, now: datetime) -> str:
    """Return the sheet with its head and its history, without anything to click."""
    ticket, zone = page.ticket, directory.workdays.tz
    clocks = (
        (translate("paper", "Contact by {moment}"), ticket.contact_due_at),
        (translate("paper", "Answer by {moment}"), ticket.answer_due_at),
    )
    facts = [ticket.number, directory.code_name(directory.states, ticket.state)]
    facts += [text.format(moment=moment_text(due_at, zone)) for text, due_at in clocks if due_at is not None]
    head = f'<h3>{escape(ticket.title)}</h3><p class="m">{escape(" · ".join(facts))}</p>'
    sheet = sheet_html(directory, page, identity, now, is_paper=True)
    history = heading(translate("paper", "History, newest first"))
    return f"{head}{sheet}{history}{timeline_html(directory, page.events, page.numbers)}"
