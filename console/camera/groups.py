"""Groups of cameras: one's own, and those shared with one's unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from console.camera.directory_store import CameraDirectoryStore
from console.camera.group_form import GroupForm, may_share
from console.camera.record import Camera, CameraGroup
from console.camera.states import InSight
from console.camera.store import CameraStore
from console.camera.words import status_word

if TYPE_CHECKING:
    from console.app.session import Session

THING_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SHARED = "shared"


class GroupPanel(QWidget):
    """Choose a group, look at its cameras, go round them, edit.

    Signals: camera_chosen(Camera or None); camera_opened(Camera); round_wanted(CameraGroup, cameras).
    """

    camera_chosen = Signal(object)
    camera_opened = Signal(object)
    round_wanted = Signal(object, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = CameraDirectoryStore(session.engine)
        self._cameras = CameraStore(session.engine)
        self._wanted: int | None = None  # the group that was just saved
        self._sizes: dict[int, int] = {}
        self._items: dict[int | None, QTreeWidgetItem] = {}
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.new = QPushButton(self.tr("New…"))
        self.edit_button = QPushButton(self.tr("Edit…"))
        self.drop_button = QPushButton(self.tr("Delete"))
        self.round_button = QPushButton(self.tr("Go round"))
        self.round_button.setProperty("primary", "true")
        self._lay_out()
        self._connect()

    def group(self) -> CameraGroup | None:
        """Return the chosen group, or that of the chosen camera."""
        item = self.tree.currentItem()
        while item is not None:
            thing = item.data(0, THING_ROLE)
            if isinstance(thing, CameraGroup):
                return thing
            item = item.parent()
        return None

    def camera(self) -> Camera | None:
        """Return the chosen camera."""
        item = self.tree.currentItem()
        thing = None if item is None else item.data(0, THING_ROLE)
        return thing if isinstance(thing, Camera) else None

    @Slot()
    def refresh(self) -> None:
        """Read the groups again."""
        work = partial(_groups, self._store)
        self._session.reads.run(work, self._on_groups, self._session.report)

    @Slot()
    def begin(self, cameras: Sequence[Camera] = ()) -> None:
        """Begin a group, perhaps with cameras in it."""
        self._show_form(GroupForm(self._session, None, cameras, self))

    @Slot()
    def edit(self) -> None:
        """Edit the chosen group."""
        group = self.group()
        if group is not None and self._may_edit(group):
            self._show_form(GroupForm(self._session, group, (), self))

    @Slot()
    def drop(self) -> None:
        """Delete the chosen group; its cameras and what was recorded of them stay."""
        group = self.group()
        if group is not None and self._may_edit(group):
            work = partial(self._store.drop, group.id)
            self._session.writes.run(work, self._on_dropped, self._session.report)

    @Slot()
    def go_round(self) -> None:
        """Ask for a round through the chosen group."""
        group = self.group()
        if group is not None:
            work = partial(self._store.members, group.id)
            self._session.reads.run(work, partial(self._on_members, group), self._session.report)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.drop()
        else:
            super().keyPressEvent(event)

    def _may_edit(self, group: CameraGroup) -> bool:
        return group.kind != SHARED or may_share(self._session)

    def _show_form(self, form: GroupForm) -> None:
        form.saved.connect(self._on_saved)
        form.show()

    def _on_groups(self, answer: tuple[list[CameraGroup], dict[int, int]]) -> None:
        groups, self._sizes = answer
        group = self.group()
        chosen = self._wanted or (None if group is None else group.id)
        self._wanted = None
        self.tree.clear()
        self._items = {group.id: self._item(group) for group in groups}
        self.tree.addTopLevelItems(list(self._items.values()))
        current = self._items.get(chosen) or next(iter(self._items.values()), None)
        if current is not None:
            self.tree.setCurrentItem(current)
        self._on_current_changed()

    def _item(self, group: CameraGroup) -> QTreeWidgetItem:
        item = QTreeWidgetItem([self._label(group)])
        item.setData(0, THING_ROLE, group)
        item.setToolTip(0, group.risk_area)
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _label(self, group: CameraGroup) -> str:
        text = self.tr("{name} ({n}, shared)") if group.kind == SHARED else self.tr("{name} ({n})")
        return text.format(name=group.name, n=self._sizes.get(group.id, 0))

    def _on_members(self, group: CameraGroup, cameras: list[Camera]) -> None:
        self.round_wanted.emit(group, cameras)

    @Slot(QTreeWidgetItem)
    def _on_expanded(self, item: QTreeWidgetItem) -> None:
        group = item.data(0, THING_ROLE)
        if isinstance(group, CameraGroup) and not item.childCount():
            work = partial(self._store.members, group.id)
            self._session.reads.run(work, partial(self._on_children, group.id), self._session.report)

    def _on_children(self, group_id: int, cameras: list[Camera]) -> None:
        item = self._items.get(group_id)
        if item is not None and not item.childCount():
            item.addChildren([_leaf(camera) for camera in cameras])

    @Slot()
    def _read_states(self) -> None:
        leaves = self._leaves()
        if leaves:
            work = partial(self._cameras.cameras, leaves)
            self._session.reads.run(work, self._on_states, self._session.report)

    def _on_states(self, cameras: list[Camera]) -> None:
        leaves = self._leaves()
        for camera in cameras:
            for leaf in leaves.get(camera.id, ()):
                _fill(leaf, camera)

    def _leaves(self) -> dict[int, list[QTreeWidgetItem]]:
        """Return the cameras of the groups that were opened; one may be in several."""
        found: dict[int, list[QTreeWidgetItem]] = {}
        for group in self._items.values():
            for number in range(group.childCount()):
                leaf = group.child(number)
                if leaf is not None:
                    found.setdefault(leaf.data(0, THING_ROLE).id, []).append(leaf)
        return found

    def _on_dropped(self, _nothing: None) -> None:
        self.refresh()

    @Slot(object)
    def _on_saved(self, group_id: int) -> None:
        self._wanted = group_id
        self.refresh()

    @Slot()
    def _on_current_changed(self) -> None:
        group = self.group()
        for button in (self.edit_button, self.drop_button):
            button.setEnabled(group is not None and self._may_edit(group))
        self.round_button.setEnabled(group is not None and group.id in self._sizes)
        self.camera_chosen.emit(self.camera())

    @Slot(QTreeWidgetItem, int)
    def _on_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        thing = item.data(0, THING_ROLE)
        if isinstance(thing, Camera):
            self.camera_opened.emit(thing)
        else:
            item.setExpanded(not item.isExpanded())

    def _connect(self) -> None:
        self.tree.itemExpanded.connect(self._on_expanded)
        self.tree.currentItemChanged.connect(self._on_current_changed)
        self.tree.itemActivated.connect(self._on_activated)
        self.new.clicked.connect(self._on_new)
        self.edit_button.clicked.connect(self.edit)
        self.drop_button.clicked.connect(self.drop)
        self.round_button.clicked.connect(self.go_round)
        InSight(self._session, self.tree).wanted.connect(self._read_states)

    @Slot()
    def _on_new(self) -> None:
        self.begin()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for button in (self.new, self.edit_button, self.drop_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.tree, 1)
        layout.addWidget(self.round_button)
        layout.addLayout(row)
        self.setFocusProxy(self.tree)


def _groups(store: CameraDirectoryStore) -> tuple[list[CameraGroup], dict[int, int]]:
    return store.groups(), store.group_sizes()


def _leaf(camera: Camera) -> QTreeWidgetItem:
    item = QTreeWidgetItem()
    _fill(item, camera)
    return item


def _fill(item: QTreeWidgetItem, camera: Camera) -> None:
    item.setText(0, camera.name)
    item.setData(0, THING_ROLE, camera)
    item.setToolTip(0, f"{camera.code} · {status_word(camera)}")
