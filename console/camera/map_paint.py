"""How the map is painted: places, rings, heaps with their numbers, single cameras with their direction."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from console.camera.plane import CELL_PX, DARK, ONLINE, TURNING
from console.camera.words import distance_words
from console.kit.theme import Theme

if TYPE_CHECKING:
    from console.camera.map_view import MapView

RINGS_M = (100, 200, 500, 1000)
LABELS = ((2, 200.0), (3, 12.0), (4, 4.0))  # a level's names appear below this scale
LIFT = 24.0  # names stand above their place, where cameras seldom are
DOT = 5.0
SMALL, LARGE = 9.0, 20.0
WEDGE_PX, WEDGE_DEG = 26.0, 25  # to either side
LAMPS = ("light_held", "light_g", "light_r")
MANY_DARK = 0.3  # of a heap that is shown in red
BAR_PX = 120
MARGIN = 14
CENTER = int(Qt.AlignmentFlag.AlignCenter)
NO_PEN, NO_BRUSH = Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush


class MapPainter:
    """Paints a MapView in the theme's colours; everything is a few hundred shapes, however many cameras."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def radius(self, count: int) -> float:
        """Return the size of a heap in pixels."""
        return DOT if count == 1 else min(LARGE, SMALL + 2.2 * math.log2(count))

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Paint everything in sight."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(view.rect(), self._theme.colour("base"))
        self._paint_rings(painter, view)
        self._paint_heaps(painter, view)
        self._paint_places(painter, view)
        self._paint_subject(painter, view)
        self._paint_bar(painter, view)
        if view.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 1))
            painter.setBrush(NO_BRUSH)
            painter.drawRect(view.rect().adjusted(0, 0, -1, -1))

    def _paint_places(self, painter: QPainter, view: MapView) -> None:
        """Write the names of the places around; a name that would cover another is left out."""
        metrics = QFontMetricsF(painter.font())
        ground = view.ground()
        ground_colour = QColor(self._theme.colour("base"))
        ground_colour.setAlpha(190)
        taken = [self._subject_box(metrics, view)]
        for level, most in LABELS:
            if view.scale > most or level not in view.places:
                continue
            painter.setPen(self._theme.colour("muted" if level < 4 else "faint"))
            names, xs, ys = view.places[level]
            inside = (
                (xs > ground.left()) & (xs < ground.right()) & (ys > ground.top()) & (ys < ground.bottom())
            )
            for place in inside.nonzero()[0].tolist():
                box = QRectF(0, 0, metrics.horizontalAdvance(names[place]) + 6, metrics.height())
                box.moveCenter(view.to_screen(float(xs[place]), float(ys[place])) - QPointF(0, LIFT))
                if not any(box.intersects(other) for other in taken):
                    taken.append(box)
                    painter.fillRect(box, ground_colour)
                    painter.drawText(box, CENTER, names[place])

    def _subject_box(self, metrics: QFontMetricsF, view: MapView) -> QRectF:
        """Return where the ticket's pin and number stand; empty without one."""
        if view.subject is None:
            return QRectF()
        at = view.to_screen(*view.subject[:2])
        wide = metrics.horizontalAdvance(view.subject[2]) + 24
        return QRectF(at.x() - 10, at.y() - 34, wide, 34)

    def _paint_rings(self, painter: QPainter, view: MapView) -> None:
        if view.subject is None:
            return
        middle = view.to_screen(*view.subject[:2])
        painter.setBrush(NO_BRUSH)
        for metres in RINGS_M:
            radius = metres / view.scale
            if 24 < radius < view.width() + view.height():
                painter.setPen(QPen(self._theme.colour("line"), 1.2, Qt.PenStyle.DashLine))
                painter.drawEllipse(middle, radius, radius)
                painter.setPen(self._theme.colour("muted"))
                painter.drawText(middle + QPointF(4, -radius - 3), distance_words(metres))

    def _paint_heaps(self, painter: QPainter, view: MapView) -> None:
        heaps = view.gathered()
        if heaps is None:
            return
        edge = CELL_PX * view.scale
        wide, high = view.width() * view.scale / 2 + edge, view.height() * view.scale / 2 + edge
        x, y = view.middle
        current = heaps.heap_of(view.current_place)
        for heap in heaps.inside(x - wide, y - high, x + wide, y + high).tolist():
            at = view.to_screen(float(heaps.x[heap]), float(heaps.y[heap]))
            count = int(heaps.counts[heap])
            if count == 1:
                self._paint_camera(painter, view, int(heaps.order[heaps.starts[heap]]), at)
            else:
                self._paint_heap(painter, at, count, is_dark=heaps.dark[heap] > count * MANY_DARK)
                if heap == current:
                    self._paint_cursor(painter, at, self.radius(count) + 4)

    def _paint_camera(self, painter: QPainter, view: MapView, place: int, at: QPointF) -> None:
        bearing, lamp = int(view.sites.bearings[place]), int(view.sites.lamps[place])
        is_current = place == view.current_place
        if bearing != TURNING:
            shade = QColor(self._theme.colour("accent"))
            shade.setAlpha(110 if is_current else 55)
            painter.setPen(NO_PEN)
            painter.setBrush(shade)
            painter.drawConvexPolygon(_wedge(at, bearing))  # a pie costs five times as much
        self._paint_dot(painter, at, lamp)
        if is_current:
            self._paint_cursor(painter, at, DOT + 5)

    def _paint_dot(self, painter: QPainter, at: QPointF, lamp: int) -> None:
        """Paint a disc for online, a crossed square for not, a small ring for not known."""
        colour = self._theme.colour(LAMPS[lamp])
        painter.setPen(QPen(self._theme.colour("base") if lamp == ONLINE else colour, 1.5))
        painter.setBrush(colour if lamp == ONLINE else self._theme.colour("base"))
        box = QRectF(at.x() - DOT, at.y() - DOT, 2 * DOT, 2 * DOT)
        if lamp == DARK:
            painter.drawRect(box)
            painter.drawLine(QLineF(box.topLeft(), box.bottomRight()))
            painter.drawLine(QLineF(box.topRight(), box.bottomLeft()))
        else:
            painter.drawEllipse(box)

    def _paint_heap(self, painter: QPainter, at: QPointF, count: int, *, is_dark: bool) -> None:
        radius = self.radius(count)
        painter.setPen(QPen(self._theme.colour("light_r" if is_dark else "accent"), 1.5))
        painter.setBrush(self._theme.colour("accent_soft"))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(QRectF(at.x() - 30, at.y() - 10, 60, 20), CENTER, str(count))

    def _paint_cursor(self, painter: QPainter, at: QPointF, radius: float) -> None:
        painter.setPen(QPen(self._theme.colour("focus"), 2.5))
        painter.setBrush(NO_BRUSH)
        painter.drawEllipse(at, radius, radius)

    def _paint_subject(self, painter: QPainter, view: MapView) -> None:
        """Paint the ticket as a pin with its number."""
        if view.subject is None:
            return
        at = view.to_screen(*view.subject[:2])
        painter.setPen(QPen(self._theme.colour("base"), 1.5))
        painter.setBrush(self._theme.colour("conflict"))
        painter.drawPolygon(QPolygonF([at, at + QPointF(-8, -20), at + QPointF(8, -20)]))
        painter.drawEllipse(at + QPointF(0, -22), 9, 9)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(at + QPointF(12, -18), view.subject[2])

    def _paint_bar(self, painter: QPainter, view: MapView) -> None:
        """Paint the scale: a round number of metres."""
        metres = BAR_PX * view.scale
        size = 10 ** math.floor(math.log10(metres))
        metres = max(size * step for step in (1, 2, 5) if size * step <= metres)
        left, low = float(MARGIN), float(view.height() - MARGIN)
        right = left + metres / view.scale
        painter.setPen(QPen(self._theme.colour("muted"), 1.5))
        for line in (
            QLineF(left, low, right, low),
            QLineF(left, low - 4, left, low + 4),
            QLineF(right, low - 4, right, low + 4),
        ):
            painter.drawLine(line)
        painter.drawText(QPointF(right + 6, low + 4), distance_words(metres))


def _wedge(at: QPointF, bearing: int) -> QPolygonF:
    """Return the triangle a camera looks into."""
    corners = (math.radians(bearing + turn) for turn in (-WEDGE_DEG, WEDGE_DEG))
    return QPolygonF([at, *(at + QPointF(math.sin(a), -math.cos(a)) * WEDGE_PX for a in corners)])
