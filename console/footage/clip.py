"""A clip: the stream's own packets, not encoded again, so that the file is what the camera sent.

While it is written it is a fragmented MP4 in a sealed file: after a power cut everything up to the last key
frame can be read. When it ends it is copied once more, in memory, into an MP4 that begins to play at once.
"""

from __future__ import annotations

import io
import queue
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

import av
from PySide6.QtGui import QImage

from console.kit.picture import thumb_of

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.video.stream import VideoStream

    from console.kit.seal import SealedWriter

# flush_packets: else up to 32 kB wait in FFmpeg's own buffer, and a power cut takes them.
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov+default_base_moof", "flush_packets": "1"}
AT_ONCE = {"movflags": "faststart"}
MOST_BYTES = 60 << 20  # what the database takes, less what a container adds
MOST_S = 10 * 60.0


class EmptyClip(Exception):
    """Not one picture came."""


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What is known of a finished clip."""

    content: bytes
    seconds: float
    thumb: bytes


class ClipRecorder:
    """A sink of a player (`PacketSink`): takes packets in the player's thread, writes in one of its own.

    `begin_file()` is called in the player's thread, once a stream is there; `ended(recorder)` in the writer's
    when nothing more comes, or the clip is as long as it may be. `problem` is what kept it from going on: an
    OSError of the disk, else the kind of the stream.
    """

    def __init__(self, begin_file: Callable[[], SealedWriter], ended: Callable[[ClipRecorder], None]) -> None:
        self.reason = ""
        self.problem: Exception | None = None
        self.bytes = 0
        self.last_mono: float | None = None  # time.monotonic() of the last packet
        self.pts_from: float | None = None
        self.pts_until: float | None = None
        self._begin_file = begin_file
        self._ended = ended
        self._file: SealedWriter | None = None
        self._output: OutputContainer | None = None
        self._stream: VideoStream | None = None
        self._waiting: queue.SimpleQueue[av.Packet[Any] | None] = queue.SimpleQueue()
        self._last_dts: int | None = None
        self._is_full = False
        self._thread = threading.Thread(target=self._write, name="clip", daemon=True)

    def begin(self, stream: VideoStream) -> None:
        """Open the file; called once more after a broken stream came back, which ends the clip."""
        if self._output is not None:
            return
        try:
            file = self._begin_file()
            with ExitStack() as undo:  # what fails here has not begun: `end` tells of it at once
                undo.callback(file.close)
                output = av.open(file, "w", format="mp4", options=FRAGMENTED)
                self._stream = _copied(output, stream)
                undo.pop_all()
        except (OSError, av.FFmpegError, ValueError) as error:
            self.problem = error
            raise
        self._file, self._output = file, output
        self._thread.start()

    def packet(self, packet: av.Packet[Any]) -> None:
        """Take a packet; the writer muxes it when the disk is ready."""
        if not self._is_full:
            self.last_mono = time.monotonic()
            self._waiting.put(packet)

    def end(self, reason: str) -> None:
        """Close the file; more than once does no harm."""
        self.reason = self.reason or reason
        if self._output is None:
            self._ended(self)
        else:
            self._waiting.put(None)

    def has_begun(self) -> bool:
        """Say whether a stream has come; then its player ends the clip."""
        return self._output is not None

    def seconds(self) -> float:
        """Return how long it is so far."""
        return 0.0 if self.pts_from is None or self.pts_until is None else self.pts_until - self.pts_from

    def _write(self) -> None:
        assert self._output is not None
        assert self._file is not None
        held: list[av.Packet[Any]] = []  # the first of a stream has no time until the second tells its own
        try:
            while (packet := self._waiting.get()) is not None:
                held.append(packet)
                if packet.pts is not None:
                    _date(held)
                    for each in held:
                        self._mux(each)
                    held.clear()
        except (OSError, av.FFmpegError) as error:
            self.problem = error
            self._is_full = True
        finally:
            for close in (self._output.close, self._file.close):
                try:
                    close()
                except (OSError, av.FFmpegError) as error:  # the disk is full, as a rule
                    self.problem = self.problem or error
            self._ended(self)

    def _mux(self, packet: av.Packet[Any]) -> None:
        assert self._output is not None
        assert packet.pts is not None
        base = float(packet.time_base or Fraction(1, 90_000))
        if self.pts_from is None:
            self.pts_from = packet.pts * base
        self.pts_until = max(self.pts_until or 0.0, (packet.pts + (packet.duration or 0)) * base)
        dts = packet.dts if packet.dts is not None else packet.pts
        if self._last_dts is not None and dts <= self._last_dts:
            dts = self._last_dts + 1
        self._last_dts = packet.dts = dts
        packet.pts = max(packet.pts, dts)
        packet.stream = self._stream
        self.bytes += packet.size
        self._output.mux(packet)
        if not self._is_full and (self.bytes > MOST_BYTES or self.seconds() > MOST_S):
            self._is_full = True
            self.reason = "full"
            self._waiting.put(None)


def finish(raw: BinaryIO) -> ClipFacts:
    """Copy what was written, whole or cut off, into a clip that begins to play at once.

    Raises `EmptyClip` when there is no picture in it.
    """
    first: float | None = None
    last = 0.0
    made = io.BytesIO()
    again = partial(_again, made)
    try:
        with (
            av.open(raw, "r") as source,
            av.open(made, "w", format="mp4", options=AT_ONCE, io_open=again) as target,
        ):
            stream = source.streams.video[0]
            copied = _copied(target, stream)
            for packet in source.demux(stream):
                if packet.dts is None or packet.pts is None or packet.is_corrupt:
                    continue
                base = float(packet.time_base)
                first = packet.pts * base if first is None else first
                last = max(last, (packet.pts + (packet.duration or 0)) * base)
                packet.stream = copied
                target.mux(packet)
    except (av.FFmpegError, IndexError) as error:
        if first is None:
            raise EmptyClip from error
    if first is None:
        raise EmptyClip
    return ClipFacts(made.getvalue(), last - first, thumb_of(first_picture(made)))


def first_picture(clip: BinaryIO) -> QImage:
    """Return the first picture of a clip."""
    clip.seek(0)
    with av.open(clip, "r") as source:
        for frame in source.decode(video=0):
            pixels = frame.to_ndarray(format="rgb24")
            height, width = pixels.shape[:2]
            return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    raise EmptyClip


class _SecondReader:
    """Reads a clip that is still being written, at a place of its own."""

    def __init__(self, clip: io.BytesIO) -> None:
        self._clip = clip
        self._at = 0

    def read(self, size: int) -> bytes:
        """Read from its own place."""
        writes_at = self._clip.tell()
        self._clip.seek(self._at)
        content = self._clip.read(size)
        self._at = self._clip.tell()
        self._clip.seek(writes_at)
        return content

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move its own place."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._clip.getbuffer().nbytes}[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """Return its own place."""
        return self._at

    def close(self) -> None:
        """Leave the clip open: its writer goes on."""


def _again(clip: io.BytesIO, _name: str, _flags: int, _options: object) -> _SecondReader:
    """Open what is being written once more: that is how FFmpeg makes room for the index at the beginning."""
    return _SecondReader(clip)


def _copied(output: OutputContainer, stream: VideoStream) -> VideoStream:
    made = output.add_stream_from_template(stream)
    if stream.codec_context.name == "hevc":
        made.codec_context.codec_tag = "hvc1"  # players of Windows and Apple refuse hev1
    return made


def _date(held: list[av.Packet[Any]]) -> None:
    """Give packets without a time one before the next, a frame apart."""
    after = held[-1]
    assert after.pts is not None
    base = after.time_base or Fraction(1, 90_000)
    step = after.duration or max(1, round(Fraction(1, 25) / base))
    for back, packet in enumerate(reversed(held[:-1]), start=1):
        packet.pts = after.pts - back * step
        packet.dts = (after.dts if after.dts is not None else after.pts) - back * step
