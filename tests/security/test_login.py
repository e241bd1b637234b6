"""The login as a person meets it: first password, lock, somebody else, and what stays on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import psycopg
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from people import OWN, PASSWORD, Admin
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import make_url

from console.app import profiles
from console.app.i18n import install_translator
from console.app.main import Starter
from console.app.settings import Settings
from console.kit.clipboard import HINT
from console.shell.login import LockScreen, PasswordChange, Profile, ServerLogin
from console.shell.main_window import MainWindow
from console.shell.words import TROUBLES, notice_of
from db import version
from db.accounts import Account, provision
from db.admin.context import demo_password
from db.link import LinkRefused, Trouble

pytestmark = pytest.mark.once

HERE = Profile("here", "127.0.0.1", 5432, "x", "ann")


class Desk:
    """A console that starts with the login form."""

    def __init__(self, qtbot: QtBot, app: QApplication, database: str, user: str) -> None:
        url = make_url(database)
        assert url.host is not None
        assert url.port is not None
        settings = Settings(
            host=url.host, port=url.port, database=url.database or "", user=user, language="en"
        )
        self._qtbot = qtbot
        self._app = app
        self.starter = Starter(app, settings, [], None)
        self.starter.begin()

    def find(self, kind: type) -> list[object]:
        return [each for each in self._app.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]

    def only(self, kind: type) -> object:
        self._qtbot.waitUntil(lambda: len(self.find(kind)) == 1)
        return self.find(kind)[0]

    @property
    def form(self) -> ServerLogin:
        found = self.only(ServerLogin)
        assert isinstance(found, ServerLogin)
        return found

    @property
    def window(self) -> MainWindow:
        found = self.only(MainWindow)
        assert isinstance(found, MainWindow)
        return found

    @property
    def lock(self) -> LockScreen:
        found = self.only(LockScreen)
        assert isinstance(found, LockScreen)
        return found

    def enter(self, password: str, user: str | None = None) -> None:
        form = self.form
        if user is not None:
            form.user.setText(user)
        form.password.setText(password)
        self._qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)

    def close(self) -> None:
        for window in self.find(MainWindow):
            assert isinstance(window, MainWindow)
            window.close()
        for form in self.find(ServerLogin):
            assert isinstance(form, ServerLogin)
            form.hide()
        self.starter.end()


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", NoKeyring)


@pytest.fixture(autouse=True)
def unused_desk(home: Path) -> None:
    """A desk nobody logged in from: the form shows what the settings say."""
    (home / "profiles.toml").unlink(missing_ok=True)


@pytest.fixture
def renewed(owner: psycopg.Connection) -> object:
    """Give the demo person back the shared password: logins outlive the database of a test."""
    yield None
    provision(owner, [Account("d1_operator2", ("ld_console",))], demo_password())


def test_first_login_asks_for_a_password_of_ones_own(
    qtbot: QtBot, qapp: QApplication, database: str, owner: psycopg.Connection, renewed: object
) -> None:
    owner.execute("update core.staff set must_change = true where login = 'd1_operator2'")
    desk = Desk(qtbot, qapp, database, "d1_operator2")
    desk.enter(demo_password())
    change = desk.only(PasswordChange)
    assert isinstance(change, PasswordChange)
    assert desk.find(MainWindow) == []
    for first, second, problem in (("short", "short", "too short"), ("own-Word-77", "own-Word-78", "same")):
        change.first.setText(first)
        change.second.setText(second)
        qtbot.mouseClick(change.button, Qt.MouseButton.LeftButton)
        assert problem in change.problem.text()
    change.second.setText("own-Word-77")
    qtbot.mouseClick(change.button, Qt.MouseButton.LeftButton)
    assert desk.window.session.me.login == "d1_operator2"
    desk.close()


def test_lock_hides_everything_until_the_password_is_right(
    qtbot: QtBot, qapp: QApplication, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)  # offscreen nobody owns it
    desk = Desk(qtbot, qapp, database, "d1_operator1")
    desk.enter(demo_password())
    window = desk.window
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("演示甲 19000000001")
    assert (clipboard.text(), clipboard.mimeData().data(HINT)) == ("演示甲 19000000001", b"secret")
    window.trigger("shell.lock")
    lock = desk.lock
    assert desk.find(MainWindow) == []
    assert clipboard.text() == ""
    lock.reject()
    assert lock.isVisible()
    lock.password.setText("wrong")
    qtbot.mouseClick(lock.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "User or password is wrong" in lock.problem.text())
    assert desk.find(MainWindow) == []
    lock.password.setText(demo_password())
    qtbot.mouseClick(lock.button, Qt.MouseButton.LeftButton)
    assert desk.window is window
    assert desk.find(LockScreen) == []
    desk.close()


def test_idle_desk_locks_itself_and_gives_up_after_five_wrong_passwords(
    qtbot: QtBot, qapp: QApplication, database: str
) -> None:
    desk = Desk(qtbot, qapp, database, "d1_operator1")
    desk.enter(demo_password())
    assert desk.window
    assert desk.starter._lock is not None
    assert desk.starter._lock._idle.interval() == 600_000
    assert desk.starter._lock._idle.isActive()
    desk.starter._lock._idle.timeout.emit()
    lock = desk.lock
    for number in range(5):
        lock.password.setText(f"wrong {number}")
        qtbot.mouseClick(lock.button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: bool(desk.find(ServerLogin)) or lock.button.isEnabled())
    assert desk.form.password.text() == ""
    assert desk.find(MainWindow) == desk.find(LockScreen) == []
    desk.close()


def test_somebody_else_sits_down_and_the_first_finds_the_window_as_it_was(
    qtbot: QtBot, qapp: QApplication, database: str, home: Path
) -> None:
    desk = Desk(qtbot, qapp, database, "d1_operator1")
    desk.enter(demo_password())
    first = desk.window
    first.show_workspace("intake")
    first.trigger("shell.person")
    desk.enter(demo_password(), "d1_supervisor1")
    qtbot.waitUntil(lambda: bool(desk.find(MainWindow)))
    assert desk.window.session.me.login == "d1_supervisor1"
    desk.window.trigger("shell.person")
    desk.enter(demo_password(), "d1_operator1")
    assert desk.window.session.me.login == "d1_operator1"
    assert desk.window.layout_state()["workspace"] == "intake"
    (kept, *_) = profiles.used(home)
    assert (kept.user, kept.host) == ("d1_operator1", "127.0.0.1")
    assert demo_password() not in (home / "profiles.toml").read_text("utf-8")
    desk.close()


@pytest.mark.parametrize("is_locked", [False, True])
@pytest.mark.parametrize("how", ["disable", "passwd", "past its term"])
def test_console_of_somebody_whose_login_is_ended_shows_nothing_any_more(
    qtbot: QtBot,
    qapp: QApplication,
    database: str,
    owner: psycopg.Connection,
    admin: Admin,
    login: str,
    how: str,
    is_locked: bool,
) -> None:
    admin("passwd", login, "--keep", password=OWN)
    desk = Desk(qtbot, qapp, database, login)
    desk.enter(OWN)
    window = desk.window
    qtbot.waitUntil(lambda: feeds(owner, login) == 1)
    if is_locked:
        window.trigger("shell.lock")
    if how == "past its term":  # the session goes on, and no call is answered
        owner.execute(
            "update core.staff set valid = tstzrange(lower(valid), now()) where login = %s", [login]
        )
    else:
        admin(how, login, password=PASSWORD if how == "passwd" else "")
    trouble = Trouble.PASSWORD if how == "passwd" else Trouble.NOT_ADMITTED
    qtbot.waitUntil(
        lambda: desk.find(MainWindow) == desk.find(LockScreen) == [] and desk.find(ServerLogin) != []
    )
    assert desk.form.problem.text() == str(TROUBLES[trouble])
    assert desk.starter._desk is None
    desk.close()


def feeds(owner: psycopg.Connection, login: str) -> int:
    query = "select count(*) from pg_stat_activity where usename = %s and application_name = 'liangdeng feed'"
    row = owner.execute(query, [login]).fetchone()
    return int(row[0]) if row else 0


@pytest.mark.parametrize(("number", "trouble"), [("9999", Trouble.OLD_CONSOLE), ("0001", Trouble.OLD_SCHEMA)])
def test_console_and_database_of_different_age_say_so(
    qtbot: QtBot, qapp: QApplication, database: str, owner: psycopg.Connection, number: str, trouble: Trouble
) -> None:
    name = owner.info.dbname
    owner.execute(f"comment on database {name} is 'liangdeng schema {number}-0123456789abcdef'")  # type: ignore[call-overload]
    desk = Desk(qtbot, qapp, database, "d1_operator1")
    form = desk.form
    desk.enter(demo_password())
    qtbot.waitUntil(lambda: form.problem.text() == str(TROUBLES[trouble]))
    owner.execute(f"comment on database {name} is 'liangdeng schema {version.head()}-other'")  # type: ignore[call-overload]
    desk.enter(demo_password())
    assert desk.window
    desk.close()


def test_old_server_and_unknown_host_are_told(
    qtbot: QtBot, qapp: QApplication, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(qtbot, qapp, database, "d1_operator1")
    form = desk.form
    here = form.host.text()
    form.host.setText("no-such-host.invalid")
    desk.enter(demo_password())
    qtbot.waitUntil(lambda: form.problem.text() == str(TROUBLES[Trouble.UNKNOWN_HOST]))
    form.host.setText(here)
    monkeypatch.setattr(version, "OLDEST_SERVER", 990000)
    desk.enter(demo_password())
    qtbot.waitUntil(lambda: form.problem.text() == str(TROUBLES[Trouble.OLD_SERVER]))
    assert form.password.text() == demo_password()  # what was typed stays, until it has served
    monkeypatch.undo()
    desk.enter(demo_password())
    assert desk.window
    assert form.password.text() == ""
    desk.close()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("make", [lambda: ServerLogin([HERE]), lambda: LockScreen("演示甲"), PasswordChange])
def test_every_sentence_is_shown_whole(
    qtbot: QtBot, qapp: QApplication, language: str, make: Callable[[], QWidget]
) -> None:
    install_translator(qapp, language)
    for trouble in Trouble:
        dialog: Any = make()
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.show_problem(notice_of(LinkRefused(trouble)).text)
        problem = dialog.problem
        qtbot.waitUntil(lambda shown=problem: shown.height() >= shown.heightForWidth(shown.width()))
        assert problem.geometry().bottom() < dialog.button.geometry().top()
        assert all(box.width() >= box.sizeHint().width() for box in dialog.findChildren(QCheckBox))
        dialog.hide()
    install_translator(qapp, "en")


def test_every_trouble_has_a_sentence() -> None:
    assert set(TROUBLES) == set(Trouble)
