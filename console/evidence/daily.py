"""The daily list: who revealed whom, day by day, and the tick of who looked it over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from console.evidence.columns import REASON, day_columns, reveal_columns
from console.evidence.record import DAYS_BACK, Reveal, RevealDay
from console.evidence.store import EvidenceStore
from console.kit.jobs import Latest
from console.kit.table import Delta, TableModel
from console.kit.view import TableView

if TYPE_CHECKING:
    from console.app.session import Session

SHARES = (0, 1)
SIZES = (400, 800)


class DailyView(QWidget):
    """Signals: counted(int) days not looked over; selection_changed(); ticket_requested(int)."""

    counted = Signal(int)
    selection_changed = Signal()
    ticket_requested = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = EvidenceStore(session.engine)
        self._loads = Latest(session.reads, self)
        self._reads = Latest(session.reads, self)
        self._shown: tuple[date, int] | None = None  # the day whose reveals are read, and the last of them
        self._is_ticking = False
        self.days: TableModel[RevealDay] = TableModel(
            day_columns(), key=_day, order=_newest_first, parent=self
        )
        self.reveals: TableModel[Reveal] = TableModel(
            reveal_columns(session), key=_id, order=_id, parent=self
        )
        self.day_table = TableView(self.days, session.theme, session.clock)
        self.table = TableView(self.reveals, session.theme, session.clock)
        self._title = QLabel()
        self._state = QLabel()
        self.tick = QPushButton(self.tr("Seen by me  (Ctrl+Enter)"))
        self._lay_out()
        self._connect()
        self.refresh()

    def day(self) -> RevealDay | None:
        """Return the chosen day."""
        row = self.day_table.selected_row()
        return row if isinstance(row, RevealDay) else None

    def selected(self) -> Reveal | None:
        """Return the chosen reveal."""
        row = self.table.selected_row()
        return row if isinstance(row, Reveal) else None

    def may_tick(self) -> bool:
        """Say whether the chosen day is shown as far as it goes, and not yet looked over."""
        day = self.day()
        return (
            day is not None
            and day.seen_at is None
            and self._shown == (day.day, day.last_id)
            and not self._is_ticking
        )

    @Slot()
    def refresh(self) -> None:
        """Read the days again."""
        zone = self._session.directory.workdays.tz
        since = self._session.clock.now().astimezone(zone).date() - timedelta(days=DAYS_BACK - 1)
        self._loads.run(partial(self._store.days, since), self._on_days, self._session.report)

    @Slot()
    def see(self) -> None:
        """Tick the chosen day as far as it is shown."""
        if not self.may_tick() or self._shown is None:
            return
        self._is_ticking = True
        self._show_state()
        work = partial(self._store.see, *self._shown)
        self._session.writes.run(work, self._on_seen, self._on_see_failed)

    def open_ticket(self) -> None:
        """Ask for the page of the chosen reveal's ticket."""
        reveal = self.selected()
        if reveal is not None:
            self.ticket_requested.emit(reveal.ticket_id)

    def detach(self) -> None:
        """Let go of the session."""
        self._session.polled.disconnect(self.refresh)

    def _on_days(self, days: list[RevealDay]) -> None:
        if self.days.rowCount():
            gone = tuple(set(self.days.keys) - {day.day for day in days})
            self.days.apply(Delta(tuple(days), gone))
        else:
            self.days.load(days)
        unseen = sum(day.seen_at is None for day in days)
        self._title.setText(
            self.tr("Days of the last {days} not looked over yet: {n}").format(days=DAYS_BACK, n=unseen)
        )
        self.counted.emit(unseen)
        if self.day() is None and days:
            first = next((day for day in reversed(days) if day.seen_at is None), days[0])
            self.day_table.select_key(first.day)
        else:
            self._on_day_chosen(None)

    @Slot(object)
    def _on_day_chosen(self, _row: object) -> None:
        day = self.day()
        if day is None:
            self._shown = None
            self.reveals.load(())
        elif self._shown != (day.day, day.last_id):
            if self._shown is None or self._shown[0] != day.day:
                self.reveals.load(())
                self._shown = None
            zone = self._session.directory.workdays.tz
            work = partial(self._store.reveals, day.day, zone)
            self._reads.run(work, partial(self._on_reveals, day.day), self._session.report)
        self._show_state()

    def _on_reveals(self, day: date, reveals: list[Reveal]) -> None:
        if self.reveals.rowCount():
            gone = tuple(set(self.reveals.keys) - {reveal.id for reveal in reveals})
            self.reveals.apply(Delta(tuple(reveals), gone))
        else:
            self.reveals.load(reveals)
        last = max((reveal.id for reveal in reveals), default=0)
        self._shown = (day, last)
        chosen = self.day()
        if chosen is not None and chosen.day == day and chosen.last_id < last:
            self.refresh()  # the list is newer than the day's row
        self._show_state()

    def _on_seen(self, _at: datetime) -> None:
        self._is_ticking = False
        self.refresh()

    def _on_see_failed(self, error: Exception) -> None:
        self._is_ticking = False
        self._show_state()
        self._session.report(error)

    def _show_state(self) -> None:
        day = self.day()
        if day is None:
            text = self.tr("Nobody was revealed in these days.")
        elif day.seen_at is None:
            text = self.tr("{day}: not looked over yet.").format(day=day.day.isoformat())
        else:
            seen = day.seen_at.astimezone(self._session.directory.workdays.tz)
            text = self.tr("{day}: you looked it over on {moment}.").format(
                day=day.day.isoformat(), moment=f"{seen:%Y-%m-%d %H:%M}"
            )
        self._state.setText(text)
        self.tick.setEnabled(self.may_tick())
        self.selection_changed.emit()

    @Slot(object)
    def _on_opened(self, _row: object) -> None:
        self.open_ticket()

    @Slot(object)
    def _on_selected(self, _row: object) -> None:
        self.selection_changed.emit()

    def _connect(self) -> None:
        self.day_table.row_selected.connect(self._on_day_chosen)
        self.table.row_selected.connect(self._on_selected)
        self.table.row_opened.connect(self._on_opened)
        self.tick.clicked.connect(self.see)
        self._session.polled.connect(self.refresh)

    def _lay_out(self) -> None:
        self._title.setProperty("look", "strong")
        self.tick.setProperty("primary", "true")
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        keys = [column.key for column in self.reveals.columns]
        header.setSectionResizeMode(keys.index(REASON), QHeaderView.ResizeMode.Stretch)
        foot = QHBoxLayout()
        foot.addWidget(self._state, 1)
        foot.addWidget(self.tick)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.table, 1)
        beside.addLayout(foot)
        body = QSplitter(Qt.Orientation.Horizontal)
        for number, widget in enumerate((self.day_table, right)):
            body.addWidget(widget)
            body.setStretchFactor(number, SHARES[number])
        body.setSizes(SIZES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, self._session.theme.size("gap"), 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(body, 1)
        self.setFocusProxy(self.day_table)


def _day(day: RevealDay) -> date:
    return day.day


def _newest_first(day: RevealDay) -> int:
    return -day.day.toordinal()


def _id(reveal: Reveal) -> int:
    return reveal.id
