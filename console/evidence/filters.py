"""What an auditor asks the register for: kind, person, ticket, days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPushButton, QWidget

from console.evidence.record import GROUPS, Wanted
from console.evidence.words import group_word
from console.kit.flow import FlowLayout
from console.kit.ime import SafeLineEdit

if TYPE_CHECKING:
    from console.app.session import Session

TYPING_MS = 350
FIELD_WIDTH = 150
BETWEEN = -1
ALWAYS = 0
DAY_FORMAT = "yyyy-MM-dd"


class RegisterFilter(QWidget):
    """Edit what is wanted.

    Signals: changed(Wanted) by hand.
    """

    changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = Wanted()
        self._group = QComboBox()
        self.person = SafeLineEdit()
        self.number = SafeLineEdit()
        self._period = QComboBox()
        self._since, self._until = QDateEdit(), QDateEdit()
        self._clear = QPushButton(self.tr("Clear"))
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._fill()
        self._lay_out()
        self._connect()

    def set_wanted(self, wanted: Wanted) -> None:
        """Show what is asked for without saying that it changed."""
        self._wanted = wanted
        widgets = (self._group, self.person, self.number, self._period, self._since, self._until)
        blockers = [QSignalBlocker(widget) for widget in widgets]
        self._group.setCurrentIndex(max(0, self._group.findData(wanted.group)))
        self.person.setText(wanted.person)
        self.number.setText(wanted.number)
        has_days = wanted.since is not None or wanted.until is not None
        self._period.setCurrentIndex(self._period.findData(BETWEEN if has_days else ALWAYS))
        today = self._today()
        self._since.setDate(_qdate(wanted.since or today))
        self._until.setDate(_qdate(wanted.until or today))
        del blockers
        self._show_days()

    def _fill(self) -> None:
        for group in ("", *GROUPS):
            self._group.addItem(group_word(group), group)
        for days, text in (
            (ALWAYS, self.tr("All days")),
            (1, self.tr("Today")),
            (7, self.tr("Last 7 days")),
            (30, self.tr("Last 30 days")),
            (BETWEEN, self.tr("From … to …")),
        ):
            self._period.addItem(text, days)
        for field, text, name in (
            (self.person, self.tr("Person: name, pinyin or login"), "registerPerson"),
            (self.number, self.tr("Ticket number"), "registerNumber"),
        ):
            field.setPlaceholderText(text)
            field.setAccessibleName(text)
            field.setObjectName(name)
            field.setClearButtonEnabled(True)
            field.setMinimumWidth(FIELD_WIDTH)
        self.person.setMinimumWidth(FIELD_WIDTH + 60)
        for box, text in ((self._group, self.tr("Kind")), (self._period, self.tr("Days"))):
            box.setAccessibleName(text)
            box.setToolTip(text)
        for edit, text in ((self._since, self.tr("First day")), (self._until, self.tr("Last day"))):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat(DAY_FORMAT)
            edit.setDate(_qdate(self._today()))
            edit.setToolTip(text)
            edit.setAccessibleName(text)
            edit.hide()

    def _lay_out(self) -> None:
        layout = FlowLayout(6, self)
        for widget in (
            self._group,
            self.person,
            self.number,
            self._period,
            self._since,
            self._until,
            self._clear,
        ):
            layout.addWidget(widget)

    def _connect(self) -> None:
        self._typing.timeout.connect(self._on_edited)
        for field in (self.person, self.number):
            field.textChanged.connect(self._on_typed)
            field.returnPressed.connect(self._on_edited)
        self._group.currentIndexChanged.connect(self._on_edited)
        self._period.currentIndexChanged.connect(self._on_edited)
        for edit in (self._since, self._until):
            edit.dateChanged.connect(self._on_typed)
        self._clear.clicked.connect(self._on_cleared)

    @Slot()
    def _on_typed(self) -> None:
        self._typing.start()

    @Slot()
    def _on_edited(self) -> None:
        self._typing.stop()
        self._show_days()
        since, until = self._days()
        wanted = Wanted(self._group.currentData(), _typed(self.person), _typed(self.number), since, until)
        if wanted != self._wanted:
            self._wanted = wanted
            self.changed.emit(wanted)

    @Slot()
    def _on_cleared(self) -> None:
        self._typing.stop()
        if self._wanted != Wanted():
            self.set_wanted(Wanted())
            self.changed.emit(self._wanted)

    def _days(self) -> tuple[date | None, date | None]:
        days = self._period.currentData()
        if days == BETWEEN:
            since, until = sorted((_date(self._since), _date(self._until)))
            return since, until
        if days == ALWAYS:
            return None, None
        return self._today() - timedelta(days=days - 1), None

    def _show_days(self) -> None:
        is_between = self._period.currentData() == BETWEEN
        self._since.setVisible(is_between)
        self._until.setVisible(is_between)

    def _today(self) -> date:
        return self._session.clock.now().astimezone(self._session.directory.workdays.tz).date()


def _typed(field: QLineEdit) -> str:
    return field.text().strip()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _date(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())
