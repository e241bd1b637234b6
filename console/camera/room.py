"""The workspace of cameras as actions see it; its widgets are imported when it is first shown."""

from __future__ import annotations

from abc import abstractmethod

from console.camera.record import Camera
from console.kit.panel import Panel
from console.ticket.record import Ticket

WALL, MAP, PATROLS, VIEWS = "wall", "map", "patrols", "views"


class CameraRoom(Panel):
    """What actions ask of it."""

    kind = "cameras"

    @abstractmethod
    def show_page(self, page: str) -> None:
        """Bring wall, map, rounds or register to the front."""

    @abstractmethod
    def seek(self) -> None:
        """Go to the line that looks for cameras."""

    @abstractmethod
    def show_groups(self) -> None:
        """Go to the groups."""

    @abstractmethod
    def open_camera(self, camera: Camera) -> None:
        """Show a camera in the chosen tile."""

    @abstractmethod
    def open_chosen(self) -> None:
        """Show the camera under the cursor in the chosen tile."""

    @abstractmethod
    def show_on_map(self) -> None:
        """Show the camera under the cursor on the map."""

    @abstractmethod
    def show_around(self, ticket: Ticket) -> None:
        """Show the surroundings of a ticket on the map."""

    @abstractmethod
    def cycle_grid(self) -> None:
        """Show 1, 4, 9, 16 pictures, then 1 again."""

    @abstractmethod
    def close_chosen(self) -> None:
        """Close the chosen picture."""

    @abstractmethod
    def close_all(self) -> None:
        """Close every picture; the next one is asked for a reason again."""

    @abstractmethod
    def new_group(self) -> None:
        """Begin a group with the cameras on the wall."""

    @abstractmethod
    def go_round(self) -> None:
        """Begin a round through the chosen group."""

    @abstractmethod
    def is_on_round(self) -> bool:
        """Say whether a round goes on."""

    @abstractmethod
    def pause_round(self) -> None:
        """Stay with the page of the round, or go on."""

    @abstractmethod
    def turn_round(self, step: int) -> None:
        """Go a page of the round on, or back."""

    @abstractmethod
    def stop_round(self) -> None:
        """End the round where it is."""

    @abstractmethod
    def refresh(self) -> None:
        """Read again what is in front."""

    @abstractmethod
    def export_views(self) -> None:
        """Ask where the register of views goes."""
