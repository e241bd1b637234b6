"""Find names by what somebody types: Chinese, pinyin or initials. No Qt."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

V = TypeVar("V")
KEPT = 32  # results that narrowing can go on from, or come back to
SCATTERED = 30  # below whatever has the words in one piece
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
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
    all: str = field(init=False, repr=False, compare=False)  # every text, a line each

    def __post_init__(self) -> None:
        texts = {
            "_name": fold(self.name),
            "_pinyin": fold(self.pinyin),
            "_initials": fold(self.initials),
            "_also": f" {self.also.casefold()}",
        }
        for name, text in (texts | {"all": "\n".join(texts.values())}).items():
            object.__setattr__(self, name, text)

    def matches(self, word: str) -> bool:
        """Say whether a folded word is here in one piece, or its letters in their order in one text."""
        return word in self.all or _is_subsequence(word, self._name) or _is_subsequence(word, self._initials)

    def score(self, word: str) -> int:
        """Rate one folded word that is here in one piece: more is better."""
        name, initials, pinyin = self._name, self._initials, self._pinyin
        if name.startswith(word):
            return 100 if word == name else 90
        if initials.startswith(word):
            return 85 if word == initials else 80
        if pinyin.startswith(word):
            return 83 if word == pinyin else 78
        if f" {word}" in self._also:
            return 100 if len(word) + 1 == len(self._also) else 75
        if word in name:
            return 70
        return 60 if word in initials else 50


Matches = list[tuple[int, Entry[V]]]


def search(typed: str, entries: Iterable[Entry[V]], limit: int = 20) -> list[tuple[int, Entry[V]]]:
    """Return the best entries, best first; every typed word must match; short names win ties."""
    return Names(entries).search(typed, limit)


class Names(Generic[V]):
    """Many entries, searched while somebody types: a letter more looks only through what was left before."""

    def __init__(self, entries: Iterable[Entry[V]]) -> None:
        self._entries = tuple(entries)
        self._left: tuple[tuple[Words, Matches[V]], ...] = ()  # the narrowest last; replaced as a whole

    def search(self, typed: str, limit: int = 20) -> Matches[V]:
        """Return the best entries as `search` does; from any thread."""
        words = tuple(fold(word) for word in typed.split())
        if not words:
            return []
        kept = [each for each in self._left if _narrows(words, each[0])]
        if kept and kept[-1][0] == words:
            matches = kept[-1][1]
        else:
            matches = _rated(words, [entry for _, entry in kept[-1][1]] if kept else self._entries)
            self._left = (*kept, (words, matches))[-KEPT:]
        best = heapq.nsmallest(limit, matches, key=_rank)
        return best if len(best) == limit else best + self._scattered(words, matches)[: limit - len(best)]

    def _scattered(self, words: Words, matches: Matches[V]) -> Matches[V]:
        """Return what has the words' letters, but not each word in one piece; one letter is always in one."""
        found = {id(entry) for _, entry in matches}
        first, *others = set("".join(words))
        left = [entry for entry in self._entries if first in entry.all]
        for letter in others:
            left = [entry for entry in left if letter in entry.all]
        rest = (
            (SCATTERED, entry) for entry in left if id(entry) not in found and all(map(entry.matches, words))
        )
        return sorted(rest, key=_rank)


def fold(text: str) -> str:
    """Make text comparable: no case, no spaces, no apostrophes between syllables."""
    return text.casefold().replace(" ", "").replace("'", "")


def _narrows(words: Words, before: Words) -> bool:
    """Say whether what has `words` has those before: the same with letters or words more."""
    return len(words) >= len(before) and all(map(str.startswith, words, before))


def _rated(words: Words, entries: Sequence[Entry[V]]) -> Matches[V]:
    for word in words:
        entries = [entry for entry in entries if word in entry.all]
    if len(words) == 1:
        return [(entry.score(words[0]), entry) for entry in entries]
    return [(sum(map(entry.score, words)) // len(words), entry) for entry in entries]


def _rank(match: tuple[int, Entry[V]]) -> tuple[int, int]:
    return -match[0], len(match[1].name)


def _is_subsequence(word: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in word)
