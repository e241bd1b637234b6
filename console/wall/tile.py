"""One camera's picture: what it shows, how old that is, and in words why there is none.

How fresh a picture is follows from its own age and from nothing a player says: a frozen one is marked frozen.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta, tzinfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from console.camera.record import Camera, Sight
from console.kit.clock import Clock
from console.kit.theme import Theme
from console.video.player import WIDTH_STEP, Frame, Phase, PlayerState, Trouble
from console.wall.logins import LoginMissing
from console.wall.opening import MOST, TooMany, View, Views
from console.wall.stream_words import FROZEN, LATE, hint_of, say, sentence_of, stream_line
from console.wall.tile_paint import Freshness, TileWords, overlay, scaled_rect, strips

LATE_S = 1.0
FROZEN_S = 3.0
FULL: object = QT_TRANSLATE_NOOP(
    "camera", "This desk shows {most} cameras, which is all it may. Close one, and this one opens."
)


class Tile(QWidget):
    """A place on the wall; its wall calls `tick()` all the time and `look()` once a second."""

    def __init__(
        self,
        views: Views,
        theme: Theme,
        clock: Clock,
        tz: tzinfo,
        of_error: Callable[[Exception], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.camera: Camera | None = None
        self.is_chosen = False
        self.freshness = Freshness.NONE
        self.note = ""  # stands before the name
        self.painted = 0  # pictures that reached the screen
        self._views = views
        self._theme = theme
        self._clock = clock
        self._tz = tz
        self._of_error = of_error
        self._wish: tuple[str, int | None, str] = ("", None, "live")
        self._stream = "sub"
        self._view: View | None = None
        self._coming: View | None = None  # the other stream, until its first picture
        self._is_full = False
        self._frame: Frame | None = None
        self._words: TileWords | None = None
        self._drawn: TileWords | None = None
        self._painted: Frame | None = None
        self._overlay = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def errand(self) -> tuple[str, int | None]:
        """Return for what reason and for which ticket the camera is shown."""
        reason, ticket, _ = self._wish
        return reason, ticket

    @property
    def view(self) -> View | None:
        """Return the view whose picture is shown."""
        return self._view

    def state(self) -> PlayerState | None:
        """Return what the player says; None when nothing is open."""
        return None if self._view is None else self._view.player.state()

    def sight(self) -> Sight | None:
        """Return what can be kept of it: the view in the register, its camera and errand."""
        view = self._view
        if view is None or view.number is None or self._frame is None:
            return None
        reason, ticket, _ = self._wish
        return Sight(view.number, view.camera, view.stream, reason, ticket)

    def words(self) -> TileWords:
        """Return all that it says."""
        if self._words is None:
            self._words = self._said()
        return self._words

    def login_wanted(self) -> str | None:
        """Name the gateway that asks for a login or refused the one it got."""
        state = self.state()
        if state is None or self._view is None:
            return None
        if isinstance(state.error, LoginMissing):
            return state.error.gateway
        opening = self._view.opening
        if state.trouble is Trouble.CREDENTIALS and opening is not None and opening.credential:
            return opening.credential.partition(":")[2]
        return None

    def show_camera(
        self, camera: Camera, reason: str, ticket: int | None = None, *, kind: str = "live"
    ) -> None:
        """Look through a camera, for a reason that goes into the register."""
        self.clear()
        self.camera = camera
        self._wish = (reason, ticket, kind)
        self.setAccessibleName(camera.name)
        self.wake()

    def set_stream(self, stream: str) -> None:
        """Change to 'main' or 'sub'; the picture stays until the other stream has one."""
        if stream == self._stream:
            return
        self._stream = stream
        if self._coming is not None:
            self._coming.close()
            self._coming = None
        if self._view is None or self._view.stream == stream:
            return
        self._coming = self._opened(stream)

    def wake(self) -> None:
        """Open what should be seen here."""
        if self.camera is not None and self._view is None:
            self._view = self._opened(self._stream)
            self.refresh()

    def sleep(self) -> None:
        """Close the streams; the camera stays, for `wake`."""
        for view in (self._view, self._coming):
            if view is not None:
                view.close()
        self._view = self._coming = self._frame = self._painted = None
        self.freshness = Freshness.NONE
        self.refresh()

    def clear(self) -> None:
        """Show nothing any more."""
        self.sleep()
        self.camera = None
        self._is_full = False
        self.setAccessibleName("")

    def retry(self) -> None:
        """Try again now."""
        if self._view is not None:
            self._view.restart()
        else:
            self.wake()

    def choose(self, is_chosen: bool) -> None:
        """Mark it, or not."""
        if is_chosen != self.is_chosen:
            self.is_chosen = is_chosen
            self.refresh()

    def tick(self) -> None:
        """Take the newest picture, if there is one, and say how old it is."""
        self._swap()
        frame = None if self._view is None else self._view.player.frame()
        freshness = freshness_of(frame, time.monotonic())
        if frame is not self._frame or freshness is not self.freshness:
            if freshness is not self.freshness:
                self._words = None
            self._frame, self.freshness = frame, freshness
            self.update()

    def look(self) -> None:
        """Bring words and clock up to date, and open what found no room before."""
        self.wake()
        self.refresh()

    def refresh(self) -> None:
        """Say everything afresh."""
        self._words = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for view in (self._view, self._coming):
            if view is not None:
                self._tell_size(view)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("video"))
        if self._frame is not None:
            self._draw_picture(painter, self._frame)
            self.painted += self._frame is not self._painted
            self._painted = self._frame
        if self.camera is not None:
            self._say(painter)

    def _say(self, painter: QPainter) -> None:
        """Draw the words; kept as a picture, for they change once a second and the frame 25 times."""
        words = self.words()
        if words != self._drawn or self._overlay.deviceIndependentSize().toSize() != self.size():
            self._drawn = words
            self._overlay = overlay(words, self.size(), self.devicePixelRatioF(), self._theme)
        if words.is_plain:
            for strip in strips(self.size(), self._theme):
                painter.drawPixmap(strip, self._overlay, scaled_rect(strip, self._overlay))
        else:
            painter.drawPixmap(0, 0, self._overlay)

    def _opened(self, stream: str) -> View | None:
        if self.camera is None:
            return None
        reason, ticket, kind = self._wish
        try:
            view = self._views.open(self.camera, reason, ticket, stream=stream, kind=kind)
        except TooMany:
            self._is_full = True
            return None
        self._is_full = False
        self._tell_size(view)
        return view

    def _tell_size(self, view: View) -> None:
        ratio = self.devicePixelRatioF()
        view.resize(round(self.width() * ratio), round(self.height() * ratio))

    def _swap(self) -> None:
        if self._coming is None or self._coming.player.frame() is None:
            return
        if self._view is not None:
            self._view.close()
        self._view, self._coming = self._coming, None

    def _draw_picture(self, painter: QPainter, frame: Frame) -> None:
        own = frame.image.size() / self.devicePixelRatioF()
        size = own.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if abs(size.width() - own.width()) <= WIDTH_STEP:
            size = own  # made for this tile: pixel for pixel is quickest
        place = QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, 0, 0)
        place.setSize(size)
        painter.drawImage(place, frame.image)

    def _said(self) -> TileWords:
        state = self.state()
        taken = self._taken_at()
        return TileWords(
            name="" if self.camera is None else f"{self.note} {self.camera.name}".lstrip(),
            time=taken or self._shown_time(0.0),
            banner=self._banner(taken),
            sentence=self._sentence(state),
            hint="" if state is None or self.freshness is Freshness.LIVE else hint_of(state),
            stream="" if state is None else stream_line(self._stream_shown(), state),
            freshness=self.freshness,
            is_chosen=self.is_chosen,
            look=self._theme.name,
        )

    def _sentence(self, state: PlayerState | None) -> str:
        if self._is_full:
            return say(FULL).format(most=MOST)
        if state is None or state.phase is Phase.PLAYING:
            return ""
        return sentence_of(state, self._of_error)

    def _stream_shown(self) -> str:
        return self._stream if self._view is None else self._view.stream

    def _banner(self, taken: str) -> str:
        if self._frame is None or self.freshness not in (Freshness.LATE, Freshness.FROZEN):
            return ""
        seconds = int(time.monotonic() - self._frame.taken)
        sentence = FROZEN if self.freshness is Freshness.FROZEN else LATE
        return say(sentence).format(time=taken, seconds=seconds)

    def _taken_at(self) -> str:
        """Return the server time of the picture that is shown."""
        if self._frame is None:
            return ""
        return self._shown_time(time.monotonic() - self._frame.taken)

    def _shown_time(self, ago_s: float) -> str:
        return f"{(self._clock.now() - timedelta(seconds=ago_s)).astimezone(self._tz):%H:%M:%S}"


def freshness_of(frame: Frame | None, now: float) -> Freshness:
    """Say how fresh a picture is at a moment of time.monotonic()."""
    if frame is None:
        return Freshness.NONE
    age_s = now - frame.taken
    if age_s > FROZEN_S:
        return Freshness.FROZEN
    return Freshness.LATE if age_s > LATE_S else Freshness.LIVE
