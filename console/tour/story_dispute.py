"""A return, a conference that names the unit, and a hold."""

from __future__ import annotations

from datetime import timedelta

from console.ticket.desk_lists import CENTRE_LISTS, UNIT_LISTS
from console.ticket.record import TicketState
from console.tour.day import INSPECTOR, SUPERVISOR, Day
from console.tour.hands import StepError
from console.tour.story_handling import desk_list
from console.tour.story_report import need
from console.tour.teller import Step

REVIEW_IN = timedelta(days=45)


def send_back(day: Day) -> None:
    """Return the ticket with its basis and the unit thought right."""
    second, first = need(day.second), need(day.first)
    seat = day.seat(day.unit_person(second.handler_unit_id))
    right = seat.session.directory.units[need(first.handler_unit_id, "unit")]
    page = seat.desk("unit", desk_list(UNIT_LISTS, "contact"), second)
    seat.ask(
        page,
        "return",
        basis="law_other",
        text="该路段照明设施由城市照明管理单位养护，不在本单位职责清单内。",
        suggested_unit=(right.initials, right.id),
    )
    day.shoot()
    day.second = seat.send(page)


def confer(day: Day) -> None:
    """Take the dispute from the list of returns into a conference."""
    seat = day.seat(SUPERVISOR)
    page = seat.desk("centre", desk_list(CENTRE_LISTS, "return"), need(day.second))
    seat.ask(page, "confer", text="两家单位对管护责任认识不一，提交会商确定承办单位。")
    day.shoot()
    day.second = seat.send(page)


def designate(day: Day) -> None:
    """Name the unit in conference; that one may not return it."""
    seat = day.seat(SUPERVISOR)
    unit = seat.session.directory.units[need(need(day.first).handler_unit_id, "unit")]
    page = seat.desk("centre", desk_list(CENTRE_LISTS, "confer"), need(day.second))
    seat.ask(
        page,
        "designate",
        unit=(unit.initials, unit.id),
        minutes="会商纪要：该路段路灯由其负责修复，限期办结。",
    )
    day.shoot()
    day.second = seat.send(page)
    worker = day.seat(day.unit_person(unit.id))
    page = worker.page(day.second)
    day.second = worker.act(page, "sign")
    if page.offers("return"):
        raise StepError("the designated unit may return the ticket")


def ask_hold(day: Day) -> None:
    """Ask to stop the clock for an objective cause."""
    second = need(day.second)
    seat = day.seat(day.unit_person(second.handler_unit_id))
    today = seat.session.clock.now().astimezone(seat.session.directory.workdays.tz).date()
    page = seat.desk("unit", desk_list(UNIT_LISTS, "contact"), second)
    seat.ask(
        page,
        "ask_hold",
        cause="engineering",
        text="需随道路改造工程同步更换灯杆，工程已列入计划。",
        review_on=today + REVIEW_IN,
        told=True,
    )
    day.shoot()
    day.second = seat.send(page)


def hold(day: Day) -> None:
    """Approve as the inspector; the clock stands still and the light turns grey."""
    seat = day.seat(INSPECTOR)
    page = seat.desk("centre", desk_list(CENTRE_LISTS, "hold"), need(day.second))
    day.second = seat.act(page, "approve_hold", text="同意挂账，纳入问题库，到期复核。")
    if day.second.state != TicketState.HOLD or day.second.due_at is not None:
        raise StepError(f"the ticket is {day.second.state}, due {day.second.due_at}")


STEPS = (
    Step("return", send_back, ("two-consoles-sign",)),
    Step("conference", confer, ("return",)),
    Step("designation", designate, ("conference", "sign")),
    Step("hold-asked", ask_hold, ("designation",)),
    Step("hold", hold, ("hold-asked",)),
)
