"""How a Chinese name is read; the dictionary is loaded at the first question."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from types import ModuleType

NO_PHRASES = "PYPINYIN_NO_PHRASES"


@lru_cache(maxsize=4096)
def reading(name: str) -> tuple[str, str]:
    """Return pinyin without tones and the initials, character by character; nothing for what needs none."""
    if name.isascii():
        return "", ""
    pypinyin = _pypinyin()
    first = pypinyin.lazy_pinyin(name, style=pypinyin.Style.FIRST_LETTER)
    return "".join(pypinyin.lazy_pinyin(name)), "".join(first)


@cache
def _pypinyin() -> ModuleType:
    """Load the readings of characters; those of 47,000 phrases would cost every desk 45 MB."""
    before = os.environ.get(NO_PHRASES)
    os.environ[NO_PHRASES] = "true"
    try:
        import pypinyin
    finally:
        if before is None:
            del os.environ[NO_PHRASES]
    return pypinyin
