"""The window of one desk: rail, workspace, open tickets, status bar, command line, notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from console.kit.action import Action, Context, Registry
from console.kit.finding import Provider
from console.kit.panel import Aside, Panel
from console.kit.theme import NAMES
from console.shell.caller_search import CallerSearch, may_search_callers
from console.shell.help import Help
from console.shell.notices_view import NoticesView, Toasts
from console.shell.palette import Palette
from console.shell.parts import Parts
from console.shell.providers import ActionProvider, PlaceProvider, TicketProvider, ViewProvider
from console.shell.rail import Rail
from console.shell.right_side import RightSide
from console.shell.screens import Screens
from console.shell.speed_view import SpeedView
from console.shell.status_bar import StatusBar
from console.shell.workspaces import Workspace
from console.ticket.record import Filter
from db.errors import DatabaseRefusal

if TYPE_CHECKING:
    from console.app.session import Session

RAIL_ACTIONS = ("shell.palette", "shell.notices", "shell.theme", "shell.language", "shell.help")
SIZE = (1440, 900)
TITLE_BAR = 40  # of whatever window manager; a window as high as the screen would lose its status bar
SHARES = (840, 600)
NARROWEST = 360


class MainWindow(QMainWindow):
    """Hosts panels; it knows workspaces and ticket pages only as panels.

    Signals: language_requested(code) the desk builds a new window in that language; lock_requested();
    person_requested() somebody else sits down; closed().
    """

    language_requested = Signal(str)
    lock_requested = Signal()
    person_requested = Signal()
    closed = Signal()

    def __init__(
        self,
        session: Session,
        workspaces: Sequence[Workspace],
        registry: Registry,
        parts: Parts,
        app: QApplication,
    ) -> None:
        super().__init__()
        self.session = session
        self.registry = registry
        self._app = app
        self._parts = parts
        self._duties = frozenset(session.me.duties)
        self.workspaces = tuple(item for item in workspaces if item.is_for(self._duties))
        self._panels: dict[str, Panel] = {}
        self._arranged: dict[str, Any] = {}  # the layout of every panel this person has used, by workspace
        self._shares = list(SHARES)
        self._pages: dict[object, Panel] = {}
        self._screens_as_left: Mapping[str, Any] = {}  # which were open when the window closed
        self._is_closed = False
        self._district = session.me.district_in(session.directory.language)
        self.setWindowTitle(self.tr("Liangdeng – {district}").format(district=self._district))
        room = self.screen().availableSize()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height() - TITLE_BAR))
        self._build()
        self._page_of = parts.pages(session, self.right.tab_home())
        self._actions = {action.key: self._qaction(action) for action in registry}
        self._connect()
        self.show_workspace(self.workspaces[0].key)

    # Host: what actions may ask for

    def show_workspace(self, key: str) -> Panel:
        """Bring a workspace to the front; its panel is built when first shown."""
        panel = self._panels.get(key)
        if panel is None:
            workspace = next(item for item in self.workspaces if item.key == key)
            panel = self._panels[key] = workspace.factory(self.session)
            self._adopt(panel)
            self.stack.addWidget(panel)
            self._arrange(key, panel)
        self.stack.setCurrentWidget(panel)
        self.rail.mark(key)
        panel.setFocus()
        self.refresh()
        return panel

    @Slot(object)
    def open_ticket(self, ticket_id: object) -> Panel:
        """Show a ticket's page in its tab."""
        page = self._pages.get(ticket_id)
        if page is None:
            page = self._pages[ticket_id] = self._page_of(ticket_id)
            self._adopt(page)
            page.title_changed.connect(partial(self._on_title_changed, page))
            self.tabs.addTab(page, page.windowTitle() or "…")
        self.right.show_tabs(True)
        self.tabs.setCurrentWidget(page)
        page.setFocus()
        self.refresh()
        return page

    def toggle_aside(self, subject: object) -> Aside | None:
        """Show what stands beside a ticket, or put it away when it is shown for this one already."""
        aside = self.right.toggle(subject)
        if aside is not None:
            aside.setFocus()
        self.refresh()
        return aside

    def show_screen(self, key: str) -> Panel:
        """Show a window of its own and return its panel."""
        return self.screens.show(key)

    def show_filter(self, wanted: Filter) -> None:
        """Show the queue limited to something."""
        panel: Any = self.show_workspace("queue")
        panel.show_filter(wanted)

    @Slot(object)
    def begin_report(self, sighting: object) -> None:
        """Begin a report about what a camera shows."""
        panel: Any = self.show_workspace("intake")
        panel.begin(sighting)

    def show_palette(self) -> None:
        """Open the command line."""
        self.refresh()
        self.palette_line.popup()

    def show_help(self) -> None:
        """Open the list of keys."""
        self._show_dialog(Help(self.registry, self))

    def show_notices(self) -> None:
        """Open the list of notices and errors."""
        self._show_dialog(NoticesView(self.session.notices, self))

    def show_speed(self) -> None:
        """Open the list of how long each kind of action takes."""
        self._show_dialog(SpeedView(self.session.meter, ZoneInfo(self.session.me.tz), self))

    def switch_theme(self) -> None:
        """Take the other theme."""
        names = list(NAMES)
        self.session.theme.choose(names[names.index(self.session.theme.name) - 1], self._app)

    def switch_language(self) -> None:
        """Ask for the other language."""
        self.language_requested.emit("en" if self.session.directory.language == "zh_CN" else "zh_CN")

    def lock(self) -> None:
        """Ask for the lock."""
        self.lock_requested.emit()

    def change_person(self) -> None:
        """Ask for the login of somebody else."""
        self.person_requested.emit()

    def close_page(self) -> None:
        """Close the ticket in front."""
        self._on_tab_close_requested(self.tabs.currentIndex())

    def turn_page(self, step: int) -> None:
        """Go to the next or the previous open ticket."""
        count = self.tabs.count()
        if count:
            self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % count)
            self.tabs.currentWidget().setFocus()

    # State

    @property
    def open_pages(self) -> Mapping[object, Panel]:
        """The open ticket pages by ticket."""
        return self._pages

    def context(self) -> Context:
        """Return what decides which actions may run: front panel, selection, link and duties."""
        panel = self._front()
        return Context(self, self.session.is_online, self._duties, panel, panel.selected() if panel else None)

    @Slot()
    def refresh(self) -> None:
        """Enable exactly the actions that may run: the one place that does."""
        context = self.context()
        for action in self.registry:
            self._actions[action.key].setEnabled(action.is_enabled(context))

    def trigger(self, key: str) -> None:
        """Run an action if it may run now."""
        action, context = self.registry[key], self.context()
        if not action.is_enabled(context):
            return
        try:
            action.run(context)
        except DatabaseRefusal as error:
            self.session.report(error)
        self.refresh()

    def layout_state(self) -> dict[str, Any]:
        """Return how the window is arranged, to be kept on the server."""
        return {
            "size": [self.width(), self.height()],
            "is_maximized": self.isMaximized(),
            "shares": self._shares,
            "right": self.right.layout_state(),
            "screens": self._screens_as_left or self.screens.layout_state(),
            "workspace": next(
                key for key, panel in self._panels.items() if panel is self.stack.currentWidget()
            ),
            "theme": self.session.theme.name,
            "panels": self._arranged | {key: panel.layout_state() for key, panel in self._panels.items()},
        }

    def restore_layout(self, state: Mapping[str, Any]) -> None:
        """Arrange the window as it was; what no longer fits is ignored."""
        room = self.screen().availableSize()
        match state.get("size"):
            case [int(width), int(height)] if width <= room.width() and height + TITLE_BAR <= room.height():
                self.resize(width, height)
        if state.get("is_maximized") is True:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        shares = state.get("shares")
        if isinstance(shares, list) and all(isinstance(share, int) for share in shares):
            self._shares = shares
            self.splitter.setSizes(shares)
        self.right.restore_layout(state.get("right"))
        arranged = state.get("panels")
        if isinstance(arranged, dict):
            self._arranged = arranged
            for key, panel in self._panels.items():
                self._arrange(key, panel)
        self.screens.restore_layout(state.get("screens"))
        if any(item.key == state.get("workspace") for item in self.workspaces):
            self.show_workspace(state["workspace"])

    def dissolve(self) -> None:
        """Let every panel go of the session, which lives on."""
        self._app.focusChanged.disconnect(self._on_focus_changed)
        for panel in (*self._panels.values(), *self._pages.values()):
            panel.detach()
        self.right.detach()
        self._screens_as_left = self.screens.layout_state()
        self.screens.dissolve()
        self._is_closed = True

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._is_closed:
            self.dissolve()
            self.closed.emit()
        super().closeEvent(event)

    # Building

    def _build(self) -> None:
        session = self.session
        centre = QWidget(self)
        rail_actions = [action for action in self.registry if action.key in RAIL_ACTIONS]
        self.rail = Rail(self._district, self.workspaces, rail_actions, centre)
        self.stack = QStackedWidget(centre)
        self.right = RightSide(session, self._parts.aside, centre)
        self.tabs = self.right.tabs
        self.splitter = QSplitter(Qt.Orientation.Horizontal, centre)
        self.splitter.addWidget(self.stack)
        self.splitter.addWidget(self.right)
        self.splitter.setChildrenCollapsible(False)
        # A panel's own wish must not push the window beyond the screen.
        self.stack.setMinimumWidth(NARROWEST)
        self.right.setMinimumWidth(NARROWEST)
        self.splitter.setSizes(list(SHARES))
        layout = QHBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(self.splitter, 1)
        self.setCentralWidget(centre)
        self.status = StatusBar(session, self)
        self.setStatusBar(self.status)
        self.toasts = Toasts(session.notices, self)
        self.screens = Screens(session, self._parts.screens, self)
        self._caller_search = CallerSearch(session, self.show_filter, self)
        self.palette_line = Palette(session.reads, session.theme, self._providers(), session.report, self)

    def _providers(self) -> tuple[Provider, ...]:
        store = self.session.store
        callers = self._caller_search.run if may_search_callers(self.session.me) else None
        return (
            ActionProvider(self._runnable, self._on_action_chosen),
            TicketProvider(store, self.open_ticket, self.show_filter, callers),
            PlaceProvider(self._directory, self.show_filter),
            ViewProvider(store, self.show_filter),
            *self._parts.providers(self.session, self),
        )

    def _connect(self) -> None:
        self.rail.workspace_requested.connect(self.show_workspace)
        self.rail.action_requested.connect(self.trigger)
        self.tabs.tabCloseRequested.connect(self._on_tab_close_requested)
        self.tabs.currentChanged.connect(self.refresh)
        self.splitter.splitterMoved.connect(self._on_splitter_moved)
        self.right.aside_built.connect(self._adopt)
        self.screens.opened.connect(self._adopt)
        self.right.aside_closed.connect(self._on_aside_closed)
        self.status.notices_requested.connect(self.show_notices)
        self.status.speed_requested.connect(self.show_speed)
        self.session.link_changed.connect(self.refresh)
        self.session.keeping.reported.connect(self.begin_report)
        self._app.focusChanged.connect(self._on_focus_changed)

    def _qaction(self, action: Action) -> QAction:
        made = QAction(action.shown_text(), self)
        made.setShortcut(QKeySequence(action.shortcut))
        made.triggered.connect(partial(self.trigger, action.key))
        self.addAction(made)
        return made

    def _arrange(self, key: str, panel: Panel) -> None:
        state = self._arranged.get(key)
        if isinstance(state, dict):
            panel.restore_layout(state)

    @Slot(object)
    def _adopt(self, panel: Panel) -> None:
        panel.ticket_requested.connect(self.open_ticket)
        panel.selection_changed.connect(self.refresh)

    def _show_dialog(self, dialog: QWidget) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _front(self) -> Panel | None:
        beside = self.right.focused_panel(self.focusWidget())
        if beside is not None:
            return beside
        panel = self.stack.currentWidget()
        return panel if isinstance(panel, Panel) else None

    def _runnable(self) -> Iterable[Action]:
        # Read in a worker: isEnabled() was set by refresh() when the command line opened.
        return [action for action in self.registry if self._actions[action.key].isEnabled()]

    def _directory(self) -> Any:
        return self.session.directory

    def _on_action_chosen(self, action: Action) -> None:
        self.trigger(action.key)

    def _on_title_changed(self, page: Panel, title: str) -> None:
        self.tabs.setTabText(self.tabs.indexOf(page), title)

    @Slot(int, int)
    def _on_splitter_moved(self, _place: int, _index: int) -> None:
        self._shares = self.splitter.sizes()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and new.window() is self:
            self.refresh()

    @Slot(int)
    def _on_tab_close_requested(self, index: int) -> None:
        page = self.tabs.widget(index)
        if not isinstance(page, Panel):
            return
        self.tabs.removeTab(index)
        self._pages = {key: other for key, other in self._pages.items() if other is not page}
        page.detach()
        page.deleteLater()
        self.right.show_tabs(bool(self._pages))
        self.refresh()

    @Slot()
    def _on_aside_closed(self) -> None:
        """Give the keys back to the ticket, or to the workspace."""
        front = self.tabs.currentWidget() or self.stack.currentWidget()
        if front is not None:
            front.setFocus()
