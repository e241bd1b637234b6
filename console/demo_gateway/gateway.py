"""A small media gateway on loopback for demo, tour, bench and tests: made-up scenes over RTSP.

Every camera code is a mount: `/{code}/main` and `/{code}/sub`. RTP goes interleaved over TCP or by UDP; a
viewer is asked for nothing, a password (basic or digest) or a signed address. Never meant to face a network.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

from console.demo_gateway import scenes
from console.demo_gateway.login import Check, Login, anybody, is_right
from console.demo_gateway.media import Loop, read_loop
from console.demo_gateway.mount import Mount
from console.demo_gateway.viewer import HOST, Viewer

T = TypeVar("T")

LOOK_S = 0.01

SCENE_OF = {
    **dict.fromkeys(("street", "traffic", "school", "crowd"), "crossing"),
    **dict.fromkeys(("plant", "hazmat", "site"), "works"),
    **dict.fromkeys(("forest_fire", "forest_gate"), "forest"),
    **dict.fromkeys(("river", "waterlogging", "reservoir", "coast"), "river"),
}


class Gateway:
    """The server; a test may override `pass_on` and `find_loop` to spoil things."""

    def __init__(
        self,
        folder: Path,
        *,
        check: Check | None = None,
        login: Login | None = None,
        has_cache: bool = True,
        has_tcp: bool = True,
        has_udp: bool = True,
    ) -> None:
        self.login = login
        self.has_cache = has_cache
        self.has_tcp = has_tcp
        self.has_udp = has_udp
        self.check = check or anybody
        self.started = time.time()
        self.viewers: set[Viewer] = set()
        self.wrong_logins = 0
        self.port = 0
        self._folder = folder
        self._mounts: dict[str, Mount] = {}
        self._loops: dict[tuple[str, tuple[int, int]], asyncio.Task[Loop]] = {}
        self._server: asyncio.Server | None = None

    @property
    def base(self) -> str:
        """Return what stands before a path of a mount."""
        return f"rtsp://{HOST}:{self.port}"

    async def open(self, port: int = 0) -> None:
        """Listen, on a port of the system's choice or on the one it had before."""
        self._server = await asyncio.start_server(self._serve, HOST, port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self, *, abruptly: bool = False) -> None:
        """End all viewers and listen no more."""
        if self._server is not None:
            await stop_serving(self._server)
        for viewer in tuple(self.viewers):
            viewer.end(abruptly=abruptly)
        for mount in self._mounts.values():
            mount.stop()
        self._mounts.clear()

    async def warm(self) -> None:
        """Draw and encode what is not there yet."""
        for size in (scenes.SUB, scenes.MAIN):
            for scene in scenes.SCENES:
                await self._loop(scene, size)

    def admits(self, method: str, headers: Mapping[str, str], nonce: str) -> bool:
        """Say whether a request brings the right password, and count those that bring a wrong one."""
        if self.login is None:
            return True
        given = headers.get("authorization", "")
        if not given:
            return False
        fits = is_right(self.login, method, given, nonce)
        self.wrong_logins += not fits
        return fits

    async def mount(self, path: str) -> Mount | None:
        """Return the stream at `/{code}/{main|sub}`, None where there is none."""
        if path not in self._mounts:
            loop = await self.find_loop(path)
            if loop is None:
                return None
            phase = phase_of(path, len(loop.units))
            self._mounts.setdefault(path, Mount(loop, self.started, phase))
        return self._mounts[path]

    async def find_loop(self, path: str) -> Loop | None:
        """Return what a path shows."""
        code, _, stream = path.strip("/").partition("/")
        size = {"main": scenes.MAIN, "sub": scenes.SUB}.get(stream)
        if not code or size is None:
            return None
        return await self._loop(scene_of(code), size)

    def pass_on(self, packets: Sequence[bytes], *, is_udp: bool) -> Sequence[bytes]:
        """Return what of a picture reaches the viewer."""
        return packets

    async def _loop(self, scene: str, size: tuple[int, int]) -> Loop:
        key = (scene, size)
        if key not in self._loops:
            self._loops[key] = asyncio.create_task(asyncio.to_thread(self._read, scene, size))
        return await self._loops[key]

    def _read(self, scene: str, size: tuple[int, int]) -> Loop:
        return read_loop(scenes.made(self._folder, scene, size), scenes.FPS)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        viewer = Viewer(self, reader, writer)
        self.viewers.add(viewer)
        await viewer.serve()


class GatewayThread:
    """A gateway with an event loop of its own: `with GatewayThread(Gateway(…)) as gateway`."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="gateway", daemon=True)

    def __enter__(self) -> Gateway:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.gateway.open(), self._loop).result()
        return self.gateway

    def __exit__(self, *_exception: object) -> None:
        self.run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Let the gateway do something in its thread, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _end(self) -> None:
        while True:
            # Again until nobody is left: one that was being accepted becomes a viewer only now, and politely
            # would wait for players that read no more.
            await self.gateway.close(abruptly=True)
            others = asyncio.all_tasks() - {asyncio.current_task()}
            if not others:
                break
            await asyncio.wait(others, timeout=LOOK_S)
        await asyncio.sleep(0)  # sockets are closed in the turn after


async def stop_serving(server: asyncio.Server) -> None:
    """Listen no more; what was accepted is taken up first, for asyncio would drop it without closing it."""
    for listening in server.sockets:
        asyncio.get_running_loop().remove_reader(listening.fileno())
    await asyncio.sleep(0)
    server.close()


def phase_of(path: str, pictures: int) -> int:
    """Return by how many pictures a mount's loop is ahead, so that not all cameras show the same."""
    return crc32(path.encode()) % pictures


def scene_of(code: str) -> str:
    """Return which scene a camera shows: what its purpose, the first word of its code, asks for."""
    names = sorted(scenes.SCENES)
    return SCENE_OF.get(code.partition("-")[0], names[crc32(code.encode()) % len(names)])
