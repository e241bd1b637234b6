"""What pickers offer: places, units and categories found in the directory. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from console.directory.record import Directory


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that may be picked: its id, its short text, and where it belongs."""

    id: int | str
    text: str
    detail: str = ""


STAFF_SHOWN = 20

Finder = Callable[[Directory, str], Sequence[Choice]]  # called in a worker
Known = Callable[[Any], Choice | None]
DirectoryKnown = Callable[[Directory, Any], Choice | None]


def place_of(directory: Directory, place_id: int) -> Choice | None:
    """Show a place by its whole path, so that two grids of one name differ."""
    place = directory.territories.get(place_id)
    return None if place is None else Choice(place.id, directory.place_path(place.id) or place.name)


def unit_of(directory: Directory, unit_id: int) -> Choice | None:
    """Show a unit by its short name, and its full one where they differ."""
    unit = directory.units.get(unit_id)
    if unit is None:
        return None
    return Choice(unit.id, unit.short_name, "" if unit.name == unit.short_name else unit.name)


def category_of(directory: Directory, category_id: int) -> Choice | None:
    """Show a category by its own name and the path above it."""
    category = directory.categories.get(category_id)
    if category is None:
        return None
    return Choice(category.id, directory.label(category), directory.category_path(category.parent_id))


def staff_of(directory: Directory, login: str) -> Choice | None:
    """Show a colleague by name and unit."""
    person = directory.staff.get(login)
    return None if person is None else Choice(login, person.name, directory.unit_name(person.unit_id))


def find_places(directory: Directory, text: str) -> list[Choice]:
    """Find places by Chinese, pinyin or initials."""
    return _known(place_of(directory, place.id) for place in directory.find_territories(text))


def find_units(directory: Directory, text: str) -> list[Choice]:
    """Find units by Chinese, pinyin or initials."""
    return _known(unit_of(directory, unit.id) for unit in directory.find_units(text))


def find_handlers(directory: Directory, text: str) -> list[Choice]:
    """Find units that take tickets."""
    return _known(unit_of(directory, unit.id) for unit in directory.find_units(text) if unit.takes_tickets)


def find_categories(directory: Directory, text: str) -> list[Choice]:
    """Find categories by Chinese, pinyin, initials or English."""
    return _known(category_of(directory, category.id) for category in directory.find_categories(text))


def find_staff(directory: Directory, text: str) -> list[Choice]:
    """Find colleagues by name or login."""
    hits = (
        person.login for person in directory.staff.values() if text in person.name or text in person.login
    )
    return _known(staff_of(directory, login) for login in islice(hits, STAFF_SHOWN))


def _known(choices: Iterable[Choice | None]) -> list[Choice]:
    return [choice for choice in choices if choice is not None]
