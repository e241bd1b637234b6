"""Sheets of paper: marked with who took them out and when, and in the register before they are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from console.kit.jobs import Jobs
from console.kit.notices import Notice, Notices, Severity
from console.kit.paper import write_pdf
from console.kit.private_folder import PrivateFolder
from db.stamp import Stamp

SUFFIX = ".pdf"


@dataclass(frozen=True)
class Sheet:
    """What is to be printed; `begin` registers it and returns its mark, `end` says it is made."""

    name: str
    body: str
    zone: tzinfo
    begin: Callable[[], Stamp]
    end: Callable[[Stamp], None]


class Printing(QObject):
    """Save a sheet as PDF, or hand it to the desk's own viewer, which prints; `sheet` is asked then.

    A viewer, for asking a system for its printers can hold a console up for half a minute.
    """

    def __init__(
        self,
        jobs: Jobs,
        notices: Notices,
        report: Callable[[Exception], None],
        sheet: Callable[[], Sheet | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._notices = notices
        self._report = report
        self._sheet = sheet
        self._window = window
        self._folder: PrivateFolder | None = None

    @Slot()
    def print(self) -> None:
        """Show the sheet in the program of the desk that prints."""
        sheet = self._sheet()
        if sheet is not None:
            self._folder = self._folder or PrivateFolder()
            self._write(sheet, self._folder.path(f"{sheet.name}{SUFFIX}"), self._on_printable)

    @Slot()
    def save(self) -> None:
        """Ask where the PDF goes, without holding the console up."""
        sheet = self._sheet()
        if sheet is None:
            return
        dialog = QFileDialog(self._window, self.tr("Save the sheet as PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.setNameFilter(f"PDF (*{SUFFIX})")
        dialog.selectFile(f"{sheet.name}{SUFFIX}")
        dialog.fileSelected.connect(self.save_as)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save_as(self, name: str) -> None:
        """Write the sheet, as it is now, to a file: whoever was in plain sight may be so no more."""
        sheet = self._sheet()
        if sheet is not None:
            self._write(sheet, Path(name), self._on_saved)

    def release(self) -> None:
        """Take away what was printed from here."""
        if self._folder is not None:
            self._folder.remove()
            self._folder = None

    def _write(self, sheet: Sheet, path: Path, done: Callable[[Path], None]) -> None:
        self._jobs.run(partial(_make, sheet, path), done, partial(self._on_failed, path.name))

    def _on_printable(self, path: Path) -> None:
        if self._folder is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            text = self.tr("This desk has no program that shows and prints PDF; save the sheet as a file.")
            self._notices.post(Notice(Severity.UNAVAILABLE, text))

    def _on_saved(self, path: Path) -> None:
        text = self.tr("The sheet is written: {name}").format(name=path.name)
        self._notices.post(Notice(Severity.DONE, text))

    def _on_failed(self, name: str, error: Exception) -> None:
        if isinstance(error, OSError):
            text = self.tr("{name} cannot be written.").format(name=name)
            self._notices.post(Notice(Severity.REFUSED, text))
        else:
            self._report(error)


def _make(sheet: Sheet, path: Path) -> Path:
    stamp = sheet.begin()
    write_pdf(path, sheet.name, sheet.body, stamp.text(sheet.zone))
    sheet.end(stamp)
    return path
