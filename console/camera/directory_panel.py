"""The left side: look for a camera by typing, or go through places and groups."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from console.camera.columns import NAME, hit_columns
from console.camera.directory_store import CameraDirectoryStore
from console.camera.groups import GroupPanel
from console.camera.record import Camera, CameraHit, Found
from console.camera.states import States
from console.camera.tree import CameraTree
from console.kit.ime import SafeLineEdit
from console.kit.jobs import Latest
from console.kit.table import TableModel
from console.kit.view import TableView
from db.transaction import Halt

if TYPE_CHECKING:
    from console.app.session import Session

TYPING_MS = 120
FOUND = 60
_LIST_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class DirectoryPanel(QWidget):
    """Signals: camera_chosen(Camera or None); camera_opened(Camera); round_wanted(Group, cameras)."""

    camera_chosen = Signal(object)
    camera_opened = Signal(object)
    round_wanted = Signal(object, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = CameraDirectoryStore(session.engine)
        self._finds = Latest(session.reads, self)
        self.line = SafeLineEdit()
        self.line.setPlaceholderText(self.tr("Camera by name, place, pinyin, purpose or code"))
        self.line.setClearButtonEnabled(True)
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self.hits: TableModel[CameraHit] = TableModel(hit_columns(session), key=_id, order=_rank, parent=self)
        self.table = TableView(self.hits, session.theme, session.clock)
        States(session, self.hits, self.table)
        self._nothing = QLabel(self.tr("No camera of this name for you."), self.table)
        self._nothing.setProperty("look", "muted")
        self.tree = CameraTree(session)
        self.groups = GroupPanel(session)
        self.tabs = QTabWidget()
        self.pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.groups.refresh()

    def camera(self) -> Camera | None:
        """Return the camera under the cursor."""
        if self.pages.currentWidget() is self.table:
            row = self.table.selected_row()
            return row.camera if isinstance(row, CameraHit) else None
        return self.tree.camera() if self.tabs.currentWidget() is self.tree else self.groups.camera()

    def seek(self, typed: str) -> None:
        """Look for something as if it had been typed."""
        self.line.setText(typed)
        self.line.setFocus()

    def show_groups(self) -> None:
        """Bring the groups to the front."""
        self.line.clear()
        self.tabs.setCurrentWidget(self.groups)
        self.groups.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter of the line work in the list."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _LIST_KEYS:
                (self.table if self._is_searching() else self.tabs.currentWidget()).setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open_first()
                return True
            if event.key() == Qt.Key.Key_Escape and self.line.text():
                self.line.clear()
                return True
        return super().eventFilter(watched, event)

    def _is_searching(self) -> bool:
        return self.pages.currentWidget() is self.table

    def _open_first(self) -> None:
        """Open what is chosen in the list, but never what an older text had found."""
        camera = self.camera()
        if self._is_searching() and camera is not None and not self._typing.isActive():
            self.camera_opened.emit(camera)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            self._finds.forget()
            self.pages.setCurrentWidget(self.tabs)
            self._on_chosen()

    @Slot()
    def _search(self) -> None:
        halt = Halt()
        work = partial(self._store.search, self.line.text().strip(), None, FOUND, halt)
        self._finds.run(work, self._on_found, self._session.report, halt=halt.call)

    def _on_found(self, found: Found) -> None:
        hits = [CameraHit(camera, n) for n, camera in enumerate(found.cameras, start=1)]
        self.hits.load(hits)
        self.pages.setCurrentWidget(self.table)
        self._nothing.setVisible(not hits)
        self.table.selectRow(0)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        self.camera_chosen.emit(self.camera())

    @Slot(object)
    def _on_row_opened(self, row: object) -> None:
        if isinstance(row, CameraHit):
            self.camera_opened.emit(row.camera)

    def _connect(self) -> None:
        self.line.textChanged.connect(self._on_text_changed)
        self.line.installEventFilter(self)
        self._typing.timeout.connect(self._search)
        self.table.row_selected.connect(self._on_chosen)
        self.table.row_opened.connect(self._on_row_opened)
        self.tabs.currentChanged.connect(self._on_chosen)
        for part in (self.tree, self.groups):
            part.camera_chosen.connect(self._on_chosen)
            part.camera_opened.connect(self.camera_opened)
        self.groups.round_wanted.connect(self.round_wanted)

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        place = [column.key for column in self.hits.columns].index(NAME)
        header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        cover = QVBoxLayout(self.table)
        cover.addWidget(self._nothing, alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self.tree, self.tr("Places"))
        self.tabs.addTab(self.groups, self.tr("Groups"))
        self.pages.addWidget(self.tabs)
        self.pages.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        layout.addWidget(self.pages, 1)
        self.setFocusProxy(self.line)


def _id(hit: CameraHit) -> int:
    return hit.camera.id


def _rank(hit: CameraHit) -> int:
    return hit.rank
