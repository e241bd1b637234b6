"""One ticket between two people of the centre: taken, seen to be taken, changed while the other writes."""

from __future__ import annotations

from console.ticket.record import Ticket
from console.tour.day import OPERATOR, SUPERVISOR, Day
from console.tour.hands import press, wait_for
from console.tour.seat import Seat
from console.tour.story_report import need
from console.tour.story_two import narrowed
from console.tour.teller import Step


def claim(day: Day) -> None:
    """Take a ticket at one desk; the other sees by whom."""
    second = need(day.second)
    operator, supervisor = day.pair(OPERATOR, SUPERVISOR)
    _take(operator, second)
    panel = narrowed(supervisor, second, rows=1)
    wait_for(lambda: panel.taking.can_take_over(second), "the supervisor to see who has the ticket")


def conflict(day: Day) -> None:
    """Write at one desk while the other changes the ticket: both sides are shown, nothing is lost."""
    second = need(day.second)
    supervisor, operator = day.pair(SUPERVISOR, OPERATOR)
    operator.sit()
    page = operator.page(second)
    form = operator.ask(page, "note", text="已与来电人再次核对位置，在路口北侧。")
    supervisor.sit()
    supervisor.act(supervisor.page(second), "note", text="请优先处理，附近有学校。")
    wait_for(page.acting.conflict.isVisible, "both sides to be shown")
    operator.sit()
    day.windows = (operator.window,)
    day.shoot()
    form.setFocus()
    press(form, "Ctrl+Shift+Return")
    wait_for(page.acting.conflict.isHidden, "the words to go out for the new version")
    wait_for(lambda: need(page.selected()).version >= second.version + 2, "the page to show both notes")
    day.second = need(page.selected())


def _take(seat: Seat, ticket: Ticket) -> None:
    seat.sit()
    page = seat.page(ticket)
    page.setFocus()
    seat.press("F8")
    wait_for(lambda: page.taking.is_mine(ticket.id), "the ticket to be this desk's")


STEPS = (
    Step("claim", claim, ("unmerge",)),
    Step("conflict", conflict, ("claim",)),
)
