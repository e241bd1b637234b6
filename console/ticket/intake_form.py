"""The fields of an intake, in the order a call is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from console.directory.record import Code, Directory
from console.kit.ime import SafeLineEdit, SafeTextEdit
from console.lists.choices import (
    Choice,
    category_of,
    find_categories,
    find_places,
    find_units,
    place_of,
    unit_of,
)
from console.lists.pickers import Picker
from console.ticket.intake_footage import FootageRow
from console.ticket.intake_values import IntakeValues

if TYPE_CHECKING:
    from console.app.session import Session

MOST_WORKERS = 3
PROBLEMS = ("phone", "place_id", "map_code", "category_id", "body", "accused_unit_id")


class IntakeForm(QWidget):
    """Hold one report.

    Signals:
        changed(): something was typed or chosen.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        directory = session.directory
        self.channel = _code_box(directory, directory.channels)
        self.kind = _code_box(directory, directory.kinds)
        self.is_urgent = QCheckBox(self.tr("urgent"))
        self.phone = SafeLineEdit()
        self.name = SafeLineEdit()
        self.address = SafeLineEdit()
        self.is_anonymous = QCheckBox(self.tr("anonymous"))
        self.is_secret = QCheckBox(self.tr("keep secret"))
        self.no_reply = QCheckBox(self.tr("wants no reply"))
        self.place = Picker(session, find_places)
        self.no_place = QCheckBox(self.tr("no place"))
        self.place_text = SafeLineEdit()
        self.map_code = SafeLineEdit()
        self.category = Picker(session, find_categories)
        self.title = SafeLineEdit()
        self.title.setMaxLength(200)
        self.body = SafeTextEdit()
        self.accused = Picker(session, find_units)
        self.footage = FootageRow(self)
        self._workers = QLabel()
        self._workers.setProperty("look", "small")
        self._workers.hide()
        self._problems = {name: _problem_label() for name in PROBLEMS}
        self._set_hints()
        self._lay_out()
        self._connect()
        self.set_values(IntakeValues())

    def values(self) -> IntakeValues:
        """Return what is typed."""
        return IntakeValues(
            channel=self.channel.currentData() or "",
            kind=self.kind.currentData() or "",
            is_urgent=self.is_urgent.isChecked(),
            phone=self.phone.text(),
            name=self.name.text(),
            address=self.address.text(),
            is_anonymous=self.is_anonymous.isChecked(),
            is_secret=self.is_secret.isChecked(),
            no_reply=self.no_reply.isChecked(),
            place_id=_id_of(self.place),
            no_place=self.no_place.isChecked(),
            place_text=self.place_text.text(),
            map_code=self.map_code.text(),
            category_id=_id_of(self.category),
            title=self.title.text(),
            body=self.body.toPlainText(),
            accused_unit_id=_id_of(self.accused),
            footage=self.footage.keys,
            footage_text=self.footage.text,
        )

    def set_values(self, values: IntakeValues) -> None:
        """Show a draft, or an empty form."""
        directory = self._session.directory
        self.channel.setCurrentIndex(self.channel.findData(values.channel))
        self.kind.setCurrentIndex(self.kind.findData(values.kind))
        for line, text in (
            (self.phone, values.phone),
            (self.name, values.name),
            (self.address, values.address),
            (self.place_text, values.place_text),
            (self.map_code, values.map_code),
            (self.title, values.title),
        ):
            line.setText(text)
        for box, is_checked in (
            (self.is_urgent, values.is_urgent),
            (self.is_anonymous, values.is_anonymous),
            (self.is_secret, values.is_secret),
            (self.no_reply, values.no_reply),
            (self.no_place, values.no_place),
        ):
            box.setChecked(is_checked)
        self.place.choose(place_of(directory, values.place_id) if values.place_id else None)
        self.category.choose(category_of(directory, values.category_id) if values.category_id else None)
        self.accused.choose(unit_of(directory, values.accused_unit_id) if values.accused_unit_id else None)
        self.body.setPlainText(values.body)
        self.footage.show_keys(values.footage, values.footage_text)
        self.show_problems({})

    def unsettled(self) -> tuple[str, ...]:
        """Name the fields whose words stand for no place, category or unit."""
        pickers = {"place_id": self.place, "category_id": self.category, "accused_unit_id": self.accused}
        return tuple(name for name, picker in pickers.items() if picker.is_unsettled())

    def set_place(self, place_id: int) -> None:
        """Choose the place a map code lies in."""
        self.place.choose(place_of(self._session.directory, place_id))

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong beside the fields, and go to the first of them."""
        for name, label in self._problems.items():
            label.setText(problems.get(name, ""))
            label.setVisible(name in problems)
        targets: Mapping[str, QWidget] = {
            "phone": self.phone,
            "place_id": self.place,
            "map_code": self.map_code,
            "category_id": self.category,
            "body": self.body,
            "accused_unit_id": self.accused,
        }
        first = next((targets[name] for name in self._problems if name in problems), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_place_chosen(self, choice: Choice | None) -> None:
        workers = self._session.directory.workers_of(None if choice is None else int(choice.id))
        words = "、".join(f"{worker.name} {worker.phone}" for worker in workers[:MOST_WORKERS])
        self._workers.setText(self.tr("Grid workers: {names}").format(names=words))
        self._workers.setVisible(bool(words))
        if choice is not None:
            self.no_place.setChecked(False)

    def _set_hints(self) -> None:
        self.phone.setPlaceholderText(self.tr("number → earlier tickets"))
        self.name.setPlaceholderText(self.tr("name"))
        self.address.setPlaceholderText(self.tr("address"))
        self.place.setPlaceholderText(self.tr("street, area, grid or landmark: Chinese, pinyin or initials"))
        self.place_text.setPlaceholderText(self.tr("exact spot, as told"))
        self.map_code.setPlaceholderText(self.tr("map code: lon,lat"))
        self.category.setPlaceholderText(self.tr("Chinese, pinyin or initials"))
        self.title.setPlaceholderText(self.tr("empty: the first words of the report"))
        self.accused.setPlaceholderText(
            self.tr("only for a complaint about a unit: it will not see the ticket")
        )

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, tuple[tuple[QWidget, int], ...], str], ...] = (
            (self.tr("Channel, kind"), ((self.channel, 2), (self.kind, 2), (self.is_urgent, 1)), ""),
            (self.tr("Caller"), ((self.phone, 3), (self.name, 2), (self.address, 4)), "phone"),
            ("", ((self.is_anonymous, 0), (self.is_secret, 0), (self.no_reply, 1)), ""),
            (self.tr("Place"), ((self.place, 5), (self.no_place, 0)), "place_id"),
            ("", ((self._workers, 1),), ""),
            ("", ((self.place_text, 3), (self.map_code, 2)), "map_code"),
            (self.tr("Category"), ((self.category, 1),), "category_id"),
            (self.tr("Title"), ((self.title, 1),), ""),
            (self.tr("Report"), ((self.body, 1),), "body"),
            (self.tr("Unit complained about"), ((self.accused, 1),), "accused_unit_id"),
            ("", ((self.footage, 1),), ""),
        )
        number = 0
        for title, widgets, problem in rows:
            label = QLabel(title)
            label.setProperty("look", "muted")
            grid.addWidget(label, number, 0)
            line = QHBoxLayout()
            line.setSpacing(self._session.theme.size("gap"))
            for widget, stretch in widgets:
                line.addWidget(widget, stretch)
            grid.addLayout(line, number, 1)
            if self.body in (widget for widget, _ in widgets):
                grid.setRowStretch(number, 1)
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
            number += 1
            if problem:
                grid.addWidget(self._problems[problem], number, 1)
                number += 1

    def _connect(self) -> None:
        for line in (self.phone, self.name, self.address, self.place_text, self.map_code, self.title):
            line.textChanged.connect(self.changed)
        for picker in (self.place, self.category, self.accused):
            picker.chosen.connect(self.changed)
        for box in (self.is_urgent, self.is_anonymous, self.is_secret, self.no_reply, self.no_place):
            box.toggled.connect(self.changed)
        for codes in (self.channel, self.kind):
            codes.currentIndexChanged.connect(self.changed)
        self.body.textChanged.connect(self.changed)
        self.footage.changed.connect(self.changed)
        self.place.chosen.connect(self._on_place_chosen)


def _code_box(directory: Directory, codes: Mapping[str, Code]) -> QComboBox:
    box = QComboBox()
    for code in sorted(codes.values(), key=_rank):
        box.addItem(directory.label(code), code.code)
    return box


def _rank(code: Code) -> int:
    return code.rank


def _id_of(picker: Picker) -> int | None:
    choice = picker.choice()
    return None if choice is None else int(choice.id)


def _problem_label() -> QLabel:
    label = QLabel()
    label.setProperty("look", "problem")
    label.hide()
    return label
