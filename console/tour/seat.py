"""One person at a desk: what they do with keys, words and clicks in the real window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from console.camera.workspace import CameraPanel
from console.evidence.panel import EvidencePanel
from console.health.panel import HealthPanel
from console.history.panel import HistoryPanel
from console.kit.notices import Notice, Severity
from console.kit.panel import Panel
from console.kit.view import TableView
from console.shell.main_window import MainWindow
from console.ticket.action_form import ActionForm
from console.ticket.action_keys import ACTION_KEYS
from console.ticket.desk_index import TITLE, DeskIndex
from console.ticket.desk_lists import DeskList
from console.ticket.desk_panel import DeskPanel
from console.ticket.intake import IntakePanel
from console.ticket.page import TicketPage
from console.ticket.queue import QueuePanel
from console.ticket.record import Ticket, TicketId
from console.tour.album import SIZE
from console.tour.forms import fill
from console.tour.hands import StepError, activate, focused, press, shown, wait_for, write

P = TypeVar("P", bound=Panel)
TROUBLE = frozenset({Severity.REFUSED, Severity.CONFLICT, Severity.UNAVAILABLE, Severity.BUG})


class Seat:
    """A window and the hands before it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.session = window.session
        self.trouble: list[Notice] = []
        self.session.notices.posted.connect(self._on_posted)

    def sit(self) -> None:
        """Bring the window to the front."""
        self.window.resize(SIZE)
        activate(self.window)

    def press(self, keys: str) -> None:
        """Press a key or a chord."""
        press(self.window, keys)

    def close_pages(self) -> None:
        """Close the tickets left open."""
        while self.window.open_pages:
            self.press("Ctrl+W")

    # Where to go

    def queue(self) -> QueuePanel:
        """Go to the queue."""
        return self._workspace("queue", QueuePanel)

    def intake(self) -> IntakePanel:
        """Go to the intake and wait for its endings."""
        panel = self._workspace("intake", IntakePanel)
        wait_for(lambda: panel.bar.findChildren(QPushButton), "the endings")
        return panel

    def evidence(self) -> EvidencePanel:
        """Go to the register and wait for its rows."""
        panel = self._workspace("evidence", EvidencePanel)
        wait_for(panel.register.list.model.rowCount, "the register")
        return panel

    def history(self) -> HistoryPanel:
        """Go to the history and wait for its first tickets."""
        panel = self._workspace("history", HistoryPanel)
        wait_for(panel.live.model.rowCount, "the history")
        return panel

    def cameras(self) -> CameraPanel:
        """Go to the cameras and wait for their places."""
        panel = self._workspace("cameras", CameraPanel)
        wait_for(panel.directory.tree.topLevelItemCount, "the places")
        return panel

    def camera_health(self) -> HealthPanel:
        """Go to the health of the cameras."""
        return self._workspace("camera_health", HealthPanel)

    def desk(self, key: str, chosen: DeskList, ticket: Ticket) -> TicketPage:
        """Go to a list of a desk and take a ticket in hand, as it was left by whoever had it before."""
        desk = self._workspace(key, DeskPanel)
        index = shown(desk, DeskIndex)
        for _ in range(index.topLevelItemCount()):
            item = index.currentItem()
            if item is not None and item.text(TITLE) == chosen.shown_title():
                break
            press(desk.table, "Alt+PgDown")
        wait_for(lambda: _shows_only(desk.table, chosen), "the chosen list")
        click_row(desk.table, ticket.id)
        return self._ready(lambda: desk.page, ticket)

    def page(self, ticket: Ticket) -> TicketPage:
        """Open a ticket's page by its number in the command line."""
        self.command(ticket.number, ticket.number)
        return self._ready(lambda: self.window.open_pages.get(ticket.id), ticket)

    def front_page(self) -> TicketPage:
        """Wait for the page in the front tab to know its ticket."""
        page = self.window.tabs.currentWidget()
        if not isinstance(page, TicketPage):
            raise StepError("no ticket's page is in front")
        wait_for(lambda: page.selected() is not None, "the ticket's page")
        return page

    def command(self, typed: str, wanted: str) -> None:
        """Find something in the command line and take it."""
        self.find(typed, wanted)
        self.take()

    def take(self) -> None:
        """Take what is chosen in the command line."""
        press(self.window, "Return")
        wait_for(self.window.palette_line.isHidden, "the command line to take what was chosen")

    def find(self, typed: str, wanted: str) -> None:
        """Open the command line, type, and go down to what is wanted."""
        self.press("Ctrl+K")
        palette = self.window.palette_line
        wait_for(palette.isVisible, "the command line")
        write(palette.line, typed)
        wait_for(
            lambda: palette.list.findItems(wanted, Qt.MatchFlag.MatchExactly), f"{typed} to find {wanted}"
        )
        _go_to(palette.list, wanted)

    # What to do with a ticket

    def ask(self, page: TicketPage, action: str, **values: Any) -> ActionForm:
        """Press an action's key and fill its form."""
        self._press_action(page, action)
        wait_for(
            lambda: any(form.isVisible() for form in page.findChildren(ActionForm)), f"the form of {action}"
        )
        form = shown(page, ActionForm)
        fill(form, values)
        return form

    def send(self, page: TicketPage) -> Ticket:
        """Send the open form and wait for the page to show the outcome."""
        before = ticket_of(page)
        form = shown(page, ActionForm)
        press(form, "Ctrl+Return")
        wait_for(lambda: not form.isVisible() or problems(form), "an answer of the database")
        if form.isVisible():
            raise StepError(problems(form))
        return self._after(page, before)

    def act(self, page: TicketPage, action: str, **values: Any) -> Ticket:
        """Do an action from its key to its outcome."""
        if values:
            self.ask(page, action, **values)
            return self.send(page)
        before = ticket_of(page)
        self._press_action(page, action)
        return self._after(page, before)

    def _press_action(self, page: TicketPage, action: str) -> None:
        wait_for(lambda: page.offers(action), f"{action} to be offered")
        activate(self.window)
        page.setFocus()
        wait_for(lambda: page is focused() or page.isAncestorOf(focused()), "the page to have the focus")
        self.press(ACTION_KEYS[action])

    def _after(self, page: TicketPage, before: Ticket) -> Ticket:
        wait_for(lambda: ticket_of(page).version > before.version, "the page to show the next version")
        wait_for(lambda: self._lists_show(ticket_of(page)), "the lists to show what the page shows")
        return ticket_of(page)

    def _lists_show(self, ticket: Ticket) -> bool:
        """Say whether no list to be seen shows an older version of a ticket."""
        models: list[Any] = [
            table.model() for table in self.window.findChildren(TableView) if table.isVisible()
        ]
        rows = (row for model in models for row in model.rows if isinstance(row, Ticket))
        return all(row.version >= ticket.version for row in rows if row.id == ticket.id)

    def _workspace(self, key: str, kind: type[P]) -> P:
        number = [workspace.key for workspace in self.window.workspaces].index(key) + 1
        self.press(f"Alt+{number}")
        panel = self.window.stack.currentWidget()
        if not isinstance(panel, kind):
            raise StepError(f"Alt+{number} shows {type(panel).__name__}, not {kind.__name__}")
        return panel

    def _ready(self, find: Callable[[], Panel | None], ticket: Ticket) -> TicketPage:
        """Wait for the page: one left open shows what another desk has just done only a moment later."""

        def has_read_on() -> bool:
            page = find()
            known = page.selected() if isinstance(page, TicketPage) else None
            return known is not None and known.id == ticket.id and known.version >= ticket.version

        wait_for(has_read_on, f"the ticket's page to show version {ticket.version}")
        page = find()
        assert isinstance(page, TicketPage)
        return page

    def _on_posted(self, notice: Notice) -> None:
        if notice.severity in TROUBLE:
            self.trouble.append(notice)


