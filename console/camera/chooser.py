"""Choose several things by typing: what is found above, what is chosen below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.kit.ime import SafeLineEdit

KEY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
FOUND_HEIGHT = 110
_LIST_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose."""

    key: int
    text: str
    detail: str = ""


class Chooser(QWidget):
    """Enter takes what is found, Delete drops what is chosen, Alt and arrows change the order.

    Signals: typed(str) look for this, and answer with `show_found`; changed() something else is chosen.
    """

    typed = Signal(str)
    changed = Signal()

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = SafeLineEdit()
        self.line.setPlaceholderText(hint)
        self.found = QListWidget()
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setFixedHeight(FOUND_HEIGHT)
        self.found.hide()
        self.chosen = QListWidget()
        self.chosen.setAccessibleName(hint)
        self.line.textChanged.connect(self._on_text_changed)
        self.found.itemClicked.connect(self._on_found_clicked)
        self.line.installEventFilter(self)
        self.chosen.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.line, self.found, self.chosen):
            layout.addWidget(widget)
        self.setFocusProxy(self.line)

    def keys(self) -> tuple[int, ...]:
        """Return what is chosen, in order."""
        return tuple(self.chosen.item(row).data(KEY_ROLE) for row in range(self.chosen.count()))

    def add(self, choice: Choice) -> None:
        """Choose something; once is enough."""
        if choice.key not in self.keys():
            self.chosen.addItem(_item(choice))
            self.changed.emit()

    def show_found(self, choices: Sequence[Choice]) -> None:
        """Show what was found for what is typed now."""
        self.found.clear()
        for choice in choices:
            self.found.addItem(_item(choice))
        self.found.setCurrentRow(0)
        self.found.setVisible(bool(choices))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._in_line(event) if watched is self.line else self._in_chosen(event)
        return super().eventFilter(watched, event)

    def _in_line(self, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in _LIST_KEYS:
            self.found.event(event)
            return True
        if event.key() in _ENTER and self.found.currentItem() is not None:
            self._on_found_clicked(self.found.currentItem())
            return True
        return False

    def _in_chosen(self, event: QKeyEvent) -> bool:
        row = self.chosen.currentRow()
        if row < 0:
            return False
        if event.key() == Qt.Key.Key_Delete:
            self.chosen.takeItem(row)
        elif event.key() in _LIST_KEYS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            step = -1 if event.key() == Qt.Key.Key_Up else 1
            place = min(max(row + step, 0), self.chosen.count() - 1)
            self.chosen.insertItem(place, self.chosen.takeItem(row))
            self.chosen.setCurrentRow(place)
        else:
            return False
        self.changed.emit()
        return True

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if text.strip():
            self.typed.emit(text.strip())
        else:
            self.show_found(())

    @Slot(QListWidgetItem)
    def _on_found_clicked(self, item: QListWidgetItem) -> None:
        choice = Choice(item.data(KEY_ROLE), item.text(), item.toolTip())
        self.line.clear()
        self.add(choice)


def _item(choice: Choice) -> QListWidgetItem:
    item = QListWidgetItem(choice.text)
    item.setData(KEY_ROLE, choice.key)
    item.setToolTip(choice.detail)
    return item
