"""A session and its window: built together, rebuilt in another language, ended in order."""

from __future__ import annotations

import logging
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from console.app.actions import registry
from console.app.i18n import install_translator
from console.app.session import Opened, Session, save_layout
from console.app.workspaces import PAGE_PARTS, PARTS, WORKSPACES
from console.directory.record import Directory
from console.directory.store import DirectoryStore
from console.kit.clock import Clock
from console.kit.jobs import ignore
from console.kit.notices import Notices
from console.kit.theme import Theme
from console.shell.main_window import MainWindow

log = logging.getLogger("console.desk")


class Desk(QObject):
    """One person's console in this process; there may be several.

    Signals of whichever window is the present one: lock_requested(), person_requested(). Another, when the
    server does not let this person in any more: turned_away(Trouble).
    """

    lock_requested = Signal()
    person_requested = Signal()
    turned_away = Signal(object)

    def __init__(
        self,
        app: QApplication,
        opened: Opened,
        theme: Theme,
        *,
        clock: Clock | None = None,
        notices: Notices | None = None,
    ) -> None:
        super().__init__(app)
        self._app = app
        self.session = Session(opened, theme, clock=clock, notices=notices, parent=self)
        self.session.page_parts = PAGE_PARTS
        self.window = self._build()
        self.window.restore_layout(opened.layout)
        self.session.feed.turned_away.connect(self.turned_away)
        self.session.start()

    def _build(self) -> MainWindow:
        mine = [item for item in WORKSPACES if item.is_for(frozenset(self.session.me.duties))]
        window = MainWindow(self.session, mine, registry(mine), PARTS, self._app)
        window.language_requested.connect(self._on_language_requested)
        window.lock_requested.connect(self.lock_requested)
        window.person_requested.connect(self.person_requested)
        window.closed.connect(self._on_closed)
        return window

    @Slot(str)
    def _on_language_requested(self, language: str) -> None:
        load = partial(DirectoryStore(self.session.engine).load, self.session.me, language)
        self.session.reads.run(load, self._on_directory, self.session.report)

    def _on_directory(self, directory: Directory) -> None:
        old, layout = self.window, self.window.layout_state()
        pages = list(old.open_pages)
        old.dissolve()
        install_translator(self._app, directory.language)
        self.session.use_directory(directory)
        self.window = self._build()
        self.window.restore_layout(layout)
        for ticket_id in pages:
            self.window.open_ticket(ticket_id)
        self.window.show()
        old.close()
        old.deleteLater()

    @Slot()
    def _on_closed(self) -> None:
        layout = self.window.layout_state()
        if self.session.is_online:
            self.session.writes.run(
                partial(save_layout, self.session.engine, layout), ignore, self.session.report
            )
        self.window.deleteLater()
        if self.session.stop():
            self.deleteLater()
        else:
            log.warning("worker still busy at exit")  # it may yet answer to objects of this desk
