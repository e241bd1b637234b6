"""What tests of a ticket's page share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from pytestqt.qtbot import QtBot

from console.shell.main_window import MainWindow
from console.ticket.page import TicketPage

WindowOf = Callable[[str], MainWindow]
OpenPage = Callable[[str, int], TicketPage]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


class Viewer(QObject):
    """The program of the desk that shows files."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


def version(page: TicketPage) -> int:
    """Return the version a page shows."""
    ticket = page.selected()
    assert ticket is not None
    return ticket.version


def revealed(page: TicketPage, qtbot: QtBot) -> TicketPage:
    page.reveal()
    page._caller.form._rows["reason"].editor.set_value("call back")
    page._caller.form.submit()
    qtbot.waitUntil(lambda: "13900000001" in page._sheet.toPlainText())
    return page
