"""``bench video``: a wall of pictures from a gateway in another process: how soon, smooth, late and dear.

For each number of tiles: an idle window's event loop first, then the wall opened, watched for a while, its
gateway frozen, killed, and started again. One tile shows the main stream, more show sub-streams.
"""

from __future__ import annotations

import random
import statistics
import time
from array import array
from collections.abc import Callable, Sequence
from typing import Any

import psutil
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from console.bench.bare_desk import BareDesk, BareStore, camera, code_of
from console.bench.figures import Figure, figure
from console.bench.video_site import Site
from console.demo_gateway.scenes import counter_of
from console.kit.theme import Theme
from console.kit.watch import LoopWatch, spin
from console.video.av_player import AvPlayer
from console.video.player import Player, Source
from console.wall.tile import Tile
from console.wall.tile_paint import Freshness
from console.wall.wall import TICK_MS, Wall
from db.admin.context import home
from db.admin.output import note

SIZE = (1600, 900)
LIMIT_S = 60.0
WARM_S = 12.0  # until the seconds before a clip are full: they are kept for every tile
OPENINGS = 10
MB = 1024 * 1024
REASON = "性能测试"


class Delays(QObject):
    """How old pictures are when the wall can paint them: one tile looked at each tick, in turn."""

    def __init__(self, wall: Wall, site: Site) -> None:
        super().__init__()
        self.late_ms = array("d")
        self._wall = wall
        self._site = site
        self._turn = 0
        self._seen: dict[Tile, int] = {}
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def stop(self) -> None:
        """End looking."""
        self._timer.stop()

    @Slot()
    def _on_tick(self) -> None:
        tiles = self._wall.places
        tile = tiles[self._turn % len(tiles)]
        self._turn += 1
        frame = None if tile.view is None else tile.view.player.frame()
        if tile.view is None or frame is None or self._seen.get(tile) == frame.number:
            return
        self._seen[tile] = frame.number
        counter = counter_of(frame.image)
        if counter is not None:
            code = code_of(tile.view.camera.id)
            self.late_ms.append(self._site.delay_ms(code, tile.view.stream, counter, time.time()))


def bench_video(app: QApplication, tiles: Sequence[int], seconds: float) -> dict[str, Any]:
    """Measure walls of these many tiles, each watched for `seconds`."""
    theme = Theme()
    theme.apply(app)
    with Site(home() / "demo_video") as site:
        bench = BareDesk(BareStore(site.base), theme)
        wall = Wall(bench.session)
        wall.resize(*SIZE)
        wall.show()
        rounds = [_round(wall, site, count, seconds) for count in tiles]
        wall.detach()
        wall.close()
        bench.stop()
    with Site(home() / "demo_video", has_cache=False) as site:
        beyond = _beyond_key_wait(site)
    names = rounds[0].keys() if rounds else ()
    return {"tiles": list(tiles), **{name: [each[name] for each in rounds] for name in names}} | {
        "first_beyond_key_wait": beyond
    }


def _round(wall: Wall, site: Site, count: int, seconds: float) -> dict[str, Any]:
    note(f"{count} tiles …")
    wall.close_all()
    wall.set_grid(count)
    baseline = _beat(min(seconds, 10.0))
    began = time.monotonic()
    for number in range(count):
        wall.show_camera(camera(number), REASON, place=number)
    if not spin(lambda: all(tile.freshness is Freshness.LIVE for tile in wall.places), LIMIT_S):
        raise RuntimeError("not all tiles came up")
    all_showing_ms = (time.monotonic() - began) * 1000
    first_ms = [state.first_picture_s * 1000 for state in _states(wall) if state.first_picture_s is not None]
    spin(lambda: False, WARM_S)
    watched = _watch(wall, site, seconds)
    return {
        "first_frame": figure(first_ms),
        "all_showing_ms": round(all_showing_ms),
        **watched,
        "gui_loop_idle": baseline,
        "stale_ms": _stale_ms(wall, site),
        "back_ms": _back_ms(wall, site),
    }


def _watch(wall: Wall, site: Site, seconds: float) -> dict[str, Any]:
    process = psutil.Process()
    tiles = wall.places
    painted = [tile.painted for tile in tiles]
    rss, used, began = process.memory_info().rss, _cpu_s(process), time.monotonic()
    delays, beat = Delays(wall, site), LoopWatch()
    beat.start()
    spin(lambda: False, seconds)
    beat.stop()
    delays.stop()
    took = time.monotonic() - began
    rss_end = process.memory_info().rss  # before the figures are made, which take some themselves
    fps = [(tile.painted - before) / took for tile, before in zip(tiles, painted, strict=True)]
    return {
        "fps": round(min(fps), 1),
        "fps_mean": round(statistics.mean(fps), 1),
        "latency": figure(delays.late_ms),
        "gui_loop": figure(beat.late_ms),
        "cpu_percent": round((_cpu_s(process) - used) / took * 100, 1),
        "rss_mb_start": round(rss / MB, 1),
        "rss_mb_end": round(rss_end / MB, 1),
    }


def _beat(seconds: float) -> Figure:
    beat = LoopWatch()
    beat.start()
    spin(lambda: False, seconds)
    beat.stop()
    return figure(beat.late_ms)


def _stale_ms(wall: Wall, site: Site) -> int:
    """Freeze the gateway: return when the last tile said that its picture is old."""
    began = time.monotonic()
    site.freeze()
    spin(lambda: all(tile.freshness in (Freshness.LATE, Freshness.FROZEN) for tile in wall.places), LIMIT_S)
    took = time.monotonic() - began
    site.thaw()
    spin(lambda: all(tile.freshness is Freshness.LIVE for tile in wall.places), LIMIT_S)
    return round(took * 1000)


def _back_ms(wall: Wall, site: Site) -> int:
    """Kill the gateway, start it again: return when all tiles were live again."""
    site.kill()
    spin(lambda: all(tile.freshness is Freshness.FROZEN for tile in wall.places), LIMIT_S)
    site.start()
    began = time.monotonic()
    spin(lambda: all(tile.freshness is Freshness.LIVE for tile in wall.places), LIMIT_S)
    return round((time.monotonic() - began) * 1000)


def _beyond_key_wait(site: Site) -> Figure:
    """Open one stream again and again where no key frame is kept: how much longer than the wait for one."""
    beyond = []
    for number in range(OPENINGS):
        time.sleep(random.random())  # noqa: S311 - any phase of the stream
        began, wall_time = time.monotonic(), time.time()
        wait_ms = site.key_wait_ms(code_of(number), "sub", wall_time)
        player = AvPlayer(_one(site.url(code_of(number), "sub")))
        player.resize(400, 225)
        player.start()
        while player.frame() is None:
            time.sleep(0.002)
        beyond.append((time.monotonic() - began) * 1000 - wait_ms)
        _end(player)
    return figure(beyond)


def _end(player: Player) -> None:
    player.stop()
    while player.is_running():
        time.sleep(0.01)


def _one(url: str) -> Callable[[], Sequence[Source]]:
    return lambda: [Source(url)]


def _states(wall: Wall) -> list[Any]:
    return [state for tile in wall.places if (state := tile.state()) is not None]


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
