"""What a workspace or a tab shows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Panel(QWidget):
    """Base of every panel.

    Signals: ticket_requested(TicketId) upward; selection_changed() when `selected()` may differ;
    title_changed(str) renames the panel's tab.
    """

    ticket_requested = Signal(object)
    selection_changed = Signal()
    title_changed = Signal(str)

    def selected(self) -> object | None:
        """Return the row actions work on."""
        return None

    def detach(self) -> None:
        """Let go of longer-lived objects before the panel is closed."""
