"""A ticket's page is read before anybody opens one, until the server keeps the plans of its questions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from console.kit.jobs import ignore
from console.kit.spare import FIRST_MS
from console.ticket.page_store import PageStore
from console.ticket.record import Filter, TicketId, TicketState

if TYPE_CHECKING:
    from console.app.session import Session

TURNS = 8  # the driver prepares a question at the third time, the server keeps its plan after five more
CONNECTIONS = 2  # a page is often read while the list is
PACE_MS = 150  # the list is not held up


class Rehearsal(QObject):
    """What the server looks up for a connection's first page takes 60 ms, its plans 10 to 15 at the sixth."""

    def __init__(self, session: Session, home: QObject) -> None:
        super().__init__(home)
        self._session = session
        self._pages = PageStore(session.engine)
        self._turns = 0
        self._beat = QTimer(self, interval=PACE_MS)
        QTimer.singleShot(FIRST_MS, self, self._find)

    @Slot()
    def _find(self) -> None:
        self._session.reads.run(self._any_ticket, self._on_found, ignore)

    def _any_ticket(self) -> TicketId | None:
        """Return one whose page asks for everything: in triage it proposes a unit too."""
        read = self._session.store.page
        in_triage = Filter(states=(TicketState.TRIAGE,))
        rows = read(in_triage, limit=1).rows or read(Filter(), limit=1).rows
        return rows[0].id if rows else None

    def _on_found(self, ticket_id: TicketId | None) -> None:
        if ticket_id is not None:
            self._beat.timeout.connect(partial(self._read, ticket_id))
            self._beat.start()

    def _read(self, ticket_id: TicketId) -> None:
        self._session.reads.run(partial(self._pages.rehearse, ticket_id, CONNECTIONS), ignore, ignore)
        self._turns += 1
        if self._turns == TURNS:
            self.deleteLater()
