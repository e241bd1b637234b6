"""Nothing fires while an input method composes."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.kit.ime import SafeLineEdit


def compose(line: SafeLineEdit, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(line, event)


class Form(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.line = SafeLineEdit(self)
        QVBoxLayout(self).addWidget(self.line)
        self.fired: list[str] = []
        self.heard: list[int] = []
        self.line.returnPressed.connect(self._on_return)
        QShortcut("F2", self).activated.connect(self._on_shortcut)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.heard.append(event.key())
        return False

    def _on_return(self) -> None:
        self.fired.append("return")

    def _on_shortcut(self) -> None:
        self.fired.append("F2")


def shown(qtbot: QtBot) -> Form:
    form = Form()
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    form.line.setFocus()
    qtbot.waitUntil(form.line.hasFocus)
    return form


def test_keys_fire_when_nothing_is_composed(qtbot: QtBot) -> None:
    form = shown(qtbot)
    qtbot.keyClick(form.line, Qt.Key.Key_F2)
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    assert form.fired == ["F2", "return"]


def test_keys_are_silent_while_composing_and_fire_after_the_commit(qtbot: QtBot) -> None:
    form = shown(qtbot)
    compose(form.line, "huang")
    qtbot.keyClick(form.line, Qt.Key.Key_F2)
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    assert form.fired == []
    compose(form.line, "", "黄")
    qtbot.keyClick(form.line, Qt.Key.Key_F2)
    assert (form.fired, form.line.text()) == (["F2"], "黄")


def test_who_listens_to_the_keys_of_a_line_hears_none_while_composing(qtbot: QtBot) -> None:
    form = shown(qtbot)
    form.line.installEventFilter(form)
    compose(form.line, "lu")
    qtbot.keyClick(form.line, Qt.Key.Key_Down)
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    assert form.heard == []
    compose(form.line, "", "路")
    qtbot.keyClick(form.line, Qt.Key.Key_Down)
    assert form.heard == [Qt.Key.Key_Down]
