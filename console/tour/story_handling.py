"""A unit's work on a ticket, from signing to the archive."""

from __future__ import annotations

from collections.abc import Sequence

from console.ticket.desk_lists import CENTRE_LISTS, UNIT_LISTS, DeskList
from console.ticket.record import TicketState
from console.tour.day import CALLBACK, INSPECTOR, OPERATOR, SUPERVISOR, Day
from console.tour.hands import StepError, wait_for
from console.tour.seat import Seat
from console.tour.story_report import need, page_text
from console.tour.teller import Step


def sign(day: Day) -> None:
    """Find the ticket at the unit's desk and sign."""
    seat = _worker(day)
    page = seat.desk("unit", desk_list(UNIT_LISTS, "sign"), need(day.first))
    day.first = seat.act(page, "sign")


def contact(day: Day) -> None:
    """Ring the caller up within the day."""
    seat = _worker(day)
    page = seat.desk("unit", desk_list(UNIT_LISTS, "contact"), need(day.first))
    seat.ask(page, "record_contact", how="phone", text="已电话联系来电人，约定今晚七点到现场查看。")
    day.shoot()
    day.first = seat.send(page)


def ask_extension(day: Day) -> None:
    """Ask for more days before the deadline."""
    seat = _worker(day)
    page = seat.desk("unit", desk_list(UNIT_LISTS, "work"), need(day.first))
    seat.ask(
        page,
        "ask_extension",
        reason="works",
        plan="电缆进水，需要分段开挖更换，已联系施工队，五个工作日内完成。",
        workdays=5,
        told=True,
    )
    day.shoot()
    day.first = seat.send(page)


def approve_extension(day: Day) -> None:
    """Grant them as the shift supervisor; the card counts every day to the new deadline."""
    seat = day.seat(SUPERVISOR)
    before = need(need(day.first).answer_due_at, "deadline")
    page = seat.desk("centre", desk_list(CENTRE_LISTS, "extension"), need(day.first))
    day.first = seat.act(page, "approve_extension", text="同意延期五个工作日，请按计划推进并告知来电人。")
    if need(day.first.answer_due_at, "deadline") <= before:
        raise StepError("the deadline has not moved")
    seat.press("F4")
    wait_for(lambda: "10" in page_text(page), "ten counted days")


def feedback(day: Day) -> None:
    """Report what was done."""
    seat = _worker(day)
    page = seat.desk("unit", desk_list(UNIT_LISTS, "work"), need(day.first))
    seat.ask(page, "feedback", done="已更换进水电缆四十米，十二盏路灯恢复照明，现场照片已留存。", solved=True)
    day.shoot()
    day.first = seat.send(page)


def review(day: Day) -> None:
    """Check the feedback."""
    seat = day.seat(INSPECTOR)
    page = seat.desk("centre", desk_list(CENTRE_LISTS, "review"), need(day.first))
    day.first = seat.act(page, "approve_feedback", text="反馈属实，附件齐全，转回访。")


def callback(day: Day) -> None:
    """Ask the caller whether it is solved."""
    seat = day.seat(CALLBACK)
    page = seat.desk("centre", desk_list(CENTRE_LISTS, "callback"), need(day.first))
    seat.ask(
        page,
        "callback_result",
        solved=True,
        satisfaction="satisfied",
        note="路灯已全部亮起，来电人表示感谢。",
    )
    day.shoot()
    day.first = seat.send(page)


def archive(day: Day) -> None:
    """Archive the finished ticket."""
    seat = day.seat(OPERATOR)
    page = seat.page(need(day.first))
    day.first = seat.act(page, "archive")
    if day.first.state != TicketState.ARCHIVED:
        raise StepError(f"the ticket is {day.first.state}")


def desk_list(lists: Sequence[DeskList], key: str) -> DeskList:
    """Return a list of a desk by its key."""
    return next(each for each in lists if each.key == key)


def _worker(day: Day) -> Seat:
    return day.seat(day.unit_person(need(day.first).handler_unit_id))


STEPS = (
    Step("sign", sign, ("dispatch",)),
    Step("contact", contact, ("sign",)),
    Step("extension", ask_extension, ("contact",)),
    Step("why-this-deadline", approve_extension, ("extension",)),
    Step("feedback", feedback, ("contact",)),
    Step("review", review, ("feedback",)),
    Step("callback", callback, ("review",)),
    Step("archive", archive, ("callback",)),
)
