"""Ask cameras whether they are there: one question each, no password, whatever they answer.

Runs as a program of its own (`python -m db.admin.camera_probe`, nice 10) so that twenty thousand questions
never hold up the process that wants to know: lines "key TAB address" come in, lines "key TAB status TAB
milliseconds" go out.
"""

from __future__ import annotations

import asyncio
import errno
import os
import random
import socket
import ssl
import struct
import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

IN_FLIGHT = 400
PER_SERVER = 64  # a gateway with thousands of streams, a camera with two
TIMEOUT_S = 3.0
JITTER_S = 0.02  # nobody is asked by all lanes in the same instant
HEADER_BYTES = 8192
CHUNK = 2048
GONE_AFTER = (
    16  # questions a server left unanswered, without having answered one, before the others are spared
)
SPARE_FILES = 64  # of the process, for everything that is not a question
PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}
SECURE = frozenset({"rtsps", "https"})
# SO_LINGER: on, zero seconds. Windows has it in two short numbers.
RESET = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
# What fails here says nothing about the camera: this machine has no file, port, memory or network left.
OWN_FAULT = frozenset(
    {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL, errno.ENETUNREACH,
     errno.ENETDOWN}
)  # fmt: skip


class Status(StrEnum):
    """What came of a question; `core.camera_status` knows the same words."""

    UNKNOWN = "unknown"  # nothing can be said: the fault was on this side
    ONLINE = "online"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    CREDENTIALS = "credentials"  # it is there and wants a login, which is never given
    NO_STREAM = "no_stream"
    BAD_ANSWER = "bad_answer"


@dataclass(frozen=True)
class Endpoint:
    """A stream to ask for; the address carries no credentials."""

    key: str
    address: str


@dataclass(frozen=True)
class Answer:
    """What came of it, after how many milliseconds."""

    key: str
    status: Status
    ms: int


@dataclass
class _Server:
    """A host and port: all streams behind it, and how it has answered so far."""

    waiting: deque[tuple[Endpoint, SplitResult]] = field(default_factory=deque)
    active: int = 0
    is_ready: bool = False
    answered: int = 0
    unanswered: Counter[Status] = field(default_factory=Counter)
    at: tuple[socket.AddressFamily, str] | None = None
    finding: asyncio.Lock = field(default_factory=asyncio.Lock)

    def verdict(self) -> Status | None:
        """Say what becomes of questions not yet asked: None as long as the server may answer them."""
        if self.answered or self.unanswered.total() < GONE_AFTER:
            return None
        return self.unanswered.most_common(1)[0][0]


class _Heard:
    """What a camera said so far; its bytes land here even when nobody waits for them any more.

    The rest is zeros, which no header has.
    """

    def __init__(self) -> None:
        self._bytes = bytearray(HEADER_BYTES + CHUNK)
        self.size = 0

    def room(self) -> memoryview:
        """Return where the next bytes go."""
        return memoryview(self._bytes)[self.size : self.size + CHUNK]

    def add(self, chunk: bytes) -> None:
        """Take bytes that came another way."""
        at = len(self.words())
        self.size = min(at + len(chunk), len(self._bytes))
        # Through a view: who waited before may still hold one, and then nothing can grow.
        memoryview(self._bytes)[at : self.size] = chunk[: self.size - at]

    def words(self) -> bytes:
        """Return what came."""
        return bytes(self._bytes).rstrip(b"\0")


