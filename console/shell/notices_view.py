"""Notices as toasts and as a list; the list is also the record of errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.kit.notices import Notice, Notices, Severity

SHOWN = 4
SHOW_MS: Mapping[Severity, int] = {
    Severity.INFO: 4000,
    Severity.DONE: 3000,
    Severity.REFUSED: 9000,
    Severity.CONFLICT: 12000,
    Severity.UNAVAILABLE: 9000,
    Severity.BUG: 12000,
}
MARGIN = 14
WIDTH = 380


SEVERITIES: Mapping[Severity, object] = {
    Severity.INFO: QT_TRANSLATE_NOOP("severities", "Note"),
    Severity.DONE: QT_TRANSLATE_NOOP("severities", "Done"),
    Severity.REFUSED: QT_TRANSLATE_NOOP("severities", "Not allowed"),
    Severity.CONFLICT: QT_TRANSLATE_NOOP("severities", "Somebody was quicker"),
    Severity.UNAVAILABLE: QT_TRANSLATE_NOOP("severities", "Not available"),
    Severity.BUG: QT_TRANSLATE_NOOP("severities", "Error of the console"),
}


def severity_word(severity: Severity) -> str:
    """Name a kind of notice."""
    return QCoreApplication.translate("severities", str(SEVERITIES[severity]))


class Toast(QFrame):
    """One notice for a few seconds; a sticky one until it is closed."""

    def __init__(self, notice: Notice, closed: Callable[[Toast], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setProperty("severity", notice.severity.value)
        self.notice = notice
        self._closed = closed
        head = QLabel(severity_word(notice.severity), self)
        head.setProperty("look", "small")
        close = QToolButton(self)
        close.setText("✕")
        close.setAutoRaise(True)
        close.clicked.connect(self._on_over)
        text = QLabel(notice.text if notice.count == 1 else f"{notice.text} (×{notice.count})", self)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        top = QHBoxLayout()
        top.addWidget(head, 1)
        top.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 10)
        layout.addLayout(top)
        layout.addWidget(text)
        for action in notice.actions:
            button = QPushButton(action.text, self)
            button.clicked.connect(action.run)
            button.clicked.connect(self._on_over)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFixedWidth(WIDTH)
        self._timer = QTimer(self, singleShot=True, interval=SHOW_MS[notice.severity])
        self._timer.timeout.connect(self._on_over)
        if not notice.sticky:
            self._timer.start()

    @Slot()
    def _on_over(self) -> None:
        self._closed(self)


class Toasts(QObject):
    """Stack the newest notices in the lower right corner of a window; never takes the focus."""

    def __init__(self, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toasts: list[Toast] = []
        window.installEventFilter(self)
        notices.posted.connect(self._on_posted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    @Slot(object)
    def _on_posted(self, notice: Notice) -> None:
        for old in [toast for toast in self._toasts if toast.notice.text == notice.text]:
            self._remove(old)
        for old in self._toasts[: -SHOWN + 1]:
            self._remove(old)
        toast = Toast(notice, self._remove, self._window)
        self._toasts.append(toast)
        toast.show()
        self._arrange()

    def _remove(self, toast: Toast) -> None:
        if toast not in self._toasts:
            return  # its time was over while another took its place
        self._toasts.remove(toast)
        toast.hide()
        toast.deleteLater()
        self._arrange()

    def _arrange(self) -> None:
        bottom = self._window.height() - MARGIN - 26  # above the status bar
        for toast in reversed(self._toasts):
            toast.adjustSize()
            bottom -= toast.height()
            toast.move(self._window.width() - toast.width() - MARGIN, bottom)
            toast.raise_()
            bottom -= 8


class NoticesView(QDialog):
    """All notices of this run with their details, for reading again and for sending on."""

    def __init__(self, notices: Notices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Notices and errors"))
        self.resize(760, 480)
        self._notices = notices
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._on_row_changed)
        self.detail = QPlainTextEdit(self)
        self.detail.setReadOnly(True)
        copy = QPushButton(self.tr("Copy details"), self)
        copy.clicked.connect(self._on_copy_clicked)
        clear = QPushButton(self.tr("Clear"), self)
        clear.clicked.connect(self._on_clear_clicked)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.addWidget(self.list)
        splitter.addWidget(self.detail)
        splitter.setSizes([300, 140])
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(clear)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addLayout(buttons)
        notices.posted.connect(self._on_posted)
        self._fill()

    def _fill(self) -> None:
        self._shown = list(reversed(self._notices.all()))
        self.list.clear()
        for notice in self._shown:
            line = self.tr("{time}  {kind}: {text}").format(
                time=f"{notice.at.astimezone():%H:%M:%S}",
                kind=severity_word(notice.severity),
                text=notice.text,
            )
            self.list.addItem(QListWidgetItem(line if notice.count == 1 else f"{line} (×{notice.count})"))
        self.list.setCurrentRow(0)

    @Slot(object)
    def _on_posted(self, _notice: Notice) -> None:
        if self.isVisible():
            self._fill()

    @Slot(int)
    def _on_row_changed(self, row: int) -> None:
        self.detail.setPlainText(self._shown[row].detail if 0 <= row < len(self._shown) else "")

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self.detail.toPlainText())

    @Slot()
    def _on_clear_clicked(self) -> None:
        self._notices.clear()
        self._fill()
