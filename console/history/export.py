"""Take the list of the history out into a file, in the background, with progress and a way to stop."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QPushButton, QWidget

from console.history.store import HistoryStore
from console.kit.jobs import Jobs
from console.kit.notices import Notice, Severity
from console.kit.sheet_rows import Cancelled
from console.ticket.record import Filter
from db.export import Progress, TooManyRows

if TYPE_CHECKING:
    from console.app.session import Session

BAR_WIDTH = 170
STEPS = 1000


class ExportBar(QWidget):
    """Start an export, show how far it is, stop it.

    Signals: told(Progress) from the worker; ended().
    """

    told = Signal(object)
    ended = Signal()

    def __init__(self, session: Session, store: HistoryStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = store
        self._jobs = Jobs(1, "export", self)  # minutes long: none of the reads waits behind it
        self._stop = threading.Event()
        self._filter = Filter()
        self._bar = QProgressBar(maximum=STEPS)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._csv = QPushButton(self.tr("Export CSV…"))
        self._xlsx = QPushButton(self.tr("Export XLSX…"))
        self._cancel = QPushButton(self.tr("Stop the export"))
        self._csv.clicked.connect(self.ask_csv)
        self._xlsx.clicked.connect(self.ask_xlsx)
        self._cancel.clicked.connect(self.cancel)
        self.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._bar, self._cancel, self._csv, self._xlsx):
            layout.addWidget(widget)
        self._show_running(is_running=False)

    @property
    def is_running(self) -> bool:
        """Say whether an export is under way."""
        return not self._cancel.isHidden()

    @property
    def can_start(self) -> bool:
        """Say whether one can begin."""
        return not self.is_running

    def detach(self) -> None:
        """Stop; a half-written file goes."""
        self._stop.set()
        self._jobs.stop()

    def set_filter(self, wanted: Filter) -> None:
        """Take what the next export is of."""
        self._filter = wanted

    @Slot()
    def ask_csv(self) -> None:
        """Ask where the CSV file goes."""
        self._ask("csv", self.tr("CSV files (*.csv)"))

    @Slot()
    def ask_xlsx(self) -> None:
        """Ask where the workbook goes."""
        self._ask("xlsx", self.tr("Excel workbooks (*.xlsx)"))

    @Slot()
    def cancel(self) -> None:
        """Stop the export that runs."""
        self._stop.set()
        self._bar.setFormat(self.tr("Stopping …"))

    def start(self, path: Path) -> None:
        """Write what the list shows now into a file."""
        if not self.can_start:
            return
        self._stop.clear()
        self._bar.setValue(0)
        self._bar.setFormat(self.tr("Counting …"))
        self._show_running(is_running=True)
        zone = self._session.directory.workdays.tz
        work = partial(self._store.export, self._filter, path, zone, self.told.emit, self._stop.is_set)
        self._jobs.run(work, partial(self._on_done, path), self._on_failed)

    def _ask(self, suffix: str, kind: str) -> None:
        now = self._session.clock.now().astimezone(self._session.directory.workdays.tz)
        dialog = QFileDialog(self, self.tr("Export the list"), "", kind)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(self.tr("tickets {moment}").format(moment=f"{now:%Y-%m-%d %H%M}") + f".{suffix}")
        dialog.fileSelected.connect(self._on_named)
        dialog.open()

    @Slot(str)
    def _on_named(self, name: str) -> None:
        self.start(Path(name))

    @Slot(object)
    def _on_told(self, reached: Progress) -> None:
        if self._stop.is_set():
            return
        if reached.is_counting:
            self._bar.setFormat(self.tr("Counting … {n}").format(n=f"{reached.total:,}"))
        else:
            self._bar.setValue(STEPS * reached.done // reached.total if reached.total else STEPS)
            self._bar.setFormat(f"{reached.done:,} / {reached.total:,}")

    def _on_done(self, path: Path, reached: Progress) -> None:
        self._show_running(is_running=False)
        text = self.tr("Exported: {n} tickets to {name}.").format(n=f"{reached.done:,}", name=path.name)
        self._session.notices.post(Notice(Severity.DONE, text, detail=str(path)))
        self.ended.emit()

    def _on_failed(self, error: Exception) -> None:
        self._show_running(is_running=False)
        if isinstance(error, Cancelled):
            text = self.tr("The export was stopped; there is no file.")
            self._session.notices.post(Notice(Severity.DONE, text))
        elif isinstance(error, TooManyRows):
            text = self.tr(
                "{total} tickets, and an Excel sheet holds {most}. Take CSV, or choose fewer tickets."
            ).format(total=f"{error.total:,}", most=f"{error.most:,}")
            self._session.notices.post(Notice(Severity.REFUSED, text))
        elif isinstance(error, OSError):
            text = self.tr("The file could not be written: {reason}").format(reason=error.strerror or error)
            self._session.notices.post(Notice(Severity.UNAVAILABLE, text, detail=str(error)))
        else:
            self._session.report(error)
        self.ended.emit()

    def _show_running(self, *, is_running: bool) -> None:
        for widget in (self._bar, self._cancel):
            widget.setVisible(is_running)
        for widget in (self._csv, self._xlsx):
            widget.setVisible(not is_running)
