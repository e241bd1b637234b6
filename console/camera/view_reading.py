"""The register of views as it is shown: with ticket numbers, asked for by typed names. No Qt, no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING, Any

from console.camera.directory_store import CameraDirectoryStore
from console.camera.record import ViewEntry
from console.camera.register_store import PAGE_ROWS, ViewRegisterStore
from console.directory.record import Directory
from console.evidence.store import logins_of
from console.ticket.record import TicketId
from console.ticket.store import TicketStore

if TYPE_CHECKING:
    from sqlalchemy import Engine

MOST_CAMERAS = 200  # that a typed name may mean
NO_TICKET = -1

Asked = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WantedViews:
    """What an overseer asks for; `since` is a day of the district, `camera` a name or code."""

    person: str = ""
    camera: str = ""
    number: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A row of the register with the number of its ticket."""

    entry: ViewEntry
    number: str


class ViewReading:
    """Reads the register of views for a list, a camera's sheet and a file; called in workers."""

    def __init__(self, engine: Engine) -> None:
        self._views = ViewRegisterStore(engine)
        self._cameras = CameraDirectoryStore(engine)
        self._tickets = TicketStore(engine)
        self._numbers: dict[int, str] = {}

    def asked_of(self, wanted: WantedViews, directory: Directory) -> Asked:
        """Return what the database reads: typed names become logins, cameras and a ticket."""
        asked: dict[str, Any] = {}
        if wanted.since is not None:
            asked["since"] = _midnight(wanted.since, directory.workdays.tz)
        if wanted.person:
            asked["logins"] = list(logins_of(wanted.person, directory))
        if wanted.camera:
            found = self._cameras.search(wanted.camera, {"retired": True}, MOST_CAMERAS)
            asked["cameras"] = [camera.id for camera in found.cameras]
        if wanted.number:
            ticket = self._tickets.by_number(wanted.number)
            asked["ticket"] = NO_TICKET if ticket is None else ticket.id
        return asked

    def page(self, asked: Asked, after: ViewRow | None = None) -> list[ViewRow]:
        """Return the rows behind `after`, the newest first."""
        key = None if after is None else (after.entry.at, after.entry.id)
        entries = self._views.page(asked, key)
        self._learn({each.ticket_id for each in entries if each.ticket_id is not None})
        return [ViewRow(each, self.number_of(each)) for each in entries]

    def last(self, camera: int, limit: int) -> list[ViewEntry]:
        """Return the last views through one camera."""
        return self._views.page({"cameras": [camera]}, limit=limit)

    def number_of(self, entry: ViewEntry) -> str:
        """Return the number of a view's ticket, nothing without one or when it is not for these eyes."""
        if entry.ticket_id is None:
            return ""
        if entry.ticket_id not in self._numbers:
            self._learn({entry.ticket_id})
        return self._numbers.get(entry.ticket_id, "")

    def _learn(self, tickets: set[int]) -> None:
        new = [TicketId(each) for each in tickets - self._numbers.keys()]
        if new:
            self._numbers |= {ticket.id: ticket.number for ticket in self._tickets.by_ids(new)}


def is_full(rows: list[ViewRow]) -> bool:
    """Say whether more may follow."""
    return len(rows) == PAGE_ROWS


def _midnight(day: date, zone: tzinfo) -> str:
    return datetime.combine(day, time.min, zone).isoformat()
