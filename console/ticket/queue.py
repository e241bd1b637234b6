"""The queue: what waits, who holds it, how long there is; live, and still under the operator's hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.kit.elided import ElidedLabel
from console.kit.panel import Panel
from console.lists.filters import FilterBar
from console.lists.lag_note import LagNote
from console.lists.live import LiveList
from console.lists.shown import ShownList
from console.lists.view import QueueView
from console.ticket.bulk_panel import BulkPanel
from console.ticket.bulk_store import BulkRow
from console.ticket.record import Counts, Filter, SavedView, Ticket, TicketId
from console.ticket.taking import Taking
from console.ticket.view_box import UnitView
from console.ticket.views import ViewBar

if TYPE_CHECKING:
    from console.app.session import Session

NARROW = 1000
LEAST_NOTICE = 200


class QueuePanel(Panel):
    """The live list of tickets with its filters."""

    kind = "queue"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._kept: tuple[TicketId, ...] = ()
        self._current: Ticket | None = None
        self._scrolled = 0
        self._list = ShownList(session, self._is_busy, self)
        self._live, self._view = self._list.live, self._list.view
        self.taking = Taking(session, self._list.colleagues, self)
        self._filters = FilterBar(session)
        self._views = ViewBar(session)
        self.bulk = BulkPanel(session)
        self._total = QLabel()
        self._news = QPushButton()
        self._stale = ElidedLabel(LEAST_NOTICE)
        self._lag = LagNote(session)
        self._empty = QLabel(self.tr("No ticket matches this filter."), self._view)
        self._column = QVBoxLayout(self)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first_line, self._counts_line = QHBoxLayout(), QHBoxLayout()
        self._build()
        self._connect()
        self._on_failed_changed()
        self._views.refresh()
        self.show_filter(Filter())
        self.bulk.restore()

    def selected(self) -> Ticket | None:
        """Return the ticket under the cursor."""
        return self._list.selected()

    def chosen(self) -> tuple[Ticket, ...]:
        """Return the selected tickets in their order."""
        numbers = sorted(index.row() for index in self._view.selectionModel().selectedRows())
        return tuple(self._live.model.row_at(number) for number in numbers)

    def do_with_chosen(self) -> None:
        """Do one thing with all selected tickets."""
        self.bulk.show_rows([BulkRow.of(ticket) for ticket in self.chosen()])

    def do_with_all(self) -> None:
        """Do one thing with all tickets of the list, whether loaded or not."""
        self.bulk.show_query(self.filter)

    def layout_state(self) -> Mapping[str, Any]:
        """Return the widths of the columns."""
        return {"columns": self._view.widths()}

    def restore_layout(self, state: Mapping[str, Any]) -> None:
        """Take the widths of the columns."""
        columns = state.get("columns")
        if isinstance(columns, dict):
            self._view.set_widths(columns)

    def detach(self) -> None:
        """Let go of the session."""
        self._list.detach()
        self._views.detach()
        self._lag.detach()
        self._session.link_changed.disconnect(self._on_link_changed)

    def show_filter(self, wanted: Filter) -> None:
        """Show another list from its beginning."""
        self._filters.set_filter(wanted)
        self._show(wanted)

    @property
    def filter(self) -> Filter:
        """What the list shows."""
        return self._live.wanted

    @property
    def live(self) -> LiveList:
        """The rows shown and how they come in."""
        return self._live

    @property
    def view(self) -> QueueView:
        """The table."""
        return self._view

    @Slot()
    def refresh(self) -> None:
        """Read the list again; the selected ticket stays selected."""
        self._live.refresh()

    @Slot()
    def release_news(self) -> None:
        """Let the tickets that wait in and show the first of them."""
        model = self._live.model
        before = set(model.keys)
        model.release()
        first = next((number for number, key in enumerate(model.keys) if key not in before), None)
        if first is not None:
            self._view.reveal(first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the counts below the views where there is no room for them side by side.

        That the list is old then stands beside the views: the lights need the room for their names.
        And lay out again what second rows moved: before it is painted, or all rows are twice.
        """
        super().resizeEvent(event)
        directions, is_narrow = QBoxLayout.Direction, event.size().width() < NARROW
        self._head.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        line, place = (self._first_line, 1) if is_narrow else (self._counts_line, 3)
        if line.indexOf(self._stale) < 0:
            line.insertWidget(place, self._stale, 1)
        self._column.activate()

    def focus_text(self) -> None:
        """Go to the text field."""
        self._filters.focus_text()

    def go_first(self) -> None:
        """Select the first ticket."""
        self._view.go_first()

    def go_last(self) -> None:
        """Select the last loaded ticket."""
        self._view.go_last()

    def open_selected(self) -> None:
        """Ask for the selected ticket's page."""
        self._on_opened(self.selected())

    def _build(self) -> None:
        self._view.setObjectName("queueTable")
        self._view.setSelectionMode(QueueView.SelectionMode.ExtendedSelection)
        self._view.horizontalHeader().setStretchLastSection(False)
        self._news.setObjectName("queueNews")
        self._news.setProperty("primary", True)
        self._news.setToolTip(self.tr("Show the tickets that came in while you were working (Shift+F5)"))
        self._news.hide()
        self._total.setProperty("look", "strong")
        self._stale.setObjectName("queueStale")
        self._stale.setProperty("look", "problem")
        self._empty.setProperty("look", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._empty.hide()
        cover = QVBoxLayout(self._view)
        cover.addWidget(self._empty)
        gap = self._session.theme.size("gap")
        for widget in (self._filters.lights, self._total, self._lag):
            self._counts_line.addWidget(widget)
        self._counts_line.addStretch()
        self._counts_line.addWidget(self._news)
        self._first_line.addWidget(self._views)
        self._head.addLayout(self._first_line)
        self._head.addLayout(self._counts_line, 1)
        for line in (self._head, self._first_line, self._counts_line):
            line.setSpacing(gap)
        layout = self._column
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(6)
        layout.addLayout(self._head)
        layout.addWidget(self._filters)
        layout.addWidget(self._view, 1)
        layout.addWidget(self.bulk)

    def _connect(self) -> None:
        self._live.counted.connect(self._on_counted)
        self._live.loading.connect(self._on_loading)
        self._live.loaded.connect(self._on_loaded)
        self._live.model.held_changed.connect(self._on_held_changed)
        self._live.model.rowsRemoved.connect(self._on_rows_removed)
        self._list.colleagues.changed.connect(self._on_colleagues_changed)
        self.taking.taken.connect(self._on_opened)
        self._filters.changed.connect(self._show)
        self._filters.left_downwards.connect(self._on_left_downwards)
        self._views.chosen.connect(self._on_view_chosen)
        self._news.clicked.connect(self.release_news)
        self._view.row_opened.connect(self._on_opened)
        self._view.row_selected.connect(self._on_selected)
        self._view.text_wanted.connect(self.focus_text)
        self._view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.bulk.closed.connect(self._view.setFocus)
        self._session.link_changed.connect(self._on_link_changed)
        self._live.failed_changed.connect(self._on_failed_changed)
        self._session.directory_changed.connect(self._list.repaint)
        self._session.theme.changed.connect(self._list.repaint)

    def _is_busy(self) -> bool:
        """Say whether the operator works in the list, so that nothing may move."""
        return (
            self.selected() is not None
            or self._view.viewport().underMouse()
            or self._view.verticalScrollBar().value() > 0
        )

    @Slot(object)
    def _show(self, wanted: Filter) -> None:
        self._views.set_filter(wanted)
        self._lag.set_filter(wanted)
        self._view.verticalScrollBar().setValue(0)
        self._live.show(wanted)

    @Slot()
    def _on_loading(self) -> None:
        self._kept = tuple(ticket.id for ticket in self.chosen())
        self._current = self.selected()
        self._scrolled = self._view.verticalScrollBar().value()

    @Slot()
    def _on_loaded(self) -> None:
        """Put the cursor back on the same ticket and the list back to the same height."""
        if self._current is not None:
            self._view.select_key(self._current.id)
        self._view.select_more(self._kept)
        self._view.verticalScrollBar().setValue(self._scrolled)
        self._list.put_back()
        self._empty.setVisible(self._live.model.rowCount() == 0)
        self._list.read_on()

    @Slot(object)
    def _on_counted(self, counts: Counts) -> None:
        self._filters.show_counts(counts)
        self._total.setText(self._list.total_text(counts))
        self._empty.setVisible(self._live.model.rowCount() == 0)

    @Slot(int)
    def _on_held_changed(self, count: int) -> None:
        self._news.setText(self.tr("{n} new").format(n=count))
        self._news.setVisible(count > 0)

    @Slot()
    def _on_colleagues_changed(self) -> None:
        self.selection_changed.emit()  # what may be done with a claim

    @Slot()
    def _on_rows_removed(self) -> None:
        self._empty.setVisible(self._live.model.rowCount() == 0)

    @Slot()
    def _on_failed_changed(self) -> None:
        self._on_link_changed(self._session.is_online)

    @Slot(bool)
    def _on_link_changed(self, is_online: bool) -> None:
        text = (
            self.tr("The list is old: not read at {moment}, trying again")
            if is_online
            else self.tr("No link: as of {moment}, may be out of date")
        )
        moment = self._session.clock.now().astimezone(self._session.directory.workdays.tz)
        self._stale.show_text(text.format(moment=f"{moment:%H:%M:%S}"))
        self._stale.setVisible(self._live.has_failed or not is_online)

    @Slot(object)
    def _on_view_chosen(self, view: SavedView | UnitView) -> None:
        self.show_filter(view.filter)

    @Slot()
    def _on_left_downwards(self) -> None:
        self._view.setFocus(Qt.FocusReason.TabFocusReason)
        if self.selected() is None:
            self._view.go_first()

    @Slot(object)
    def _on_opened(self, row: object) -> None:
        if isinstance(row, Ticket):
            self.ticket_requested.emit(row.id)

    @Slot(object)
    def _on_selected(self, _row: object) -> None:
        self.selection_changed.emit()

    @Slot()
    def _on_selection_changed(self) -> None:
        self.selection_changed.emit()
