"""What the tables of the evidence room show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.evidence.record import Entry, Reveal, RevealDay
from console.evidence.words import about, kind_word, moment, person
from console.kit.table import RIGHT, Column

if TYPE_CHECKING:
    from console.app.session import Session
    from console.directory.record import Directory

ABOUT, REASON = "about", "reason"


def register_columns(session: Session) -> tuple[Column[Entry], ...]:
    """Return the columns of the register."""

    def names() -> Directory:
        return session.directory

    return (
        Column("at", QT_TRANSLATE_NOOP("columns", "When"), lambda e: moment(e.at, names()), 160),
        Column("kind", QT_TRANSLATE_NOOP("columns", "What"), lambda e: kind_word(e.kind), 150),
        Column(
            "who",
            QT_TRANSLATE_NOOP("columns", "Who"),
            lambda e: names().staff_name(e.login),
            90,
            tip=lambda e: person(e.login, names()),
        ),
        Column("number", QT_TRANSLATE_NOOP("columns", "Ticket"), lambda e: e.number or "", 118),
        Column(REASON, QT_TRANSLATE_NOOP("columns", "Why"), lambda e: e.reason, 170, tip=lambda e: e.reason),
        Column(ABOUT, QT_TRANSLATE_NOOP("columns", "About"), lambda e: about(names(), e), 260),
    )


def day_columns() -> tuple[Column[RevealDay], ...]:
    """Return the columns of the days."""
    return (
        Column("day", QT_TRANSLATE_NOOP("columns", "Day"), lambda d: d.day.isoformat(), 92),
        _count(QT_TRANSLATE_NOOP("columns", "Reveals"), "reveals", lambda d: d.reveals),
        _count(QT_TRANSLATE_NOOP("columns", "Persons"), "persons", lambda d: d.persons),
        _count(QT_TRANSLATE_NOOP("columns", "Tickets"), "tickets", lambda d: d.tickets),
        Column("seen", QT_TRANSLATE_NOOP("columns", "By me"), _seen, 90),
    )


def reveal_columns(session: Session) -> tuple[Column[Reveal], ...]:
    """Return the columns of one day's reveals."""
    return (
        Column(
            "at", QT_TRANSLATE_NOOP("columns", "When"), lambda r: moment(r.at, session.directory)[11:], 72
        ),
        Column(
            "who",
            QT_TRANSLATE_NOOP("columns", "Who"),
            lambda r: session.directory.staff_name(r.login),
            90,
            tip=lambda r: person(r.login, session.directory),
        ),
        Column("whom", QT_TRANSLATE_NOOP("columns", "Saw whom"), lambda r: r.caller_label or "–", 130),
        Column("number", QT_TRANSLATE_NOOP("columns", "Ticket"), lambda r: r.number, 118),
        Column(REASON, QT_TRANSLATE_NOOP("columns", "Why"), lambda r: r.reason, 220, tip=lambda r: r.reason),
        Column(
            "title", QT_TRANSLATE_NOOP("columns", "Matter"), lambda r: r.title, 200, tip=lambda r: r.title
        ),
    )


def _count(title: object, key: str, number: Callable[[RevealDay], int]) -> Column[RevealDay]:
    return Column(key, title, lambda day: str(number(day)), 64, align=RIGHT)


def _seen(day: RevealDay) -> str:
    if day.seen_at is None:
        return QCoreApplication.translate("register", "not yet")
    return QCoreApplication.translate("register", "✓ seen")
