"""The map: one widget that draws everything itself, however many cameras there are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from console.camera.map_paint import MapPainter
from console.camera.plane import (
    FARTHEST_M,
    NEAREST_M,
    NOWHERE,
    Floats,
    Heaps,
    Plane,
    Sites,
    gather,
    level_of,
)
from console.kit.jobs import Jobs, Latest
from console.kit.theme import Theme

NEAR_SCALE = 2.0  # metres per pixel when a ticket is shown
REACH_PX = 16  # a click this near hits
STEP = 0.3  # of the view, for moving by keys
SIZE = QSize(360, 280)
SECTOR = 50.0  # degrees to either side in which an arrow key looks for the next camera
ARROWS = {Qt.Key.Key_Up: 0.0, Qt.Key.Key_Right: 90.0, Qt.Key.Key_Down: 180.0, Qt.Key.Key_Left: 270.0}
ZOOMS = {Qt.Key.Key_Plus: 0.5, Qt.Key.Key_Equal: 0.5, Qt.Key.Key_Minus: 2.0}


@dataclass(frozen=True)
class Landmark:
    """A named place of the directory; `level` 2 street or town, 3 area, 4 grid."""

    name: str
    lon: float
    lat: float
    level: int


class MapView(QWidget):
    """Cameras gathered by place, the ticket in the middle, rings around it.

    Move with the mouse or Shift and arrows, zoom with the wheel or + and -, go from camera to camera with the
    arrows, Home returns to the ticket.

    Signals: chosen(camera id) it is under the cursor now; opened(camera id) Enter or a double click.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, jobs: Jobs, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gathering = Latest(jobs, self)
        self._painter = MapPainter(theme)
        self.plane = Plane(0.0, 0.0)
        self.sites = Sites.of(())
        self.xs: Floats = np.empty(0)
        self.ys: Floats = np.empty(0)
        self.heaps: dict[int, Heaps] = {}
        self.places: dict[int, tuple[list[str], Floats, Floats]] = {}  # names and points by level
        self.middle = (0.0, 0.0)
        self.scale = 8.0
        self.subject: tuple[float, float, str] | None = None
        self.current: int | None = None  # the camera under the cursor
        self.current_place: int | None = None  # and where it is in `sites`
        self._dragged_from: QPoint | None = None
        self._has_moved = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return SIZE

    def show_sites(self, sites: Sites, landmarks: Sequence[Landmark]) -> None:
        """Take the cameras and the places around them; the view stays where it is."""
        is_first = not len(self.sites)
        if is_first and len(sites) and self.subject is None:  # a ticket has its own plane already
            self.plane = Plane(float(np.median(sites.lons)), float(np.median(sites.lats)))
        self.sites = sites
        self.xs, self.ys = self.plane.points(sites.lons, sites.lats)
        self.places = {level: self._placed(landmarks, level) for level in {each.level for each in landmarks}}
        self.heaps = {}
        self._set_current(self.current)
        if is_first and self.subject is None:
            self.show_all()
        self._want_heaps()

    def show_subject(self, lon: float, lat: float, name: str) -> None:
        """Put a ticket's place into the middle."""
        if not len(self.sites):
            self.plane = Plane(lon, lat)
        x, y = self.plane.point(lon, lat)
        self.subject = (x, y, name)
        self._look_at(x, y, NEAR_SCALE)

    def show_camera(self, camera_id: int) -> None:
        """Choose a camera and bring it into sight."""
        self._set_current(camera_id)
        place = self._place_of_current()
        if place is not None and not self.ground().contains(*place):
            self._look_at(*place, min(self.scale, NEAR_SCALE))
        self.update()

    def show_all(self) -> None:
        """Bring all cameras into sight."""
        if len(self.xs):
            left, right = np.percentile(self.xs, (1, 99))
            low, high = np.percentile(self.ys, (1, 99))
            wide = max((right - left) / max(self.width(), 1), (high - low) / max(self.height(), 1))
            self._look_at((left + right) / 2, (low + high) / 2, float(wide) * 1.1)

    def to_screen(self, x: float, y: float) -> QPointF:
        """Return the pixel of a place."""
        return QPointF(
            self.width() / 2 + (x - self.middle[0]) / self.scale,
            self.height() / 2 - (y - self.middle[1]) / self.scale,
        )

    def ground(self) -> QRectF:
        """Return the ground in sight; its top is its southern edge."""
        wide, high = self.width() * self.scale, self.height() * self.scale
        return QRectF(self.middle[0] - wide / 2, self.middle[1] - high / 2, wide, high)

    def gathered(self) -> Heaps | None:
        """Return the heaps of this zoom, or those last made while they are under way."""
        level = level_of(self.scale)
        return self.heaps.get(level) or next(iter(self.heaps.values()), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._painter.paint(painter, self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(0.5 if event.angleDelta().y() > 0 else 2.0, event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from, self._has_moved = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None:
            return
        moved = event.position().toPoint() - self._dragged_from
        if self._has_moved or moved.manhattanLength() > REACH_PX // 2:
            self._has_moved = True
            self._dragged_from = event.position().toPoint()
            self._move(-moved.x(), moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._has_moved:
            self._hit(event.position())
        self._dragged_from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            angle = math.radians(ARROWS[key])
            self._move(math.sin(angle) * self.width() * STEP, math.cos(angle) * self.height() * STEP)
        elif key in ARROWS:
            self._step(ARROWS[key])
        elif key in ZOOMS:
            self._zoom(ZOOMS[key], None)
        elif key == Qt.Key.Key_Home:
            self._go_home()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _go_home(self) -> None:
        if self.subject is None:
            self.show_all()
        else:
            self._look_at(self.subject[0], self.subject[1], NEAR_SCALE)

    def _look_at(self, x: float, y: float, scale: float) -> None:
        self.middle = (x, y)
        self.scale = min(max(scale, NEAREST_M), FARTHEST_M)
        self._want_heaps()
        self.update()

    def _move(self, right: float, up: float) -> None:
        """Move the view by pixels."""
        self.middle = (self.middle[0] + right * self.scale, self.middle[1] + up * self.scale)
        self.update()

    def _zoom(self, factor: float, at: QPointF | None) -> None:
        """Zoom around a pixel, or around the camera under the cursor."""
        scale = min(max(self.scale * factor, NEAREST_M), FARTHEST_M)
        place = self._place_of_current() if at is None else self._to_ground(at)
        x, y = place or self.middle
        share = scale / self.scale
        self._look_at(x + (self.middle[0] - x) * share, y + (self.middle[1] - y) * share, scale)

    def _to_ground(self, pixel: QPointF) -> tuple[float, float]:
        return (
            self.middle[0] + (pixel.x() - self.width() / 2) * self.scale,
            self.middle[1] - (pixel.y() - self.height() / 2) * self.scale,
        )

    def _place_of_current(self) -> tuple[float, float] | None:
        place = self.current_place
        return None if place is None else (float(self.xs[place]), float(self.ys[place]))

    def _placed(self, landmarks: Sequence[Landmark], level: int) -> tuple[list[str], Floats, Floats]:
        ours = [each for each in landmarks if each.level == level]
        lons, lats = (np.array([getattr(each, name) for each in ours]) for name in ("lon", "lat"))
        return [each.name for each in ours], *self.plane.points(lons, lats)

    def _set_current(self, camera_id: int | None) -> None:
        found = np.flatnonzero(self.sites.ids == camera_id) if camera_id is not None else NOWHERE
        self.current, self.current_place = camera_id, int(found[0]) if found.size else None

    def _want_heaps(self) -> None:
        level = level_of(self.scale)
        if len(self.xs) and level not in self.heaps:
            self._gathering.run(
                partial(gather, self.xs, self.ys, self.sites.lamps, level), self._on_gathered, _fail
            )

    def _on_gathered(self, heaps: Heaps) -> None:
        if len(heaps.order) == len(self.xs):
            self.heaps[heaps.level] = heaps
            self.update()

    def _hit(self, pixel: QPointF) -> None:
        """Choose the camera at a pixel; where several are, come nearer, or take the next of them."""
        heaps = self.gathered()
        if heaps is None or not len(heaps):
            return
        x, y = self._to_ground(pixel)
        distance = np.hypot(heaps.x - x, heaps.y - y) / self.scale
        heap = int(np.argmin(distance))
        if distance[heap] > REACH_PX + self._painter.radius(int(heaps.counts[heap])):
            return
        members = [int(self.sites.ids[place]) for place in heaps.members(heap)]
        if len(members) > 1 and self.scale > NEAREST_M:
            self._look_at(float(heaps.x[heap]), float(heaps.y[heap]), self.scale / 4)
            return
        after = members.index(self.current) + 1 if self.current in members else 0
        self._choose(members[after % len(members)])

    def _step(self, angle: float) -> None:
        """Choose the nearest camera in a direction from the one chosen, or from the middle."""
        if not len(self.xs):
            return
        x, y = self._place_of_current() or self.middle
        east, north = self.xs - x, self.ys - y
        distance = np.hypot(east, north)
        turn = (np.degrees(np.arctan2(east, north)) - angle + 180) % 360 - 180
        distance[(np.abs(turn) > SECTOR) | (distance < 0.5)] = np.inf
        place = int(np.argmin(distance))
        if np.isfinite(distance[place]):
            self._choose(int(self.sites.ids[place]))

    def _choose(self, camera_id: int) -> None:
        self._set_current(camera_id)
        place = self._place_of_current()
        if place is not None and not self.ground().contains(*place):
            self._look_at(*place, self.scale)
        self.update()
        self.chosen.emit(camera_id)

    @Slot()
    def forget(self) -> None:
        """Drop what is under way."""
        self._gathering.forget()


def _fail(error: Exception) -> None:
    """Numbers only: a failure here is a mistake of ours."""
    raise error
