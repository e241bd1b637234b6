"""Keys that work inside one panel only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def bind_key(owner: QWidget, keys: str, run: Callable[[], object]) -> None:
    """Let a key work wherever the focus is inside `owner`."""
    # PySide forgets a context that is given together with a slot, and the key would be the whole window's.
    shortcut = QShortcut(QKeySequence(keys), owner, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(run)
