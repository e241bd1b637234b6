"""What shows a camera's stream: the interface, behind which another backend could stand.

A player runs in a thread of its own and touches no widget. Whoever shows it asks `frame()` and `state()` on a
timer; nothing is signalled per frame. Every text that leaves a player went through `redact()`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlsplit, urlunsplit

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import av
    from av.video.stream import VideoStream

WIDTH_STEP = 8  # of a scaled picture: other widths cost four times as much to scale

_USERINFO = re.compile(r"(?<=://)[^/@\s]+@")
_SECRET = re.compile(
    r"(?i)\b(sig|sign|secret|token|access-token|api-key|password|pwd|auth|callid)=[^&\s'\"]+"
)


class Phase(StrEnum):
    """What a player is doing."""

    ASKING = "asking"  # for an address
    CONNECTING = "connecting"
    WAITING = "waiting"  # connected, no picture yet
    PLAYING = "playing"
    PAUSING = "pausing"  # before the next try
    FAILED = "failed"  # for good: only a new player tries again
    STOPPED = "stopped"


class Trouble(StrEnum):
    """Why there is no picture."""

    OFFLINE = "offline"  # nobody could be asked for an address
    REFUSED = "refused"  # the database gives no address; `PlayerState.error` says why
    UNREACHABLE = "unreachable"  # no connection
    CREDENTIALS = "credentials"  # wrong, or the signature does not hold
    GATEWAY = "gateway"  # the server says that it cannot, for now
    NO_STREAM = "no_stream"  # the server does not know this stream
    CODEC = "codec"  # there is a stream, and nothing here can decode it
    SILENT = "silent"  # connected, and nothing comes
    GARBAGE = "garbage"  # what comes is no stream
    ENDED = "ended"  # the other side closed a stream that played


@dataclass(frozen=True)
class Source:
    """Where a stream is had. `url` may be signed, and carries no credentials; neither goes into a text."""

    url: str
    protocol: str = "rtsp"  # 'rtsp', 'flv', 'mp4' or 'hls'
    user: str = ""
    password: str = field(default="", repr=False)
    transport: str = "tcp"  # of RTSP, tried first: 'tcp' or 'udp'

    def __repr__(self) -> str:
        return f"Source({self.protocol}, {redact(self.url)})"

    def full_url(self) -> str:
        """Return the URL with credentials: FFmpeg takes them in no other way."""
        if not self.user:
            return self.url
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        userinfo = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return urlunsplit(parts._replace(netloc=f"{userinfo}@{host}"))


class Denied(Exception):
    """There is no address to be had; the cause says why. Nothing is tried again."""


class NotNow(Exception):
    """Nobody could be asked for an address; it is tried again."""


# Called in the player's thread before every try, best source first: it may ask the database, and brings
# a fresh address when the last one has expired. Raises Denied or NotNow.
Sources = Callable[[], Sequence[Source]]


@dataclass(frozen=True)
class Frame:
    """One picture, scaled for its tile. `image` lives as long as this object: copy it to keep it longer."""

    number: int  # grows by one with each picture that is shown
    image: QImage
    taken: float  # time.monotonic() of the moment it stands for, lag counted
    keeper: object = field(repr=False, compare=False)  # owns the pixels


@dataclass(frozen=True)
class Still:
    """One picture in full resolution, with pixels of its own."""

    image: QImage
    taken: float  # time.monotonic()
    taken_at: datetime  # this desk's clock, UTC: place it on server time with the session's clock
    pts_s: float | None  # the stream's own clock


@dataclass(frozen=True)
class PlayerState:
    """What a player can say of itself at a moment."""

    phase: Phase = Phase.ASKING
    trouble: Trouble | None = None  # of the last try that failed; None once it plays
    error: Exception | None = field(default=None, compare=False)  # with REFUSED: what the database said
    detail: str = ""  # the backend's words, redacted
    tries: int = 0  # since the last picture
    next_try: float | None = None  # time.monotonic(), while PAUSING
    first_picture_s: float | None = None  # from the try's beginning
    transport: str = ""  # 'tcp', 'udp', 'http'
    size: tuple[int, int] | None = None  # of the stream
    codec: str = ""


class PacketSink(Protocol):
    """Takes a copy of the stream as it was sent; called in the player's thread, so it must be quick.

    Stream and packets are PyAV's, as a muxer wants them. The first packet is a key frame, up to the wished
    pre-roll ago. pts and dts may be None on a stream's first packet.
    """

    def begin(self, stream: VideoStream) -> None:
        """Take what a muxer must know: `output.add_stream_from_template(stream)`."""

    def packet(self, packet: av.Packet[Any]) -> None:
        """Take one packet, which is the sink's own: a muxer changes what it is given."""

    def end(self, reason: str) -> None:
        """Hear that nothing more comes, because of `untee`, the player's stop or a broken stream."""


class Player(ABC):
    """One stream, opened again by itself. All methods may be called from any thread and return at once."""

    @abstractmethod
    def start(self) -> None:
        """Begin, once."""

    @abstractmethod
    def stop(self) -> None:
        """End soon: at the next packet or time-out, without waiting for it."""

    @abstractmethod
    def is_running(self) -> bool:
        """Say whether its thread still lives; for tests and the end of the program."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Scale pictures to fit into these device pixels, from the next one on."""

    @abstractmethod
    def frame(self) -> Frame | None:
        """Return the newest picture, None before the first; it stays when the stream breaks."""

    @abstractmethod
    def state(self) -> PlayerState:
        """Return what it is doing."""

    @abstractmethod
    def still(self) -> Still | None:
        """Return the newest picture in full resolution; takes milliseconds, so call it in a worker."""

    @abstractmethod
    def tee(self, sink: PacketSink, pre_roll_s: float = 0.0) -> None:
        """Give `sink` the stream from a key frame at least `pre_roll_s` ago, as far as that is kept."""

    @abstractmethod
    def untee(self, sink: PacketSink) -> None:
        """Give it no more; its `end` is called soon."""


def redact(text: str) -> str:
    """Take user, password, signatures and tokens out of a text that may hold an address."""
    return _SECRET.sub(r"\1=***", _USERINFO.sub("***@", text))
