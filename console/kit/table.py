"""The one table model: rows kept in order, fed by deltas."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()

# Plain ints: comparing enums in data() costs more than all the rest of a repaint (see hazards).
DISPLAY_ROLE = int(Qt.ItemDataRole.DisplayRole)
ALIGN_ROLE = int(Qt.ItemDataRole.TextAlignmentRole)
TIP_ROLE = int(Qt.ItemDataRole.ToolTipRole)
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
LIGHT_ROLE = ROW_ROLE + 1
MARK_ROLE = ROW_ROLE + 2
MARK_TICKS = 6
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Column(Generic[R]):
    """What one column shows of a row; `title` is marked with QT_TRANSLATE_NOOP("columns", …)."""

    key: str
    title: object  # the stubs say that of QT_TRANSLATE_NOOP
    text: Callable[[R], str]
    width: int = 90
    light: Callable[[R], object] | None = None
    tip: Callable[[R], str] | None = None
    align: int | None = None


@dataclass(frozen=True)
class Delta(Generic[R]):
    """Rows that are new or differ, and keys of rows that left."""

    upserts: tuple[R, ...] = ()
    removes: tuple[Hashable, ...] = ()


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows sorted by `order`, found by `key` (keys are comparable: they break ties of order).

    While `hold` is on, new rows wait until `release()` and a changed row stays where it is, so that
    nothing moves under the operator's hand.

    Signals: held_changed(int) number of rows that wait.
    """

    held_changed = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        key: Callable[[R], Any],
        order: Callable[[R], Any],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._order = order
        self._rows: list[R] = []
        self._places: list[Any] = []  # (order, key) each row was placed by, parallel to _rows
        self._place_of: dict[Any, Any] = {}
        self._held: dict[Any, R] = {}
        self._displaced: set[Any] = set()
        self._marks: dict[Any, int] = {}
        self.hold = False

    @property
    def keys(self) -> tuple[Any, ...]:
        """Keys of the shown rows, in order."""
        return tuple(place[1] for place in self._places)

    @property
    def rows(self) -> tuple[R, ...]:
        """The shown rows, in order."""
        return tuple(self._rows)

    @property
    def held_count(self) -> int:
        """How many new rows wait."""
        return len(self._held)

    def row_of(self, key: Hashable) -> int | None:
        """Return the row number of a key, None when it is not shown."""
        place = self._place_of.get(key)
        return None if place is None else bisect_left(self._places, place)

    def row_at(self, number: int) -> R:
        """Return the row object at a row number."""
        return self._rows[number]

    def held(self, key: Hashable) -> R | None:
        """Return the row of a key that waits, None when none does."""
        return self._held.get(key)

    def is_marked(self, number: int) -> bool:
        """Say whether the row at a row number has just changed."""
        return self._places[number][1] in self._marks

    def load(self, rows: Iterable[R]) -> None:
        """Replace everything: for the first fill, another filter, and after link-up."""
        self.beginResetModel()
        ordered = sorted(((self._place(row), row) for row in rows), key=lambda pair: pair[0])
        self._rows = [row for _, row in ordered]
        self._places = [place for place, _ in ordered]
        self._place_of = {place[1]: place for place in self._places}
        self._marks.clear()
        self._displaced.clear()
        self.endResetModel()
        self._set_held({})

    def extend(self, rows: Iterable[R]) -> None:
        """Add the next page: rows that are not news."""
        self._insert([row for row in rows if self._key(row) not in self._place_of])

    def apply(self, delta: Delta[R]) -> None:
        """Bring in what changed; rows equal to what is shown are silent."""
        held = dict(self._held)
        for key in delta.removes:
            held.pop(key, None)
        self._remove(delta.removes)
        fresh = []
        for row in delta.upserts:
            key = self._key(row)
            number = self.row_of(key)
            if number is not None:
                if self._rows[number] != row:
                    self._change(number, key, row)
            elif self.hold:
                held[key] = row
            else:
                held.pop(key, None)
                self._marks[key] = MARK_TICKS
                fresh.append(row)
        self._insert(fresh)
        self._set_held(held)

    def release(self) -> None:
        """Show the rows that wait and put displaced rows where they belong."""
        for key in self._displaced:
            number = self.row_of(key)
            if number is not None:
                self._move(number, self._place(self._rows[number]))
        self._displaced.clear()
        for key in self._held:
            self._marks[key] = MARK_TICKS
        self._insert(list(self._held.values()))
        self._set_held({})

    def tick(self) -> None:
        """Let marks of changed rows fade: call it once a second."""
        for key in list(self._marks):
            self._marks[key] -= 1
            if not self._marks[key]:
                del self._marks[key]
                number = self.row_of(key)
                if number is not None:
                    self._emit_changed(number)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
        if role == DISPLAY_ROLE:
            return self.columns[index.column()].text(self._rows[index.row()])
        if role == LIGHT_ROLE:
            light = self.columns[index.column()].light
            return None if light is None else light(self._rows[index.row()])
        if role == MARK_ROLE:
            return self.is_marked(index.row())
        if role == ALIGN_ROLE:
            return self.columns[index.column()].align
        if role == ROW_ROLE:
            return self._rows[index.row()]
        if role == TIP_ROLE:
            tip = self.columns[index.column()].tip
            return None if tip is None else tip(self._rows[index.row()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY_ROLE) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == ALIGN_ROLE:
            return self.columns[section].align  # a figure and its title stand under each other
        if role == DISPLAY_ROLE:
            return QCoreApplication.translate("columns", str(self.columns[section].title))
        return None

    def _place(self, row: R) -> Any:
        return (self._order(row), self._key(row))

    def _set_held(self, held: dict[Any, R]) -> None:
        is_different = len(held) != len(self._held)
        self._held = held
        if is_different:
            self.held_changed.emit(len(held))

    def _insert(self, rows: Sequence[R]) -> None:
        """Insert from the end backwards, neighbours in one go."""
        ordered = sorted(((self._place(row), row) for row in rows), key=lambda pair: pair[0])
        while ordered:
            at = bisect_left(self._places, ordered[-1][0])
            first = len(ordered) - 1
            while first and (at == 0 or ordered[first - 1][0] > self._places[at - 1]):
                first -= 1
            run = ordered[first:]
            del ordered[first:]
            self.beginInsertRows(NO_PARENT, at, at + len(run) - 1)
            self._rows[at:at] = [row for _, row in run]
            self._places[at:at] = [place for place, _ in run]
            self._place_of.update((place[1], place) for place, _ in run)
            self.endInsertRows()

    def _remove(self, keys: Iterable[Hashable]) -> None:
        """Remove from the end backwards, neighbours in one go."""
        numbers = sorted({number for key in keys if (number := self.row_of(key)) is not None})
        while numbers:
            last = first = numbers.pop()
            while numbers and numbers[-1] == first - 1:
                first = numbers.pop()
            self.beginRemoveRows(NO_PARENT, first, last)
            for _, key in self._places[first : last + 1]:
                del self._place_of[key]
                self._marks.pop(key, None)
                self._displaced.discard(key)
            del self._rows[first : last + 1], self._places[first : last + 1]
            self.endRemoveRows()

    def _change(self, number: int, key: Any, row: R) -> None:
        self._rows[number] = row
        self._marks[key] = MARK_TICKS
        place = self._place(row)
        if place == self._places[number]:
            self._displaced.discard(key)
        elif self.hold:
            self._displaced.add(key)
        else:
            number = self._move(number, place)
        self._emit_changed(number)

    def _move(self, number: int, place: Any) -> int:
        """Move a row to its place and return its new number."""
        target = bisect_left(self._places, place)
        stays = target in (number, number + 1)
        if not stays:
            self.beginMoveRows(NO_PARENT, number, number, NO_PARENT, target)
        row = self._rows.pop(number)
        del self._places[number]
        after = target - 1 if target > number else target
        self._rows.insert(after, row)
        self._places.insert(after, place)
        self._place_of[place[1]] = place
        if not stays:
            self.endMoveRows()
        return after

    def _emit_changed(self, number: int) -> None:
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))
