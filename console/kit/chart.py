"""A chart in the theme's colours that nobody zooms by accident; pyqtgraph takes its time to import."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.kit.plot import pg
from console.kit.theme import Theme


class Chart(QWidget):
    """A plot with a legend of so many columns, drawn anew in `draw` whenever the theme changes."""

    def __init__(
        self,
        theme: Theme,
        legend_columns: int,
        parent: QWidget | None = None,
        *,
        bottom: pg.AxisItem | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plot = pg.PlotWidget(axisItems={} if bottom is None else {"bottom": bottom})
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._legend = self._plot.addLegend(offset=(-8, 2), colCount=legend_columns)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        theme.changed.connect(self.redraw)

    @abstractmethod  # checked with the types: Qt's classes have a metaclass of their own
    def draw(self) -> None:
        """Put what there is onto the empty plot."""

    @Slot()
    def redraw(self) -> None:
        """Draw all of it, in the theme's colours."""
        theme, plot = self._theme, self._plot
        plot.setBackground(theme.colour("base"))
        plot.getPlotItem().clear()
        self._legend.clear()
        self._legend.setLabelTextColor(theme.colour("text"))
        for side in ("bottom", "left"):
            axis = plot.getPlotItem().getAxis(side)
            axis.setPen(theme.colour("line"))
            axis.setTextPen(theme.colour("muted"))
        self.draw()
