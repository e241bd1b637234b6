"""The queue's list of views: saved ones and units, each with how many open tickets it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.directory.record import Directory
from console.kit.paced import Paced
from console.kit.theme import Theme
from console.ticket.record import Filter, SavedView, Totals
from db.changes import Change

if TYPE_CHECKING:
    from console.app.session import Session

MOST_COUNTED = 200  # views
COUNT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
INDENT_ROLE = COUNT_ROLE + 1
COUNT_WIDTH = 64
LEAST_WIDTH = 120
INDENT = 14
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class UnitView:
    """What a unit and all below it hold; it needs nobody to save it."""

    unit_id: int
    name: str
    depth: int

    @property
    def filter(self) -> Filter:
        """What is shown."""
        return Filter(unit_id=self.unit_id)


View = SavedView | UnitView


class ViewBox(QComboBox):
    """Show what can be chosen; counts change in place, and lines come and go only while it is closed.

    Signals: looked_at() when its list is opened, and before that when the mouse or the keys come to it.
    """

    looked_at = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units: tuple[UnitView, ...] = ()
        self._views: tuple[SavedView, ...] = ()
        self._rows: list[View | None] = []
        self._totals = Totals()
        self.setModel(QStandardItemModel(self))
        self.setItemDelegate(_CountDelegate(theme, self))
        self.setMinimumContentsLength(18)
        self.setMinimumWidth(LEAST_WIDTH)  # before the counts beside it have no room
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(24)

    def show_views(self, views: Sequence[SavedView], wanted: int | None = None) -> None:
        """Show these saved views and choose that with this id; None: what was chosen stays so."""
        self._views = tuple(views)
        if wanted is None and self.view().isVisible():
            return  # it is filled when it is next opened: nothing moves under the cursor
        self._fill()
        if wanted is not None:
            rows = (
                row
                for row, view in enumerate(self._rows)
                if isinstance(view, SavedView) and view.id == wanted
            )
            self.setCurrentIndex(next(rows, 0))

    def show_totals(self, totals: Totals, directory: Directory) -> None:
        """Show these counts; a unit that has become busy is listed when the list is next opened."""
        self._totals = totals
        self._units = tuple(_units(directory, totals.units))
        for row in range(self.count()):
            self._show_count(row)

    def showPopup(self) -> None:
        """Open the list as it now is."""
        self.looked_at.emit()
        self._fill()
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + COUNT_WIDTH)
        super().showPopup()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let the counts be asked for."""
        super().enterEvent(event)
        self.looked_at.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the counts be asked for."""
        super().focusInEvent(event)
        self.looked_at.emit()

    def choose_none(self) -> None:
        """Go back to no view."""
        self.setCurrentIndex(0)

    def chosen(self) -> View | None:
        """Return the view or the unit that is chosen."""
        return self._rows[self.currentIndex()] if self.count() else None

    def count_at(self, row: int) -> str:
        """Return the count shown in a line; nothing where none is known yet."""
        return str(self.itemData(row, COUNT_ROLE) or "")

    def _fill(self) -> None:
        kept = self.chosen()
        # The unit that is chosen stays in the list when its last ticket has gone.
        is_kept = isinstance(kept, UnitView) and kept.unit_id not in {unit.unit_id for unit in self._units}
        units = [*self._units, kept] if is_kept else self._units
        self._rows = [None, *self._views, *((None, *units) if units else ())]
        model = QStandardItemModel(self)
        for row, view in enumerate(self._rows):
            item = QStandardItem(self._text(view, row))
            item.setData(view.depth * INDENT if isinstance(view, UnitView) else 0, INDENT_ROLE)
            item.setEnabled(view is not None or row == 0)
            model.appendRow(item)
        self.setModel(model)  # Qt deletes the one before
        for row in range(self.count()):
            self._show_count(row)
        rows = (row for row, view in enumerate(self._rows) if view is not None and _is_same(view, kept))
        self.setCurrentIndex(next(rows, 0))

    def _text(self, view: View | None, row: int) -> str:
        if view is None:
            return self.tr("Held by unit") if row else self.tr("No saved view")
        is_shared = isinstance(view, SavedView) and view.owner is None
        return self.tr("{name} (shared)").format(name=view.name) if is_shared else view.name

    def _show_count(self, row: int) -> None:
        view = self._rows[row]
        count = "" if view is None else self._count(view)
        if count != self.count_at(row):
            self.setItemData(row, count, COUNT_ROLE)
            self.setItemData(row, f"{self.itemText(row)} {count}", int(Qt.ItemDataRole.AccessibleTextRole))

    def _count(self, view: View) -> str:
        if isinstance(view, UnitView):
            return f"{self._totals.units.get(view.unit_id, 0):,}"
        name = str(view.id)
        count = self._totals.lists.get(name)
        return "" if count is None else f"{count:,}+" if name in self._totals.more else f"{count:,}"


class ViewCounts(QObject):
    """Keep the counts of a box of views while its list is open, and fresh when it is about to be.

    Nobody sees them otherwise, and a hall has forty desks.
    """

    def __init__(self, session: Session, box: ViewBox, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._box = box
        self._views: Mapping[str, Filter] = {}
        self._counts = Paced(session.reads, self._ask, session.report, self)
        self._counts.answered.connect(self._on_counted)
        box.looked_at.connect(self._counts.want)
        session.feed.changed.connect(self._on_changed)

    def detach(self) -> None:
        """Let go of the session."""
        self._counts.forget()
        self._session.feed.changed.disconnect(self._on_changed)

    def count_views(self, views: Iterable[SavedView]) -> None:
        """Count these views from now on."""
        self._views = {str(view.id): view.filter for view in [*views][:MOST_COUNTED]}
        self._counts.ask_now()

    def _ask(self) -> Callable[[], Totals]:
        return partial(self._session.store.totals, self._views)

    @Slot(object)
    def _on_counted(self, totals: Totals) -> None:
        self._box.show_totals(totals, self._session.directory)

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        if self._box.view().isVisible() and any(change.what == "ticket" for change in changes):
            self._counts.want()


class _CountDelegate(QStyledItemDelegate):
    """The name as the style paints it, below what it belongs to, and the count at the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if option.state & QStyle.StateFlag.State_Selected:  # the whole line, not only what the style paints
            painter.fillRect(option.rect, self._theme.colour("selection"))
        inner = QStyleOptionViewItem(option)
        inner.rect = option.rect.adjusted(int(index.data(INDENT_ROLE) or 0), 0, -COUNT_WIDTH, 0)
        super().paint(painter, inner, index)
        painter.setPen(self._theme.colour("muted"))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(option.rect.adjusted(0, 0, -8, 0), right, str(index.data(COUNT_ROLE) or ""))


def _is_same(one: View, other: View | None) -> bool:
    """Say whether two are the same line, whatever has been renamed."""
    if isinstance(one, SavedView):
        return isinstance(other, SavedView) and one.id == other.id
    return isinstance(other, UnitView) and one.unit_id == other.unit_id


def _units(directory: Directory, counts: Mapping[int, int]) -> Iterator[UnitView]:
    """Return each unit that holds something, behind what is above it."""
    below: dict[int | None, list[int]] = {}
    for unit in directory.units.values():
        if unit.id in counts:
            parent = unit.parent_id if unit.parent_id in counts else None
            below.setdefault(parent, []).append(unit.id)

    def walk(parent: int | None, depth: int) -> Iterator[UnitView]:
        for unit_id in below.get(parent, ()):
            yield UnitView(unit_id, directory.units[unit_id].short_name, depth)
            yield from walk(unit_id, depth + 1)

    return walk(None, 0)
