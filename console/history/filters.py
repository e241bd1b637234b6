"""What only the past is limited by: a span of days, whether it was ever overdue, how it was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from console.history.words import ANSWERS, OVERDUE, notes_of, tr
from console.kit.day_box import DayBox
from console.lists.chips import ChoiceMenu
from console.ticket.record import Filter

if TYPE_CHECKING:
    from console.app.session import Session

FIRST_DAY = QDate(2000, 1, 1)  # stands for: any day
FLAGS = {"true": True, "false": False}
ONE_DAY = timedelta(days=1)


class PastBar(QWidget):
    """Edit the fields of a Filter that the queue's bar does not know.

    Signals: changed(Filter) by hand.
    """

    changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filter = Filter()
        self._from, self._until = DayBox(), DayBox()
        for box, text in ((self._from, self.tr("any day")), (self._until, self.tr("today"))):
            box.setDisplayFormat("yyyy-MM-dd")
            box.setCalendarPopup(True)
            box.setMinimumDate(FIRST_DAY)
            box.setSpecialValueText(text)
            box.setDate(FIRST_DAY)
            box.dateChanged.connect(self._on_edited)
        self._from.setAccessibleName(self.tr("Created from"))
        self._until.setAccessibleName(self.tr("Created until"))
        self._spans = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self._spans.setText(self.tr("Created"))
        self._spans.setMenu(self._span_menu())
        self._answers = ChoiceMenu(self.tr("Answer"))
        self._answers.set_options({code: tr(text) for code, text in ANSWERS.items()})
        self._overdue = ChoiceMenu(self.tr("Overdue"))
        self._overdue.set_options({code: tr(OVERDUE[flag]) for code, flag in FLAGS.items()})
        self._notes: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        for widget in (self._spans, self._from, QLabel("–"), self._until, self._overdue, self._answers):
            self._row.addWidget(widget)
        self._row.addStretch()
        for menu in (self._answers, self._overdue):
            menu.changed.connect(self._on_edited)

    def set_filter(self, wanted: Filter) -> None:
        """Show a filter without saying that it changed."""
        self._filter = wanted
        zone = self._session.directory.workdays.tz
        first = None if wanted.created_from is None else wanted.created_from.astimezone(zone).date()
        last = None if wanted.created_to is None else (wanted.created_to.astimezone(zone) - ONE_DAY).date()
        for box, day in ((self._from, first), (self._until, last)):
            with QSignalBlocker(box):
                box.setDate(FIRST_DAY if day is None else QDate(day.year, day.month, day.day))
        self._answers.choose(wanted.answers)
        self._overdue.choose([code for code, flag in FLAGS.items() if flag is wanted.overdue])
        self._show_notes()

    def choose_span(self, first: date | None, last: date | None) -> None:
        """Take the days from `first` to `last`; None leaves that end open."""
        self._take(replace(self._filter, created_from=self._moment(first), created_to=self._after(last)))

    def _span_menu(self) -> QMenu:
        menu = QMenu(self)
        today = self._session.clock.now().astimezone(self._session.directory.workdays.tz).date()
        month, year = today.replace(day=1), today.replace(month=1, day=1)
        before = month - ONE_DAY
        for text, first, last in (
            (self.tr("All years"), None, None),
            (self.tr("This month"), month, None),
            (self.tr("Last month"), before.replace(day=1), before),
            (self.tr("This year"), year, None),
            (self.tr("Last year"), year.replace(year=year.year - 1), year - ONE_DAY),
        ):
            menu.addAction(text).triggered.connect(partial(self._on_span, first, last))
        return menu

    def _on_span(self, first: date | None, last: date | None, _checked: bool = False) -> None:
        self.choose_span(first, last)

    def _moment(self, day: date | None) -> datetime | None:
        zone = self._session.directory.workdays.tz
        return None if day is None else datetime.combine(day, time(), zone)

    def _after(self, day: date | None) -> datetime | None:
        return None if day is None else self._moment(day + ONE_DAY)

    @Slot()
    def _on_edited(self) -> None:
        flags = self._overdue.chosen()
        self._take(
            replace(
                self._filter,
                created_from=self._moment(_day(self._from)),
                created_to=self._after(_day(self._until)),
                answers=self._answers.chosen(),
                overdue=FLAGS[flags[0]] if len(flags) == 1 else None,
            )
        )

    def _take(self, wanted: Filter) -> None:
        if wanted != self._filter:
            self.set_filter(wanted)
            self.changed.emit(wanted)

    def _show_notes(self) -> None:
        for note in self._notes:
            self._row.removeWidget(note)
            note.deleteLater()
        self._notes = []
        for field, text in notes_of(self._filter, self._session.directory).items():
            note = QToolButton()
            note.setObjectName(f"past_{field}")
            note.setText(f"{text}  ×")
            note.setToolTip(self.tr("Take this limit away"))
            note.clicked.connect(partial(self._on_dropped, field))
            self._row.insertWidget(self._row.count() - 1, note)
            self._notes.append(note)

    def _on_dropped(self, field: str, _checked: bool = False) -> None:
        without: dict[str, None] = {field: None}
        self._take(replace(self._filter, **without))  # type: ignore[arg-type]  # each may be None


def _day(box: DayBox) -> date | None:
    day = box.date()
    return None if day == FIRST_DAY else date(day.year(), day.month(), day.day())
