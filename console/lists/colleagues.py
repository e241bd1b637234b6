"""Which colleagues have which ticket open or taken, as far as a panel shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.lists.attendance_store import NOBODY, Attended
from console.ticket.record import TicketId
from db.changes import Change

if TYPE_CHECKING:
    from console.app.session import Session

SOON_MS = 100
AGAIN_MS = 30_000  # an entry ends by age, which no change tells
MOST_ASKED = 1_000


class Colleagues(QObject):
    """Keep `at` fresh for the tickets shown; what happens at others costs no question.

    Signals: changed() somebody came, left, began to type, took a ticket or let go of it.
    """

    changed = Signal()

    def __init__(
        self, session: Session, shows: Callable[[TicketId], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.at: dict[TicketId, Attended] = {}
        self._session = session
        self._shows = shows
        self._wanted: set[TicketId] = set()
        self._is_asking = False
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._ask)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        self._again.start()
        session.feed.changed.connect(self._on_changed)

    def detach(self) -> None:
        """Let go of the session."""
        self._again.stop()
        self._soon.stop()
        self._session.feed.changed.disconnect(self._on_changed)

    def of(self, ticket_id: TicketId) -> Attended:
        """Return who is at a ticket."""
        return self.at.get(ticket_id, NOBODY)

    def look(self, ids: Iterable[TicketId]) -> None:
        """Read soon who is at these tickets."""
        self._wanted.update(ids)
        self._wake()

    def _wake(self) -> None:
        if self._wanted and not self._is_asking and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _ask(self) -> None:
        ids = frozenset(islice((each for each in self._wanted if self._shows(each)), MOST_ASKED))
        self._wanted = {each for each in self._wanted - ids if self._shows(each)}
        if ids and self._session.is_online:
            self._is_asking = True
            work = partial(self._session.attendance.store.who_is_at, ids)
            self._session.reads.run(work, partial(self._on_read, ids), self._on_failed)

    def _on_read(self, ids: frozenset[TicketId], found: Mapping[TicketId, Attended]) -> None:
        self._is_asking = False
        before = self.at
        self.at = {each: who for each, who in before.items() if each not in ids and self._shows(each)} | dict(
            found
        )
        if self.at != before:
            self.changed.emit()
        self._wake()

    def _on_failed(self, error: Exception) -> None:
        self._is_asking = False
        self._session.report(error)

    @Slot()
    def _look_again(self) -> None:
        self.look(self.at)

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        ids = {TicketId(change.id) for change in changes if change.what == "presence"}
        self.look(each for each in ids if self._shows(each))
