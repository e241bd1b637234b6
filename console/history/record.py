"""Figures of a group of tickets, and the filter of just the tickets a figure counts. No Qt, no SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any, Self

from console.directory.record import Directory
from console.kit.rows import record_of
from console.ticket.record import ID_OF_MONTH, Filter, TicketState

ON_TIME, LATE, MISSED, UNDATED = "on_time", "late", "missed", "undated"
DUE = (ON_TIME, LATE, MISSED)
ANSWERED = (ON_TIME, LATE, UNDATED)
MOST_DAYS = 11  # stands for that many and more
CLASS_LEVEL = 2


class Group(StrEnum):
    """By what tickets are grouped; the words are in history_words."""

    MONTH = "month"
    UNIT = "unit"
    PLACE = "place"
    CATEGORY = "category"
    CHANNEL = "channel"
    KIND = "kind"
    STATE = "state"


class What(StrEnum):
    """A figure that can be opened: which of a group's tickets it counts."""

    TICKETS = "tickets"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    DUE = "due"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Figures:
    """What api.history_figures says of one group; key None: the tickets that have no such thing."""

    key: str | None
    tickets: int = 0
    overdue: int = 0
    on_time: int = 0
    late: int = 0
    missed: int = 0
    undated: int = 0
    days: tuple[int, ...] = ()

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """Build from a row of the database."""
        return record_of(cls, row, days=tuple(row["days"]))

    @property
    def due(self) -> int:
        """How many were answered by a due moment, or should have been by now."""
        return self.on_time + self.late + self.missed

    @property
    def answered(self) -> int:
        """How many were answered."""
        return self.on_time + self.late + self.undated

    @property
    def median_days(self) -> float | None:
        """Working days from dispatch to the answer: as many took longer as shorter. MOST_DAYS: or more."""
        count = sum(self.days)
        if not count:
            return None
        low, high = self._day_of((count - 1) // 2), self._day_of(count // 2)
        return MOST_DAYS if high >= MOST_DAYS else (low + high) / 2

    def _day_of(self, place: int) -> int:
        for day, count in enumerate(self.days):
            place -= count
            if place < 0:
                return day
        raise ValueError(place)


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures by group. Of words they come month after month, the newest first.

    below: tickets under this id are still to be counted, so there are at least so many; None: that is all.
    """

    groups: tuple[Figures, ...] = ()
    below: int | None = None

    def more(self, groups: Iterable[Figures], below: int | None) -> Counted:
        """Return these with what else was counted."""
        sums: dict[str | None, list[Figures]] = {}
        for group in (*self.groups, *groups):
            sums.setdefault(group.key, []).append(group)
        return Counted(tuple(total_of(each, key) for key, each in sums.items()), below)

    @property
    def month(self) -> str | None:
        """The month back to which everything is counted, while that is not all: yyyy-mm."""
        if self.below is None:
            return None
        year, month = divmod(self.below // ID_OF_MONTH, 100)
        return f"{year:04}-{month:02}"


def total_of(groups: Sequence[Figures], key: str | None = None) -> Figures:
    """Add up groups; every ticket is in one of them."""
    days = tuple(sum(each) for each in zip(*(group.days for group in groups), strict=True))
    names = ("tickets", "overdue", "on_time", "late", "missed", "undated")
    sums = {name: sum(getattr(group, name) for group in groups) for name in names}
    return Figures(key, days=days, **sums)


def database_group(group: Group, wanted: Filter, directory: Directory) -> str:
    """Name the level of a tree that lies below what the filter already says."""
    if group is Group.PLACE:
        return "area" if wanted.territory_id else "town"
    if group is Group.CATEGORY:
        category = directory.categories.get(wanted.category_id or 0)
        return "domain" if category is None else "class" if category.level < CLASS_LEVEL else "item"
    return group.value


def narrowed(
    wanted: Filter, group: Group, key: str | None, what: What, directory: Directory, zone: tzinfo
) -> Filter:
    """Return the filter of just the tickets this figure of this group counts."""
    return limited(_to_group(wanted, group, key, directory, zone), what)


def limited(wanted: Filter, what: What) -> Filter:
    """Return the filter of just the tickets this figure counts."""
    if what is What.OVERDUE:
        return replace(wanted, overdue=True)
    answers = {What.ON_TIME: (ON_TIME,), What.DUE: DUE, What.ANSWERED: ANSWERED}.get(what)
    if answers is None:
        return wanted
    both = tuple(each for each in answers if not wanted.answers or each in wanted.answers)
    return replace(wanted, answers=both)


def _to_group(wanted: Filter, group: Group, key: str | None, directory: Directory, zone: tzinfo) -> Filter:
    number = int(key) if key is not None and key.isdigit() else 0
    if group is Group.MONTH and key is not None:
        return _to_month(wanted, key, zone)
    if group is Group.UNIT:
        return replace(wanted, held_by=number)
    if group is Group.PLACE:
        if wanted.territory_id and key is None:
            return replace(wanted, place_only=wanted.territory_id)
        return replace(wanted, territory_id=number)
    if group is Group.CATEGORY:
        level = database_group(group, wanted, directory)
        category = directory.categories.get(number)
        is_alone = category is None or level == "item" or (level == "class" and category.level < CLASS_LEVEL)
        return replace(wanted, category_only=number) if is_alone else replace(wanted, category_id=number)
    if group is Group.CHANNEL:
        return replace(wanted, channels=(str(key),))
    if group is Group.KIND:
        return replace(wanted, kinds=(str(key),))
    return replace(wanted, states=(TicketState(str(key)),))


def _to_month(wanted: Filter, key: str, zone: tzinfo) -> Filter:
    begin = datetime.strptime(key, "%Y-%m").replace(tzinfo=zone)
    year, month = divmod(begin.year * 12 + begin.month, 12)
    end = datetime(year, month + 1, 1, tzinfo=zone)
    return replace(
        wanted,
        created_from=max(begin, wanted.created_from or begin),
        created_to=min(end, wanted.created_to or end),
    )
