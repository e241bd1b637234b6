"""The figures of the history by group: a table of which every count can be opened, and a chart."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from console.history.record import (
    Counted,
    Figures,
    Group,
    What,
    database_group,
    limited,
    narrowed,
    total_of,
)
from console.history.store import HistoryStore
from console.history.words import GROUPS, GroupRow, figure_columns, name_of, tr
from console.kit.jobs import Latest
from console.kit.table import Delta, TableModel
from console.kit.view import TableView
from console.ticket.record import Filter
from db.changes import Change
from db.transaction import Halt

if TYPE_CHECKING:
    from console.app.session import Session

RECOUNT_MS = 2000
RECOUNT_TIMES = 10  # as long as it took: what is counted for long is not counted all the time
COUNT_MS = 60_000  # then whoever wants to know more limits the days
MONTHS_SHOWN, GROUPS_SHOWN = 36, 20
OPENABLE = frozenset(What)


class FiguresView(QWidget):
    """Count a filter by group, live.

    Signals: chosen(Filter) the tickets behind a figure were asked for; counted(Figures) of all groups.
    """

    chosen = Signal(object)
    counted = Signal(object)

    def __init__(self, session: Session, store: HistoryStore, parent: QWidget | None = None) -> None:
        from console.history.chart import GroupChart  # pyqtgraph takes its time: not at the start

        super().__init__(parent)
        self._session = session
        self._store = store
        self._filter = Filter()
        self._is_fresh = True  # what is counted is of another filter or grouping, no news of this one
        self._is_counting = False
        self._is_stale = False  # something changed while it was counted
        self._begun = QElapsedTimer()
        self._took_ms = 0
        self._asks = Latest(session.reads, self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.recount)
        self.model: TableModel[GroupRow] = TableModel(figure_columns(), key=_key, order=_place, parent=self)
        self.table = TableView(self.model, session.theme, session.clock)
        self.table.setObjectName("historyFigures")
        self.chart = GroupChart(session.theme)
        self._box = QComboBox()
        self._box.setAccessibleName(self.tr("Group by"))
        for group, text in GROUPS.items():
            self._box.addItem(tr(text), group)
        self._note = QLabel()
        self._note.setProperty("look", "muted")
        self._build()
        self.table.clicked.connect(self._on_clicked)
        self.table.row_opened.connect(self._on_opened)
        self.chart.chosen.connect(self._on_opened)
        self._box.currentIndexChanged.connect(self._on_grouped)
        session.feed.changed.connect(self._on_changed)
        session.feed.link_up.connect(self._on_link_up)
        session.link_changed.connect(self._on_link_changed)

    def detach(self) -> None:
        """Let go of the session."""
        self._session.feed.changed.disconnect(self._on_changed)
        self._session.feed.link_up.disconnect(self._on_link_up)
        self._session.link_changed.disconnect(self._on_link_changed)

    @property
    def group(self) -> Group:
        """By what is counted."""
        return Group(self._box.currentData())

    def set_group(self, group: Group) -> None:
        """Count by something else."""
        self._box.setCurrentIndex(self._box.findData(group))

    def show_filter(self, wanted: Filter) -> None:
        """Count what another filter shows."""
        self._filter = wanted
        self._is_fresh = True
        self.recount()

    @Slot()
    def recount(self) -> None:
        """Count anew."""
        self._is_stale = False
        self._begun.start()
        self._count(Counted())

    def open_figure(self, row: GroupRow, what: What) -> None:
        """Ask for the tickets a figure counts."""
        if row.is_total:
            self.chosen.emit(limited(self._filter, what))
            return
        directory = self._session.directory
        zone = directory.workdays.tz
        self.chosen.emit(narrowed(self._filter, self.group, row.figures.key, what, directory, zone))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(QLabel(self.tr("Figures by")))
        head.addWidget(self._box)
        head.addWidget(self._note, 1)
        self.table.horizontalHeader().setStretchLastSection(False)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.chart)
        split.setSizes((780, 500))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(split, 1)

    def _count(self, before: Counted) -> None:
        self._is_counting = True
        group, wanted, halt = self.group, self._filter, Halt()
        by = database_group(group, wanted, self._session.directory)
        work = partial(self._store.figures, wanted, by, before, halt)
        self._asks.run(work, partial(self._on_counted, group), self._on_failed, halt=halt.call)

    def _on_counted(self, group: Group, counted: Counted) -> None:
        self._took_ms = self._begun.elapsed()
        if counted.below is not None and self._took_ms < COUNT_MS:
            if self._is_fresh:  # else the figures before are nearer to the truth than half of the new ones
                self._show(group, counted)
            self._count(counted)
            return
        self._is_counting = False
        self._show(group, counted)
        self._is_fresh = False
        if self._is_stale:
            self._recount_soon()

    def _on_failed(self, error: Exception) -> None:
        self._is_counting = False
        self._session.report(error)

    def _recount_soon(self) -> None:
        self._timer.start(RECOUNT_MS + RECOUNT_TIMES * self._took_ms)

    def _show(self, group: Group, counted: Counted) -> None:
        rows = self._rows(group, counted)
        if self._is_fresh:
            self.model.load(rows)
        else:
            gone = set(self.model.keys) - {_key(row) for row in rows}
            self.model.apply(Delta(rows, tuple(gone)))
        shown = self._charted(group, rows[1:])
        self.chart.show_rows(shown)
        self._note.setText(self._note_text(counted, len(shown)))
        self.counted.emit(rows[0].figures)

    def _note_text(self, counted: Counted, shown: int) -> str:
        if counted.below is None:
            return self.tr(
                "A click on a count shows its tickets below. The chart has {n} of {all} groups."
            ).format(n=shown, all=len(counted.groups))
        if self._is_counting:
            return self.tr("Counting: so far back to {month}.").format(month=counted.month)
        return self.tr(
            "At least so many: counted back to {month}, older ones not. Limit the days to count them all."
        ).format(month=counted.month)

    def _rows(self, group: Group, counted: Counted) -> tuple[GroupRow, ...]:
        directory = self._session.directory
        found: Sequence[Figures] = counted.groups
        if group is Group.MONTH:
            found = sorted(found, key=lambda each: each.key or "", reverse=True)
        else:
            found = sorted(found, key=lambda each: (-each.tickets, each.key or ""))
        total = total_of(tuple(found)) if found else Figures(None)
        name = self.tr("All") if counted.below is None else self.tr("At least")
        rows = [GroupRow(0, name, total, is_total=True)]
        rows += (GroupRow(n, name_of(group, each.key, directory), each) for n, each in enumerate(found, 1))
        return tuple(rows)

    def _charted(self, group: Group, rows: Sequence[GroupRow]) -> Sequence[GroupRow]:
        return rows[:MONTHS_SHOWN][::-1] if group is Group.MONTH else rows[:GROUPS_SHOWN]

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        key = self.model.columns[index.column()].key
        if key in OPENABLE:
            self.open_figure(self.model.row_at(index.row()), What(key))

    @Slot(object)
    def _on_opened(self, row: object) -> None:
        if isinstance(row, GroupRow):
            self.open_figure(row, What.TICKETS)

    @Slot()
    def _on_grouped(self) -> None:
        self.model.load(())
        self._is_fresh = True
        self.recount()

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        if any(change.what == "ticket" for change in changes) and not self._timer.isActive():
            if self._is_counting:
                self._is_stale = True
            else:
                self._recount_soon()

    @Slot(object)
    def _on_link_up(self, _now: object) -> None:
        self.recount()

    @Slot(bool)
    def _on_link_changed(self, is_online: bool) -> None:
        self.table.setEnabled(is_online)


def _key(row: GroupRow) -> tuple[bool, bool, str]:
    return (row.is_total, row.figures.key is None, row.figures.key or "")


def _place(row: GroupRow) -> Any:
    return row.place