def ticket_of(page: TicketPage) -> Ticket:
    """Return the ticket a page shows."""
    ticket = page.selected()
    if ticket is None:
        raise StepError("the page shows no ticket")
    return ticket


def click_row(table: TableView, ticket_id: TicketId) -> None:
    """Click the row of a ticket as soon as it is there."""
    model: Any = table.model()
    wait_for(lambda: model.row_of(ticket_id) is not None, "the ticket's row")
    index = model.index(model.row_of(ticket_id), 1)
    table.scrollTo(index)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())


def _shows_only(table: TableView, chosen: DeskList) -> bool:
    """Say whether the rows are those of a list, and not still those of the one before."""
    model: Any = table.model()
    rows = [model.row_at(number) for number in range(model.rowCount())]
    wanted = chosen.wanted
    return all(row.state in wanted.states or row.pending in wanted.pending for row in rows)


def problems(form: ActionForm) -> str:
    """Return what the form says is wrong."""
    labels = [label for label in form.findChildren(QLabel) if label.property("look") == "problem"]
    return " ".join(label.text() for label in labels if label.isVisible() and label.text())


def _go_to(items: QListWidget, wanted: str) -> None:
    row = items.row(items.findItems(wanted, Qt.MatchFlag.MatchExactly)[0])
    while items.currentRow() < row:
        press(items, "Down")
