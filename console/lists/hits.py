"""Where the words of a search stand in a text; no Qt, no SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence

Found = tuple[int, int]
ELLIPSIS = "…"
BEFORE, AFTER = 12, 60
_PLAIN = str.maketrans("０１２３４５６７８９－", "0123456789-")
_PART = re.compile(r"[0-9]+-[0-9]+")


def words_of(typed: str) -> tuple[str, ...]:
    """Return the words as the database reads them; digits also as plain ones, without a dash."""
    found: dict[str, None] = {}
    for word in typed.lower().split():
        plain = word.translate(_PLAIN)
        found |= dict.fromkeys((word, plain))
        if _PART.fullmatch(plain):
            found[plain.replace("-", "")] = None
    return tuple(found)


def spans(text: str, words: Sequence[str]) -> tuple[Found, ...]:
    """Return where words stand, from left to right, what overlaps or touches in one."""
    lower = text.lower()
    if not words or len(lower) != len(text):  # few letters grow when they become small
        return ()
    found = sorted(span for word in words for span in _of_word(lower, word))
    merged: list[Found] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def snippet(text: str, words: Sequence[str]) -> str:
    """Return the surroundings of the first word on one line; nothing where there is none."""
    line = " ".join(text.split())
    places = spans(line, words)
    if not places:
        return ""
    start, end = max(0, places[0][0] - BEFORE), places[0][1] + AFTER
    return (ELLIPSIS if start else "") + line[start:end] + (ELLIPSIS if end < len(line) else "")


def _of_word(text: str, word: str) -> list[Found]:
    """Find a word; digits also across the dash of a ticket number."""
    pattern = "-?".join(word) if word.isascii() and word.isdigit() else re.escape(word)
    return [match.span() for match in re.finditer(pattern, text)]
