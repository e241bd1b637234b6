"""Pictures of windows, all of one size."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

SIZE = QSize(1600, 900)


class Album:
    """A folder of pictures, numbered in the order they are taken."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]-*.png"):
            old.unlink()

    def take(self, number: int, name: str, windows: Sequence[QWidget]) -> str:
        """Save windows, from top to bottom and with what is open over them; return the file's name."""
        QCoreApplication.sendPostedEvents()
        canvas = QPixmap(SIZE)
        canvas.fill(_ground(windows))
        painter = QPainter(canvas)
        top = (SIZE.height() - sum(window.height() for window in windows)) // 2
        for window in windows:
            _draw(painter, window, QPoint((SIZE.width() - window.width()) // 2, top))
            top += window.height()
        painter.end()
        file = f"{number:02}-{name}.png"
        if not canvas.save(str(self._folder / file)):
            raise OSError(f"cannot write {self._folder / file}")
        return file


def _draw(painter: QPainter, window: QWidget, at: QPoint) -> None:
    painter.drawPixmap(at, window.grab())
    for other in QApplication.topLevelWidgets():
        if other.isVisible() and other.parentWidget() is window:
            offset = other.mapToGlobal(QPoint(0, 0)) - window.mapToGlobal(QPoint(0, 0))
            painter.drawPixmap(at + offset, other.grab())


def _ground(windows: Sequence[QWidget]) -> QColor:
    return windows[0].palette().window().color() if windows else QColor()
