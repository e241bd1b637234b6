"""F1: every action by key, from the registry."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from console.kit.action import Action
from console.kit.ime import SafeLineEdit


class Help(QDialog):
    """A table of key, action and what it does; typing narrows it."""

    def __init__(self, actions: Iterable[Action], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("All keys and actions"))
        self.resize(760, 560)
        self._line = SafeLineEdit(self)
        self._line.setPlaceholderText(self.tr("Narrow the list"))
        self._line.textChanged.connect(self._on_text_changed)
        self.table = QTableWidget(0, 3, self)
        self.table.setHorizontalHeaderLabels([self.tr("Key"), self.tr("Action"), self.tr("What it does")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self._line)
        layout.addWidget(self.table)
        for action in sorted(
            actions, key=lambda action: (not action.shown_key(), action.shown_key(), action.key)
        ):
            self._add(action.shown_key(), action.shown_text().replace("&", ""), action.shown_help())

    def _add(self, *texts: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate(texts):
            self.table.setItem(row, column, QTableWidgetItem(text))

    def _on_text_changed(self, typed: str) -> None:
        for row in range(self.table.rowCount()):
            texts = (self.table.item(row, column) for column in range(self.table.columnCount()))
            line = " ".join(item.text() for item in texts if item is not None)
            self.table.setRowHidden(row, typed.casefold() not in line.casefold())
