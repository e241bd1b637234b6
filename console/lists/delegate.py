"""The queue's table: quiet notes behind a text, struck rows that left the filter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from console.kit.light import LightDelegate
from console.kit.table import ROW_ROLE, Column
from console.kit.theme import Theme
from console.lists.hits import Found
from console.ticket.record import Ticket, TicketId

GAP = 10
ROOM_FOR_NOTE = 32
LEFT_OPACITY = 0.45


class QueueDelegate(LightDelegate):
    """Paint tickets; `left` holds those that no longer match the filter.

    `spans` says where in a text of the columns `sought` the words of a search stand.
    """

    def __init__(
        self,
        theme: Theme,
        notes: Mapping[int, Callable[[Ticket], str]],
        left: Collection[TicketId],
        *,
        spans: Callable[[str], Sequence[Found]] | None = None,
        sought: Collection[int] = (),
    ) -> None:
        super().__init__(theme)
        self._notes = notes
        self._left = left
        self._spans = spans
        self._sought = sought

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        has_left = bool(self._left) and index.data(ROW_ROLE).id in self._left
        if has_left:
            painter.save()
            painter.setOpacity(LEFT_OPACITY)
        super().paint(painter, option, index)
        if has_left:
            self._strike(painter, option.rect)
            painter.restore()

    def paint_words(
        self, painter: QPainter, area: QRect, place: int, row: Ticket, column: Column[Ticket]
    ) -> None:
        text = column.text(row)
        self._mark(painter, area, place, text)
        width = self.paint_text(painter, area, text, "text", column.align)
        note = self._notes.get(place)
        if note is not None:
            rest = area.adjusted(width + GAP if width else 0, 0, 0, 0)
            if rest.width() >= ROOM_FOR_NOTE:
                text = note(row)
                self._mark(painter, rest, place, text)
                self.paint_text(painter, rest, text, "muted")

    def _mark(self, painter: QPainter, area: QRect, place: int, text: str) -> None:
        """Lay a ground under the words that were sought, as far as the text is seen."""
        if self._spans is None or place not in self._sought or not self._spans(text):
            return  # nearly always: nothing is sought
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        for start, end in self._spans(shown):
            left, right = (metrics.horizontalAdvance(shown, count) for count in (start, end))
            height = metrics.height()
            box = QRect(area.left() + left, area.center().y() - height // 2, right - left, height)
            painter.fillRect(box, self._theme.colour("found"))

    def _strike(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(self._theme.colour("text"))
        middle = area.center().y()
        painter.drawLine(area.left(), middle, area.right(), middle)
