"""Pictures as files: encoded, written on and watermarked. Each takes tens of milliseconds: for workers."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

PNG, JPEG = "PNG", "JPEG"
JPEG_QUALITY = 92
PNG_QUALITY = 60  # of Qt's 0-100: the smallest files take ten times as long
THUMB = 128  # pixels of the longer side: tells pictures apart, not persons
LINES_A_PICTURE = 36  # how high a line of the strip is: a share of the picture's width
LEAST_LINE = 14
PAPER, INK = QColor("#101418"), QColor("#f4f6f8")
MARK_ALPHA, MARK_SLOPE, MARK_STEP = 110, -24.0, 7


class NotEncoded(Exception):
    """Qt could not write the picture."""


def encoded(image: QImage, kind: str, quality: int = -1) -> bytes:
    """Return the picture as a file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, kind, quality):  # type: ignore[call-overload] # its stubs want the format as bytes
        raise NotEncoded(kind)
    return bytes(content.data())


def thumb_of(image: QImage) -> bytes:
    """Return a small PNG."""
    mode = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    small = image.scaled(THUMB, THUMB, *mode).convertToFormat(QImage.Format.Format_RGB888)
    return encoded(small, PNG, 0)


def with_strip(image: QImage, lines: Sequence[str]) -> QImage:
    """Return a copy with lines of text below the picture, none of which covers anything."""
    font = _font(max(LEAST_LINE, image.width() // LINES_A_PICTURE) * 0.72)
    margin = max(4, image.width() // 120)
    room = QRect(margin, 0, image.width() - 2 * margin, 10_000)
    flags = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
    text = "\n".join(lines)
    with QPainter(image) as painter:  # only measures: nothing is drawn here
        painter.setFont(font)
        height = painter.boundingRect(room, flags, text).height() + 2 * margin
    result = QImage(image.width(), image.height() + height, QImage.Format.Format_RGB32)
    result.fill(PAPER)
    with QPainter(result) as painter:
        painter.drawImage(0, 0, image)
        painter.setFont(font)
        painter.setPen(INK)
        painter.drawText(room.translated(0, image.height() + margin), flags, text)
    return result


def marked(image: QImage, mark: str) -> QImage:
    """Return a copy with the watermark across the whole picture, and below it."""
    result = with_strip(image, [mark])
    with QPainter(result) as painter:
        painter.drawImage(0, 0, mark_layer(result.size(), mark))
    return result


def mark_layer(size: QSize, mark: str) -> QImage:
    """Return the watermark alone, readable on light and dark, to be drawn over pictures of this size."""
    layer = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    layer.fill(Qt.GlobalColor.transparent)
    pixels = max(LEAST_LINE, size.width() // 44)
    with QPainter(layer) as painter:
        painter.setFont(_font(pixels))
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.translate(QRectF(layer.rect()).center())
        painter.rotate(MARK_SLOPE)
        reach = hypot(size.width(), size.height()) / 2
        step = painter.fontMetrics().horizontalAdvance(mark) + 3 * pixels
        row, y = 0, -reach
        while y < reach:
            x = -reach - (row % 2) * step / 2
            while x < reach:
                _draw_outlined(painter, QPointF(x, y), mark)
                x += step
            row, y = row + 1, y + MARK_STEP * pixels
    return layer


def _draw_outlined(painter: QPainter, at: QPointF, mark: str) -> None:
    for offset, tone in ((1, 0), (0, 255)):
        painter.setPen(QColor(tone, tone, tone, MARK_ALPHA))
        painter.drawText(at + QPointF(offset, offset), mark)


def _font(pixels: float) -> QFont:
    font = QFont()
    font.setPixelSize(max(1, round(pixels)))
    return font
