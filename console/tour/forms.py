"""Fill the form of an action the way a person does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDateEdit, QRadioButton, QSpinBox, QWidget

from console.lists.pickers import ChoiceList, Picker
from console.ticket.action_fields import BoolEditor, CodeEditor, DateEditor, Editor, IntEditor, PickEditor
from console.ticket.action_form import ActionForm, Row
from console.tour.hands import StepError, choose, click, shown, wait_for, write


def fill(form: ActionForm, values: Mapping[str, Any]) -> None:
    """Type, choose and tick values by field; a picked one is (what is typed, id)."""
    rows = {row.field.name: row.editor for row in form.findChildren(Row)}
    for name, value in values.items():
        if name not in rows:
            raise StepError(f"the form has no field {name}")
        editor = rows[name]
        _fill_one(editor, value)
        wait_for(partial(_has_value, editor), f"a value in {name}")


def pick(picker: Picker, typed: str, wanted: int) -> None:
    """Find by typing, go down to the wanted one, take it with Enter."""
    write(picker, typed)
    wait_for(picker.is_settled, f"something found for {typed}")
    choices = shown(picker.window(), ChoiceList)
    for _ in range(choices.count()):
        choice = choices.current()
        if choice is not None and choice.id == wanted:
            QTest.keyClick(picker, Qt.Key.Key_Return)
            return
        QTest.keyClick(picker, Qt.Key.Key_Down)
    raise StepError(f"{typed} does not find {wanted}")


def _fill_one(editor: Editor, value: Any) -> None:
    if isinstance(editor, PickEditor):
        pick(editor.picker, *value)
    elif isinstance(editor, CodeEditor):
        choose(_inner(editor, QComboBox), value)
    elif isinstance(editor, BoolEditor):
        yes, no = editor.findChildren(QRadioButton)
        click(yes if value else no)
    elif isinstance(editor, IntEditor):
        box = _inner(editor, QSpinBox)
        box.selectAll()
        QTest.keyClicks(box, str(value))
    elif isinstance(editor, DateEditor):
        _go_to_day(_inner(editor, QDateEdit), value)
    else:
        write(editor.focusProxy() or editor, value)


def _has_value(editor: Editor) -> bool:
    return editor.value() is not None


def _inner(editor: Editor, kind: type[QWidget]) -> Any:
    found = editor.findChild(kind)
    assert found is not None
    found.setFocus(Qt.FocusReason.OtherFocusReason)
    return found


def _go_to_day(box: QDateEdit, day: date) -> None:
    box.setCurrentSection(QDateEdit.Section.DaySection)
    wanted = QDate(day.year, day.month, day.day)
    while box.date() < wanted:
        before = box.date()
        QTest.keyClick(box, Qt.Key.Key_Up)
        if box.date() == before:
            raise StepError(f"the day box does not reach {day}")
