"""What is asked of the register of views: person, camera, ticket, days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from console.camera.view_reading import WantedViews
from console.kit.flow import FlowLayout
from console.kit.ime import SafeLineEdit

if TYPE_CHECKING:
    from console.app.session import Session

TYPING_MS = 350
FIELD_WIDTH = 170
ALWAYS = 0


class ViewFilter(QWidget):
    """Signals: changed(WantedViews) by hand."""

    changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = WantedViews()
        self.person, self.camera, self.number = SafeLineEdit(), SafeLineEdit(), SafeLineEdit()
        self.period = QComboBox()
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self._on_edited)
        layout = FlowLayout(6, self)
        for field, hint in (
            (self.person, self.tr("Person or login")),
            (self.camera, self.tr("Camera or its code")),
            (self.number, self.tr("Ticket number")),
        ):
            field.setPlaceholderText(hint)
            field.setAccessibleName(hint)
            field.setClearButtonEnabled(True)
            field.setFixedWidth(FIELD_WIDTH)
            field.textChanged.connect(self._on_typed)
            field.returnPressed.connect(self._on_edited)
            layout.addWidget(field)
        for days, text in (
            (ALWAYS, self.tr("All days")),
            (1, self.tr("Today")),
            (7, self.tr("Last 7 days")),
            (30, self.tr("Last 30 days")),
        ):
            self.period.addItem(text, days)
        self.period.setAccessibleName(self.tr("Days"))
        self.period.currentIndexChanged.connect(self._on_edited)
        layout.addWidget(self.period)

    @property
    def wanted(self) -> WantedViews:
        """What is asked for."""
        return self._wanted

    @Slot()
    def _on_typed(self) -> None:
        self._typing.start()

    @Slot()
    def _on_edited(self) -> None:
        self._typing.stop()
        days = self.period.currentData()
        today = self._session.clock.now().astimezone(self._session.directory.workdays.tz).date()
        since = None if days == ALWAYS else today - timedelta(days=days - 1)
        person, camera, number = (each.text().strip() for each in (self.person, self.camera, self.number))
        wanted = WantedViews(person, camera, number, since)
        if wanted != self._wanted:
            self._wanted = wanted
            self.changed.emit(wanted)
