"""How cameras are, read again while somebody looks: no feed tells of sweeps, and their answers grow old."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from console.camera.record import Camera, CameraHit
from console.camera.store import CameraStore
from console.kit.jobs import Latest
from console.kit.table import Delta, TableModel
from console.kit.view import TableView

if TYPE_CHECKING:
    from console.app.session import Session


class InSight(QObject):
    """Signals: wanted() when a widget comes into sight, and every minute while it is."""

    wanted = Signal()

    def __init__(self, session: Session, widget: QWidget) -> None:
        super().__init__(widget)
        self._session = session
        self._widget = widget
        widget.installEventFilter(self)
        session.polled.connect(self._on_polled)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of being shown."""
        if event.type() == QEvent.Type.Show:
            self.wanted.emit()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_polled(self) -> None:
        if self._widget.isVisible():
            self.wanted.emit()


class States(QObject):
    """Keeps the states in a table as the database has them; which cameras are in it, it leaves alone."""

    def __init__(self, session: Session, model: TableModel[CameraHit], table: TableView) -> None:
        super().__init__(table)
        self._session = session
        self._store = CameraStore(session.engine)
        self._reads = Latest(session.reads, self)
        self._model = model
        InSight(session, table).wanted.connect(self._read)

    @Slot()
    def _read(self) -> None:
        if self._model.keys:
            work = partial(self._store.cameras, self._model.keys)
            self._reads.run(work, self._on_read, self._session.report)

    def _on_read(self, cameras: list[Camera]) -> None:
        fresh = {camera.id: camera for camera in cameras}
        rows = (hit for hit in self._model.rows if hit.camera.id in fresh)
        self._model.apply(Delta(tuple(replace(hit, camera=fresh[hit.camera.id]) for hit in rows)))
