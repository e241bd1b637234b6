"""Cameras that answer as the first word of their path says, on loopback ports; run as a process of its own.

Prints its ports as JSON, then serves until its standard input is closed. Twenty thousand of them answer
within seconds, so that a test measures who asks.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

QUICK_S = (0.005, 0.03)
NEVER_S = 9.0
DRIP_S = 0.3
RESET = struct.pack("ii", 1, 0)


class Camera(asyncio.Protocol):
    """One connection: reads a question, then behaves as its path says."""

    def __init__(self) -> None:
        self._heard = b""
        self._link: asyncio.Transport | None = None
        self._later: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._link = transport

    def data_received(self, data: bytes) -> None:
        self._heard += data
        if self._heard.endswith(b"\r\n\r\n"):
            kind = self._heard.split(b" ", 2)[1].removeprefix(b"rtsp://").split(b"/")[1].decode()
            behaviour = guarded if b"uthorization" in self._heard else KINDS[kind][0]
            behaviour(self)

    def connection_lost(self, error: Exception | None) -> None:
        if self._later is not None:
            self._later.cancel()

    def after(self, delay_s: float, work: Callable[..., None], *given: object) -> None:
        self._later = asyncio.get_running_loop().call_later(delay_s, work, *given)

    def answer(self, code: str) -> None:
        if self._heard.startswith(b"HEAD"):
            self.say(f"HTTP/1.1 {code}\r\nContent-Length: 0\r\n\r\n".encode())
        else:
            self.say(f"RTSP/1.0 {code}\r\nCSeq: 1\r\nPublic: OPTIONS, DESCRIBE\r\n\r\n".encode())

    def say(self, words: bytes) -> None:
        assert self._link is not None
        self._link.write(words)

    def lie(self) -> None:
        """Speak another protocol than was asked."""
        was_rtsp = self._heard.startswith(b"OPTIONS")
        self.say(b"HTTP/1.1 200 OK\r\nCSeq: 1\r\n\r\n" if was_rtsp else b"RTSP/1.0 200 OK\r\n\r\n")

    def pour(self, words: bytes, pause_s: float) -> None:
        """Say more and more."""
        self.say(words)
        self.after(pause_s, self.pour, words, pause_s)

    def leave(self, *, rudely: bool = False) -> None:
        assert self._link is not None
        if rudely:
            self._link.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self._link.close()


Behaviour = Callable[[Camera], None]
HEADER = b"RTSP/1.0 200 OK\r\nCSeq: 1\r\n"


def answering(code: str) -> Behaviour:
    return lambda camera: camera.after(random.uniform(*QUICK_S), camera.answer, code)


def guarded(camera: Camera) -> None:
    """Answer whoever sent a password so that the test sees it."""
    camera.answer("400 Password sent")


KINDS: dict[str, tuple[Behaviour, str]] = {
    "ok": (answering("200 OK"), "online"),
    "login": (answering("401 Unauthorized"), "credentials"),
    "missing": (answering("404 Not Found"), "no_stream"),
    "broken": (answering("500 Internal Server Error"), "bad_answer"),
    "slow": (lambda camera: camera.after(NEVER_S, camera.answer, "200 OK"), "timeout"),
    "silent": (lambda camera: None, "timeout"),
    "liar": (Camera.lie, "bad_answer"),
    "stranger": (lambda camera: camera.say(b"RTSP/1.0 200 OK\r\nCSeq: 77\r\n\r\n"), "bad_answer"),
    "garbage": (lambda camera: camera.say(random.randbytes(600)), "bad_answer"),
    "endless": (lambda camera: camera.pour(HEADER + b"X: " + b"a" * 4096 + b"\r\n", 0.01), "bad_answer"),
    "dripping": (lambda camera: camera.pour(HEADER, DRIP_S), "bad_answer"),
    "closing": (lambda camera: camera.leave(), "bad_answer"),
    "resetting": (lambda camera: camera.leave(rudely=True), "bad_answer"),
}


async def _main(ports: int) -> None:
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(Camera, "127.0.0.1", 0, backlog=1024) for _ in range(ports)]
    sys.stdout.write(json.dumps([server.sockets[0].getsockname()[1] for server in servers]) + "\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def fake_cameras(ports: int) -> Iterator[list[int]]:
    """Run them in a process; lend their ports."""
    program = [sys.executable, str(Path(__file__)), str(ports)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1])))
