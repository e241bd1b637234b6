"""Drawn, obviously made-up scenes for the demo's cameras, encoded once and kept.

Each scene is a loop of `FRAMES` pictures that ends where it began. In a corner of each picture its number is
written as a row of black and white blocks, so that a test can tell how old a shown picture is.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPolygonF

FPS = 25
FRAMES = 100
KEY_EVERY = 50  # two seconds, as cameras do
WIDTH, HEIGHT = 1280, 720  # of the drawings; a painter scales them
MAIN, SUB = (1280, 720), (640, 360)
KBITS = {MAIN: 2000, SUB: 512}
BITS = 7
BLOCK = 24
COUNTER = QRectF(16, HEIGHT - BLOCK - 16, BLOCK * (BITS + 2), BLOCK)  # a white and a black block lead
LABEL = QRectF(WIDTH - 500, HEIGHT - 150, 484, 40)
NOISE = 7  # grey levels of grain: a camera's picture never stands quite still
VERSION = 1  # of the drawings: a new number makes them afresh

Paint = Callable[[QPainter, float], None]  # with the part of the loop that has passed, 0 to 1
Grain = NDArray[np.int16]
Grey = NDArray[np.uint8]


def made(folder: Path, scene: str, size: tuple[int, int], codec: str = "h264") -> Path:
    """Return the elementary stream of a scene in `folder`, drawing and encoding it when it is not there.

    `codec` is 'h264' or 'hevc'. Takes one to three seconds; from any thread, but a Qt application must exist.
    """
    path = folder / f"{scene}-{size[0]}x{size[1]}-{VERSION}.{codec}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")  # two may make it at once
        _encode(part, SCENES[scene], size, codec)
        part.replace(path)
    return path


def counter_of(image: QImage) -> int | None:
    """Return the number of the picture shown, None where the blocks cannot be read."""
    scale_x, scale_y = image.width() / WIDTH, image.height() / HEIGHT
    y = int(COUNTER.center().y() * scale_y)
    xs = [int((COUNTER.x() + BLOCK * (place + 0.5)) * scale_x) for place in range(BITS + 2)]
    lit = [QColor(image.pixel(x, y)).lightness() > 127 for x in xs]
    if lit[:2] != [True, False]:
        return None
    return sum(1 << place for place, is_lit in enumerate(lit[2:]) if is_lit)


def _encode(path: Path, paint: Paint, size: tuple[int, int], codec: str) -> None:
    grain = np.random.default_rng(1).integers(-NOISE, NOISE, (8, size[1], size[0]), dtype=np.int16)
    with av.open(str(path), "w", format=codec) as out:
        stream = _stream(out, size, codec)
        for number in range(FRAMES):
            frame = _picture(paint, number, size, grain[number % len(grain)])
            frame.pts = number
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _stream(out: av.container.OutputContainer, size: tuple[int, int], codec: str) -> VideoStream:
    name = {"h264": "libx264", "hevc": "libx265"}[codec]
    rule = f"keyint={KEY_EVERY}:min-keyint={KEY_EVERY}:scenecut=0:repeat-headers=1:bframes=0"
    options = {"preset": "ultrafast", "tune": "zerolatency"}
    options["x264-params" if codec == "h264" else "x265-params"] = f"{rule}:log-level=none"
    stream = out.add_stream(name, rate=FPS, options=options)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height = size
    stream.pix_fmt = "yuv420p"
    stream.bit_rate = KBITS.get(size, 1000) * 1000
    stream.time_base = Fraction(1, FPS)
    stream.codec_context.thread_count = 1
    return stream


def _picture(paint: Paint, number: int, size: tuple[int, int], grain: Grain) -> av.VideoFrame:
    width, height = size
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(width / WIDTH, height / HEIGHT)
    paint(painter, number / FRAMES)
    _say_demo(painter)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, width, 4)
    frame = av.VideoFrame.from_ndarray(pixels, format="bgra").reformat(format="yuv420p")
    _add_grain(frame, grain)
    return _with_counter(frame, number, size)


def _add_grain(frame: av.VideoFrame, grain: Grain) -> None:
    luma = _luma(frame)
    luma[:] = np.clip(luma + grain, 16, 235).astype(np.uint8)


def _with_counter(frame: av.VideoFrame, number: int, size: tuple[int, int]) -> av.VideoFrame:
    luma, scale = _luma(frame), size[0] / WIDTH
    top, bottom = (int(edge * scale) for edge in (COUNTER.top(), COUNTER.bottom()))
    lit = [True, False, *(bool(number >> place & 1) for place in range(BITS))]
    for place, is_lit in enumerate(lit):
        left = COUNTER.x() + BLOCK * place
        luma[top:bottom, int(left * scale) : int((left + BLOCK) * scale)] = 235 if is_lit else 16
    return frame


def _luma(frame: av.VideoFrame) -> Grey:
    plane = frame.planes[0]
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[:, : frame.width]


def _say_demo(painter: QPainter) -> None:
    font = QFont()
    font.setPixelSize(30)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff"))
    painter.fillRect(LABEL, QColor(0, 0, 0, 120))
    painter.drawText(
        LABEL,
        Qt.AlignmentFlag.AlignCenter,
        "演示画面 DEMO · 手绘，非真实",
    )


def _ground(painter: QPainter, sky: str, ground: str, horizon: float) -> None:
    painter.fillRect(QRectF(0, 0, WIDTH, horizon), QColor(sky))
    painter.fillRect(QRectF(0, horizon, WIDTH, HEIGHT - horizon), QColor(ground))
    painter.setPen(Qt.PenStyle.NoPen)


def _block(painter: QPainter, colour: str, x: float, y: float, width: float, height: float) -> None:
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(x, y, width, height), 6, 6)


def _house(painter: QPainter, colour: str, x: float, width: float, top: float, foot: float) -> None:
    _block(painter, colour, x, top, width, foot - top)
    for row in range(int((foot - top) / 56)):
        for column in range(int(width / 60)):
            _block(painter, "#e9f1f7", x + 18 + column * 60, top + 18 + row * 56, 30, 30)


def _car(painter: QPainter, colour: str, along: float, y: float, *, to_left: bool) -> None:
    way = WIDTH + 240
    x = along % 1 * way - 200
    if to_left:
        x = WIDTH - x - 180
    _block(painter, colour, x, y, 180, 46)
    _block(painter, "#cfe3ee", x + 40, y - 30, 96, 36)
    for wheel in (40, 140):
        painter.setBrush(QColor("#20242a"))
        painter.drawEllipse(QPointF(x + wheel, y + 46), 18, 18)


def _crossing(painter: QPainter, at: float) -> None:
    _ground(painter, "#bcd6e6", "#8d9297", 330)
    for number, colour in enumerate(("#b98d6f", "#8fa3ad", "#c2a14d", "#7f8f6a", "#a77f8d")):
        _house(painter, colour, 30 + number * 250, 210, 90 + 40 * (number % 3), 330)
    for dash in range(9):
        _block(painter, "#f1f3f4", dash * 160 + 30, 500, 90, 10)
    for stripe in range(8):
        _block(painter, "#f1f3f4", 560 + stripe * 26, 560, 14, 150)
    light = "#d23b33" if at < 0.5 else "#2f9e57"
    _block(painter, "#333a41", 1050, 300, 12, 140)
    _block(painter, "#333a41", 1036, 250, 40, 60)
    _block(painter, light, 1044, 258, 24, 44)
    _car(painter, "#2f6fb0", at, 430, to_left=False)
    _car(painter, "#b0402f", at + 0.45, 430, to_left=False)
    _car(painter, "#3f8a5b", at * 2 + 0.2, 580, to_left=True)


def _river(painter: QPainter, at: float) -> None:
    _ground(painter, "#cfe2ee", "#5e9ab5", 300)
    painter.setBrush(QColor("#7d9b6a"))
    painter.drawRect(QRectF(0, 250, WIDTH, 60))
    level = 430 + 24 * math.sin(2 * math.pi * at)
    for row in range(9):
        painter.setBrush(QColor(255, 255, 255, 70))
        for wave in range(8):
            shift = (wave * 180 + at * 360 * (1 + row % 2) + row * 47) % (WIDTH + 120) - 120
            painter.drawEllipse(QRectF(shift, level + row * 34, 90, 8))
    _block(painter, "#f4f4f4", 930, 240, 60, 440)
    for mark in range(11):
        _block(painter, "#c23a2e" if mark % 2 else "#20242a", 930, 250 + mark * 40, 30, 14)
    painter.setBrush(QColor(40, 110, 150, 120))
    painter.drawRect(QRectF(900, level, 120, HEIGHT - level))
    _block(painter, "#7a5533", 200 + 300 * at if at < 0.5 else 500 - 300 * at, level - 20, 130, 34)


def _forest(painter: QPainter, at: float) -> None:
    _ground(painter, "#d7e6ee", "#6f8f57", 420)
    painter.setBrush(QColor("#8fae7a"))
    painter.drawPolygon(QPolygonF([QPointF(0, 420), QPointF(360, 170), QPointF(760, 420)]))
    painter.drawPolygon(QPolygonF([QPointF(520, 420), QPointF(960, 120), QPointF(WIDTH, 420)]))
    for number in range(26):
        left, foot = float((number * 173) % WIDTH), 430.0 + (number * 61) % 260
        sway = 6 * math.sin(2 * math.pi * (at * 2 + number / 7))
        painter.setBrush(QColor("#2f6b3f" if number % 2 else "#3f7f4d"))
        painter.drawPolygon(
            QPolygonF([QPointF(left - 34, foot), QPointF(left + sway, foot - 120), QPointF(left + 34, foot)])
        )
    painter.setBrush(QColor(255, 255, 255, 200))
    for number in range(3):
        x = (at * (WIDTH + 400) + number * 560) % (WIDTH + 400) - 300
        painter.drawEllipse(QRectF(x, 60 + number * 40, 260, 60))
    _block(painter, "#8a5a3a", 1120, 250, 26, 200)
    _block(painter, "#b0402f", 1090, 210, 86, 46)


def _works(painter: QPainter, at: float) -> None:
    _ground(painter, "#d9dde2", "#a4a59c", 400)
    _house(painter, "#9aa7b4", 80, 540, 190, 430)
    _block(painter, "#8b4a3c", 700, 90, 60, 340)
    for puff in range(6):
        rise = (at * 2 + puff / 6) % 1
        painter.setBrush(QColor(120, 124, 130, int(190 * (1 - rise))))
        painter.drawEllipse(QPointF(730 + 160 * rise, 90 - 80 * rise), 20 + 40 * rise, 16 + 30 * rise)
    swing = 220 * math.sin(2 * math.pi * at)
    _block(painter, "#d7a21f", 900, 120, 22, 420)
    _block(painter, "#d7a21f", 700, 120, 480, 18)
    _block(painter, "#444a52", 940 + swing * 0.9, 138, 4, 150)
    _block(painter, "#7a5533", 910 + swing * 0.9, 288, 66, 50)
    _car(painter, "#d7a21f", at, 560, to_left=False)


SCENES: dict[str, Paint] = {"crossing": _crossing, "river": _river, "forest": _forest, "works": _works}
