"""A private place for files that other programs of the desk show."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

FOLDERS = "liangdeng-files-"


class PrivateFolder:
    """A folder only this account may read; gone with the page."""

    def __init__(self) -> None:
        prefix = f"{FOLDERS}{os.getpid()}-"
        self._folder = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)

    def write(self, name: str, content: bytes) -> Path:
        """Put a file there; the name is ours, so that no stored name can point elsewhere."""
        path = self.path(name)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        return path

    def path(self, name: str) -> Path:
        """Return where a file of ours goes."""
        return Path(self._folder.name) / name

    def remove(self) -> None:
        """Delete the folder and what is in it."""
        self._folder.cleanup()


def remove_leftovers() -> None:
    """Delete the private folders of consoles that ended without doing so."""
    for folder in dead_folders(FOLDERS):
        shutil.rmtree(folder, ignore_errors=True)  # another account's folder stays


def dead_folders(prefix: str) -> Iterator[Path]:
    """Yield the folders of consoles that run no more, by the number of the process in their name."""
    for folder in list(Path(tempfile.gettempdir()).glob(f"{prefix}*")):
        owner = folder.name.removeprefix(prefix).partition("-")[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            yield folder
