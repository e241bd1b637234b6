"""Pictures of windows, all of one size."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from console.kit.watch import spin

SIZE = QSize(1600, 900)
SETTLE_S = 0.1  # a person sees no half-laid-out window


class Album:
    """A folder of pictures, numbered in the order they are taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]-*.png"):
            old.unlink()

    def take(self, number: int, name: str, windows: Sequence[QWidget]) -> str:
        """Save a window and what is open over it, or the upper parts of several; return the file's name."""
        spin(lambda: False, SETTLE_S)
        canvas = QPixmap(SIZE)
        canvas.fill(_ground(windows))
        painter = QPainter(canvas)
        share = SIZE.height() // max(1, len(windows))
        for place, window in enumerate(windows):
            height = min(share, window.height())
            left, top = (SIZE.width() - window.width()) // 2, place * share + (share - height) // 2
            painter.drawPixmap(left, top, window.grab(QRect(0, 0, window.width(), height)))
            _draw_over(painter, window, QPoint(left, top))
        painter.end()
        file = f"{number:02}-{name}.png"
        if not canvas.save(str(self._folder / file)):
            raise OSError(f"cannot write {self._folder / file}")
        return file


def _draw_over(painter: QPainter, window: QWidget, at: QPoint) -> None:
    """Draw the dialogs of a window where they stand."""
    for other in QApplication.topLevelWidgets():
        if other.isVisible() and other.parentWidget() is window:
            corner = at + other.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(corner, other.grab())
            painter.setPen(other.palette().mid().color())
            painter.drawRect(QRect(corner, other.size()))


def _ground(windows: Sequence[QWidget]) -> QColor:
    return windows[0].palette().window().color() if windows else QColor()
