"""Why somebody looks: asked before the first picture, kept while the same matter goes on (R702)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LEAST = 4  # characters of a reason; the database refuses less


@dataclass(frozen=True, slots=True)
class Errand:
    """A reason in words, and the ticket it serves, where there is one."""

    reason: str
    ticket_id: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """What somebody is at: a ticket, or nothing in particular."""

    ticket_id: int | None = None
    number: str = ""


class Errands:
    """The errands of one wall, by matter; forgotten when nothing is open any more."""

    def __init__(self, ask: Callable[[Matter, Callable[[Errand], None]], None]) -> None:
        self._ask = ask
        self._known: dict[int | None, Errand] = {}
        self.matter = Matter()

    def current(self) -> Errand | None:
        """Return the errand of the present matter."""
        return self._known.get(self.matter.ticket_id)

    def run(self, then: Callable[[Errand], None]) -> None:
        """Go on with the errand of the present matter; ask for it first when there is none."""
        known = self.current()
        if known is None:
            self._ask(self.matter, then)
        else:
            then(known)

    def take(self, errand: Errand) -> None:
        """Keep an errand; what it names is the matter from now on."""
        self.matter = Matter(errand.ticket_id, errand.number)
        self._known[errand.ticket_id] = errand

    def forget(self) -> None:
        """Ask again next time."""
        self._known.clear()
