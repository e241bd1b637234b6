"""Pick a place, a unit or a category by typing Chinese, pinyin or initials; keyboard only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.kit.ime import SafeLineEdit
from console.kit.jobs import Latest
from console.kit.theme import leave_viewport
from console.lists.choices import Choice, Finder

if TYPE_CHECKING:
    from console.app.session import Session

ROWS_SHOWN = 8
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: ROWS_SHOWN,
    Qt.Key.Key_PageUp: -ROWS_SHOWN,
}
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
LIST_KEYS = ENTER | {Qt.Key.Key_Escape}


class ChoiceList(QListWidget):
    """The list under a picker; a child of the window, so that it never takes the focus."""

    def __init__(self, picker: Picker) -> None:
        super().__init__()
        self.setObjectName("pickerList")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._picker = picker
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        leave_viewport(self)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Fill the list and put it below the picker, or above where there is no room."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem(f"{choice.text}    {choice.detail}" if choice.detail else choice.text)
            item.setData(Qt.ItemDataRole.UserRole, choice)
            self.addItem(item)
        if not choices:
            self.hide()
            return
        self.setCurrentRow(0)
        self._place()
        self.show()
        self.raise_()

    def move_by(self, step: int) -> None:
        """Move the highlight, staying inside the list."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))

    def current(self) -> Choice | None:
        """Return the highlighted choice."""
        item = self.currentItem()
        choice: Choice | None = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return choice

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the row under the mouse."""
        item = self.itemAt(event.position().toPoint())
        if item is not None:
            self.setCurrentItem(item)
            self._picker.accept_current()

    def _place(self) -> None:
        window = self._picker.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        height = self.sizeHintForRow(0) * min(self.count(), ROWS_SHOWN) + 2 * self.frameWidth()
        width = max(self._picker.width(), self.sizeHintForColumn(0) + 4 * self.frameWidth())
        below = self._picker.mapTo(window, QPoint(0, self._picker.height()))
        top = (
            below.y() if below.y() + height <= window.height() else below.y() - self._picker.height() - height
        )
        left = max(0, min(below.x(), window.width() - width))
        self.resize(QSize(width, height))
        self.move(left, top)


class Picker(SafeLineEdit):
    """A line that finds as you type, in a worker: among ten thousand places a letter may take 40 ms.

    Until the answer to a letter is there, the list shows the answer before, and Enter takes what it shows.

    Signals:
        chosen(object): the Choice taken, or None when the line was emptied.
    """

    chosen = Signal(object)

    def __init__(self, session: Session, find: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._find = find
        self._asked = Latest(session.reads, self)
        self._is_asking = False
        self._choice: Choice | None = None
        self._list = ChoiceList(self)
        self.destroyed.connect(self._list.deleteLater)
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(self._on_changed)

    def choice(self) -> Choice | None:
        """Return what was picked."""
        return self._choice

    def is_unsettled(self) -> bool:
        """Say whether something is typed that stands for nothing."""
        return self._choice is None and bool(self.text().strip())

    def choose(self, choice: Choice | None) -> None:
        """Set what is picked and tell listeners."""
        self._forget()
        self._choice = choice
        self._look_troubled(is_troubled=False)
        self.setText(choice.text if choice else "")
        self.setCursorPosition(0)
        self.setToolTip(f"{choice.text} {choice.detail}".strip() if choice else "")
        self.chosen.emit(choice)

    def accept_current(self) -> None:
        """Take the highlighted row."""
        choice = self._list.current()
        if choice is not None:
            self.choose(choice)

    def is_listing(self) -> bool:
        """Say whether the list is open."""
        return self._list.isVisibleTo(self.window())

    def is_settled(self) -> bool:
        """Say whether the list is open and has the answer to all that is typed."""
        return self.is_listing() and not self._is_asking

    def event(self, event: QEvent) -> bool:
        """Keep Escape and Enter from the shortcuts around while the list is open or on its way."""
        is_own = (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in LIST_KEYS
            and not event.modifiers()
        )
        if is_own and (self.is_listing() or self._is_asking):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer the list; everything else belongs to the line."""
        key = Qt.Key(event.key())
        if self._is_asking and key == Qt.Key.Key_Escape:
            self._forget()
        elif not self.is_listing():
            if key == Qt.Key.Key_Down:
                self._ask(self.text() if self._choice is None else "")
            elif not (self._is_asking and key in ENTER):  # nothing is seen yet that it could take
                super().keyPressEvent(event)
        elif key in STEPS:
            self._list.move_by(STEPS[key])
        elif key in ENTER:
            self.accept_current()
        elif key == Qt.Key.Key_Escape:
            self._list.hide()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let what is typed next replace what was picked."""
        super().focusInEvent(event)
        if self._choice is not None:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving with Tab takes the highlighted row."""
        if self.is_listing() and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            self.accept_current()
        self._forget()
        self._look_troubled(is_troubled=self.is_unsettled())
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the list away with the line."""
        self._forget()
        super().hideEvent(event)

    def _on_edited(self, text: str) -> None:
        if self._choice is not None:
            self._choice = None
            self.chosen.emit(None)
        if text.strip():
            self._ask(text)
        else:
            self._forget()
            self._look_troubled(is_troubled=False)

    def _ask(self, text: str) -> None:
        self._is_asking = True
        self._asked.run(
            partial(self._find, self._session.directory, text), self._on_found, self._on_find_failed
        )

    def _on_found(self, found: Sequence[Choice]) -> None:
        self._is_asking = False
        self._list.show_choices(found)
        self._look_troubled(is_troubled=self.is_unsettled() and not found)

    def _on_find_failed(self, error: Exception) -> None:
        self._forget()
        self._session.report(error)

    def _forget(self) -> None:
        """Take the list away, and what was to come into it."""
        self._is_asking = False
        self._asked.forget()
        self._list.hide()

    def _look_troubled(self, *, is_troubled: bool) -> None:
        """Show that the words find nothing, or were left without a choice."""
        if bool(self.property("problem")) != is_troubled:
            self.setProperty("problem", is_troubled)
            self.style().unpolish(self)
            self.style().polish(self)

    def _on_changed(self, text: str) -> None:
        # The clear button changes the text without editing it.
        if not text and self._choice is not None:
            self.choose(None)


class MultiPicker(QWidget):
    """A picker that collects several choices; Backspace in the empty line takes the last one back.

    Signals:
        changed(): the collection changed.
    """

    changed = Signal()

    def __init__(self, session: Session, find: Finder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[Choice] = []
        self.picker = _CollectingPicker(session, find, self)
        self.picker.chosen.connect(self._on_chosen)
        self._names = QLabel()
        self._names.setWordWrap(True)
        self._names.setProperty("look", "small")
        self._names.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picker)
        layout.addWidget(self._names)
        self.setFocusProxy(self.picker)

    def choices(self) -> tuple[Choice, ...]:
        """Return what was collected, in order."""
        return tuple(self._choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace the collection."""
        self._choices = list(choices)
        self._names.setText("、".join(choice.text for choice in self._choices))
        self._names.setVisible(bool(self._choices))
        self.changed.emit()

    def take_last(self) -> None:
        """Drop the choice added last."""
        self.set_choices(self._choices[:-1])

    def _on_chosen(self, choice: Choice | None) -> None:
        if choice is None:
            return
        self.picker.choose(None)
        if choice not in self._choices:
            self.set_choices([*self._choices, choice])


class _CollectingPicker(Picker):
    """The line of a MultiPicker."""

    def __init__(self, session: Session, find: Finder, owner: MultiPicker) -> None:
        super().__init__(session, find, owner)
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self._owner.take_last()
        else:
            super().keyPressEvent(event)
