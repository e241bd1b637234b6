"""Rich text on paper, each page marked with who printed it and when; called in a worker."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import hypot
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, Qt, QThread
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from console.kit.html import STYLE
from db.whole_file import whole_file

POINTS, SCREEN_DPI, MM_PER_INCH = 72, 96, 25.4
A4_PIXELS = QSize(794, 1123)  # at the screen's 96 dots an inch
RESOLUTION = 300
INK = {"muted": "#444444", "faint": "#666666", "accent": "#1f5fae", "light_r": "#b01218", "done": "#1b7f46"}
BODY_PT, SMALL_PX, FOOT_PT, MARK_PT = 9.5, 12, 7.5, 15
FOOT_SHARE = 0.04  # of the page, below the text
MARK_ALPHA, MARK_SLOPE = 44, -30.0
MARK_GAP, MARK_LINES = 60.0, 130.0  # points between two marks of a line, and between lines
MARGIN_MM = 16.0


def write_pdf(path: Path, title: str, body: str, mark: str) -> int:
    """Write a PDF and return its pages; a half-written file never takes its name."""

    def write(part: Path) -> int:
        writer = QPdfWriter(str(part))
        writer.setTitle(title)
        writer.setCreator(mark)
        writer.setResolution(RESOLUTION)
        return _draw(writer, body, mark)

    with whole_file(path) as part:
        return _in_thread_of_qt(partial(write, part))


class _Drawer(QThread):
    """Texts lay themselves out with timers, which no thread of Python's has."""

    def __init__(self, work: Callable[[], int]) -> None:
        super().__init__()
        self._work = work
        self.pages = 0
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.pages = self._work()
        except Exception as error:  # noqa: BLE001 - raised again where it was asked for
            self.error = error


def _in_thread_of_qt(work: Callable[[], int]) -> int:
    drawer = _Drawer(work)
    drawer.start()
    drawer.wait()
    if drawer.error is not None:
        raise drawer.error
    return drawer.pages


def _draw(device: QPagedPaintDevice, body: str, mark: str) -> int:
    """Draw HTML page by page, the mark across and below each, and return how many pages there are."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(*4 * (MARGIN_MM,)), QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        raise OSError("the paper cannot be drawn on")
    try:
        area = QRectF(0, 0, device.width(), device.height())
        document = _document(device, body, area)
        pages = document.pageCount()
        for number in range(pages):
            if number:
                device.newPage()
            _draw_page(painter, document, area, number, mark)
        return pages
    finally:
        painter.end()


def picture(body: str, mark: str, number: int = 0) -> QImage:
    """Return a page as it comes out of a printer, for looking at."""
    image = QImage(A4_PIXELS, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    margin = MARGIN_MM / MM_PER_INCH * image.logicalDpiX()
    area = QRectF(0, 0, image.width() - 2 * margin, image.height() - 2 * margin)
    with QPainter(image) as painter:
        painter.translate(margin, margin)
        _draw_page(painter, _document(image, body, area), area, number, mark)
    return image


def _document(device: QPaintDevice, body: str, area: QRectF) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(device)
    document.setDocumentMargin(0)
    document.setDefaultFont(_font(BODY_PT))
    document.setDefaultStyleSheet(STYLE % (INK | {"small": SMALL_PX * device.logicalDpiY() // SCREEN_DPI}))
    document.setHtml(body)
    document.setPageSize(_text_area(area).size())
    return document


def _text_area(area: QRectF) -> QRectF:
    return area.adjusted(0, 0, 0, -area.height() * FOOT_SHARE)


def _draw_page(painter: QPainter, document: QTextDocument, area: QRectF, number: int, mark: str) -> None:
    sheet = _text_area(area)
    view = sheet.translated(0, number * sheet.height())
    painter.save()
    painter.translate(0, -number * sheet.height())
    painter.setClipRect(view)
    context: Any = QAbstractTextDocumentLayout.PaintContext()
    context.clip = view
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    context.palette = palette
    document.documentLayout().draw(painter, context)
    painter.restore()
    _draw_mark(painter, area, mark)
    _draw_foot(painter, area, mark, f"{number + 1} / {document.pageCount()}")


def _draw_mark(painter: QPainter, area: QRectF, mark: str) -> None:
    """Repeat the mark across the whole page, so that no part can be cut out without it."""
    point = painter.device().logicalDpiY() / POINTS
    painter.save()
    painter.setClipRect(area)
    painter.setFont(_font(MARK_PT))
    painter.setPen(QColor(0, 0, 0, MARK_ALPHA))
    painter.translate(area.center())
    painter.rotate(MARK_SLOPE)
    reach = hypot(area.width(), area.height()) / 2
    step = painter.fontMetrics().horizontalAdvance(mark) + MARK_GAP * point
    row, y = 0, -reach
    while y < reach:
        x = -reach - (row % 2) * step / 2
        while x < reach:
            painter.drawText(QPointF(x, y), mark)
            x += step
        row, y = row + 1, y + MARK_LINES * point
    painter.restore()


def _draw_foot(painter: QPainter, area: QRectF, left: str, right: str) -> None:
    painter.save()
    painter.setFont(_font(FOOT_PT))
    painter.setPen(QColor(INK["muted"]))
    bottom = int(Qt.AlignmentFlag.AlignBottom)
    painter.drawText(area, bottom | int(Qt.AlignmentFlag.AlignLeft), left)
    painter.drawText(area, bottom | int(Qt.AlignmentFlag.AlignRight), right)
    painter.restore()


def _font(points: float) -> QFont:
    font = QFont()
    font.setPointSizeF(points)
    return font
