"""The words and marks over a picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPixmap

from console.kit.theme import Theme

PAD = 8
FRAME = 3
MARK = 5
SMALL_TILE = 190  # below this height a tile says less


class Freshness(StrEnum):
    """Of the picture that is shown."""

    NONE = "none"
    LIVE = "live"
    LATE = "late"
    FROZEN = "frozen"


MARKS = {Freshness.LATE: "light_y", Freshness.FROZEN: "light_r"}


@dataclass(frozen=True)
class TileWords:
    """All that a tile says."""

    name: str
    time: str  # of the picture, on server time; without one, now
    banner: str
    sentence: str
    hint: str
    stream: str
    freshness: Freshness
    is_chosen: bool
    look: str  # name of the theme

    @property
    def is_plain(self) -> bool:
        """Say whether only the strips at top and bottom are drawn."""
        return not (self.banner or self.sentence or self.is_chosen or self.freshness in MARKS)


def overlay(words: TileWords, size: QSize, ratio: float, theme: Theme) -> QPixmap:
    """Draw what stands over a picture, transparent elsewhere."""
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    room = QRect(0, 0, size.width(), size.height())
    _strips(painter, words, room, theme)
    if words.banner:
        _banner(painter, words, room, theme)
    if words.sentence:
        _sentence(painter, words, room, theme)
    _edges(painter, words, room, theme)
    painter.end()
    return pixmap


def strips(size: QSize, theme: Theme) -> tuple[QRect, QRect]:
    """Return where the strips at top and bottom are."""
    foot = theme.size("field")
    return QRect(0, 0, size.width(), theme.size("row")), QRect(0, size.height() - foot, size.width(), foot)


def scaled_rect(rect: QRect, pixmap: QPixmap) -> QRect:
    """Return a part of a pixmap in its own pixels."""
    ratio = pixmap.devicePixelRatio()
    return QRect(rect.topLeft() * ratio, rect.size() * ratio)


def _font(theme: Theme, token: str, *, is_bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(theme.size(token))
    font.setBold(is_bold)
    return font


def _strips(painter: QPainter, words: TileWords, room: QRect, theme: Theme) -> None:
    height = theme.size("row")
    top = QRect(0, 0, room.width(), height)
    painter.fillRect(top, theme.colour("video_strip"))
    inner = top.adjusted(PAD, 0, -PAD, 0)
    font = _font(theme, "font", is_bold=True)
    clock = QFontMetrics(font).horizontalAdvance(words.time)
    painter.setFont(font)
    painter.setPen(theme.colour("video_text"))
    painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words.time)
    name = inner.adjusted(0, 0, -clock - PAD, 0)
    shown = QFontMetrics(font).elidedText(words.name, Qt.TextElideMode.ElideRight, name.width())
    painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    if words.stream and room.height() >= SMALL_TILE:
        _foot(painter, words, room, theme)


def _foot(painter: QPainter, words: TileWords, room: QRect, theme: Theme) -> None:
    font = _font(theme, "small")
    foot = QRect(0, room.height() - theme.size("field"), room.width(), theme.size("field"))
    painter.fillRect(foot, theme.colour("video_strip"))
    painter.setFont(font)
    painter.setPen(theme.colour("video_muted"))
    inner = foot.adjusted(PAD, 0, -PAD, 0)
    shown = QFontMetrics(font).elidedText(words.stream, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _banner(painter: QPainter, words: TileWords, room: QRect, theme: Theme) -> None:
    mark = MARKS[words.freshness]
    banner = QRect(0, theme.size("row"), room.width(), theme.size("row"))
    painter.fillRect(banner, theme.colour(mark))
    painter.setFont(_font(theme, "font", is_bold=True))
    painter.setPen(theme.colour(f"{mark}_ink"))
    painter.drawText(banner, Qt.AlignmentFlag.AlignCenter, words.banner)


def _sentence(painter: QPainter, words: TileWords, room: QRect, theme: Theme) -> None:
    """In the middle; on a plate of its own, for an old picture may be behind it."""
    text = f"{words.sentence}\n{words.hint}" if words.hint else words.sentence
    font = _font(theme, "font")
    painter.setFont(font)
    wrap = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
    inner = room.adjusted(2 * PAD, 2 * theme.size("row"), -2 * PAD, -theme.size("field"))
    plate = QFontMetrics(font).boundingRect(inner, wrap, text).adjusted(-PAD, -PAD, PAD, PAD)
    radius = theme.size("radius")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("video_strip"))
    painter.drawRoundedRect(QRectF(plate), radius, radius)
    painter.setPen(theme.colour("video_text"))
    painter.drawText(plate, wrap, text)


def _edges(painter: QPainter, words: TileWords, room: QRect, theme: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if words.freshness in MARKS:
        _edge(painter, room, theme, MARKS[words.freshness], MARK)
    if words.is_chosen:
        _edge(painter, room, theme, "focus", FRAME)


def _edge(painter: QPainter, room: QRect, theme: Theme, token: str, width: int) -> None:
    pen = painter.pen()
    pen.setColor(theme.colour(token))
    pen.setWidth(width)
    pen.setStyle(Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    half = width // 2
    painter.drawRect(room.adjusted(half, half, -half - 1, -half - 1))
