"""What was copied from this console does not stay in the clipboard longer than it is needed."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication

HINT = "x-kde-passwordManagerHint"  # which other desktops' histories heed as well
WINDOWS = 'application/x-qt-windows-mime;value="{}"'
HINTS = {
    HINT: b"secret",
    WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): bytes(4),
    WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),
    WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
}


def mark_copied() -> None:
    """Ask programs that keep a history of the clipboard to leave out what is copied here."""
    clipboard = QGuiApplication.clipboard()
    copied = clipboard.mimeData()
    if clipboard.ownsClipboard() and not copied.hasFormat(HINT):
        marked = QMimeData()
        for form in copied.formats():
            marked.setData(form, copied.data(form))
        for hint, value in HINTS.items():
            marked.setData(hint, value)
        clipboard.setMimeData(marked)


def forget_copied() -> None:
    """Empty the clipboard when it holds something of ours, and what the middle button would paste."""
    for mode in _ours():
        QGuiApplication.clipboard().clear(mode)


def forget_secrets(secrets: Collection[str]) -> None:
    """Empty the clipboard when it holds one of these, as a part or as the whole."""
    for mode in _ours():
        copied = QGuiApplication.clipboard().text(mode).strip()
        if copied and any(copied in secret or secret in copied for secret in secrets):
            QGuiApplication.clipboard().clear(mode)


def _ours() -> list[QClipboard.Mode]:
    clipboard = QGuiApplication.clipboard()
    owned = {
        QClipboard.Mode.Clipboard: clipboard.ownsClipboard(),
        QClipboard.Mode.Selection: clipboard.ownsSelection(),
    }
    return [mode for mode, is_ours in owned.items() if is_ours]
