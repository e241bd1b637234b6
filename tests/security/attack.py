"""What an attack is: who tries what, which guard stops it, and how it goes without that guard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

# A login of each kind: every group role, each scope, another system, a wall screen.
LOGINS = {
    "operator": "d1_operator1",
    "callback": "d1_callback1",
    "supervisor": "d1_supervisor1",
    "inspector": "d1_inspector1",
    "leader": "d1_leader1",
    "clerk": "d1_clerk1",
    "admin": "d1_admin",
    "worker": "d1_worker",
    "unit": "d1_dept01",
    "town": "d1_town01",
    "area": "d1_area001",
    "intake": "d1_intake",
    "wall": "siege_wall",
    "colleague": "d1_operator2",
    "neighbour": "d2_operator1",
}
CONSOLES = (
    "operator",
    "callback",
    "supervisor",
    "inspector",
    "leader",
    "clerk",
    "admin",
    "worker",
    "unit",
    "town",
    "area",
)
EVERYBODY = (*CONSOLES, "intake", "wall")
NOTHING = ""  # in the place of an SQLSTATE: the attempt runs and brings nothing


@dataclass(frozen=True)
class Attack:
    """One attempt. `steps` run in one session; %(names)s are facts of the ground, {login} is who attacks."""

    id: str
    rule: str
    by: str | tuple[str, ...]
    steps: str | tuple[str, ...]
    refused: str = "42501"
    code: str = ""
    off: str | tuple[str, ...] = ()  # the owner takes the guard away; none given: the owner himself attacks
    undo: str = ""  # for what cannot run in a transaction: how the owner takes his own attempt back

    @property
    def script(self) -> tuple[str, ...]:
        return _tuple(self.steps)

    @property
    def unguarded(self) -> tuple[str, ...]:
        return _tuple(self.off)


def _tuple(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def each(attacks: Iterable[Attack]) -> list[Any]:
    """Return test parameters: every attack by everyone who tries it."""
    return [
        pytest.param(attack, LOGINS[group], id=f"{attack.id}-{group}")
        for attack in attacks
        for group in _tuple(attack.by)
    ]
