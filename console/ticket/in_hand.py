"""A panel that has a ticket in hand."""

from __future__ import annotations

from abc import abstractmethod

from console.kit.panel import Panel


class InHandPanel(Panel):
    """What actions ask of a page or a desk."""

    @abstractmethod
    def offers(self, action: str) -> bool:
        """Say whether the ticket in hand offers an action now."""

    @abstractmethod
    def ask(self, action: str) -> None:
        """Start an action on the ticket in hand."""
