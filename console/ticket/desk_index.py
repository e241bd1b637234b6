"""The lists of a desk with how many wait in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from console.kit.paced import Paced
from console.ticket.desk_lists import DeskList
from console.ticket.store import TicketStore
from db.changes import Change

if TYPE_CHECKING:
    from console.app.session import Session

TITLE, COUNT = 0, 1
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DeskIndex(QTreeWidget):
    """Choose a list.

    Signals:
        chosen(DeskList): another list was chosen.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, lists: Sequence[DeskList], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lists = lists
        ask = partial(_count, session.store, lists)
        self._counts = Paced(session.reads, lambda: ask, session.report, self)
        self._counts.answered.connect(self._on_counted)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(COUNT, QHeaderView.ResizeMode.ResizeToContents)
        self._items = [QTreeWidgetItem([each.shown_title(), ""]) for each in lists]
        for item in self._items:
            item.setTextAlignment(COUNT, RIGHT)
        self.addTopLevelItems(self._items)
        self.currentItemChanged.connect(self._on_current_changed)
        session.feed.changed.connect(self._on_changed)
        session.feed.link_up.connect(self._on_link_up)
        self._counts.ask_now()

    def detach(self) -> None:
        """Let go of the session."""
        self._counts.forget()
        self._session.feed.changed.disconnect(self._on_changed)
        self._session.feed.link_up.disconnect(self._on_link_up)

    def choose(self, number: int) -> None:
        """Choose a list by its place, going round at the ends."""
        self.setCurrentItem(self._items[number % len(self._items)])

    def current(self) -> int:
        """Return the place of the chosen list."""
        current = self.currentItem()
        return 0 if current is None else self._items.index(current)

    def show_count(self, count: int) -> None:
        """Show how many wait in the chosen list, as its rows have just been read."""
        _show_count(self._items[self.current()], count)

    @Slot(object)
    def _on_counted(self, counts: Mapping[str, int]) -> None:
        for each, item in zip(self._lists, self._items, strict=True):
            _show_count(item, counts[each.key])

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        if any(change.what == "ticket" for change in changes):
            self._counts.want_soon()

    @Slot(object)
    def _on_link_up(self, _now: object) -> None:
        self._counts.want_soon()

    @Slot()
    def _on_current_changed(self) -> None:
        self.chosen.emit(self._lists[self.current()])


def _show_count(item: QTreeWidgetItem, count: int) -> None:
    item.setText(COUNT, str(count) if count else "")
    for column in (TITLE, COUNT):
        font = item.font(column)
        font.setBold(count > 0)
        item.setFont(column, font)


def _count(store: TicketStore, lists: Sequence[DeskList]) -> Mapping[str, int]:
    return store.totals({each.key: each.wanted for each in lists}).lists
