"""The value of a light; free of Qt so that records may hold it."""

from __future__ import annotations

from enum import StrEnum


class Light(StrEnum):
    """Colour of a light; the value is the letter shown with it."""

    RED = "R"
    YELLOW = "Y"
    GREEN = "G"
    HELD = "-"
