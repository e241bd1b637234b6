"""The wall in a window of its own, for the second screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.camera.record import Camera
from console.kit.panel import Panel
from console.wall.watch import WatchDesk, bind_watch_keys

if TYPE_CHECKING:
    from console.app.session import Session

GRID = 9


class SecondScreen(Panel):
    """Pictures only; cameras are sent here from the workspace."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.watch = WatchDesk(session, grid=GRID)
        self.setWindowTitle(self.tr("Cameras – second screen"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.watch)
        self.setFocusProxy(self.watch)
        bind_watch_keys(self, self.watch)

    def open_camera(self, camera: Camera) -> None:
        """Show a camera in the chosen tile, or the next free one."""
        self.watch.open_camera(camera)

    def layout_state(self) -> Mapping[str, Any]:
        return {"grid": self.watch.grid()}

    def restore_layout(self, state: Mapping[str, Any]) -> None:
        if isinstance(state.get("grid"), int):
            self.watch.set_grid(state["grid"])

    def detach(self) -> None:
        """Close the pictures and let go of the session."""
        self.watch.detach()
