"""What the register is told of a view, and who loads what plays it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from camera_desk import FakeDesk, FakeStore
from painted_player import PaintedPlayer
from pytestqt.qtbot import QtBot

from console.bench.bare_desk import camera
from console.camera.record import Opening
from console.video.player import Denied, Phase
from console.wall.opening import MakePlayer

REASON = "核实路灯"


class SlowStore(FakeStore):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__("rtsp://127.0.0.1:9")
        self.asked = threading.Semaphore(0)
        self.may_answer = threading.Event()

    def open(self, *wish: Any) -> Opening:
        self.asked.release()
        self.may_answer.wait()
        return super().open(*wish)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[FakeDesk]:
    made = FakeDesk(SlowStore())
    made.views.make_player = lambda *_: PaintedPlayer(None)
    yield made
    made.views.stop()
    made.stop(finish=True)
    assert made.store.open_views() == set()


def test_view_that_is_closed_is_not_opened_any_more(desk: FakeDesk) -> None:
    desk.store.may_answer.set()
    view = desk.views.open(camera(1), REASON)
    view.close()
    with pytest.raises(Denied):
        view.sources()
    assert desk.store.opened == []


def test_player_that_was_stopped_and_the_next_one_share_a_row(desk: FakeDesk) -> None:
    view = desk.views.open(camera(1), REASON)
    players = [threading.Thread(target=view.sources) for _ in range(2)]
    for player in players:
        player.start()
    assert desk.store.asked.acquire(timeout=60)
    desk.store.may_answer.set()
    for player in players:
        player.join()
    assert len(desk.store.opened) == 1


def test_picture_opened_before_ffmpeg_is_loaded_waits_for_it_and_the_window_does_not(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_load = threading.Event()
    loaded_in: list[threading.Thread] = []

    def load() -> MakePlayer:
        loaded_in.append(threading.current_thread())
        may_load.wait()
        return lambda *_: PaintedPlayer(None)

    monkeypatch.setattr("console.wall.opening._load_backend", load)
    desk = FakeDesk(FakeStore("rtsp://127.0.0.1:9"))
    view = desk.views.open(camera(1), REASON)
    assert (view.player.state().phase, view.player.frame()) == (Phase.ASKING, None)
    assert desk.store.opened == []  # nothing to be seen, nothing registered
    may_load.set()
    qtbot.waitUntil(lambda: view.player.state().phase is Phase.PLAYING)
    assert threading.main_thread() not in loaded_in
    desk.views.stop()
    desk.stop(finish=True)
