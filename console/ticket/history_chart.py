"""The chart of a grouping: how many tickets each group has, and how many of them were overdue."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.kit.theme import Theme
from console.ticket.history_words import GroupRow

BAR = 0.72
NAME_LENGTH = 8
HEADROOM = 1.25  # for the legend


class GroupChart(QWidget):
    """Bars over the groups, in their order.

    Signals: chosen(GroupRow) a bar was clicked.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[GroupRow, ...] = ()
        self._plot = pg.PlotWidget()
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._legend = self._plot.addLegend(offset=(-8, 2), colCount=2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._plot.scene().sigMouseClicked.connect(self._on_clicked)
        theme.changed.connect(self._draw)

    def show_rows(self, rows: Sequence[GroupRow]) -> None:
        """Draw these groups."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._draw()

    @Slot()
    def _draw(self) -> None:
        """Draw whole arrays at once, in the theme's colours."""
        theme, plot = self._theme, self._plot
        plot.setBackground(theme.colour("base"))
        plot.getPlotItem().clear()
        self._legend.clear()
        self._legend.setLabelTextColor(theme.colour("text"))
        overdue = [row.figures.overdue for row in self._rows]
        rest = [row.figures.tickets - row.figures.overdue for row in self._rows]
        for heights, base, token, pattern, name in (
            (overdue, [0] * len(rest), "light_r", Qt.BrushStyle.Dense3Pattern, self.tr("Were overdue")),
            (rest, overdue, "accent", Qt.BrushStyle.SolidPattern, self.tr("Never overdue")),
        ):
            brush = pg.mkBrush(theme.colour(token))
            brush.setStyle(pattern)  # colour alone carries no meaning
            bars = pg.BarGraphItem(
                x=range(len(rest)), height=heights, y0=base, width=BAR, brush=brush,
                pen=pg.mkPen(theme.colour(token)), name=name,
            )  # fmt: skip
            plot.addItem(bars)
        names = [(place, row.name[:NAME_LENGTH]) for place, row in enumerate(self._rows)]
        every = max(1, len(names) // 12 + (len(names) % 12 > 0))
        for side in ("bottom", "left"):
            axis = plot.getPlotItem().getAxis(side)
            axis.setPen(theme.colour("line"))
            axis.setTextPen(theme.colour("muted"))
        plot.getPlotItem().getAxis("bottom").setTicks([names[::every]])
        plot.setXRange(-0.6, max(len(names) - 0.4, 0.6), padding=0)
        plot.setYRange(0, max((row.figures.tickets for row in self._rows), default=1) * HEADROOM, padding=0)

    @Slot(object)
    def _on_clicked(self, event: object) -> None:
        point = self._plot.getPlotItem().vb.mapSceneToView(event.scenePos())  # type: ignore[attr-defined]
        self.choose(round(point.x()))

    def choose(self, place: int) -> None:
        """Choose the bar at a place, counted from the left."""
        if 0 <= place < len(self._rows):
            self.chosen.emit(self._rows[place])
