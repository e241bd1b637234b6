"""Everything a person can trigger in the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.kit.action import Action, Context
from console.kit.lamp import Light
from console.kit.panel import Place
from console.ticket.record import Filter, Order, Ticket

if TYPE_CHECKING:
    from console.ticket.desk_panel import DeskPanel
    from console.ticket.queue import QueuePanel

WORKSPACE = "queue"
HISTORY = Filter(open_only=False, order=Order.NEWEST)


QUEUE: Place[QueuePanel] = Place("queue", workspace=WORKSPACE)
LISTS: Place[QueuePanel | DeskPanel] = Place("queue", "desk")


def _on_ticket(context: Context) -> bool:
    return QUEUE.is_here(context) and isinstance(context.selected, Ticket)


def _shows(wanted: Filter) -> Callable[[Context], None]:
    return QUEUE.does(lambda panel: panel.show_filter(wanted))


def _light(light: Light) -> Filter:
    return replace(Filter(), lights=(light,))


QUEUE_ACTIONS = (
    Action(
        "queue.refresh",
        QT_TRANSLATE_NOOP("actions", "Refresh the queue"),
        QT_TRANSLATE_NOOP("actions", "Read the list again; struck rows go, the selection stays"),
        QUEUE.does(lambda panel: panel.refresh()),
        shortcut="F5",
        needs_link=True,
        enabled=QUEUE.is_here,
    ),
    Action(
        "queue.news",
        QT_TRANSLATE_NOOP("actions", "Show new tickets"),
        QT_TRANSLATE_NOOP("actions", "Let the tickets in that came while you were working"),
        LISTS.does(lambda panel: panel.release_news()),
        shortcut="Shift+F5",
        enabled=LISTS.is_here,
    ),
    Action(
        "queue.find",
        QT_TRANSLATE_NOOP("actions", "Find in the queue"),
        QT_TRANSLATE_NOOP("actions", "Go to the text filter; in the table also with /"),
        QUEUE.does(lambda panel: panel.focus_text()),
        shortcut="Ctrl+F",
        enabled=QUEUE.is_here,
    ),
    Action(
        "queue.open",
        QT_TRANSLATE_NOOP("actions", "Open the selected ticket"),
        QT_TRANSLATE_NOOP("actions", "Show its page; in the table also with Enter"),
        QUEUE.does(lambda panel: panel.open_selected()),
        shortcut="Ctrl+O",
        enabled=_on_ticket,
    ),
    Action(
        "queue.bulk",
        QT_TRANSLATE_NOOP("actions", "Do something with the selected tickets"),
        QT_TRANSLATE_NOOP("actions", "One action for all selected rows: select with Shift or Ctrl"),
        QUEUE.does(lambda panel: panel.do_with_chosen()),
        shortcut="Ctrl+B",
        needs_link=True,
        enabled=_on_ticket,
    ),
    Action(
        "queue.bulk_all",
        QT_TRANSLATE_NOOP("actions", "Do something with the whole list"),
        QT_TRANSLATE_NOOP("actions", "One action for all tickets that match the filter, loaded or not"),
        QUEUE.does(lambda panel: panel.do_with_all()),
        shortcut="Ctrl+Shift+B",
        needs_link=True,
        enabled=QUEUE.is_here,
    ),
    Action(
        "queue.first",
        QT_TRANSLATE_NOOP("actions", "Go to the first ticket"),
        QT_TRANSLATE_NOOP("actions", "Select the first row; in the table also with Home"),
        QUEUE.does(lambda panel: panel.go_first()),
        shortcut="Ctrl+Home",
        enabled=QUEUE.is_here,
    ),
    Action(
        "queue.last",
        QT_TRANSLATE_NOOP("actions", "Go to the last ticket"),
        QT_TRANSLATE_NOOP("actions", "Select the last loaded row; in the table also with End"),
        QUEUE.does(lambda panel: panel.go_last()),
        shortcut="Ctrl+End",
        enabled=QUEUE.is_here,
    ),
    Action(
        "queue.all",
        QT_TRANSLATE_NOOP("actions", "Show all open tickets"),
        QT_TRANSLATE_NOOP("actions", "Show the open queue without any filter"),
        _shows(Filter()),
    ),
    Action(
        "queue.red",
        QT_TRANSLATE_NOOP("actions", "Show overdue tickets"),
        QT_TRANSLATE_NOOP("actions", "Show the open tickets with a red light"),
        _shows(_light(Light.RED)),
    ),
    Action(
        "queue.yellow",
        QT_TRANSLATE_NOOP("actions", "Show tickets due soon"),
        QT_TRANSLATE_NOOP("actions", "Show the open tickets with a yellow light"),
        _shows(_light(Light.YELLOW)),
    ),
    Action(
        "queue.mine",
        QT_TRANSLATE_NOOP("actions", "Show my unit's tickets"),
        QT_TRANSLATE_NOOP("actions", "Show the open tickets my unit holds or assists"),
        _shows(Filter(mine=True)),
    ),
    Action(
        "queue.history",
        QT_TRANSLATE_NOOP("actions", "Show the history"),
        QT_TRANSLATE_NOOP("actions", "Show all tickets, the newest first"),
        _shows(HISTORY),
    ),
)
