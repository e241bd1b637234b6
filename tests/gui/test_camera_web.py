"""Players of streams that come over HTTP: FLV, fragmented MP4 and HLS, from a server that can fail."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from camera_faults import all_ended, assert_looks_again_soon
from camera_web import WebGateway
from pytestqt.qtbot import QtBot

from console.demo_gateway.scenes import SUB, counter_of
from console.video.av_player import AvPlayer
from console.video.player import Phase, Source, Trouble
from console.wall.stream_words import sentence_of
from console.wall.tile import freshness_of
from console.wall.tile_paint import Freshness

PATHS = {"flv": "/cam.live.flv", "mp4": "/cam.live.mp4", "hls": "/cam.m3u8"}
EACH = pytest.mark.parametrize("kind", PATHS)
Serve = Callable[..., WebGateway]
Play = Callable[..., AvPlayer]


@pytest.fixture
def serve(qapp: object, home: Path) -> Iterator[Serve]:
    """Start a gateway; all end with the test."""
    with ExitStack() as stack:

        def start(**wishes: Any) -> WebGateway:
            return stack.enter_context(WebGateway(home / "demo_video", **wishes))

        yield start


@pytest.fixture
def play(qtbot: QtBot) -> Iterator[Play]:
    """Play one of a gateway's streams; all players have ended at the end of the test."""
    players: list[AvPlayer] = []

    def start(gateway: WebGateway, kind: str, path: str = "") -> AvPlayer:
        source = Source(f"{gateway.base}{path or PATHS[kind]}", kind)
        player = AvPlayer(lambda: [source])
        players.append(player)
        player.start()
        return player

    yield start
    all_ended(qtbot, players)


def shown(player: AvPlayer) -> int:
    frame = player.frame()
    return 0 if frame is None else frame.number


def is_now(player: AvPlayer, freshness: Freshness) -> Callable[[], bool]:
    return lambda: freshness_of(player.frame(), time.monotonic()) is freshness


def said(player: AvPlayer) -> str:
    return sentence_of(player.state(), str)


@EACH
def test_a_stream_plays_and_goes_on(qtbot: QtBot, serve: Serve, play: Play, kind: str) -> None:
    player = play(serve(), kind)
    qtbot.waitUntil(lambda: shown(player) > 75)
    state = player.state()
    assert (state.phase, state.trouble, state.transport, state.codec) == (Phase.PLAYING, None, "http", "h264")
    assert (state.size, state.tries) == (SUB, 0)
    frame = player.frame()
    assert frame is not None
    assert counter_of(frame.image) is not None
    qtbot.waitUntil(is_now(player, Freshness.LIVE))


@EACH
def test_a_stream_that_stalls_is_marked_frozen_and_comes_back(
    qtbot: QtBot, serve: Serve, play: Play, kind: str
) -> None:
    gateway = serve()
    player = play(gateway, kind)
    qtbot.waitUntil(lambda: shown(player) > 5)
    gateway.freeze()
    qtbot.waitUntil(is_now(player, Freshness.FROZEN))
    seen = shown(player)
    gateway.thaw()
    qtbot.waitUntil(lambda: shown(player) > seen + 30)
    qtbot.waitUntil(is_now(player, Freshness.LIVE))
    assert player.state().trouble is None


@pytest.mark.parametrize("segment_s", [2.0, 4.0])
def test_segments_are_waited_for(qtbot: QtBot, serve: Serve, play: Play, segment_s: float) -> None:
    gateway = serve(segment_s=segment_s)
    player = play(gateway, "hls")
    qtbot.waitUntil(lambda: shown(player) > 3 * segment_s * 25)
    assert player.state().tries == 0
    assert gateway.asked.count("/cam.m3u8") > 2


