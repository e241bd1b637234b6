"""Cameras near a ticket: the nearest nine with distance and direction, and their pictures below."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from console.camera.columns import NAME, near_columns
from console.camera.directory_store import CameraDirectoryStore
from console.camera.map_panel import place_of
from console.camera.plane import Plane, bearing_between
from console.camera.record import CameraHit, Near
from console.camera.states import States
from console.kit.jobs import Latest
from console.kit.keys import bind_key
from console.kit.panel import Aside
from console.kit.table import TableModel
from console.kit.view import TableView
from console.ticket.record import Ticket
from console.wall.errand import Matter
from console.wall.watch import WatchDesk

if TYPE_CHECKING:
    from console.app.session import Session

NEAREST = 9
SIZES = (300, 420)
LEAST_NAME = 150  # what does not fit beside it is scrolled to: the name tells cameras apart
NARROW = 720


class NearPanel(Aside):
    """Stands beside a ticket. The digits open the cameras, Esc puts it away."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = CameraDirectoryStore(session.engine)
        self._reads = Latest(session.reads, self)
        self._ticket: Ticket | None = None
        self.model: TableModel[CameraHit] = TableModel(near_columns(), key=_id, order=_rank, parent=self)
        self.table = TableView(self.model, session.theme, session.clock)
        States(session, self.model, self.table)
        self.watch = WatchDesk(session, grid=1)
        self._title = QLabel()
        self._title.setProperty("look", "strong")
        self._hint = QLabel()
        self._hint.setProperty("look", "muted")
        self._hint.setWordWrap(True)
        self._close = QPushButton(self.tr("Put away  [Esc]"))
        self._lay_out()
        self._connect()

    def show_for(self, subject: object) -> None:
        """Find the cameras around a ticket; the pictures of another ticket are closed."""
        assert isinstance(subject, Ticket)
        if self._ticket is None or self._ticket.id != subject.id:
            self.watch.close_all()
        self._ticket = subject
        self.watch.set_matter(Matter(subject.id, subject.number))
        self._title.setText(self.tr("Cameras near {number}").format(number=subject.number))
        self._hint.setText(self.tr("Looking for cameras …"))
        self._hint.show()
        self.model.load(())
        work = partial(self._store.of_ticket, subject.id, NEAREST)
        self._reads.run(work, self._on_found, self._on_failed)

    def subject(self) -> object | None:
        """Return the ticket."""
        return self._ticket

    def selected(self) -> object | None:
        """Return the ticket: what may be done with it may be done from here, too."""
        return self._ticket

    def layout_state(self) -> Mapping[str, Any]:
        return {"sizes": self._body.sizes(), "grid": self.watch.grid()}

    def restore_layout(self, state: Mapping[str, Any]) -> None:
        match state.get("sizes"):
            case [int(left), int(right)]:
                self._body.setSizes([left, right])
        if isinstance(state.get("grid"), int):
            self.watch.set_grid(state["grid"])

    def detach(self) -> None:
        """Close the pictures and let go of the session."""
        self.watch.detach()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list above the pictures where there is no room beside them."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW
        self._body.setOrientation(Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks any more."""
        super().hideEvent(event)
        if self.isHidden():  # not only covered by a lock or another workspace
            self.watch.close_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_found(self, found: list[Near]) -> None:
        hits = [self._hit(near, n) for n, near in enumerate(found, start=1)]
        self.model.load(hits)
        self.table.selectRow(0)
        has_place = self._ticket is not None and self._ticket.place_id is not None
        self._hint.setVisible(not hits)
        self._hint.setText(
            self.tr("No camera near this place is for your eyes.")
            if has_place
            else self.tr("The ticket names no place; cameras can be found in the workspace Cameras.")
        )

    def _hit(self, near: Near, rank: int) -> CameraHit:
        """Say also where it lies, seen from the ticket."""
        at = None if self._ticket is None else place_of(self._ticket, self._session.directory)
        camera, bearing = near.camera, None
        if at is not None and camera.lon is not None and camera.lat is not None:
            bearing = bearing_between(0.0, 0.0, *Plane(*at).point(camera.lon, camera.lat))
        return CameraHit(camera, rank, near.distance_m, bearing)

    def _on_failed(self, error: Exception) -> None:
        self._hint.setText(self._session.sentence(error))

    def _open_number(self, number: int) -> None:
        """Open the camera with this digit in the next free tile."""
        if number <= self.model.rowCount():
            self.table.selectRow(number - 1)
            self.watch.open_camera(self.model.row_at(number - 1).camera)

    @Slot(object)
    def _on_row_opened(self, row: object) -> None:
        if isinstance(row, CameraHit):
            self.watch.open_camera(row.camera)

    @Slot()
    def _on_close(self) -> None:
        self.closed.emit()

    def _connect(self) -> None:
        self.table.row_opened.connect(self._on_row_opened)
        self._close.clicked.connect(self._on_close)
        for number in range(1, NEAREST + 1):
            bind_key(self, str(number), partial(self._open_number, number))
        bind_key(self, "G", self.watch.cycle_grid)

    def _lay_out(self) -> None:
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.shares = {NAME: (1.0, LEAST_NAME)}
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._hint)
        column.addWidget(self.table, 1)
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._body.setChildrenCollapsible(False)
        self._body.addWidget(left)
        self._body.addWidget(self.watch)
        self._body.setSizes(SIZES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addLayout(head)
        layout.addWidget(self._body, 1)
        self.setFocusProxy(self.table)


def _id(hit: CameraHit) -> int:
    return hit.camera.id


def _rank(hit: CameraHit) -> int:
    return hit.rank
