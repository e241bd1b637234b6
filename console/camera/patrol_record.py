"""Round tours through groups of cameras: what was planned, gone and really seen (S72); no Qt, no SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Patrol:
    """One round: `seen` of `planned` cameras showed a picture.

    `ended_at` is None until it ends; `was_left`: nobody ended it.
    """

    id: int
    group_id: int | None
    group_name: str
    planned: int
    login: str
    unit_id: int
    started_at: datetime
    ended_at: datetime | None
    remarks: str
    seen: int
    missed: int
    last_at: datetime | None
    was_left: bool

    def key(self) -> PatrolKey:
        """Return the round's place in the list."""
        return PatrolKey(self.started_at, self.id)


@dataclass(frozen=True, order=True, slots=True)
class PatrolKey:
    """A place in the list of rounds, the newest first."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One camera of a round; `was_seen` says that a picture was on the screen, for `seconds`."""

    n: int
    at: datetime
    camera_id: int
    code: str | None
    name: str | None
    view_id: int | None
    was_seen: bool
    state: str
    seconds: int
    remark: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round that a plan asks for between two moments, and the one that was gone then."""

    group_id: int
    group_name: str
    due_at: datetime
    until_at: datetime
    patrol_id: int | None
    login: str | None
    started_at: datetime | None


@dataclass(frozen=True, slots=True)
class Passed:
    """What a round has to say of a camera it leaves behind."""

    n: int
    camera_id: int
    view_id: int | None
    was_seen: bool
    state: str
    seconds: int
    remark: str = ""


def times_of(typed: str) -> tuple[time, ...] | None:
    """Read times of the day between blanks or commas; None when something else is there."""
    words = typed.replace(",", " ").replace("，", " ").replace("、", " ").split()
    found = [_TIME.fullmatch(word) for word in words]
    times = sorted({time(int(match[1]), int(match[2])) for match in found if match is not None})
    return tuple(times) if all(found) else None