def test_pictures_that_come_a_fragment_at_a_time_are_live(qtbot: QtBot, serve: Serve, play: Play) -> None:
    """Some gateways send a whole group of pictures at once, every two seconds."""
    player = play(serve(mp4="frag_keyframe+empty_moov+default_base_moof"), "mp4")
    qtbot.waitUntil(lambda: shown(player) > 60)
    stale: list[Freshness] = []
    seen = shown(player)

    def look() -> bool:
        stale.append(freshness_of(player.frame(), time.monotonic()))
        return shown(player) > seen + 100

    qtbot.waitUntil(look)
    assert set(stale) == {Freshness.LIVE}


@EACH
def test_an_unknown_stream_is_named_and_found_when_it_is_there(
    qtbot: QtBot, serve: Serve, play: Play, kind: str
) -> None:
    gateway = serve()
    gateway.answers[PATHS[kind]] = 404, b"<html>not found</html>"
    player = play(gateway, kind)
    qtbot.waitUntil(lambda: player.state().tries >= 2)
    assert player.state().trouble is Trouble.NO_STREAM
    assert said(player) == "The gateway does not know this stream."
    gateway.answers.clear()
    qtbot.waitUntil(lambda: shown(player) > 5)


@EACH
@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_login_is_tried_once(
    qtbot: QtBot, serve: Serve, play: Play, kind: str, status: int
) -> None:
    gateway = serve()
    gateway.answers[PATHS[kind]] = status, b"no"
    player = play(gateway, kind)
    qtbot.waitUntil(lambda: not player.is_running())
    assert (player.state().phase, player.state().trouble) == (Phase.FAILED, Trouble.CREDENTIALS)
    assert gateway.asked == [PATHS[kind]]


@EACH
@pytest.mark.parametrize(
    ("status", "content"), [(200, b"<html>welcome</html>" * 3000), (200, b""), (200, b"#EXTM3U\n" * 9)]
)
def test_what_is_no_video_is_said_and_asked_for_again(
    qtbot: QtBot, serve: Serve, play: Play, kind: str, status: int, content: bytes
) -> None:
    gateway = serve()
    gateway.answers[PATHS[kind]] = status, content
    player = play(gateway, kind)
    qtbot.waitUntil(lambda: player.state().tries >= 2)
    assert player.state().trouble in (Trouble.GARBAGE, Trouble.ENDED)
    assert said(player) in ("What comes from there is no video.", "The other side closed the stream.")
    gateway.answers.clear()
    qtbot.waitUntil(lambda: shown(player) > 5)


@EACH
def test_a_gateway_in_trouble_is_said_and_asked_again(
    qtbot: QtBot, serve: Serve, play: Play, kind: str
) -> None:
    gateway = serve()
    gateway.answers[PATHS[kind]] = 503, b"later"
    player = play(gateway, kind)
    qtbot.waitUntil(lambda: player.state().tries >= 1)
    assert said(player) == "The gateway is in trouble itself and gives no stream."
    gateway.answers.clear()
    qtbot.waitUntil(lambda: shown(player) > 5)


@EACH
def test_a_gateway_that_was_restarted_is_found_again(
    qtbot: QtBot, serve: Serve, play: Play, kind: str
) -> None:
    gateway = serve()
    player = play(gateway, kind)
    qtbot.waitUntil(lambda: shown(player) > 5)
    gateway.close()
    qtbot.waitUntil(lambda: player.state().trouble is not None)
    assert_looks_again_soon(player, qtbot)
    seen = shown(player)
    gateway.open()
    qtbot.waitUntil(lambda: shown(player) > seen)


def test_a_list_does_not_lead_to_files_of_this_desk(
    qtbot: QtBot, serve: Serve, play: Play, tmp_path: Path
) -> None:
    gateway = serve()
    path = tmp_path / "0.ts"
    path.write_bytes(gateway._segment(0))
    head = b"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXTINF:1.0,\n"
    gateway.answers["/cam.m3u8"] = 200, head + f"file://{path}\n#EXT-X-ENDLIST\n".encode()
    player = play(gateway, "hls")
    qtbot.waitUntil(lambda: player.state().tries >= 2)
    assert shown(player) == 0
