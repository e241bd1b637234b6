"""How long a desk's actions took: kinds, times and causes in a file beside its journal, nothing of a ticket.

The console writes it; `liangdeng doctor` reads it and compares the desk with the rule of dispatch centres:
whoever acts has the answer within two seconds.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated
from uuid import uuid4

from pydantic import Field, FiniteFloat, TypeAdapter, ValidationError

RULE_MS = 2000
FILE = "speed.json"
KEPT = 500  # of each kind
SLOW_KEPT = 100
log = logging.getLogger("db.speed")


class Unreadable(Exception):
    """The file is there and is none of ours, or cannot be opened."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Slow:
    """One action over its budget: when it ended (ISO 8601), and the milliseconds of each cause."""

    kind: str
    at: str
    parts_ms: Annotated[Mapping[str, FiniteFloat], Field(min_length=1)]

    @property
    def total_ms(self) -> float:
        """From the wish to the answer in the window."""
        return sum(self.parts_ms.values())

    @property
    def cause(self) -> str:
        """Where most of the time went."""
        return max(self.parts_ms, key=lambda name: self.parts_ms[name])


@dataclass(frozen=True, slots=True)
class Speed:
    """The last actions of a desk: milliseconds by kind, oldest first, and those over their budget."""

    times_ms: Mapping[str, Sequence[FiniteFloat]] = field(default_factory=dict)
    slow: Sequence[Slow] = ()

    def and_then(self, later: Speed) -> Speed:
        """Return both, as far as they are kept."""
        kinds = dict.fromkeys((*self.times_ms, *later.times_ms))
        times = {
            kind: [*self.times_ms.get(kind, ()), *later.times_ms.get(kind, ())][-KEPT:] for kind in kinds
        }
        return Speed(times, [*self.slow, *later.slow][-SLOW_KEPT:])

    def p95_ms(self, kind: str) -> float:
        """Return what 95 of 100 took at most."""
        return rank(self.times_ms[kind], 95)

    def late(self) -> list[str]:
        """Name the kinds that break the rule: more than 5 of 100 took longer."""
        return [kind for kind in self.times_ms if self.p95_ms(kind) > RULE_MS]


_SPEED = TypeAdapter(Speed)


def rank(times_ms: Sequence[float], percent: int) -> float:
    """Return what so many of 100 took at most: of a few the slowest counts (nearest rank)."""
    return sorted(times_ms)[math.ceil(len(times_ms) * percent / 100) - 1]


def read(folder: Path) -> Speed:
    """Return what was kept, nothing where there is no file; raise Unreadable for one that is none of ours."""
    try:
        found = _SPEED.validate_json((folder / FILE).read_bytes())
    except FileNotFoundError:
        return Speed()
    except OSError as error:
        raise Unreadable(folder / FILE, error.strerror or str(error)) from error
    except ValidationError as error:
        raise Unreadable(folder / FILE, error.errors()[0]["msg"]) from error
    return Speed({kind: each for kind, each in found.times_ms.items() if each}, found.slow)


def add(folder: Path, later: Speed) -> None:
    """Keep more, whole or not at all; of two consoles that do so at once one loses a minute's figures."""
    try:
        before = read(folder)
    except Unreadable as error:
        log.warning("left aside: %s", error)
        before = Speed()
    kept = before.and_then(later)
    data = {
        "times_ms": {kind: [round(ms, 1) for ms in each] for kind, each in kept.times_ms.items()},
        "slow": [asdict(each) for each in kept.slow],
    }
    draft = folder / f"{FILE}.{uuid4().hex}"  # several consoles may write, also of one process
    try:
        draft.write_text(json.dumps(data), "utf-8")
        draft.replace(folder / FILE)
    finally:
        draft.unlink(missing_ok=True)
