"""Many tickets: the past in figures, the tickets behind one of them, one action for several."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.history.panel import HistoryPanel
from console.history.record import Group
from console.ticket.bulk_run import RunState
from console.ticket.record import Filter
from console.tour.day import OPERATOR, SUPERVISOR, Day
from console.tour.forms import fill
from console.tour.hands import StepError, press, wait_for
from console.tour.teller import Step

CHOSEN = 3


def figures(day: Day) -> None:
    """Count all years by month, then by unit."""
    seat = day.seat(SUPERVISOR)
    panel = seat.history()
    _counted(panel, Group.MONTH)
    seat.press("Ctrl+G")
    _counted(panel, Group.UNIT)


def behind_a_figure(day: Day) -> None:
    """Click a unit's count, see as many tickets, and go back."""
    seat = day.seat(SUPERVISOR)
    panel = seat.history()
    group = panel.figures.model.row_at(1)
    column = [each.key for each in panel.figures.model.columns].index("tickets")
    table, cell = panel.figures.table, panel.figures.model.index(1, column)
    table.scrollTo(cell)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(cell).center())
    wait_for(lambda: panel.can_go_back and panel.live.model.rowCount() > 0, "the tickets behind the figure")
    wait_for(lambda: panel.figures.model.row_at(0).figures.tickets == group.figures.tickets, "the same count")
    day.shoot()
    seat.press("Alt+Left")
    wait_for(lambda: not panel.can_go_back, "the way back")


def bulk(day: Day) -> None:
    """Write one note into several tickets at once; each is judged by itself."""
    seat = day.seat(OPERATOR)
    panel = seat.queue()
    seat.command("queue.all", seat.window.registry["queue.all"].shown_text())
    wait_for(
        lambda: panel.filter == Filter() and panel.live.model.rowCount() > CHOSEN, "the whole open queue"
    )
    panel.view.setFocus()
    press(panel.view, "Home")
    for _ in range(CHOSEN - 1):
        press(panel.view, "Shift+Down")
    seat.press("Ctrl+B")
    wait_for(lambda: panel.bulk.offers.isVisible() and "note" in panel.bulk.offers.offered(), "the offers")
    seat.press("Alt+N")
    wait_for(panel.bulk.form.isVisible, "the form for all of them")
    fill(panel.bulk.form, {"text": "演示：今日统一核对"})
    press(panel.bulk.form, "Ctrl+Return")
    wait_for(lambda: panel.bulk.run is not None and panel.bulk.run.state is RunState.ENDED, "the last answer")
    if panel.bulk.run is None or panel.bulk.run.count("done") != CHOSEN:
        raise StepError(panel.bulk.title.text())
    day.shoot()
    panel.bulk.setFocus()
    press(panel.bulk, "Escape")
    wait_for(panel.bulk.isHidden, "the results to go")


def _counted(panel: HistoryPanel, group: Group) -> None:
    wait_for(
        lambda: panel.figures.group is group and panel.figures.model.rowCount() > 1, f"the figures by {group}"
    )


STEPS = (
    Step("history-figures", figures, ("login",)),
    Step("history-behind-a-figure", behind_a_figure, ("history-figures",)),
    Step("bulk", bulk, ("login",)),
)
