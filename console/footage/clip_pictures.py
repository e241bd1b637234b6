"""The pictures of a kept clip, one size for all of them. Called in a worker."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from console.footage.clip import EmptyClip


def opened(content: bytes) -> InputContainer:
    """Open a clip; raises `EmptyClip` for what is none."""
    try:
        clip = av.open(BytesIO(content), "r")
    except av.FFmpegError as error:
        raise EmptyClip from error
    if not clip.streams.video:
        clip.close()
        raise EmptyClip
    return clip


def size_of(stream: VideoStream) -> QSize:
    """Return the size pictures have here: even, as encoders want it."""
    return QSize(stream.width & ~1, stream.height & ~1)


def seconds_of(clip: InputContainer) -> float:
    """Return how long a clip is."""
    return (clip.duration or 0) / av.time_base


def pictures(clip: InputContainer, size: QSize) -> Iterator[tuple[VideoFrame, QImage]]:
    """Yield each picture that can be decoded, and an image of its pixels in `size`, to be drawn on.

    A camera may change its size on the way; an area drawn on one picture must lie at the same place of all.
    Pixels and time are all it has: what else a camera puts beside a picture FFmpeg would carry on.
    """
    stream = clip.streams.video[0]
    for packet in clip.demux(stream):
        try:
            found = packet.decode()
        except av.error.InvalidDataError:  # damaged when it was sent
            continue
        for frame in found:
            pixels = frame.reformat(size.width(), size.height(), "bgra").to_ndarray()
            bare = VideoFrame.from_numpy_buffer(pixels, "bgra")
            bare.pts, bare.time_base = frame.pts, frame.time_base
            height, width = pixels.shape[:2]
            yield bare, QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32)


def picture_at(content: bytes, at_s: float) -> QImage:
    """Return the picture a clip shows `at_s` seconds after its beginning; raises `EmptyClip`."""
    with opened(content) as clip:
        stream = clip.streams.video[0]
        at = (stream.start_time or 0) + round(at_s / (stream.time_base or 1))
        clip.seek(at, stream=stream)
        shown: QImage | None = None
        for frame, image in pictures(clip, size_of(stream)):
            if shown is not None and frame.pts is not None and frame.pts > at:
                break
            shown = image.copy()
    if shown is None:
        raise EmptyClip
    return shown


def look_into(content: bytes) -> tuple[float, QImage]:
    """Return how many seconds a clip has, and its first picture; raises `EmptyClip`."""
    with opened(content) as clip:
        seconds = seconds_of(clip)
    return seconds, picture_at(content, 0.0)
