"""Players without a network: they ask the database as real ones do, and show a plain colour."""

from __future__ import annotations

import threading
import time
from itertools import count

from PySide6.QtGui import QImage

from console.video.gate import Gate
from console.video.player import (
    Denied,
    Frame,
    NotNow,
    PacketSink,
    Phase,
    Player,
    PlayerState,
    Sources,
    Still,
    Trouble,
)

ASK_S = 10.0


class Lens(Player):
    """Plays as soon as it has an address; `blind` ones never show a picture."""

    blind: frozenset[str] = frozenset()  # parts of addresses

    def __init__(self, sources: Sources, gate: Gate) -> None:
        self._sources = sources
        self._state = PlayerState()
        self._numbers = count(1)
        self._image = QImage(64, 36, QImage.Format.Format_RGB32)
        self._image.fill(0x336699)
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._state = PlayerState(Phase.STOPPED)
        if self._thread.is_alive():  # it asks the database, which may be gone soon
            self._thread.join(ASK_S)

    def is_running(self) -> bool:
        return self._thread.is_alive()

    def resize(self, width: int, height: int) -> None:
        pass

    def frame(self) -> Frame | None:
        if self._state.phase is not Phase.PLAYING:
            return None
        return Frame(next(self._numbers), self._image, time.monotonic(), None)

    def state(self) -> PlayerState:
        return self._state

    def still(self) -> Still | None:
        return None

    def tee(self, sink: PacketSink, pre_roll_s: float = 0.0) -> None:
        pass

    def untee(self, sink: PacketSink) -> None:
        pass

    def _ask(self) -> None:
        try:
            url = self._sources()[0].url
        except NotNow:
            return
        except Denied as denied:
            error = denied.__cause__
            self._state = PlayerState(
                Phase.FAILED, Trouble.REFUSED, error if isinstance(error, Exception) else None
            )
            return
        if self._state.phase is Phase.STOPPED:
            return
        if any(part in url for part in self.blind):
            self._state = PlayerState(Phase.PAUSING, Trouble.SILENT)
        else:
            self._state = PlayerState(Phase.PLAYING)
