"""From the login to a dispatched ticket, a second call about it, a merge and its undoing."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QLineEdit, QPushButton

from console.directory.record import Category, Directory, Territory
from console.kit.html import HtmlView
from console.shell.login import DemoLogin
from console.shell.notices_view import Toast
from console.ticket.intake import IntakePanel
from console.ticket.page import TicketPage
from console.ticket.record import Ticket, TicketState
from console.tour.day import OPERATOR, SUPERVISOR, Day
from console.tour.forms import pick
from console.tour.hands import StepError, activate, click, press, shown, wait_for, write
from console.tour.seat import Seat, problems, ticket_of
from console.tour.teller import Step

T = TypeVar("T")
CATEGORY = "路灯不亮"
TITLE, TITLE_AGAIN = "小区南门路灯不亮", "南门路灯还是不亮"
WORDS = "小区南门到公交站的路灯从上周起一直不亮，晚上老人接孩子走路很不安全，请尽快派人检修。"
AGAIN = "我昨天打过电话，南门到公交站的路灯还是不亮，晚上走路不安全，请尽快检修。"
CALLER = "演示来电人"
SPOT = "小区南门至公交站"


def login(day: Day) -> None:
    """Find a demo person by name and take them with Enter."""
    dialog = DemoLogin(day.site.people)
    chosen: list[str] = []
    dialog.person_chosen.connect(chosen.append)
    activate(dialog)
    day.windows = (dialog,)
    write(shown(dialog, QLineEdit), OPERATOR)
    day.shoot()
    press(dialog, "Return")
    wait_for(lambda: chosen, "the login to be taken")
    dialog.close()
    if chosen != [OPERATOR]:
        raise StepError(f"{chosen} logs in instead of {OPERATOR}")
    day.seat(OPERATOR)


def queue(day: Day) -> None:
    """Look at the whole district's open work, the most urgent first."""
    seat = day.seat(OPERATOR)
    panel = seat.queue()
    wait_for(lambda: len(panel.view.visible_rows()) > 10, "a queue full of tickets")


def report(day: Day) -> None:
    """Take a caller's words down, place by pinyin, category by initials; see who handles it by when."""
    seat = day.seat(OPERATOR)
    panel = seat.intake()
    take_down(seat, panel, day.phone, TITLE, WORDS)
    wait_for(lambda: panel.side.suggestion is not None, "who should handle it and by when")


def dispatch(day: Day) -> None:
    """Send the report to the suggested unit, its deadline in sight."""
    seat = day.seat(OPERATOR)
    panel = seat.intake()
    press(panel.form.body, "Alt+D")
    wait_for(lambda: panel.ending.isVisible(), "the form of the dispatch")
    day.shoot()
    day.first = send_report(seat, panel, "Ctrl+Return", TicketState.SENT)


def second_call(day: Day) -> None:
    """Take the same caller down again: earlier ticket and likely duplicate stand beside the form."""
    first = need(day.first)
    seat = day.seat(OPERATOR)
    panel = seat.intake()
    take_down(seat, panel, day.phone, TITLE_AGAIN, AGAIN)
    wait_for(lambda: any(each.ticket_id == first.id for each in panel.side.duplicates), "the duplicate")
    wait_for(lambda: panel.side.toPlainText().count(first.title) > 1, "the caller's earlier ticket")


def merge(day: Day) -> None:
    """Merge the second report into the first with one key."""
    first = need(day.first)
    seat = day.seat(OPERATOR)
    panel = seat.intake()
    number = [each.ticket_id for each in panel.side.duplicates].index(first.id) + 1
    press(panel.form.body, f"Ctrl+{number}")
    wait_for(
        lambda: panel.ending.isVisible() and panel.ending.payload().get("main") == first.id, "the main ticket"
    )
    day.second = send_report(seat, panel, "Ctrl+Return", TicketState.MERGED)
    page = seat.page(first)
    wait_for(
        lambda: need(day.second).number in page_text(page), "the merged caller on the main ticket's page"
    )


def unmerge(day: Day) -> None:
    """Give the second report its own life back, exactly as it was."""
    seat = day.seat(SUPERVISOR)
    page = seat.page(need(day.second))
    after = seat.act(page, "unmerge", reason="经回访核实，两次来电反映的不是同一段道路。")
    if after.state != TicketState.NEW or after.main_ticket_id is not None:
        raise StepError(f"the ticket came back as {after.state}")
    day.second = after


def take_down(seat: Seat, panel: IntakePanel, phone: str, title: str, words: str) -> None:
    """Fill the intake's form as the call is told."""
    form, directory = panel.form, seat.session.directory
    place, category = place_of_report(directory), _category(directory)
    write(form.phone, phone)
    write(form.name, CALLER)
    pick(form.place, place.pinyin.replace(" ", ""), place.id)
    write(form.place_text, SPOT)
    pick(form.category, category.initials, category.id)
    write(form.title, title)
    write(form.body, words)


def send_report(seat: Seat, panel: IntakePanel, keys: str, state: TicketState) -> Ticket:
    """Send the report by a key and open the ticket from the notice that tells of it."""
    old = set(seat.window.findChildren(Toast))
    press(panel, keys)

    def fresh() -> list[Toast]:
        return [toast for toast in seat.window.findChildren(Toast) if toast not in old]

    wait_for(lambda: fresh() or problems(panel.ending), "the report to be registered")
    if not fresh():
        raise StepError(problems(panel.ending))
    click(shown(fresh()[-1], QPushButton))
    ticket = ticket_of(seat.front_page())
    seat.close_pages()
    if ticket.state != state:
        raise StepError(f"the ticket is {ticket.state}, not {state}")
    return ticket


def need(value: T | None, what: str = "ticket") -> T:
    """Return what an earlier step has made."""
    if value is None:
        raise StepError(f"there is no {what} yet")
    return value


def page_text(page: TicketPage) -> str:
    """Return everything that can be read on a page."""
    return "\n".join(view.toPlainText() for view in page.findChildren(HtmlView))


def place_of_report(directory: Directory) -> Territory:
    """Return the grid the callers speak of."""
    return next(each for each in directory.territories.values() if each.level == 4)


def _category(directory: Directory) -> Category:
    return next(each for each in directory.categories.values() if each.name_zh == CATEGORY)


STEPS = (
    Step("login", login),
    Step("queue", queue, ("login",)),
    Step("report", report, ("login",)),
    Step("dispatch", dispatch, ("report",)),
    Step("second-call", second_call, ("dispatch",)),
    Step("merge", merge, ("second-call",)),
    Step("unmerge", unmerge, ("merge",)),
)
