"""A picker finds beside the window, and takes only what the operator sees."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.kit.jobs import Jobs
from console.lists.choices import Choice
from console.lists.pickers import MultiPicker, Picker

NAMES = ("黄岛", "黄山", "黄河路", "灵山卫")


class Desk(QObject):
    """What a picker uses of a session; answers wait for the gate while it is shut."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = Jobs(4, "reads", self)
        self.directory = None
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[str] = []
        self.threads: set[str] = set()
        self.reported: list[Exception] = []

    def find(self, _directory: Any, text: str) -> Sequence[Choice]:
        """Find names by a part of them."""
        self.asked.append(text)
        self.threads.add(threading.current_thread().name)
        assert self.gate.wait(10)
        if text == "!":
            raise ValueError(text)
        return [Choice(number, name) for number, name in enumerate(NAMES) if text in name]

    def report(self, error: Exception) -> None:
        """Keep what went wrong."""
        self.reported.append(error)


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.gate.set()
    assert made.reads.stop()


@pytest.fixture
def picker(desk: Desk, qtbot: QtBot) -> Iterator[Picker]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Picker(desk, desk.find, window)  # type: ignore[arg-type]  # the stand-in has what it uses
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addWidget(QLineEdit())  # Tab goes there
    window.resize(300, 300)
    window.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    window.close()


def commit(picker: Picker, text: str, preedit: str = "") -> None:
    """Type as an input method does."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text)
    QApplication.sendEvent(picker, event)


def listed(picker: Picker) -> list[str]:
    """Return what the operator sees."""
    rows = picker._list
    return [rows.item(n).text() for n in range(rows.count())] if picker.is_listing() else []


def test_names_are_sought_in_a_worker(desk: Desk, picker: Picker, qtbot: QtBot) -> None:
    commit(picker, "黄")
    qtbot.waitUntil(lambda: listed(picker) == ["黄岛", "黄山", "黄河路"])
    assert threading.main_thread().name not in desk.threads


def test_answer_to_an_older_letter_never_comes_behind_a_newer_one(
    desk: Desk, picker: Picker, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[list[str]] = []
    show = picker._list.show_choices

    def note(choices: Sequence[Choice]) -> None:
        shown.append([choice.text for choice in choices])
        show(choices)

    monkeypatch.setattr(picker._list, "show_choices", note)
    desk.gate.clear()
    for letter in "黄河路":
        commit(picker, letter)
    desk.gate.set()
    qtbot.waitUntil(lambda: listed(picker) == ["黄河路"])
    assert shown == [["黄河路"]]
    assert desk.asked == ["黄", "黄河路"]  # what is overtaken is not even begun


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_key_before_the_answer_takes_what_is_seen(
    desk: Desk, picker: Picker, qtbot: QtBot, key: Qt.Key
) -> None:
    commit(picker, "黄")
    qtbot.waitUntil(lambda: len(listed(picker)) == 3)
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    desk.gate.clear()
    commit(picker, "河")
    qtbot.keyClick(picker, key)
    assert picker.choice() == Choice(1, "黄山")
    desk.gate.set()
    qtbot.waitUntil(lambda: not picker._asked._is_busy)
    assert listed(picker) == []
    assert (picker.choice(), picker.text()) == (Choice(1, "黄山"), "黄山")


def test_enter_before_anything_is_seen_takes_nothing(desk: Desk, picker: Picker, qtbot: QtBot) -> None:
    fired: list[str] = []
    picker.returnPressed.connect(lambda: fired.append("return"))
    desk.gate.clear()
    commit(picker, "黄")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert (picker.choice(), fired) == (None, [])
    desk.gate.set()
    qtbot.waitUntil(lambda: len(listed(picker)) == 3)
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert picker.choice() == Choice(0, "黄岛")


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Backspace])
def test_answer_that_is_not_wanted_any_more_opens_no_list(
    desk: Desk, picker: Picker, qtbot: QtBot, key: Qt.Key
) -> None:
    desk.gate.clear()
    commit(picker, "黄")
    qtbot.keyClick(picker, key)
    desk.gate.set()
    qtbot.waitUntil(lambda: not picker._asked._is_busy)
    assert listed(picker) == []


def test_nothing_is_sought_while_an_input_method_composes(desk: Desk, picker: Picker, qtbot: QtBot) -> None:
    commit(picker, "", "huang")
    qtbot.keyClick(picker, Qt.Key.Key_Return)  # the input method's
    assert desk.asked == []
    commit(picker, "黄")
    qtbot.waitUntil(lambda: len(listed(picker)) == 3)
    commit(picker, "", "he")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert picker.choice() is None
    commit(picker, "河")
    qtbot.waitUntil(lambda: listed(picker) == ["黄河路"])
    assert desk.asked == ["黄", "黄河"]


def test_search_that_fails_is_reported_and_the_line_goes_on(desk: Desk, picker: Picker, qtbot: QtBot) -> None:
    commit(picker, "!")
    qtbot.waitUntil(lambda: len(desk.reported) == 1)
    picker.clear()
    commit(picker, "灵")
    qtbot.waitUntil(lambda: listed(picker) == ["灵山卫"])


def test_several_are_collected(desk: Desk, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    many = MultiPicker(desk, desk.find, window)  # type: ignore[arg-type]
    QVBoxLayout(window).addWidget(many)
    window.show()
    many.setFocus()
    qtbot.waitUntil(many.picker.hasFocus)
    for text in ("灵", "黄山"):
        commit(many.picker, text)
        qtbot.waitUntil(many.picker.is_settled)
        qtbot.keyClick(many.picker, Qt.Key.Key_Return)
    assert [choice.text for choice in many.choices()] == ["灵山卫", "黄山"]
