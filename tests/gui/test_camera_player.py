"""Players on real RTSP, and on servers that lie, stall, lose and die."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import av
import pytest
from camera_faults import (
    SUB,
    TINY,
    Faulty,
    RawServer,
    all_ended,
    assert_looks_again_soon,
    endless_headers,
    garbage,
    nothing,
)
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.demo_gateway.gateway import GatewayThread
from console.demo_gateway.login import Login, signed_by
from console.demo_gateway.scenes import FPS, FRAMES, counter_of
from console.video.av_player import AvPlayer
from console.video.player import Denied, NotNow, Phase, Source, Trouble

SECRET = "Geheim-9:@/%x"
Serve = Callable[..., Faulty]
Play = Callable[..., AvPlayer]


@pytest.fixture(scope="session")
def media(home: Path) -> Path:
    return home / "demo_video"


@pytest.fixture
def threads() -> dict[Faulty, GatewayThread]:
    return {}


@pytest.fixture
def serve(qapp: object, media: Path, threads: dict[Faulty, GatewayThread]) -> Iterator[Serve]:
    """Start a gateway; all end with the test."""
    with ExitStack() as stack:

        def start(**wishes: Any) -> Faulty:
            gateway = Faulty(media, **wishes)
            threads[gateway] = GatewayThread(gateway)
            stack.enter_context(threads[gateway])
            return gateway

        yield start


@pytest.fixture
def play(qtbot: QtBot) -> Iterator[Play]:
    """Start a player; all have ended at the end of the test."""
    players: list[AvPlayer] = []

    def start(*sources: Source, **limits: float) -> AvPlayer:
        player = AvPlayer(lambda: sources, **limits)
        player.resize(400, 225)
        players.append(player)
        player.start()
        return player

    yield start
    all_ended(qtbot, players)


def shows(player: AvPlayer, more_than: int = 0) -> Callable[[], bool]:
    """Say whether a player has shown another picture."""
    return lambda: (frame := player.frame()) is not None and frame.number > more_than


def has(player: AvPlayer, trouble: Trouble) -> Callable[[], bool]:
    return lambda: player.state().trouble is trouble


@pytest.mark.parametrize("scheme", ["digest", "basic"])
def test_password_opens_the_stream_over_tcp(qtbot: QtBot, serve: Serve, play: Play, scheme: str) -> None:
    gateway = serve(login=Login("ann", SECRET, scheme))
    player = play(Source(f"{gateway.base}/A1/sub", user="ann", password=SECRET))
    qtbot.waitUntil(shows(player, 10))
    state = player.state()
    assert (state.phase, state.trouble, state.transport, state.codec) == (Phase.PLAYING, None, "tcp", "h264")
    assert state.size == SUB
    assert state.first_picture_s is not None
    assert gateway.wrong_logins == 0
    frame = player.frame()
    assert frame is not None
    assert (frame.image.width(), frame.image.height()) == (400, 225)
    assert counter_of(frame.image) is not None


def test_wrong_password_is_tried_exactly_once(qtbot: QtBot, serve: Serve, play: Play) -> None:
    gateway = serve(login=Login("ann", SECRET))
    player = play(Source(f"{gateway.base}/A1/sub", user="ann", password="wrong"))
    qtbot.waitUntil(lambda: not player.is_running())  # its thread has ended: nobody tries again
    assert (player.state().phase, player.state().trouble) == (Phase.FAILED, Trouble.CREDENTIALS)
    assert gateway.wrong_logins == 1


def test_unknown_stream_is_named_and_tried_again(qtbot: QtBot, serve: Serve, play: Play) -> None:
    gateway = serve()
    player = play(Source(f"{gateway.base}/none/sub"))
    qtbot.waitUntil(has(player, Trouble.NO_STREAM))
    qtbot.waitUntil(lambda: player.state().tries >= 2)
    assert gateway.described >= 2


def test_nobody_listens(qtbot: QtBot, play: Play) -> None:
    player = play(Source("rtsp://127.0.0.1:9/A1/sub"))
    qtbot.waitUntil(has(player, Trouble.UNREACHABLE))
    assert player.state().next_try is not None


def test_unreachable_address_gives_way_to_the_next_one(qtbot: QtBot, serve: Serve, play: Play) -> None:
    gateway = serve()
    player = play(Source("rtsp://127.0.0.1:9/A1/sub"), Source(f"{gateway.base}/A1/sub"))
    qtbot.waitUntil(shows(player))


def test_killed_server_is_looked_for_every_few_seconds_and_found_again(
    qtbot: QtBot, serve: Serve, play: Play, threads: dict[Faulty, GatewayThread]
) -> None:
    gateway = serve()
    player = play(Source(f"{gateway.base}/A1/sub"))
    qtbot.waitUntil(shows(player))
    threads[gateway].run(gateway.close(abruptly=True))
    qtbot.waitUntil(lambda: player.state().trouble is not None)
    assert_looks_again_soon(player, qtbot)
    last = player.frame()
    assert last is not None
    threads[gateway].run(gateway.open(gateway.port))
    qtbot.waitUntil(shows(player, last.number))
    assert player.state().phase is Phase.PLAYING


def test_stalled_stream_stays_old_and_comes_back(qtbot: QtBot, serve: Serve, play: Play) -> None:
    gateway = serve()
    player = play(Source(f"{gateway.base}/A1/sub"))
    qtbot.waitUntil(shows(player, 5))
    gateway.is_frozen = True
    qtbot.waitUntil(has(player, Trouble.SILENT))
    frame = player.frame()
    assert frame is not None
    assert time.monotonic() - frame.taken > 1.0  # the picture FFmpeg flushes at the time-out is not a new one
    gateway.is_frozen = False
    qtbot.waitUntil(shows(player, frame.number + 5))
    assert player.state().trouble is None


def test_hevc_plays(qtbot: QtBot, serve: Serve, play: Play) -> None:
    gateway = serve()
    gateway.codec = "hevc"
    player = play(Source(f"{gateway.base}/A1/sub"))
    qtbot.waitUntil(shows(player, 10))
    assert player.state().codec == "hevc"
    frame = player.frame()
    assert frame is not None
    assert counter_of(frame.image) is not None


def test_resolution_changes_within_the_stream(qtbot: QtBot, serve: Serve, play: Play) -> None:
    gateway = serve()
    gateway.changes_size = True
    player = play(Source(f"{gateway.base}/A1/sub"))
    qtbot.waitUntil(lambda: player.state().size == SUB)
    qtbot.waitUntil(lambda: player.state().size == TINY)
    seen = player.frame()
    assert seen is not None
    qtbot.waitUntil(shows(player, seen.number + 5))
    assert player.state().tries == 0


def test_udp_that_loses_a_fifth_gives_way_to_tcp(qtbot: QtBot, serve: Serve, play: Play) -> None:
    gateway = serve()
    gateway.udp_loss = 0.2
    player = play(Source(f"{gateway.base}/A1/sub", transport="udp"))
    qtbot.waitUntil(lambda: player.state().transport == "udp")
    qtbot.waitUntil(lambda: player.state().transport == "tcp" and player.state().phase is Phase.PLAYING)


def test_server_without_tcp_is_asked_for_udp(qtbot: QtBot, serve: Serve, play: Play) -> None:
    gateway = serve(has_tcp=False)
    player = play(Source(f"{gateway.base}/A1/sub"))
    qtbot.waitUntil(shows(player, 10))
    assert player.state().transport == "udp"


def test_unknown_codec_is_named(qtbot: QtBot, serve: Serve, play: Play) -> None:
    gateway = serve()
    gateway.sdp = ["a=rtpmap:96 NOSUCH/90000"]
    player = play(Source(f"{gateway.base}/A1/sub"))
    qtbot.waitUntil(has(player, Trouble.CODEC))


@pytest.mark.parametrize(
    ("talk", "open_s", "troubles"),
    [
        (garbage, 60.0, {Trouble.GARBAGE, Trouble.ENDED}),
        (endless_headers, 1.0, {Trouble.SILENT, Trouble.GARBAGE}),
        (nothing, 1.0, {Trouble.SILENT}),
    ],
)
def test_lying_server_neither_hangs_nor_ends_the_player(
    qtbot: QtBot,
    play: Play,
    talk: Callable[[Any], Coroutine[Any, Any, None]],
    open_s: float,
    troubles: set[Trouble],
) -> None:
    with RawServer(talk) as port:
        player = play(Source(f"rtsp://127.0.0.1:{port}/A1/sub"), open_s=open_s)
        qtbot.waitUntil(lambda: player.state().trouble is not None)
        assert player.state().trouble in troubles
        qtbot.waitUntil(lambda: player.state().tries >= 2)
        player.stop()
        qtbot.waitUntil(lambda: not player.is_running())


def test_stop_waits_for_nothing(qtbot: QtBot, play: Play) -> None:
    with RawServer(nothing) as port:
        player = play(Source(f"rtsp://127.0.0.1:{port}/A1/sub"), open_s=3600.0)
        qtbot.waitUntil(lambda: player.state().phase is Phase.WAITING)
        player.stop()
        assert player.is_running()  # until the server, which says nothing, is gone
    qtbot.waitUntil(lambda: not player.is_running())


def test_address_that_reads_this_desk_is_not_opened(qtbot: QtBot, play: Play, tmp_path: Path) -> None:
    path = tmp_path / "video.h264"
    path.write_bytes(b"\0" * 100)
    player = play(Source(f"file://{path}", "mp4"))
    qtbot.waitUntil(has(player, Trouble.GARBAGE))


@pytest.mark.parametrize(("error", "phase"), [(Denied(), Phase.FAILED), (NotNow(), Phase.PAUSING)])
def test_without_an_address_nothing_is_opened(qtbot: QtBot, error: Exception, phase: Phase) -> None:
    def refuse() -> list[Source]:
        raise error

    player = AvPlayer(refuse)
    player.start()
    qtbot.waitUntil(lambda: player.state().phase is phase)
    player.stop()
    qtbot.waitUntil(lambda: not player.is_running())
    assert player.state().trouble in (Trouble.REFUSED, Trouble.OFFLINE)


def test_signed_address_opens_and_a_changed_one_does_not(qtbot: QtBot, serve: Serve, play: Play) -> None:
    key = b"k" * 32
    gateway = serve(check=signed_by(key))
    query = signed("/A1/sub", key)
    player = play(Source(f"{gateway.base}/A1/sub?{query}"))
    qtbot.waitUntil(shows(player))
    other = play(Source(f"{gateway.base}/A2/sub?{query}"))
    qtbot.waitUntil(has(other, Trouble.CREDENTIALS))


def signed(path: str, key: bytes) -> str:
    import hashlib
    import hmac

    exp = int(time.time()) + 60
    message = f"{path}\n{exp}\nann".encode()
    return f"exp={exp}&op=ann&sig={hmac.new(key, message, hashlib.sha256).hexdigest()}"


def command_lines() -> list[bytes]:
    """Read what a process list shows; a process may end while it is read."""
    lines: list[bytes] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(FileNotFoundError, ProcessLookupError):
            lines.append(path.read_bytes())
    return lines


def test_no_secret_in_logs_texts_or_process_lists(
    qtbot: QtBot,
    serve: Serve,
    play: Play,
    threads: dict[Faulty, GatewayThread],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    gateway = serve(login=Login("ann", SECRET))
    right = Source(f"{gateway.base}/A1/sub?sig=0123abcd", user="ann", password=SECRET)
    wrong = Source(f"{gateway.base}/A1/sub", user="ann", password=SECRET + "x")
    unknown = Source(f"{gateway.base}/none/sub", user="ann", password=SECRET)
    players = [play(right), play(wrong), play(unknown)]
    qtbot.waitUntil(shows(players[0]))
    qtbot.waitUntil(has(players[1], Trouble.CREDENTIALS))
    qtbot.waitUntil(has(players[2], Trouble.NO_STREAM))
    lists = command_lines()
    threads[gateway].run(gateway.close(abruptly=True))
    qtbot.waitUntil(lambda: players[0].state().trouble is not None)
    said = [caplog.text, *capfd.readouterr(), *(repr(each) for each in (right, wrong, unknown))]
    said += [repr(player.state()) for player in players]
    assert any("stream lost" in text for text in said)  # something was written at all
    secret = full(right).split("//")[1].split("@")[0].split(":", 1)[1]
    for text in said:
        assert SECRET not in text
        assert secret not in text
        assert "0123abcd" not in text
    assert lists
    assert not any(SECRET.encode() in line or secret.encode() in line for line in lists)


def full(source: Source) -> str:
    return source.full_url()


class Kept:
    """A sink that writes down what it gets."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ended = ""
        self.packets = 0
        self.first_is_key = False

    def begin(self, stream: Any) -> None:
        self._out = av.open(str(self.path), "w")
        self._stream = self._out.add_stream_from_template(stream)

    def packet(self, packet: Any) -> None:
        self.packets += 1
        if self.packets == 1:
            self.first_is_key = packet.is_keyframe
            self._start = packet.pts or 0
        if packet.pts is None:
            packet.pts = packet.dts = self._start
        packet.stream = self._stream
        self._out.mux(packet)

    def end(self, reason: str) -> None:
        self._out.close()
        self.ended = reason


