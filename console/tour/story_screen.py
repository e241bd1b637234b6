"""The rest of the house: red lights, command line, keys, history, theme and language."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QTableWidget
from shiboken6 import isValid

from console.kit.lamp import Light
from console.shell.help import Help
from console.shell.main_window import MainWindow
from console.ticket.queue import QueuePanel
from console.ticket.record import Filter, Order, Ticket, light_of
from console.tour.day import LANGUAGE, OPERATOR, Day
from console.tour.hands import StepError, activate, press, shown, wait_for
from console.tour.seat import Seat
from console.tour.story_report import need, page_text, place_of_report
from console.tour.teller import Step

ENGLISH = "en"


def red_queue(day: Day) -> None:
    """Show the overdue tickets by the command line."""
    seat = day.seat(OPERATOR)
    panel = seat.queue()
    seat.command("queue.red", seat.window.registry["queue.red"].shown_text())
    wait_for(
        lambda: _loaded(panel) and all(_is_red(seat, ticket) for ticket in _rows(panel)), "only red lights"
    )


def red_ticket(day: Day) -> None:
    """Open the most overdue one."""
    seat = day.seat(OPERATOR)
    panel = seat.queue()
    panel.view.setFocus()
    press(panel.view, "Home")
    press(panel.view, "Return")
    page = seat.front_page()
    seat.press("F4")
    wait_for(lambda: page.isVisible() and page_text(page), "the page's texts")


def command_line(day: Day) -> None:
    """Find a place by pinyin."""
    seat = day.seat(OPERATOR)
    directory = seat.session.directory
    town = directory.territories[need(place_of_report(directory).town_id, "town")]
    seat.find(town.pinyin.replace(" ", ""), town.name)
    day.shoot()
    seat.take()
    panel = seat.queue()
    wait_for(lambda: panel.filter.territory_id == town.id and _loaded(panel), "the place's tickets")


def keys(day: Day) -> None:
    """List every key with F1."""
    seat = day.seat(OPERATOR)
    seat.press("F1")
    wait_for(lambda: seat.window.findChild(Help) is not None, "the list of keys")
    window = need(seat.window.findChild(Help), "list of keys")
    if shown(window, QTableWidget).rowCount() < len(tuple(seat.window.registry)):
        raise StepError("an action is missing from the list")
    activate(window)
    day.shoot()
    press(window, "Escape")
    wait_for(lambda: not isValid(window) or not window.isVisible(), "the list to go")


def history(day: Day) -> None:
    """Show all tickets, the newest first; today's archived one among them."""
    seat = day.seat(OPERATOR)
    panel = seat.queue()
    seat.command("queue.history", seat.window.registry["queue.history"].shown_text())
    wait_for(
        lambda: panel.filter == Filter(open_only=False, order=Order.NEWEST) and _loaded(panel), "the history"
    )
    first = need(day.first)
    wait_for(lambda: panel.live.model.row_of(first.id) is not None, "today's archived ticket in the history")


def dark(day: Day) -> None:
    """Take the other theme, and back."""
    seat = day.seat(OPERATOR)
    seat.press("Ctrl+Shift+T")
    wait_for(lambda: seat.session.theme.name == "dark", "the dark theme")
    day.shoot()
    seat.press("Ctrl+Shift+T")


def english(day: Day) -> None:
    """Turn the desk to English, and back."""
    seat = day.seat(OPERATOR)
    _switch_language(seat, ENGLISH)
    day.windows = (seat.window,)
    seat.sit()
    panel = seat.queue()
    seat.command("queue.all", "Show all open tickets")
    wait_for(lambda: panel.filter == Filter() and _loaded(panel), "the queue in English")
    day.shoot()
    _switch_language(seat, LANGUAGE)


def _switch_language(seat: Seat, language: str) -> None:
    """Switch and take the window that replaces the old one."""
    old = seat.window
    seat.press("Ctrl+Shift+L")

    def fresh() -> list[MainWindow]:
        windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
        return [
            each for each in windows if each is not old and each.session is seat.session and each.isVisible()
        ]

    wait_for(fresh, f"the window in {language}")
    seat.window = fresh()[0]
    if seat.session.directory.language != language:
        raise StepError(f"the desk speaks {seat.session.directory.language}")


def _loaded(panel: QueuePanel) -> bool:
    return panel.live.model.rowCount() > 0


def _is_red(seat: Seat, ticket: Ticket) -> bool:
    return light_of(ticket, seat.session.clock.now()) is Light.RED


def _rows(panel: QueuePanel) -> list[Ticket]:
    return [panel.live.model.row_at(number) for number in range(panel.live.model.rowCount())]


STEPS = (
    Step("red-queue", red_queue, ("login",)),
    Step("red-ticket", red_ticket, ("red-queue",)),
    Step("command-line", command_line, ("dispatch",)),
    Step("keys", keys, ("login",)),
    Step("history", history, ("login", "archive")),
    Step("dark-theme", dark, ("login",)),
    Step("english", english, ("login",)),
)
