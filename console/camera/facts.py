"""What is known of the chosen camera, and who looked through it last, for those who may know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from console.camera.columns import moment, view_span
from console.camera.record import Camera, ViewEntry
from console.camera.states import InSight
from console.camera.store import CameraStore
from console.camera.view_reading import ViewReading
from console.camera.words import facts_html, kind_word, section
from console.directory.record import Code
from console.kit.html import HtmlView
from console.kit.jobs import Latest

if TYPE_CHECKING:
    from console.app.session import Session

LAST_VIEWS = 5
OVERSEERS = frozenset({"supervisor", "inspector", "leader", "admin"})


class FactsView(HtmlView):
    """The sheet of one camera."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.theme, parent)
        self._session = session
        self._store = CameraStore(session.engine)
        self._views = ViewReading(session.engine)
        self._reads = Latest(session.reads, self)
        self._sources: Mapping[str, Code] = {}
        self._camera: Camera | None = None
        session.reads.run(self._store.sources, self._on_sources, session.report)
        InSight(session, self).wanted.connect(self._read_again)
        self.show_camera(None)

    @Slot(object)
    def show_camera(self, camera: Camera | None) -> None:
        """Show another camera, or that none is chosen."""
        self._camera = camera
        self._show()
        if camera is not None and may_oversee(self._session):
            work = partial(self._views.last, camera.id, LAST_VIEWS)
            self._reads.run(work, partial(self._on_views, camera.id), self._session.report)

    @Slot()
    def _read_again(self) -> None:
        if self._camera is not None:
            work = partial(self._store.cameras, [self._camera.id])
            self._session.reads.run(work, self._on_read_again, self._session.report)

    def _on_read_again(self, cameras: list[Camera]) -> None:
        for camera in cameras:
            if self._camera is not None and self._camera.id == camera.id and self._camera != camera:
                self.show_camera(camera)

    def _on_sources(self, sources: Mapping[str, Code]) -> None:
        self._sources = sources
        self._show()

    def _on_views(self, camera_id: int, views: list[ViewEntry]) -> None:
        if self._camera is not None and self._camera.id == camera_id:
            self._show(views)

    def _show(self, views: list[ViewEntry] | None = None) -> None:
        if self._camera is None:
            hint = self.tr("Choose a camera to read what is known of it; Enter opens it.")
            self.show_html(f'<p class="m">{hint}</p>')
            return
        rows: list[tuple[str, ...]] = [
            (
                moment(each.at, self._session)[5:],
                self._session.directory.staff_name(each.login),
                kind_word(each.kind),
                view_span(each),
            )
            for each in views or ()
        ]
        body = section(self.tr("Last looked at by"), rows)
        now = self._session.clock.now()
        self.show_html(facts_html(self._camera, self._session.directory, self._sources, now, body))


def may_oversee(session: Session) -> bool:
    """Say whether the database would show this person who looked through cameras."""
    return session.me.scope == "all" and not OVERSEERS.isdisjoint(session.me.duties)
