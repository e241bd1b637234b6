"""A wall with what it needs around it: the reason to look, the number of pictures, and closing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.camera.record import Camera
from console.kit.keys import bind_key
from console.wall.errand import Errand, Errands, Matter
from console.wall.reason_form import ReasonForm
from console.wall.tile import Tile
from console.wall.tile_paint import Freshness
from console.wall.wall import GRIDS, Wall

if TYPE_CHECKING:
    from console.app.session import Session

MOVES = frozenset({Freshness.LIVE, Freshness.LATE})
ROUND = "patrol"  # the kind of view a round opens
LEAST_HEIGHT = 120
LEAST_S = 0.5  # of a picture that came since the last look


@dataclass
class Looked:
    """How it went with one camera since it was put on the wall."""

    view: int | None = None
    seconds: float = 0.0
    state: str = "asking"

    def note(self, tile: Tile, seconds: float) -> None:
        """Bring it up to date."""
        if tile.view is not None and tile.view.number is not None:
            self.view = tile.view.number
        if tile.freshness in MOVES:
            self.seconds += max(seconds, LEAST_S if not self.seconds else 0.0)
        state = tile.state()
        if tile.freshness is Freshness.FROZEN:
            self.state = "frozen"
        elif state is not None:
            self.state = str(state.trouble or state.phase)


class WatchDesk(QWidget):
    """Opens cameras for an errand that is asked once for each matter.

    Signals: camera_chosen(Camera) its tile was chosen; resizing(), resized() around another number of tiles;
    left() nobody sees the wall any more.
    """

    camera_chosen = Signal(object)
    resizing = Signal()
    resized = Signal()
    left = Signal()

    def __init__(self, session: Session, grid: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: list[Callable[[Errand], None]] = []
        self._back_to: QWidget | None = None
        self._looked: dict[int, Looked] = {}
        self._ticked_at = session.clock.now()
        self.form = ReasonForm(session)
        self.errands = Errands(self._ask)
        self.wall = Wall(session, grid)
        self.wall.setMinimumHeight(LEAST_HEIGHT)
        self._reason = QLabel()
        self._reason.setProperty("look", "muted")
        self.change = QToolButton()
        self.change.setText(self.tr("Another reason"))
        self._grids = QButtonGroup(self)
        self.close_button = QToolButton()
        self.close_button.setText(self.tr("Close all"))
        self._lay_out()
        self._connect()
        self._show_errand()

    def grid(self) -> int:
        """Return how many tiles there are."""
        return self.wall.grid()

    def set_grid(self, grid: int) -> None:
        """Show another number of tiles."""
        if grid in GRIDS and grid != self.wall.grid():
            self.resizing.emit()
            self.wall.set_grid(grid)
            self.resized.emit()
        self._mark_grid()

    @Slot()
    def cycle_grid(self) -> None:
        """Take the next number of tiles."""
        self.set_grid(GRIDS[(GRIDS.index(self.wall.grid()) + 1) % len(GRIDS)])

    def set_matter(self, matter: Matter) -> None:
        """Serve a ticket, or nothing in particular, from now on."""
        self.errands.matter = matter
        self._show_errand()

    def open_camera(self, camera: Camera) -> None:
        """Show a camera, after its reason is known."""
        place = self.wall.place_of(camera.id)
        if place is None:
            self.errands.run(partial(self._show, camera))
        else:
            self.wall.choose(place)

    def cameras(self) -> tuple[Camera, ...]:
        """Return what is on the wall."""
        return tuple(tile.camera for tile in self.wall.places if tile.camera is not None)

    @Slot()
    def close_chosen(self) -> None:
        """Close the chosen picture."""
        self.wall.close_place(self.wall.places.index(self.wall.chosen))

    @Slot()
    def close_all(self) -> None:
        """Close every picture; the next one is asked for a reason again."""
        self.form.give_up()
        self.wall.close_all()
        self.errands.forget()
        self._show_errand()

    def detach(self) -> None:
        """Close the pictures and let go of the session."""
        self._session.clock.ticked.disconnect(self._on_ticked)
        self.wall.detach()

    # The stage of a round

    def room(self) -> int:
        """Return how many pictures fit at once."""
        return self.wall.grid()

    def show_page(self, cameras: Sequence[Camera], errand: Errand) -> None:
        """Show these cameras and nothing else, as views of a round."""
        self.wall.close_all()
        self._looked = {camera.id: Looked() for camera in cameras}
        for place, camera in enumerate(cameras):
            self.wall.show_camera(camera, errand.reason, errand.ticket_id, place=place, kind=ROUND)
        self.wall.choose(0)
        self._reason.setText(errand.reason)

    def looked(self, camera_id: int) -> Looked:
        """Return how it went with a camera of the page."""
        self._note(0.0)
        return self._looked.get(camera_id, Looked())

    def clear(self) -> None:
        """Close every picture."""
        self.wall.close_all()
        self._looked = {}
        self._show_errand()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left.emit()

    def _ask(self, matter: Matter, then: Callable[[Errand], None]) -> None:
        """Ask for the reason; whatever is wanted meanwhile waits for the same answer."""
        self._waiting.append(then)
        if self.form.isHidden():
            self._back_to = QApplication.focusWidget()
            self.form.ask(matter, self._on_answered)

    def _on_answered(self, errand: Errand) -> None:
        waiting, self._waiting = self._waiting, []
        self.errands.take(errand)
        self._show_errand()
        for then in waiting:
            then(errand)

    @Slot()
    def _on_form_closed(self) -> None:
        self._waiting.clear()
        if self._back_to is not None and self._back_to.isVisible():
            self._back_to.setFocus()
        self._back_to = None

    def _show(self, camera: Camera, errand: Errand) -> None:
        self.wall.show_camera(camera, errand.reason, errand.ticket_id)

    @Slot()
    def _change_reason(self) -> None:
        """Ask again; what is open was opened for the reason before."""
        self.errands.forget()
        self._show_errand()
        self.errands.run(self._on_changed)

    def _on_changed(self, _errand: Errand) -> None:
        self.wall.setFocus()

    def _show_errand(self) -> None:
        errand = self.errands.current()
        self.change.setVisible(errand is not None)
        if errand is None:
            self._reason.setText(self.tr("The first picture is asked for a reason."))
        elif errand.number:
            text = self.tr("{reason} · ticket {number}")
            self._reason.setText(text.format(reason=errand.reason, number=errand.number))
        else:
            self._reason.setText(errand.reason)

    @Slot()
    def _on_shown_changed(self) -> None:
        is_empty = not self.cameras()
        self.close_button.setEnabled(not is_empty)
        if is_empty and not self._looked:
            self.errands.forget()
            self._show_errand()
        self._on_chosen_changed()

    @Slot()
    def _on_chosen_changed(self) -> None:
        camera = self.wall.chosen.camera
        if camera is not None:
            self.camera_chosen.emit(camera)

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        passed = (now - self._ticked_at).total_seconds()
        self._ticked_at = now
        self._note(passed)

    def _note(self, seconds: float) -> None:
        """Keep how long the cameras of a round were to be seen, also of those closed meanwhile."""
        for tile in self.wall.places:
            known = self._looked.get(tile.camera.id) if tile.camera is not None else None
            if known is not None:
                known.note(tile, seconds)

    def _mark_grid(self) -> None:
        button = self._grids.button(self.wall.grid())
        if button is not None:
            button.setChecked(True)

    @Slot(int)
    def _on_grid_clicked(self, grid: int) -> None:
        self.set_grid(grid)

    def _connect(self) -> None:
        self.form.closed.connect(self._on_form_closed)
        self.change.clicked.connect(self._change_reason)
        self.close_button.clicked.connect(self.close_all)
        self._grids.idClicked.connect(self._on_grid_clicked)
        self.wall.shown_changed.connect(self._on_shown_changed)
        self.wall.chosen_changed.connect(self._on_chosen_changed)
        self._session.clock.ticked.connect(self._on_ticked)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._reason, 1)
        head.addWidget(self.change)
        for grid in GRIDS:
            button = QToolButton()
            button.setText(str(grid))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(self.tr("{n} pictures").format(n=grid))
            self._grids.addButton(button, grid)
            head.addWidget(button)
        head.addWidget(self.close_button)
        self._mark_grid()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.form)
        layout.addWidget(self.wall, 1)
        self.setFocusProxy(self.wall)


def bind_watch_keys(owner: QWidget, watch: WatchDesk) -> None:
    """Let digits choose 1, 4, 9 or 16 pictures by the side of the square; G takes the next."""
    for side, grid in enumerate(GRIDS, start=1):
        bind_key(owner, str(side), partial(watch.set_grid, grid))
    bind_key(owner, "G", watch.cycle_grid)
    bind_key(owner, "Delete", watch.close_chosen)
    bind_key(owner, "Ctrl+Delete", watch.close_all)
