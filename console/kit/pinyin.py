"""How a Chinese name is read; the dictionary is loaded at the first question."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def reading(name: str) -> tuple[str, str]:
    """Return pinyin without tones and the initials; nothing for what needs none."""
    if name.isascii():
        return "", ""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name)), "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
