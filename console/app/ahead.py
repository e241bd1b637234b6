"""What a start does before Qt is imported; together it takes a third off.

Qt's import hook makes every later import about twice as dear, and a start leaves the collector nothing to
find: the console's own takes over with its first worker thread (kit.collector).
"""

from __future__ import annotations

import gc
import importlib

WITHOUT_QT = ("db.engine", "db.model", "pydantic", "typer", "cryptography.fernet", "sqlite3")


def go_ahead() -> None:
    """Import the large libraries that are not Qt, and keep the collector out of the way."""
    gc.disable()
    for name in WITHOUT_QT:
        importlib.import_module(name)
