"""The last seconds of a stream as it was sent, and who takes a copy of it."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any

import av

if TYPE_CHECKING:
    from av.video.stream import VideoStream

    from console.video.player import PacketSink

log = logging.getLogger("console.video")

KEPT_S = 8.0
KEPT_BYTES = 8_000_000

Packet = Any  # av.Packet is generic over the kind of its stream, which nobody here cares about


class Ring:
    """Packets since a key frame at least `KEPT_S` ago, and the sinks that get each packet as it comes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._groups: deque[list[tuple[float, Packet]]] = deque()  # each begins with a key frame
        self._bytes = 0
        self._wishes: list[tuple[PacketSink, float]] = []
        self._leaving: list[PacketSink] = []
        self._sinks: list[PacketSink] = []

    def tee(self, sink: PacketSink, pre_roll_s: float) -> None:
        """Take a sink in; from any thread."""
        with self._lock:
            self._wishes.append((sink, pre_roll_s))

    def untee(self, sink: PacketSink) -> None:
        """Let a sink go; from any thread."""
        with self._lock:
            self._wishes = [wish for wish in self._wishes if wish[0] is not sink]
            if sink in self._sinks:
                self._leaving.append(sink)

    def put(self, packet: Packet, stream: VideoStream) -> None:
        """Keep a packet and hand it on; in the player's thread, as all that follows."""
        self._keep(packet)
        for sink in self._sinks:
            self._give(sink, packet)
        self.look(stream)

    def look(self, stream: VideoStream) -> None:
        """Let in who waits and out who leaves."""
        with self._lock:
            wishes, self._wishes = self._wishes if self._groups else [], [] if self._groups else self._wishes
            leaving, self._leaving = self._leaving, []
        for sink in leaving:
            self._end(sink, "untee")
        for sink, pre_roll_s in wishes:
            self._begin(sink, pre_roll_s, stream)

    def end(self, reason: str) -> None:
        """Let everything go: this stream is over, and no sink gets another one."""
        for sink in tuple(self._sinks):
            self._end(sink, reason)
        self._groups.clear()
        self._bytes = 0

    def _keep(self, packet: Packet) -> None:
        now = time.monotonic()
        if packet.is_keyframe:
            self._groups.append([])
        if not self._groups:
            return
        self._groups[-1].append((now, packet))
        self._bytes += packet.size
        while len(self._groups) > 1 and (self._groups[1][0][0] < now - KEPT_S or self._bytes > KEPT_BYTES):
            self._bytes -= sum(packet.size for _, packet in self._groups.popleft())

    def _begin(self, sink: PacketSink, pre_roll_s: float, stream: VideoStream) -> None:
        self._sinks.append(sink)
        since = time.monotonic() - pre_roll_s
        starts = [place for place, group in enumerate(self._groups) if group[0][0] <= since]
        first = starts[-1] if starts else 0
        try:
            sink.begin(stream)
        except Exception:  # a sink is somebody else's: whatever it meets, the picture goes on
            log.exception("clip failed")
            self._end(sink, "failed")
            return
        for group in list(self._groups)[first:]:
            for _, packet in group:
                self._give(sink, packet)

    def _give(self, sink: PacketSink, packet: Packet) -> None:
        if sink not in self._sinks:
            return
        try:
            sink.packet(_copy(packet))
        except Exception:
            log.exception("clip failed")
            self._end(sink, "failed")

    def _end(self, sink: PacketSink, reason: str) -> None:
        if sink in self._sinks:
            self._sinks = [each for each in self._sinks if each is not sink]
            try:
                sink.end(reason)
            except Exception:
                log.exception("clip failed")


def _copy(packet: Packet) -> Packet:
    """Return a packet of the sink's own: a muxer changes what it is given."""
    copied: Packet = av.Packet(bytes(packet))
    copied.pts, copied.dts, copied.duration = packet.pts, packet.dts, packet.duration
    copied.time_base = packet.time_base
    copied.is_keyframe = packet.is_keyframe
    return copied
