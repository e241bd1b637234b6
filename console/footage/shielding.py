"""Areas made unrecognisable before publication (R706): blocks in a picture, one grey in a clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

RECTANGLE, ELLIPSE, FREEHAND = "rectangle", "ellipse", "freehand"
BLOCKS = 6  # of the longer side of an area: too few to tell a face or to read a plate
LEAST_BLOCK = 12  # pixels
COVER = QColor("#7f7f7f")


@dataclass(frozen=True, slots=True)
class Region:
    """An area in the picture's own pixels: two corners, or the outline drawn by hand."""

    kind: str
    points: tuple[tuple[float, float], ...]

    def path(self) -> QPainterPath:
        """Return its outline."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)  # a line that crosses itself leaves no hole
        corners = [QPointF(x, y) for x, y in self.points]
        if self.kind == FREEHAND:
            path.addPolygon(corners)
            path.closeSubpath()
        else:
            area = QRectF(corners[0], corners[-1]).normalized()
            (path.addEllipse if self.kind == ELLIPSE else path.addRect)(area)
        return path

    def covers_something(self) -> bool:
        """Say whether it is more than a slip of the mouse."""
        area = self.path().boundingRect()
        return area.width() >= 4 and area.height() >= 4

    def to_json(self) -> dict[str, Any]:
        """Return it as the register keeps it."""
        return {"kind": self.kind, "points": [[round(x, 1), round(y, 1)] for x, y in self.points]}


def shielded(image: QImage, regions: Sequence[Region]) -> QImage:
    """Return a copy in which each area is a few flat blocks; what was there is not in the file any more."""
    result = image.convertToFormat(QImage.Format.Format_RGB32)
    for region in regions:
        path = region.path()
        area = path.boundingRect().toAlignedRect().intersected(result.rect())
        if area.isEmpty():
            continue
        blocks = _blocks(result.copy(area))
        with QPainter(result) as painter:
            painter.setClipPath(path)
            painter.drawImage(area, blocks)
    return result


def cover_layer(size: QSize, regions: Sequence[Region]) -> QImage:
    """Return the areas alone, in one grey, to be drawn over every picture of a clip.

    Not blocks: those change from picture to picture, and from many of them a moving face can be worked out.
    """
    layer = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    layer.fill(Qt.GlobalColor.transparent)
    with QPainter(layer) as painter:
        for region in regions:
            painter.fillPath(region.path(), COVER)
    return layer


def covered(image: QImage, regions: Sequence[Region]) -> QImage:
    """Return a copy of one picture of a clip as it will be."""
    result = image.convertToFormat(QImage.Format.Format_RGB32)
    with QPainter(result) as painter:
        painter.drawImage(0, 0, cover_layer(result.size(), regions))
    return result


def _blocks(part: QImage) -> QImage:
    side = max(LEAST_BLOCK, max(part.width(), part.height()) / BLOCKS)
    size = (max(1, round(part.width() / side)), max(1, round(part.height() / side)))
    ignore = Qt.AspectRatioMode.IgnoreAspectRatio
    few = part.scaled(*size, ignore, Qt.TransformationMode.SmoothTransformation)
    # 5 to 6 bits a colour: what is left of a block's mean must not tell what it was the mean of
    few = few.convertToFormat(QImage.Format.Format_RGB16).convertToFormat(QImage.Format.Format_RGB32)
    return few.scaled(part.size(), ignore, Qt.TransformationMode.FastTransformation)


def clamped(point: QPointF, bounds: QRect) -> tuple[float, float]:
    """Return the point, or the nearest one inside."""
    x = min(max(point.x(), bounds.left()), bounds.right() + 1)
    return x, min(max(point.y(), bounds.top()), bounds.bottom() + 1)
