"""A desk that records a clip until it is killed; its arguments: the stream, the key in hex, the slip."""

from __future__ import annotations

import sys
import threading
import time
from functools import partial

import av

from console.footage.clip import ClipRecorder
from console.footage.outbox import Outbox, Parcel
from console.kit.seal import Seal


def main() -> None:
    """Say when what came before the last key frame is on the disk, and wait to be killed."""
    stream_path, key, slip = sys.argv[1:]
    parcel = Parcel.from_json(slip)
    outbox = Outbox(parcel.login, parcel.server, Seal(bytes.fromhex(key)))
    outbox.put(parcel, thumb=b"\xff\xd8\xff" + bytes(64))
    recorder = ClipRecorder(partial(outbox.begin_raw, parcel.key), lambda _recorder: None)
    with av.open(stream_path, "r") as source:
        recorder.begin(source.streams.video[0])
        packets = [packet for packet in source.demux(video=0) if packet.dts is not None]
        for packet in packets:
            recorder.packet(packet)
        while recorder.bytes < sum(packet.size for packet in packets):
            time.sleep(0.01)
        sys.stdout.write("recording\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
