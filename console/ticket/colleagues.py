"""Which colleagues have which ticket open, as the database knows it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.kit.jobs import Latest
from console.ticket.record import Presence, TicketId
from db.changes import Change

if TYPE_CHECKING:
    from console.app.session import Session

AGAIN_MS = 30_000  # an entry ends by age, which no change tells


class Colleagues(QObject):
    """Keep `at` (ticket → logins of others) fresh.

    Signals: changed().
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.at: dict[TicketId, tuple[str, ...]] = {}
        self._session = session
        self._latest = Latest(session.reads, self)
        self._timer = QTimer(self, interval=AGAIN_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        session.feed.changed.connect(self._on_changed)

    def detach(self) -> None:
        """Let go of the session."""
        self._timer.stop()
        self._session.feed.changed.disconnect(self._on_changed)

    @Slot()
    def refresh(self) -> None:
        """Read who is where."""
        if self._session.is_online:
            self._latest.run(self._session.store.presence, self._on_read, self._session.report)

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        if any(change.what == "presence" for change in changes):
            self.refresh()

    def _on_read(self, rows: list[Presence]) -> None:
        found: dict[TicketId, list[str]] = defaultdict(list)
        for row in rows:
            if row.login != self._session.me.login and row.login not in found[row.ticket_id]:
                found[row.ticket_id].append(row.login)
        at = {ticket: tuple(sorted(logins)) for ticket, logins in found.items() if logins}
        if at != self.at:
            self.at = at
            self.changed.emit()
