"""The desk of a unit: what it must sign, contact, answer, or help with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.ticket.desk_lists import UNIT_LISTS
from console.ticket.desk_panel import DeskPanel

if TYPE_CHECKING:
    from console.app.session import Session


class UnitDesk(DeskPanel):
    """The lists of the unit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, UNIT_LISTS, parent)
