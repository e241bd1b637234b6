"""Keys on a wall that keep what its chosen picture shows: K a still, R a clip, T a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from console.camera.record import Sight
from console.kit.keys import bind_key
from console.kit.notices import Notice, Severity
from console.wall.tile import Tile

if TYPE_CHECKING:
    from console.app.session import Session
    from console.video.player import Player
    from console.wall.wall import Wall

STILL_KEY, CLIP_KEY, REPORT_KEY = "K", "R", "T"
REPORTERS = frozenset({"operator", "supervisor"})
TICK_MS = 500


class WallKeeping(QObject):
    """Knows the chosen tile and what of it is being recorded."""

    def __init__(self, session: Session, wall: Wall) -> None:
        super().__init__(wall)
        self._session = session
        self._wall = wall
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._show_clips)
        for key, run in (
            (STILL_KEY, self.keep_still),
            (CLIP_KEY, self.toggle_clip),
            (REPORT_KEY, self.report),
        ):
            bind_key(wall, key, run)

    def can_keep(self) -> bool:
        """Say whether there is a picture to keep."""
        return self._wall.chosen.sight() is not None

    @Slot()
    def keep_still(self) -> None:
        """Keep the picture."""
        shown = self._shown()
        if shown is not None:
            self._session.keeping.keep_still(*shown)

    @Slot()
    def toggle_clip(self) -> None:
        """Begin a clip, or end the one that goes on."""
        shown = self._shown()
        if shown is None:
            return
        sight, player = shown
        if self._session.keeping.is_recording(sight.view):
            self._session.keeping.stop_clip(sight.view)
        else:
            self._session.keeping.start_clip(sight, player)
            self._timer.start()

    @Slot()
    def report(self) -> None:
        """Begin a report about what the picture shows (S71)."""
        if not REPORTERS & frozenset(self._session.me.duties):
            text = self.tr("Reports are written down at the centre; keep the picture with a ticket of yours.")
            self._session.notices.post(Notice(Severity.REFUSED, text))
            return
        shown = self._shown()
        if shown is not None:
            self._session.keeping.report(*shown)

    def _shown(self) -> tuple[Sight, Player] | None:
        tile = self._wall.chosen
        sight = tile.sight()
        if sight is None or tile.view is None:
            text = self.tr("There is no picture here to keep.")
            self._session.notices.post(Notice(Severity.REFUSED, text))
            return None
        return sight, tile.view.player

    @Slot()
    def _show_clips(self) -> None:
        """Say in each tile that is recorded for how long it has been."""
        marks = [self._mark(tile) for tile in self._wall.tiles]
        for tile, mark in zip(self._wall.tiles, marks, strict=True):
            if tile.note != mark:
                tile.note = mark
                tile.refresh()
        if not any(marks):
            self._timer.stop()

    def _mark(self, tile: Tile) -> str:
        sight = tile.sight()
        if sight is None or not self._session.keeping.is_recording(sight.view):
            return ""
        minutes, seconds = divmod(int(self._session.keeping.recorded_s(sight.view)), 60)
        return self.tr("● recording {time}").format(time=f"{minutes}:{seconds:02}")
