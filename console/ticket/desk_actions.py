"""Everything a person can trigger at a desk and at intake, besides the steps of a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.kit.action import Action
from console.kit.panel import Place
from console.ticket.action_keys import REGISTER_KEY

if TYPE_CHECKING:
    from console.ticket.desk_panel import DeskPanel
    from console.ticket.intake import IntakePanel


DESK: Place[DeskPanel] = Place("desk")
INTAKE: Place[IntakePanel] = Place("intake")


DESK_ACTIONS = (
    Action(
        "desk.next_ticket",
        QT_TRANSLATE_NOOP("actions", "Next ticket of the list"),
        QT_TRANSLATE_NOOP("actions", "Take the next ticket that still waits"),
        DESK.does(lambda panel: panel.next_ticket()),
        shortcut="Ctrl+Down",
        enabled=DESK.is_here,
    ),
    Action(
        "desk.previous_ticket",
        QT_TRANSLATE_NOOP("actions", "Previous ticket of the list"),
        QT_TRANSLATE_NOOP("actions", "Take the ticket before"),
        DESK.does(lambda panel: panel.previous_ticket()),
        shortcut="Ctrl+Up",
        enabled=DESK.is_here,
    ),
    Action(
        "desk.next_list",
        QT_TRANSLATE_NOOP("actions", "Next list"),
        QT_TRANSLATE_NOOP("actions", "Go to the next list of the desk"),
        DESK.does(lambda panel: panel.next_list()),
        shortcut="Alt+PgDown",
        enabled=DESK.is_here,
    ),
    Action(
        "desk.previous_list",
        QT_TRANSLATE_NOOP("actions", "Previous list"),
        QT_TRANSLATE_NOOP("actions", "Go to the list of the desk before"),
        DESK.does(lambda panel: panel.previous_list()),
        shortcut="Alt+PgUp",
        enabled=DESK.is_here,
    ),
    Action(
        "intake.register",
        QT_TRANSLATE_NOOP("actions", "Only register the report"),
        QT_TRANSLATE_NOOP("actions", "Give it a number now and decide later where it goes"),
        INTAKE.does(lambda panel: panel.choose(None)),
        panel_key=REGISTER_KEY,
        enabled=INTAKE.is_here,
    ),
)
