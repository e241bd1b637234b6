"""Taking a ticket, letting go of it, taking it over, taking the next one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.kit.action import Action, Context
from console.ticket.in_hand import InHandPanel
from console.ticket.queue_actions import LISTS
from console.ticket.record import Ticket
from console.ticket.taking import Taking

Asked = Callable[[Taking, Ticket], bool]


def _taking(context: Context) -> Taking | None:
    lists = LISTS.of(context)
    if lists is not None:
        return lists.taking
    return context.panel.taking if isinstance(context.panel, InHandPanel) else None


def _can(asked: Asked, context: Context) -> bool:
    taking, ticket = _taking(context), context.selected
    return taking is not None and isinstance(ticket, Ticket) and asked(taking, ticket)


def _do(run: Callable[[Taking, Ticket], None], context: Context) -> None:
    taking, ticket = _taking(context), context.selected
    if taking is not None and isinstance(ticket, Ticket):
        run(taking, ticket)


def _is_mine(taking: Taking, ticket: Ticket) -> bool:
    return taking.is_mine(ticket.id)


def _take_over(context: Context) -> None:
    """Ask for the reason on the ticket's page."""
    panel = context.panel
    if isinstance(context.selected, Ticket) and not isinstance(panel, InHandPanel):
        panel = context.host.open_ticket(context.selected.id)
    if isinstance(panel, InHandPanel):
        panel.ask("take_over")


CLAIM_ACTIONS = (
    Action(
        "claim.take",
        QT_TRANSLATE_NOOP("actions", "Take this ticket"),
        QT_TRANSLATE_NOOP("actions", "I take this: colleagues see it, and only I decide until I let go"),
        partial(_do, Taking.take),
        shortcut="F8",
        needs_link=True,
        enabled=partial(_can, Taking.can_take),
    ),
    Action(
        "claim.let_go",
        QT_TRANSLATE_NOOP("actions", "Let go of this ticket"),
        QT_TRANSLATE_NOOP("actions", "Leave it to the colleagues again"),
        partial(_do, Taking.let_go),
        shortcut="Shift+F8",
        needs_link=True,
        enabled=partial(_can, _is_mine),
    ),
    Action(
        "claim.take_over",
        QT_TRANSLATE_NOOP("actions", "Take over from a colleague"),
        QT_TRANSLATE_NOOP("actions", "Take a ticket a colleague has taken, with a reason that is registered"),
        _take_over,
        shortcut="Ctrl+F8",
        needs_link=True,
        enabled=partial(_can, Taking.can_take_over),
    ),
    Action(
        "claim.next",
        QT_TRANSLATE_NOOP("actions", "Take the next ticket"),
        QT_TRANSLATE_NOOP("actions", "Take the first ticket of this list that nobody has, and open it"),
        LISTS.does(lambda panel: panel.taking.take_next(panel.filter)),
        shortcut="F9",
        needs_link=True,
        enabled=LISTS.is_here,
    ),
)
