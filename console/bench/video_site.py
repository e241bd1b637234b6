"""The gateway of ``bench video`` in a process of its own."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

from console.demo_gateway.gateway import Gateway, phase_of
from console.demo_gateway.scenes import FPS, FRAMES, KEY_EVERY
from console.demo_gateway.viewer import HOST
from db.admin.output import note


class Site:
    """A gateway that can be frozen, killed and started again on its port."""

    def __init__(self, folder: Path, *, has_cache: bool = True) -> None:
        self._folder = folder
        self._has_cache = has_cache
        self._child: subprocess.Popen[str] | None = None
        self.port = 0
        self.started = 0.0

    def __enter__(self) -> Site:
        note("drawing the scenes …")
        asyncio.run(Gateway(self._folder).warm())
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.kill()

    def start(self) -> None:
        """Serve, on the port it had before."""
        self._child = subprocess.Popen(
            [sys.executable, "-m", "console.demo_gateway"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        wish = {"folder": str(self._folder), "port": self.port, "cache": self._has_cache}
        print(json.dumps(wish), file=self._child.stdin, flush=True)
        answer = json.loads(self._child.stdout.readline())
        self.port, self.started = answer["port"], answer["started"]
        print(json.dumps({"keys": []}), file=self._child.stdin, flush=True)

    def freeze(self) -> None:
        """Let it stop in its tracks: connections stay, nothing comes."""
        assert self._child is not None
        self._child.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._child is not None
        self._child.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Kill it."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()

    @property
    def base(self) -> str:
        """Return where its addresses begin."""
        return f"rtsp://{HOST}:{self.port}"

    def url(self, code: str, stream: str) -> str:
        """Return the address of a camera."""
        return self.base + _path(code, stream)

    def delay_ms(self, code: str, stream: str, counter: int, now: float) -> float:
        """Return how long ago a picture with this number was sent, at `now` of time.time()."""
        due = (counter - phase_of(_path(code, stream), FRAMES)) / FPS
        return ((now - self.started - due) % (FRAMES / FPS)) * 1000

    def key_wait_ms(self, code: str, stream: str, now: float) -> float:
        """Return how long it takes from `now` until the next key frame is sent."""
        number = (now - self.started) * FPS + phase_of(_path(code, stream), FRAMES)
        return (-number % KEY_EVERY) / FPS * 1000


def _path(code: str, stream: str) -> str:
    return f"/{code}/{stream}"
