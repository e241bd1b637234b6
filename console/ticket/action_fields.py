"""One editor per type of payload field: they show, hold and return one value."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QDateTime, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from console.directory.record import Directory
from console.kit.day_box import DayBox
from console.kit.ime import SafeLineEdit, SafeTextEdit
from console.kit.inset import inset
from console.kit.jobs import Latest
from console.lists.choices import (
    DirectoryKnown,
    Finder,
    Known,
    category_of,
    find_categories,
    find_handlers,
    find_places,
    find_staff,
    place_of,
    staff_of,
    unit_of,
)
from console.lists.pickers import MultiPicker, Picker
from console.ticket.page_record import Field
from console.ticket.record import Ticket

if TYPE_CHECKING:
    from console.app.session import Session

TEXT_LINES = 3


class Editor(QWidget):
    """Base of the editors.

    Signals:
        changed(): the value may differ from before.
    """

    changed = Signal()

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inner)
        self.setFocusProxy(inner)

    @abstractmethod
    def value(self) -> Any:
        """Return the value as it goes into the payload; None when there is none."""

    @abstractmethod
    def set_value(self, value: Any) -> None:
        """Show a value that `value` returned before."""

    def is_unsettled(self) -> bool:
        """Say whether something is typed that stands for no value."""
        return False


class LineEditor(Editor):
    """One line of text."""

    def __init__(self, field: Field) -> None:
        self._line = SafeLineEdit()
        if field.max is not None:
            self._line.setMaxLength(field.max)
        super().__init__(self._line)
        self._line.textChanged.connect(self.changed)

    def value(self) -> str | None:
        return self._line.text().strip() or None

    def set_value(self, value: Any) -> None:
        self._line.setText(value or "")


class TextEditor(Editor):
    """Some lines of text."""

    def __init__(self) -> None:
        self._text = SafeTextEdit()
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * (TEXT_LINES + 1))
        super().__init__(self._text)
        self._text.textChanged.connect(self.changed)

    def value(self) -> str | None:
        return self._text.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        self._text.setPlainText(value or "")


class CodeEditor(Editor):
    """One entry of a reason list; the first letters of a name choose it."""

    def __init__(self, field: Field, directory: Directory) -> None:
        self._box = QComboBox()
        self._box.addItem("", None)
        for reason in directory.reasons.get(field.list or "", ()):
            self._box.addItem(directory.label(reason), reason.code)
        super().__init__(self._box)
        self._box.currentIndexChanged.connect(self.changed)

    def value(self) -> str | None:
        code: str | None = self._box.currentData()
        return code

    def set_value(self, value: Any) -> None:
        self._box.setCurrentIndex(max(0, self._box.findData(value)))


class BoolEditor(Editor):
    """Yes or no, and nothing until somebody has said which."""

    def __init__(self) -> None:
        box = QWidget()
        super().__init__(box)
        layout = QHBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        self._group = QButtonGroup(box)
        for number, text in ((1, self.tr("Yes")), (0, self.tr("No"))):
            button = QRadioButton(text)
            self._group.addButton(button, number)
            layout.addWidget(button)
        layout.addStretch()
        self.setFocusProxy(self._group.button(1))
        self._group.idToggled.connect(self.changed)

    def value(self) -> bool | None:
        number = self._group.checkedId()
        return None if number < 0 else bool(number)

    def set_value(self, value: Any) -> None:
        # An exclusive group cannot be emptied.
        self._group.setExclusive(False)
        for number in (0, 1):
            self._group.button(number).setChecked(value is not None and bool(value) == bool(number))
        self._group.setExclusive(True)


class IntEditor(Editor):
    """A whole number from one up."""

    def __init__(self, field: Field) -> None:
        self._box = QSpinBox(minimum=0, maximum=field.max or 9999)
        inset(self._box)
        self._box.setSpecialValueText(" ")
        super().__init__(self._box)
        self._box.valueChanged.connect(self.changed)

    def value(self) -> int | None:
        return self._box.value() or None

    def set_value(self, value: Any) -> None:
        self._box.setValue(value or 0)


class DateEditor(Editor):
    """A day, typed or taken from a calendar; empty until touched."""

    def __init__(self, today: date) -> None:
        self._box = DayBox()
        self._box.setCalendarPopup(True)
        self._box.setDisplayFormat("yyyy-MM-dd")
        self._empty = QDate(today.year, today.month, today.day)
        self._box.setMinimumDate(self._empty)
        self._box.setSpecialValueText(" ")
        super().__init__(self._box)
        self._box.dateChanged.connect(self.changed)

    def value(self) -> str | None:
        day = self._box.date()
        return None if day == self._empty else day.toString("yyyy-MM-dd")

    def set_value(self, value: Any) -> None:
        self._box.setDate(QDate.fromString(value, "yyyy-MM-dd") if value else self._empty)


class TimeEditor(Editor):
    """A moment in the district's time; starts at now."""

    def __init__(self, now: datetime, zone: tzinfo) -> None:
        self._zone = zone
        self._box = QDateTimeEdit()
        inset(self._box)
        self._box.setDisplayFormat("yyyy-MM-dd HH:mm")
        super().__init__(self._box)
        self.set_value(now.isoformat())
        self._box.dateTimeChanged.connect(self.changed)

    def value(self) -> str:
        shown = self._box.dateTime()
        day, time = shown.date(), shown.time()
        moment = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=self._zone)
        return moment.isoformat()

    def set_value(self, value: Any) -> None:
        if value:
            local = datetime.fromisoformat(value).astimezone(self._zone)
            self._box.setDateTime(QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0))


