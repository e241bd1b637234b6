"""Everything a person can trigger in the evidence workspace."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.evidence.checking import CheckingPanel
from console.evidence.record import Entry, Reveal
from console.kit.action import Action, Context
from console.kit.panel import Place

WORKSPACE = "evidence"
CHECKERS = frozenset({"supervisor", "inspector", "leader", "admin"})


HERE: Place[CheckingPanel] = Place("evidence", workspace=WORKSPACE)


def _has_ticket(context: Context) -> bool:
    return HERE.is_here(context) and (
        isinstance(context.selected, Reveal)
        or (isinstance(context.selected, Entry) and context.selected.ticket_id is not None)
    )


ACTIONS = (
    Action(
        "evidence.register",
        QT_TRANSLATE_NOOP("actions", "Show the register"),
        QT_TRANSLATE_NOOP("actions", "Who looked, took out or changed what, when and why"),
        HERE.does(lambda panel: panel.show_register()),
        shortcut="Ctrl+Shift+R",
        duties=CHECKERS,
    ),
    Action(
        "evidence.daily",
        QT_TRANSLATE_NOOP("actions", "Show the reveals by day"),
        QT_TRANSLATE_NOOP("actions", "Each day who revealed which caller with which reason"),
        HERE.does(lambda panel: panel.show_daily()),
        shortcut="Ctrl+Shift+D",
        duties=CHECKERS,
    ),
    Action(
        "evidence.seen",
        QT_TRANSLATE_NOOP("actions", "Seen by me"),
        QT_TRANSLATE_NOOP("actions", "Write into the register that I looked over the day's reveals"),
        HERE.does(lambda panel: panel.see()),
        panel_key="Ctrl+Return",
        duties=CHECKERS,
        needs_link=True,
        enabled=HERE.when(lambda panel: panel.may_tick()),
    ),
    Action(
        "evidence.ticket",
        QT_TRANSLATE_NOOP("actions", "Open the entry's ticket"),
        QT_TRANSLATE_NOOP("actions", "Show the page of the ticket the entry is about"),
        HERE.does(lambda panel: panel.open_ticket()),
        panel_key="Return",
        duties=CHECKERS,
        enabled=_has_ticket,
    ),
    Action(
        "evidence.refresh",
        QT_TRANSLATE_NOOP("actions", "Refresh the register"),
        QT_TRANSLATE_NOOP("actions", "Read the list or the days again"),
        HERE.does(lambda panel: panel.refresh()),
        panel_key="F5",
        duties=CHECKERS,
        needs_link=True,
        enabled=HERE.is_here,
    ),
    Action(
        "evidence.export",
        QT_TRANSLATE_NOOP("actions", "Export the register"),
        QT_TRANSLATE_NOOP("actions", "Write what is asked for to CSV or XLSX; that is registered, too"),
        HERE.does(lambda panel: panel.export()),
        shortcut="Ctrl+Shift+E",
        duties=CHECKERS,
        needs_link=True,
    ),
    Action(
        "evidence.seals",
        QT_TRANSLATE_NOOP("actions", "Print the last seals"),
        QT_TRANSLATE_NOOP(
            "actions", "A sheet to keep away from the server, as proof that nothing was changed"
        ),
        HERE.does(lambda panel: panel.print_seals()),
        shortcut="Ctrl+Shift+A",
        duties=CHECKERS,
        needs_link=True,
    ),
)
