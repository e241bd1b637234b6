"""Players against an RTSP server that is not ours: GStreamer's, from Debian's packages."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from console.video.av_player import AvPlayer
from console.video.player import Phase, Source, Trouble

PYTHON = Path("/usr/bin/python3")
PEER = Path(__file__).with_name("gst_peer.py")
PARTS = """
import gi
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gst, GstRtspServer
Gst.init(None)
raise SystemExit(not all(Gst.ElementFactory.find(name) for name in ("videotestsrc", "x264enc", "rtph264pay")))
"""
PACKAGES = "gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-base -good -ugly"
USER, PASSWORD = "ann", "Geheim-9"


def has_peer() -> bool:
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", PARTS], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(
    not has_peer(), reason=f"GStreamer's RTSP server needs: apt-get install {PACKAGES}"
)


class Peer:
    """The server in a process of its own."""

    def __init__(self) -> None:
        self.port = 0
        self.start()

    def start(self) -> None:
        """Serve, on the port it had before."""
        self._process = subprocess.Popen(
            [PYTHON, PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(USER, PASSWORD, self.port, file=self._process.stdin, flush=True)
        self.port = int(self._process.stdout.readline())

    def kill(self) -> None:
        """Kill it as the system would."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def peer() -> Iterator[Peer]:
    made = Peer()
    yield made
    made.kill()


@pytest.fixture
def play(qtbot: QtBot, peer: Peer) -> Iterator[Callable[[str], AvPlayer]]:
    players: list[AvPlayer] = []

    def start(password: str) -> AvPlayer:
        source = Source(f"rtsp://127.0.0.1:{peer.port}/cam", user=USER, password=password)
        players.append(AvPlayer(lambda: [source]))
        players[-1].start()
        return players[-1]

    yield start
    for player in players:
        player.stop()
    qtbot.waitUntil(lambda: not any(player.is_running() for player in players))


def number(player: AvPlayer) -> int:
    frame = player.frame()
    return 0 if frame is None else frame.number


def test_digest_opens_a_live_stream(qtbot: QtBot, play: Callable[[str], AvPlayer]) -> None:
    player = play(PASSWORD)
    qtbot.waitUntil(lambda: number(player) > 25)
    assert (player.state().size, player.state().transport) == ((320, 180), "tcp")


def test_wrong_password_ends_it(qtbot: QtBot, play: Callable[[str], AvPlayer]) -> None:
    player = play("wrong")
    qtbot.waitUntil(lambda: not player.is_running())
    assert player.state().trouble is Trouble.CREDENTIALS


def test_killed_server_is_found_again(qtbot: QtBot, peer: Peer, play: Callable[[str], AvPlayer]) -> None:
    player = play(PASSWORD)
    qtbot.waitUntil(lambda: number(player) > 5)
    peer.kill()
    qtbot.waitUntil(lambda: player.state().trouble is not None)
    seen = number(player)
    peer.start()
    qtbot.waitUntil(lambda: number(player) > seen + 5 and player.state().phase is Phase.PLAYING)
