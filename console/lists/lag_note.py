"""How old a list may be that is read from the standby."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from console.ticket.record import Filter

if TYPE_CHECKING:
    from console.app.session import Session


class LagNote(QLabel):
    """Stands beside a list of all years or of a search while that comes from the standby, else hidden."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_old = False
        self.setObjectName("lagNote")
        self.setProperty("look", "muted")
        self.setToolTip(
            self.tr(
                "Lists of all years and searches are read from a copy of the server;"
                " your own work is not late."
            )
        )
        session.standby_changed.connect(self._show)
        self._show()

    def detach(self) -> None:
        """Let go of the session."""
        self._session.standby_changed.disconnect(self._show)

    def set_filter(self, wanted: Filter) -> None:
        """Say of which list."""
        self._is_old = wanted.may_be_old
        self._show()

    @Slot()
    def _show(self) -> None:
        replica = self._session.replica
        is_read = self._is_old and replica.has_standby and replica.standing.fault is None
        lag_s = replica.standing.lag_s or 0
        self.setText(
            self.tr("From the standby, {lag} s behind").format(lag=f"{lag_s:.1f}") if is_read else ""
        )
        self.setVisible(is_read)
