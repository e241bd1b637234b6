"""Copies of clips as files: covered or marked in every picture, and like the clip everywhere else."""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from kept import full_disk
from numpy.typing import NDArray
from painted_player import paint_clip
from PySide6.QtGui import QImage

from console.demo_gateway import scenes
from console.footage import clip_copy
from console.footage.clip import EmptyClip
from console.footage.clip_copy import marked_clip, shielded_clip
from console.footage.clip_pictures import look_into, picture_at
from console.footage.shielding import COVER, ELLIPSE, RECTANGLE, Region, covered
from console.kit.sheet_rows import Cancelled

Pixels = NDArray[np.int16]
AREA = (slice(80, 240), slice(160, 400))  # rows and columns of SUB
REGION = Region(RECTANGLE, ((160.0, 80.0), (400.0, 240.0)))


def on(_share: float) -> None: ...


@pytest.fixture(scope="module")
def clip(home: Path, qapp: object, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Four seconds of a drawn crossing; pictures are not all equally far apart."""
    folder = home / "demo_video"
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    with (
        av.open(str(scenes.made(folder, "crossing", scenes.SUB))) as source,
        av.open(str(path), "w", format="mp4") as out,
    ):
        stream = source.streams.video[0]
        copied = out.add_stream_from_template(stream)
        packets = [packet for packet in source.demux(stream) if packet.size]
        for number, packet in enumerate(packets):
            packet.pts = packet.dts = 3600 * number + 700 * (number % 3)
            packet.time_base, packet.duration, packet.stream = Fraction(1, 90_000), 3600, copied
            out.mux(packet)
    return path.read_bytes()


def frames(content: bytes) -> tuple[list[float], list[Pixels]]:
    """Return the moment and the pixels of each picture."""
    with av.open(BytesIO(content), "r") as opened:
        found = list(opened.decode(video=0))
    times = [float(frame.pts * frame.time_base) for frame in found if frame.pts is not None]
    return times, [frame.to_ndarray(format="rgb24").astype(np.int16) for frame in found]


def length(content: bytes) -> float:
    with av.open(BytesIO(content), "r") as opened:
        return (opened.duration or 0) / av.time_base


def test_an_area_is_flat_in_every_picture_and_the_rest_is_as_it_was(clip: bytes) -> None:
    made, thumb = shielded_clip(clip, [REGION], on)
    (times, was), (copied, now) = frames(clip), frames(made)
    assert len(was) == scenes.FRAMES
    assert copied == pytest.approx(times, abs=0.001)
    assert length(made) == pytest.approx(length(clip), abs=0.05)
    outside = np.ones(was[0].shape[:2], dtype=bool)
    outside[72:248, 152:408] = False  # the encoder's blocks at the edge are of both
    for before, after in zip(was, now, strict=True):
        inner = after[AREA][8:-8, 8:-8].reshape(-1, 3)
        assert np.ptp(inner, axis=0).max() <= 12  # one colour, as well as an encoder can say it
        assert np.abs(inner - COVER.red()).max() <= 10
        assert before[AREA].std() > 15  # where there was something to see
        assert np.abs(before - after)[outside].mean() < 6
    assert QImage.fromData(thumb).width() == 128


def test_without_x264_a_copy_is_made_all_the_same(clip: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip_copy, "CODEC", "not in this build")
    made, _ = shielded_clip(clip, [REGION], on)
    (times, was), (copied, now) = frames(clip), frames(made)
    assert copied == pytest.approx(times, abs=0.001)
    for before, after in zip(was, now, strict=True):
        assert np.ptp(after[AREA][8:-8, 8:-8].reshape(-1, 3), axis=0).max() <= 12
        assert np.abs(before - after)[260:].mean() < 10


def test_what_moved_in_an_area_is_not_to_be_worked_out_of_all_its_pictures(clip: bytes) -> None:
    (_, was), (_, now) = frames(clip), frames(shielded_clip(clip, [REGION], on)[0])
    means = [np.array([each[AREA][8:-8, 8:-8].mean() for each in some]) for some in (was, now)]
    assert np.ptp(means[0]) > 1.5  # blocks of means would have told of it
    assert np.ptp(means[1]) < 1.0


def test_a_camera_that_changes_its_size_is_covered_at_the_same_place(qapp: object, tmp_path: Path) -> None:
    path = tmp_path / "sizes.mkv"
    with av.open(str(path), "w", format="matroska") as out:
        stream = out.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuvj420p"
        codec = av.CodecContext.create("mjpeg", "w")
        for size in ((320, 180), (640, 360)):
            noise = np.random.default_rng(1).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
            codec = av.CodecContext.create("mjpeg", "w")
            codec.width, codec.height, codec.pix_fmt = *size, "yuvj420p"  # type: ignore[attr-defined]
            codec.time_base = Fraction(1, 25)
            for packet in codec.encode(av.VideoFrame.from_ndarray(noise, format="rgb24")):  # type: ignore[attr-defined]
                packet.stream, packet.pts = stream, 0 if size[0] == 320 else 1
                packet.dts = packet.pts
                out.mux(packet)
    made, _ = shielded_clip(path.read_bytes(), [Region(RECTANGLE, ((160, 90), (320, 180)))], on)
    _, pictures = frames(made)
    assert [each.shape for each in pictures] == [(180, 320, 3)] * 2
    assert all(np.ptp(each[100:170, 170:310]) <= 24 for each in pictures)


def test_the_dialog_shows_what_the_copy_will_be(clip: bytes) -> None:
    region = Region(ELLIPSE, ((160.0, 80.0), (400.0, 240.0)))
    shown = covered(picture_at(clip, 2.0), [region])
    made = picture_at(shielded_clip(clip, [region], on)[0], 2.0)
    for x, y in ((280, 160), (200, 120), (20, 20)):
        near, far = shown.pixelColor(x, y), made.pixelColor(x, y)
        assert abs(near.lightness() - far.lightness()) < 30
    assert shown.pixelColor(280, 160) == COVER
    assert shown.pixelColor(162, 82) != COVER  # outside the ellipse


@pytest.mark.parametrize(("at_s", "number"), [(0.0, 0), (2.0, 49), (3.0, 74), (60.0, 99)])
def test_each_moment_of_a_clip_can_be_looked_at(clip: bytes, at_s: float, number: int) -> None:
    shown = scenes.counter_of(picture_at(clip, at_s))
    assert shown is not None
    assert abs(shown - number) <= 1


def test_a_clip_says_how_long_it_is(clip: bytes) -> None:
    seconds, first = look_into(clip)
    assert seconds == pytest.approx(4.0, abs=0.1)
    assert scenes.counter_of(first) == 0


def test_progress_is_told_and_ends_the_copy(clip: bytes, tmp_path: Path) -> None:
    shares: list[float] = []
    shielded_clip(clip, [REGION], shares.append)
    assert len(shares) == scenes.FRAMES
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1.0

    def stop(share: float) -> None:
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        marked_clip(clip, tmp_path / "out.mp4", "张三 № 7", stop)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_below_a_copy_is_an_error_of_the_disk(clip: bytes, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        marked_clip(clip, full_disk(tmp_path / "out.mp4"), "张三 № 7", on)
    assert list(tmp_path.iterdir()) == []


def test_a_mark_is_on_every_picture(clip: bytes, tmp_path: Path) -> None:
    marked_clip(clip, tmp_path / "out.mp4", "张三 № 7", on)
    (_, was), (_, now) = frames(clip), frames((tmp_path / "out.mp4").read_bytes())
    assert len(was) == len(now)
    assert min(np.abs(a - b).max() for a, b in zip(was, now, strict=True)) > 60


def test_what_is_no_clip_is_said(qapp: object, tmp_path: Path) -> None:
    cut = paint_clip(tmp_path / "clip.mp4").read_bytes()[:600]
    for content in (b"", b"\0" * 2000, cut):
        with pytest.raises(EmptyClip):
            shielded_clip(content, [REGION], on)
        with pytest.raises(EmptyClip):
            look_into(content)


def test_a_damaged_picture_does_not_stop_the_copy(clip: bytes) -> None:
    broken = bytearray(clip)
    start = clip.index(b"mdat") + len(clip) // 3
    broken[start : start + 4000] = bytes(4000)
    made, _ = shielded_clip(bytes(broken), [REGION], on)
    _, pictures = frames(made)
    assert len(pictures) > scenes.FRAMES // 2
    assert all(np.ptp(each[AREA][8:-8, 8:-8].reshape(-1, 3), axis=0).max() <= 12 for each in pictures)
