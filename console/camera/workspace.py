"""The workspace of cameras: find on the left, look in the middle, know on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from console.camera.directory_panel import DirectoryPanel
from console.camera.facts import FactsView, may_oversee
from console.camera.map_panel import MapPanel
from console.camera.patrol import PatrolRun
from console.camera.patrol_bar import PatrolBar
from console.camera.patrol_list import PatrolList
from console.camera.record import Camera, CameraGroup
from console.camera.room import MAP, PATROLS, VIEWS, WALL, CameraRoom
from console.camera.store import CameraStore
from console.camera.view_register import ViewRegister
from console.kit.jobs import Latest
from console.kit.keys import bind_key
from console.kit.notices import Notice, Severity
from console.ticket.record import Ticket
from console.wall.errand import Matter
from console.wall.watch import WatchDesk, bind_watch_keys

if TYPE_CHECKING:
    from console.app.session import Session

SIZES = (300, 760, 280)
LEAST = (180, 300, 220)
ROOMY = 900  # below this the facts give way


class CameraPanel(CameraRoom):
    """Everything about cameras at one desk."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = CameraStore(session.engine)
        self._asks = Latest(session.reads, self)
        self._camera: Camera | None = None
        self.directory = DirectoryPanel(session)
        self.watch = WatchDesk(session, grid=4)
        self.run = PatrolRun(session, self.watch, self)
        self.bar = PatrolBar(self.run)
        self.map = MapPanel(session)
        self.patrols = PatrolList(session)
        self.views = ViewRegister(session) if may_oversee(session) else None
        self.facts = FactsView(session)
        self.tabs = QTabWidget()
        self._pages: dict[str, QWidget] = {}
        self._lay_out()
        self._connect()

    # What the window asks

    def selected(self) -> Camera | None:
        """Return the camera under the cursor."""
        return self._camera

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the pictures where there is little."""
        super().resizeEvent(event)
        self._show_facts()

    def _show_facts(self) -> None:
        """Show them beside pictures and map; the lists need the room."""
        is_beside = self.tabs.currentWidget() in (self._pages[WALL], self.map)
        self.facts.setVisible(is_beside and self.width() >= ROOMY)

    def layout_state(self) -> Mapping[str, Any]:
        return {"sizes": self._body.sizes(), "grid": self.watch.grid()}

    def restore_layout(self, state: Mapping[str, Any]) -> None:
        match state.get("sizes"):
            case [int(left), int(middle), int(right)]:
                self._body.setSizes([left, middle, right])
        if isinstance(state.get("grid"), int):
            self.watch.set_grid(state["grid"])

    def detach(self) -> None:
        """End the round, close the pictures and let go of the session."""
        self.run.detach()
        self.watch.detach()
        self.map.detach()
        if self.views is not None:
            self.views.detach()

    # What actions ask

    def show_page(self, page: str) -> None:
        """Bring wall, map, rounds or register to the front."""
        if page in self._pages:
            self.tabs.setCurrentWidget(self._pages[page])
            self._pages[page].setFocus()

    def seek(self) -> None:
        """Go to the line that looks for cameras."""
        self.directory.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.directory.line.selectAll()

    def show_groups(self) -> None:
        """Go to the groups."""
        self.directory.show_groups()

    @Slot(object)
    def open_camera(self, camera: Camera) -> None:
        """Show a camera in the chosen tile."""
        self.show_page(WALL)
        self._take(camera)
        self.watch.open_camera(camera)

    def open_chosen(self) -> None:
        """Show the camera under the cursor in the chosen tile."""
        if self._camera is not None:
            self.open_camera(self._camera)

    def show_on_map(self) -> None:
        """Show the camera under the cursor on the map."""
        self.show_page(MAP)
        if self._camera is not None:
            self.map.show_camera(self._camera.id)

    def show_around(self, ticket: Ticket) -> None:
        """Show the surroundings of a ticket on the map; what is opened from there serves the ticket."""
        if self.map.show_around(ticket):
            self.watch.set_matter(Matter(ticket.id, ticket.number))
            self.show_page(MAP)
        else:
            text = self.tr("The ticket names no place that is on the map.")
            self._session.notices.post(Notice(Severity.INFO, text))

    def cycle_grid(self) -> None:
        """Show 1, 4, 9, 16 pictures, then 1 again."""
        self.watch.cycle_grid()

    def close_chosen(self) -> None:
        """Close the chosen picture."""
        self.watch.close_chosen()

    def close_all(self) -> None:
        """Close every picture; the next one is asked for a reason again."""
        self.run.stop()
        self.watch.close_all()

    def new_group(self) -> None:
        """Begin a group with the cameras on the wall."""
        self.show_groups()
        self.directory.groups.begin(self.watch.cameras())

    def go_round(self) -> None:
        """Begin a round through the chosen group."""
        self.show_groups()
        self.directory.groups.go_round()

    def is_on_round(self) -> bool:
        """Say whether a round goes on."""
        return self.run.is_running

    def pause_round(self) -> None:
        """Stay with the page of the round, or go on."""
        self.run.pause()

    def turn_round(self, step: int) -> None:
        """Go a page of the round on, or back."""
        if step > 0:
            self.run.next()
        else:
            self.run.previous()

    def stop_round(self) -> None:
        """End the round where it is."""
        self.run.stop()

    @Slot()
    def refresh(self) -> None:
        """Read again what is in front, and the directory."""
        self.directory.tree.refresh()
        self.directory.groups.refresh()
        page = self.tabs.currentWidget()
        if page in (self.map, self.patrols, self.views):
            page.refresh()

    def export_views(self) -> None:
        """Ask where the register of views goes."""
        if self.views is not None:
            self.show_page(VIEWS)
            self.views.export.choose()

    # What happens here

    def _take(self, camera: Camera | None) -> None:
        self._camera = camera
        self.facts.show_camera(camera)
        self.selection_changed.emit()

    @Slot(object)
    def _on_camera_chosen(self, camera: Camera | None) -> None:
        if camera is not None:
            self._take(camera)

    @Slot(object)
    def _on_id_chosen(self, camera_id: int) -> None:
        self._ask(camera_id, self._on_camera_read)

    @Slot(object)
    def _on_id_opened(self, camera_id: int) -> None:
        self._ask(camera_id, self._on_camera_wanted)

    def _ask(self, camera_id: int, done: Any) -> None:
        work = partial(self._store.cameras, [camera_id])
        self._asks.run(work, done, self._session.report)

    def _on_camera_read(self, cameras: list[Camera]) -> None:
        if cameras:
            self._take(cameras[0])

    def _on_camera_wanted(self, cameras: list[Camera]) -> None:
        if cameras:
            self.open_camera(cameras[0])

    @Slot(object, object)
    def _on_round_wanted(self, group: CameraGroup, cameras: Sequence[Camera]) -> None:
        self.show_page(WALL)
        self.watch.errands.run(partial(self.run.start, group, cameras))

    @Slot()
    def _on_round_changed(self) -> None:
        self.selection_changed.emit()  # what may be done with the round

    @Slot()
    def _on_wall_left(self) -> None:
        """Nobody looks: a round that went on would record pictures nobody saw."""
        if self.run.is_running and not self.run.is_paused:
            self.run.pause()

    @Slot(object)
    def _on_round_ended(self, _patrol: int) -> None:
        self.patrols.refresh()
        text = self.tr("The round is written down; see the rounds for what was seen.")
        self._session.notices.post(Notice(Severity.DONE, text))

    @Slot(int)
    def _on_page_changed(self, _index: int) -> None:
        page = self.tabs.currentWidget()
        self._show_facts()
        if page is self.map:
            self.map.show_first()
        elif page is self.patrols or (page is self.views and self.views is not None):
            page.refresh()
        self.selection_changed.emit()

    @Slot(object)
    def _on_ticket_wanted(self, ticket_id: int) -> None:
        self.ticket_requested.emit(ticket_id)

    def _connect(self) -> None:
        self.directory.camera_chosen.connect(self._on_camera_chosen)
        self.directory.camera_opened.connect(self.open_camera)
        self.directory.round_wanted.connect(self._on_round_wanted)
        self.watch.camera_chosen.connect(self._on_camera_chosen)
        self.watch.resizing.connect(self.run.leave)
        self.watch.resized.connect(self.run.enter)
        self.watch.left.connect(self._on_wall_left)
        self.map.camera_chosen.connect(self._on_id_chosen)
        self.map.camera_opened.connect(self._on_id_opened)
        self.patrols.camera_opened.connect(self._on_id_opened)
        if self.views is not None:
            self.views.ticket_requested.connect(self._on_ticket_wanted)
        self.run.changed.connect(self._on_round_changed)
        self.run.ended.connect(self._on_round_ended)
        self.tabs.currentChanged.connect(self._on_page_changed)
        wall = self._pages[WALL]
        bind_watch_keys(wall, self.watch)
        bind_key(wall, "Space", self.pause_round)
        bind_key(wall, "PgDown", self.run.next)
        bind_key(wall, "PgUp", self.run.previous)
        bind_key(self, "F5", self.refresh)

    def _lay_out(self) -> None:
        wall = QWidget()
        column = QVBoxLayout(wall)
        column.setContentsMargins(0, self._session.theme.size("gap"), 0, 0)
        column.addWidget(self.bar)
        column.addWidget(self.watch, 1)
        wall.setFocusProxy(self.watch)
        self._pages = {WALL: wall, MAP: self.map, PATROLS: self.patrols}
        titles = {WALL: self.tr("Pictures"), MAP: self.tr("Map"), PATROLS: self.tr("Rounds")}
        if self.views is not None:
            self._pages[VIEWS] = self.views
            titles[VIEWS] = self.tr("Who looked")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for key, page in self._pages.items():
            self.tabs.addTab(page, titles[key])
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._body.setChildrenCollapsible(False)
        for number, part in enumerate((self.directory, self.tabs, self.facts)):
            part.setMinimumWidth(LEAST[number])
            self._body.addWidget(part)
            self._body.setStretchFactor(number, int(number == 1))
        self._body.setSizes(SIZES)
        gap = self._session.theme.size("gap")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.addWidget(self._body)
        self.setFocusProxy(self.directory)
