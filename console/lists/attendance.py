"""This console's part in presence: which tickets it has open, said in one call, and what it has taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Slot

from console.kit.jobs import Latest, ignore, is_alive
from console.lists.attendance_store import AttendanceStore
from console.ticket.record import Filter, Ticket, TicketId
from db.errors import Unavailable

if TYPE_CHECKING:
    from console.app.session import Session

BEAT_MS = 30_000
SOON_MS = 150  # whoever runs through a list is not at each of its tickets
MOST = 100

T = TypeVar("T")
Done = Callable[[None], None]
Failed = Callable[[Exception], None]


class Attendance(QObject):
    """One heartbeat for all that this console has open; the desk's claims live by it.

    Presence is a courtesy: a call that fails is made again with the next heartbeat.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.store = AttendanceStore(session.engine)
        self._session = session
        self._open: Counter[TicketId] = Counter()
        self._typing: set[TicketId] = set()
        self._calls = Latest(session.reads, self)
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self.say)
        self._beat.start()
        self._soon = QTimer(self, interval=SOON_MS, singleShot=True)
        self._soon.timeout.connect(self.say)

    def enter(self, ticket_id: TicketId) -> None:
        """Note that a page of this ticket is open, perhaps one more."""
        self._open[ticket_id] += 1
        self._soon.start()

    def leave(self, ticket_id: TicketId) -> None:
        """Note that a page of this ticket was closed."""
        self._open[ticket_id] -= 1
        if self._open[ticket_id] <= 0:
            del self._open[ticket_id]
            self._typing.discard(ticket_id)
        self._soon.start()

    def set_typing(self, ticket_id: TicketId, is_typing: bool) -> None:
        """Somebody begins or ends to write at this ticket."""
        if is_typing != (ticket_id in self._typing):
            (self._typing.add if is_typing else self._typing.discard)(ticket_id)
            self._soon.start()

    @Slot()
    def say(self) -> None:
        """Say where this console is."""
        work = partial(self.store.attend, self._session.desk, tuple(self._open)[-MOST:], tuple(self._typing))
        self._calls.run(work, ignore, ignore)

    def stop(self) -> None:
        """Say good-bye: claims end at once. The caller waits for the writes to end."""
        self._beat.stop()
        self._soon.stop()
        self._session.writes.run(partial(self.store.leave, self._session.desk), ignore, ignore)

    def claim(self, ticket: Ticket, done: Done, failed: Failed) -> None:
        """Take a ticket."""
        self._send(partial(self.store.claim, ticket, self._session.desk, uuid4()), done, failed)

    def release(self, ticket_id: TicketId, done: Done, failed: Failed) -> None:
        """Let go of a ticket."""
        self._session.writes.run(partial(self.store.release, ticket_id), done, failed)

    def take_over(self, ticket_id: TicketId, reason: str, done: Done, failed: Failed) -> None:
        """Take a ticket from a colleague."""
        self._send(
            partial(self.store.take_over, ticket_id, self._session.desk, reason, uuid4()), done, failed
        )

    def next_ticket(self, wanted: Filter, done: Callable[[Ticket | None], None], failed: Failed) -> None:
        """Take the next ticket of a list."""
        self._send(partial(self.store.next_ticket, wanted, self._session.desk, uuid4()), done, failed)

    def _send(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Ask; where the answer was lost once more: the key in `work` brings the same one."""
        self._session.writes.run(work, done, partial(self._on_failed, work, done, failed))

    def _on_failed(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Failed, error: Exception
    ) -> None:
        if isinstance(error, Unavailable):
            self._session.writes.run(work, done, failed)
        elif is_alive(failed):
            failed(error)
