"""What reached the window of ``bench live``, and when: changes through its feed, versions on its screen."""

from __future__ import annotations

import time
from collections import Counter

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QPaintEvent

from console.ticket.queue import QueuePanel
from console.ticket.record import Ticket
from db.changes import Change


class PaintedVersions(QObject):
    """Which version of which ticket was on the screen since when."""

    def __init__(self, panel: QueuePanel) -> None:
        super().__init__()
        self.at: dict[tuple[int, int], float] = {}
        self._panel = panel
        self._viewport = panel.view.viewport()
        self._shown: dict[int, int] = {ticket.id: ticket.version for ticket in visible_tickets(panel)}
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """After each paint note the versions of the rows that were painted."""
        if not isinstance(event, QPaintEvent):
            return super().eventFilter(watched, event)
        self._viewport.removeEventFilter(self)
        self._viewport.event(event)
        self._viewport.installEventFilter(self)
        now = time.monotonic()
        view, model = self._panel.view, self._panel.live.model
        for number in view.visible_rows():
            if not event.region().contains(view.visualRect(model.index(number, 0)).center()):
                continue
            ticket = model.row_at(number)
            before = self._shown.get(ticket.id, ticket.version)
            for version in range(before + 1, ticket.version + 1):
                self.at[ticket.id, version] = now
            self._shown[ticket.id] = ticket.version
        return True


class Deliveries(QObject):
    """How often each change came through the window's feed, and when first."""

    def __init__(self) -> None:
        super().__init__()
        self.count: Counter[tuple[int, int]] = Counter()
        self.at: dict[tuple[int, int], float] = {}

    @Slot(object)
    def on_changed(self, changes: tuple[Change, ...]) -> None:
        """Note one delivery."""
        now = time.monotonic()
        for change in changes:
            if change.what == "ticket":
                self.count[change.id, change.version] += 1
                self.at.setdefault((change.id, change.version), now)


def visible_tickets(panel: QueuePanel) -> list[Ticket]:
    """Return the tickets whose rows are on the screen."""
    return [panel.live.model.row_at(number) for number in panel.view.visible_rows()]
