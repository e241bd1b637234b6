"""Everything a person can trigger in the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.kit.action import Action, Context
from console.kit.lamp import Light
from console.ticket.desk_panel import DeskPanel
from console.ticket.queue import QueuePanel
from console.ticket.record import Filter, Order, Ticket

WORKSPACE = "queue"
HISTORY = Filter(open_only=False, order=Order.NEWEST)


def _in_queue(context: Context) -> bool:
    return isinstance(context.panel, QueuePanel)


def _in_list(context: Context) -> bool:
    return isinstance(context.panel, QueuePanel | DeskPanel)


def _release_news(context: Context) -> None:
    if isinstance(context.panel, QueuePanel | DeskPanel):
        context.panel.release_news()


def _on_ticket(context: Context) -> bool:
    return _in_queue(context) and isinstance(context.selected, Ticket)


def _queue(context: Context) -> QueuePanel:
    panel = context.panel if isinstance(context.panel, QueuePanel) else context.host.show_workspace(WORKSPACE)
    if not isinstance(panel, QueuePanel):
        raise TypeError(f"workspace {WORKSPACE} shows {type(panel).__name__}")
    return panel


def _calls(method: Callable[[QueuePanel], None]) -> Callable[[Context], None]:
    def run(context: Context) -> None:
        method(_queue(context))

    return run


def _shows(wanted: Filter) -> Callable[[Context], None]:
    def run(context: Context) -> None:
        _queue(context).show_filter(wanted)

    return run


def _light(light: Light) -> Filter:
    return replace(Filter(), lights=(light,))


QUEUE_ACTIONS = (
    Action(
        "queue.refresh",
        QT_TRANSLATE_NOOP("actions", "Refresh the queue"),
        QT_TRANSLATE_NOOP("actions", "Read the list again; struck rows go, the selection stays"),
        _calls(QueuePanel.refresh),
        shortcut="F5",
        needs_link=True,
        enabled=_in_queue,
    ),
    Action(
        "queue.news",
        QT_TRANSLATE_NOOP("actions", "Show new tickets"),
        QT_TRANSLATE_NOOP("actions", "Let the tickets in that came while you were working"),
        _release_news,
        shortcut="Shift+F5",
        enabled=_in_list,
    ),
    Action(
        "queue.find",
        QT_TRANSLATE_NOOP("actions", "Find in the queue"),
        QT_TRANSLATE_NOOP("actions", "Go to the text filter; in the table also with /"),
        _calls(QueuePanel.focus_text),
        shortcut="Ctrl+F",
        enabled=_in_queue,
    ),
    Action(
        "queue.open",
        QT_TRANSLATE_NOOP("actions", "Open the selected ticket"),
        QT_TRANSLATE_NOOP("actions", "Show its page; in the table also with Enter"),
        _calls(QueuePanel.open_selected),
        shortcut="Ctrl+O",
        enabled=_on_ticket,
    ),
    Action(
        "queue.bulk",
        QT_TRANSLATE_NOOP("actions", "Do something with the selected tickets"),
        QT_TRANSLATE_NOOP("actions", "One action for all selected rows: select with Shift or Ctrl"),
        _calls(QueuePanel.do_with_chosen),
        shortcut="Ctrl+B",
        needs_link=True,
        enabled=_on_ticket,
    ),
    Action(
        "queue.bulk_all",
        QT_TRANSLATE_NOOP("actions", "Do something with the whole list"),
        QT_TRANSLATE_NOOP("actions", "One action for all tickets that match the filter, loaded or not"),
        _calls(QueuePanel.do_with_all),
        shortcut="Ctrl+Shift+B",
        needs_link=True,
        enabled=_in_queue,
    ),
    Action(
        "queue.first",
        QT_TRANSLATE_NOOP("actions", "Go to the first ticket"),
        QT_TRANSLATE_NOOP("actions", "Select the first row; in the table also with Home"),
        _calls(QueuePanel.go_first),
        shortcut="Ctrl+Home",
        enabled=_in_queue,
    ),
    Action(
        "queue.last",
        QT_TRANSLATE_NOOP("actions", "Go to the last ticket"),
        QT_TRANSLATE_NOOP("actions", "Select the last loaded row; in the table also with End"),
        _calls(QueuePanel.go_last),
        shortcut="Ctrl+End",
        enabled=_in_queue,
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
