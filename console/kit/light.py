"""Lights with colour, shape and letter, and the lean delegate that paints a live table."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.kit.lamp import Light
from console.kit.table import ALIGN_ROLE, DISPLAY_ROLE, LIGHT_ROLE, MARK_ROLE
from console.kit.theme import Theme

_SELECTED = QStyle.StateFlag.State_Selected
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight
_SIDE = 18
_PADDING = 6


_TOKENS = {Light.GREEN: "light_g", Light.YELLOW: "light_y", Light.RED: "light_r", Light.HELD: "light_held"}


def paint_light(
    painter: QPainter, area: QRect, light: Light, theme: Theme, *, is_stale: bool = False
) -> None:
    """Paint green as a disc, yellow as a triangle, red as an octagon, held as a bar; stale is an outline."""
    side = float(min(_SIDE, area.height() - 2, area.width() - 2))
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(area).center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    token = _TOKENS[light]
    if is_stale:
        painter.setPen(QPen(theme.colour("faint"), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(theme.colour(token)))
    _paint_shape(painter, box, light)
    painter.setPen(theme.colour("faint") if is_stale else theme.colour(f"{token}_ink"))
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(max(8, round(side * 0.58)))
    painter.setFont(font)
    if light is Light.YELLOW:
        box.translate(0, side * 0.12)  # the triangle's weight is low
    painter.drawText(box, _CENTER, "–" if light is Light.HELD else light.value)
    painter.restore()


def _paint_shape(painter: QPainter, box: QRectF, light: Light) -> None:
    if light is Light.GREEN:
        painter.drawEllipse(box)
    elif light is Light.YELLOW:
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(box.center().x(), box.top()),
                    QPointF(box.right() + 1, box.bottom()),
                    QPointF(box.left() - 1, box.bottom()),
                ]
            )
        )
    elif light is Light.RED:
        cut = box.width() * 0.29
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(box.left() + cut, box.top()),
                    QPointF(box.right() - cut, box.top()),
                    QPointF(box.right(), box.top() + cut),
                    QPointF(box.right(), box.bottom() - cut),
                    QPointF(box.right() - cut, box.bottom()),
                    QPointF(box.left() + cut, box.bottom()),
                    QPointF(box.left(), box.bottom() - cut),
                    QPointF(box.left(), box.top() + cut),
                ]
            )
        )
    else:
        painter.drawRoundedRect(box.adjusted(0, box.height() * 0.22, 0, -box.height() * 0.22), 3, 3)


class LightDelegate(QStyledItemDelegate):
    """Paint all cells of a live table; a style sheet per cell costs ten times as much (see hazards)."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.is_stale = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area = option.rect
        if option.state & _SELECTED:
            painter.fillRect(area, self._theme.colour("selection"))
        elif index.data(MARK_ROLE):
            painter.fillRect(area, self._theme.colour("marked"))
        light = index.data(LIGHT_ROLE)
        if light is not None:
            # Qt hands a StrEnum back as a bare string.
            paint_light(painter, area, Light(light), self._theme, is_stale=self.is_stale)
            return
        text = index.data(DISPLAY_ROLE)
        if text:
            area = area.adjusted(_PADDING, 0, -_PADDING, 0)
            painter.setPen(self._theme.colour("faint" if self.is_stale else "text"))
            painter.drawText(
                area,
                index.data(ALIGN_ROLE) or _LEFT,
                painter.fontMetrics().elidedText(text, _ELIDE, area.width()),
            )


class LightBadge(QWidget):
    """One light on a page; `set_light` repaints it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._light = Light.HELD
        self._is_stale = False
        self.setFixedSize(_SIDE + 6, _SIDE + 6)

    def set_light(self, light: Light, *, is_stale: bool = False) -> None:
        """Show another light."""
        if (light, is_stale) != (self._light, self._is_stale):
            self._light, self._is_stale = light, is_stale
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint_light(painter, self.rect(), self._light, self._theme, is_stale=self._is_stale)
