"""Cameras in the command line (Ctrl+K): by name, pinyin, place, purpose or code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from console.camera.directory_store import CameraDirectoryStore
from console.camera.record import Camera
from console.camera.words import status_word
from console.directory.record import Directory
from console.kit.finding import Hit
from db.transaction import Halt

LEAST, MOST = 2, 60
EACH = 6
SCORE = 45  # just above words in tickets, below what is called so


class CameraFinder:
    """Asked in a worker; touches no widget."""

    def __init__(
        self,
        store: CameraDirectoryStore,
        directory: Callable[[], Directory],
        open_camera: Callable[[Camera], object],
    ) -> None:
        self._store = store
        self._directory = directory
        self._open = open_camera
        self._halt = Halt()

    def begin(self) -> None:
        """Keep nothing: the cameras are in the database."""

    def find(self, typed: str) -> Sequence[Hit]:
        """Ask the database from two characters on."""
        if not LEAST <= len(typed) <= MOST:
            return []
        self._halt = halt = Halt()
        kind = QCoreApplication.translate("Cameras", "Camera")
        found = self._store.search(typed, None, EACH, halt).cameras
        return [
            Hit(
                camera.name,
                kind,
                90 if typed in (camera.code, camera.name) else SCORE - rank,
                partial(self._open, camera),
                " · ".join(
                    filter(
                        None,
                        (
                            self._directory().place_path(camera.territory_id),
                            status_word(camera),
                        ),
                    )
                ),
            )
            for rank, camera in enumerate(found)
        ]

    def halt(self) -> None:
        """End the search that runs."""
        self._halt.call()
