"""What the demo's cameras show: a small gateway in a process of its own, looked after in the background."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg

from db.admin.context import home
from db.seed.demo_cameras import announce_gateway, announced_gateway

log = logging.getLogger("console.demo")

LOOK_S = 5.0
END_S = 5.0
NICE = 10  # it stands for another machine
HOST = "127.0.0.1"


@contextmanager
def showing(dsn: str) -> Iterator[Keeper]:
    """Keep a gateway at work for the demo's cameras, ours or that of another console on this database."""
    keeper = Keeper(dsn)
    thread = threading.Thread(target=keeper.run, name="demo-video", daemon=True)
    thread.start()
    try:
        yield keeper
    finally:
        keeper.stop()
        thread.join()


class Keeper:
    """Starts the gateway when there is none that answers; in a thread, so that nobody waits for it."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._stopped = threading.Event()
        self._looked = threading.Event()
        self._child: subprocess.Popen[str] | None = None

    def run(self) -> None:
        """Look again and again until stopped."""
        try:
            while not self._stopped.is_set():
                self._look()
                self._looked.set()
                self._stopped.wait(LOOK_S)
        finally:
            self._looked.set()
            self._end()

    def wait(self) -> None:
        """Wait until the gateway is there, or could not be started."""
        self._looked.wait()

    def stop(self) -> None:
        """End `run`, and what it has started."""
        self._stopped.set()

    def _look(self) -> None:
        if self._child is not None and self._child.poll() is None:
            return
        try:
            if not _answers(announced_gateway(self._dsn)):
                self._start()
        except (OSError, ValueError, psycopg.Error) as error:
            log.warning("demo gateway not started kind=%s", type(error).__name__)

    def _start(self) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-m", "console.demo_gateway"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._tell(folder=str(home() / "demo_video"), nice=NICE)
        assert self._child.stdout is not None
        port = json.loads(self._child.stdout.readline())["port"]
        keys = announce_gateway(self._dsn, f"rtsp://{HOST}:{port}")
        self._tell(keys=[key.hex() for key in keys])

    def _tell(self, **words: object) -> None:
        """Say something to the child; keys go this way, for a process list shows arguments to everybody."""
        assert self._child is not None
        assert self._child.stdin is not None
        print(json.dumps(words), file=self._child.stdin, flush=True)

    def _end(self) -> None:
        if self._child is None:
            return
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._child.wait(END_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


def _answers(base: str | None) -> bool:
    """Say whether somebody listens at `rtsp://host:port`."""
    if base is None:
        return False
    parts = urlsplit(base)
    try:
        with socket.create_connection((parts.hostname or HOST, parts.port or 554), timeout=1.0):
            return True
    except OSError:
        return False
