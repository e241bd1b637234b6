"""The rounds that were gone: what was due today, the list, and of the chosen one what was really seen."""

from __future__ import annotations

from datetime import date
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QSplitter, QVBoxLayout, QWidget

from console.camera.columns import REMARK, patrol_columns, stop_columns
from console.camera.patrol_record import Patrol, Round, Stop
from console.camera.patrol_store import PAGE_ROWS, PatrolStore
from console.kit.html import HtmlView, cell, heading, table
from console.kit.jobs import Latest
from console.kit.table import TableModel
from console.kit.view import TableView

if TYPE_CHECKING:
    from console.app.session import Session

SIZES = (420, 260)
DUE_HEIGHT = 150
NEAR_END_ROWS = 20


class PatrolList(QWidget):
    """One's own rounds; whoever answers for them at the centre sees everybody's.

    Signals: camera_opened(camera id) Enter or double click on a camera of a round.
    """

    camera_opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = PatrolStore(session.engine)
        self._loads = Latest(session.reads, self)
        self._stop_loads = Latest(session.reads, self)
        self._has_next = False
        self.model: TableModel[Patrol] = TableModel(
            patrol_columns(session), key=_id, order=_newest_first, parent=self
        )
        self.stops: TableModel[Stop] = TableModel(stop_columns(session), key=_n, order=_n, parent=self)
        self.table = TableView(self.model, session.theme, session.clock)
        self.stop_table = TableView(self.stops, session.theme, session.clock)
        self.due = HtmlView(session.theme)
        self._lay_out()
        self._connect()

    def selected(self) -> Patrol | None:
        """Return the chosen round."""
        row = self.table.selected_row()
        return row if isinstance(row, Patrol) else None

    @Slot()
    def refresh(self) -> None:
        """Read the newest rounds and today's plan again."""
        today = self._session.clock.now().astimezone(self._session.directory.workdays.tz).date()
        work = partial(_first_page, self._store, today)
        self._loads.run(work, self._on_loaded, self._session.report)

    def _on_loaded(self, answer: tuple[list[Patrol], list[Round]]) -> None:
        rows, rounds = answer
        self._has_next = len(rows) == PAGE_ROWS
        chosen = self.selected()
        self.model.load(rows)
        if chosen is None or not self.table.select_key(chosen.id):
            self.table.selectRow(0)
        self._show_rounds(rounds)

    def _show_rounds(self, rounds: list[Round]) -> None:
        """List what is due today and who went; what nobody has gone yet stands out."""
        self.due.setVisible(bool(rounds))
        head = (self.tr("Due"), self.tr("Until"), self.tr("Group"), self.tr("Gone by"))
        body = table((self._round_row(each) for each in rounds), head)
        self.due.show_html(heading(self.tr("Rounds of today")) + body)

    def _round_row(self, each: Round) -> str:
        zone = self._session.directory.workdays.tz
        times = (cell(f"{at.astimezone(zone):%H:%M}") for at in (each.due_at, each.until_at))
        if each.patrol_id is not None and each.started_at is not None:
            who = self._session.directory.staff_name(each.login)
            gone = cell(f"{who} {each.started_at.astimezone(zone):%H:%M}", "g")
        elif each.until_at > self._session.clock.now():
            gone = cell(self.tr("nobody yet"))
        else:
            gone = cell(self.tr("nobody"), "r")
        return "".join((*times, f"<td>{escape(each.group_name)}</td>", gone))

    @Slot(object)
    def _on_selected(self, _row: object) -> None:
        patrol = self.selected()
        if patrol is None:
            self._stop_loads.forget()
            self.stops.load(())
        else:
            self._stop_loads.run(partial(self._store.stops, patrol.id), self._on_stops, self._session.report)

    def _on_stops(self, stops: list[Stop]) -> None:
        self.stops.load(stops)

    @Slot(object)
    def _on_stop_opened(self, row: object) -> None:
        if isinstance(row, Stop):
            self.camera_opened.emit(row.camera_id)

    @Slot(int)
    def _on_scrolled(self, _place: int) -> None:
        rows = self.table.visible_rows()
        if self._has_next and rows and rows.stop + NEAR_END_ROWS >= self.model.rowCount():
            self._has_next = False
            last = self.model.row_at(self.model.rowCount() - 1).key()
            self._session.reads.run(partial(self._store.patrols, last), self._on_next, self._session.report)

    def _on_next(self, rows: list[Patrol]) -> None:
        self._has_next = len(rows) == PAGE_ROWS
        self.model.extend(rows)

    def _connect(self) -> None:
        self.table.row_selected.connect(self._on_selected)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.stop_table.row_opened.connect(self._on_stop_opened)

    def _lay_out(self) -> None:
        for view, model in ((self.table, self.model), (self.stop_table, self.stops)):
            header = view.horizontalHeader()
            header.setStretchLastSection(False)
            place = [column.key for column in model.columns].index(REMARK)
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.due.setFixedHeight(DUE_HEIGHT)
        self.due.hide()
        body = QSplitter(Qt.Orientation.Vertical)
        body.addWidget(self.table)
        body.addWidget(self.stop_table)
        body.setSizes(SIZES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, self._session.theme.size("gap"), 0, 0)
        layout.addWidget(self.due)
        layout.addWidget(body, 1)
        self.setFocusProxy(self.table)


def _first_page(store: PatrolStore, day: date) -> tuple[list[Patrol], list[Round]]:
    return store.patrols(), store.rounds(day)


def _id(patrol: Patrol) -> int:
    return patrol.id


def _n(stop: Stop) -> int:
    return stop.n


def _newest_first(patrol: Patrol) -> tuple[float, int]:
    return -patrol.started_at.timestamp(), -patrol.id
