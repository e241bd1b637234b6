"""The page of one ticket: everything about it, and everything that may be done with it now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from console.kit.again import Again
from console.kit.html import HtmlView
from console.kit.jobs import Latest
from console.kit.printing import Printing, Sheet
from console.lists.budgets import OPEN_TICKET
from console.ticket.due_card import due_html
from console.ticket.in_hand import InHandPanel
from console.ticket.page_actions import ActionDesk, ActionRow
from console.ticket.page_caller import CallerSight
from console.ticket.page_claim import PageClaim
from console.ticket.page_data import PageData
from console.ticket.page_files import PageFiles
from console.ticket.page_header import PageHeader
from console.ticket.page_paper import paper_html
from console.ticket.page_record import AllowedAction
from console.ticket.page_sheet import sheet_html
from console.ticket.page_store import PageStore
from console.ticket.record import Ticket, TicketId
from console.ticket.taking import Taking
from console.ticket.timeline import AT_FIRST, timeline_html
from db.changes import Change

if TYPE_CHECKING:
    from console.app.session import Session

NARROW = 860


class TicketPage(InHandPanel):
    """Show one ticket and follow it live; what is being typed is never lost to a refresh.

    Built without a ticket; `show_for` says, once, which.
    """

    ticket_id: TicketId

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = PageStore(session.engine)
        self._page: PageData | None = None
        self._wanted: tuple[str, Mapping[str, Any]] | None = None
        self._loads = Latest(session.reads, self)
        self._header = PageHeader(session.theme)
        self._sheet = HtmlView(session.theme)
        self._timeline = HtmlView(session.theme)
        self._due = HtmlView(session.theme)
        self._due.hide()
        self._gone = QLabel(self.tr("This ticket is not, or no longer, for your eyes."))
        self._gone.hide()
        self._again = Again(self.reload, self)
        self._actions = ActionRow(session.directory.language, session.theme.size("gap"))
        self._acting = ActionDesk(session)
        self._caller = CallerSight(session, self)
        self._claim = PageClaim(session, self)
        self._parts = [build(session) for build in session.page_parts]
        self._paper = Printing(session.reads, session.notices, session.report, self.on_paper, self)
        self._lay_out()

    def show_for(self, ticket_id: TicketId) -> None:
        """Read this ticket and follow it."""
        session = self._session
        self.ticket_id = ticket_id
        self.reload()  # the database works while the rest is made
        self._caller.show_for(ticket_id)
        self._claim.show_for(ticket_id)
        self._files = PageFiles(session, ticket_id, self)
        self._own: Mapping[str, Callable[[], None]] = {
            "why_due": self.toggle_due,
            "reveal": self.reveal,
            "take_over": self._claim.ask,
            "attach": self._files.choose,
            "print": self._paper.print,
            "pdf": self._paper.save,
        }
        self.setAcceptDrops(True)
        for part in self._parts:
            part.show_for(ticket_id)
        self._connect()

    def selected(self) -> Ticket | None:
        """Return the ticket of the page."""
        return None if self._page is None else self._page.ticket

    @property
    def acting(self) -> ActionDesk:
        """The form of an action and what is told beside it."""
        return self._acting

    @property
    def taking(self) -> Taking:
        """The claim on the ticket."""
        return self._claim.taking

    def offers(self, action: str) -> bool:
        """Say whether this action makes sense now: the database would accept it, or it is the page's own."""
        return self._page is not None and (action in self._own or action in self._actions.offered())

    def ask(self, action: str, preset: Mapping[str, Any] | None = None) -> None:
        """Open an action's form, as soon as the page knows whether it is allowed."""
        if self._page is None:
            self._wanted = (action, preset or {})
        elif action in self._own:
            self._own[action]()
        elif action in self._actions.offered():
            self._acting.ask(self._actions.offered()[action], preset)

    def press(self, key: str) -> None:
        """Start the offered action that has this key."""
        self._actions.press(key)

    @Slot()
    def reload(self) -> None:
        """Read the page again."""
        work: Callable[[], PageData | None] = partial(self._store.page, self.ticket_id)
        shown: Callable[[PageData | None], None] = self._on_loaded
        failed: Callable[[Exception], None] = self._on_failed
        if self._page is None:
            work, shown, failed = self._session.meter.watch(OPEN_TICKET, work, shown, failed)
        self._loads.run(work, shown, failed)

    def detach(self) -> None:
        """Let go of the session and of the files opened here."""
        self._again.rest()
        self._session.feed.changed.disconnect(self._on_changed)
        self._session.feed.link_up.disconnect(self._on_link_up)
        self._session.clock.ticked.disconnect(self._on_ticked)
        self._session.link_changed.disconnect(self._on_link_changed)
        for part in self._parts:
            part.detach()
        self._files.release()
        self._paper.release()
        self._caller.forget()
        self._claim.detach()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._files.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the texts below each other where there is no room side by side."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW
        self._texts.setOrientation(Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave nobody in plain sight behind a page that is left or a screen that is locked."""
        super().hideEvent(event)
        self._caller.forget()

    @Slot()
    def toggle_due(self) -> None:
        """Show or hide why the deadline is what it is."""
        self._due.setVisible(self._due.isHidden())
        self._show_due()
        self._due.moveCursor(QTextCursor.MoveOperation.Start)

    @Slot()
    def reveal(self) -> None:
        """Ask why the caller must be shown."""
        if self._page is not None and self._page.caller is not None:
            self._caller.ask()

    def _connect(self) -> None:
        session = self._session
        session.feed.changed.connect(self._on_changed)
        session.feed.link_up.connect(self._on_link_up)
        session.clock.ticked.connect(self._on_ticked)
        session.link_changed.connect(self._on_link_changed)
        self._actions.chosen.connect(self._on_chosen)
        self._acting.acted.connect(self._on_acted)
        self._acting.conflicted.connect(self.reload)
        self._acting.form.closed.connect(self._on_form_closed)
        self._caller.changed.connect(self._show_sheet)
        self._caller.form.closed.connect(self._on_form_closed)
        self._files.added.connect(self.reload)
        self._sheet.anchorClicked.connect(self._on_link)
        self._claim.others_changed.connect(self._show_others)
        self._claim.claim_changed.connect(self.reload)
        self._claim.form.closed.connect(self._on_form_closed)
        self._acting.form.opened.connect(self._on_form_opened)

    def _on_loaded(self, page: PageData | None) -> None:
        self._again.rest()
        self._page = page
        self._gone.setVisible(page is None)
        self._header.setVisible(page is not None)
        self._texts.setVisible(page is not None)
        if page is None:
            self._forget_all()
            return
        directory = self._session.directory
        now = self._session.clock.now()
        self._header.show_page(directory, page, now)
        self._show_sheet()
        newest, older = page.events[-AT_FIRST:], page.events[:-AT_FIRST]
        self._timeline.show_html(
            timeline_html(directory, newest, page.numbers),
            partial(timeline_html, directory, older, page.numbers) if older else None,
        )
        self._show_due()
        self._actions.offer(page.allowed)
        self._acting.set_page(page)
        for part in self._parts:
            part.reload()
        self.title_changed.emit(page.ticket.number)
        self.selection_changed.emit()
        if self._wanted is not None:
            (action, preset), self._wanted = self._wanted, None
            self.ask(action, preset)

    def _forget_all(self) -> None:
        """Leave nothing of a ticket that is no longer for this person, but what he has typed."""
        self._caller.forget()
        self._actions.offer(())
        for text in (self._sheet, self._timeline, self._due):
            text.show_html("")
        for part in self._parts:
            part.reload()

    def _on_failed(self, error: Exception) -> None:
        self._session.report(error)
        if self._session.is_online:  # else it is read when the link is back
            self._again.later()

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        ids = frozenset({self.ticket_id}) if self._page is None else self._page.related_ids()
        if any(change.id in ids and change.what == "ticket" for change in changes):
            self.reload()

    @Slot(object)
    def _on_link_up(self, _now: datetime) -> None:
        self.reload()
        self._claim.look()

    @Slot(bool)
    def _on_link_changed(self, _is_online: bool) -> None:
        self._on_ticked(self._session.clock.now())

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        self._header.tick(now, is_stale=not self._session.is_online)
        self._caller.tick(now)

    @Slot(object)
    def _on_chosen(self, action: AllowedAction) -> None:
        self._caller.form.hide()
        self._acting.ask(action)

    @Slot(object)
    def _on_acted(self, ticket: Ticket) -> None:
        self._acting.set_ticket(ticket)
        self.reload()

    @Slot()
    def _on_form_opened(self) -> None:
        self._session.attendance.set_typing(self.ticket_id, True)

    @Slot()
    def _on_form_closed(self) -> None:
        self._session.attendance.set_typing(self.ticket_id, False)
        self._sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_others(self) -> None:
        self._header.show_others(self._claim.words(), is_claimed=self._claim.is_claimed())
        self.selection_changed.emit()  # what may be done with the claim

    @Slot()
    def _show_sheet(self) -> None:
        if self._page is not None:
            now = self._session.clock.now()
            html = sheet_html(self._session.directory, self._page, self._caller.identity, now)
            self._sheet.show_html(html)

    def _show_due(self) -> None:
        if self._page is not None and not self._due.isHidden():
            self._due.show_html(due_html(self._session.directory, self._page.due))

    def on_paper(self) -> Sheet | None:
        """Return what a printer would get now."""
        if self._page is None:
            return None
        now = self._session.clock.now()
        body = paper_html(self._session.directory, self._page, self._caller.identity, now)
        begin = partial(self._store.begin_sheet, self.ticket_id)
        zone = self._session.directory.workdays.tz
        return Sheet(self._page.ticket.number, body, zone, begin, self._store.end_sheet)

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        kind, _, target = url.toString().partition(":")
        if kind == "reveal":
            self.reveal()
        elif kind == "attach":
            self._files.choose()
        elif kind == "ticket":
            self.ticket_requested.emit(TicketId(int(target)))
        elif kind == "file" and self._page is not None:
            self._files.open(next(file for file in self._page.attachments if file.id == int(target)))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.addWidget(self._header)
        column.addWidget(self._gone)
        texts = QSplitter(Qt.Orientation.Horizontal)
        for number, (view, share) in enumerate(((self._sheet, 5), (self._timeline, 4), (self._due, 3))):
            texts.addWidget(view)
            texts.setStretchFactor(number, share)
        policy = texts.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # an open form stays where it is when its ticket is gone
        texts.setSizePolicy(policy)
        self._texts = texts
        column.addWidget(self._actions)
        column.addWidget(texts, 1)
        for part in self._parts:
            column.addWidget(part)
        for widget in (self._acting, self._caller.form, self._claim.form):
            column.addWidget(widget)
