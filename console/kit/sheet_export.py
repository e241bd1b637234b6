"""A file of rows: ask where it goes, write it in the background, say how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from console.kit.jobs import Jobs
from console.kit.notices import Notice, Notices, Severity
from console.kit.sheet_rows import Cancelled, TooManyRows

SUFFIXES = {"CSV": ".csv", "XLSX": ".xlsx"}

# Fills a file: its path, what hears how far it is, what says whether to stop; returns the rows.
Work = Callable[[Path, Callable[[int], None], Callable[[], bool]], int]


@dataclass(frozen=True)
class ExportWords:
    """What a person reads of one kind of export."""

    title: str  # of the question where it goes
    name: str  # of the file, without its suffix
    done: str  # with {name} and {n}


class SheetExport(QObject):
    """Ask for a file and fill it.

    Signals: progressed(int) rows so far; ended(). `prepare` returns the work on what is shown at that moment.
    """

    progressed = Signal(int)
    ended = Signal()

    def __init__(
        self,
        jobs: Jobs,
        notices: Notices,
        report: Callable[[Exception], None],
        words: ExportWords,
        prepare: Callable[[], Work],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._notices = notices
        self._report = report
        self._words = words
        self._prepare = prepare
        self._window = window
        self._stop = threading.Event()
        self.is_busy = False

    @Slot()
    def choose(self) -> None:
        """Ask where the file goes, without holding the console up."""
        if self.is_busy:
            return
        dialog = QFileDialog(self._window, self._words.title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{name} (*{suffix})" for name, suffix in SUFFIXES.items()])
        dialog.setDefaultSuffix(SUFFIXES["XLSX"])
        dialog.selectNameFilter(f"XLSX (*{SUFFIXES['XLSX']})")
        dialog.filterSelected.connect(partial(_take_suffix, dialog))
        dialog.selectFile(self._words.name + SUFFIXES["XLSX"])
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
        work = partial(self._prepare(), path, self.progressed.emit, self._stop.is_set)
        self._jobs.run(work, partial(self._on_written, path), partial(self._on_failed, path))

    def detach(self) -> None:
        """Let the file go that is being written: half of it is worth nothing."""
        self._stop.set()

    def _on_written(self, path: Path, rows: int) -> None:
        self._end()
        text = self._words.done.format(name=path.name, n=f"{rows:,}")
        self._notices.post(Notice(Severity.DONE, text))

    def _on_failed(self, path: Path, error: Exception) -> None:
        self._end()
        if isinstance(error, OSError):
            text = self.tr("{name} cannot be written.").format(name=path.name)
            self._notices.post(Notice(Severity.REFUSED, text))
        elif isinstance(error, TooManyRows):
            text = self.tr("No worksheet holds that many rows: take CSV, or ask for fewer days.")
            self._notices.post(Notice(Severity.REFUSED, text))
        elif not isinstance(error, Cancelled):
            self._report(error)

    def _end(self) -> None:
        self.is_busy = False
        self.ended.emit()


def _take_suffix(dialog: QFileDialog, chosen: str) -> None:
    dialog.setDefaultSuffix(SUFFIXES[chosen.partition(" ")[0]])
