"""From the login to the window and out again."""

import sys
import threading
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError
from psycopg.conninfo import conninfo_to_dict
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import make_url

from console.app import wallet
from console.app.crash import CrashRecord
from console.app.demo import DemoSite
from console.app.main import Starter
from console.app.settings import Settings
from console.kit.notices import Notices, Severity
from console.shell.login import Credentials, DemoLogin, ServerLogin
from console.shell.main_window import MainWindow
from db.admin.context import demo_password
from db.admin.user import Person

PEOPLE = (
    Person("d1_operator1", "Ann", "Centre", ["operator"], is_demo=True),
    Person("d1_town01", "Ben", "黄岛街道", ["unit"], is_demo=True),
)


class Memory(KeyringBackend):
    """A keyring that keeps what it is given, or nothing at all."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, keeps: bool) -> None:
        super().__init__()
        self._keeps = keeps
        self._kept: dict[str, str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        if self._keeps:
            self._kept[username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get(username)


class InFile(Memory):
    """A keyring that writes a file, readable or not: no desktop's own."""

    priority = 0.5  # type: ignore[assignment]


class Absent(KeyringBackend):
    """A desktop without a keyring."""

    priority = 1  # type: ignore[assignment]

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NoKeyringError

    def get_password(self, service: str, username: str) -> str | None:
        raise NoKeyringError


def windows(app: QApplication) -> list[MainWindow]:
    return [each for each in app.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]


def shown(app: QApplication, kind: type) -> list[object]:
    return [each for each in app.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]


def finish(app: QApplication, starter: Starter) -> None:
    for window in windows(app):
        window.close()
    starter.end()


def test_demo_person_is_found_by_typing_and_logged_in(
    qtbot: QtBot, qapp: QApplication, database: str
) -> None:
    starter = Starter(qapp, Settings(language="en"), [], DemoSite(database, demo_password(), PEOPLE))
    starter.begin()
    (login,) = shown(qapp, DemoLogin)
    assert isinstance(login, DemoLogin)
    qtbot.keyClicks(login._line, "town")
    qtbot.mouseClick(login.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(windows(qapp)) == 1)
    assert windows(qapp)[0].session.me.login == "d1_town01"
    assert not login.isVisible()
    finish(qapp, starter)


def test_wrong_password_is_said_and_what_was_typed_stays(
    qtbot: QtBot, qapp: QApplication, database: str, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", Absent)
    (home / "profiles.toml").unlink(missing_ok=True)
    server = make_url(database)
    assert server.host is not None
    assert server.port is not None
    settings = Settings(
        host=server.host, port=server.port, database=server.database or "", user="d1_operator1", language="en"
    )
    starter = Starter(qapp, settings, [], None)
    starter.begin()
    (login,) = shown(qapp, ServerLogin)
    assert isinstance(login, ServerLogin)
    login.password.setText("wrong")
    qtbot.mouseClick(login.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "User or password is wrong" in login.problem.text())
    assert login.credentials().password == "wrong"
    login.password.setText(demo_password())
    login.remember.setChecked(True)
    qtbot.mouseClick(login.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(windows(qapp)) == 1)
    notices = windows(qapp)[0].session.notices
    qtbot.waitUntil(lambda: any("no keyring" in notice.text for notice in notices.all()))
    finish(qapp, starter)


@pytest.mark.parametrize(
    ("backend", "kept"), [(Memory(True), "s"), (Memory(False), None), (InFile(True), None), (Absent(), None)]
)
def test_wallet_says_whether_the_password_was_kept(
    monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend, kept: str | None
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    monkeypatch.setattr(keyring.core, "get_keyring", lambda: backend)
    typed = Credentials("db.example", 5432, "liangdeng", "ann", "s")
    assert wallet.remember(typed) is (kept is not None)
    assert wallet.remembered(typed.account) == kept


def test_credentials_with_odd_characters_make_a_safe_dsn() -> None:
    dsn = Credentials("h", 1, "d", "a@b", "p/w:@#").dsn
    found = conninfo_to_dict(dsn)
    assert (found["user"], found["password"], found["host"]) == ("a@b", "p/w:@#", "h")


def test_uncaught_error_of_any_thread_becomes_a_notice(qtbot: QtBot, tmp_path: Path) -> None:
    notices = Notices()
    record = CrashRecord(notices, tmp_path)
    thread = threading.Thread(target=int, args=("x",))
    thread.start()
    thread.join()
    sys.excepthook(KeyError, KeyError("y"), None)
    qtbot.waitUntil(lambda: len(notices.all()) == 2)
    record.remove()
    assert {notice.severity for notice in notices.all()} == {Severity.BUG}
