"""Everything a person can trigger in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.kit.action import Action
from console.kit.panel import Place

if TYPE_CHECKING:
    from console.history.panel import HistoryPanel


HERE: Place[HistoryPanel] = Place("history")

ACTIONS = (
    Action(
        "history.back",
        QT_TRANSLATE_NOOP("actions", "Back in the history"),
        QT_TRANSLATE_NOOP("actions", "Take the last step of narrowing down back"),
        HERE.does(lambda panel: panel.back()),
        shortcut="Alt+Left",
        enabled=HERE.when(lambda panel: panel.can_go_back),
    ),
    Action(
        "history.group",
        QT_TRANSLATE_NOOP("actions", "Figures by the next thing"),
        QT_TRANSLATE_NOOP("actions", "Count by month, unit, place, category, channel, kind or state in turn"),
        HERE.does(lambda panel: panel.next_group()),
        shortcut="Ctrl+G",
        enabled=HERE.is_here,
    ),
    Action(
        "history.find",
        QT_TRANSLATE_NOOP("actions", "Find in the history"),
        QT_TRANSLATE_NOOP("actions", "Go to the text filter of the history; in the table also with /"),
        HERE.does(lambda panel: panel.focus_text()),
        shortcut="Ctrl+Shift+F",
        enabled=HERE.is_here,
    ),
    Action(
        "history.export_csv",
        QT_TRANSLATE_NOOP("actions", "Export the list as CSV"),
        QT_TRANSLATE_NOOP("actions", "Write the tickets of the history's filter into a CSV file"),
        HERE.does(lambda panel: panel.export.ask_csv()),
        shortcut="Ctrl+E",
        needs_link=True,
        enabled=HERE.when(lambda panel: panel.export.can_start),
    ),
    Action(
        "history.export_xlsx",
        QT_TRANSLATE_NOOP("actions", "Export the list as XLSX"),
        QT_TRANSLATE_NOOP("actions", "Write the tickets of the history's filter into an Excel workbook"),
        HERE.does(lambda panel: panel.export.ask_xlsx()),
        shortcut="Ctrl+Shift+X",
        needs_link=True,
        enabled=HERE.when(lambda panel: panel.export.can_start),
    ),
    Action(
        "history.stop_export",
        QT_TRANSLATE_NOOP("actions", "Stop the export"),
        QT_TRANSLATE_NOOP("actions", "Give the export up; no file is left behind"),
        HERE.does(lambda panel: panel.export.cancel()),
        enabled=HERE.when(lambda panel: panel.export.is_running),
    ),
)
