"""Files of a ticket: what may be added."""

from __future__ import annotations

from pathlib import Path

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
    "video/mp4": ".mp4",
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
    """Only pictures, PDF, audio and video may be added."""


# The handler of a track of pictures: an MP4 file without one is sound.
VIDEO_TRACK = b"hdlr" + bytes(8) + b"vide"


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
            return "video/mp4" if media_type == "audio/mp4" and VIDEO_TRACK in content else media_type
    raise FileTypeRefused
