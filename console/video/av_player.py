"""The player on PyAV: demux, decode and scale in a thread per stream, the newest picture in one slot.

Options as measured: `nobuffer` would throw the first key frame away, frame threads add 78 ms, UDP smears
pictures on weak networks. FFmpeg is never asked to log: its texts carry passwords.
"""

from __future__ import annotations

import logging
import os
import random
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import av
import av.error
import av.logging
from av.container import InputContainer
from av.video.frame import VideoFrame
from PySide6.QtCore import QSize

from console.video.decoding import Decoder, full_image
from console.video.failure import StreamFailure, failure_of, reach
from console.video.gate import Gate
from console.video.player import (
    Denied,
    Frame,
    NotNow,
    PacketSink,
    Phase,
    Player,
    PlayerState,
    Source,
    Sources,
    Still,
    Trouble,
)
from console.video.ring import Packet, Ring
from console.video.way import Way

log = logging.getLogger("console.video")
av.logging.set_level(None)

OPEN_S = 16.0  # a gateway waits 15 s for a camera that is absent
READ_S = 1.5
LUMPY_READ_S = {"hls": 12.0, "mp4": 6.0}  # a segment or fragment is waited for until it is whole
PAUSES_S = (0.5, 0.8, 2.0, 3.0, 5.0, 8.0, 13.0, 20.0, 30.0)
UNREACHABLE_PAUSE_S = 4.5  # a dead address costs one packet: a gateway that returns is seen at once
SPREAD = 0.1  # desks that lost the same gateway do not come back in step
STEADY_S = 10.0  # played so long, a stream that breaks is as good as new
PROTOCOLS = "rtp,udp,tcp,tls,rtsp,rtsps,http,https,httpproxy,crypto"  # no address reads this desk's files
NICE = 10
FINAL = frozenset({Trouble.CREDENTIALS, Trouble.REFUSED})  # cameras lock out who tries a wrong password again
BACKEND_ERRORS = (av.error.FFmpegError, OSError, ValueError, RuntimeError)

_names = count(1)


