"""A desk: lists with counts, the tickets of one, and the page of the ticket in hand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.kit.spare import Spare
from console.lists.columns import WHAT
from console.lists.shown import ShownList
from console.ticket.action_keys import bind_action_keys
from console.ticket.desk_index import DeskIndex
from console.ticket.desk_lists import DeskList, by_turn
from console.ticket.in_hand import InHandPanel
from console.ticket.page import TicketPage
from console.ticket.record import Counts, Filter, Ticket
from console.ticket.taking import Taking

if TYPE_CHECKING:
    from console.app.session import Session

# While somebody runs through a list, only the ticket they stop at is read.
STOP_MS = 120
SHARES = (300, 540)
COLUMNS = frozenset({"light", "number", WHAT, "where", "who", "due", "state", "colleagues"})


class DeskPanel(InHandPanel):
    """Work through lists by keyboard: Ctrl+Down takes the next ticket, Alt+PgDown the next list."""

    kind = "desk"

    def __init__(self, session: Session, lists: Sequence[DeskList], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._page: TicketPage | None = None
        self._kept: Ticket | None = None
        self.index = DeskIndex(session, by_turn(lists, session.me.duties))
        self._list = ShownList(session, self._is_busy, self, keys=COLUMNS)
        self._live, self.table = self._list.live, self._list.view
        self._taking = Taking(session, self._list.colleagues, self)
        self._nothing = QLabel(self.tr("Nothing waits here."), self.table)
        self._nothing.setProperty("look", "muted")
        self.news = QPushButton()
        self.news.setProperty("primary", "true")
        self.news.hide()
        self._body = QSplitter(Qt.Orientation.Vertical)
        self._spare = Spare(partial(TicketPage, session), self._body)
        self._stop = QTimer(self, interval=STOP_MS, singleShot=True)
        self._stop.timeout.connect(self._show_page)
        self._lay_out()
        self._connect()
        self.index.choose(0)

    def selected(self) -> Ticket | None:
        """Return the ticket in hand."""
        return self._list.selected()

    @property
    def filter(self) -> Filter:
        """What the list shows."""
        return self._live.wanted

    @property
    def taking(self) -> Taking:
        """The claims in the list."""
        return self._taking

    @property
    def page(self) -> TicketPage | None:
        """The page of the ticket in hand."""
        return self._page

    def offers(self, action: str) -> bool:
        """Say whether the ticket in hand offers an action."""
        return self._page is not None and self._page.offers(action)

    def ask(self, action: str) -> None:
        """Start an action on the ticket in hand."""
        if self._page is not None:
            self._page.ask(action)

    def press(self, key: str) -> None:
        """Start the action of the ticket in hand that has this key."""
        if self._page is not None:
            self._page.press(key)

    def detach(self) -> None:
        """Let go of the session."""
        self.index.detach()
        self._list.detach()
        self._drop_page()

    @Slot()
    def next_ticket(self) -> None:
        """Take the next ticket that is still in the list."""
        self._step(1)

    @Slot()
    def previous_ticket(self) -> None:
        """Take the ticket before."""
        self._step(-1)

    @Slot()
    def next_list(self) -> None:
        """Go to the next list."""
        self.index.choose(self.index.current() + 1)

    @Slot()
    def previous_list(self) -> None:
        """Go to the list before."""
        self.index.choose(self.index.current() - 1)

    @Slot()
    def release_news(self) -> None:
        """Let in the tickets that came while one was in hand."""
        self._live.model.release()

    def _step(self, step: int) -> None:
        model = self._live.model
        number = self.table.currentIndex().row() + step
        while 0 <= number < model.rowCount():
            if model.row_at(number).id not in self._live.left:
                self.table.selectRow(number)
                return
            number += step

    def _is_busy(self) -> bool:
        return self.selected() is not None

    @Slot(object)
    def _on_list_chosen(self, chosen: DeskList) -> None:
        self.table.clearSelection()
        self._kept = None
        self._live.show(chosen.wanted)

    @Slot()
    def _on_loading(self) -> None:
        self._kept = self.selected() or self._kept

    @Slot()
    def _on_loaded(self) -> None:
        if (self._kept is None or not self.table.select_key(self._kept.id)) and self._live.model.rowCount():
            self.table.selectRow(0)
        self._nothing.setVisible(self._live.model.rowCount() == 0)
        self._stop.start()

    @Slot(object)
    def _on_selected(self, row: object) -> None:
        """Show the page of another ticket; one that is gone keeps its page while something is typed there."""
        if row is not None or self._page is None or not self._page.acting.form.isVisible():
            self._stop.start()

    @Slot()
    def _show_page(self) -> None:
        ticket = self.selected()
        if ticket is not None and self._page is not None and self._page.ticket_id == ticket.id:
            return
        shares = self._body.sizes() if self._page is not None else SHARES
        self._drop_page()
        if ticket is not None:
            self._page = self._spare.take()
            self._page.ticket_requested.connect(self.ticket_requested)
            self._page.selection_changed.connect(self.selection_changed)
            self._page.show_for(ticket.id)
            self._body.addWidget(self._page)
            self._page.show()  # a splitter leaves hidden what was hidden, as a spare page is
            self._body.setSizes(shares)
        self.selection_changed.emit()

    def _drop_page(self) -> None:
        if self._page is not None:
            focused = QApplication.focusWidget()
            if focused is not None and self._page.isAncestorOf(focused):
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._page.detach()
            self._page.setParent(None)
            self._page.deleteLater()
            self._page = None

    @Slot(object)
    def _on_opened(self, row: object) -> None:
        if isinstance(row, Ticket):
            self.ticket_requested.emit(row.id)

    @Slot(object)
    def _on_counted(self, counts: Counts) -> None:
        self.index.show_count(counts.total)

    @Slot(int)
    def _on_held_changed(self, count: int) -> None:
        self.news.setText(self.tr("{n} new  Shift+F5").format(n=count))
        self.news.setVisible(count > 0)

    @Slot(object)
    def _on_taken(self, ticket: Ticket) -> None:
        """Go to the ticket taken; one on a page not loaded opens in a tab."""
        if not self.table.select_key(ticket.id):
            self.ticket_requested.emit(ticket.id)

    def _connect(self) -> None:
        self.index.chosen.connect(self._on_list_chosen)
        self._live.counted.connect(self._on_counted)
        self._live.model.held_changed.connect(self._on_held_changed)
        self.news.clicked.connect(self.release_news)
        self._live.loading.connect(self._on_loading)
        self._live.loaded.connect(self._on_loaded)
        self._list.colleagues.changed.connect(self.selection_changed)  # what may be done with a claim
        self._taking.taken.connect(self._on_taken)
        self.table.row_selected.connect(self._on_selected)
        self.table.row_opened.connect(self._on_opened)
        bind_action_keys(self, self.press)

    def _lay_out(self) -> None:
        self.table.horizontalHeader().setStretchLastSection(False)
        cover = QVBoxLayout(self.table)
        cover.addWidget(self._nothing, alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        self._body.addWidget(self.table)
        self.index.setFixedWidth(240)
        layout = QHBoxLayout(self)
        layout.addWidget(self.index)
        column = QVBoxLayout()
        column.addWidget(self.news)
        column.addWidget(self._body, 1)
        layout.addLayout(column, 1)
        self.setFocusProxy(self.table)
