"""The panel in which the register is looked over."""

from __future__ import annotations

from abc import abstractmethod

from console.kit.panel import Panel


class CheckingPanel(Panel):
    """What actions ask of it; its widgets are imported when it is first shown."""

    kind = "evidence"

    @abstractmethod
    def show_register(self) -> None:
        """Bring the register to the front."""

    @abstractmethod
    def show_daily(self) -> None:
        """Bring the days to the front."""

    @abstractmethod
    def may_tick(self) -> bool:
        """Say whether the chosen day can be ticked as looked over now."""

    @abstractmethod
    def see(self) -> None:
        """Tick the chosen day."""

    @abstractmethod
    def refresh(self) -> None:
        """Read again what is in front."""

    @abstractmethod
    def open_ticket(self) -> None:
        """Ask for the page of the ticket under the cursor."""

    @abstractmethod
    def export(self) -> None:
        """Ask where the register's rows go."""

    @abstractmethod
    def print_seals(self) -> None:
        """Show the last seals as a sheet to print."""
