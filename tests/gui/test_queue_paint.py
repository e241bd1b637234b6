"""What of the queue is painted: rows that change, and counts on a small screen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from pytestqt.qtbot import QtBot
from queue_desk import OPEN, FakeSession

from console.lists.view import QueueView
from console.ticket.queue import QueuePanel
from console.ticket.record import TicketId


class PaintedRows(QObject):
    """Which rows of a table have been painted."""

    def __init__(self, table: QueueView) -> None:
        super().__init__(table)
        self._table = table
        self.rows: set[int] = set()
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the rows."""
        if isinstance(event, QPaintEvent):
            for row in self._table.visible_rows():
                if event.region().contains(
                    self._table.visualRect(self._table.model().index(row, 0)).center()
                ):
                    self.rows.add(row)
        return super().eventFilter(watched, event)


def test_change_paints_its_row_alone(qtbot: QtBot, session: FakeSession, panel: QueuePanel) -> None:
    with qtbot.waitExposed(panel):
        panel.show()
    with qtbot.waitSignal(panel.live.counted):  # what else has just come in is painted by then
        _change(session, 2)
    painted = PaintedRows(panel.view)
    with qtbot.waitSignal(panel.live.counted):
        _change(session, 3)
    qtbot.waitUntil(lambda: bool(painted.rows))
    panel.view.viewport().removeEventFilter(painted)
    assert panel.live.model.row_at(1).title == "changed 3"
    assert painted.rows == {1}


def test_counts_have_room_beside_a_page_on_a_small_screen(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.resize(655, 600)  # what a screen of 1280 pixels leaves
    with qtbot.waitExposed(panel):
        panel.show()
    chips = panel._filters.lights.chips
    panel._filters.lights.set_counts(dict.fromkeys(chips, 12_345))
    panel._total.setText("Tickets: 49,380")
    panel._news.setText("123 new")
    panel._news.show()
    qtbot.waitUntil(lambda: panel._news.visibleRegion().boundingRect() == panel._news.rect())
    assert all(chip.width() >= chip.minimumSizeHint().width() for chip in chips.values())


def _change(session: FakeSession, version: int) -> None:
    """Change a row of the list and a ticket that is not in it."""
    session.commit(replace(OPEN[0], id=TicketId(OPEN[0].id + 999), version=version, is_open=False))
    session.commit(replace(OPEN[1], version=version, title=f"changed {version}"))
