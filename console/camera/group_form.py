"""A group of cameras: its name, its cameras in their order, and for a shared one whom it is given to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from console.camera.chooser import Choice, Chooser
from console.camera.directory_store import CameraDirectoryStore
from console.camera.patrol_record import times_of
from console.camera.patrol_store import PatrolStore
from console.camera.record import Camera, CameraGroup, Found
from console.kit.ime import SafeLineEdit
from console.kit.inset import inset
from console.kit.jobs import Latest

if TYPE_CHECKING:
    from console.app.session import Session

SHARERS = frozenset({"supervisor", "admin"})  # the database decides; this only spares a refusal
DWELL_S = (5, 600)
FOUND = 8
SIZE = (780, 600)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form says."""

    id: int | None
    name: str
    risk_area: str
    dwell_s: int
    is_shared: bool
    cameras: tuple[int, ...]
    units: tuple[int, ...]
    times: tuple[time, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the form must know of a group beside itself."""

    cameras: tuple[Camera, ...]
    units: tuple[int, ...]
    times: tuple[time, ...]


class GroupForm(QDialog):
    """Edit one group and keep it.

    Signals: saved(group id).
    """

    saved = Signal(object)

    def __init__(
        self, session: Session, group: CameraGroup | None, cameras: Sequence[Camera], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._store = CameraDirectoryStore(session.engine)
        self._group = group
        self._finds = Latest(session.reads, self)
        self.setWindowTitle(self.tr("Group of cameras"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE)
        self.name = SafeLineEdit()
        self.name.setMaxLength(60)
        self.risk_area = SafeLineEdit()
        self.risk_area.setMaxLength(60)
        self.risk_area.setPlaceholderText(self.tr("Forest, reservoir, plant … that it watches"))
        self.dwell = QSpinBox(minimum=DWELL_S[0], maximum=DWELL_S[1], value=20)
        self.dwell.setSuffix(self.tr(" s"))
        inset(self.dwell)
        self.is_shared = QCheckBox(self.tr("Shared: those it is given to see its cameras"))
        self.is_shared.setEnabled(may_share(session) and group is None)
        self.times = SafeLineEdit()
        self.times.setPlaceholderText(self.tr("Times of the day, for instance 08:00 20:00"))
        self.members = Chooser(self.tr("Camera by name, pinyin, place or code, then Enter"))
        self.units = Chooser(self.tr("Unit by 汉字, pinyin or initials, then Enter"))
        self._problem = QLabel()
        self._problem.setProperty("look", "problem")
        self._problem.setWordWrap(True)
        self.save = QPushButton(self.tr("Save  (Ctrl+Enter)"))
        self.save.setProperty("primary", "true")
        self._lay_out()
        self._connect()
        for camera in cameras:
            self.members.add(_choice(camera))
        if group is not None:
            self._fill(group)
        self._show_shared()
        self.name.setFocus()

    def draft(self) -> Draft | None:
        """Return what is said; None, and the problem shown, while it is not enough."""
        times = times_of(self.times.text())
        if not self.name.text().strip():
            self._refuse(self.tr("The group needs a name."))
            return None
        if times is None:
            self._refuse(self.tr("Times of the day look like 08:00, with blanks between them."))
            return None
        is_shared = self.is_shared.isChecked()
        return Draft(
            None if self._group is None else self._group.id,
            self.name.text().strip(),
            self.risk_area.text().strip(),
            self.dwell.value(),
            is_shared,
            self.members.keys(),
            self.units.keys() if is_shared else (),
            times if is_shared else (),
        )

    @Slot()
    def submit(self) -> None:
        """Keep what is said, when it is complete."""
        draft = self.draft()
        if draft is not None and self.save.isEnabled():
            self.save.setEnabled(False)
            work = partial(_keep, self._store, PatrolStore(self._session.engine), draft)
            self._session.writes.run(work, self._on_saved, self._on_failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submit()
        elif not is_enter:  # alone it takes what is found
            super().keyPressEvent(event)

    def _fill(self, group: CameraGroup) -> None:
        self.name.setText(group.name)
        self.risk_area.setText(group.risk_area)
        self.dwell.setValue(group.dwell_s)
        self.is_shared.setChecked(group.kind == "shared")
        self.save.setEnabled(False)  # until the cameras are here, which saving would lose
        work = partial(_known, self._store, PatrolStore(self._session.engine), group)
        self._session.reads.run(work, self._on_known, self._on_failed)

    def _on_known(self, known: Known) -> None:
        for camera in known.cameras:
            self.members.add(_choice(camera))
        for unit in known.units:
            self.units.add(Choice(unit, self._session.directory.unit_name(unit)))
        self.times.setText(" ".join(f"{each:%H:%M}" for each in known.times))
        self.save.setEnabled(True)

    @Slot(str)
    def _on_camera_typed(self, typed: str) -> None:
        work = partial(self._store.search, typed, None, FOUND)
        self._finds.run(work, self._on_found, self._session.report)

    def _on_found(self, found: Found) -> None:
        self.members.show_found([_choice(camera) for camera in found.cameras])

    @Slot(str)
    def _on_unit_typed(self, typed: str) -> None:
        found = self._session.directory.find_units(typed, FOUND)
        self.units.show_found([Choice(unit.id, unit.short_name, unit.name) for unit in found])

    @Slot()
    def _show_shared(self) -> None:
        self._sharing.setVisible(self.is_shared.isChecked())

    def _on_saved(self, group: int) -> None:
        self.saved.emit(group)
        self.close()

    def _on_failed(self, error: Exception) -> None:
        self.save.setEnabled(True)
        self._refuse(self._session.sentence(error))

    def _refuse(self, text: str) -> None:
        self._problem.setText(text)

    def _connect(self) -> None:
        self.save.clicked.connect(self.submit)
        self.is_shared.toggled.connect(self._show_shared)
        self.members.typed.connect(self._on_camera_typed)
        self.units.typed.connect(self._on_unit_typed)

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.addRow(self.tr("Name"), self.name)
        fields.addRow(self.tr("Watches over"), self.risk_area)
        fields.addRow(self.tr("Each picture stays"), self.dwell)
        fields.addRow("", self.is_shared)
        self._sharing = QWidget()
        sharing = QFormLayout(self._sharing)
        sharing.setContentsMargins(0, 0, 0, 0)
        sharing.addRow(self.tr("Rounds are due at"), self.times)
        sharing.addRow(self.tr("Given to"), self.units)
        left = QVBoxLayout()
        left.addLayout(fields)
        left.addWidget(self._sharing, 1)
        left.addStretch()
        right = QVBoxLayout()
        right.addWidget(QLabel(self.tr("Cameras in their order (Alt and arrows move, Delete drops)")))
        right.addWidget(self.members, 1)
        body = QHBoxLayout()
        body.addLayout(left, 1)
        body.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._problem, 1)
        foot.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.addLayout(body, 1)
        layout.addLayout(foot)
        self.save.setAutoDefault(False)


def may_share(session: Session) -> bool:
    """Say whether the database would let this person keep shared groups."""
    return session.me.scope == "all" and not SHARERS.isdisjoint(session.me.duties)


def _known(store: CameraDirectoryStore, patrols: PatrolStore, group: CameraGroup) -> Known:
    is_shared = group.kind == "shared"
    units = store.units(group.id) if is_shared else ()
    times = patrols.plans().get(group.id, ()) if is_shared else ()
    return Known(tuple(store.members(group.id)), tuple(units), times)


def _keep(store: CameraDirectoryStore, patrols: PatrolStore, draft: Draft) -> int:
    """Write group, members, units and plan; the plan only of a group that is there."""
    saved = store.save(
        draft.id,
        draft.name,
        draft.cameras,
        shared=draft.is_shared,
        risk_area=draft.risk_area,
        dwell_s=draft.dwell_s,
    )
    if draft.is_shared:
        store.give(saved, draft.units)
        patrols.plan(saved, draft.times)
    return saved


def _choice(camera: Camera) -> Choice:
    return Choice(camera.id, camera.name, camera.code)
