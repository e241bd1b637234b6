"""Find names by what somebody types: Chinese, pinyin or initials. No Qt."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True)
class Entry(Generic[V]):
    """A thing that can be found by name; `also` holds other names (English, code)."""

    value: V
    name: str
    pinyin: str = ""
    initials: str = ""
    also: str = ""
    _name: str = field(init=False, repr=False, compare=False)
    _pinyin: str = field(init=False, repr=False, compare=False)
    _initials: str = field(init=False, repr=False, compare=False)
    _also: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_name", fold(self.name))
        object.__setattr__(self, "_pinyin", fold(self.pinyin))
        object.__setattr__(self, "_initials", fold(self.initials))
        object.__setattr__(self, "_also", self.also.casefold())

    def score(self, word: str) -> int:
        """Rate one folded word against this entry: 0 is no match, more is better."""
        if word == self._name or word == self._also:
            return 100
        if self._name.startswith(word):
            return 90
        if self._initials.startswith(word):
            return 85 if word == self._initials else 80
        if self._pinyin.startswith(word):
            return 83 if word == self._pinyin else 78
        if any(part.startswith(word) for part in self._also.split()):
            return 75
        if word in self._name:
            return 70
        if word in self._initials:
            return 60
        if word in self._pinyin or word in self._also:
            return 50
        if len(word) > 1 and (_is_subsequence(word, self._name) or _is_subsequence(word, self._initials)):
            return 30
        return 0


def search(typed: str, entries: Iterable[Entry[V]], limit: int = 20) -> list[tuple[int, Entry[V]]]:
    """Return the best entries, best first; every typed word must match; short names win ties."""
    words = [fold(word) for word in typed.split()]
    if not words:
        return []
    hits = []
    for number, entry in enumerate(entries):
        scores = [entry.score(word) for word in words]
        if all(scores):
            hits.append((-sum(scores) // len(scores), len(entry.name), number, entry))
    return [(-hit[0], hit[3]) for hit in heapq.nsmallest(limit, hits)]


def fold(text: str) -> str:
    """Make text comparable: no case, no spaces, no apostrophes between syllables."""
    return text.casefold().replace(" ", "").replace("'", "")


def _is_subsequence(word: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in word)
