"""The queue's table: quiet notes behind a text, struck rows that left the filter."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from console.kit.light import LightDelegate
from console.kit.table import DISPLAY_ROLE, ROW_ROLE
from console.kit.theme import Theme
from console.ticket.record import Ticket, TicketId

PADDING = 6
GAP = 10
ROOM_FOR_NOTE = 40
LEFT_OPACITY = 0.45
ALIGN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class QueueDelegate(LightDelegate):
    """Paint tickets; `left` holds those that no longer match the filter."""

    def __init__(
        self, theme: Theme, notes: Mapping[int, Callable[[Ticket], str]], left: Container[TicketId]
    ) -> None:
        super().__init__(theme)
        self._colours = theme
        self._notes = notes
        self._left = left

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        ticket: Ticket = index.data(ROW_ROLE)
        has_left = ticket.id in self._left
        if has_left:
            painter.save()
            painter.setOpacity(LEFT_OPACITY)
            font = painter.font()
            font.setStrikeOut(True)
            painter.setFont(font)
        super().paint(painter, option, index)
        note = self._notes.get(index.column())
        if note is not None:
            self._paint_note(painter, option, note(ticket), index.data(DISPLAY_ROLE))
        if has_left:
            painter.restore()

    def _paint_note(self, painter: QPainter, option: Any, note: str, text: str) -> None:
        metrics = painter.fontMetrics()
        start = PADDING + (metrics.horizontalAdvance(text) + GAP if text else 0)
        area: QRect = option.rect.adjusted(start, 0, -PADDING, 0)
        if note and area.width() >= ROOM_FOR_NOTE:
            painter.setPen(self._colours.colour("faint" if self.is_stale else "muted"))
            painter.drawText(area, ALIGN, metrics.elidedText(note, Qt.TextElideMode.ElideRight, area.width()))
