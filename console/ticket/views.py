"""Saved views of the queue: own ones and those shared with the district."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QToolButton, QWidget

from console.ticket.record import Filter, SavedView
from console.ticket.view_box import UnitView, ViewBox, ViewCounts
from db.changes import Change

if TYPE_CHECKING:
    from console.app.session import Session


SHARERS = frozenset({"supervisor", "leader", "admin"})  # the database decides; this only spares a refusal


class ViewBar(QWidget):
    """Choose, save, rename, share and delete named filters.

    Signals: chosen(SavedView | UnitView).
    """

    chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = Filter()
        self._wanted: int | None = None  # the view just saved is the one chosen
        self._box = ViewBox(session.theme)
        self._box.setAccessibleName(self.tr("Saved view"))
        self._box.activated.connect(self._on_activated)
        self._button = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setText(self.tr("View"))
        menu = QMenu(self._button)
        self._button.setMenu(menu)
        self._save = self._add(menu, self.tr("Save changes"), self._on_save)
        self._add(menu, self.tr("Save as…"), self._on_save_as)
        self._share = self._add(menu, self.tr("Save as, shared with the district…"), self._on_share)
        self._share.setEnabled(self._may_share())
        self._rename = self._add(menu, self.tr("Rename…"), self._on_rename)
        self._delete = self._add(menu, self.tr("Delete"), self._on_delete)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._box)
        layout.addWidget(self._button)
        self._counts = ViewCounts(session, self._box, self)
        session.feed.changed.connect(self._on_changed)
        self._box.show_views(())
        self._show_current()

    def detach(self) -> None:
        """Let go of the session."""
        self._counts.detach()
        self._session.feed.changed.disconnect(self._on_changed)

    def set_filter(self, wanted: Filter) -> None:
        """Take what the queue shows now; it is what saving keeps."""
        self._filter = wanted
        chosen = self._box.chosen()
        if isinstance(chosen, UnitView) and chosen.filter != wanted:
            self._box.choose_none()  # a unit's list is nothing to come back to once it is narrowed
        current = self._current()
        self._save.setEnabled(current is not None and current.filter != wanted and self._may_write(current))

    @Slot()
    def refresh(self) -> None:
        """Read the views."""
        self._session.reads.run(self._session.store.views, self._on_read, self._session.report)

    def _add(self, menu: QMenu, text: str, run: Callable[[], None]) -> QAction:
        action = QAction(text, menu)
        action.triggered.connect(run)
        menu.addAction(action)
        return action

    def _current(self) -> SavedView | None:
        chosen = self._box.chosen()
        return chosen if isinstance(chosen, SavedView) else None

    def _may_share(self) -> bool:
        return not SHARERS.isdisjoint(self._session.me.duties)

    def _may_write(self, view: SavedView) -> bool:
        return view.owner is not None or self._may_share()

    def _show_current(self) -> None:
        current = self._current()
        is_own = current is not None and self._may_write(current)
        self._rename.setEnabled(is_own)
        self._delete.setEnabled(is_own)
        self.set_filter(self._filter)

    def _on_read(self, views: list[SavedView]) -> None:
        self._box.show_views(views, self._wanted)
        self._wanted = None
        self._show_current()
        self._counts.count_views(views)

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        if any(change.what == "view" for change in changes):
            self.refresh()

    @Slot()
    def _on_activated(self) -> None:
        view = self._box.chosen()
        if view is not None:
            self.chosen.emit(view)
        self._show_current()

    @Slot()
    def _on_save(self) -> None:
        view = self._current()
        if view is not None:
            self._write(view.id, view.name, shared=view.owner is None)

    @Slot()
    def _on_save_as(self) -> None:
        self._ask_name(self.tr("Name of the view"), "", partial(self._write, None, shared=False))

    @Slot()
    def _on_share(self) -> None:
        self._ask_name(self.tr("Name of the shared view"), "", partial(self._write, None, shared=True))

    @Slot()
    def _on_rename(self) -> None:
        view = self._current()
        if view is not None:
            write = partial(self._write_filter, view.id, view.filter, shared=view.owner is None)
            self._ask_name(self.tr("New name of the view"), view.name, write)

    @Slot()
    def _on_delete(self) -> None:
        view = self._current()
        if view is not None:
            self._session.writes.run(
                partial(self._session.store.drop_view, view.id), self._on_dropped, self._session.report
            )

    def _ask_name(self, label: str, name: str, use: Callable[[str], None]) -> None:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Saved view"))
        dialog.setLabelText(label)
        dialog.setTextValue(name)
        dialog.textValueSelected.connect(use)
        dialog.open()

    def _write(self, view_id: int | None, name: str, *, shared: bool) -> None:
        self._write_filter(view_id, self._filter, name, shared=shared)

    def _write_filter(self, view_id: int | None, wanted: Filter, name: str, *, shared: bool) -> None:
        if name.strip():
            save = partial(self._session.store.save_view, view_id, name.strip(), wanted, shared=shared)
            self._session.writes.run(save, self._on_written, self._session.report)

    def _on_written(self, view_id: int) -> None:
        self._wanted = view_id
        self.refresh()

    def _on_dropped(self, _nothing: None) -> None:
        self.refresh()
