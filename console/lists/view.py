"""The queue's table as an operator's hands use it: widths, keys, what stays in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent

from console.kit.view import TableView
from console.lists.columns import WHAT, WHERE
from console.ticket.record import Ticket, TicketId

LEAST_WIDTH, MOST_WIDTH = 30, 600


class QueueView(TableView):
    """The queue's table.

    Signals: text_wanted() the operator types "/".
    """

    text_wanted = Signal()
    shares: Mapping[str, tuple[float, int]] = {WHAT: (0.6, 150), WHERE: (0.4, 100)}

    def widths(self) -> dict[str, int]:
        """Return the widths an operator chooses, by column."""
        keys = enumerate(column.key for column in self._table.columns)
        return {key: self.columnWidth(number) for number, key in keys if key not in self.shares}

    def set_widths(self, widths: Mapping[str, Any]) -> None:
        """Take widths of columns that are still there."""
        for number, column in enumerate(self._table.columns):
            width = widths.get(column.key)
            if column.key not in self.shares and isinstance(width, int):
                self.setColumnWidth(number, min(max(width, LEAST_WIDTH), MOST_WIDTH))
        self.share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/":
            self.text_wanted.emit()
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.go_first()
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self.go_last()
        elif event.key() == Qt.Key.Key_Escape:
            self.clearSelection()
            self.setCurrentIndex(self.rootIndex())
        else:
            super().keyPressEvent(event)

    def anchor(self) -> tuple[Ticket, int] | None:
        """Return the ticket to keep in place and how far down it is: in hand, changed, or topmost."""
        rows, current = self.visible_rows(), self.currentIndex().row()
        if not rows:
            return None
        number = next((row for row in rows if self._table.is_marked(row)), rows.start)
        number = current if current in rows else number
        return self._table.row_at(number), self.rowViewportPosition(number)

    def reveal(self, number: int) -> None:
        """Scroll to a row that has just come in."""
        self.updateGeometries()
        self.scrollTo(self._table.index(number, 0))

    def restore(self, anchor: tuple[Ticket, int] | None) -> None:
        """Scroll so that the anchored ticket stands where it stood."""
        number = None if anchor is None else self._table.row_of(anchor[0].id)
        if anchor is not None and number is not None:
            self.updateGeometries()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(number) - anchor[1])

    def select_more(self, keys: Iterable[TicketId]) -> None:
        """Select these rows too, as far as they are shown; the cursor stays."""
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for key in keys:
            number = self._table.row_of(key)
            if number is not None:
                self.selectionModel().select(self._table.index(number, 0), flags)

    def go_first(self) -> None:
        """Select the first row."""
        self.selectRow(0)

    def go_last(self) -> None:
        """Select the last loaded row."""
        self.selectRow(self.model().rowCount() - 1)
