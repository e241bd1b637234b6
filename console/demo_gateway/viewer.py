"""One RTSP connection to the demo gateway (RFC 2326): as much of it as players use."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import socket
import struct
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from console.demo_gateway.login import challenge
from console.demo_gateway.media import TYPE
from console.demo_gateway.mount import Mount

if TYPE_CHECKING:
    from console.demo_gateway.gateway import Gateway

log = logging.getLogger("console.gateway")

HOST = "127.0.0.1"
MOST_BEHIND = 4_000_000  # bytes a viewer may leave unread before it is dropped


class Viewer:
    """One RTSP connection."""

    def __init__(self, gateway: Gateway, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.needs_key = True
        self._gateway = gateway
        self._reader = reader
        self._writer = writer
        self._mount: Mount | None = None
        self._nonce = secrets.token_hex(8)
        self._session = secrets.token_hex(4)
        self._udp: tuple[socket.socket, tuple[str, int]] | None = None

    async def serve(self) -> None:
        """Answer until the connection ends."""
        try:
            while (request := await self._request()) is not None:
                method, url, headers = request
                self._writer.write(await self._answer(method, url, headers))
                await self._writer.drain()
                if method == "PLAY" and self._mount is not None:
                    self._mount.join(self, with_cache=self._gateway.has_cache)
                if method == "TEARDOWN":
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ValueError):
            log.info("viewer gone")
        finally:
            self.end()

    def send(self, packets: Sequence[bytes]) -> None:
        """Send one picture."""
        packets = self._gateway.pass_on(packets, is_udp=self._udp is not None)
        if self._udp is not None:
            for packet in packets:
                self._udp[0].sendto(packet, self._udp[1])
        elif self._writer.transport.get_write_buffer_size() > MOST_BEHIND:
            self.end(abruptly=True)
        else:
            self._writer.write(b"".join(b"$\0" + struct.pack(">H", len(each)) + each for each in packets))

    def end(self, *, abruptly: bool = False) -> None:
        """Close the connection; abruptly as a killed process does."""
        if self._mount is not None:
            self._mount.leave(self)
        if self._udp is not None:
            self._udp[0].close()
            self._udp = None
        if abruptly:
            self._writer.transport.abort()
        else:
            self._writer.close()
        self._gateway.viewers.discard(self)

    async def _request(self) -> tuple[str, str, dict[str, str]] | None:
        """Read one request, passing over what a player says inside the stream."""
        while (first := await self._reader.read(1)) == b"$":
            _, size = struct.unpack(">BH", await self._reader.readexactly(3))
            await self._reader.readexactly(size)
        if not first:
            return None
        text = (first + await self._reader.readuntil(b"\r\n\r\n")).decode()
        lines = text.split("\r\n")
        method, url, _ = lines[0].split(" ", 2)
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        if length := int(headers.get("content-length", 0)):
            await self._reader.readexactly(length)
        return method, url, headers

    async def _answer(self, method: str, url: str, headers: Mapping[str, str]) -> bytes:
        sequence = headers.get("cseq", "0")
        if method == "OPTIONS":
            public = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN"
            return _reply(sequence, "200 OK", {"Public": public})
        if not self._gateway.admits(method, headers, self._nonce):
            return _reply(
                sequence,
                "401 Unauthorized",
                {"WWW-Authenticate": challenge(self._gateway.login, self._nonce)},
            )
        if method == "DESCRIBE":
            return await self._describe(sequence, url)
        if method == "SETUP":
            return await self._setup(sequence, url, headers)
        return _reply(sequence, "200 OK", {"Session": self._session})

    async def _describe(self, sequence: str, url: str) -> bytes:
        parts = urlsplit(url)
        if not self._gateway.check(parts.path, dict(parse_qsl(parts.query))):
            return _reply(sequence, "401 Unauthorized", {})
        mount = await self._gateway.mount(parts.path)
        if mount is None:
            return _reply(sequence, "404 Not Found", {})
        lines = ["v=0", f"o=- 0 0 IN IP4 {HOST}", "s=demo", f"c=IN IP4 {HOST}", "t=0 0", "a=control:*"]
        lines += [f"m=video 0 RTP/AVP {TYPE}", *mount.loop.sdp_lines(), "a=control:track1", ""]
        body = "\r\n".join(lines).encode()
        base = parts._replace(path=parts.path.rstrip("/") + "/", query="").geturl()
        return _reply(sequence, "200 OK", {"Content-Type": "application/sdp", "Content-Base": base}, body)

    async def _setup(self, sequence: str, url: str, headers: Mapping[str, str]) -> bytes:
        path = urlsplit(url).path.removesuffix("/track1")
        self._mount = await self._gateway.mount(path)
        wish = headers.get("transport", "")
        is_tcp = "TCP" in wish.upper()
        if self._mount is None:
            return _reply(sequence, "404 Not Found", {})
        if not (self._gateway.has_tcp if is_tcp else self._gateway.has_udp):
            return _reply(sequence, "461 Unsupported Transport", {})
        if is_tcp:
            transport = "RTP/AVP/TCP;unicast;interleaved=0-1"
        else:
            port = int(re.findall(r"client_port=(\d+)", wish)[0])
            peer = self._writer.get_extra_info("peername")[0]
            sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            sender.bind((HOST, 0))
            self._udp = sender, (peer, port)
            own = sender.getsockname()[1]
            transport = f"RTP/AVP;unicast;client_port={port}-{port + 1};server_port={own}-{own + 1}"
        return _reply(sequence, "200 OK", {"Transport": transport, "Session": f"{self._session};timeout=60"})


def _reply(sequence: str, status: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    lines = [
        f"RTSP/1.0 {status}",
        f"CSeq: {sequence}",
        *(f"{name}: {each}" for name, each in headers.items()),
    ]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body
