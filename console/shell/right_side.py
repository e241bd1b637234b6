"""The right side of the window: the open tickets, and below them what stands beside the one in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabWidget, QWidget

from console.kit.panel import Aside, Panel
from console.ticket.action_keys import bind_action_keys

if TYPE_CHECKING:
    from console.app.session import Session

SHARES = [380, 520]


class RightSide(QSplitter):
    """Tabs above, the aside below; each is there only while it has something to show.

    Signals: aside_built(Panel) once, when it is first wanted; aside_closed().
    """

    aside_built = Signal(object)
    aside_closed = Signal()

    def __init__(
        self, session: Session, build: Callable[[Session], Aside], parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._session = session
        self._build = build
        self._shares = list(SHARES)
        self._arranged: Mapping[str, Any] = {}
        self.aside: Aside | None = None
        self.tabs = QTabWidget()
        self.tabs.setTabsClosable(True)
        self.tabs.setMovable(True)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.addWidget(self.tabs)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._on_moved)
        bind_action_keys(self.tabs, self._press)
        self.show_tabs(False)

    def tab_home(self) -> QWidget:
        """Return what the widgets of all tabs are children of."""
        home = self.tabs.findChild(QStackedWidget)
        assert home is not None  # QTabWidget has made it
        return home

    def show_tabs(self, are_wanted: bool) -> None:
        """Show or hide the tabs."""
        self.tabs.setVisible(are_wanted)
        self._show_if_used()

    def toggle(self, subject: object) -> Aside | None:
        """Show the aside for a thing; put it away when it is shown for this one. Return it while shown."""
        was_shown = self.is_aside_shown()
        if self.aside is None:
            self.aside = self._build(self._session)
            self.aside.restore_layout(self._arranged)
            self.aside.closed.connect(self.put_away)
            self.addWidget(self.aside)
            self.aside_built.emit(self.aside)
        elif was_shown and self.aside.subject() == subject:
            self.put_away()
            return None
        self.aside.show_for(subject)
        if not was_shown:
            self.aside.show()
            self._show_if_used()
            self.setSizes(self._shares)
        return self.aside

    def is_aside_shown(self) -> bool:
        """Say whether the aside is there."""
        return self.aside is not None and not self.aside.isHidden()

    @Slot()
    def put_away(self) -> None:
        """Hide the aside."""
        if self.aside is not None:
            self.aside.hide()
            self._show_if_used()
            self.aside_closed.emit()

    def focused_panel(self, focus: QWidget | None) -> Panel | None:
        """Return the page or the aside that has the focus."""
        if focus is None:
            return None
        if self.aside is not None and self.aside.isAncestorOf(focus):
            return self.aside
        page = self.tabs.currentWidget()
        return page if isinstance(page, Panel) and self.tabs.isAncestorOf(focus) else None

    def detach(self) -> None:
        """Let the aside go of the session."""
        if self.aside is not None:
            self.aside.detach()

    def layout_state(self) -> Mapping[str, Any]:
        """Return how it is arranged."""
        aside = self._arranged if self.aside is None else self.aside.layout_state()
        return {"shares": self._shares, "aside": dict(aside)}

    def restore_layout(self, state: object) -> None:
        """Arrange it as it was; what no longer fits is ignored."""
        match state:
            case {"shares": [int(above), int(below)]}:
                self._shares = [above, below]
        match state:
            case {"aside": dict(arranged)}:
                self._arranged = arranged

    def _show_if_used(self) -> None:
        self.setVisible(not self.tabs.isHidden() or self.is_aside_shown())

    def _press(self, key: str) -> None:
        page = self.tabs.currentWidget()
        if isinstance(page, Panel):
            page.press(key)

    @Slot(int, int)
    def _on_moved(self, _place: int, _index: int) -> None:
        self._shares = self.sizes()
