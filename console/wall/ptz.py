"""Steering the enlarged picture of a wall: arrows turn, + and - zoom, the mouse drags.

Whatever begins a movement also ends it: releasing the key or button, losing the focus or the picture, holding
on for too long. What is wanted last is what is sent last, so a stop is never overtaken.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from console.camera.record import Camera
from console.kit.jobs import Jobs
from console.wall.logins import LoginMissing
from console.wall.ptz_link import Control, Move, Preset, PtzFailed, PtzLink, hang_up, link_to
from console.wall.ptz_store import Holder, Lease, PtzStore

if TYPE_CHECKING:
    from console.app.session import Session
    from console.wall.wall import Wall

T = TypeVar("T")

BEAT_MS = 3000  # below ptz_link.HOLD_S and the lease's 15 s
IDLE_S = 15.0
LONGEST_S = 30.0  # a movement held longer is a stuck key
PULSE_MS = 300  # of zooming, for each notch of the wheel
SLOW, NORMAL, FAST = 20, 50, 100
PER_PIXEL = 0.5
DEAD_PIXELS = 6

AIMS = {
    Qt.Key.Key_Left: (-1, 0, 0),
    Qt.Key.Key_Right: (1, 0, 0),
    Qt.Key.Key_Up: (0, 1, 0),
    Qt.Key.Key_Down: (0, -1, 0),
    Qt.Key.Key_Plus: (0, 0, 1),
    Qt.Key.Key_Equal: (0, 0, 1),
    Qt.Key.Key_Minus: (0, 0, -1),
}
LEAVING = frozenset({QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate})


class Stand(Enum):
    """How this desk stands to the camera."""

    FREE = "free"
    TAKING = "taking"
    MINE = "mine"


class Helm(QObject):
    """Steers what a wall shows enlarged, where the camera can be steered and the person may.

    Signals: changed() who steers, what is wrong, or which positions there are.
    """

    changed = Signal()

    def __init__(self, session: Session, wall: Wall, connect: Callable[[Control], PtzLink] = link_to) -> None:
        super().__init__(wall)
        self._session = session
        self._wall = wall
        self._connect = connect
        self._jobs: Jobs | None = None
        self._stand = Stand.FREE
        self._lease: Lease | None = None
        self._link: PtzLink | None = None
        self._camera: Camera | None = None
        self._keys: set[Qt.Key] = set()
        self._drag_from: QPointF | None = None
        self._wanted = self._sent = Move()
        self._is_sending = False
        self._held_since = self._used_at = 0.0
        self.holder: Holder | None = None
        self.presets: tuple[Preset, ...] = ()
        self.trouble: Exception | None = None
        self._beat = QTimer(self, interval=BEAT_MS)
        self._beat.timeout.connect(self._on_beat)
        self._pulse = QTimer(self, interval=PULSE_MS, singleShot=True)
        self._pulse.timeout.connect(self.halt)
        wall.installEventFilter(self)
        for signal in (wall.enlarged_changed, wall.chosen_changed, wall.shown_changed):
            signal.connect(self._on_picture_changed)

    @property
    def camera(self) -> Camera | None:
        """Return the camera that keys would steer: the enlarged one, if it can be."""
        return self._camera

    @property
    def wall(self) -> Wall:
        """Return the wall whose keys and mouse steer."""
        return self._wall

    @property
    def is_mine(self) -> bool:
        """Say whether this desk steers."""
        return self._stand is Stand.MINE

    def may_take_over(self) -> bool:
        """Say whether somebody else steers and this person may end that."""
        held = self.holder is not None and not self.holder.is_me
        return held and "supervisor" in self._session.me.duties

    def take(self, *, over: bool = False) -> None:
        """Take the camera in hand; the register row has the reason the picture was opened for."""
        if self._camera is None or self._stand is not Stand.FREE:
            return
        self._stand = Stand.TAKING
        self.trouble = None
        reason, ticket = self._wall.chosen.errand
        work = partial(self._taken, self._camera.id, reason, ticket, over)
        self._run(work, partial(self._on_taken, self._camera), self._on_failed)
        self.changed.emit()

    @Slot()
    def release(self) -> None:
        """Let go: stop, hang up, free the lease."""
        self._keys.clear()
        self._drag_from = None
        is_moving = bool(self._sent)
        self._wanted = self._sent = Move()
        lease, link = self._lease, self._link
        self._lease = self._link = None
        self._stand = Stand.FREE
        self.presets = ()
        if lease is not None and link is not None:
            work = partial(self._let_go, lease, link, is_moving)
            self._run(work, self._on_let_go, self._on_let_go)
        self.changed.emit()

    @Slot()
    def halt(self) -> None:
        """Stand still."""
        self._keys.clear()
        self._drag_from = None
        self._want(Move())

    def go(self, preset: Preset) -> None:
        """Go to a position the camera remembers."""
        lease, link = self._lease, self._link
        if lease is not None and link is not None:
            self._used_at = time.monotonic()
            self._run(partial(self._sent_to, lease, link, preset), self._on_gone, self._on_failed)

    def detach(self) -> None:
        """Let go of the camera and of the session."""
        self._beat.stop()
        self._wall.removeEventFilter(self)
        self.release()
        if self._jobs is not None:
            self._jobs.stop(finish=True)
            self._jobs = None

    # Keys and mouse

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._camera is None:
            return False
        if event.type() in LEAVING:
            self.halt()
            return False
        if isinstance(event, QKeyEvent):
            return self._on_key(event)
        if isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        if isinstance(event, QWheelEvent):
            return self._on_wheel(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key not in AIMS or event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if event.isAutoRepeat():
            return True
        if event.type() is QEvent.Type.KeyPress:
            self._keys.add(key)
        else:
            self._keys.discard(key)
        held = event.modifiers()
        fast = bool(held & Qt.KeyboardModifier.ShiftModifier) and key not in (
            Qt.Key.Key_Plus,
            Qt.Key.Key_Equal,
        )
        speed = FAST if fast else SLOW if held & Qt.KeyboardModifier.AltModifier else NORMAL
        pan, tilt, zoom = (sum(AIMS[each][axis] for each in self._keys) for axis in range(3))
        self._want(Move(_side(pan) * speed, _side(tilt) * speed, _side(zoom) * speed))
        return True

    def _on_mouse(self, event: QMouseEvent) -> bool:
        """Turn towards where the pressed mouse was dragged, the faster the farther."""
        if event.type() is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            self._drag_from = event.position()
        elif event.type() is QEvent.Type.MouseMove and self._drag_from is not None:
            way = event.position() - self._drag_from
            self._want(Move(_pull(way.x()), _pull(-way.y())))
            return True
        elif event.type() is QEvent.Type.MouseButtonRelease and self._drag_from is not None:
            self.halt()
        return False

    def _on_wheel(self, event: QWheelEvent) -> bool:
        turned = event.angleDelta().y()
        if turned:
            self._want(Move(zoom=_side(turned) * NORMAL))
            self._pulse.start()
        return bool(turned)

    # What is wanted, and what is said

    def _want(self, move: Move) -> None:
        now = time.monotonic()
        if move and not self._wanted:
            self._held_since = now
        if move or self._wanted:
            self._used_at = now
        self._wanted = move
        if move and self._stand is Stand.FREE:
            self.take()
        self._send()

    def _send(self) -> None:
        lease, link = self._lease, self._link
        if lease is None or link is None or self._is_sending or self._wanted == self._sent:
            return
        self._is_sending = True
        self._sent = self._wanted
        self._run(partial(self._said, lease, link, self._sent), self._on_said, self._on_failed)

    def _on_said(self, _answer: object) -> None:
        self._is_sending = False
        self._send()

    def _on_taken(self, camera: Camera, made: tuple[Lease, PtzLink]) -> None:
        self._lease, self._link = made
        self._stand = Stand.MINE
        self.holder = None
        self._used_at = time.monotonic()
        if camera != self._camera:  # gone meanwhile
            self.release()
            return
        self._run(self._link.presets, self._on_presets, self._on_no_presets)
        self._send()
        self.changed.emit()

    def _on_presets(self, presets: tuple[Preset, ...]) -> None:
        self.presets = presets if self.is_mine else ()
        self.changed.emit()

    def _on_no_presets(self, _error: Exception) -> None:
        """Not every camera remembers positions; whether it moves at all is told when it should."""

    def _on_gone(self, _answer: object) -> None:
        self.trouble = None
        self.changed.emit()

    def _on_let_go(self, _answer: object) -> None:
        self._ask_holder()

    def _on_failed(self, error: Exception) -> None:
        """Say what is wrong, and try to stop what may still move."""
        self._is_sending = False
        self._wanted = Move()
        self._keys.clear()
        if self._stand is Stand.TAKING:
            self._stand = Stand.FREE
            self._ask_holder()
        elif isinstance(error, PtzFailed):
            self._send()
        else:
            self.release()
        self.trouble = error
        self.changed.emit()

    @Slot()
    def _on_beat(self) -> None:
        now = time.monotonic()
        if self._lease is None:
            self._ask_holder()
        elif self._wanted and now - self._held_since > LONGEST_S:
            self.halt()
        elif not self._wanted and now - self._used_at > IDLE_S:
            self.release()
        elif self._link is not None:
            work = partial(self._kept, self._lease, self._link, self._wanted)
            self._run(work, self._on_kept, self._on_failed)

    def _on_kept(self, _answer: object) -> None:
        """Still mine."""

    def _ask_holder(self) -> None:
        camera = self._camera
        if camera is not None:
            work = partial(self._store.holders, (camera.id,))
            self._session.reads.run(work, partial(self._on_holders, camera.id), self._on_not_told)

    def _on_holders(self, camera: int, holders: dict[int, Holder]) -> None:
        holder = holders.get(camera)
        if self._camera is not None and self._camera.id == camera and holder != self.holder:
            self.holder = holder
            self.changed.emit()

    def _on_not_told(self, _error: Exception) -> None:
        """Leave it to the next beat."""

    @Slot()
    def _on_picture_changed(self) -> None:
        shown = self._wall.chosen.camera if self._wall.is_enlarged else None
        camera = shown if shown is not None and shown.has_ptz else None
        if camera == self._camera:
            return
        self.release()
        self._camera, self.holder, self.trouble = camera, None, None
        if camera is None:
            self._beat.stop()
        else:
            self._beat.start()
            self._ask_holder()
        self.changed.emit()

    def _run(
        self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Run in a worker of its own, one thing after another: what is said first arrives first."""
        if self._jobs is None:
            self._jobs = Jobs(1, "ptz", self)
        self._jobs.run(work, done, failed)

    # In the worker

    @property
    def _store(self) -> PtzStore:
        return PtzStore(self._session.engine)

    def _taken(self, camera: int, reason: str, ticket: int | None, over: bool) -> tuple[Lease, PtzLink]:
        lease = self._store.take(camera, reason, ticket, over=over)
        try:
            user = password = ""
            if lease.credential is not None:
                login = self._session.views.logins.find(lease.credential)
                user, password = login.user, login.password
            control = Control(lease.kind, lease.base, lease.device, lease.channel, user, password)
            return lease, self._connect(control)
        except (LoginMissing, PtzFailed):
            self._store.release(lease.id)
            raise

    def _said(self, lease: Lease, link: PtzLink, move: Move) -> None:
        """Note a movement before it is made, and a stop after it."""
        if move:
            self._store.move(lease.id, asdict(move))
            link.move(move)
        else:
            link.stop()
            self._store.move(lease.id, asdict(move))

    def _kept(self, lease: Lease, link: PtzLink, move: Move) -> None:
        self._store.renew(lease.id)
        if move:
            link.move(move)

    def _sent_to(self, lease: Lease, link: PtzLink, preset: Preset) -> None:
        self._store.move(lease.id, {"preset": preset.name})
        link.go(preset)

    def _let_go(self, lease: Lease, link: PtzLink, is_moving: bool) -> None:
        """Stop what this desk has begun; what stands still may be in other hands already."""
        if is_moving:
            hang_up(link)
        else:
            link.close()
        self._store.release(lease.id)


def _side(number: float) -> int:
    return (number > 0) - (number < 0)


def _pull(pixels: float) -> int:
    """Return the speed a drag of so many pixels means."""
    if abs(pixels) < DEAD_PIXELS:
        return 0
    return round(max(-100.0, min(100.0, pixels * PER_PIXEL)))
