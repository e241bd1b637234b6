"""The camera pictures that go with a report."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class FootageRow(QFrame):
    """Say which pictures go with the report; they can be left out.

    Signals: changed() they were left out.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.keys: tuple[str, ...] = ()
        self.text = ""
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.leave_out = QPushButton(self.tr("Leave it out"))
        self.leave_out.clicked.connect(self._on_left_out)
        row = QHBoxLayout(self)
        row.addWidget(self._words, 1)
        row.addWidget(self.leave_out)
        self.hide()

    def show_keys(self, keys: tuple[str, ...], text: str) -> None:
        """Show what goes with the report; nothing hides the row."""
        self.keys, self.text = keys, text
        self._words.setText(self.tr("Goes with the report: {pictures}").format(pictures=text))
        self.setVisible(bool(keys))

    @Slot()
    def _on_left_out(self) -> None:
        self.show_keys((), "")
        self.changed.emit()
