"""Pictures as files: what is written on them, and what is shielded beyond return."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import av
import pytest
from painted_player import paint_clip
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from console.footage.clip import ClipRecorder, EmptyClip, finish
from console.footage.outbox import KEPT_FOR, PREFIX, Found, Outbox, Parcel
from console.footage.shielding import ELLIPSE, FREEHAND, RECTANGLE, Region, shielded
from console.kit.picture import THUMB, marked, thumb_of, with_strip
from console.kit.seal import Seal, SealedWriter, read_begun

SEAL, OTHER_SEAL = Seal(b"a" * 32), Seal(b"b" * 32)
NOTHING = Found((), 0)


def noise() -> QImage:
    image = QImage(200, 120, QImage.Format.Format_RGB32)
    for y in range(120):
        for x in range(200):
            image.setPixelColor(x, y, QColor((x * 37 + y * 91) % 256, (x * y) % 256, (x * 13) % 256))
    return image


def colours(image: QImage, x0: int, y0: int, x1: int, y1: int) -> set[int]:
    return {image.pixel(x, y) for x in range(x0, x1) for y in range(y0, y1)}


@pytest.mark.parametrize("kind", [RECTANGLE, ELLIPSE])
def test_what_is_shielded_is_a_few_flat_blocks_and_the_rest_is_untouched(qapp: object, kind: str) -> None:
    image = noise()
    copy = shielded(image, [Region(kind, ((40, 20), (100, 80)))])
    assert len(colours(copy, 55, 35, 85, 65)) <= 25
    assert len(colours(image, 55, 35, 85, 65)) > 500
    outside = [
        (x, y) for x in range(0, 200, 3) for y in range(0, 120, 3) if not (40 <= x < 100 and 20 <= y < 80)
    ]
    assert all(copy.pixel(x, y) == image.pixel(x, y) for x, y in outside)
    assert image == noise()  # the picture itself stays


def test_a_line_that_crosses_itself_leaves_no_hole(qapp: object) -> None:
    star = ((100, 10), (140, 110), (40, 45), (160, 45), (60, 110))  # its middle is inside twice
    copy = shielded(noise(), [Region(FREEHAND, star)])
    assert len(colours(copy, 90, 55, 110, 75)) <= 9


def test_the_same_area_of_two_pictures_with_one_mean_cannot_be_told_apart(qapp: object) -> None:
    def checked(first: str, second: str) -> QImage:
        image = QImage(120, 120, QImage.Format.Format_RGB32)
        image.fill(QColor("grey"))
        with QPainter(image) as painter:
            for x in range(0, 120, 2):
                painter.fillRect(x, 0, 1, 120, QColor(first))
                painter.fillRect(x + 1, 0, 1, 120, QColor(second))
        return image

    area = [Region(RECTANGLE, ((0, 0), (120, 120)))]
    assert shielded(checked("black", "white"), area) == shielded(checked("white", "black"), area)


def test_strip_and_watermark_cover_no_pixel_of_the_picture_unmarked(qapp: object) -> None:
    image = noise()
    stripped = with_strip(image, ["演示路口", "x" * 300])
    assert stripped.copy(image.rect()) == image
    assert stripped.height() > image.height()
    out = marked(image, "张三 · № 7")
    for x in range(0, 200, 100):  # no quarter of it can be cut out without the mark
        for y in range(0, 120, 60):
            assert out.copy(x, y, 100, 60) != image.copy(x, y, 100, 60)


def test_a_thumb_is_small(qapp: object) -> None:
    thumb = QImage.fromData(thumb_of(noise()))
    assert max(thumb.width(), thumb.height()) == THUMB


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_a_clip_is_copied_not_encoded_and_players_of_all_systems_know_it(
    qapp: object, tmp_path: Path, codec: str
) -> None:
    source = paint_clip(tmp_path / "stream.mp4", codec=codec)
    ended, raw = threading.Event(), tmp_path / "raw"
    recorder = ClipRecorder(lambda: SealedWriter(raw, SEAL), lambda _recorder: ended.set())
    sent = []
    with av.open(str(source)) as stream:
        recorder.begin(stream.streams.video[0])
        for packet in stream.demux(video=0):
            if packet.dts is not None:
                sent.append(bytes(packet))
                if len(sent) == 1:
                    packet.pts = packet.dts = None  # as the first packet after PLAY comes
                recorder.packet(packet)
    recorder.end("untee")
    assert ended.wait(10)
    clip = finish(read_begun(raw, SEAL))
    with av.open(BytesIO(clip.content), "r") as kept:
        assert [bytes(packet) for packet in kept.demux(video=0) if packet.size] == sent
        assert kept.streams.video[0].codec_context.codec_tag == {"libx264": "avc1", "libx265": "hvc1"}[codec]
    assert clip.content.index(b"moov") < clip.content.index(b"mdat")
    assert raw.stat().st_mode & 0o077 == 0


def test_nothing_recorded_is_no_clip(qapp: object) -> None:
    with pytest.raises(EmptyClip):
        finish(BytesIO())


def parcel(login: str = "zhao", server: str = "here") -> Parcel:
    return Parcel(uuid4(), "still", 1, "演示", login, server, datetime.now(UTC), taken_at=datetime.now(UTC))


def left_behind(tmp_path: Path, outbox: Outbox) -> Path:
    """Let the outbox be of a process that runs no more."""
    folder = next(tmp_path.glob(f"{PREFIX}{os.getpid()}-*"))
    return folder.rename(tmp_path / folder.name.replace(str(os.getpid()), str(2**22 + 1), 1))


def test_the_outbox_of_a_dead_console_goes_to_its_own_person_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    outbox = Outbox("zhao", "here", SEAL)
    kept = outbox.put(parcel(), original=b"pixels", thumb=b"small")
    files = next(tmp_path.glob(f"{PREFIX}*")).iterdir()
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    folder = left_behind(tmp_path, outbox)
    assert Outbox("qian", "here", SEAL).adopt() == NOTHING
    assert Outbox("zhao", "elsewhere", SEAL).adopt() == NOTHING
    mine = Outbox("zhao", "here", SEAL)
    assert mine.adopt() == Found((kept,), 0)
    assert mine.sent(kept)["original"] == b"pixels"
    assert not folder.exists()
    mine.drop(kept.key)
    mine.close()
    assert list(tmp_path.glob(f"{PREFIX}*")) == []


def test_what_nobody_fetches_within_a_day_is_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    outbox = Outbox("zhao", "here", SEAL)
    outbox.put(parcel(), original=b"pixels")
    folder = left_behind(tmp_path, outbox)
    old = folder.stat().st_mtime - KEPT_FOR.total_seconds() - 60
    for path in (*folder.iterdir(), folder):
        os.utime(path, (old, old))
    assert Outbox("qian", "here", SEAL).adopt() == NOTHING
    assert not folder.exists()


def test_what_another_key_sealed_is_deleted_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    outbox = Outbox("zhao", "here", SEAL)
    outbox.put(parcel(), original=b"pixels")
    folder = left_behind(tmp_path, outbox)
    assert Outbox("qian", "here", OTHER_SEAL).adopt() == NOTHING  # not hers: it stays
    assert folder.exists()
    assert Outbox("zhao", "here", OTHER_SEAL).adopt() == Found((), 1)
    assert not folder.exists()


def test_a_corner_outside_the_picture_is_taken_in(qapp: object) -> None:
    from console.footage.shielding import clamped

    assert clamped(QPointF(-5, 500), noise().rect()) == (0, 120)
