"""What a workspace or a tab shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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

    def layout_state(self) -> Mapping[str, Any]:
        """Return how the panel is arranged, to be kept on the server."""
        return {}

    def restore_layout(self, state: Mapping[str, Any]) -> None:
        """Arrange the panel as it was; what no longer fits is ignored."""

    def detach(self) -> None:
        """Let go of longer-lived objects before the panel is closed."""
