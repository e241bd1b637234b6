"""The window a bench looks at, and when what was asked of it is painted; knows nothing of databases."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Slot

from console.kit.watch import PaintWatch
from console.shell.main_window import MainWindow
from console.ticket.queue import QueuePanel
from console.ticket.record import TicketId

SIZE = (1600, 900)


class PageWatch(PaintWatch):
    """From the wish to see a ticket to its painted page, all that is in it."""

    painted = QEvent.Type.UpdateRequest  # of the window: what has changed in it is painted by then

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def open(self, ticket_id: TicketId) -> None:
        """Open the page; its title changes when its data is in."""
        self._window.open_ticket(ticket_id).title_changed.connect(self.on_data)

    @Slot()
    def on_data(self) -> None:
        """Leave it to the page what to paint."""
        self._has_data = True


def queue_panel(window: MainWindow) -> QueuePanel:
    """Show the queue and return its panel."""
    panel = window.show_workspace("queue")
    if not isinstance(panel, QueuePanel):
        raise TypeError("the queue workspace is not a QueuePanel")
    return panel
