"""A panel's keys are its own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.kit.keys import bind_key


def test_same_key_of_two_panels_goes_to_the_one_with_the_focus(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    pressed: list[str] = []
    lines = []
    for name in ("left", "right"):
        panel = QWidget()
        line = QLineEdit(panel)
        bind_key(panel, "Alt+D", lambda name=name: pressed.append(name))
        layout.addWidget(panel)
        lines.append(line)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for line in lines:
        line.setFocus()
        qtbot.keyClick(line, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert pressed == ["left", "right"]
