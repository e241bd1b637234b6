"""Who may see what, said a second time: plain Python over sets, knowing nothing of the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

CENTRE = 0


@dataclass(frozen=True)
class Unit:
    """A unit of the tree; `town` and `area` number the territory it answers for."""

    kind: str
    parent: int
    town: int | None = None
    area: int | None = None


@dataclass(frozen=True)
class Ticket:
    """One ticket: its place, whoever held or assisted it in turn, and who is complained about."""

    place: tuple[int, int] | None
    handlers: tuple[int, ...]
    assists: frozenset[int]
    accused_unit: int | None
    accused_person: int | None
    withdrawn: frozenset[int]
    main: int | None = None
    follows: int | None = None


@dataclass(frozen=True)
class World:
    """Units (the first is the centre), the unit of every person, and tickets."""

    units: tuple[Unit, ...]
    persons: tuple[int, ...]
    tickets: tuple[Ticket, ...]
    areas: tuple[int, ...] = field(default=())  # the town of every area

    def above(self, unit: int) -> Iterator[int]:
        """Yield the unit and every unit above it."""
        yield unit
        while unit != CENTRE:
            unit = self.units[unit].parent
            yield unit

    def branch(self, unit: int) -> int:
        """Return the department a unit belongs to in the end."""
        return next(u for u in self.above(unit) if self.units[u].parent == CENTRE)

    def matter(self, ticket: int) -> set[int]:
        """Return the tickets merged with this one, itself among them."""
        main = self.tickets[ticket].main
        root = ticket if main is None else main
        return {root} | {i for i, t in enumerate(self.tickets) if t.main == root}

    def causes(self, ticket: int) -> set[int]:
        """Return the tickets of this one's matter and of all matters it follows."""
        found: set[int] = set()
        ahead = {ticket}
        while ahead:
            found |= {other for each in ahead for other in self.matter(each)}
            follows = (self.tickets[each].follows for each in found)
            ahead = {each for each in follows if each is not None} - found
        return found

    def is_kept_off(self, person: int, ticket: int) -> bool:
        """R902, R903: accused or withdrawn persons; accused units, all below, and above without custody."""
        causes = [self.tickets[i] for i in self.causes(ticket)]
        if any(person == t.accused_person or person in t.withdrawn for t in causes):
            return True
        unit = self.persons[person]
        accused = {t.accused_unit for t in causes if t.accused_unit is not None}
        if unit == CENTRE:
            return False
        holds = self.tickets[ticket].handlers[-1:] == (unit,)
        return any(a in self.above(unit) or (unit in self.above(a) and not holds) for a in accused)

    def sees(self, person: int, ticket: int) -> bool:
        """Say whether this person may see this ticket."""
        if self.is_kept_off(person, ticket):
            return False
        mine, t = self.units[self.persons[person]], self.tickets[ticket]
        held = [self.units[u] for u in {*t.handlers, *t.assists}]
        match mine.kind:
            case "centre":
                return True
            case "town":
                return (t.place or (None,))[0] == mine.town or mine.town in {u.town for u in held}
            case "area":
                return (t.place or (None, None))[1] == mine.area or mine.area in {u.area for u in held}
        own = self.branch(self.persons[person])
        return any(self.branch(u) == own for u in {*t.handlers, *t.assists})

    def visible(self, person: int) -> set[int]:
        """Return the tickets this person sees."""
        return {i for i in range(len(self.tickets)) if self.sees(person, i)}
