"""A text that comes in two parts, and the place where its reader is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.kit.html import HtmlView
from console.kit.ime import SafeTextEdit
from console.kit.theme import Theme

BEGINNING, REST = "<p>beginning</p>", "<p>line</p>" * 100


@pytest.fixture
def view(qtbot: QtBot) -> HtmlView:
    made = HtmlView(Theme())
    qtbot.addWidget(made)
    made.resize(300, 200)
    return made


def test_the_rest_comes_when_the_beginning_was_painted(view: HtmlView, qtbot: QtBot) -> None:
    view.show_html(BEGINNING, lambda: REST)
    assert view.toPlainText() == "beginning"
    view.show()
    qtbot.waitUntil(lambda: view.toPlainText().count("line") == 100)


class Resized(QObject):
    """What a view showed whenever its text got another width, and was laid out again."""

    def __init__(self, view: HtmlView) -> None:
        super().__init__(view)
        self.shown: list[str] = []
        self._view = view
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.shown.append(self._view.toPlainText())
        return False


def test_a_beginning_with_a_rest_is_laid_out_once(view: HtmlView, qtbot: QtBot) -> None:
    view.show()
    qtbot.waitExposed(view)
    resized = Resized(view)
    view.show_html("<p>line</p>" * 30, lambda: REST)
    assert resized.shown == [""]
    assert view.verticalScrollBar().isVisible()


def test_what_comes_before_the_rest_takes_its_place(view: HtmlView, qtbot: QtBot, qapp: QApplication) -> None:
    view.show_html(BEGINNING, lambda: REST)
    view.show_html("<p>another</p>")
    view.show()
    qtbot.waitExposed(view)
    view.grab()
    qapp.processEvents()
    assert view.toPlainText() == "another"


def test_a_reader_keeps_his_place_when_both_parts_come_again(view: HtmlView, qtbot: QtBot) -> None:
    view.show_html(BEGINNING, lambda: REST)
    view.show()
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > 200)
    view.verticalScrollBar().setValue(200)
    changed = []
    view.document().contentsChanged.connect(lambda: changed.append(1))
    view.show_html(BEGINNING, lambda: REST)
    assert not changed  # the same text is silent
    view.show_html("<p>newer</p>" + BEGINNING, lambda: REST)
    assert view.toPlainText().startswith("newer\nbeginning\nline")
    assert view.verticalScrollBar().value() == 200


def test_viewport_is_not_painted_by_the_style_sheet(qtbot: QtBot) -> None:
    """Qt keeps what it looked up for a viewport that is painted so when the viewport is gone."""
    theme = Theme()
    text, field = HtmlView(theme), SafeTextEdit()
    panel = QWidget()
    qtbot.addWidget(panel)
    panel.setStyleSheet("QTextEdit, QPlainTextEdit { border: 1px solid red }")
    layout = QVBoxLayout(panel)
    layout.addWidget(text)
    layout.addWidget(field)
    panel.show()
    assert is_styled(text)
    assert is_styled(field)
    assert not is_styled(text.viewport())
    assert not is_styled(field.viewport())
    panel.setStyleSheet("QTextEdit, QPlainTextEdit { border: 1px solid blue }")
    assert is_styled(text.viewport())
    theme.changed.emit()
    assert not is_styled(text.viewport())


def is_styled(widget: QWidget) -> bool:
    return widget.testAttribute(Qt.WidgetAttribute.WA_StyledBackground)
