"""A clip copied with something drawn over every picture: a watermark, or areas nobody may look into.

The evidence stays as it is. A copy has the pictures and their times, and nothing else of the original.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import av
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from console.footage.clip import MOST_BYTES, EmptyClip
from console.footage.clip_pictures import opened, pictures, seconds_of, size_of
from console.footage.shielding import Region, cover_layer
from console.kit.picture import mark_layer, thumb_of
from db.whole_file import whole_file

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.video.stream import VideoStream

RATE = 25
CODEC = "libx264"  # not in every build of FFmpeg
PLAIN_BITS = 6_000_000  # a second, without x264
ROOM = 0.9  # of what a clip may have, taken by its pictures
LEAST_S = 1.0

# Hears after each picture which share is done, 0 to 1, and raises what ends the copy.
Step = Callable[[float], None]


def marked_clip(content: bytes, target: Path, mark: str, step: Step) -> None:
    """Write a copy with the watermark; takes about as long as the clip. No half-written file takes its name.

    `target` is in a private folder; the clip without the mark is only in memory. Raises `EmptyClip`, OSError.
    """
    with whole_file(target) as part, part.open("wb") as file:
        _draw_over(content, file, lambda size: mark_layer(size, mark), step)


def shielded_clip(content: bytes, regions: Sequence[Region], step: Step) -> tuple[bytes, bytes]:
    """Return a copy in which the areas are covered in every picture (R706), and its thumb; in memory only.

    Raises `EmptyClip`.
    """
    made = BytesIO()
    first = _draw_over(content, made, lambda size: cover_layer(size, regions), step)
    return made.getvalue(), thumb_of(first)


def _draw_over(content: bytes, target: BinaryIO, layer_of: Callable[[QSize], QImage], step: Step) -> QImage:
    """Copy a clip picture by picture, and return the first one as it is in the copy."""
    first: QImage | None = None
    with opened(content) as clip, av.open(target, "w", format="mp4") as output:
        stream, seconds = clip.streams.video[0], max(LEAST_S, seconds_of(clip))
        size = size_of(stream)
        layer = layer_of(size)
        made = _stream(output, stream, size, seconds)
        last = -1
        for frame, image in pictures(clip, size):
            with QPainter(image) as painter:  # draws into the frame
                painter.drawImage(0, 0, layer)
            first = first or image.copy()
            last = frame.pts = last + 1 if frame.pts is None else max(last + 1, frame.pts)
            output.mux(made.encode(frame))
            step(min(1.0, float(frame.pts * (frame.time_base or 0)) / seconds))
        if first is None:
            raise EmptyClip
        output.mux(made.encode(None))
    return first


def _stream(output: OutputContainer, like: VideoStream, size: QSize, seconds: float) -> VideoStream:
    rate = like.average_rate or RATE
    base = like.time_base or Fraction(1, 90_000)
    most = int(ROOM * MOST_BYTES * 8 / seconds)  # bits a second: the copy must find room where the clip did
    if CODEC in av.codecs_available:
        options = {"preset": "veryfast", "maxrate": str(most), "bufsize": str(most)}
        made = output.add_stream("libx264", rate=rate, options=options)
    else:
        made = output.add_stream("mpeg4", rate=rate)
        made.bit_rate = min(most, PLAIN_BITS)
        base = max(base, Fraction(1, 1000))  # MPEG-4 counts no finer than 1/65535
    made.width, made.height, made.pix_fmt = size.width(), size.height(), "yuv420p"
    made.codec_context.time_base = base
    return made
