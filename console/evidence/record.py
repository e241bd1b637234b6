"""Rows of the register and of the day's list of reveals. No Qt, no SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple

# What the database calls the kinds, by what an auditor asks for.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "reveals": ("reveal", "reveals_seen", "phone_search", "caller_lookup"),
    "exports": ("export", "export_end"),
    "logins": ("login", "password"),
    "rights": ("right",),
    "rules": ("setting", "policy"),
    "cameras": (
        "camera_view",
        "camera_view_end",
        "ptz_move",
        "footage_kept",
        "footage_given",
        "footage_view",
        "footage_served",
        "footage_needed",
        "footage_deleted",
    ),
}
CHANGES = frozenset({"right", "setting", "policy"})  # their detail has old and new
DAYS_BACK = 30  # of the daily list


class EntryKey(NamedTuple):
    """Where a page goes on."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the register."""

    id: int
    at: datetime
    kind: str
    login: str
    subject: str
    ticket_id: int | None
    number: str | None
    reason: str
    detail: Mapping[str, Any]
    address: str | None
    title: str | None
    caller_label: str | None

    def key(self) -> EntryKey:
        """Return its place in the register."""
        return EntryKey(self.at, self.id)


@dataclass(frozen=True)
class Wanted:
    """What an auditor asks for; days are those of the district, both included."""

    group: str = ""
    person: str = ""
    number: str = ""
    since: date | None = None
    until: date | None = None

    def to_json(self, zone: tzinfo, logins: tuple[str, ...]) -> dict[str, Any]:
        """Return the filter the database reads; `logins` are those `person` means."""
        asked: dict[str, Any] = {}
        if self.group:
            asked["kinds"] = list(GROUPS[self.group])
        if self.person:
            asked["logins"] = list(logins)
        if self.number:
            asked["number"] = self.number
        if self.since is not None:
            asked["since"] = _midnight(self.since, zone)
        if self.until is not None:
            asked["until"] = _midnight(self.until + timedelta(days=1), zone)
        return asked


@dataclass(frozen=True, slots=True)
class RevealDay:
    """A day with reveals; `seen_at` is when I looked over all of them."""

    day: date
    reveals: int
    persons: int
    tickets: int
    last_id: int
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reveal:
    """Who saw which caller, and why."""

    id: int
    at: datetime
    login: str
    ticket_id: int
    number: str
    title: str
    caller_label: str
    reason: str


def _midnight(day: date, zone: tzinfo) -> str:
    return datetime.combine(day, time.min, zone).isoformat()
