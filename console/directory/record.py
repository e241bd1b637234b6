"""Names and trees every room looks up: territories, units, categories, codes, people, working days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from console.directory.calendar import Workdays
from console.kit.fuzzy import Entry, Names

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Me:
    """The person at this desk, as api.me() knows them."""

    login: str
    name: str
    unit_id: int
    unit: str
    duties: tuple[str, ...]
    district_id: int
    district: str
    district_en: str
    scope: str
    language: str
    now: datetime
    is_demo: bool
    tz: str

    def district_in(self, language: str) -> str:
        """Return the district's name in a language."""
        return self.district_en if language == ENGLISH else self.district


@dataclass(frozen=True, slots=True)
class Territory:
    """One node of the territory tree: district, street or town, 管区, grid."""

    id: int
    parent_id: int | None
    level: int
    kind: str
    code: str
    name: str
    pinyin: str
    initials: str
    town_id: int | None
    area_id: int | None
    grid_id: int | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Unit:
    """One node of the unit tree."""

    id: int
    parent_id: int | None
    root_id: int | None
    kind: str
    territory_id: int | None
    code: str
    name: str
    short_name: str
    pinyin: str
    initials: str
    takes_tickets: bool


@dataclass(frozen=True, slots=True)
class Category:
    """One node of the category tree: domain, class, item."""

    id: int
    parent_id: int | None
    domain_id: int | None
    level: int
    code: str
    name_zh: str
    name_en: str
    pinyin: str
    initials: str
    field10: str | None
    for_community: bool
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class Code:
    """A word of a short list: a channel, kind, source, state, action, or reason."""

    code: str
    name_zh: str
    name_en: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class State(Code):
    """A ticket state with what it means for the clock."""

    is_open: bool = True
    clock: str = "none"


@dataclass(frozen=True, slots=True)
class Reason(Code):
    """An entry of a reason list with its legal basis."""

    list: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """A colleague as everybody may see them."""

    login: str
    name: str
    unit_id: int
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridWorker:
    """Who covers a grid."""

    id: int
    territory_id: int
    name: str
    phone: str
    post: str
    department: str | None


@dataclass(frozen=True)
class Directory:
    """Everything rooms look up by id, in one language; replaced as a whole when it changes."""

    language: str
    territories: Mapping[int, Territory]
    units: Mapping[int, Unit]
    categories: Mapping[int, Category]
    channels: Mapping[str, Code]
    kinds: Mapping[str, Code]
    sources: Mapping[str, Code]
    states: Mapping[str, State]
    actions: Mapping[str, Code]
    reasons: Mapping[str, tuple[Reason, ...]]
    staff: Mapping[str, Staff]
    workdays: Workdays
    grid_workers: Mapping[int, tuple[GridWorker, ...]] = field(default_factory=dict)

    def label(self, item: Code | Category) -> str:
        """Return the name of a two-language item in this directory's language."""
        return item.name_en if self.language == ENGLISH else item.name_zh

    def code_name(self, table: Mapping[str, Code], code: str | None) -> str:
        """Return the name of a code in one of the directory's lists; the bare code when it is not known."""
        if code is None:
            return ""
        item = table.get(code)
        return code if item is None else self.label(item)

    def category_name(self, category_id: int | None) -> str:
        """Return the category's own name."""
        item = self.categories.get(category_id) if category_id is not None else None
        return "" if item is None else self.label(item)

    def category_path(self, category_id: int | None) -> str:
        """Return domain › class › item."""
        return " › ".join(self.label(item) for item in reversed(list(_line(self.categories, category_id))))

    def place_path(self, territory_id: int | None) -> str:
        """Return street › 管区 › grid, without the district."""
        return " › ".join(
            item.name for item in reversed(list(_line(self.territories, territory_id))) if item.level > 1
        )

    def unit_name(self, unit_id: int | None) -> str:
        """Return the unit's short name."""
        item = self.units.get(unit_id) if unit_id is not None else None
        return "" if item is None else item.short_name

    def staff_name(self, login: str | None) -> str:
        """Return the colleague's name; the bare login when unknown."""
        if login is None:
            return ""
        person = self.staff.get(login)
        return login if person is None else person.name

    def reason_name(self, list_name: str, code: str | None) -> str:
        """Return the name of an entry of a reason list."""
        found = next((item for item in self.reasons.get(list_name, ()) if item.code == code), None)
        return (code or "") if found is None else self.label(found)

    def find_territories(self, typed: str, limit: int = 20) -> list[Territory]:
        """Find places by Chinese, pinyin or initials, best first."""
        return [entry.value for _, entry in self.territory_names.search(typed, limit)]

    def find_units(self, typed: str, limit: int = 20) -> list[Unit]:
        """Find units by Chinese, pinyin or initials, best first."""
        return [entry.value for _, entry in self.unit_names.search(typed, limit)]

    def find_categories(self, typed: str, limit: int = 20) -> list[Category]:
        """Find categories by Chinese, pinyin, initials or English, best first."""
        return [entry.value for _, entry in self.category_names.search(typed, limit)]

    @cached_property
    def territory_names(self) -> Names[Territory]:
        """Return the places as the fuzzy search reads them."""
        return Names(
            Entry(item, item.name, item.pinyin, item.initials, item.code)
            for item in self.territories.values()
        )

    @cached_property
    def unit_names(self) -> Names[Unit]:
        """Return the units as the fuzzy search reads them."""
        return Names(
            Entry(item, item.name, item.pinyin, item.initials, item.code) for item in self.units.values()
        )

    @cached_property
    def category_names(self) -> Names[Category]:
        """Return the categories as the fuzzy search reads them."""
        return Names(
            Entry(item, item.name_zh, item.pinyin, item.initials, item.name_en)
            for item in self.categories.values()
        )

    def workers_of(self, territory_id: int | None) -> tuple[GridWorker, ...]:
        """Return the grid workers of the nearest territory that has some."""
        for item in _line(self.territories, territory_id):
            if item.id in self.grid_workers:
                return self.grid_workers[item.id]
        return ()


_Node = TypeVar("_Node", Territory, Category)


def _line(tree: Mapping[int, _Node], node_id: int | None) -> Iterator[_Node]:
    node = tree.get(node_id) if node_id is not None else None
    while node is not None:
        yield node
        node = tree.get(node.parent_id) if node.parent_id is not None else None
