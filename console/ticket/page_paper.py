"""A ticket on paper: marked with who took it out and when, and in the register before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from console.directory.record import Directory
from console.kit.html import heading
from console.kit.notices import Notice, Severity
from console.kit.paper import write_pdf
from console.ticket.attachments import PrivateFolder
from console.ticket.page_data import PageData
from console.ticket.page_sheet import sheet_html
from console.ticket.page_store import PageStore
from console.ticket.page_words import moment_text
from console.ticket.record import Identity, Ticket
from console.ticket.timeline import timeline_html

if TYPE_CHECKING:
    from console.app.session import Session

translate = QCoreApplication.translate
SUFFIX = ".pdf"


@dataclass(frozen=True)
class Sheet:
    """What is to be printed, as the page shows it."""

    ticket: Ticket
    body: str


class PagePaper(QObject):
    """Save a ticket as PDF, or hand it to the desk's own viewer, which prints."""

    def __init__(self, session: Session, sheet: Callable[[], Sheet | None], page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._store = PageStore(session.engine)
        self._sheet = sheet
        self._page = page
        self._folder: PrivateFolder | None = None

    @Slot()
    def print(self) -> None:
        """Show the sheet in the program of the desk that prints."""
        sheet = self._sheet()
        if sheet is not None:
            self._folder = self._folder or PrivateFolder()
            path = self._folder.path(f"{sheet.ticket.number}{SUFFIX}")
            self._write(sheet, path, self._on_printable)

    @Slot()
    def save(self) -> None:
        """Ask where the PDF goes, without holding the console up."""
        sheet = self._sheet()
        if sheet is None:
            return
        dialog = QFileDialog(self._page, self.tr("Save the sheet as PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.setNameFilter(f"PDF (*{SUFFIX})")
        dialog.selectFile(f"{sheet.ticket.number}{SUFFIX}")
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def release(self) -> None:
        """Take away what was printed from here."""
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    @Slot(str)
    def _on_place_chosen(self, name: str) -> None:
        sheet = self._sheet()  # as it is now: the caller may have gone out of sight meanwhile
        if sheet is not None:
            self._write(sheet, Path(name), self._on_saved)

    def _write(self, sheet: Sheet, path: Path, done: Callable[[Path], None]) -> None:
        zone = self._session.directory.workdays.tz

        def work() -> Path:
            stamp = self._store.begin_sheet(sheet.ticket.id)
            write_pdf(path, sheet.ticket.number, sheet.body, stamp.text(zone))
            self._store.end_sheet(stamp)
            return path

        self._session.reads.run(work, done, partial(self._on_failed, path.name))

    def _on_printable(self, path: Path) -> None:
        if self._folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = self.tr("This desk has no program that shows and prints PDF; save the sheet as a file.")
            self._session.notices.post(Notice(Severity.UNAVAILABLE, text))

    def _on_saved(self, path: Path) -> None:
        text = self.tr("The sheet is written: {name}").format(name=path.name)
        self._session.notices.post(Notice(Severity.DONE, text))

    def _on_failed(self, name: str, error: Exception) -> None:
        if isinstance(error, OSError):
            text = self.tr("{name} cannot be written.").format(name=name)
            self._session.notices.post(Notice(Severity.REFUSED, text))
        else:
            self._session.report(error)


def paper_html(directory: Directory, page: PageData, identity: Identity | None, now: datetime) -> str:
    """Return the sheet with its head and its history, without anything to click."""
    ticket, zone = page.ticket, directory.workdays.tz
    clocks = (
        (translate("paper", "Contact by {moment}"), ticket.contact_due_at),
        (translate("paper", "Answer by {moment}"), ticket.answer_due_at),
    )
    facts = [ticket.number, directory.code_name(directory.states, ticket.state)]
    facts += [text.format(moment=moment_text(due_at, zone)) for text, due_at in clocks if due_at is not None]
    head = f'<h3>{escape(ticket.title)}</h3><p class="m">{escape(" · ".join(facts))}</p>'
    sheet = sheet_html(directory, page, identity, now, is_paper=True)
    history = heading(translate("paper", "History, newest first"))
    return f"{head}{sheet}{history}{timeline_html(directory, page.events, page.numbers)}"
