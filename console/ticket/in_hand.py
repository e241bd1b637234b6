"""A panel that has a ticket in hand."""

from __future__ import annotations

from console.kit.panel import Panel


class InHandPanel(Panel):
    """What actions ask of a page or a desk."""

    def offers(self, action: str) -> bool:
        """Say whether the ticket in hand offers an action now."""
        raise NotImplementedError

    def ask(self, action: str) -> None:
        """Start an action on the ticket in hand."""
        raise NotImplementedError
