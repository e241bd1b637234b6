"""Tell a story step by step: each ends in a picture, and one that fails does not end the story."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from console.tour.album import Album
from console.tour.day import Day
from console.tour.hands import StepError
from db.admin.output import note


@dataclass(frozen=True)
class Step:
    """One picture's worth of work; `needs` are the steps it cannot do without."""

    name: str
    run: Callable[[Day], None]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What became of a step; `facts` are measured beside it."""

    name: str
    ms: float
    picture: str | None
    error: str | None
    facts: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return it as the command prints it."""
        said = {"name": self.name, "ok": self.error is None, "ms": round(self.ms), "picture": self.picture}
        return said | self.facts | ({} if self.error is None else {"error": self.error})


class Teller:
    """Runs steps in order and remembers which failed."""

    def __init__(self, day: Day, album: Album) -> None:
        self._day = day
        self._album = album
        self._failed: set[str] = set()
        self._uncaught: list[str] = []

    def tell(self, steps: Sequence[Step]) -> list[Told]:
        """Run every step that can be run."""
        before, sys.excepthook = sys.excepthook, self._on_uncaught
        try:
            return [self._step(number, step) for number, step in enumerate(steps, start=1)]
        finally:
            sys.excepthook = before

    def _step(self, number: int, step: Step) -> Told:
        note(f"{number:02} {step.name}")
        shot = _Shot(self._album, self._day, number, step.name)
        self._day.shoot, self._day.facts = shot.take, {}
        started = time.perf_counter()
        error = self._run(step)
        if shot.file is None and self._day.windows:
            shot.take()
        ms = (time.perf_counter() - started) * 1000
        if error is not None:
            self._failed.add(step.name)
            note(f"   failed: {error}")
        return Told(step.name, ms, shot.file, error, self._day.facts)

    def _run(self, step: Step) -> str | None:
        missing = self._failed.intersection(step.needs)
        if missing:
            return f"needs {', '.join(sorted(missing))}, which failed"
        self._uncaught.clear()
        try:
            step.run(self._day)
        except StepError as error:
            return "; ".join(filter(None, (str(error), self._day.trouble(), *self._uncaught)))
        except Exception as error:  # noqa: BLE001 - a bug fails its step, not the tour
            note(traceback.format_exc())
            return f"{type(error).__name__}: {error}"
        return "; ".join(filter(None, (self._day.trouble(), *self._uncaught))) or None

    def _on_uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Hear of errors in slots, which Qt swallows."""
        note("".join(traceback.format_exception(kind, error, trace)))
        self._uncaught.append(f"{kind.__name__}: {error}")


@dataclass
class _Shot:
    """The one picture of a step: where the step asks for it, else at its end."""

    album: Album
    day: Day
    number: int
    name: str
    file: str | None = None

    def take(self) -> None:
        self.file = self.album.take(self.number, self.name, self.day.windows)
