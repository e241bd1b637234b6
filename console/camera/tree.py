"""The cameras by place: street, area, grid, with how many there are and how many of them are online."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from console.camera.states import InSight
from console.camera.words import status_light, status_word
from console.kit.jobs import Latest
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
Thing = Branch | Camera
Answer = tuple[Branch | None, list[Thing]]  # a place, or the root, and what is in it


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
    """Reads a place each time it is opened; what is read again stays in its place, open and chosen.

    Signals: camera_chosen(Camera or None); camera_opened(Camera) Enter or double click.
    """

    camera_chosen = Signal(object)
    camera_opened = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = CameraDirectoryStore(session.engine)
        self._reads = Latest(session.reads, self)
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
        InSight(session, self).wanted.connect(self.refresh)

    def camera(self) -> Camera | None:
        """Return the camera under the cursor."""
        item = self.currentItem()
        thing = None if item is None else item.data(NAME, THING_ROLE)
        return thing if isinstance(thing, Camera) else None

    @Slot()
    def refresh(self) -> None:
        """Read the root and every open place again."""
        work = partial(_read, self._store, [None, *_open_places(self.invisibleRootItem())])
        self._reads.run(work, self._on_read, self._session.report)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._on_opened(item, NAME)
        else:
            super().keyPressEvent(event)

    def _on_read(self, answers: Sequence[Answer]) -> None:
        for place, things in answers:
            item = self.invisibleRootItem() if place is None else self._item_of(place.territory_id)
            if item is None:
                continue
            is_first = place is None and not item.childCount()
            self._bring(item, things)
            if is_first and len(things) == 1:
                self.expandItem(_children(item)[0])

    def _bring(self, item: QTreeWidgetItem, things: Sequence[Thing]) -> None:
        """Change only what differs, so that nothing moves under the cursor."""
        wanted = {_key(thing) for thing in things}
        known = {_key(child.data(NAME, THING_ROLE)): child for child in _children(item)}
        for key in known.keys() - wanted:
            item.removeChild(known[key])
        for row, thing in enumerate(things):
            child = known.get(_key(thing)) or QTreeWidgetItem()
            if item.child(row) is not child:
                item.removeChild(child)
                item.insertChild(row, child)
            if child.data(NAME, THING_ROLE) != thing:
                self._fill(child, thing)

    def _fill(self, item: QTreeWidgetItem, thing: Thing) -> None:
        item.setData(NAME, THING_ROLE, thing)
        if isinstance(thing, Camera):
            item.setText(NAME, thing.name)
            item.setData(LAMP, LIGHT_ROLE, str(status_light(thing.status)))
            item.setToolTip(NAME, f"{thing.name}\n{thing.code} · {status_word(thing)}")
            return
        item.setText(NAME, thing.name or self.tr("Outside every street"))
        item.setText(COUNT, f"{thing.online if thing.known else '–'} / {thing.cameras:,}")
        item.setData(LAMP, LIGHT_ROLE, str(_branch_light(thing)))
        item.setTextAlignment(COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setToolTip(COUNT, self._tip(thing))
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)

    def _tip(self, branch: Branch) -> str:
        unknown = branch.cameras - branch.known
        if not unknown:
            return self.tr("online / all")
        return self.tr("online / all; not known now: {n}").format(n=f"{unknown:,}")

    def _item_of(self, territory: int | None) -> QTreeWidgetItem | None:
        """Find the place again: the tree may have been read afresh meanwhile."""
        waiting = [self.invisibleRootItem()]
        while waiting:
            item = waiting.pop()
            thing = item.data(NAME, THING_ROLE)
            if isinstance(thing, Branch) and thing.territory_id == territory:
                return item
            waiting += _children(item)
        return None

    @Slot(QTreeWidgetItem)
    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        work = partial(_read, self._store, [item.data(NAME, THING_ROLE), *_open_places(item)])
        self._session.reads.run(work, self._on_read, self._session.report)

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


def _read(store: CameraDirectoryStore, places: Iterable[Branch | None]) -> list[Answer]:
    return [(place, _things(store, place)) for place in places]


def _things(store: CameraDirectoryStore, place: Branch | None) -> list[Thing]:
    if place is None:
        return [*store.tree()]
    nowhere = place.territory_id is None
    return [*([] if nowhere else store.tree(place.territory_id)), *store.at_place(place.territory_id)]


def _key(thing: Thing) -> tuple[type[Thing], int | None]:
    return (Camera, thing.id) if isinstance(thing, Camera) else (Branch, thing.territory_id)


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [child for number in range(item.childCount()) if (child := item.child(number)) is not None]


def _open_places(item: QTreeWidgetItem) -> list[Branch]:
    """Return the places below this one whose children can be seen when its own can."""
    opened = [child for child in _children(item) if child.isExpanded()]
    return [place for child in opened for place in (child.data(NAME, THING_ROLE), *_open_places(child))]


def _branch_light(branch: Branch) -> Light:
    if not branch.known:
        return Light.HELD
    share = branch.online / branch.known
    return Light.GREEN if share >= MOST_ONLINE else Light.YELLOW if share >= FEW_ONLINE else Light.RED
