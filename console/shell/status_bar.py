"""The line below: link, server time, who I am, how quick the last actions were."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from console.shell.login import duty_word

if TYPE_CHECKING:
    from console.app.session import Session


class StatusBar(QStatusBar):
    """Shows the session's state.

    Signals: notices_requested().
    """

    notices_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tz = ZoneInfo(session.me.tz)
        self.setSizeGripEnabled(False)
        self.link = QLabel(self)
        self.link.setObjectName("link")
        self.kept = QLabel(self)
        self.kept.setProperty("look", "problem")
        self.speed = QLabel(self)
        self.speed.setToolTip(self.tr("95 of 100 of the last actions were done within this time."))
        self.who = QLabel(self)
        self.time = QLabel(self)
        self.notices = QToolButton(self)
        self.notices.clicked.connect(self.notices_requested)
        self.addWidget(self.link)
        self.addWidget(self.kept)
        for widget in (self.speed, self.who, self.time, self.notices):
            self.addPermanentWidget(widget)
        session.link_changed.connect(self._on_link_changed)
        session.clock.ticked.connect(self._on_ticked)
        session.written.connect(self._on_written)
        session.notices.posted.connect(self._on_posted)
        self.show_all()

    def show_all(self) -> None:
        """Show everything afresh, for instance in another language."""
        me = self._session.me
        self.who.setText(self.tr("{name} · {unit}").format(name=me.name, unit=me.unit))
        self.who.setToolTip(" · ".join(duty_word(duty) for duty in me.duties))
        self._on_link_changed(self._session.is_online)
        self._on_ticked(self._session.clock.now())
        self._on_written()
        self._on_posted(None)

    @Slot(bool)
    def _on_link_changed(self, is_online: bool) -> None:
        self.link.setText(
            self.tr("● Connected") if is_online else self.tr("○ No connection – what you see may be old")
        )
        self.link.setProperty("state", "up" if is_online else "down")
        self.link.style().polish(self.link)

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        self.time.setText(f"{now.astimezone(self._tz):%Y-%m-%d %H:%M:%S}")

    @Slot()
    def _on_written(self) -> None:
        kept = sum(1 for _ in self._session.journal.pending())
        self.kept.setText(self.tr("%n entry(s) waiting for the server", "", kept) if kept else "")
        p95 = self._session.write_p95_ms
        self.speed.setText("" if p95 is None else self.tr("p95 {ms} ms").format(ms=round(p95)))

    @Slot(object)
    def _on_posted(self, _notice: object) -> None:
        count = len(self._session.notices.all())
        self.notices.setText(self.tr("Notices: {count}").format(count=count))
