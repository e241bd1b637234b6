"""A live list in its table, with its words and who is at its tickets: what queue, desks and history share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Slot
from PySide6.QtWidgets import QWidget

from console.lists.colleagues import Colleagues
from console.lists.columns import SOUGHT, Words, queue_columns, queue_notes
from console.lists.delegate import QueueDelegate
from console.lists.hits import words_of
from console.lists.live import LiveList
from console.lists.view import QueueView
from console.ticket.record import Counts, Ticket, TicketId

if TYPE_CHECKING:
    from console.app.session import Session

NEAR_END_ROWS = 60  # from here on the next page is read; a first page and a screen must be more


class ShownList(QObject):
    """Builds the list and the table, and keeps them together: pages while scrolling, colleagues, the link."""

    def __init__(
        self,
        session: Session,
        is_busy: Callable[[], bool],
        parent: QWidget,
        *,
        keys: Collection[str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.colleagues = Colleagues(session, self._shows, self)
        self._session = session
        self._words = Words(session, self.colleagues)
        columns = [each for each in queue_columns(self._words) if keys is None or each.key in keys]
        self.live = LiveList(session, columns, is_busy, self)
        notes = queue_notes(self._words)
        self.delegate = QueueDelegate(
            session.theme,
            {number: notes[each.key] for number, each in enumerate(columns) if each.key in notes},
            self.live.left,
            spans=self._words.spans,
            sought=frozenset(number for number, each in enumerate(columns) if each.key in SOUGHT),
        )
        self.view = QueueView(self.live.model, session.theme, session.clock, delegate=self.delegate)
        self._anchor: tuple[Ticket, int] | None = None
        self.live.loading.connect(self._on_loading)
        self.live.sliding.connect(self._on_sliding)
        self.live.slid.connect(self._on_slid)
        self.live.left_changed.connect(self.repaint)
        self.live.failed_changed.connect(self._on_failed_changed)
        self.live.model.modelReset.connect(self._on_rows_loaded)
        self.live.model.rowsInserted.connect(self._on_rows_inserted)
        self.colleagues.changed.connect(self.repaint)
        self.view.verticalScrollBar().valueChanged.connect(self.read_on)
        session.link_changed.connect(self._on_link_changed)

    def detach(self) -> None:
        """Let go of the session."""
        self.live.detach()
        self.colleagues.detach()
        self._session.link_changed.disconnect(self._on_link_changed)

    def selected(self) -> Ticket | None:
        """Return the ticket under the cursor."""
        row = self.view.selected_row()
        return row if isinstance(row, Ticket) else None

    def total_text(self, counts: Counts) -> str:
        """Say how many tickets the list has, and of which days when not of all."""
        amount = f"{counts.total:,}+" if counts.more else f"{counts.total:,}"
        if counts.since is None:
            return self.tr("Tickets: {n}").format(n=amount)
        since = counts.since.astimezone(self._session.directory.workdays.tz)
        return self.tr("Tickets: {n} since {day}; two characters find all years").format(
            n=amount, day=f"{since:%Y-%m-%d}"
        )

    @Slot()
    def read_on(self) -> None:
        """Read another page where the end of the rows is near."""
        rows = self.view.visible_rows()
        if rows and rows.stop + NEAR_END_ROWS >= self.live.model.rowCount():
            self.live.want_next()
        elif rows and rows.start <= NEAR_END_ROWS:
            self.live.want_previous()

    def put_back(self) -> None:
        """Let what was in sight before the rows were read again stand where it stood."""
        self.view.restore(self._anchor)

    @Slot()
    def repaint(self) -> None:
        """Show what has changed without a change of rows."""
        self.view.viewport().update()

    def _shows(self, ticket_id: TicketId) -> bool:
        return self.live.model.row_of(ticket_id) is not None

    @Slot()
    def _on_loading(self) -> None:
        self._words.sought = words_of(self.live.wanted.text)
        is_looked_at = self.selected() is not None or self.view.verticalScrollBar().value() > 0
        self._anchor = self.view.anchor() if self.live.is_refreshing and is_looked_at else None

    @Slot()
    def _on_sliding(self) -> None:
        self._anchor = self.view.anchor()

    @Slot()
    def _on_slid(self) -> None:
        self.view.restore(self._anchor)

    @Slot()
    def _on_rows_loaded(self) -> None:
        self.colleagues.look(self.live.model.keys)

    @Slot(QModelIndex, int, int)
    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.colleagues.look(self.live.model.keys[first : last + 1])

    @Slot(bool)
    def _on_link_changed(self, is_online: bool) -> None:
        self.view.set_stale(self.live.has_failed or not is_online)

    @Slot()
    def _on_failed_changed(self) -> None:
        self._on_link_changed(self._session.is_online)
