"""What of the queue's table is painted when tickets change."""

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
    painted = PaintedRows(panel.view)
    seen = []
    for version in range(2, 6):  # what else has just come in, such as a count, may paint more, once
        painted.rows.clear()
        elsewhere = replace(OPEN[0], id=TicketId(OPEN[0].id + 999), version=version, is_open=False)
        session.commit(elsewhere)
        session.commit(replace(OPEN[1], version=version, title=f"changed {version}"))
        qtbot.waitUntil(lambda: 1 in painted.rows)
        seen.append(set(painted.rows))
    panel.view.viewport().removeEventFilter(painted)
    assert panel.live.model.row_at(1).title == "changed 5"
    assert {1} in seen
