"""Whatever nobody caught becomes a log line and a notice; the console stays up."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, Slot, qInstallMessageHandler

from console.app.screen import NOISE
from console.kit.notices import Notice, Notices
from console.shell.words import notice_of

log = logging.getLogger("console.crash")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashRecord(QObject):
    """Takes uncaught errors of every thread and Qt's own messages."""

    happened = Signal(object)

    def __init__(self, notices: Notices, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        folder.mkdir(parents=True, exist_ok=True)
        self._faults = (folder / "faults.log").open("a")
        self.happened.connect(self._on_happened)
        faulthandler.enable(self._faults)
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread_uncaught
        qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        faulthandler.disable()
        self._faults.close()

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("uncaught", exc_info=(kind, error, trace))
        self.happened.emit(notice_of(error))

    def _on_thread_uncaught(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_uncaught(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(object)
    def _on_happened(self, notice: Notice) -> None:
        self._notices.post(notice)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if not message.startswith(NOISE):
        logging.getLogger("console.qt").log(_LEVELS[kind], "%s category=%s", message, context.category)
