"""What the command line finds, and who finds it; rooms bring their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Hit:
    """One thing that was found; `run` is a bound method or a partial of one."""

    text: str
    kind: str
    score: int
    run: Callable[[], object]
    detail: str = ""


class Provider(Protocol):
    """Finds things by what is typed; called in a worker, so it touches no widget."""

    def begin(self) -> None:
        """Forget what was kept for the typing before: the command line opens."""

    def find(self, typed: str) -> Sequence[Hit]:
        """Return what matches, best first."""


@runtime_checkable
class SlowProvider(Provider, Protocol):
    """A provider whose search is called off when another letter is typed."""

    def halt(self) -> None:
        """End the search that runs; called from any thread."""
