"""Everything a person can trigger at a desk and at intake, besides the steps of a ticket."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.kit.action import Action, Context
from console.ticket.desk_panel import DeskPanel
from console.ticket.intake import IntakePanel
from console.ticket.intake_endings import REGISTER_KEY


def _at_desk(context: Context) -> bool:
    return isinstance(context.panel, DeskPanel)


def _at_intake(context: Context) -> bool:
    return isinstance(context.panel, IntakePanel)


def _desk(method: Callable[[DeskPanel], None]) -> Callable[[Context], None]:
    def run(context: Context) -> None:
        if isinstance(context.panel, DeskPanel):
            method(context.panel)

    return run


def _register(context: Context) -> None:
    if isinstance(context.panel, IntakePanel):
        context.panel.choose(None)


DESK_ACTIONS = (
    Action(
        "desk.next_ticket",
        QT_TRANSLATE_NOOP("actions", "Next ticket of the list"),
        QT_TRANSLATE_NOOP("actions", "Take the next ticket that still waits"),
        _desk(DeskPanel.next_ticket),
        shortcut="Ctrl+Down",
        enabled=_at_desk,
    ),
    Action(
        "desk.previous_ticket",
        QT_TRANSLATE_NOOP("actions", "Previous ticket of the list"),
        QT_TRANSLATE_NOOP("actions", "Take the ticket before"),
        _desk(DeskPanel.previous_ticket),
        shortcut="Ctrl+Up",
        enabled=_at_desk,
    ),
    Action(
        "desk.next_list",
        QT_TRANSLATE_NOOP("actions", "Next list"),
        QT_TRANSLATE_NOOP("actions", "Go to the next list of the desk"),
        _desk(DeskPanel.next_list),
        shortcut="Alt+PgDown",
        enabled=_at_desk,
    ),
    Action(
        "desk.previous_list",
        QT_TRANSLATE_NOOP("actions", "Previous list"),
        QT_TRANSLATE_NOOP("actions", "Go to the list of the desk before"),
        _desk(DeskPanel.previous_list),
        shortcut="Alt+PgUp",
        enabled=_at_desk,
    ),
    Action(
        "intake.register",
        QT_TRANSLATE_NOOP("actions", "Only register the report"),
        QT_TRANSLATE_NOOP("actions", "Give it a number now and decide later where it goes"),
        _register,
        panel_key=REGISTER_KEY,
        enabled=_at_intake,
    ),
)