def test_still_is_full_and_tee_begins_before_it_was_asked_for(
    qtbot: QtBot, serve: Serve, play: Play, tmp_path: Path
) -> None:
    gateway = serve()
    player = play(Source(f"{gateway.base}/A1/sub"))
    qtbot.waitUntil(shows(player, 60))
    still = player.still()
    assert still is not None
    assert (still.image.width(), still.image.height()) == SUB
    asked_at = counter_of(still.image)
    assert asked_at is not None
    sink = Kept(tmp_path / "clip.mkv")
    player.tee(sink, pre_roll_s=1.0)
    qtbot.waitUntil(lambda: sink.packets > 60)
    player.untee(sink)
    qtbot.waitUntil(lambda: sink.ended == "untee")
    assert sink.first_is_key
    with av.open(str(sink.path)) as clip:
        pictures = [frame.to_ndarray(format="rgb24") for frame in clip.decode(video=0)]
    assert len(pictures) >= sink.packets - 2
    begun_at = counter_of(QImage(pictures[0].data, *SUB, 3 * SUB[0], QImage.Format.Format_RGB888))
    assert begun_at is not None
    assert FPS // 2 < (asked_at - begun_at) % FRAMES < FRAMES - FPS // 2


def test_sink_that_cannot_begin_hears_of_it_and_does_not_end_the_picture(
    qtbot: QtBot, serve: Serve, play: Play
) -> None:
    class Broken(Kept):
        def begin(self, stream: Any) -> None:
            raise OSError("disk full")

        def end(self, reason: str) -> None:
            self.ended = reason

    gateway = serve()
    player = play(Source(f"{gateway.base}/A1/sub"))
    qtbot.waitUntil(shows(player, 5))
    broken = Broken(Path("nowhere"))
    player.tee(broken)
    qtbot.waitUntil(lambda: broken.ended == "failed")
    seen = player.frame()
    assert seen is not None
    qtbot.waitUntil(shows(player, seen.number + 30))
    assert player.state().phase is Phase.PLAYING
