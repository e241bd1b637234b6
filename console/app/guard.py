"""Refuse to start on a Python and PySide6 that crash together."""

from __future__ import annotations

import sys
from importlib.metadata import version


def bad_pair(python: tuple[int, int], pyside: tuple[int, int]) -> str | None:
    """Say why these versions must not meet; None when they may."""
    if pyside >= (6, 12) and python < (3, 12):
        return (
            f"PySide6 {pyside[0]}.{pyside[1]} aborts on Python {python[0]}.{python[1]}: it drops references "
            "of None, True and False. Install PySide6-Essentials below 6.12, or Python 3.12 or newer."
        )
    return None


def refuse_bad_pair() -> None:
    """Exit with the reason before Qt is imported."""
    major, minor = version("PySide6-Essentials").split(".")[:2]
    reason = bad_pair(sys.version_info[:2], (int(major), int(minor)))
    if reason:
        sys.exit(reason)
