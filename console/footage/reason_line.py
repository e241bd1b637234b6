"""One question with one line for the answer, below what it is about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.kit.ime import SafeLineEdit

MOST = 200


class ReasonLine(QFrame):
    """Enter goes on with what is written, Esc gives up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._then: Callable[[str], None] | None = None
        self._least = 1
        self._question = QLabel()
        self._question.setProperty("look", "strong")
        self._question.setWordWrap(True)
        self._problem = QLabel()
        self._problem.setProperty("look", "problem")
        self.words = SafeLineEdit()
        self.words.setMaxLength(MOST)
        self.go = QPushButton(self.tr("Go on  (Enter)"))
        self.go.setProperty("primary", "true")
        self._cancel = QPushButton(self.tr("Cancel  (Esc)"))
        row = QHBoxLayout()
        for widget, stretch in ((self.words, 1), (self._cancel, 0), (self.go, 0)):
            row.addWidget(widget, stretch)
        layout = QVBoxLayout(self)
        layout.addWidget(self._question)
        layout.addLayout(row)
        layout.addWidget(self._problem)
        self.words.returnPressed.connect(self.submit)
        self.go.clicked.connect(self.submit)
        self._cancel.clicked.connect(self.hide)
        self.hide()

    def ask(self, question: str, then: Callable[[str], None], *, least: int) -> None:
        """Ask, and go on with an answer of at least so many characters."""
        self._then, self._least = then, least
        self._question.setText(question)
        self._problem.hide()
        self.words.clear()
        self.show()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def submit(self) -> None:
        """Go on, when what is written is enough."""
        words = self.words.text().strip()
        if len(words) < self._least:
            self._problem.setText(self.tr("Say it in a few words more."))
            self._problem.show()
            return
        then, self._then = self._then, None
        self.hide()
        if then is not None:
            then(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
