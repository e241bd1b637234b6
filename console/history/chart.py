"""The chart of a grouping: how many tickets each group has, and how many of them were overdue."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from console.history.words import GroupRow
from console.kit.chart import Chart
from console.kit.plot import pg
from console.kit.theme import Theme

BAR = 0.72
NAME_LENGTH = 8
NAME_GAP = 10
HEADROOM = 1.25  # for the legend


class GroupChart(Chart):
    """Bars over the groups, in their order.

    Signals: chosen(GroupRow) a bar was clicked.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, 2, parent)
        self._rows: tuple[GroupRow, ...] = ()
        self._plot.scene().sigMouseClicked.connect(self._on_clicked)

    def show_rows(self, rows: Sequence[GroupRow]) -> None:
        """Draw these groups."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self.redraw()

    def draw(self) -> None:
        """Draw whole arrays at once."""
        theme, plot = self._theme, self._plot
        overdue = [row.figures.overdue for row in self._rows]
        rest = [row.figures.tickets - row.figures.overdue for row in self._rows]
        for heights, base, token, pattern, name in (
            (overdue, [0] * len(rest), "light_r", Qt.BrushStyle.Dense3Pattern, self.tr("Were overdue")),
            (rest, overdue, "accent", Qt.BrushStyle.SolidPattern, self.tr("Never overdue")),
        ):
            brush = pg.mkBrush(theme.colour(token))
            brush.setStyle(pattern)  # colour alone carries no meaning
            pens = [pg.mkPen(theme.colour(token))] * len(rest)  # one for all strikes the legend through
            bars = pg.BarGraphItem(
                x=range(len(rest)), height=heights, y0=base, width=BAR, brush=brush,
                pen=None, pens=pens or None, name=name,
            )  # fmt: skip
            plot.addItem(bars)
        names = [(place, row.name[:NAME_LENGTH]) for place, row in enumerate(self._rows)]
        widest = max((self.fontMetrics().horizontalAdvance(name) for _, name in names), default=0)
        every = max(1, ceil(len(names) * (widest + NAME_GAP) / max(plot.getPlotItem().vb.width(), 1.0)))
        plot.getPlotItem().getAxis("bottom").setTicks([names[::every]])
        plot.setXRange(-0.6, max(len(names) - 0.4, 0.6), padding=0)
        plot.setYRange(0, max((row.figures.tickets for row in self._rows), default=1) * HEADROOM, padding=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name as many groups as there is room for."""
        super().resizeEvent(event)
        self.redraw()

    @Slot(object)
    def _on_clicked(self, event: object) -> None:
        point = self._plot.getPlotItem().vb.mapSceneToView(event.scenePos())  # type: ignore[attr-defined]
        self.choose(round(point.x()))

    def choose(self, place: int) -> None:
        """Choose the bar at a place, counted from the left."""
        if 0 <= place < len(self._rows):
            self.chosen.emit(self._rows[place])
