"""The line below: link, server time, who I am, how quick the last actions were."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from console.kit.meter import Pace
from console.shell.login import duty_word
from db.replica import Fault, Standing

if TYPE_CHECKING:
    from console.app.session import Session

SHOWN_KINDS = 3
FAULTS: Mapping[Fault, object] = {
    Fault.NOT_YET: QT_TRANSLATE_NOOP("faults", "Standby not yet looked at"),
    Fault.GONE: QT_TRANSLATE_NOOP("faults", "Standby does not answer"),
    Fault.LATE: QT_TRANSLATE_NOOP("faults", "Standby too far behind"),
    Fault.NO_STANDBY: QT_TRANSLATE_NOOP("faults", "The standby has become a main server"),
    Fault.FOREIGN: QT_TRANSLATE_NOOP("faults", "Standby of another database"),
}


def fault_word(fault: Fault) -> str:
    """Say why the standby is not read."""
    return QCoreApplication.translate("faults", str(FAULTS[fault]))


class StatusBar(QStatusBar):
    """Shows the session's state.

    Signals: notices_requested(), speed_requested().
    """

    notices_requested = Signal()
    speed_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tz = ZoneInfo(session.me.tz)
        self.setSizeGripEnabled(False)
        self.link = QLabel(self)
        self.link.setObjectName("link")
        self.kept = QLabel(self)
        self.kept.setProperty("look", "problem")
        self.standby = QLabel(self)
        self.standby.setProperty("look", "muted")
        self.speed = QToolButton(self)
        self.speed.setObjectName("speed")
        self.speed.clicked.connect(self.speed_requested)
        self.who = QLabel(self)
        self.time = QLabel(self)
        self.notices = QToolButton(self)
        self.notices.clicked.connect(self.notices_requested)
        self.addWidget(self.link)
        self.addWidget(self.kept)
        for widget in (self.standby, self.speed, self.who, self.time, self.notices):
            self.addPermanentWidget(widget)
        session.link_changed.connect(self._on_link_changed)
        session.clock.ticked.connect(self._on_ticked)
        session.written.connect(self._on_written)
        session.meter.measured.connect(self._on_measured)
        session.standby_changed.connect(self._on_standby_changed)
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
        self._on_measured()
        self._on_standby_changed(self._session.replica.standing)
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

    @Slot()
    def _on_measured(self) -> None:
        """Name the three kinds that use most of their budget, in their own order; the tooltip has all."""
        paces = self._session.meter.paces()
        worst = sorted(paces, key=lambda pace: -pace.p95_ms / pace.budget.limit_ms)[:SHOWN_KINDS]
        shown = " · ".join(_short(pace) for pace in paces if pace in worst)
        self.speed.setText(self.tr("p95: {kinds}").format(kinds=shown))
        self.speed.setVisible(bool(paces))
        lines = [self.tr("95 of 100 of the last actions were done within this time:")]
        lines += (
            self.tr("{kind}: {ms} ms ({n} times); budget {budget} ms, kept by {share}").format(
                kind=pace.budget.shown_text(),
                ms=round(pace.p95_ms),
                n=pace.count,
                budget=pace.budget.limit_ms,
                share=f"{pace.within:.0%}",
            )
            for pace in paces
        )
        self.speed.setToolTip("\n".join((*lines, self.tr("Click for what was slow and why."))))

    @Slot(object)
    def _on_standby_changed(self, standing: Standing) -> None:
        self.standby.setVisible(self._session.replica.has_standby)
        if standing.fault is None:
            lag = f"{standing.lag_s or 0:.1f}"
            self.standby.setText(self.tr("Standby {lag} s behind").format(lag=lag))
            self.standby.setToolTip(self.tr("History, search and statistics are read from the standby."))
        else:
            self.standby.setText(fault_word(standing.fault))
            self.standby.setToolTip(
                self.tr("History, search and statistics are read from the main server meanwhile.")
            )

    @Slot(object)
    def _on_posted(self, _notice: object) -> None:
        count = len(self._session.notices.all())
        self.notices.setText(self.tr("Notices: {count}").format(count=count))


def _short(pace: Pace) -> str:
    mark = "▲ " if pace.p95_ms > pace.budget.limit_ms else ""
    return f"{mark}{pace.budget.shown_text()} {round(pace.p95_ms)} ms"
