"""Who looked through which camera, when, why and how long (R702): the list and its file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QVBoxLayout, QWidget

from console.camera.columns import WHY, view_columns
from console.camera.record import ViewEntry
from console.camera.register_store import ViewRegisterStore
from console.camera.view_filter import ViewFilter
from console.camera.view_reading import Asked, ViewReading, ViewRow, WantedViews, is_full
from console.directory.record import Directory
from console.kit.jobs import Latest
from console.kit.sheet_export import ExportWords, SheetExport, Work
from console.kit.table import TableModel
from console.kit.view import TableView

if TYPE_CHECKING:
    from console.app.session import Session

NEAR_END_ROWS = 40


class ViewRegister(QWidget):
    """Signals: ticket_requested(ticket id)."""

    ticket_requested = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._views = ViewReading(session.engine)
        self._register = ViewRegisterStore(session.engine)
        self._loads = Latest(session.reads, self)
        self._asked: Asked = {}
        self._has_next = False
        self.filter = ViewFilter(session)
        self.model: TableModel[ViewRow] = TableModel(
            view_columns(session), key=_id, order=_newest_first, parent=self
        )
        self.table = TableView(self.model, session.theme, session.clock)
        self.export = SheetExport(
            session.reads,
            session.notices,
            session.report,
            ExportWords(
                self.tr("Export who looked"),
                self.tr("camera views"),
                self.tr("The views are written to {name}; rows: {n}."),
            ),
            self._prepare_export,
            self,
        )
        self._told = QLabel()
        self._told.setProperty("look", "muted")
        self._button = QPushButton(self.tr("Export…"))
        self._nothing = QLabel(self.tr("Nobody looked, as far as is asked."), self.table)
        self._nothing.setProperty("look", "muted")
        self._lay_out()
        self._connect()

    def selected(self) -> ViewRow | None:
        """Return the chosen view."""
        row = self.table.selected_row()
        return row if isinstance(row, ViewRow) else None

    @Slot()
    def refresh(self) -> None:
        """Read the newest views again."""
        work = partial(_first_page, self._views, self.filter.wanted, self._session.directory)
        self._loads.run(work, self._on_loaded, self._session.report)

    def detach(self) -> None:
        """Let the file go that is being written."""
        self.export.detach()

    def _prepare_export(self) -> Work:
        asked, zone, store = self._asked, self._session.directory.workdays.tz, self._register

        def work(path: Path, told: Callable[[int], None], is_cancelled: Callable[[], bool]) -> int:
            return store.export(path, asked, zone, self._words, told, is_cancelled)

        return work

    def _words(self, entry: ViewEntry) -> tuple[str, str, str]:
        """Name person, unit and ticket of a row; in a worker."""
        directory = self._session.directory
        person, unit = directory.staff_name(entry.login), directory.unit_name(entry.unit_id)
        return person, unit, self._views.number_of(entry)

    def _on_loaded(self, answer: tuple[Asked, list[ViewRow]]) -> None:
        self._asked, rows = answer
        self._has_next = is_full(rows)
        chosen = self.selected()
        self.model.load(rows)
        if chosen is not None:
            self.table.select_key(chosen.entry.id)
        self._nothing.setVisible(not rows)

    @Slot(object)
    def _on_filter_changed(self, _wanted: WantedViews) -> None:
        self.refresh()

    @Slot(int)
    def _on_scrolled(self, _place: int) -> None:
        rows = self.table.visible_rows()
        if self._has_next and rows and rows.stop + NEAR_END_ROWS >= self.model.rowCount():
            self._has_next = False
            last = self.model.row_at(self.model.rowCount() - 1)
            work = partial(self._views.page, self._asked, last)
            self._session.reads.run(work, self._on_next, self._session.report)

    def _on_next(self, rows: list[ViewRow]) -> None:
        self._has_next = is_full(rows)
        self.model.extend(rows)

    @Slot(object)
    def _on_opened(self, row: object) -> None:
        if isinstance(row, ViewRow) and row.entry.ticket_id is not None:
            self.ticket_requested.emit(row.entry.ticket_id)

    @Slot(int)
    def _on_progressed(self, rows: int) -> None:
        self._told.setText(self.tr("Writing, rows so far: {n}").format(n=f"{rows:,}"))

    @Slot()
    def _on_export_ended(self) -> None:
        self._told.clear()

    def _connect(self) -> None:
        self.filter.changed.connect(self._on_filter_changed)
        self.table.row_opened.connect(self._on_opened)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._button.clicked.connect(self.export.choose)
        self.export.progressed.connect(self._on_progressed)
        self.export.ended.connect(self._on_export_ended)

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        place = [column.key for column in self.model.columns].index(WHY)
        header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        cover = QVBoxLayout(self.table)
        cover.addWidget(self._nothing, alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        head = QHBoxLayout()
        head.addWidget(self.filter, 1)
        for widget in (self._told, self._button):
            head.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, self._session.theme.size("gap"), 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)


def _first_page(views: ViewReading, wanted: WantedViews, directory: Directory) -> tuple[Asked, list[ViewRow]]:
    asked = views.asked_of(wanted, directory)
    return asked, views.page(asked)


def _id(row: ViewRow) -> int:
    return row.entry.id


def _newest_first(row: ViewRow) -> tuple[float, int]:
    return -row.entry.at.timestamp(), -row.entry.id