class PickEditor(Editor):
    """A place, a unit, a category or a person."""

    def __init__(self, session: Session, find: Finder, known: Known) -> None:
        self.picker = Picker(session, find)
        self._known = known
        super().__init__(self.picker)
        self.picker.chosen.connect(self.changed)

    def value(self) -> int | str | None:
        choice = self.picker.choice()
        return None if choice is None else choice.id

    def set_value(self, value: Any) -> None:
        self.picker.choose(None if value is None else self._known(value))

    def is_unsettled(self) -> bool:
        return self.picker.is_unsettled()


class UnitsEditor(Editor):
    """Several units."""

    def __init__(self, session: Session, find: Finder, known: Known) -> None:
        self.picker = MultiPicker(session, find)
        self._known = known
        super().__init__(self.picker)
        self.picker.changed.connect(self.changed)

    def value(self) -> list[int | str] | None:
        return [choice.id for choice in self.picker.choices()] or None

    def set_value(self, value: Any) -> None:
        known = [self._known(unit_id) for unit_id in value or ()]
        self.picker.set_choices([choice for choice in known if choice is not None])

    def is_unsettled(self) -> bool:
        return self.picker.picker.is_unsettled()


class TicketEditor(Editor):
    """Another ticket, by its number; looked up while it is typed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked = Latest(session.reads)
        self._line = SafeLineEdit()
        self._found: Ticket | None = None
        self._title = QLabel()
        self._title.setProperty("look", "small")
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._line)
        layout.addWidget(self._title)
        super().__init__(box)
        self.setFocusProxy(self._line)
        self._line.textChanged.connect(self._on_text_changed)

    def value(self) -> int | None:
        return None if self._found is None else self._found.id

    def set_value(self, value: Any) -> None:
        if value is None:
            self._line.clear()
        else:
            self._asked.run(partial(self._session.store.by_ids, [value]), self._on_known, self._on_failed)

    def _on_text_changed(self, text: str) -> None:
        if self._found is not None and self._found.number == text:
            return
        self._show(None)
        if text.strip():
            self._asked.run(partial(self._session.store.by_number, text.strip()), self._show, self._on_failed)

    def _on_known(self, tickets: Sequence[Ticket]) -> None:
        for ticket in tickets:
            self._show(ticket)
            self._line.setText(ticket.number)

    def _on_failed(self, _error: Exception) -> None:
        self._show(None)

    def _show(self, ticket: Ticket | None) -> None:
        self._found = ticket
        self._title.setText("" if ticket is None else ticket.title)
        self.changed.emit()


def make_editor(field: Field, session: Session) -> Editor:
    """Build the editor for a field's type."""
    return EDITORS[field.type](field, session)


def _date_editor(_field: Field, session: Session) -> Editor:
    return DateEditor(session.clock.now().astimezone(session.directory.workdays.tz).date())


def _time_editor(_field: Field, session: Session) -> Editor:
    return TimeEditor(session.clock.now(), session.directory.workdays.tz)


def _pick_editor(find: Finder, known: DirectoryKnown) -> Callable[[Field, Session], Editor]:
    def make(_field: Field, session: Session) -> Editor:
        return PickEditor(session, find, partial(known, session.directory))

    return make


def _units_editor(_field: Field, session: Session) -> Editor:
    return UnitsEditor(session, find_handlers, partial(unit_of, session.directory))


EDITORS: Mapping[str, Callable[[Field, Session], Editor]] = {
    "line": lambda field, _session: LineEditor(field),
    "text": lambda _field, _session: TextEditor(),
    "code": lambda field, session: CodeEditor(field, session.directory),
    "bool": lambda _field, _session: BoolEditor(),
    "int": lambda field, _session: IntEditor(field),
    "date": _date_editor,
    "time": _time_editor,
    "ticket": lambda _field, session: TicketEditor(session),
    "unit": _pick_editor(find_handlers, unit_of),
    "units": _units_editor,
    "place": _pick_editor(find_places, place_of),
    "category": _pick_editor(find_categories, category_of),
    "staff": _pick_editor(find_staff, staff_of),
}
