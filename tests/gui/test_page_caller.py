"""The caller on a page: shown for a while, with a trace, and gone with whoever was shown."""

from datetime import timedelta

import pytest
from pages import OpenPage, revealed
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from rooms import Hall


def test_reveal_shows_the_caller_and_leaves_a_trace(open_page: OpenPage, hall: Hall, qtbot: QtBot) -> None:
    ticket = hall.open()
    page = open_page("d1_operator1", ticket["id"])
    page.reveal()
    page._caller.form._rows["reason"].editor.set_value("call back")
    page._caller.form.submit()
    qtbot.waitUntil(lambda: "13900000001" in page._sheet.toPlainText())
    reveals = hall.rows("d1_supervisor1", "select reason from api.reveals where ticket_id = %s", ticket["id"])
    assert [row["reason"] for row in reveals] == ["call back"]


@pytest.fixture
def owned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clipboard hold something of ours: offscreen nobody owns it."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)


def test_revealed_caller_is_hidden_when_the_time_is_over_and_a_copy_goes_with_it(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, owned: None
) -> None:
    page = revealed(open_page("d1_operator1", hall.open()["id"]), qtbot)
    identity = page._caller.identity
    clipboard = QApplication.clipboard()
    clipboard.setText("Call 13900000001 back")
    page._session.clock.ticked.emit(identity.expires_at - timedelta(seconds=1))
    assert "13900000001" in page._sheet.toPlainText()
    assert clipboard.text() != ""
    page._session.clock.ticked.emit(identity.expires_at)
    assert "13900000001" not in page._sheet.toPlainText()
    assert "139****" in page._sheet.toPlainText()
    assert clipboard.text() == ""


def test_what_else_was_copied_stays_when_the_caller_goes(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, owned: None
) -> None:
    page = revealed(open_page("d1_operator1", hall.open()["id"]), qtbot)
    QApplication.clipboard().setText("积米崖路")
    page._caller.forget()
    assert QApplication.clipboard().text() == "积米崖路"


@pytest.mark.parametrize("leave", ["other page", "locked"])
def test_revealed_caller_is_hidden_when_the_page_is_left(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, leave: str
) -> None:
    page = revealed(open_page("d1_operator1", hall.open()["id"]), qtbot)
    window = page.window()
    if leave == "locked":
        window.hide()  # what the lock does
        window.show()
    else:
        window.open_ticket(hall.open()["id"])
        window.turn_page(-1)
    qtbot.waitUntil(page.isVisible)
    assert "139****" in page._sheet.toPlainText()
    assert "13900000001" not in page._sheet.toHtml()


def test_answer_that_comes_after_the_page_was_left_shows_nothing(
    open_page: OpenPage, hall: Hall, qtbot: QtBot
) -> None:
    page = open_page("d1_operator1", hall.open()["id"])
    page.reveal()
    page._caller.form._rows["reason"].editor.set_value("call back")
    page._caller.form.submit()
    page.window().hide()
    qtbot.waitUntil(lambda: page._caller.form.action is None)
    page.window().show()
    assert page._caller.identity is None
