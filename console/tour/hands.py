"""Keys, words and clicks for real widgets, and patience for what they cause."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from console.kit.watch import spin

LIMIT_S = 20
W = TypeVar("W", bound=QWidget)


class StepError(Exception):
    """What an operator would have seen by now did not come."""


def wait_for(fact: Callable[[], object], what: str) -> None:
    """Run the event loop until something is so."""
    if not spin(lambda: bool(fact()), LIMIT_S):
        raise StepError(f"waited {LIMIT_S} s in vain for {what}")


def activate(window: QWidget) -> None:
    """Bring a window to the front."""
    window.show()
    window.raise_()
    window.activateWindow()
    wait_for(lambda: QApplication.activeWindow() is window, "the window to be active")


def press(widget: QWidget, keys: str) -> None:
    """Press a key or a chord, such as "Ctrl+K", where the focus is."""
    chord = QKeySequence.fromString(keys)[0]  # type: ignore[index] # the stubs forget it
    target = QApplication.focusWidget() or widget
    QTest.keyClick(target, chord.key(), chord.keyboardModifiers())
    # Between two keys a running console comes back to its event loop, which deletes what was closed.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def write(field: QWidget, words: str) -> None:
    """Type into a field; what a keyboard has no keys for goes in as an input method does it."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    write_here(words)


def focused() -> QWidget:
    """Return what has the focus."""
    found = QApplication.focusWidget()
    if found is None:
        raise StepError("nothing has the focus")
    return found


def write_here(words: str) -> None:
    """Type where the focus is."""
    target = focused()
    if words.isascii():
        QTest.keyClicks(target, words)
        return
    composing = QInputMethodEvent(words[:1], [])
    QCoreApplication.sendEvent(target, composing)
    done = QInputMethodEvent()
    done.setCommitString(words)
    QCoreApplication.sendEvent(target, done)


def click(button: QAbstractButton) -> None:
    """Click a button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(box: QComboBox, code: object) -> None:
    """Walk a list to an entry with the arrow keys."""
    row = box.findData(code)
    if row < 0:
        raise StepError(f"the list has no {code!r}")
    box.setFocus(Qt.FocusReason.OtherFocusReason)
    while box.currentIndex() != row:
        QTest.keyClick(box, Qt.Key.Key_Down if box.currentIndex() < row else Qt.Key.Key_Up)


def shown(owner: QWidget, kind: type[W], name: str = "") -> W:
    """Return the one widget of a kind that can be seen in `owner`."""
    found = owner.findChildren(kind, name) if name else owner.findChildren(kind)
    seen = [each for each in found if each.isVisible()]
    if len(seen) != 1:
        raise StepError(f"{len(seen)} widgets {kind.__name__} {name} to be seen, not one")
    return seen[0]
