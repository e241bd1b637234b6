"""The camera pictures of a ticket on its page, and what may be done with each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import QUrl, Slot
from PySide6.QtWidgets import QVBoxLayout

from console.footage.copy_bar import CopyBar
from console.footage.exits import FootageExits
from console.footage.reason_line import ReasonLine
from console.footage.record import Kept, Original
from console.footage.store import FootageStore, KeptAs
from console.footage.words import footage_html
from console.kit.html import HtmlView
from console.kit.jobs import Latest
from console.kit.notices import Notice, Severity
from console.kit.panel import PagePart

if TYPE_CHECKING:
    from console.app.session import Session

HIGHEST = 260
LEAST_REASON = 4
Loaded = tuple[tuple[Kept, ...], tuple[Original, ...]]


class FootagePart(PagePart):
    """List what was kept for a ticket and what source systems still hold; hidden while there is neither."""

    _ticket_id: int

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._store = FootageStore(session.engine)
        self._reads = Latest(session.reads, self)
        self._kept: Mapping[int, Kept] = {}
        self._originals: Mapping[int, Original] = {}
        self._loose: tuple[Kept, ...] = ()
        self.view = HtmlView(session.theme)
        self.view.setMaximumHeight(HIGHEST)
        self.line = ReasonLine(self)
        self.exits = FootageExits(session, self._store, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        layout.addWidget(self.line)
        layout.addWidget(CopyBar(session.keeping.copies, self))
        self.view.anchorClicked.connect(self._on_link)
        self.exits.changed.connect(self.reload)
        self._minute = -1
        self.hide()

    def show_for(self, ticket_id: int) -> None:
        """List the pictures of this ticket, and follow them."""
        self._ticket_id = ticket_id
        self._session.keeping.kept.connect(self._on_kept)
        self._session.clock.ticked.connect(self._on_ticked)

    @Slot()
    def reload(self) -> None:
        """Read the list again."""
        work = partial(self._store.of_ticket, self._ticket_id)
        self._reads.run(work, self._on_loaded, self._session.report)

    def show_loose(self) -> None:
        """List what I kept without a ticket, to give it to this one."""
        self._session.reads.run(self._store.loose, self._on_loose, self._session.report)

    def detach(self) -> None:
        """Let go of the session, and of files shown from here."""
        self._session.keeping.kept.disconnect(self._on_kept)
        self._session.clock.ticked.disconnect(self._on_ticked)
        self.exits.release()

    def start(self, what: str, number: int) -> None:
        """Do what a link says."""
        if what == "give":
            self._write(partial(self._store.attach, self._ticket_id, number, uuid4()))
        elif what in ("ask", "secured", "lost"):
            self._start_original(what, self._originals[number])
        else:
            self._start_kept(what, self._kept[number])

    def _start_original(self, what: str, original: Original) -> None:
        words = {
            "ask": self.tr("Whom did you ask for the original, and how (person, telephone, letter number)?"),
            "secured": self.tr("Where is the original now (carrier, number)?"),
            "lost": self.tr("Who says that it is lost, and why?"),
        }
        calls: Mapping[str, Callable[[str], None]] = {
            "ask": partial(self._ask_original, original),
            "secured": partial(self._settle_original, original, True),
            "lost": partial(self._settle_original, original, False),
        }
        self.line.ask(words[what], calls[what], least=2)

    def _start_kept(self, what: str, kept: Kept) -> None:
        if what == "look":
            self.exits.look(kept)
        elif what == "shield":
            self.exits.shield(kept)
        elif what in ("served", "needed"):
            words = (
                self.tr("Why has it served its purpose? It is deleted when it is 30 days old.")
                if what == "served"
                else self.tr("Why is it needed still?")
            )
            self.line.ask(words, partial(self._mark_served, kept, what == "served"), least=LEAST_REASON)
        else:
            words = self.tr("Who gets it, and what for? It is written into the register.")
            self.line.ask(words, partial(self.exits.take_out, kept, what), least=LEAST_REASON)

    def _ask_original(self, original: Original, words: str) -> None:
        self._write(partial(self._store.ask_original, original.id, words, uuid4()))

    def _settle_original(self, original: Original, is_secured: bool, words: str) -> None:
        self._write(partial(self._store.settle_original, original.id, words, uuid4(), is_secured=is_secured))

    def _mark_served(self, kept: Kept, is_served: bool, words: str) -> None:
        self._write(partial(self._store.mark_served, kept.id, words, is_served=is_served))

    def _write(self, work: Callable[[], None]) -> None:
        self._session.writes.run(work, self._on_written, self._session.report)

    def _on_written(self, _nothing: Any) -> None:
        self._session.note_write()
        self.reload()

    def _on_loaded(self, loaded: Loaded) -> None:
        kept, originals = loaded
        self._kept = {each.id: each for each in kept}
        self._originals = {each.id: each for each in originals}
        self._loose = tuple(each for each in self._loose if each.id not in self._kept)
        self.setVisible(bool(kept or originals or self._loose))
        self._show()

    def _on_loose(self, loose: tuple[Kept, ...]) -> None:
        self._loose = loose
        if loose:
            self.show()
            self._show()
        else:
            text = self.tr("There is no picture of yours without a ticket.")
            self._session.notices.post(Notice(Severity.INFO, text))

    def _show(self) -> None:
        session = self._session
        now, duties = session.clock.now(), frozenset(session.me.duties)
        kept, originals = tuple(self._kept.values()), tuple(self._originals.values())
        self.view.show_html(footage_html(session.directory, kept, originals, now, duties, self._loose))

    @Slot(object)
    def _on_kept(self, kept: KeptAs) -> None:
        if kept.ticket_id == self._ticket_id:
            self.reload()

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        if now.minute != self._minute and self._originals:  # a countdown in days and hours
            self._minute = now.minute
            self._show()

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        what, _, number = url.toString().partition(":")
        self.start(what, int(number))
