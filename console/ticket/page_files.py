"""Adding files to a ticket and opening them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from console.kit.notices import Notice, Severity
from console.kit.private_folder import PrivateFolder
from console.ticket.attachments import SUFFIXES, FileTooLarge, FileTypeRefused, read_file
from console.ticket.page_record import Attachment
from console.ticket.record import TicketId
from console.ticket.store import TicketStore

if TYPE_CHECKING:
    from console.app.session import Session


class PageFiles(QObject):
    """Move files between this desk and a ticket, off the GUI thread.

    Signals:
        added(): a file has arrived at the server.
    """

    added = Signal()

    def __init__(self, session: Session, ticket_id: TicketId, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._ticket_id = ticket_id
        self._window = parent
        self._folder: PrivateFolder | None = None

    @Slot()
    def choose(self) -> None:
        """Ask which files to add, without holding the console up."""
        dialog = QFileDialog(self._window, self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        pattern = "*.png *.jpg *.jpeg *.webp *.pdf *.mp3 *.wav *.ogg *.m4a *.mp4"
        dialog.setNameFilter(self.tr("Pictures, PDF, audio, video ({pattern})").format(pattern=pattern))
        dialog.filesSelected.connect(self._on_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add(self, paths: Sequence[Path]) -> None:
        """Send files."""
        for path in paths:
            work = partial(_send, self._session.store, self._ticket_id, path)
            self._session.writes.run(work, self._on_added, partial(self._on_failed, path.name))

    def open(self, attachment: Attachment) -> None:
        """Fetch a file and show it with the desk's own program."""
        work = partial(self._session.store.attachment_content, attachment.id)
        self._session.reads.run(work, partial(self._on_content, attachment), self._session.report)

    def release(self) -> None:
        """Take away what was opened here."""
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    @Slot(list)
    def _on_selected(self, names: list[str]) -> None:
        self.add([Path(name) for name in names])

    def _on_added(self, _attachment_id: int) -> None:
        self.added.emit()

    def _on_failed(self, name: str, error: Exception) -> None:
        if isinstance(error, FileTooLarge):
            text = self.tr("{name} is larger than 20 MB.")
        elif isinstance(error, FileTypeRefused):
            text = self.tr("{name} is neither a picture nor PDF nor audio nor video.")
        elif isinstance(error, OSError):
            text = self.tr("{name} cannot be read.")
        else:
            self._session.report(error)
            return
        self._session.notices.post(Notice(Severity.REFUSED, text.format(name=name)))

    def _on_content(self, attachment: Attachment, content: bytes) -> None:
        if self._folder is None:
            self._folder = PrivateFolder()
        path = self._folder.write(f"{attachment.id}{SUFFIXES.get(attachment.media_type, '')}", content)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = self.tr("This desk has no program that shows {name}.")
            self._session.notices.post(Notice(Severity.UNAVAILABLE, text.format(name=attachment.name)))


def _send(store: TicketStore, ticket_id: TicketId, path: Path) -> int:
    media_type, content = read_file(path)
    return store.attach(ticket_id, uuid4(), path.name, media_type, content)