class Prober:
    """Asks each endpoint once: so many at a time in all, fewer of one server, in random order."""

    def __init__(
        self, in_flight: int = IN_FLIGHT, per_server: int = PER_SERVER, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._lanes = min(in_flight, _files_left())
        self._per_server = per_server
        self._timeout_s = timeout_s
        self._ready: deque[_Server] = deque()
        self._answers: list[Answer] = []
        self._tls = ssl.create_default_context()
        self._tls.check_hostname = False  # cameras sign for themselves, and the question holds no secret
        self._tls.verify_mode = ssl.CERT_NONE

    async def ask_all(self, endpoints: Iterable[Endpoint]) -> list[Answer]:
        """Return an answer for each endpoint."""
        self._answers = []
        for server in self._sorted(endpoints):
            self._offer(server)
        await asyncio.gather(*(self._lane() for _ in range(self._lanes)))
        return self._answers

    def _sorted(self, endpoints: Iterable[Endpoint]) -> list[_Server]:
        servers: dict[tuple[str, int], _Server] = {}
        for endpoint in endpoints:
            parts = _parts(endpoint.address)
            if parts is None:
                self._answers.append(Answer(endpoint.key, Status.UNKNOWN, 0))
                continue
            at = (parts.hostname or "", parts.port or PORTS[parts.scheme])
            servers.setdefault(at, _Server()).waiting.append((endpoint, parts))
        shuffled = list(servers.values())
        random.shuffle(shuffled)
        return shuffled

    async def _lane(self) -> None:
        """Ask one after another. A server at its limit needs no lane waiting: those it has go on with it."""
        await asyncio.sleep(random.uniform(0, JITTER_S))  # noqa: S311 - spreads load, guards nothing
        while self._ready:
            server = self._ready.popleft()
            server.is_ready = False
            endpoint, parts = server.waiting.popleft()
            server.active += 1
            self._offer(server)
            answer = await self._ask_in_time(server, endpoint, parts)
            server.active -= 1
            self._answers.append(answer)
            self._offer(server)

    def _offer(self, server: _Server) -> None:
        if server.waiting and not server.is_ready and server.active < self._per_server:
            server.is_ready = True
            self._ready.append(server)

    async def _ask_in_time(self, server: _Server, endpoint: Endpoint, parts: SplitResult) -> Answer:
        verdict = server.verdict()
        if verdict is not None:
            return Answer(endpoint.key, verdict, 0)
        begun = time.monotonic()
        heard = _Heard()
        try:
            status = await self._ask(server, parts, heard)
        except OSError as error:
            status = _failure(error, heard.words())
        if status in (Status.REFUSED, Status.TIMEOUT):
            server.unanswered[status] += 1
        elif status is not Status.UNKNOWN:
            server.answered += 1
        return Answer(endpoint.key, status, round((time.monotonic() - begun) * 1000))

    async def _ask(self, server: _Server, parts: SplitResult, heard: _Heard) -> Status:
        """Connect, ask, read one header, leave."""
        family, host = await self._find(server, parts)
        with socket.socket(family, socket.SOCK_STREAM) as plug:
            plug.setblocking(False)
            # Leaving with a reset: 23,000 connections in TIME_WAIT would use up the ports of this machine.
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            try:
                async with asyncio.timeout(self._timeout_s):
                    loop = asyncio.get_running_loop()
                    await loop.sock_connect(plug, (host, parts.port or PORTS[parts.scheme]))
                    if parts.scheme in SECURE:
                        return await self._listen_secured(plug, parts, heard)
                    await loop.sock_sendall(plug, _question(parts))
                    return await self._listen(plug, parts, heard)
            except TimeoutError:
                return _late(plug, parts, heard)

    async def _listen(self, plug: socket.socket, parts: SplitResult, heard: _Heard) -> Status:
        loop = asyncio.get_running_loop()
        while size := await loop.sock_recv_into(plug, heard.room()):
            heard.size += size
            if (status := judge(heard.words(), parts.scheme)) is not None:
                return status
        return Status.BAD_ANSWER

    async def _listen_secured(self, plug: socket.socket, parts: SplitResult, heard: _Heard) -> Status:
        reader, writer = await asyncio.open_connection(
            sock=plug, ssl=self._tls, server_hostname=parts.hostname, limit=HEADER_BYTES
        )
        try:
            writer.write(_question(parts))
            while chunk := await reader.read(CHUNK):
                heard.add(chunk)
                if (status := judge(heard.words(), parts.scheme)) is not None:
                    return status
            return Status.BAD_ANSWER
        finally:
            writer.transport.abort()

    async def _find(self, server: _Server, parts: SplitResult) -> tuple[socket.AddressFamily, str]:
        """Look a server's name up once, however many streams it has."""
        async with server.finding:
            if server.at is None:
                found = await asyncio.get_running_loop().getaddrinfo(
                    parts.hostname, None, type=socket.SOCK_STREAM
                )
                family, _, _, _, address = found[0]
                server.at = (socket.AddressFamily(family), str(address[0]))
            return server.at


def judge(heard: bytes, scheme: str) -> Status | None:
    """Say what an answer means; None while its header goes on. More than 8 KiB is no header of a camera."""
    kind = b"RTSP/" if scheme.startswith("rtsp") else b"HTTP/"
    if heard[: len(kind)] != kind[: len(heard)]:
        return Status.BAD_ANSWER
    end = heard.find(b"\r\n\r\n")
    if end < 0:
        return Status.BAD_ANSWER if len(heard) >= HEADER_BYTES else None
    if end >= HEADER_BYTES:
        return Status.BAD_ANSWER
    first, *lines = heard[:end].split(b"\r\n")
    words = first.split(None, 2)
    if len(words) < 2 or len(words[1]) != 3 or not words[1].isdigit():
        return Status.BAD_ANSWER
    if kind == b"RTSP/" and not _is_ours(lines):
        return Status.BAD_ANSWER
    return _meaning(int(words[1]))


def _is_ours(lines: Sequence[bytes]) -> bool:
    """Say whether an RTSP answer is to our question, which had the number 1."""
    numbers = [
        value.strip()
        for name, _, value in (line.partition(b":") for line in lines)
        if name.lower() == b"cseq"
    ]
    return numbers == [b"1"]


def _meaning(code: int) -> Status:
    if code in (401, 403, 407):
        return Status.CREDENTIALS
    if code in (404, 410, 454):
        return Status.NO_STREAM
    if 200 <= code < 400 or code in (405, 501, 551):  # it is there and does not know the question
        return Status.ONLINE
    return Status.BAD_ANSWER


def _late(plug: socket.socket, parts: SplitResult, heard: _Heard) -> Status:
    """Look once more: on a busy machine the answer may be there and this process late."""
    with suppress(OSError):  # nothing there, or never connected
        heard.add(plug.recv(CHUNK))
    words = heard.words()
    return (judge(words, parts.scheme) or Status.BAD_ANSWER) if words else Status.TIMEOUT


def _failure(error: OSError, heard: bytes) -> Status:
    if error.errno in OWN_FAULT or (isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN):
        return Status.UNKNOWN
    if isinstance(error, ConnectionRefusedError):
        return Status.REFUSED
    if isinstance(error, ConnectionError | ssl.SSLError) or heard:
        return Status.BAD_ANSWER
    return Status.TIMEOUT  # no way to the host, or no such name


def _question(parts: SplitResult) -> bytes:
    """Ask without credentials, whatever the address holds."""
    host = parts.netloc.rpartition("@")[2]
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    if parts.scheme.startswith("rtsp"):
        words = (
            f"OPTIONS {parts.scheme}://{host}{target} RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: liangdeng\r\n\r\n"
        )
    else:
        words = (
            f"HEAD {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: liangdeng\r\nConnection: close\r\n\r\n"
        )
    return words.encode("ascii", "replace")


def _parts(address: str) -> SplitResult | None:
    """Take an address apart; None when nobody could be asked at it."""
    if not address.isascii() or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        is_sound = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_sound else None


def _files_left() -> int:
    """Say how many connections this process may have open at once."""
    try:
        import resource
    except ImportError:  # Windows has no such limit on sockets
        return IN_FLIGHT
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < IN_FLIGHT + SPARE_FILES:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(IN_FLIGHT + SPARE_FILES, hard), hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(1, soft - SPARE_FILES)


def main() -> None:
    """Answer the questions on standard input."""
    if hasattr(os, "nice"):
        os.nice(5)
    endpoints = [Endpoint(*line.rstrip("\n").split("\t", 1)) for line in sys.stdin if "\t" in line]
    for answer in asyncio.run(Prober().ask_all(endpoints)):
        sys.stdout.write(f"{answer.key}\t{answer.status}\t{answer.ms}\n")


if __name__ == "__main__":
    main()
