"""The chart of shares online over time, a line for each source or town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from console.health.store import Share
from console.kit.chart import Chart
from console.kit.plot import pg
from console.kit.theme import Theme

LINES = 8
TOKENS = ("accent", "light_g", "refused", "conflict", "light_r", "muted", "light_held", "text")
STYLES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
HEADROOM = 1.12  # for the legend
STEP = 10
LEAST_S = 3600.0  # an axis of seconds says nothing


class ShareChart(Chart):
    """Draws percentages; where nothing was asked the line breaks."""

    def __init__(self, theme: Theme, zone: tzinfo, parent: QWidget | None = None) -> None:
        offset = datetime.now(zone).utcoffset()
        axis = pg.DateAxisItem(utcOffset=-offset.total_seconds() if offset is not None else 0)
        super().__init__(theme, 4, parent, bottom=axis)
        self._shares: tuple[Share, ...] = ()
        self._names: Mapping[str, str] = {}

    def show_shares(self, shares: Sequence[Share], names: Mapping[str, str]) -> None:
        """Draw the first lines of these, the largest groups first."""
        if (tuple(shares), dict(names)) != (self._shares, self._names):
            self._shares, self._names = tuple(shares), dict(names)
            self.redraw()

    def lines(self) -> dict[str, list[tuple[float, float]]]:
        """Return what is drawn: by key, seconds since 1970 and percent online."""
        sizes: dict[str, int] = {}
        for share in self._shares:
            sizes[share.key] = max(sizes.get(share.key, 0), share.total)
        keys = sorted(sizes, key=lambda key: (-sizes[key], key))[:LINES]
        return {
            key: [
                (share.at.timestamp(), 100 * share.online / share.total)
                for share in self._shares
                if share.key == key and share.total
            ]
            for key in keys
        }

    def draw(self) -> None:
        """Draw a line for each group, and as much of the scale as they need."""
        theme, plot = self._theme, self._plot
        lowest = 100.0
        moments: list[float] = []
        for number, (key, points) in enumerate(self.lines().items()):
            # Colour alone carries no meaning.
            style = STYLES[number % len(STYLES)]
            pen = pg.mkPen(theme.colour(TOKENS[number % len(TOKENS)]), width=2, style=style)
            x, y = [at for at, _ in points], [percent for _, percent in points]
            symbol = "o" if len(points) == 1 else None
            plot.plot(
                x, y, pen=pen, name=self._names.get(key, key), symbol=symbol, symbolPen=None,
                symbolBrush=pen.color(), antialias=True,
            )  # fmt: skip
            lowest = min(lowest, *y)
            moments += x
        if moments:
            plot.setXRange(min(min(moments), max(moments) - LEAST_S), max(moments), padding=0.03)
        floor = max(0.0, STEP * (lowest // STEP) - STEP)
        plot.setYRange(floor, floor + (100 - floor) * HEADROOM, padding=0)
        ticks = [(percent, f"{percent} %") for percent in range(round(floor), 101, STEP)]
        plot.getPlotItem().getAxis("left").setTicks([ticks])