class AvPlayer(Player):
    """One stream by FFmpeg."""

    def __init__(
        self, sources: Sources, gate: Gate | None = None, *, open_s: float = OPEN_S, read_s: float = READ_S
    ) -> None:
        self._sources = sources
        self._gate = gate or Gate()
        self._limits = (open_s, read_s)
        self._stopped = threading.Event()
        self._state = PlayerState()
        self._frame: Frame | None = None
        self._full: tuple[VideoFrame, float] | None = None
        self._room = QSize()
        self._ring = Ring()
        self._way = Way()
        self._numbers = count(1)
        self._thread = threading.Thread(target=self._run, name=f"camera-{next(_names)}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def is_running(self) -> bool:
        return self._thread.is_alive()

    def resize(self, width: int, height: int) -> None:
        self._room = QSize(width, height)

    def frame(self) -> Frame | None:
        return self._frame

    def state(self) -> PlayerState:
        return self._state

    def still(self) -> Still | None:
        full = self._full
        if full is None:
            return None
        picture, taken = full
        ago = timedelta(seconds=time.monotonic() - taken)
        return Still(full_image(picture), taken, datetime.now(UTC) - ago, picture.time)

    def tee(self, sink: PacketSink, pre_roll_s: float = 0.0) -> None:
        self._ring.tee(sink, pre_roll_s)

    def untee(self, sink: PacketSink) -> None:
        self._ring.untee(sink)

    # What follows runs in the thread.

    def _run(self) -> None:
        if sys.platform.startswith("linux"):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
        try:
            while not self._stopped.is_set() and self._state.phase is not Phase.FAILED:
                self._try_once()
        finally:  # an error nobody foresaw goes into the crash record, and the tile does not wait for ever
            self._tell(phase=Phase.STOPPED if self._stopped.is_set() else Phase.FAILED)

    def _try_once(self) -> None:
        began = time.monotonic()
        try:
            self._try()
        except Denied as denied:
            self._tell(phase=Phase.FAILED, trouble=Trouble.REFUSED, error=denied.__cause__ or denied)
        except StreamFailure as failure:
            self._on_failure(failure, began)

    def _tell(self, **changed: Any) -> None:
        self._state = replace(self._state, **changed)

    def _on_failure(self, failure: StreamFailure, began: float) -> None:
        """Say what was wrong, and wait before the next try if there is one."""
        trouble, detail = failure.trouble, failure.detail
        log.info("stream lost trouble=%s detail=%s", trouble, detail)
        was_steady = self._state.phase is Phase.PLAYING and time.monotonic() - began > STEADY_S
        tries = 1 if was_steady else self._state.tries + 1
        if trouble in FINAL:
            self._tell(phase=Phase.FAILED, trouble=trouble, detail=detail, tries=tries)
            return
        pause_s = _pause_s(tries, trouble)
        next_try = time.monotonic() + pause_s
        self._tell(phase=Phase.PAUSING, trouble=trouble, detail=detail, tries=tries, next_try=next_try)
        self._stopped.wait(pause_s)

    def _try(self) -> None:
        """Play until the stream ends. Raises StreamFailure or Denied; returns when stopped."""
        self._tell(phase=Phase.ASKING, next_try=None)
        place = self._gate.enter(self._stopped.is_set)
        try:
            if self._stopped.is_set():
                return
            began = time.monotonic()
            source = self._way.choose(self._addresses())
            self._tell(phase=Phase.CONNECTING)
            container = self._open(source)
        finally:
            self._gate.leave(place)
        try:
            self._play(container, source, began)
        finally:
            self._ring.end("stopped" if self._stopped.is_set() else "broken")
            container.close()

    def _addresses(self) -> Sequence[Source]:
        try:
            return self._sources()
        except NotNow as error:
            raise StreamFailure(Trouble.OFFLINE, type(error.__cause__ or error).__name__) from None

    def _open(self, source: Source) -> InputContainer:
        try:
            reach(source)
            self._tell(phase=Phase.WAITING, transport=self._way.name)
            return _opened(source, self._way.name, self._limits)
        except StreamFailure as failure:
            self._way.note(failure)
            raise

    def _play(self, container: InputContainer, source: Source, began: float) -> None:
        decoder = Decoder(container, source.protocol)
        self._tell(codec=decoder.name())
        failure = StreamFailure(Trouble.ENDED)
        try:
            asked = time.monotonic()
            for packet in container.demux(decoder.stream):
                if self._stopped.is_set():
                    return
                if packet.size:
                    self._take(packet, decoder, began, waited_s=time.monotonic() - asked)
                asked = time.monotonic()
        except StreamFailure as lost:
            failure = lost
        except BACKEND_ERRORS as error:
            failure = failure_of(error)
        self._way.note(failure)
        raise failure

    def _take(self, packet: Packet, decoder: Decoder, began: float, *, waited_s: float) -> None:
        self._ring.put(packet, decoder.stream)
        for picture in decoder.pictures(packet, waited_s):
            hold_s = decoder.hold_s(picture)
            if hold_s:
                self._stopped.wait(hold_s)
            self._show(picture, decoder, began)
        if self._way.has_better and decoder.damage.is_heavy():
            raise StreamFailure(Trouble.GARBAGE, "too much is lost over UDP")

    def _show(self, picture: VideoFrame, decoder: Decoder, began: float) -> None:
        now = time.monotonic()
        taken = now - decoder.late_s()
        self._full = picture, taken
        if not decoder.lag.is_shown(now):
            return
        image, keeper = decoder.image(picture, self._room)
        self._frame = Frame(next(self._numbers), image, taken, keeper)
        if self._state.phase is not Phase.PLAYING or self._state.size != (picture.width, picture.height):
            first_s = self._state.first_picture_s
            self._tell(
                phase=Phase.PLAYING,
                trouble=None,
                detail="",
                size=(picture.width, picture.height),
                first_picture_s=first_s if self._state.phase is Phase.PLAYING else now - began,
            )
        elif self._state.tries and now - began > STEADY_S:
            self._tell(tries=0)


def _opened(source: Source, transport: str, limits: tuple[float, float]) -> InputContainer:
    options = {"analyzeduration": "100000", "probesize": "32000", "protocol_whitelist": PROTOCOLS}
    if source.protocol == "rtsp":
        options["rtsp_transport"] = transport
    if source.protocol == "hls":
        options["live_start_index"] = "-1"
    limits = limits[0], max(limits[1], LUMPY_READ_S.get(source.protocol, 0.0))
    began = time.monotonic()
    try:
        return av.open(source.full_url(), options=options, timeout=limits)
    except BACKEND_ERRORS as error:
        failure = failure_of(error)
    if failure.trouble is Trouble.GARBAGE and time.monotonic() - began >= limits[0]:
        failure = StreamFailure(Trouble.SILENT, "time-out")  # RTSP says "invalid data" when it is cut short
    raise failure  # outside the handler: the error would hang on it with the address and its password


def _pause_s(tries: int, trouble: Trouble) -> float:
    pause_s = PAUSES_S[min(tries, len(PAUSES_S)) - 1]
    if trouble is Trouble.UNREACHABLE:
        pause_s = min(pause_s, UNREACHABLE_PAUSE_S)
    return pause_s * random.uniform(1 - SPREAD, 1 + SPREAD)  # noqa: S311 - no secret
