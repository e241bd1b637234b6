"""A small HTTP server of live streams, as media gateways have, with faults: FLV, endless MP4 and HLS."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av

from console.demo_gateway import scenes

TYPES = {
    "flv": "video/x-flv",
    "mp4": "video/mp4",
    "m3u8": "application/vnd.apple.mpegurl",
    "ts": "video/mp2t",
}
OPTIONS = {
    "flv": {"flvflags": "no_duration_filesize"},
    "mp4": {"movflags": "frag_every_frame+empty_moov+default_base_moof"},
}
WINDOW = 3  # segments in a list
CLOCK = 90_000
STEP_S = 0.01
AGE_S = 60.0  # of the streams when a gateway begins: there are segments


class WebGateway:
    """Shows the crossing in real time at `/cam.live.flv`, `/cam.live.mp4` and `/cam.m3u8`.

    `answers` may hold another status and content for a path.
    """

    def __init__(self, folder: Path, *, segment_s: float = 1.0, mp4: str = "") -> None:
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.port = 0
        self._path = scenes.made(folder, "crossing", scenes.SUB)
        self._options = OPTIONS | ({"mp4": {"movflags": mp4}} if mp4 else {})
        self._segment_s = segment_s
        self._frozen_at: float | None = None
        self._began = time.monotonic() - AGE_S
        self._closing = threading.Event()
        with av.open(str(self._path)) as source:
            self._units = [(bytes(each), each.is_keyframe) for each in source.demux(video=0) if each.size]

    def __enter__(self) -> WebGateway:
        self.open()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        """Listen, on a port of the system's choice or on the one it had before."""
        self._closing.clear()
        self._server = _Server(("127.0.0.1", self.port), _handler_of(self))
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(STEP_S,), name="web")
        self._thread.start()

    def close(self) -> None:
        """Hang up on everybody and listen no more."""
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def freeze(self) -> None:
        """Let no more pictures come; connections stay."""
        self._frozen_at = self._now()

    def thaw(self) -> None:
        """Go on with what is to be seen now; what was to be seen meanwhile is lost."""
        self._frozen_at = None

    def answer(self, path: str) -> tuple[int, str, bytes | Callable[[io.RawIOBase], None]]:
        """Return status, type and content of a path; content without an end is a function that writes it."""
        self.asked.append(path)
        kind = path.rpartition(".")[2]
        if path in self.answers:
            status, content = self.answers[path]
            return status, TYPES.get(kind, "text/html"), content
        if path in ("/cam.live.flv", "/cam.live.mp4"):
            return 200, TYPES[kind], lambda out: self._stream(out, kind)
        if path == "/cam.m3u8":
            return 200, TYPES[kind], self._list()
        if kind == "ts":
            return 200, TYPES[kind], self._segment(int(path[1:-3]))
        return 404, "text/html", b"<html>not found</html>"

    def _now(self) -> float:
        """Return how many seconds of stream there are."""
        return time.monotonic() - self._began if self._frozen_at is None else self._frozen_at

    def _stream(self, out: Any, kind: str) -> None:
        number = self._key()
        with self._muxer(out, kind) as mux:
            while not self._closing.is_set():
                if number > self._now() * scenes.FPS:
                    self._closing.wait(STEP_S)
                    continue
                if number < self._now() * scenes.FPS - 2 * scenes.KEY_EVERY:
                    number = self._key()
                mux(number)
                number += 1

    def _key(self) -> int:
        """Return the number of the last key frame: whoever comes is at once given what came since."""
        number = int(self._now() * scenes.FPS)
        return number - number % scenes.KEY_EVERY

    def _list(self) -> bytes:
        last = int(self._now() / self._segment_s)  # of which the end is not there yet
        lines = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{max(1, round(self._segment_s))}"]
        first = max(0, last - WINDOW)
        lines.append(f"#EXT-X-MEDIA-SEQUENCE:{first}")
        for number in range(first, last):
            lines += [f"#EXTINF:{self._segment_s:.3f},", f"{number}.ts"]
        return "\n".join([*lines, ""]).encode()

    def _segment(self, number: int) -> bytes:
        out = io.BytesIO()
        count = int(self._segment_s * scenes.FPS)
        with self._muxer(out, "mpegts") as mux:
            for each in range(number * count, (number + 1) * count):
                mux(each)
        return out.getvalue()

    def _muxer(self, out: Any, kind: str) -> _Muxer:
        return _Muxer(self._path, self._units, out, kind, self._options.get(kind, {}))


class _Muxer:
    """Puts pictures into a container, each at its time in the endless loop."""

    def __init__(self, path: Path, units: Any, out: Any, kind: str, options: dict[str, str]) -> None:
        self._units = units
        self._source = av.open(str(path))
        self._out = av.open(out, "w", format=kind, options=options | {"flush_packets": "1"})
        self._stream = self._out.add_stream_from_template(self._source.streams.video[0])

    def __enter__(self) -> Callable[[int], None]:
        return self._mux

    def __exit__(self, *_exception: object) -> None:
        try:
            self._out.close()
        except OSError:  # nobody reads any more
            pass
        finally:
            self._source.close()

    def _mux(self, number: int) -> None:
        content, is_key = self._units[number % len(self._units)]
        packet = av.Packet(content)
        packet.pts = packet.dts = number * CLOCK // scenes.FPS
        packet.duration, packet.time_base = CLOCK // scenes.FPS, Fraction(1, CLOCK)
        packet.is_keyframe, packet.stream = is_key, self._stream
        self._out.mux(packet)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # its end waits for them
    allow_reuse_address = True


class _Pipe:
    """What a muxer writes into: it can't seek."""

    def __init__(self, out: Any) -> None:
        self.write = out.write


def _handler_of(gateway: WebGateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, kind, content = gateway.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if isinstance(content, bytes):
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            try:
                if isinstance(content, bytes):
                    self.wfile.write(content)
                else:
                    content(_Pipe(self.wfile))  # type: ignore[arg-type]
            except OSError:
                pass  # whoever watched has gone

        def log_message(self, *_args: object) -> None:
            pass

    return Handler
