"""What was copied from this console does not stay in the clipboard longer than it is needed."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtGui import QGuiApplication


def forget_copied() -> None:
    """Empty the clipboard when it holds something of ours."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()


def forget_secrets(secrets: Collection[str]) -> None:
    """Empty the clipboard when it holds one of these, as a part or as the whole."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        copied = clipboard.text().strip()
        if copied and any(copied in secret or secret in copied for secret in secrets):
            clipboard.clear()
