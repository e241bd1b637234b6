"""A panel that has a ticket in hand."""

from __future__ import annotations

from abc import abstractmethod

from console.kit.panel import Panel
from console.ticket.taking import Taking


class InHandPanel(Panel):
    """What actions ask of a page or a desk."""

    @property
    @abstractmethod
    def taking(self) -> Taking | None:
        """The claim on the ticket in hand."""

    @abstractmethod
    def offers(self, action: str) -> bool:
        """Say whether the ticket in hand offers an action now."""

    @abstractmethod
    def ask(self, action: str) -> None:
        """Start an action on the ticket in hand."""
