"""What stands in for players until FFmpeg is loaded, so that a first picture does not hold up the window."""

from __future__ import annotations

from console.video.gate import Gate
from console.video.player import Frame, PacketSink, Player, PlayerState, Sources, Still


class ComingPlayer(Player):
    """Shows and asks nothing: the view gets a player of its own as soon as there can be one."""

    def __init__(self, _sources: Sources, _gate: Gate) -> None:
        self._state = PlayerState()

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def is_running(self) -> bool:
        return False

    def resize(self, width: int, height: int) -> None: ...

    def frame(self) -> Frame | None:
        return None

    def state(self) -> PlayerState:
        return self._state

    def still(self) -> Still | None:
        return None

    def tee(self, sink: PacketSink, pre_roll_s: float = 0.0) -> None: ...

    def untee(self, sink: PacketSink) -> None: ...
