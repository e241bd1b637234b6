"""A picture as it is kept: as the camera sent it, and a copy that says where, when, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from PySide6.QtGui import QImage

from console.kit.picture import JPEG, JPEG_QUALITY, PNG, PNG_QUALITY, encoded, thumb_of, with_strip


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file and its digest."""

    content: bytes
    sha256: bytes

    @classmethod
    def of(cls, content: bytes) -> KeptFile:
        """Take the digest here, before anything leaves this desk."""
        return cls(content, sha256(content).digest())


@dataclass(frozen=True, slots=True)
class StillFiles:
    """The files of one picture."""

    original: KeptFile  # PNG: every pixel as it was decoded
    burned: KeptFile  # JPEG with the strip
    thumb: bytes


def still_files(image: QImage, lines: Sequence[str]) -> StillFiles:
    """Encode a picture in full resolution; 0.1 to 0.5 s, so in a worker."""
    burned = with_strip(image, lines)
    return StillFiles(
        KeptFile.of(encoded(image, PNG, PNG_QUALITY)),
        KeptFile.of(encoded(burned, JPEG, JPEG_QUALITY)),
        thumb_of(image),
    )
