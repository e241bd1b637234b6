"""How far the copy of a clip is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from console.footage.copies import PARTS, Copies

BAR_WIDTH = 170


class CopyBar(QWidget):
    """Shows the first of the desk's copies; hidden while there is none."""

    def __init__(self, copies: Copies, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copies = copies
        self.title = QLabel()
        self.bar = QProgressBar(maximum=PARTS)
        self.bar.setFixedWidth(BAR_WIDTH)
        self.cancel = QPushButton(self.tr("Stop it"))
        self.cancel.clicked.connect(self.stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel)
        copies.changed.connect(self._show)
        self._show()

    @Slot()
    def stop(self) -> None:
        """Stop the copy that is shown."""
        if self._copies.running:
            self._copies.running[0].stop()

    @Slot()
    def _show(self) -> None:
        running = self._copies.running
        self.setVisible(bool(running))
        if running:
            more = self.tr("{title}, {n} more wait") if len(running) > 1 else "{title}"
            self.title.setText(more.format(title=running[0].title, n=len(running) - 1))
            self.bar.setValue(running[0].percent)
