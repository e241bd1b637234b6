"""Lights with colour, shape and letter, and the lean delegate that paints a live table."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.kit.lamp import Light
from console.kit.table import RIGHT, Column, TableModel
from console.kit.theme import Theme

_SELECTED = QStyle.StateFlag.State_Selected
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
_ELIDE = Qt.TextElideMode.ElideRight
_SIDE = 18
_PADDING = 6
_TEXTS = 4000


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
        self._texts: dict[tuple[str, int], QStaticText] = {}
        self.is_stale = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # The model itself: a role each through Qt costs as much as the painting.
        table: TableModel[Any] = index.model()  # type: ignore[assignment]  # the views hold no other
        number, place = index.row(), index.column()
        column, row, area = table.columns[place], table.row_at(number), option.rect
        if option.state & _SELECTED:
            painter.fillRect(area, self._theme.colour("selection"))
        elif table.is_marked(number):
            painter.fillRect(area, self._theme.colour("marked"))
        if column.light is not None:
            paint_light(painter, area, Light(str(column.light(row))), self._theme, is_stale=self.is_stale)
            return
        self.paint_words(painter, area.adjusted(_PADDING, 0, -_PADDING, 0), place, row, column)

    def paint_words(self, painter: QPainter, area: QRect, place: int, row: Any, column: Column[Any]) -> None:
        """Paint what the column says of the row; `place` is the column's number."""
        self.paint_text(painter, area, column.text(row), "text", column.align)

    def paint_text(
        self, painter: QPainter, area: QRect, text: str, token: str, align: int | None = None
    ) -> int:
        """Paint one line, elided to the area, and return its width; laid out once and kept."""
        if not text or area.width() <= 0:
            return 0
        key = (text, area.width())
        drawn = self._texts.get(key)
        if drawn is None:
            if len(self._texts) >= _TEXTS:
                self._texts.clear()
            drawn = QStaticText(painter.fontMetrics().elidedText(text, _ELIDE, area.width()))
            drawn.setTextFormat(Qt.TextFormat.PlainText)
            drawn.prepare(font=painter.font())
            self._texts[key] = drawn
        size = drawn.size()
        left = area.right() + 1 - size.width() if align == RIGHT else area.left()
        painter.setPen(self._theme.colour("faint" if self.is_stale else token))
        painter.drawStaticText(QPointF(left, area.top() + (area.height() - size.height()) / 2), drawn)
        width: int = math.ceil(size.width())
        return width


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
