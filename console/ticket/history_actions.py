"""Everything a person can trigger in the history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.kit.action import Action, Context
from console.ticket.history import HistoryPanel


def _in_history(context: Context) -> bool:
    return isinstance(context.panel, HistoryPanel)


def _can_go_back(context: Context) -> bool:
    return isinstance(context.panel, HistoryPanel) and context.panel.can_go_back


def _exports(context: Context) -> bool:
    return isinstance(context.panel, HistoryPanel) and context.panel.export.is_running


def _can_export(context: Context) -> bool:
    return isinstance(context.panel, HistoryPanel) and context.panel.export.can_start


def _calls(method: Callable[[HistoryPanel], None]) -> Callable[[Context], None]:
    def run(context: Context) -> None:
        if isinstance(context.panel, HistoryPanel):
            method(context.panel)

    return run


HISTORY_ACTIONS = (
    Action(
        "history.back",
        QT_TRANSLATE_NOOP("actions", "Back in the history"),
        QT_TRANSLATE_NOOP("actions", "Take the last step of narrowing down back"),
        _calls(HistoryPanel.back),
        shortcut="Alt+Left",
        enabled=_can_go_back,
    ),
    Action(
        "history.group",
        QT_TRANSLATE_NOOP("actions", "Figures by the next thing"),
        QT_TRANSLATE_NOOP("actions", "Count by month, unit, place, category, channel, kind or state in turn"),
        _calls(HistoryPanel.next_group),
        shortcut="Ctrl+G",
        enabled=_in_history,
    ),
    Action(
        "history.find",
        QT_TRANSLATE_NOOP("actions", "Find in the history"),
        QT_TRANSLATE_NOOP("actions", "Go to the text filter of the history; in the table also with /"),
        _calls(HistoryPanel.focus_text),
        shortcut="Ctrl+Shift+F",
        enabled=_in_history,
    ),
    Action(
        "history.export_csv",
        QT_TRANSLATE_NOOP("actions", "Export the list as CSV"),
        QT_TRANSLATE_NOOP("actions", "Write the tickets of the history's filter into a CSV file"),
        _calls(lambda panel: panel.export.ask_csv()),
        shortcut="Ctrl+E",
        needs_link=True,
        enabled=_can_export,
    ),
    Action(
        "history.export_xlsx",
        QT_TRANSLATE_NOOP("actions", "Export the list as XLSX"),
        QT_TRANSLATE_NOOP("actions", "Write the tickets of the history's filter into an Excel workbook"),
        _calls(lambda panel: panel.export.ask_xlsx()),
        shortcut="Ctrl+Shift+X",
        needs_link=True,
        enabled=_can_export,
    ),
    Action(
        "history.stop_export",
        QT_TRANSLATE_NOOP("actions", "Stop the export"),
        QT_TRANSLATE_NOOP("actions", "Give the export up; no file is left behind"),
        _calls(lambda panel: panel.export.cancel()),
        enabled=_exports,
    ),
)
