"""A player of a painted picture, for what is done with pictures and needs no stream."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
from PySide6.QtGui import QImage

from console.video.player import Frame, PacketSink, Phase, Player, PlayerState, Still


def paint_clip(path: Path, pictures: int = 50, codec: str = "libx264") -> Path:
    """Write two seconds of a brightening picture."""
    with av.open(str(path), "w", format="mp4") as output:
        quick = {"tune": "zerolatency", "preset": "ultrafast", "x265-params": "log-level=none:keyint=10"}
        options = quick if codec == "libx265" else {"tune": "zerolatency"}
        stream = output.add_stream(codec, rate=25, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 320, 180, "yuv420p", 10
        for number in range(pictures):
            pixels = np.full((180, 320, 3), number * 4 % 256, dtype=np.uint8)
            output.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        output.mux(stream.encode(None))
    return path


class PaintedPlayer(Player):
    """Holds one picture; `play` gives its sinks the packets of a file."""

    def __init__(self, image: QImage | None) -> None:
        self.image = image
        self.sinks: list[PacketSink] = []
        self.is_alive = True

    def start(self) -> None: ...

    def stop(self) -> None:
        self.is_alive = False
        for sink in list(self.sinks):
            self.untee(sink)

    def is_running(self) -> bool:
        return self.is_alive

    def resize(self, width: int, height: int) -> None: ...

    def frame(self) -> Frame | None:
        return None

    def state(self) -> PlayerState:
        return PlayerState(Phase.PLAYING)

    def still(self) -> Still | None:
        if self.image is None:
            return None
        return Still(self.image.copy(), time.monotonic(), datetime.now(UTC), 3.5)

    def tee(self, sink: PacketSink, pre_roll_s: float = 0.0) -> None:
        self.sinks.append(sink)

    def untee(self, sink: PacketSink) -> None:
        if sink in self.sinks:
            self.sinks.remove(sink)
            sink.end("untee")

    def play(self, path: Path) -> None:
        """Let a file be the stream."""
        with av.open(str(path)) as source:
            stream = source.streams.video[0]
            for sink in self.sinks:
                sink.begin(stream)
            for packet in source.demux(stream):
                if packet.dts is not None:
                    for sink in self.sinks:
                        sink.packet(packet)
