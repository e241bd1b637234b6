"""Two consoles open, each seeing what the other does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject

from console.directory.record import Unit
from console.ticket.queue import QueuePanel
from console.ticket.record import Ticket, TicketId, TicketState
from console.tour.day import OPERATOR, Day
from console.tour.hands import StepError, wait_for, write_here
from console.tour.seat import Seat
from console.tour.story_report import need
from console.tour.teller import Step


class RowWatch(QObject):
    """Note when a version of a ticket was first on a queue's screen, by server time."""

    def __init__(
        self, panel: QueuePanel, ticket_id: TicketId, version: int, now: Callable[[], datetime]
    ) -> None:
        super().__init__(panel)
        self.painted_at: datetime | None = None
        self._panel = panel
        self._ticket_id = ticket_id
        self._version = version
        self._now = now
        self._viewport = panel.view.viewport()
        self._viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the paint happen, then look which rows it has shown."""
        if event.type() != QEvent.Type.Paint:
            return super().eventFilter(watched, event)
        self._viewport.removeEventFilter(self)
        self._viewport.event(event)
        if self._is_shown():
            self.painted_at = self._now()
        else:
            self._viewport.installEventFilter(self)
        return True

    def _is_shown(self) -> bool:
        rows = (self._panel.live.model.row_at(number) for number in self._panel.view.visible_rows())
        return any(row.id == self._ticket_id and row.version >= self._version for row in rows)


def other_desk_sees_dispatch(day: Day) -> None:
    """Dispatch at one desk; the row appears in the unit's queue."""
    second = need(day.second)
    unit = _other_unit(day.seats[OPERATOR], need(day.first))
    operator, worker = day.pair(OPERATOR, day.unit_person(unit.id))
    panel = narrowed(worker, second, rows=0)
    watch = RowWatch(panel, second.id, second.version + 1, worker.session.clock.now)
    operator.sit()
    narrowed(operator, second, rows=1)
    day.second = operator.act(operator.page(second), "dispatch", unit=(unit.initials, unit.id))
    _wait(day, watch, day.second)


def other_desk_sees_signature(day: Day) -> None:
    """Sign at the unit's desk; the state changes in the operator's queue."""
    second = need(day.second)
    worker, operator = day.pair(day.unit_person(second.handler_unit_id), OPERATOR)
    panel = narrowed(operator, second, rows=1)
    watch = RowWatch(panel, second.id, second.version + 1, operator.session.clock.now)
    worker.sit()
    day.second = worker.act(worker.page(second), "sign")
    if day.second.state != TicketState.WORK:
        raise StepError(f"the ticket is {day.second.state} after it was signed")
    _wait(day, watch, day.second)


def narrowed(seat: Seat, ticket: Ticket, *, rows: int) -> QueuePanel:
    """Limit a desk's queue to a ticket by typing its number into the filter."""
    seat.sit()
    panel = seat.queue()
    seat.press("Ctrl+F")
    write_here(ticket.number)
    wait_for(
        lambda: panel.filter.text == ticket.number and panel.live.model.rowCount() == rows,
        "the narrowed list",
    )
    return panel


def _wait(day: Day, watch: RowWatch, ticket: Ticket) -> None:
    wait_for(lambda: watch.painted_at is not None, "the other desk to show it")
    assert watch.painted_at is not None
    # From the start of the transaction that wrote it: never less than from its commit.
    day.facts["commit_to_row_ms"] = round((watch.painted_at - ticket.updated_at).total_seconds() * 1000)


def _other_unit(seat: Seat, first: Ticket) -> Unit:
    """Return a department that has somebody at a desk and does not hold the first ticket."""
    directory = seat.session.directory
    staffed = {each.unit_id for each in directory.staff.values() if "unit" in each.duties}
    found = (unit for unit in directory.units.values() if unit.kind == "department" and unit.id in staffed)
    return next(unit for unit in found if unit.takes_tickets and unit.id != first.handler_unit_id)


STEPS = (
    Step("two-consoles-dispatch", other_desk_sees_dispatch, ("unmerge",)),
    Step("two-consoles-sign", other_desk_sees_signature, ("two-consoles-dispatch",)),
)
