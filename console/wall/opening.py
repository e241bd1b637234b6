"""What this desk looks at: each view is asked of the database, kept alive, and closed when nobody looks.

The address comes in two calls, the second of which reads the register row of the first (R702). They are
made in the player's thread, before each try, so an address that has expired is asked anew by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.camera.record import Camera, Opening
from console.kit.jobs import Jobs, ignore
from console.video.gate import Gate
from console.video.player import Denied, NotNow, Phase, Player, Source, Sources
from console.wall.coming import ComingPlayer
from console.wall.logins import GatewayLogins, LoginMissing
from db.errors import DatabaseRefusal, Refused, Unavailable

MOST = 16  # pictures at one desk
BEAT_MS = 30_000
GOOD_S = 240.0  # an address opens for 300 s

MakePlayer = Callable[[Sources, Gate], Player]


class ViewStore(Protocol):
    """The part of `CameraStore` that a view needs."""

    def open(
        self, camera: int, reason: str, ticket: int | None = None, stream: str = "sub", kind: str = "live"
    ) -> Opening:
        """Write the register row and return the addresses."""

    def renew(self, opening: Opening) -> Opening:
        """Return fresh addresses of the same view."""

    def keep(self, views: Iterable[int]) -> frozenset[int]:
        """Say which views go on; return those that may."""

    def close(self, view: int) -> None:
        """End a view."""


class TooMany(Exception):
    """This desk shows as many cameras as one desk may."""


class View:
    """One person looking through one camera; `player` shows what there is to see."""

    def __init__(
        self,
        views: Views,
        camera: Camera,
        reason: str,
        ticket: int | None,
        stream: str,
        kind: str,
    ) -> None:
        self.camera = camera
        self.stream = stream
        self.is_over = False
        self._views = views
        self._wish = (camera.id, reason, ticket, stream, kind)
        self._lock = threading.Lock()
        self._asking = threading.Lock()  # of the player that is stopped and the one that follows it, one asks
        self._opening: Opening | None = None
        self._asked = 0.0
        self._size = (0, 0)
        self.player = self._started()

    @property
    def number(self) -> int | None:
        """Return the number of its register row, once there is one."""
        opening = self._opening
        return None if opening is None else opening.view

    @property
    def opening(self) -> Opening | None:
        """Return what the database said, once it has."""
        return self._opening

    def restart(self) -> None:
        """Try again from the beginning, with a new row in the register."""
        self.end_opening()
        self.player.stop()
        self.player = self._started()

    def resize(self, width: int, height: int) -> None:
        """Scale pictures to fit into these device pixels."""
        self._size = (width, height)
        self.player.resize(width, height)

    def close(self) -> None:
        """Look no more."""
        with self._lock:
            self.is_over = True
        self.player.stop()
        self.end_opening()
        self._views.forget(self)

    def sources(self) -> Sequence[Source]:
        """Ask for addresses; in the player's thread."""
        try:
            with self._asking:
                opening = self._ask()
            login = self._views.logins.find(opening.credential) if opening.credential else None
        except Unavailable as error:
            raise NotNow from error
        except (DatabaseRefusal, LoginMissing) as error:
            raise Denied from error
        user, password = (login.user, login.password) if login else ("", "")
        return [Source(each.url, each.protocol, user, password) for each in opening.addresses]

    def _started(self) -> Player:
        player = self._views.make_player(self.sources, self._views.gate)
        player.resize(*self._size)
        player.start()
        return player

    def _ask(self) -> Opening:
        with self._lock:
            known, is_over = self._opening, self.is_over
        if is_over:  # its player had begun another try: nobody looks, nothing is registered
            raise Denied
        if known is not None and time.monotonic() - self._asked < GOOD_S:
            return known
        asked = time.monotonic()
        opening = self._renewed(known) if known is not None else None
        if opening is None:
            opening = self._views.store.open(*self._wish)
        with self._lock:
            self._opening, self._asked = opening, asked
            is_over = self.is_over
        if is_over:  # closed while the database was asked
            self._views.store.close(opening.view)
            raise Denied
        return opening

    def _renewed(self, known: Opening) -> Opening | None:
        try:
            return self._views.store.renew(known)
        except Refused as error:
            if error.code != "camera_view_over":
                raise
            return None  # the worker ended it while this desk slept: it is a new view

    def end_opening(self) -> None:
        """Tell the register that nothing is seen; the next try is a new view."""
        with self._lock:
            opening, self._opening = self._opening, None
        if opening is not None:
            self._views.end(opening.view)


class Views(QObject):
    """All views of this desk.

    Signals: changed() when one was opened or closed.
    """

    changed = Signal()

    def __init__(
        self,
        store: ViewStore,
        reads: Jobs,
        writes: Jobs,
        logins: GatewayLogins,
        make_player: MakePlayer | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.logins = logins
        self.gate = Gate()
        self.make_player: MakePlayer = make_player or ComingPlayer
        self._reads = reads
        self._writes = writes
        self._live: list[View] = []
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self.keep)
        self._beat.start()

    @property
    def live(self) -> tuple[View, ...]:
        """Return the views that go on."""
        return tuple(self._live)

    def prepare(self) -> None:
        """Load FFmpeg in a worker: a quarter of a second, and 15 MB that only pictures need.

        Pictures that are opened meanwhile begin when it is there.
        """
        if self.make_player is ComingPlayer:
            self._reads.run(_load_backend, self._on_loaded, _fail)

    def has_room(self) -> bool:
        """Say whether one more picture may be opened."""
        return len({view.camera.id for view in self._live}) < MOST

    def open(
        self,
        camera: Camera,
        reason: str,
        ticket: int | None = None,
        *,
        stream: str = "sub",
        kind: str = "live",
    ) -> View:
        """Begin to look; raises TooMany. Another stream of a camera on screen needs no room of its own."""
        if not self.has_room() and all(view.camera.id != camera.id for view in self._live):
            raise TooMany
        self.prepare()
        view = View(self, camera, reason, ticket, stream, kind)
        self._live.append(view)
        self.changed.emit()
        return view

    def forget(self, view: View) -> None:
        """Count a closed view no more."""
        if view in self._live:
            self._live.remove(view)
            self.changed.emit()

    def end(self, number: int) -> None:
        """Tell the register that a view has ended."""
        self._writes.run(partial(self.store.close, number), ignore, ignore)

    @Slot()
    def keep(self) -> None:
        """Say which views go on; one that has failed for good shows nothing, and ends."""
        for view in self.live:
            if view.player.state().phase is Phase.FAILED:
                view.end_opening()
        numbers = tuple(view.number for view in self._live if view.number is not None)
        if numbers:
            self._reads.run(
                partial(self.store.keep, numbers), partial(self._on_kept, frozenset(numbers)), ignore
            )

    def stop(self) -> None:
        """Close everything. The caller waits for the writes to end."""
        self._beat.stop()
        for view in self.live:
            view.close()
        self.logins.forget()

    def _on_loaded(self, make_player: MakePlayer) -> None:
        if self.make_player is ComingPlayer:
            self.make_player = make_player
            for view in self.live:
                view.restart()

    def _on_kept(self, asked: frozenset[int], kept: frozenset[int]) -> None:
        """Ask anew for what the database let go: it answers, or says why not."""
        for view in self.live:
            if view.number in asked - kept:
                view.restart()


def _load_backend() -> MakePlayer:
    from console.video.av_player import AvPlayer

    return AvPlayer


def _fail(error: Exception) -> None:
    """Let the crash record have it: a program without its FFmpeg is broken."""
    raise error
