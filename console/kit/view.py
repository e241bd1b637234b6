"""The one table view: identity selection, lights that move with the clock, stale look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from console.kit.clock import Clock
from console.kit.light import LightDelegate
from console.kit.table import LIGHT_ROLE, ROW_ROLE, Index, TableModel
from console.kit.theme import Theme

_HEADER = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TableView(QTableView):
    """Show a TableModel.

    Signals: row_selected(row or None) the current row changed; row_opened(row) Enter or double click.
    """

    row_selected = Signal(object)
    row_opened = Signal(object)
    shares: Mapping[str, tuple[float, int]] = {}  # by column, of the width the others leave, and the least

    def __init__(
        self,
        model: TableModel[Any],
        theme: Theme,
        clock: Clock,
        parent: QWidget | None = None,
        *,
        delegate: LightDelegate | None = None,
    ) -> None:
        super().__init__(parent)
        self._table = model
        self._delegate = delegate or LightDelegate(theme, self)
        self._minute = clock.now().minute
        self._lights: dict[int, object] = {}
        self._light_columns = tuple(n for n, column in enumerate(model.columns) if column.light is not None)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        # Fixed heights: a header that asks each row for its size costs more than painting.
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.size("row"))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(_HEADER)
        for number, column in enumerate(model.columns):
            self.setColumnWidth(number, column.width)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_opened)
        clock.ticked.connect(self._on_ticked)

    def selected_row(self) -> Any:
        """Return the current row object, None without one."""
        return self.currentIndex().data(ROW_ROLE)

    def select_key(self, key: object) -> bool:
        """Select a row by its key; False when it is not shown."""
        number = self._table.row_of(key)
        if number is not None:
            self.selectRow(number)
        return number is not None

    def visible_rows(self) -> range:
        """Return the numbers of the rows in sight."""
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return (
            range(0) if first < 0 else range(first, (last if last >= 0 else self._table.rowCount() - 1) + 1)
        )

    def set_stale(self, is_stale: bool) -> None:
        """Show that what is seen may be old: lights become outlines."""
        self._delegate.is_stale = is_stale
        self.viewport().update()

    def share_width(self) -> None:
        """Give the columns of `shares` what the others leave."""
        keys = [column.key for column in self._table.columns]
        widths = (self.columnWidth(number) for number, key in enumerate(keys) if key not in self.shares)
        rest = self.viewport().width() - sum(widths)
        for key, (share, least) in self.shares.items():
            self.setColumnWidth(keys.index(key), max(least, int(rest * share)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew, and keep the row in hand in sight when the room shrinks."""
        current = self.currentIndex()
        top = self.rowViewportPosition(current.row())
        was_seen = current.isValid() and 0 <= top < event.oldSize().height()
        super().resizeEvent(event)
        if self.shares:
            with QSignalBlocker(self.horizontalHeader()):  # else each width is painted again, later
                self.share_width()
            self.updateGeometries()
        if was_seen:
            self.scrollTo(current)

    def rowsAboutToBeRemoved(self, parent: Index, start: int, end: int) -> None:
        """Leave the cursor nowhere when its row goes: Qt takes a neighbour, for whom no key was meant."""
        if start <= self.currentIndex().row() <= end:
            self.selectionModel().clearCurrentIndex()
        super().rowsAboutToBeRemoved(parent, start, end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.InsertParagraphSeparator) and self.currentIndex().isValid():
            self._on_opened(self.currentIndex())
            return
        super().keyPressEvent(event)

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        """Repaint the lights that turned; once a minute the texts that tell time, too."""
        self._table.tick()
        if not self.isVisible():
            return
        if now.minute != self._minute:
            self._minute = now.minute
            self.viewport().update()
        seen, self._lights = self._lights, {}
        for row in self.visible_rows():
            for column in self._light_columns:
                index = self._table.index(row, column)
                light = self._lights[row] = index.data(LIGHT_ROLE)
                if seen.get(row, light) != light:
                    self.update(index)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.data(ROW_ROLE))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.row_selected.emit(current.data(ROW_ROLE))
