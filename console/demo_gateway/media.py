"""A loop of encoded pictures as a gateway sends it: their RTP payloads (RFC 6184, RFC 7798)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import av

CLOCK = 90_000
PAYLOAD = 1400  # bytes of an RTP packet after its header
TYPE = 96

_START = re.compile(b"\x00\x00(?:\x00)?\x01")
_H264_SETS = (7, 8)
_HEVC_SETS = (32, 33, 34)


@dataclass(frozen=True)
class Unit:
    """One picture: its NAL units, and whether decoding can begin here."""

    nals: tuple[bytes, ...]
    is_key: bool


@dataclass(frozen=True)
class Loop:
    """What a camera shows for ever; `codec` is 'h264' or 'hevc'."""

    codec: str
    fps: int
    units: tuple[Unit, ...]

    @cached_property
    def parameter_sets(self) -> tuple[bytes, ...]:
        """Return VPS, SPS and PPS, as far as the codec has them."""
        kinds = _H264_SETS if self.codec == "h264" else _HEVC_SETS
        return tuple(nal for nal in self.units[0].nals if self.kind(nal) in kinds)

    def kind(self, nal: bytes) -> int:
        """Return the type of a NAL unit."""
        return nal[0] & 0x1F if self.codec == "h264" else nal[0] >> 1 & 0x3F

    def sdp_lines(self) -> list[str]:
        """Return how the stream describes itself."""
        sets = [b64encode(nal).decode() for nal in self.parameter_sets]
        if self.codec == "h264":
            profile = self.parameter_sets[0][1:4].hex()
            form = f"packetization-mode=1;profile-level-id={profile};sprop-parameter-sets={','.join(sets)}"
            name = "H264"
        else:
            form = f"sprop-vps={sets[0]};sprop-sps={sets[1]};sprop-pps={sets[2]}"
            name = "H265"
        return [f"a=rtpmap:{TYPE} {name}/{CLOCK}", f"a=fmtp:{TYPE} {form}", f"a=framerate:{self.fps}"]

    def payloads(self, number: int) -> list[bytes]:
        """Return the RTP payloads of a picture of the loop; the last one takes the marker."""
        return [part for nal in self.units[number].nals for part in self._fragments(nal)]

    def _fragments(self, nal: bytes) -> Iterator[bytes]:
        if len(nal) <= PAYLOAD:
            yield nal
            return
        if self.codec == "h264":
            head, kind, size = bytes([nal[0] & 0xE0 | 28]), nal[0] & 0x1F, 1
        else:
            head, kind, size = bytes([nal[0] & 0x81 | 49 << 1, nal[1]]), nal[0] >> 1 & 0x3F, 2
        body = nal[size:]
        for at in range(0, len(body), PAYLOAD - 3):
            is_first, is_last = at == 0, at + PAYLOAD - 3 >= len(body)
            yield head + bytes([is_first << 7 | is_last << 6 | kind]) + body[at : at + PAYLOAD - 3]


def read_loop(path: Path, fps: int) -> Loop:
    """Read an elementary stream; its ending names the codec."""
    codec = path.suffix.removeprefix(".")
    with av.open(str(path), format=codec) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    units = (Unit(tuple(_nals(bytes(packet))), packet.is_keyframe) for packet in packets)
    return Loop(codec, fps, tuple(units))


def _nals(stream: bytes) -> Iterator[bytes]:
    for part in _START.split(stream):
        if part:
            yield part
