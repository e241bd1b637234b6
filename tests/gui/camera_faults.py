"""Gateways that misbehave, on top of the demo's, and what is shared by the tests of players."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from console.demo_gateway import scenes
from console.demo_gateway.gateway import LOOK_S, Gateway, stop_serving
from console.demo_gateway.media import Loop, read_loop
from console.demo_gateway.viewer import HOST
from console.video.av_player import AvPlayer
from console.video.player import Trouble

SCENE = "crossing"
SUB = scenes.SUB
TINY = (320, 180)


class Faulty(Gateway):
    """Shows one scene whatever it is asked for, with the faults set on it; knows no code `none`."""

    def __init__(self, folder: Path, **wishes: Any) -> None:
        super().__init__(folder, **wishes)
        self.is_frozen = False
        self.udp_loss = 0.0
        self.codec = "h264"
        self.size = SUB
        self.changes_size = False
        self.sdp: list[str] | None = None
        self.described = 0
        self._random = random.Random(1)

    async def find_loop(self, path: str) -> Loop | None:
        self.described += 1
        if path.startswith("/none/"):
            return None
        loop = await asyncio.to_thread(self._made, self.size)
        if self.changes_size:
            other = await asyncio.to_thread(self._made, TINY)
            loop = replace(loop, units=loop.units + other.units)
        if self.sdp is not None:
            loop = Silent(loop.codec, loop.fps, loop.units)
            loop.lines = self.sdp
        return loop

    def pass_on(self, packets: Sequence[bytes], *, is_udp: bool) -> Sequence[bytes]:
        if self.is_frozen:
            return ()
        if is_udp and self.udp_loss:
            return [packet for packet in packets if self._random.random() >= self.udp_loss]
        return packets

    def _made(self, size: tuple[int, int]) -> Loop:
        return read_loop(scenes.made(self._folder, SCENE, size, self.codec), scenes.FPS)


class Silent(Loop):
    """A loop that describes itself wrongly."""

    lines: list[str]

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def sdp_lines(self) -> list[str]:
        return self.lines


def all_ended(qtbot: QtBot, players: Sequence[AvPlayer]) -> None:
    """Stop players and wait until their threads are gone."""
    for player in players:
        player.stop()
    qtbot.waitUntil(lambda: not any(player.is_running() for player in players))


LOOKS_AGAIN_S = 5.0  # a stream is to be back within six; the rest is for opening it


def assert_looks_again_soon(player: AvPlayer, qtbot: QtBot) -> None:
    """A server that is gone is looked for in few seconds, whatever the pace of this machine."""
    tries: list[float] = []

    def is_pausing() -> bool:
        state = player.state()
        if state.trouble is Trouble.UNREACHABLE and state.next_try is not None:
            tries.append(state.next_try - time.monotonic())
        return len(tries) > 0

    qtbot.waitUntil(is_pausing)
    assert tries[0] < LOOKS_AGAIN_S


class RawServer:
    """Answers every connection with bytes of a test's choice: `with RawServer(talk) as port`."""

    def __init__(self, talk: Callable[[asyncio.StreamWriter], Coroutine[Any, Any, None]]) -> None:
        self.connections = 0
        self._talk = talk
        self._talks: set[asyncio.Task[Any]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="raw", daemon=True)

    def __enter__(self) -> int:
        self._thread.start()
        self._server = self._call(asyncio.start_server(self._serve, HOST, 0))
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def __exit__(self, *_exception: object) -> None:
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _call(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        try:
            if await reader.read(1):
                await self._talk(writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _end(self) -> None:
        await stop_serving(self._server)
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in self._talks:  # no other: one that is being accepted would leave its socket open
                task.cancel()
            await asyncio.wait(others, timeout=LOOK_S)
        await asyncio.sleep(0)  # sockets are closed in the turn after


async def garbage(writer: asyncio.StreamWriter) -> None:
    """Send noise and hang up."""
    writer.write(random.Random(2).randbytes(200_000))
    await writer.drain()


async def endless_headers(writer: asyncio.StreamWriter) -> None:
    """Begin an answer that never ends."""
    writer.write(b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n")
    while True:
        writer.write(b"X-More: " + b"y" * 2000 + b"\r\n")
        await writer.drain()
        await asyncio.sleep(0.001)


async def nothing(writer: asyncio.StreamWriter) -> None:
    """Take the connection and say nothing."""
    await asyncio.sleep(3600)
