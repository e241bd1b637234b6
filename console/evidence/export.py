"""The register as a file, written in the background; itself a row of the register."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from console.evidence.store import Asked, Cancelled, EvidenceStore, TooManyRows
from console.kit.notices import Notice, Severity

if TYPE_CHECKING:
    from console.app.session import Session

SUFFIXES = {"CSV": ".csv", "XLSX": ".xlsx"}


class RegisterExport(QObject):
    """Ask for a file and fill it with what is asked of the register.

    Signals: progressed(int) rows so far; ended().
    """

    progressed = Signal(int)
    ended = Signal()

    def __init__(self, session: Session, asked: Callable[[], Asked], window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._store = EvidenceStore(session.engine)
        self._asked = asked
        self._window = window
        self._stop = threading.Event()
        self.is_busy = False

    @Slot()
    def choose(self) -> None:
        """Ask where the file goes, without holding the console up."""
        if self.is_busy:
            return
        dialog = QFileDialog(self._window, self.tr("Export the register"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{name} (*{suffix})" for name, suffix in SUFFIXES.items()])
        dialog.setDefaultSuffix(SUFFIXES["XLSX"])
        dialog.selectNameFilter(f"XLSX (*{SUFFIXES['XLSX']})")
        dialog.filterSelected.connect(partial(_take_suffix, dialog))
        dialog.selectFile(self.tr("register") + SUFFIXES["XLSX"])
        dialog.fileSelected.connect(self.write)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def write(self, name: str) -> None:
        """Write the file; its suffix says which kind."""
        if self.is_busy:
            return
        self.is_busy = True
        path = Path(name)
        work = partial(
            self._store.export,
            path,
            self._asked(),
            self._session.directory,
            self.progressed.emit,
            self._stop.is_set,
        )
        self._session.reads.run(work, partial(self._on_written, path), partial(self._on_failed, path))

    def detach(self) -> None:
        """Let the file go that is being written: half of it is worth nothing."""
        self._stop.set()

    def _on_written(self, path: Path, rows: int) -> None:
        self._end()
        text = self.tr("The register is written to {name}; rows: {n}.").format(name=path.name, n=f"{rows:,}")
        self._session.notices.post(Notice(Severity.DONE, text))

    def _on_failed(self, path: Path, error: Exception) -> None:
        self._end()
        if isinstance(error, OSError):
            text = self.tr("{name} cannot be written.").format(name=path.name)
            self._session.notices.post(Notice(Severity.REFUSED, text))
        elif isinstance(error, TooManyRows):
            text = self.tr("No worksheet holds that many rows: take CSV, or ask for fewer days.")
            self._session.notices.post(Notice(Severity.REFUSED, text))
        elif not isinstance(error, Cancelled):
            self._session.report(error)

    def _end(self) -> None:
        self.is_busy = False
        self.ended.emit()


def _take_suffix(dialog: QFileDialog, chosen: str) -> None:
    dialog.setDefaultSuffix(SUFFIXES[chosen.partition(" ")[0]])
