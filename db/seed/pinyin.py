"""Latin keys of Chinese names: to sort by without ICU and to find by typing letters."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin


class Spelling(NamedTuple):
    """Full pinyin and first letters of a name, lower case, without spaces."""

    pinyin: str
    initials: str


@cache
def spell(name: str) -> Spelling:
    """Spell a name; latin letters and digits stay, everything else falls away."""
    kept = "".join(character for character in name.lower() if character.isalnum())
    # A list of letters is a documented answer of `errors`, missing in the package's types.
    syllables = lazy_pinyin(kept, style=Style.NORMAL, errors=list)  # type: ignore[arg-type]
    return Spelling("".join(syllables), "".join(syllable[0] for syllable in syllables))
