"""Real windows on a real server."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from hall import Hall as OwnerHall
from pages import OpenPage, Viewer, WindowOf
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from queue_desk import OPEN, FakeSession, open_queue
from rooms import Connect, Hall

from console.app.main import build_console
from console.shell.main_window import MainWindow
from console.ticket.page import TicketPage
from console.ticket.queue import QueuePanel

# The main thread, and what `threading` remembers for ever of a QThread that once wrote into the log.
NOT_OURS = (type(threading.main_thread()), threading._DummyThread)  # type: ignore[attr-defined]


@pytest.fixture
def hall(connect: Connect) -> Hall:
    return Hall(connect)


@pytest.fixture
def window_of(
    qtbot: QtBot, qapp: QApplication, person_dsn: Callable[[str], str], tmp_path: Path
) -> Iterator[Callable[[str], MainWindow]]:
    """Open a person's window; all are closed, and their threads gone, at the end."""
    made: list[MainWindow] = []

    def open_window(login: str) -> MainWindow:
        window = build_console(person_dsn(login), qapp, folder=tmp_path, language="en")
        made.append(window)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        return window

    yield open_window
    for window in made:
        if shiboken6.isValid(window) and window.isVisible():
            window.close()
    assert [each for each in threading.enumerate() if not isinstance(each, NOT_OURS)] == []


@pytest.fixture
def owner_hall(database: str, person_dsn: Callable[[str], str]) -> Iterator[OwnerHall]:
    """The database as its owner, and as anybody."""
    made = OwnerHall(database, person_dsn)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where private folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def session(qapp: object) -> Iterator[FakeSession]:
    desk = FakeSession(OPEN)
    yield desk
    desk.stop()
    assert desk.errors == []


@pytest.fixture
def panel(qtbot: QtBot, session: FakeSession) -> Iterator[QueuePanel]:
    made = open_queue(qtbot, session)
    yield made
    made.detach()


@pytest.fixture
def open_page(window_of: WindowOf, qtbot: QtBot) -> OpenPage:
    def open_page(login: str, ticket_id: int) -> TicketPage:
        page = window_of(login).open_ticket(ticket_id)
        assert isinstance(page, TicketPage)
        qtbot.waitUntil(lambda: page.selected() is not None)
        return page

    return open_page


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    made = Viewer()
    QDesktopServices.setUrlHandler("file", made, "show")
    yield made
    QDesktopServices.unsetUrlHandler("file")
