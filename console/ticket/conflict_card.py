"""The card above a form whose ticket changed: both sides, and what to do with what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from console.kit.html import HtmlView

if TYPE_CHECKING:
    from console.app.session import Session

REAPPLY_KEY = "Ctrl+Shift+Return"
HEIGHT = 150


class ConflictCard(QFrame):
    """Show what changed.

    Signals: reapplied() send for the new version; dropped() give up what is typed.
    """

    reapplied = Signal()
    dropped = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._text = HtmlView(session.theme)
        self._text.setFixedHeight(HEIGHT)
        self._note = QLabel(self.tr("This is no longer possible; what you typed is kept until you drop it."))
        self._note.setProperty("look", "problem")
        self._again = QPushButton(self.tr("Send for the new version  (Ctrl+Shift+Enter)"))
        self._again.setProperty("primary", "true")
        self._again.clicked.connect(self.reapplied)
        drop = QPushButton(self.tr("Drop what I typed"))
        drop.clicked.connect(self.dropped)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addStretch()
        foot.addWidget(drop)
        foot.addWidget(self._again)
        layout = QVBoxLayout(self)
        layout.addWidget(self._text)
        layout.addLayout(foot)
        self.hide()

    def show_conflict(self, html: str, *, is_possible: bool) -> None:
        """Show both sides; what is no longer possible cannot be sent."""
        self._text.show_html(html)
        self._note.setHidden(is_possible)
        self._again.setVisible(is_possible)
        self.show()

    def shown_text(self) -> str:
        """Return what is read on it."""
        return self._text.toPlainText()
