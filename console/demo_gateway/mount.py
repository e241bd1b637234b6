"""One stream of the demo gateway: pictures at their moments, as RTP packets, to whoever looks."""

from __future__ import annotations

import asyncio
import secrets
import struct
import time
from collections.abc import Sequence
from typing import Protocol

from console.demo_gateway.media import CLOCK, TYPE, Loop, Unit


class Receiver(Protocol):
    """Whoever looks."""

    needs_key: bool

    def send(self, packets: Sequence[bytes]) -> None:
        """Take one picture."""


class Mount:
    """One stream, the same for all its viewers; runs while somebody looks."""

    def __init__(self, loop: Loop, started: float, phase: int) -> None:
        self.loop = loop
        self.viewers: set[Receiver] = set()
        self._sequence = 0
        self._next = 0
        self._cached: list[list[bytes]] = []  # pictures since the last key frame, as RTP packets
        self._ssrc = secrets.randbits(32)
        self._started = started
        self._phase = phase
        self._task: asyncio.Task[None] | None = None

    def join(self, viewer: Receiver, *, with_cache: bool) -> None:
        """Let a viewer look: from the last key frame on where that is kept, else from the next."""
        if self._task is None or self._task.done():
            self._begin()
        if with_cache:
            for packets in self._cached:
                viewer.send(packets)
            viewer.needs_key = False
        self.viewers.add(viewer)

    def leave(self, viewer: Receiver) -> None:
        """Let a viewer go."""
        self.viewers.discard(viewer)

    def stop(self) -> None:
        """Send nothing more."""
        if self._task is not None:
            self._task.cancel()

    def _begin(self) -> None:
        """Start to send, as if it had sent since the last key frame."""
        self._next = int((time.time() - self._started) * self.loop.fps) + 1
        first = self._next - 1
        while not self._unit(first).is_key:
            first -= 1
        self._cached = [self._packets(number) for number in range(first, self._next)]
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self.viewers:
            wait_s = self._started + self._next / self.loop.fps - time.time()
            await asyncio.sleep(max(0.0, wait_s))
            self._send(self._next)
            self._next += 1

    def _unit(self, number: int) -> Unit:
        return self.loop.units[(number + self._phase) % len(self.loop.units)]

    def _send(self, number: int) -> None:
        is_key = self._unit(number).is_key
        packets = self._packets(number)
        if is_key:
            self._cached.clear()
        self._cached.append(packets)
        for viewer in tuple(self.viewers):
            if is_key:
                viewer.needs_key = False
            if not viewer.needs_key:
                viewer.send(packets)

    def _packets(self, number: int) -> list[bytes]:
        """Return the RTP packets of a picture."""
        payloads = self.loop.payloads((number + self._phase) % len(self.loop.units))
        timestamp = number * CLOCK // self.loop.fps & 0xFFFFFFFF
        packets = []
        for place, payload in enumerate(payloads, start=1):
            marker = (place == len(payloads)) << 7
            head = struct.pack(">BBHII", 0x80, marker | TYPE, self._sequence, timestamp, self._ssrc)
            self._sequence = self._sequence + 1 & 0xFFFF
            packets.append(head + payload)
        return packets
