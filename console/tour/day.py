"""What the steps of a tour share: the district's people, their desks, the tickets of this day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from console.app.demo import DemoSite
from console.app.main import build_console
from console.kit.theme import Theme
from console.ticket.record import Ticket
from console.tour.hands import StepError
from console.tour.seat import Seat

LANGUAGE = "zh_CN"
OPERATOR, SUPERVISOR = "d1_operator1", "d1_supervisor1"
INSPECTOR, CALLBACK = "d1_inspector1", "d1_callback1"


@dataclass
class Day:
    """One run of the tour."""

    app: QApplication
    site: DemoSite
    theme: Theme
    phone: str
    seats: dict[str, Seat] = field(default_factory=dict)
    windows: tuple[QWidget, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    shoot: Callable[[], None] = lambda: None
    first: Ticket | None = None
    second: Ticket | None = None

    def seat(self, login: str) -> Seat:
        """Sit down at a person's desk; the others leave the screen."""
        seat = self._seat(login)
        self._leave_only(seat)
        seat.sit()
        seat.close_pages()
        return seat

    def pair(self, upper: str, lower: str) -> tuple[Seat, Seat]:
        """Put two desks on the screen, one above the other."""
        seats = self._seat(upper), self._seat(lower)
        self._leave_only(*seats)
        for seat in seats:
            seat.sit()
            seat.close_pages()
        return seats

    def _seat(self, login: str) -> Seat:
        if login not in self.seats:
            window = build_console(self.site.dsn(login), self.app, theme=self.theme, language=LANGUAGE)
            self.seats[login] = Seat(window)
        return self.seats[login]

    def _leave_only(self, *seats: Seat) -> None:
        for other in self.seats.values():
            if other not in seats:
                other.window.hide()
        self.windows = tuple(seat.window for seat in seats)

    def unit_person(self, unit_id: int | None) -> str:
        """Name a person of a unit."""
        staff = self.seats[OPERATOR].session.directory.staff.values()
        found = next(
            (each.login for each in staff if each.unit_id == unit_id and "unit" in each.duties), None
        )
        if found is None:
            raise StepError(f"nobody works for unit {unit_id}")
        return found

    def trouble(self) -> str:
        """Return what the desks complained about since the last question."""
        said = [
            f"{notice.text} {notice.detail}".strip()
            for seat in self.seats.values()
            for notice in seat.trouble
        ]
        for seat in self.seats.values():
            seat.trouble.clear()
        return "; ".join(said)

    def end(self) -> None:
        """Close every desk."""
        for seat in self.seats.values():
            seat.window.close()
