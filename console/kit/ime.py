"""Input fields in which shortcuts never fire while an input method composes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from console.kit.theme import leave_viewport

if TYPE_CHECKING:
    _Field = QWidget
else:
    _Field = object  # a class of Python has one Qt class behind it

_INPUT = QEvent.Type.InputMethod
_OVERRIDE = QEvent.Type.ShortcutOverride
_PRESS = QEvent.Type.KeyPress
_FOCUS_OUT = QEvent.Type.FocusOut
# Keys that choose or leave a candidate; the input method owns them until it has committed.
_CANDIDATE_KEYS = frozenset(
    {
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class _Guard(QObject):
    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._is_composing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == _INPUT and isinstance(event, QInputMethodEvent):
            self._is_composing = bool(event.preeditString())
        elif kind == _FOCUS_OUT:
            self._is_composing = False
        elif self._is_composing and kind == _OVERRIDE:
            event.accept()
            return True
        elif self._is_composing and kind == _PRESS and isinstance(event, QKeyEvent):
            return event.key() in _CANDIDATE_KEYS
        return False


class _Guarded(_Field):
    """What a field inherits before its Qt class."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guard = _Guard(self)
        super().installEventFilter(self._guard)

    def installEventFilter(self, filter_: QObject) -> None:
        """Let the guard stay first: of many filters Qt asks the one installed last."""
        super().installEventFilter(filter_)
        super().installEventFilter(self._guard)


class SafeLineEdit(_Guarded, QLineEdit):
    """A guarded line."""


class SafeTextEdit(_Guarded, QPlainTextEdit):
    """A guarded text; Tab leaves it, so that forms are filled by keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        leave_viewport(self)
