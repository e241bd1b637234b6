"""The register: what is asked for above, the rows, and the chosen one in plain words beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from console.evidence.columns import ABOUT
from console.evidence.filters import RegisterFilter
from console.evidence.record import Entry, Wanted
from console.evidence.register_list import RegisterList
from console.evidence.store import EvidenceStore
from console.evidence.words import entry_html
from console.kit.html import HtmlView
from console.kit.sheet_export import ExportWords, SheetExport, Work
from console.kit.view import TableView

if TYPE_CHECKING:
    from console.app.session import Session

NEAR_END_ROWS = 40
SHARES = (5, 2)
SIZES = (860, 400)


class RegisterView(QWidget):
    """Signals: selection_changed(); ticket_requested(int)."""

    selection_changed = Signal()
    ticket_requested = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = EvidenceStore(session.engine)
        self.filter = RegisterFilter(session)
        self.list = RegisterList(session, self._is_busy, self)
        self.table = TableView(self.list.model, session.theme, session.clock)
        self.detail = HtmlView(session.theme)
        self.export = SheetExport(
            session.reads,
            session.notices,
            session.report,
            ExportWords(
                self.tr("Export the register"),
                self.tr("register"),
                self.tr("The register is written to {name}; rows: {n}."),
            ),
            self._prepare_export,
            self,
        )
        self._kept: Entry | None = None
        self._news = QPushButton()
        self._export = QPushButton(self.tr("Export…"))
        self._progress = QLabel()
        self._nothing = QLabel(self.tr("The register has nothing of this."), self.table)
        self._lay_out()
        self._connect()
        self.list.show(Wanted())

    def selected(self) -> Entry | None:
        """Return the chosen entry."""
        row = self.table.selected_row()
        return row if isinstance(row, Entry) else None

    def show_wanted(self, wanted: Wanted) -> None:
        """Show something of the register from its beginning."""
        self.filter.set_wanted(wanted)
        self._show(wanted)

    @Slot()
    def refresh(self) -> None:
        """Read the list again; the chosen entry stays chosen."""
        self._kept = self.selected()
        self.list.refresh()

    def open_ticket(self) -> None:
        """Ask for the page of the chosen entry's ticket."""
        entry = self.selected()
        if entry is not None and entry.ticket_id is not None:
            self.ticket_requested.emit(entry.ticket_id)

    def detach(self) -> None:
        """Let go of the session."""
        self.export.detach()
        self.list.detach()
        self._session.link_changed.disconnect(self._on_link_changed)

    def _is_busy(self) -> bool:
        return self.selected() is not None or self.table.verticalScrollBar().value() > 0

    def _prepare_export(self) -> Work:
        asked, directory, store = self.list.asked, self._session.directory, self._store

        def work(path: Path, told: Callable[[int], None], is_cancelled: Callable[[], bool]) -> int:
            return store.export(path, asked, directory, told, is_cancelled)

        return work

    @Slot(object)
    def _show(self, wanted: Wanted) -> None:
        self._kept = None
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rootIndex())
        self.list.show(wanted)

    @Slot()
    def _on_loaded(self) -> None:
        self._nothing.setVisible(self.list.model.rowCount() == 0)
        if self._kept is not None:
            self.table.select_key(self._kept.id)
        self._on_selected(None)

    @Slot(object)
    def _on_selected(self, _row: object) -> None:
        entry = self.selected()
        hint = self.tr("Choose an entry to read it in plain words.")
        self.detail.show_html(
            f'<p class="m">{hint}</p>' if entry is None else entry_html(self._session.directory, entry)
        )
        self.selection_changed.emit()

    @Slot(object)
    def _on_opened(self, _row: object) -> None:
        self.open_ticket()

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        kind, _, target = url.toString().partition(":")
        if kind == "ticket":
            self.ticket_requested.emit(int(target))

    @Slot(int)
    def _on_scrolled(self, _place: int) -> None:
        self._want_next()

    @Slot()
    def _want_next(self) -> None:
        rows = self.table.visible_rows()
        if rows and rows.stop + NEAR_END_ROWS >= self.list.model.rowCount():
            self.list.want_next()

    @Slot(int)
    def _on_held_changed(self, count: int) -> None:
        self._news.setText(self.tr("{n} new").format(n=count))
        self._news.setVisible(count > 0)

    @Slot()
    def _on_news_wanted(self) -> None:
        self.list.model.release()
        self.table.scrollToTop()

    @Slot(int)
    def _on_progressed(self, rows: int) -> None:
        self._progress.setText(self.tr("Writing, rows so far: {n}").format(n=f"{rows:,}"))

    @Slot()
    def _on_export_ended(self) -> None:
        self._progress.clear()

    @Slot(bool)
    def _on_link_changed(self, is_online: bool) -> None:
        self.table.set_stale(not is_online)

    def _connect(self) -> None:
        self.filter.changed.connect(self._show)
        self.list.loaded.connect(self._on_loaded)
        self.list.settled.connect(self._want_next)
        self.list.model.held_changed.connect(self._on_held_changed)
        self.table.row_selected.connect(self._on_selected)
        self.table.row_opened.connect(self._on_opened)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.detail.anchorClicked.connect(self._on_link)
        self._news.clicked.connect(self._on_news_wanted)
        self._export.clicked.connect(self.export.choose)
        self.export.progressed.connect(self._on_progressed)
        self.export.ended.connect(self._on_export_ended)
        self._session.link_changed.connect(self._on_link_changed)

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        keys = [column.key for column in self.list.model.columns]
        header.setSectionResizeMode(keys.index(ABOUT), QHeaderView.ResizeMode.Stretch)
        self._news.setProperty("primary", True)
        self._news.hide()
        for label in (self._nothing, self._progress):
            label.setProperty("look", "muted")
        cover = QVBoxLayout(self.table)
        cover.addWidget(self._nothing, alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        head = QHBoxLayout()
        head.addWidget(self.filter, 1)
        for widget in (self._progress, self._news, self._export):
            head.addWidget(widget, alignment=Qt.AlignmentFlag.AlignTop)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.addWidget(self.table)
        body.addWidget(self.detail)
        for number, share in enumerate(SHARES):
            body.setStretchFactor(number, share)
        body.setSizes(SIZES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, self._session.theme.size("gap"), 0, 0)
        layout.addLayout(head)
        layout.addWidget(body, 1)
        self.setFocusProxy(self.table)
