"""The workspaces of the console; panels are imported when first shown."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.app.session import Session
from console.evidence.actions import CHECKERS
from console.kit.panel import Panel
from console.shell.workspaces import Workspace
from console.ticket.record import TicketId

CENTRE = frozenset({"operator", "callback", "supervisor", "inspector", "leader"})


def _queue(session: Session) -> Panel:
    from console.ticket.queue import QueuePanel

    return QueuePanel(session)


def _intake(session: Session) -> Panel:
    from console.ticket.intake import IntakePanel

    return IntakePanel(session)


def _centre_desk(session: Session) -> Panel:
    from console.ticket.centre_desk import CentreDesk

    return CentreDesk(session)


def _unit_desk(session: Session) -> Panel:
    from console.ticket.unit_desk import UnitDesk

    return UnitDesk(session)


def _evidence(session: Session) -> Panel:
    from console.evidence.panel import EvidencePanel

    return EvidencePanel(session)


def _history(session: Session) -> Panel:
    from console.ticket.history import HistoryPanel

    return HistoryPanel(session)


def ticket_page(session: Session, ticket_id: object) -> Panel:
    """Build the page of one ticket."""
    from console.ticket.page import TicketPage

    return TicketPage(session, TicketId(int(str(ticket_id))))


WORKSPACES = (
    Workspace(
        "unit",
        QT_TRANSLATE_NOOP("actions", "Unit desk"),
        QT_TRANSLATE_NOOP("actions", "What my unit holds or assists: sign, contact, answer, return."),
        _unit_desk,
        frozenset({"unit"}),
    ),
    Workspace(
        "queue",
        QT_TRANSLATE_NOOP("actions", "Queue"),
        QT_TRANSLATE_NOOP("actions", "All tickets I may see, live, by light, state, unit, place and text."),
        _queue,
    ),
    Workspace(
        "intake",
        QT_TRANSLATE_NOOP("actions", "Intake"),
        QT_TRANSLATE_NOOP("actions", "Write down what a caller says and decide where it goes."),
        _intake,
        frozenset({"operator", "supervisor"}),
    ),
    Workspace(
        "centre",
        QT_TRANSLATE_NOOP("actions", "Centre desk"),
        QT_TRANSLATE_NOOP("actions", "Dispatch, returns, extensions, holds, reviews and callbacks to do."),
        _centre_desk,
        CENTRE,
    ),
    Workspace(
        "evidence",
        QT_TRANSLATE_NOOP("actions", "Evidence"),
        QT_TRANSLATE_NOOP("actions", "The register: who saw whom, when and why; the reveals day by day."),
        _evidence,
        CHECKERS,
    ),
    Workspace(
        "history",
        QT_TRANSLATE_NOOP("actions", "History"),
        QT_TRANSLATE_NOOP(
            "actions", "All years: figures by month, unit, place or category, the tickets, a file."
        ),
        _history,
    ),
)
