"""The one form for every action."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from queue_desk import FakeSession

from console.lists.pickers import Picker
from console.ticket.action_form import ActionForm
from console.ticket.page_record import AllowedAction, Field

HAND_DOWN = AllowedAction(
    "hand_down",
    "下派",
    "Hand down",
    (Field("unit", "unit", required=True), Field("told", "bool", required=True), Field("note", "text")),
    1,
)
UNIT = 2
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[ActionForm]:
    session = FakeSession()
    window = QWidget()
    qtbot.addWidget(window)
    made = ActionForm(session, window)  # type: ignore[arg-type]  # the stand-in has what forms use
    window.resize(600, 400)
    made.resize(600, 300)
    window.show()
    window.activateWindow()
    made.ask(HAND_DOWN, {})
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), Picker))
    yield made
    session.stop()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focused(), key, modifier)


def pick_typed(qtbot: QtBot, text: str) -> None:
    """Type into a picker and see what it finds."""
    picker = focused()
    assert isinstance(picker, Picker)
    qtbot.keyClicks(picker, text)
    qtbot.waitUntil(picker.is_settled)


def problems(form: ActionForm) -> list[str]:
    return [
        label.text()
        for label in form.findChildren(QLabel)
        if label.property("look") == "problem" and label.isVisible()
    ]


def test_form_is_filled_and_sent_by_keyboard(form: ActionForm, qtbot: QtBot) -> None:
    pick_typed(qtbot, "yzjd")
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(focused(), "today")
    with qtbot.waitSignal(form.submitted) as sent:
        press(qtbot, Qt.Key.Key_Return, CTRL)
    assert sent.args == [HAND_DOWN, {"unit": UNIT, "told": True, "note": "today"}]


def test_submit_with_something_missing_names_it_and_sends_nothing(form: ActionForm, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(form.submitted):
        press(qtbot, Qt.Key.Key_Return, CTRL)
    assert problems(form) == ["This is needed.", "This is needed."]


def test_words_without_a_choice_are_not_left_out_in_silence(form: ActionForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(focused(), "xxzzy")
    with qtbot.assertNotEmitted(form.submitted):
        press(qtbot, Qt.Key.Key_Return, CTRL)
    assert problems(form) == ["Choose one of the list, or empty the field.", "This is needed."]


def test_what_the_database_refuses_stands_beside_its_field(form: ActionForm) -> None:
    form.show_problem("unit", "there is no such unit")
    assert problems(form) == ["there is no such unit"]
    assert isinstance(focused(), Picker)


def test_what_belongs_to_no_field_is_shown_too(form: ActionForm) -> None:
    form.show_problem(None, "Somebody was faster.")
    assert problems(form) == ["Somebody was faster."]


def test_escape_puts_it_away_and_tells_what_was_typed(form: ActionForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.edited) as edited:
        pick_typed(qtbot, "yzjd")
        press(qtbot, Qt.Key.Key_Return)
    assert edited.args is not None
    with qtbot.waitSignal(form.closed):
        press(qtbot, Qt.Key.Key_Escape)
    assert form.isHidden()
    assert form.payload() == {"unit": UNIT}


def test_escape_closes_an_open_list_before_the_form(form: ActionForm, qtbot: QtBot) -> None:
    pick_typed(qtbot, "yz")
    press(qtbot, Qt.Key.Key_Escape)
    assert form.isVisible()


def test_draft_fills_the_fields(form: ActionForm) -> None:
    form.ask(HAND_DOWN, {"unit": UNIT, "told": False, "note": "later"})
    assert form.payload() == {"unit": UNIT, "told": False, "note": "later"}


def test_second_submit_waits_for_the_answer(form: ActionForm, qtbot: QtBot) -> None:
    form.ask(HAND_DOWN, {"unit": UNIT, "told": True})
    form.submit()
    with qtbot.assertNotEmitted(form.submitted):
        form.submit()


def test_keys_are_the_input_methods_while_it_composes(form: ActionForm, qtbot: QtBot) -> None:
    form.ask(HAND_DOWN, {"unit": UNIT, "told": True})
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    QApplication.sendEvent(focused(), QInputMethodEvent("jin tian", []))
    with qtbot.assertNotEmitted(form.submitted):
        press(qtbot, Qt.Key.Key_Return, CTRL)
        press(qtbot, Qt.Key.Key_Escape)
    assert form.isVisible()
