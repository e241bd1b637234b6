"""The evidence workspace: the register, and the reveals day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from console.evidence.checking import CheckingPanel
from console.evidence.daily import DailyView
from console.evidence.record import Entry, Reveal
from console.evidence.register import RegisterView
from console.evidence.seals import seal_sheet
from console.evidence.store import EvidenceStore
from console.kit.keys import bind_key
from console.kit.printing import Printing, Sheet
from db.anchor import Anchor

if TYPE_CHECKING:
    from console.app.session import Session


class EvidencePanel(CheckingPanel):
    """Who saw whom, when and why."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = EvidenceStore(session.engine)
        self._anchors: list[Anchor] = []
        self.register = RegisterView(session)
        self.daily = DailyView(session)
        self.paper = Printing(session.reads, session.notices, session.report, self._sheet, self)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.register, self.tr("Register"))
        self.tabs.addTab(self.daily, self.tr("Reveals by day"))
        gap = session.theme.size("gap")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.addWidget(self.tabs)
        self._connect()

    def selected(self) -> Entry | Reveal | None:
        """Return the entry or the reveal under the cursor."""
        return self.daily.selected() if self.is_daily() else self.register.selected()

    def is_daily(self) -> bool:
        """Say whether the days are in front."""
        return self.tabs.currentWidget() is self.daily

    def show_register(self) -> None:
        """Bring the register to the front."""
        self.tabs.setCurrentWidget(self.register)
        self.register.setFocus()

    def show_daily(self) -> None:
        """Bring the days to the front."""
        self.tabs.setCurrentWidget(self.daily)
        self.daily.setFocus()

    def may_tick(self) -> bool:
        """Say whether the chosen day can be ticked as looked over now."""
        return self.is_daily() and self.daily.may_tick()

    @Slot()
    def see(self) -> None:
        """Tick the chosen day."""
        if self.is_daily():
            self.daily.see()

    @Slot()
    def refresh(self) -> None:
        """Read again what is in front."""
        (self.daily if self.is_daily() else self.register).refresh()

    def open_ticket(self) -> None:
        """Ask for the page of the ticket under the cursor."""
        (self.daily if self.is_daily() else self.register).open_ticket()

    def export(self) -> None:
        """Ask where the register's rows go."""
        self.show_register()
        self.register.export.choose()

    def print_seals(self) -> None:
        """Read the last seals, and show them as a sheet to print."""
        self._session.reads.run(self._store.anchors, self._on_anchors, self._session.report)

    def detach(self) -> None:
        """Let go of the session."""
        self.register.detach()
        self.daily.detach()
        self.paper.release()

    def _on_anchors(self, anchors: list[Anchor]) -> None:
        self._anchors = anchors
        self.paper.print()

    def _sheet(self) -> Sheet:
        return seal_sheet(self._store, self._anchors, self._session.directory.workdays.tz)

    @Slot(int)
    def _on_counted(self, unseen: int) -> None:
        title = self.tr("Reveals by day")
        text = self.tr("{title} ({n} not seen)").format(title=title, n=unseen) if unseen else title
        self.tabs.setTabText(self.tabs.indexOf(self.daily), text)

    @Slot()
    def _on_tab_changed(self) -> None:
        self.selection_changed.emit()

    def _connect(self) -> None:
        for view in (self.register, self.daily):
            view.selection_changed.connect(self.selection_changed)
            view.ticket_requested.connect(self.ticket_requested)
        self.daily.counted.connect(self._on_counted)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        bind_key(self, "F5", self.refresh)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(self, keys, self.see)
        self.setFocusProxy(self.tabs)
