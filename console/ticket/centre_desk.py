"""The desk of the centre: what waits for a decision, a check or a call; own duties first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.ticket.desk_lists import CENTRE_LISTS
from console.ticket.desk_panel import DeskPanel

if TYPE_CHECKING:
    from console.app.session import Session


class CentreDesk(DeskPanel):
    """The lists of the centre."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, CENTRE_LISTS, parent)
