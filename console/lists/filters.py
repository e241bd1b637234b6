"""The filter bar over the queue: every control edits one frozen Filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.directory.record import Code
from console.kit.flow import FlowLayout
from console.kit.ime import SafeLineEdit
from console.kit.lamp import Light
from console.lists.chips import GAP, Chip, ChipRow, ChoiceMenu, LightChip
from console.lists.choices import (
    Choice,
    category_of,
    find_categories,
    find_places,
    find_units,
    place_of,
    unit_of,
)
from console.lists.columns import PENDING, tr
from console.lists.pickers import Picker
from console.ticket.record import Counts, Filter, Order, TicketState

if TYPE_CHECKING:
    from console.app.session import Session

TYPING_MS = 250
NARROW = 1000
TEXT_MOST = 200  # as much as the database takes
TEXT_LEAST, PICKER_LEAST, PICKER_MOST = 130, 90, 220
LEAVE_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)


class FilterBar(QWidget):
    """Edit a Filter. `lights` is placed by the panel, beside the total they add up to.

    Signals: changed(Filter) by hand; left_downwards() the operator goes on to the list.
    """

    changed = Signal(object)
    left_downwards = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = Filter()
        self.lights = ChipRow(self._light_chips(), QHBoxLayout(), hides_empty=False)
        states = [
            Chip(code, session.directory.label(item)) for code, item in session.directory.states.items()
        ]
        self._states = ChipRow(states, FlowLayout(GAP), hides_empty=True)
        self._text = SafeLineEdit()
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._open = QToolButton()
        self._history = QToolButton()
        self._is_widened = False  # the typed text opened all years, nobody chose them
        self._mine = QToolButton()
        self._unit = Picker(session, find_units)
        self._place = Picker(session, find_places)
        self._category = Picker(session, find_categories)
        self._channels = ChoiceMenu(self.tr("Channel"))
        self._kinds = ChoiceMenu(self.tr("Kind"))
        self._pending = ChoiceMenu(self.tr("To decide"))
        self._clear = QPushButton(self.tr("Clear"))
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()
        self._fill_words()
        self._connect()

    def filter(self) -> Filter:
        """Return what is chosen."""
        return self._filter

    def set_filter(self, wanted: Filter) -> None:
        """Show a filter without saying that it changed."""
        self._filter = wanted
        directory = self._session.directory
        self.lights.choose(wanted.lights)
        self._states.choose(wanted.states)
        self._typing.stop()
        self._is_widened = False
        self._text.setText(wanted.text)
        self._open.setChecked(wanted.open_only)
        self._history.setChecked(not wanted.open_only)
        self._mine.setChecked(wanted.mine)
        for picker, choice in (
            (self._unit, None if wanted.unit_id is None else unit_of(directory, wanted.unit_id)),
            (self._place, None if wanted.territory_id is None else place_of(directory, wanted.territory_id)),
            (
                self._category,
                None if wanted.category_id is None else category_of(directory, wanted.category_id),
            ),
        ):
            with QSignalBlocker(picker):
                picker.choose(choice)
        self._channels.choose(wanted.channels)
        self._kinds.choose(wanted.kinds)
        self._pending.choose(wanted.pending)
        self._show_clear()

    def show_counts(self, counts: Counts) -> None:
        """Show the counts that belong to the list."""
        self.lights.set_counts(_by_code(counts.lights))
        self._states.set_counts(_by_code(counts.states))

    def focus_text(self) -> None:
        """Put the cursor into the text field."""
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the fields below each other where there is no room side by side."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW
        directions = QBoxLayout.Direction
        self._rows.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        self._rows.activate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._text
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in LEAVE_KEYS
        ):
            self._on_edited()
            self.left_downwards.emit()
            return True
        return super().eventFilter(watched, event)

    def _light_chips(self) -> list[Chip]:
        names = {
            Light.RED: self.tr("Overdue"),
            Light.YELLOW: self.tr("Due soon"),
            Light.GREEN: self.tr("In time"),
            Light.HELD: self.tr("No clock"),
        }
        return [LightChip(light, name, self._session.theme) for light, name in names.items()]

    def _build(self) -> None:
        scope = QButtonGroup(self)
        for button, text in ((self._open, self.tr("Open")), (self._history, self.tr("History"))):
            button.setText(text)
            button.setCheckable(True)
            scope.addButton(button)
        self._open.setChecked(True)
        self._mine.setText(self.tr("Mine"))
        self._mine.setToolTip(self.tr("Only tickets my unit holds or assists"))
        self._mine.setCheckable(True)
        self._text.setObjectName("queueText")
        self._text.setPlaceholderText(self.tr("Find  ( / )"))
        self._text.setToolTip(
            self.tr(
                "Words of title, text and place, names of units and categories, ticket numbers or parts of"
                " them. All words must be there; tickets of all years are found, newest first."
            )
        )
        self._text.setMaxLength(TEXT_MOST)
        self._text.setClearButtonEnabled(True)
        self._text.setMinimumWidth(TEXT_LEAST)
        self._text.installEventFilter(self)
        for picker, text in (
            (self._unit, self.tr("Held by unit")),
            (self._place, self.tr("Street, area or grid")),
            (self._category, self.tr("Category")),
        ):
            picker.setPlaceholderText(text)
            picker.setMinimumWidth(PICKER_LEAST)
            picker.setMaximumWidth(PICKER_MOST)
        first = _row(self._open, self._history, self._mine, self._text)
        second = _row(self._unit, self._place, self._category)
        for widget in (self._channels, self._kinds, self._pending, self._clear):
            second.addWidget(widget)
        self._rows.setSpacing(6)
        self._rows.addLayout(first, 1)
        self._rows.addLayout(second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._rows)
        layout.addWidget(self._states)

    def _connect(self) -> None:
        self._typing.timeout.connect(self._on_edited)
        self._text.textChanged.connect(self._on_typed)
        for row in (self.lights, self._states, self._channels, self._kinds, self._pending):
            row.changed.connect(self._on_edited)
        for picker in (self._unit, self._place, self._category):
            picker.chosen.connect(self._on_edited)
        for button in (self._open, self._history):
            button.clicked.connect(self._on_years_chosen)
        self._mine.clicked.connect(self._on_edited)
        self._clear.clicked.connect(self._on_cleared)
        self._session.directory_changed.connect(self._fill_words)

    @Slot()
    def _fill_words(self) -> None:
        directory = self._session.directory
        for code, chip in self._states.chips.items():
            chip.rename(directory.code_name(directory.states, code))
        self._channels.set_options(_names(directory.channels, directory.label))
        self._kinds.set_options(_names(directory.kinds, directory.label))
        self._pending.set_options({code: tr(text) for code, text in PENDING.items()})

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if text.strip() != self._filter.text:
            self._typing.start()

    @Slot()
    def _on_years_chosen(self) -> None:
        self._is_widened = False
        self._on_edited()

    def _widen(self) -> None:
        """Search all years unless the operator says otherwise, and go back when the text is gone."""
        has_text, had_text = bool(self._text.text().strip()), bool(self._filter.text)
        if has_text and not had_text and self._open.isChecked():
            self._history.setChecked(True)
            self._is_widened = True
        elif self._is_widened and not has_text:
            self._open.setChecked(True)
            self._is_widened = False

    @Slot()
    def _on_edited(self) -> None:
        self._typing.stop()
        self._widen()
        is_open = self._open.isChecked()
        self._take(
            replace(
                self._filter,
                lights=tuple(Light(code) for code in self.lights.chosen()),
                states=tuple(TicketState(code) for code in self._states.chosen()),
                pending=self._pending.chosen(),
                unit_id=_id(self._unit.choice()),
                territory_id=_id(self._place.choice()),
                category_id=_id(self._category.choice()),
                channels=self._channels.chosen(),
                kinds=self._kinds.chosen(),
                text=self._text.text().strip(),
                ids=(),
                open_only=is_open,
                mine=self._mine.isChecked(),
                order=Order.DUE if is_open else Order.NEWEST,
            )
        )

    @Slot()
    def _on_cleared(self) -> None:
        self.set_filter(Filter(open_only=self._filter.open_only, order=self._filter.order))
        self.changed.emit(self._filter)

    def _take(self, wanted: Filter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self._show_clear()
            self.changed.emit(wanted)

    def _show_clear(self) -> None:
        bare = Filter(open_only=self._filter.open_only, order=self._filter.order)
        self._clear.setEnabled(self._filter != bare)


def _row(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(6)
    for widget in widgets:
        layout.addWidget(widget)
    return layout


def _names(table: Mapping[str, Code], label: Callable[[Code], str]) -> dict[str, str]:
    return {code: label(item) for code, item in table.items()}


def _by_code(counts: Mapping[Light, int] | Mapping[TicketState, int] | None) -> dict[str, int] | None:
    return None if counts is None else {str(code): n for code, n in counts.items()}


def _id(choice: Choice | None) -> int | None:
    return None if choice is None else int(choice.id)
