"""From packets to pictures: what is decoded, what is left out when late, and how pictures become images."""

from __future__ import annotations

import time
from collections.abc import Iterator

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from console.video.damage import Damage
from console.video.failure import StreamFailure
from console.video.lag import Lag, Pace
from console.video.player import WIDTH_STEP, Trouble
from console.video.ring import Packet

LUMP_S = 0.5  # a packet that was waited for so long …
LUMPS = 2  # … so many times: the stream comes in lumps
MOST_UNREADABLE = 250  # packets in a row without a picture: nothing here reads this


class Decoder:
    """Decode one stream, in its player's thread."""

    def __init__(self, container: InputContainer, protocol: str) -> None:
        """`protocol` as of a `Source`: HLS comes some seconds at a time, and MP4 may."""
        self.stream = _picture_stream(container)
        self.lag = Lag()
        self.damage = Damage()
        self._pace = Pace() if protocol == "hls" else None  # holds pictures back until they are due
        self._may_lump = protocol == "mp4"
        self._lumps = 0
        self._scaler = VideoReformatter()
        self._unreadable = 0
        self._waited_s = 0.0

    def pictures(self, packet: Packet, waited_s: float) -> Iterator[VideoFrame]:
        """Return what a packet completes; key frames only while far behind."""
        self._waited_s = waited_s
        if self._may_lump and self._pace is None and waited_s > LUMP_S:
            self._lumps += 1
            if self._lumps == LUMPS:
                self._pace, self.lag = Pace(), Lag()
        if self._pace is None:
            pts_s = None if packet.pts is None else float(packet.pts * packet.time_base)
            self.lag.note(pts_s, time.monotonic(), waited_s=waited_s, is_key=packet.is_keyframe)
        self.stream.codec_context.skip_frame = "NONKEY" if self.lag.is_keys_only else "DEFAULT"
        self._unreadable += 1
        try:
            found = packet.decode()
        except av.error.InvalidDataError:
            found = []
        if found:
            self._unreadable = 0
        elif self._unreadable > MOST_UNREADABLE:
            raise StreamFailure(Trouble.CODEC, self.name())
        for picture in found:
            if not self.lag.is_keys_only:
                self.damage.note(picture.time, is_corrupt=picture.is_corrupt)
            yield picture

    def hold_s(self, picture: VideoFrame) -> float:
        """Return how long to wait before a picture is shown."""
        if self._pace is None or picture.time is None:
            return 0.0
        return self._pace.wait_s(picture.time, time.monotonic(), waited_s=self._waited_s)

    def late_s(self) -> float:
        """Return how far the last picture is behind what came."""
        return self.lag.late_s if self._pace is None else self._pace.late_s

    def image(self, picture: VideoFrame, room: QSize) -> tuple[QImage, VideoFrame]:
        """Return a picture scaled into `room` device pixels, and what owns its pixels."""
        size = QSize(picture.width, picture.height)
        if not room.isEmpty():
            size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        width = max(WIDTH_STEP, size.width() - size.width() % WIDTH_STEP)
        scaled = self._scaler.reformat(picture, width, size.height(), "bgra", threads=1)
        return wrapped(scaled), scaled

    def name(self) -> str:
        """Name the codec."""
        return str(self.stream.codec_context.name)


def full_image(picture: VideoFrame) -> QImage:
    """Return a picture in its own size, with pixels of its own; from any thread."""
    return wrapped(VideoReformatter().reformat(picture, format="bgra", threads=1)).copy()


def wrapped(picture: VideoFrame) -> QImage:
    """Return an image on the pixels of a BGRA picture, which must outlive it."""
    plane = picture.planes[0]
    return QImage(
        memoryview(plane), picture.width, picture.height, plane.line_size, QImage.Format.Format_RGB32
    )


def _picture_stream(container: InputContainer) -> VideoStream:
    for stream in container.streams.video:
        if not stream.codec_context:  # of a codec FFmpeg has no name for
            break
        stream.thread_type = "SLICE"
        stream.codec_context.thread_count = 1
        return stream
    raise StreamFailure(Trouble.CODEC, "no picture that can be decoded")
