"""Start and end of the console."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from console.app import profiles
from console.app.crash import CrashRecord
from console.app.i18n import install_translator
from console.app.lock import Lock
from console.app.logging import start_logging
from console.app.settings import Settings
from console.kit.clipboard import forget_copied, mark_copied
from console.kit.clock import Clock
from console.kit.collector import spare
from console.kit.jobs import Jobs
from console.kit.notices import Notice, Notices, Severity
from console.kit.theme import Theme
from console.shell.login import Credentials, DemoLogin, PasswordChange, Profile, ServerLogin
from console.shell.words import notice_of
from db.admin.context import home
from db.errors import Refused, Unavailable, translate
from db.link import LinkRefused, Trouble, change_password, trouble_of, with_password

if TYPE_CHECKING:
    from console.app.demo import DemoSite
    from console.app.desk import Desk
    from console.app.session import Opened
    from console.shell.main_window import MainWindow

log = logging.getLogger("console.start")

DEFAULT_LANGUAGE = "zh_CN"


def run(settings: Settings, problems: Sequence[str] = (), demo: DemoSite | None = None) -> int:
    """Open the console and return its exit status."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    start_logging(home() / "logs")
    starter = Starter(app, settings, problems, demo)
    starter.begin()
    status = app.exec()
    starter.end()
    return status


def build_console(
    dsn: str,
    app: QApplication,
    *,
    folder: Path | None = None,
    theme: Theme | None = None,
    language: str | None = None,
    clock: Clock | None = None,
) -> MainWindow:
    """Log in as the DSN's person and build the real window in this process; closing it ends everything.

    For the tour, the bench and tests: it waits for the database, which the console itself never does.
    """
    from console.app.desk import Desk
    from console.app.session import open_desk

    opened = open_desk(dsn, folder or home(), language)
    install_translator(app, opened.directory.language)
    if theme is None:
        theme = Theme(parent=app)
        theme.apply(app)
    return Desk(app, opened, theme, clock=clock).window


