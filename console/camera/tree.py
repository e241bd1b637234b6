"""The cameras by place: street, area, grid, with how many there are and how many of them are online."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from console.camera.directory_store import CameraDirectoryStore
from console.camera.record import Branch, Camera
from console.camera.words import status_light, status_word
from console.kit.lamp import Light
from console.kit.light import paint_light
from console.kit.theme import Theme

if TYPE_CHECKING:
    from console.app.session import Session

NAME, COUNT, LAMP = range(3)
THING_ROLE = int(Qt.ItemDataRole.UserRole) + 1
LIGHT_ROLE = THING_ROLE + 1
LAMP_WIDTH, COUNT_WIDTH = 26, 92
FEW_ONLINE, MOST_ONLINE = 0.8, 0.95  # below: red, yellow
Index = QModelIndex | QPersistentModelIndex


class _LampDelegate(QStyledItemDelegate):
    """Paint the lamp of a camera or of a place."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        light = index.data(LIGHT_ROLE)
        if light is None:
            super().paint(painter, option, index)
        else:
            area: QRect = option.rect
            paint_light(painter, area, Light(light), self._theme)


class CameraTree(QTreeWidget):
    """Reads a place when it is opened.

    Signals: camera_chosen(Camera or None); camera_opened(Camera) Enter or double click.
    """

    camera_chosen = Signal(object)
    camera_opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = CameraDirectoryStore(session.engine)
        self.setColumnCount(3)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setItemDelegateForColumn(LAMP, _LampDelegate(session.theme, self))
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((COUNT, COUNT_WIDTH), (LAMP, LAMP_WIDTH)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, width)
        self.itemExpanded.connect(self._on_expanded)
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemDoubleClicked.connect(self._on_opened)

    def camera(self) -> Camera | None:
        """Return the camera under the cursor."""
        item = self.currentItem()
        thing = None if item is None else item.data(NAME, THING_ROLE)
        return thing if isinstance(thing, Camera) else None

    @Slot()
    def refresh(self) -> None:
        """Read the tree again from its root."""
        self._read(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._on_opened(item, NAME)
        else:
            super().keyPressEvent(event)

    def _read(self, item: QTreeWidgetItem | None) -> None:
        branch = None if item is None else item.data(NAME, THING_ROLE)
        parent = branch.territory_id if isinstance(branch, Branch) else None
        work = partial(_children, self._store, parent, is_root=item is None)
        done = partial(self._on_read, parent, is_root=item is None)
        self._session.reads.run(work, done, self._session.report)

    def _on_read(
        self, parent: int | None, answer: tuple[list[Branch], list[Camera]], *, is_root: bool
    ) -> None:
        item = self.invisibleRootItem() if is_root else self._item_of(parent)
        if item is None:
            return
        branches, cameras = answer
        item.takeChildren()
        places = [self._branch(branch) for branch in branches]
        item.addChildren([*places, *(_leaf(camera) for camera in cameras)])
        if is_root and len(places) == 1:
            self.expandItem(places[0])

    def _branch(self, branch: Branch) -> QTreeWidgetItem:
        name = branch.name or self.tr("Outside every street")
        item = QTreeWidgetItem([name, f"{branch.online:,} / {branch.cameras:,}", ""])
        item.setData(NAME, THING_ROLE, branch)
        item.setData(LAMP, LIGHT_ROLE, str(_branch_light(branch)))
        item.setTextAlignment(COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(COUNT, self.tr("online / all"))
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _item_of(self, territory: int | None) -> QTreeWidgetItem | None:
        """Find the place again: the tree may have been read afresh meanwhile."""
        waiting = [self.invisibleRootItem()]
        while waiting:
            item = waiting.pop()
            thing = item.data(NAME, THING_ROLE)
            if isinstance(thing, Branch) and thing.territory_id == territory:
                return item
            children = (item.child(number) for number in range(item.childCount()))
            waiting += [child for child in children if child is not None]
        return None

    @Slot(QTreeWidgetItem)
    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        if not item.childCount():
            self._read(item)

    @Slot(QTreeWidgetItem, QTreeWidgetItem)
    def _on_current_changed(self, _current: QTreeWidgetItem, _previous: QTreeWidgetItem) -> None:
        self.camera_chosen.emit(self.camera())

    @Slot(QTreeWidgetItem, int)
    def _on_opened(self, item: QTreeWidgetItem, _column: int) -> None:
        thing = item.data(NAME, THING_ROLE)
        if isinstance(thing, Camera):
            self.camera_opened.emit(thing)
        else:
            item.setExpanded(not item.isExpanded())


def _children(
    store: CameraDirectoryStore, parent: int | None, *, is_root: bool
) -> tuple[list[Branch], list[Camera]]:
    if is_root:
        return store.tree(), []
    return [] if parent is None else store.tree(parent), store.at_place(parent)


def _leaf(camera: Camera) -> QTreeWidgetItem:
    item = QTreeWidgetItem([camera.name, "", ""])
    item.setData(NAME, THING_ROLE, camera)
    item.setData(LAMP, LIGHT_ROLE, str(status_light(camera.status)))
    item.setToolTip(NAME, f"{camera.name}\n{camera.code} · {status_word(camera.status)}")
    return item


def _branch_light(branch: Branch) -> Light:
    if not branch.known:
        return Light.HELD
    share = branch.online / branch.known
    return Light.GREEN if share >= MOST_ONLINE else Light.YELLOW if share >= FEW_ONLINE else Light.RED
