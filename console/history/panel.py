"""The history: any filter over all years, its figures by group, its tickets, and a file of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from console.history.export import ExportBar
from console.history.figures import FiguresView
from console.history.filters import PastBar
from console.history.record import Group
from console.history.store import HistoryStore
from console.kit.panel import Panel
from console.lists.filters import FilterBar
from console.lists.lag_note import LagNote
from console.lists.shown import ShownList
from console.ticket.record import Counts, Filter, Order, Ticket

if TYPE_CHECKING:
    from console.app.session import Session

EVERYTHING = Filter(open_only=False, order=Order.NEWEST)
STEPS_KEPT = 50


class HistoryPanel(Panel):
    """Narrow all tickets down, by hand or by clicking figures; every step can be taken back.

    Signals: stepped() whether there is a step to take back may differ.
    """

    kind = "history"
    stepped = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = HistoryStore(session.engine, session.replica)
        self._steps: list[Filter] = []
        self._kept: Ticket | None = None
        self._list = ShownList(session, self._is_busy, self)
        self.live, self.view = self._list.live, self._list.view
        self.filters = FilterBar(session)
        self.past = PastBar(session)
        self.figures = FiguresView(session, self._store)
        self.export = ExportBar(session, self._store)
        self._total = QLabel()
        self._lag = LagNote(session)
        self._back = QPushButton(self.tr("Back"))
        self._back.setToolTip(self.tr("Take the last step of narrowing down back (Alt+Left)"))
        self._empty = QLabel(self.tr("No ticket matches this filter."), self.view)
        self._build()
        self._connect()
        self._show(EVERYTHING)

    def selected(self) -> Ticket | None:
        """Return the ticket under the cursor."""
        return self._list.selected()

    @property
    def filter(self) -> Filter:
        """What figures and list show."""
        return self.live.wanted

    @property
    def can_go_back(self) -> bool:
        """Say whether there is a step to take back."""
        return bool(self._steps)

    def detach(self) -> None:
        """Let go of the session; an export under way is stopped."""
        self._list.detach()
        self.figures.detach()
        self.export.detach()
        self._lag.detach()

    @Slot(object)
    def narrow(self, wanted: Filter) -> None:
        """Show another filter; `back` returns to this one."""
        wanted = replace(wanted, order=Order.NEWEST)
        if wanted != self.filter:
            self._steps = [*self._steps[-STEPS_KEPT:], self.filter]
            self._show(wanted)

    @Slot()
    def back(self) -> None:
        """Show what was shown before the last step."""
        if self._steps:
            self._show(self._steps.pop())

    def next_group(self) -> None:
        """Count by the next thing."""
        groups = list(Group)
        self.figures.set_group(groups[(groups.index(self.figures.group) + 1) % len(groups)])

    def focus_text(self) -> None:
        """Go to the text field."""
        self.filters.focus_text()

    def _show(self, wanted: Filter) -> None:
        self.filters.set_filter(wanted)
        self.past.set_filter(wanted)
        self._lag.set_filter(wanted)
        self.export.set_filter(wanted)
        self._back.setEnabled(bool(self._steps))
        self.view.verticalScrollBar().setValue(0)
        self.live.show(wanted)
        self.figures.show_filter(wanted)
        self.stepped.emit()
        self.selection_changed.emit()

    def _is_busy(self) -> bool:
        return self.selected() is not None or self.view.verticalScrollBar().value() > 0

    @Slot()
    def _on_loading(self) -> None:
        self._kept = self.selected()

    @Slot()
    def _on_loaded(self) -> None:
        if self._kept is not None:
            self.view.select_key(self._kept.id)
        self._list.put_back()
        self._empty.setVisible(self.live.model.rowCount() == 0)

    @Slot(object)
    def _on_counted(self, counts: Counts) -> None:
        self.filters.show_counts(counts)
        self._total.setText(self._list.total_text(counts))

    @Slot(object)
    def _on_opened(self, row: object) -> None:
        if isinstance(row, Ticket):
            self.ticket_requested.emit(row.id)

    @Slot(object)
    def _on_selected(self, _row: object) -> None:
        self.selection_changed.emit()

    @Slot()
    def _on_left_downwards(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)

    def _connect(self) -> None:
        self.live.loading.connect(self._on_loading)
        self.live.loaded.connect(self._on_loaded)
        self.live.counted.connect(self._on_counted)
        self.filters.changed.connect(self.narrow)
        self.filters.left_downwards.connect(self._on_left_downwards)
        self.past.changed.connect(self.narrow)
        self.figures.chosen.connect(self.narrow)
        self._back.clicked.connect(self.back)
        self.view.row_opened.connect(self._on_opened)
        self.view.row_selected.connect(self._on_selected)
        self.view.text_wanted.connect(self.focus_text)

    def _build(self) -> None:
        gap = self._session.theme.size("gap")
        self.view.setObjectName("historyTable")
        self.view.horizontalHeader().setStretchLastSection(False)
        self._total.setProperty("look", "strong")
        self._empty.setProperty("look", "muted")
        self._empty.hide()
        cover = QVBoxLayout(self.view)
        cover.addWidget(self._empty, alignment=Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setSpacing(gap)
        for widget in (self._back, self.filters.lights, self._total, self._lag):
            head.addWidget(widget)
        head.addStretch()
        head.addWidget(self.export)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.figures)
        split.addWidget(self.view)
        split.setSizes((360, 400))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.past)
        layout.addWidget(self.filters)
        layout.addWidget(split, 1)
