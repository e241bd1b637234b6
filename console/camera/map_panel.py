"""The map with what it needs read for it: every camera one may see, and the names of the places around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.camera.directory_store import CameraDirectoryStore
from console.camera.map_view import Landmark, MapView
from console.camera.plane import DARK, ONLINE, UNKNOWN, Sites
from console.camera.record import Point
from console.camera.states import InSight
from console.directory.record import Directory
from console.kit.jobs import Latest
from console.ticket.record import Ticket

if TYPE_CHECKING:
    from console.app.session import Session

LAMPS = {"unknown": UNKNOWN, "online": ONLINE}
EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)
LEAST_LEVEL = 2  # the district itself needs no name on its own map


class MapPanel(QWidget):
    """Signals: camera_chosen(camera id); camera_opened(camera id)."""

    camera_chosen = Signal(object)
    camera_opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = CameraDirectoryStore(session.engine)
        self._reads = Latest(session.reads, self)
        self._is_read = False
        self._wanted: int | None = None  # to be chosen as soon as the cameras are here
        self.view = MapView(session.reads, session.theme)
        self._told = QLabel()
        self._told.setProperty("look", "muted")
        self.all_button = QPushButton(self.tr("All cameras"))
        self._lay_out()
        self._connect()

    @Slot()
    def refresh(self) -> None:
        """Read where the cameras stand and how they are."""
        self._is_read = True
        self._told.setText(self.tr("Reading the cameras …"))
        self._reads.run(self._sites, self._on_sites, self._on_failed)

    def show_first(self) -> None:
        """Read them when that has not been done."""
        if not self._is_read:
            self.refresh()

    def show_around(self, ticket: Ticket) -> bool:
        """Put a ticket into the middle; False when it names no place that is on the map."""
        at = place_of(ticket, self._session.directory)
        if at is None:
            return False
        self.view.show_subject(*at, ticket.number)
        self.show_first()
        return True

    def show_camera(self, camera_id: int) -> None:
        """Choose a camera and bring it into sight."""
        self._wanted = camera_id
        self.view.show_camera(camera_id)
        self.show_first()

    def detach(self) -> None:
        """Drop what is under way."""
        self._reads.forget()
        self.view.forget()

    def _sites(self) -> Sites:
        return Sites.of([_row(point) for point in self._store.within(*EVERYWHERE)])

    @Slot()
    def _read_states(self) -> None:
        if len(self.view.sites):
            self._session.reads.run(self._sites, self._show, self._session.report)

    def _on_sites(self, sites: Sites) -> None:
        self._told.setText(
            self.tr(
                "{n} cameras. Arrows go from camera to camera, + and − zoom, Shift and arrows move, "
                "Home returns, Enter opens."
            ).format(n=f"{len(sites):,}")
        )
        self._show(sites)
        if self._wanted is not None:
            self.view.show_camera(self._wanted)

    def _show(self, sites: Sites) -> None:
        """Bring what was read onto the map, which stays where it is."""
        self.view.show_sites(sites, landmarks(self._session.directory))

    def _on_failed(self, error: Exception) -> None:
        self._is_read = False
        self._told.setText(self._session.sentence(error))

    @Slot(object)
    def _on_chosen(self, camera_id: int) -> None:
        self._wanted = camera_id
        self.camera_chosen.emit(camera_id)

    def _connect(self) -> None:
        self.view.chosen.connect(self._on_chosen)
        self.view.opened.connect(self.camera_opened)
        self.all_button.clicked.connect(self.view.show_all)
        InSight(self._session, self).wanted.connect(self._read_states)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._told, 1)
        head.addWidget(self.all_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, self._session.theme.size("gap"), 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)


def place_of(ticket: Ticket, directory: Directory) -> tuple[float, float] | None:
    """Return where a ticket lies, as longitude and latitude: its own point, or that of the place it names."""
    if ticket.lon is not None and ticket.lat is not None:
        return ticket.lon, ticket.lat
    place = directory.territories.get(ticket.place_id) if ticket.place_id is not None else None
    while place is not None and (place.lon is None or place.lat is None):
        place = directory.territories.get(place.parent_id) if place.parent_id is not None else None
    return None if place is None or place.lon is None or place.lat is None else (place.lon, place.lat)


def landmarks(directory: Directory) -> list[Landmark]:
    """Return the places that have a point."""
    return [
        Landmark(each.name, each.lon, each.lat, each.level)
        for each in directory.territories.values()
        if each.level >= LEAST_LEVEL and each.lon is not None and each.lat is not None
    ]


def _row(point: Point) -> tuple[int, float, float, int | None, int]:
    lamp = LAMPS.get(point.status, DARK)
    return point.camera_id, point.lon, point.lat, point.bearing_deg, lamp
