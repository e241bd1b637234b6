"""A wall of 1, 4, 9 or 16 pictures, one of them chosen, one of them perhaps enlarged."""

from __future__ import annotations

import math
import time
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from console.camera.record import Camera
from console.kit.notices import Notice, Severity
from console.video.player import Phase
from console.wall.keep_keys import WallKeeping
from console.wall.login_form import LoginForm
from console.wall.logins import GatewayLogin
from console.wall.ptz import Helm
from console.wall.ptz_bar import PtzBar
from console.wall.tile import Tile

if TYPE_CHECKING:
    from console.app.session import Session

GRIDS = (1, 4, 9, 16)
TICK_MS = 40
LOOK_MS = 1000
UNSEEN_S = 10.0  # a tile nobody sees is closed after this long
GAP = 2

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Wall(QWidget):
    """Shows cameras in tiles: sub-streams side by side, the main stream of the enlarged one.

    Arrows choose a tile, Enter or a double click enlarges it, or tries again where it has failed; Esc goes
    back.

    Signals: chosen_changed(); shown_changed() when a tile got or lost a camera; enlarged_changed(bool).
    """

    chosen_changed = Signal()
    shown_changed = Signal()
    enlarged_changed = Signal(bool)

    def __init__(self, session: Session, grid: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.views.prepare()
        self._grid = grid
        self._chosen = 0
        self._is_enlarged = False
        self._unseen_since: dict[Tile, float] = {}
        make = partial(
            Tile, session.views, session.theme, session.clock, ZoneInfo(session.me.tz), session.sentence, self
        )
        self.tiles = tuple(make() for _ in range(GRIDS[-1]))
        self._tick = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self._on_tick)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._look.start()
        self.helm = Helm(session, self)
        self.steering = PtzBar(session, self.helm, self)
        self.helm.changed.connect(self._arrange)
        session.theme.changed.connect(self.update)
        self.keeping = WallKeeping(session, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._mark()
        self._arrange()

    @property
    def chosen(self) -> Tile:
        """Return the tile that keys and actions mean."""
        return self.tiles[self._chosen]

    @property
    def is_enlarged(self) -> bool:
        """Say whether one tile fills the wall."""
        return self._is_enlarged

    @property
    def places(self) -> tuple[Tile, ...]:
        """Return the tiles of the present grid, row by row."""
        return self.tiles[: self._grid]

    def grid(self) -> int:
        """Return how many tiles there are."""
        return self._grid

    def set_grid(self, grid: int) -> None:
        """Show 1, 4, 9 or 16 tiles; what stands in the others is closed."""
        if grid not in GRIDS or grid == self._grid:
            return
        self._grid = grid
        for tile in self.tiles[grid:]:
            tile.clear()
        self.choose(min(self._chosen, grid - 1))
        self._set_enlarged(False)
        self._arrange()
        self.shown_changed.emit()

    def choose(self, place: int) -> None:
        """Choose a tile by its number."""
        if not 0 <= place < self._grid or place == self._chosen:
            return
        self._chosen = place
        self._mark()
        if self._is_enlarged:
            self._arrange()
        self.chosen_changed.emit()

    def place_of(self, camera: int) -> int | None:
        """Return where a camera is shown."""
        found = (
            n for n, tile in enumerate(self.places) if tile.camera is not None and tile.camera.id == camera
        )
        return next(found, None)

    def free_place(self) -> int | None:
        """Return the next tile without a camera, beginning with the chosen one."""
        order = (*range(self._chosen, self._grid), *range(self._chosen))
        return next((place for place in order if self.tiles[place].camera is None), None)

    def show_camera(
        self,
        camera: Camera,
        reason: str,
        ticket: int | None = None,
        *,
        place: int | None = None,
        kind: str = "live",
    ) -> None:
        """Show a camera where it already is, at `place`, in the next free tile, or in the chosen one."""
        shown = self.place_of(camera.id)
        if shown is None:
            free = self.free_place()
            shown = place if place is not None else self._chosen if free is None else free
            self.tiles[shown].show_camera(camera, reason, ticket, kind=kind)
            self.shown_changed.emit()
        self.choose(shown)

    def close_place(self, place: int) -> None:
        """Close one picture."""
        if self.tiles[place].camera is not None:
            self.tiles[place].clear()
            self._set_enlarged(False)
            self.shown_changed.emit()

    def close_all(self) -> None:
        """Close every picture."""
        for tile in self.tiles:
            tile.clear()
        self._set_enlarged(False)
        self.shown_changed.emit()

    def enlarge(self) -> None:
        """Let the chosen picture fill the wall, in its main stream."""
        if self.chosen.camera is not None:
            self._set_enlarged(True)

    def shrink(self) -> None:
        """Show all tiles again."""
        self._set_enlarged(False)

    def activate(self) -> None:
        """Do what the chosen tile asks for: a login, another try, or to be enlarged."""
        gateway, state = self.chosen.login_wanted(), self.chosen.state()
        if gateway is not None:
            self._ask_login(gateway)
        elif state is not None and state.phase in (Phase.FAILED, Phase.PAUSING):
            self.chosen.retry()
        else:
            self._set_enlarged(not self._is_enlarged and self.chosen.camera is not None)

    def detach(self) -> None:
        """Close everything and let go of the session."""
        self._tick.stop()
        self._look.stop()
        self.helm.detach()
        for tile in self.tiles:
            tile.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        for tile in self.places:
            if self._is_seen(tile):
                tile.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
        self._on_look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not self._is_enlarged:
            self._step(*_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activate()
        elif key == Qt.Key.Key_Escape and self._is_enlarged:
            self.shrink()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tile = self.childAt(event.position().toPoint())
        if isinstance(tile, Tile):
            self.choose(self.tiles.index(tile))
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if isinstance(self.childAt(event.position().toPoint()), Tile):
            self.activate()

    @Slot()
    def _on_tick(self) -> None:
        for tile in self.places:
            if tile.isVisible():
                tile.tick()

    @Slot()
    def _on_look(self) -> None:
        """Refresh words; close what nobody has seen for a while, and at once when the window is gone."""
        now = time.monotonic()
        is_gone = not self.window().isVisible() or self.window().isMinimized()
        for tile in self.places:
            if self._is_seen(tile) and not is_gone:
                self._unseen_since.pop(tile, None)
                tile.look()
            elif is_gone or now - self._unseen_since.setdefault(tile, now) > UNSEEN_S:
                tile.sleep()

    def _on_kept(self, is_kept: bool) -> None:
        if not is_kept:
            text = self.tr("This desktop has no keyring that keeps the login; it is known until you leave.")
            self._session.notices.post(Notice(Severity.INFO, text))

    @Slot(str, object, bool)
    def _on_login_given(self, gateway: str, login: GatewayLogin, in_keyring: bool) -> None:
        """Use it for every tile that waits for this gateway."""
        waiting = [tile for tile in self.places if tile.login_wanted() == gateway]
        work = partial(self._session.views.logins.keep, gateway, login, in_keyring=in_keyring)
        self._session.reads.run(work, partial(self._on_login_kept, waiting), self._session.report)

    def _on_login_kept(self, waiting: list[Tile], is_kept: bool) -> None:
        self._on_kept(is_kept)
        for tile in waiting:
            tile.retry()

    def _ask_login(self, gateway: str) -> None:
        form = LoginForm(gateway, self)
        form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.given.connect(self._on_login_given)
        form.open()

    def _is_seen(self, tile: Tile) -> bool:
        return self.isVisible() and tile.isVisible()

    def _step(self, across: int, down: int) -> None:
        side = math.isqrt(self._grid)
        row, column = divmod(self._chosen, side)
        row, column = row + down, column + across
        if 0 <= row < side and 0 <= column < side:
            self.choose(row * side + column)

    def _mark(self) -> None:
        for place, tile in enumerate(self.tiles):
            tile.choose(place == self._chosen)

    def _set_enlarged(self, is_enlarged: bool) -> None:
        if is_enlarged == self._is_enlarged:
            return
        self._is_enlarged = is_enlarged
        self._arrange()
        self.enlarged_changed.emit(is_enlarged)

    @Slot()
    def _arrange(self) -> None:
        below = self.steering.sizeHint().height() if self.helm.camera is not None else 0
        self.steering.setGeometry(0, self.height() - below, self.width(), below)
        side = 1 if self._is_enlarged else math.isqrt(self._grid)
        for place, tile in enumerate(self.tiles):
            is_shown = place == self._chosen if self._is_enlarged else place < self._grid
            if is_shown:
                row, column = (0, 0) if self._is_enlarged else divmod(place, side)
                tile.setGeometry(self._cell(row, column, side, self.height() - below))
                tile.wake()
            tile.setVisible(is_shown)
            tile.set_stream("main" if is_shown and (self._is_enlarged or self._grid == 1) else "sub")

    def _cell(self, row: int, column: int, side: int, height: int) -> QRect:
        left, right = (round(self.width() * n / side) for n in (column, column + 1))
        top, bottom = (round(height * n / side) for n in (row, row + 1))
        return QRect(left, top, right - left - GAP, bottom - top - GAP)
