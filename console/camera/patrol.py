"""A round tour through a group of cameras (轮巡, S72), with a record of what was really seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from PySide6.QtCore import QObject, Signal, Slot

from console.camera.patrol_record import Passed
from console.camera.patrol_store import PatrolStore
from console.camera.record import Camera, CameraGroup
from console.wall.errand import Errand
from db.errors import Unavailable

if TYPE_CHECKING:
    from console.app.session import Session


class Stage(Protocol):
    """Where the pictures of a round are shown."""

    def room(self) -> int:
        """Return how many pictures fit at once."""

    def show_page(self, cameras: Sequence[Camera], errand: Errand) -> None:
        """Show these cameras and nothing else, as views of the kind `patrol`."""

    def looked(self, camera_id: int) -> Looked:
        """Return how it went with a camera that is on the stage."""

    def clear(self) -> None:
        """Close every picture."""


class Looked(Protocol):
    """How it went with one camera."""

    @property
    def view(self) -> int | None:
        """Its row in the register."""

    @property
    def seconds(self) -> float:
        """How long a picture was to be seen that was not frozen."""

    @property
    def state(self) -> str:
        """How the stream is: `playing`, or why not."""


class PatrolRun(QObject):
    """Turns the pages of a round and writes its record.

    Signals: changed() page, pause or remaining time differ; ended(patrol id) its record is complete.
    """

    changed = Signal()
    ended = Signal(object)

    def __init__(self, session: Session, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = PatrolStore(session.engine)
        self._stage = stage
        self.group: CameraGroup | None = None
        self.cameras: tuple[Camera, ...] = ()
        self.page = 0
        self.is_paused = False
        self.is_endless = False
        self.remarks = ""
        self.remark = ""  # about the page on the stage
        self._patrol: int | None = None
        self._errand = Errand("")
        self._n = 0
        self._first = 0  # camera of the page while the stage gets other room
        self._passed: set[int] = set()
        self._seen: set[int] = set()
        self._left = timedelta()
        self._now = session.clock.now()
        self._unsent: list[tuple[Callable[[], None], Callable[[None], None]]] = []
        session.feed.link_up.connect(self._on_link_up)

    def detach(self) -> None:
        """End the round and let go of the session."""
        self.stop()
        self._session.feed.link_up.disconnect(self._on_link_up)

    @property
    def is_running(self) -> bool:
        """Say whether a round goes on."""
        return self._patrol is not None

    def pages(self) -> int:
        """Return how many pages the round has with the room there is."""
        room = max(1, self._stage.room())
        return max(1, -(-len(self.cameras) // room))

    def seconds_left(self) -> int:
        """Return how long the page stays."""
        return max(0, round(self._left.total_seconds()))

    def tally(self) -> tuple[int, int]:
        """Return how many cameras were seen, and how many were passed without a picture."""
        return len(self._seen), len(self._passed - self._seen)

    def start(self, group: CameraGroup, cameras: Sequence[Camera], errand: Errand) -> None:
        """Begin a round; the one that goes on is ended first."""
        if not cameras:
            return
        self.stop()
        self.group, self.cameras, self._errand = group, tuple(cameras), errand
        self._begin()

    @Slot()
    def pause(self) -> None:
        """Stay with the page, or go on."""
        self.is_paused = not self.is_paused
        self.changed.emit()

    @Slot()
    def next(self) -> None:
        """Go to the next page; after the last one the round is complete."""
        if not self.is_running:
            return
        self._leave_page()
        if self.page + 1 < self.pages():
            self._enter_page(self.page + 1)
        elif self.is_endless:
            self._finish()
            self._begin()
        else:
            self._finish()
            self._stage.clear()
            self._let_go()

    @Slot()
    def previous(self) -> None:
        """Go back a page."""
        if self.is_running and self.page > 0:
            self._leave_page()
            self._enter_page(self.page - 1)

    @Slot()
    def stop(self) -> None:
        """End the round where it is; the record keeps what was seen so far."""
        if self.is_running:
            self._leave_page()
            self._finish()
            self._stage.clear()
            self._let_go()

    @Slot()
    def leave(self) -> None:
        """Write down how it went with the page: the stage is about to get other room."""
        if self.is_running:
            self._leave_page()
            self._first = self.page * max(1, self._stage.room())

    @Slot()
    def enter(self) -> None:
        """Show the page that begins with the same cameras, now that the stage has other room."""
        if self.is_running:
            self._enter_page(self._first // max(1, self._stage.room()))

    def _begin(self) -> None:
        """Ask for the record; the first page comes with it."""
        assert self.group is not None
        self._n, self._passed, self._seen, self.remarks = 0, set(), set(), ""
        work = partial(self._store.begin, uuid4(), self.group.id)
        self._session.writes.run(work, self._on_begun, self._session.report)

    def _on_begun(self, patrol: int) -> None:
        self._patrol = patrol
        self.is_paused = False
        self._now = self._session.clock.now()
        self._session.clock.ticked.connect(self._on_ticked)
        self._enter_page(0)

    def _enter_page(self, page: int) -> None:
        assert self.group is not None
        self.page, self.remark = page, ""
        self._left = timedelta(seconds=self.group.dwell_s)
        self._stage.show_page(self._on_page(), self._errand)
        self.changed.emit()

    def _on_page(self) -> tuple[Camera, ...]:
        room = max(1, self._stage.room())
        return self.cameras[self.page * room : (self.page + 1) * room]

    def _leave_page(self) -> None:
        """Write down how it went with each camera of the page."""
        if self._patrol is not None:
            stops = [self._stop_at(camera) for camera in self._on_page()]
            self._write(partial(self._store.note, self._patrol, stops), self._on_written)

    def _stop_at(self, camera: Camera) -> Passed:
        looked = self._stage.looked(camera.id)
        was_seen = looked.view is not None and looked.seconds > 0
        self._n += 1
        self._passed.add(camera.id)
        if was_seen:
            self._seen.add(camera.id)
        seconds = round(looked.seconds)
        return Passed(self._n, camera.id, looked.view, was_seen, looked.state, seconds, self.remark)

    def _finish(self) -> None:
        patrol, self._patrol = self._patrol, None
        if patrol is None:
            return
        self._session.clock.ticked.disconnect(self._on_ticked)
        self._write(partial(self._store.end, patrol, self.remarks), partial(self._on_ended, patrol))

    def _let_go(self) -> None:
        self.group, self.cameras, self.page = None, (), 0
        self.changed.emit()

    def _write(self, work: Callable[[], None], done: Callable[[None], None]) -> None:
        """Write a part of the record; without a link it waits, and so does all that follows."""
        if self._unsent:
            self._unsent.append((work, done))
        else:
            self._session.writes.run(work, done, partial(self._on_failed, work, done))

    def _on_failed(self, work: Callable[[], None], done: Callable[[None], None], error: Exception) -> None:
        if isinstance(error, Unavailable):  # sent again it changes nothing
            self._unsent.append((work, done))
        self._session.report(error)

    @Slot(object)
    def _on_link_up(self, _now: datetime) -> None:
        unsent, self._unsent = self._unsent, []
        for work, done in unsent:
            self._write(work, done)

    def _on_written(self, _nothing: None) -> None:
        """Need no answer: the record is read where it is listed."""

    def _on_ended(self, patrol: int, _nothing: None) -> None:
        self.ended.emit(patrol)

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        passed, self._now = now - self._now, now
        if self.is_paused or not self.is_running:
            return
        self._left -= passed
        if self._left <= timedelta():
            self.next()
        else:
            self.changed.emit()
