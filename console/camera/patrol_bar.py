"""The round that goes on: where it is, how long the page stays, and what may be said of it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.camera.patrol import PatrolRun
from console.kit.flow import FlowLayout
from console.kit.ime import SafeLineEdit

MOST = 500
HANDS_GAP = 6


class PatrolBar(QFrame):
    """Shown while a round goes on."""

    def __init__(self, run: PatrolRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.setProperty("look", "card")
        self._where = QLabel()
        self._where.setProperty("look", "strong")
        self._time = QLabel()
        self._time.setProperty("look", "muted")
        self.back = QPushButton(self.tr("Back  [PgUp]"))
        self.pause = QPushButton()
        self.on = QPushButton(self.tr("On  [PgDn]"))
        self.stop = QPushButton(self.tr("End"))
        self.endless = QCheckBox(self.tr("Again and again"))
        self.remark = SafeLineEdit()
        self.remark.setMaxLength(MOST)
        self.remark.setPlaceholderText(self.tr("Remark about what is shown now"))
        self.remarks = SafeLineEdit()
        self.remarks.setMaxLength(MOST)
        self.remarks.setPlaceholderText(self.tr("Remark about the whole round"))
        self._lay_out()
        self._connect()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how it stands."""
        run = self._run
        self.setVisible(run.is_running)
        if run.group is None or not run.is_running:
            return
        seen, missed = run.tally()
        text = self.tr("{group}: page {page} of {pages}")
        self._where.setText(text.format(group=run.group.name, page=run.page + 1, pages=run.pages()))
        text = self.tr("paused") if run.is_paused else self.tr("{n} s left").format(n=run.seconds_left())
        tally = self.tr("seen {seen}, without a picture {missed}").format(seen=seen, missed=missed)
        self._time.setText(f"{text} · {tally}")
        self.pause.setText(self.tr("Go on  [Space]") if run.is_paused else self.tr("Stay  [Space]"))
        for line, said in ((self.remark, run.remark), (self.remarks, run.remarks)):
            if not said and line.text().strip():  # another page, another round
                line.clear()

    @Slot(str)
    def _on_remark(self, text: str) -> None:
        self._run.remark = text.strip()

    @Slot(str)
    def _on_remarks(self, text: str) -> None:
        self._run.remarks = text.strip()

    @Slot(bool)
    def _on_endless(self, is_endless: bool) -> None:
        self._run.is_endless = is_endless

    def _connect(self) -> None:
        self._run.changed.connect(self.refresh)
        self.back.clicked.connect(self._run.previous)
        self.pause.clicked.connect(self._run.pause)
        self.on.clicked.connect(self._run.next)
        self.stop.clicked.connect(self._run.stop)
        self.endless.toggled.connect(self._on_endless)
        self.remark.textChanged.connect(self._on_remark)
        self.remarks.textChanged.connect(self._on_remarks)

    def _lay_out(self) -> None:
        hands = FlowLayout(HANDS_GAP)
        said = QHBoxLayout()
        said.addWidget(self.remark, 1)
        said.addWidget(self.remarks, 1)
        told = QHBoxLayout()
        told.addWidget(self._where)
        told.addWidget(self._time, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(told)
        layout.addLayout(hands)
        for widget in (self.back, self.pause, self.on, self.stop, self.endless):
            hands.addWidget(widget)
        layout.addLayout(said)