class Starter(QObject):
    """From the login to the window."""

    def __init__(
        self, app: QApplication, settings: Settings, problems: Sequence[str], site: DemoSite | None
    ) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self._problems = tuple(problems)
        self._site = site
        self._theme = Theme(settings.theme or _desktop_theme(app), self)
        self._theme.apply(app)
        install_translator(app, settings.language or DEFAULT_LANGUAGE)
        self._notices = Notices(self)
        self._crashes = CrashRecord(self._notices, home() / "logs", self)
        self._jobs = Jobs(1, "start", self)
        app.clipboard().dataChanged.connect(mark_copied)
        self._desk: Desk | None = None
        self._lock: Lock | None = None
        self._login: DemoLogin | ServerLogin | None = None
        self._change: PasswordChange | None = None
        self._typed: Credentials | None = None
        self._dsn = ""

    def begin(self) -> None:
        """Show the login at once, or log in when the settings say as whom."""
        if self._settings.dsn is not None and self._site is None:
            self._open(self._settings.dsn)
        else:
            self._ask()

    def _ask(self) -> None:
        """Show who may sit down: the demo's people, or the servers with a form."""
        if self._site is not None:
            demo = DemoLogin(self._site.people)
            demo.person_chosen.connect(self._on_person_chosen)
            self._show_login(demo)
            return
        form = ServerLogin(self._offered())
        form.login_requested.connect(self._on_login_requested)
        form.account_named.connect(self._on_account_named)
        self._show_login(form)
        if form.user.text():
            self._on_account_named(form.credentials().account)

    def _offered(self) -> tuple[Profile, ...]:
        """Return what was used here, then what the settings offer; each name once."""
        each = (*profiles.used(home()), *self._settings.offered)
        return tuple({profile.name: profile for profile in reversed(each)}.values())[::-1]

    def end(self) -> None:
        """Stop what was started here."""
        self._app.clipboard().dataChanged.disconnect(mark_copied)
        forget_copied()
        self._jobs.stop()
        self._crashes.remove()

    def _show_login(self, login: DemoLogin | ServerLogin) -> None:
        self._login = login
        login.rejected.connect(self._app.quit)
        login.show()
        # The window's modules take longer to import than a person to choose a name.
        self._jobs.run(_import_window, self._on_imported, self._on_failed)

    def _open(self, dsn: str) -> None:
        self._dsn = dsn
        if self._login is not None:
            self._login.set_busy(True)
        standby = self._typed.standby if self._typed else self._settings.standby
        work = partial(
            _open_desk,
            dsn,
            self._settings.language,
            standby="" if self._site else standby,
            most_lag_s=self._settings.standby_lag_s,
        )
        self._jobs.run(work, self._on_opened, self._on_failed)

    @Slot(str)
    def _on_person_chosen(self, login: str) -> None:
        if self._site is not None:
            self._open(self._site.dsn(login))

    @Slot(object)
    def _on_login_requested(self, typed: Credentials) -> None:
        self._typed = typed
        try:
            self._open(typed.dsn)
        except LinkRefused as error:
            self._on_failed(error)

    @Slot(str)
    def _on_account_named(self, account: str) -> None:
        from console.app.wallet import remembered

        self._jobs.run(partial(remembered, account), self._on_password_found, self._on_failed)

    def _on_password_found(self, password: str | None) -> None:
        if password is not None and isinstance(self._login, ServerLogin):
            self._login.offer(password)

    def _on_imported(self, _nothing: None) -> None:
        spare()
        log.info("modules ready")

    def _on_opened(self, opened: Opened) -> None:
        from console.app.desk import Desk

        install_translator(self._app, opened.directory.language)
        self._desk = Desk(self._app, opened, self._theme, notices=self._notices)
        self._desk.person_requested.connect(self._on_person_requested)
        self._desk.turned_away.connect(self._on_turned_away)
        if self._site is None:  # the demo's people share a password nobody types
            name, minutes = opened.me.name, self._settings.lock_minutes
            self._lock = Lock(self._app, self._jobs, opened.dsn, name, minutes)
            self._desk.lock_requested.connect(self._lock.lock)
            self._lock.person_requested.connect(self._on_person_requested)
        self._desk.window.show()
        self._say_problems()
        if self._typed is not None:
            profiles.keep(home(), self._typed.profile)
            if self._typed.is_remembered:
                self._remember(self._typed)
            self._typed = None
        for dialog in (self._login, self._change):
            if dialog is not None:
                dialog.hide()
                dialog.forget()

    @Slot()
    def _on_person_requested(self) -> None:
        """Let somebody else sit down: the login first, for the last window takes the program with it."""
        desk, lock, self._desk, self._lock = self._desk, self._lock, None, None
        forget_copied()
        self._ask()
        if lock is not None:
            lock.end()
        if desk is not None:
            desk.window.close()

    @Slot(object)
    def _on_turned_away(self, trouble: Trouble) -> None:
        """Leave nothing on the screen of somebody whose login was ended; what was typed is in the journal."""
        if self._desk is not None:
            self._on_person_requested()
            if self._login is not None:
                self._login.show_problem(notice_of(LinkRefused(trouble)).text)

    @Slot(str)
    def _on_password_chosen(self, password: str) -> None:
        if self._change is not None:
            self._change.set_busy(True)
        renewed = with_password(self._dsn, password)
        if self._typed is not None:
            self._typed = replace(self._typed, password=password)
        work = partial(change_password, self._dsn, password)
        self._jobs.run(work, partial(self._on_password_changed, renewed), self._on_change_failed)

    def _on_password_changed(self, renewed: str, _nothing: None) -> None:
        self._open(renewed)

    def _on_change_failed(self, error: Exception) -> None:
        if self._change is not None:
            self._change.show_problem(notice_of(translate(error)).text)

    def _ask_for_password(self) -> None:
        self._change = PasswordChange()
        self._change.rejected.connect(self._app.quit)
        self._change.password_chosen.connect(self._on_password_chosen)
        self._change.show()
        if self._login is not None:
            self._login.hide()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.code == "password_must_change":
            self._ask_for_password()
            return
        notice = notice_of(translate(error))
        log.error("login failed", exc_info=error)
        if self._login is None:  # the settings name a login and nobody can be asked
            print(notice.text, notice.detail, sep="\n", file=sys.stderr)  # noqa: T201 - there is no window
            self._app.exit(1)
            return
        self._login.show_problem(notice.text)

    def _remember(self, typed: Credentials) -> None:
        from console.app.wallet import remember

        self._jobs.run(partial(remember, typed), self._on_remembered, self._on_failed)

    def _on_remembered(self, is_kept: bool) -> None:
        if not is_kept:
            text = self.tr("This desktop has no keyring that keeps a password; it has to be typed next time.")
            self._notices.post(Notice(Severity.INFO, text))

    def _say_problems(self) -> None:
        for problem in self._problems:
            text = self.tr("A setting was skipped: {problem}").format(problem=problem)
            self._notices.post(Notice(Severity.INFO, text, sticky=True))
        if not _has_chinese_font():
            text = self.tr("No font with Chinese characters is installed; install fonts-noto-cjk or similar.")
            self._notices.post(Notice(Severity.UNAVAILABLE, text, sticky=True))


def _import_window() -> None:
    import console.app.desk  # noqa: F401
    from console.kit.pinyin import reading

    reading("亮灯")  # loads the readings


def _open_desk(dsn: str, language: str | None, *, standby: str, most_lag_s: float) -> Opened:
    from console.app.session import open_desk

    try:
        return open_desk(dsn, home(), language, standby=standby, most_lag_s=most_lag_s)
    except Unavailable as error:  # asked here, for looking at a certificate takes a journey
        trouble = trouble_of(error.__cause__ or error, dsn)
        if trouble is None:
            raise
        raise LinkRefused(trouble) from error


def _desktop_theme(app: QApplication) -> str:
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def _has_chinese_font() -> bool:
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
