"""Files of a ticket: what may be added, and a private place to look at them."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import psutil

FOLDERS = "liangdeng-files-"
MOST_BYTES = 20 * 1024 * 1024
SUFFIXES = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
}
# Offset and bytes by which a file of the type is known; the database looks again.
SIGNATURES = (
    ("image/png", ((0, b"\x89PNG\r\n\x1a\n"),)),
    ("image/jpeg", ((0, b"\xff\xd8\xff"),)),
    ("image/webp", ((0, b"RIFF"), (8, b"WEBP"))),
    ("audio/wav", ((0, b"RIFF"), (8, b"WAVE"))),
    ("application/pdf", ((0, b"%PDF-"),)),
    ("audio/ogg", ((0, b"OggS"),)),
    ("audio/mp4", ((4, b"ftyp"),)),
    ("audio/mpeg", ((0, b"ID3"),)),
    ("audio/mpeg", ((0, b"\xff\xfb"),)),
    ("audio/mpeg", ((0, b"\xff\xf3"),)),
    ("audio/mpeg", ((0, b"\xff\xf2"),)),
)


class FileTooLarge(Exception):
    """A file may have at most 20 MB."""


class FileTypeRefused(Exception):
    """Only pictures, PDF and audio may be added."""


def read_file(path: Path) -> tuple[str, bytes]:
    """Return media type and content of a file that may be added."""
    if path.stat().st_size > MOST_BYTES:
        raise FileTooLarge
    content = path.read_bytes()
    return media_type_of(content), content


def media_type_of(content: bytes) -> str:
    """Know a file by its first bytes, whatever its name says."""
    for media_type, signature in SIGNATURES:
        if all(content[at : at + len(part)] == part for at, part in signature):
            return media_type
    raise FileTypeRefused


class PrivateFolder:
    """A folder only this account may read; gone with the page."""

    def __init__(self) -> None:
        prefix = f"{FOLDERS}{os.getpid()}-"
        self._folder = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)

    def write(self, attachment_id: int, media_type: str, content: bytes) -> Path:
        """Put a file there under a name of ours, so that no stored name can point elsewhere."""
        path = self.path(f"{attachment_id}{SUFFIXES.get(media_type, '')}")
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
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        owner = folder.name.removeprefix(FOLDERS).partition("-")[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)  # another account's folder stays
