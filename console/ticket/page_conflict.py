"""Both sides of a conflict: the ticket as seen and as it is, what is typed, who did what in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.directory.record import Directory
from console.kit.html import cell, heading, table
from console.ticket.field_words import field_word
from console.ticket.page_data import PageData
from console.ticket.page_record import AllowedAction
from console.ticket.page_words import moment_text, value_text
from console.ticket.record import Ticket
from console.ticket.timeline import timeline_html

Word = Callable[[Directory, Ticket], str]


def _moment(name: str) -> Word:
    def word(directory: Directory, ticket: Ticket) -> str:
        moment = getattr(ticket, name)
        return "" if moment is None else moment_text(moment, directory.workdays.tz)

    return word


def _yes(name: str) -> Word:
    def word(_directory: Directory, ticket: Ticket) -> str:
        value = getattr(ticket, name)
        return "" if value is None else value_text(_directory, "", name, value)

    return word


# What people see of a ticket, with the field of a form that speaks of the same thing.
SIDES: tuple[tuple[object, Word, str], ...] = (
    (QT_TRANSLATE_NOOP("conflict", "State"), lambda d, t: d.code_name(d.states, t.state), ""),
    (QT_TRANSLATE_NOOP("conflict", "Held by"), lambda d, t: d.unit_name(t.handler_unit_id), "unit"),
    (
        QT_TRANSLATE_NOOP("conflict", "Assisting units"),
        lambda d, t: "、".join(map(d.unit_name, t.assist_unit_ids)),
        "assist",
    ),
    (QT_TRANSLATE_NOOP("conflict", "Title"), lambda _, t: t.title, "title"),
    (QT_TRANSLATE_NOOP("conflict", "Category"), lambda d, t: d.category_path(t.category_id), "category"),
    (QT_TRANSLATE_NOOP("conflict", "Place"), lambda d, t: d.place_path(t.place_id) or t.place_text, "place"),
    (QT_TRANSLATE_NOOP("conflict", "Urgent"), _yes("is_urgent"), "is_urgent"),
    (QT_TRANSLATE_NOOP("conflict", "Complex"), _yes("is_complex"), "complex"),
    (QT_TRANSLATE_NOOP("conflict", "Contact due"), _moment("contact_due_at"), ""),
    (QT_TRANSLATE_NOOP("conflict", "Answer due"), _moment("answer_due_at"), ""),
    (QT_TRANSLATE_NOOP("conflict", "Caller contacted"), _moment("contacted_at"), "contacted_at"),
    (QT_TRANSLATE_NOOP("conflict", "Solved"), _yes("solved"), "solved"),
)


def conflict_html(
    directory: Directory,
    seen: Ticket,
    page: PageData,
    action: AllowedAction,
    typed: Mapping[str, Any],
) -> str:
    """Return what differs field by field, and the events since the version seen."""
    translate = QCoreApplication.translate
    mine = {name: value_text(directory, action.action, name, value) for name, value in typed.items()}
    rows = []
    for label, word, field in SIDES:
        before, now, own = word(directory, seen), word(directory, page.ticket), mine.get(field, "")
        if before != now or own:
            mine.pop(field, None)
            title = translate("conflict", str(label))
            rows.append(cell(title, "f") + cell(before) + cell(now, "b" if before != now else "") + cell(own))
    for field, own in mine.items():
        rows.append(cell(field_word(field), "f") + cell("") + cell("") + cell(own))
    head = (
        "",
        translate("conflict", "As you saw it"),
        translate("conflict", "Now"),
        translate("conflict", "What you typed"),
    )
    since = [event for event in page.events if event.seq > seen.version]
    return (
        heading(translate("conflict", "The ticket changed while you were writing"))
        + table(rows, head)
        + heading(translate("conflict", "What happened meanwhile"))
        + timeline_html(directory, since, page.numbers)
    )
