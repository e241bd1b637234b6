"""Who sits down here: a demo person from a list, or a real login."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.kit.ime import SafeLineEdit
from console.kit.inset import inset
from db.link import conninfo

SHORTEST = 8
NARROWEST = 420  # every sentence about a login fits in few lines
LOGIN_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True)
class Profile:
    """A server to choose: everything but the password. Several hosts are separated by commas."""

    name: str
    host: str
    port: int = 5432
    database: str = "liangdeng"
    user: str = ""
    ca_file: str = ""
    standby: str = ""


@dataclass(frozen=True)
class Credentials:
    """What a login needs."""

    host: str
    port: int
    database: str
    user: str
    password: str
    is_remembered: bool = False
    ca_file: str = ""
    standby: str = ""

    @property
    def account(self) -> str:
        """The name the password is kept under."""
        return f"{self.user}@{self.host}:{self.port}/{self.database}"

    @property
    def dsn(self) -> str:
        """What libpq needs; outside this machine only a verified link."""
        return conninfo(self.host, self.port, self.database, self.user, self.password, self.ca_file)

    @property
    def profile(self) -> Profile:
        """What of this a settings file may hold."""
        name = f"{self.database} · {self.host}"
        return Profile(name, self.host, self.port, self.database, self.user, self.ca_file, self.standby)


class Person(Protocol):
    """Somebody the demo offers."""

    @property
    def login(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def duties(self) -> Sequence[str]: ...


DUTIES: dict[str, object] = {
    "operator": QT_TRANSLATE_NOOP("duties", "Operator"),
    "callback": QT_TRANSLATE_NOOP("duties", "Callback"),
    "unit": QT_TRANSLATE_NOOP("duties", "Handling unit"),
    "clerk": QT_TRANSLATE_NOOP("duties", "Mediation clerk"),
    "supervisor": QT_TRANSLATE_NOOP("duties", "Shift supervisor"),
    "inspector": QT_TRANSLATE_NOOP("duties", "Inspector"),
    "leader": QT_TRANSLATE_NOOP("duties", "Leader"),
    "admin": QT_TRANSLATE_NOOP("duties", "Administrator"),
}


def duty_word(duty: str) -> str:
    """Name a duty."""
    return QCoreApplication.translate("duties", str(DUTIES.get(duty, duty)))


class _Login(QDialog):
    """Common parts: title, place for a problem, busy state."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Liangdeng"))
        self.setMinimumWidth(NARROWEST)
        self.heading, self.hint, self.problem = (QLabel(self) for _ in range(3))
        self.heading.setProperty("look", "title")
        self.problem.setProperty("look", "problem")
        self.problem.setWordWrap(True)
        self.hint.setProperty("look", "muted")
        self.hint.setWordWrap(True)
        self.button = QPushButton(self.tr("Log in"), self)
        self.button.setDefault(True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(28, 24, 28, 24)
        self.body.setSpacing(12)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.hint)

    def finish(self, *widgets: QWidget) -> None:
        """Add the middle and then what stands below it."""
        for widget in (*widgets, self.problem, self.button):
            self.body.addWidget(widget)

    def set_busy(self, is_busy: bool) -> None:
        """Show that the server is being asked."""
        self.button.setEnabled(not is_busy)
        self.button.setText(self.tr("Connecting …") if is_busy else self.tr("Log in"))
        if is_busy:
            self.problem.clear()

    def show_problem(self, text: str) -> None:
        """Say why the login failed; what was typed stays."""
        self.set_busy(False)
        self.problem.setText(text)
        self.resize(self.width(), max(self.height(), self.body.totalHeightForWidth(self.width())))

    def forget(self) -> None:
        """Keep no password in a field that nobody sees any more."""
        for field in self.findChildren(QLineEdit):
            if field.echoMode() == QLineEdit.EchoMode.Password:
                field.clear()


class DemoLogin(_Login):
    """The invented people of the demo by duty.

    Signals: person_chosen(login).
    """

    person_chosen = Signal(str)

    def __init__(self, people: Sequence[Person]) -> None:
        super().__init__()
        self.heading.setText(self.tr("Who are you today?"))
        self.hint.setText(
            self.tr(
                "A demo district: every person is invented. Choose one; open a second console as another."
            )
        )
        self.resize(520, 620)
        self._line = SafeLineEdit(self)
        self._line.setPlaceholderText(self.tr("Name, unit or login"))
        self._line.textChanged.connect(self._on_text_changed)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.itemActivated.connect(self._on_chosen)
        self._groups: dict[str, QTreeWidgetItem] = {}
        self._items: list[QTreeWidgetItem] = []
        ranks = {duty: rank for rank, duty in enumerate(DUTIES)}
        for person in sorted(people, key=lambda person: ranks.get(person.duties[0], len(ranks))):
            self._add(person)
        self.tree.expandAll()
        self.tree.setColumnWidth(0, 200)
        self.button.clicked.connect(self._on_chosen)
        self.finish(self._line, self.tree)
        if self._items:
            self.tree.setCurrentItem(self._items[0])

    def _add(self, person: Person) -> None:
        duty = duty_word(person.duties[0])
        group = self._groups.get(duty)
        if group is None:
            group = self._groups[duty] = QTreeWidgetItem(self.tree, [duty])
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setFirstColumnSpanned(True)
            font = group.font(0)
            font.setBold(True)
            group.setFont(0, font)
        item = QTreeWidgetItem(group, [person.name, person.unit])
        item.setToolTip(0, person.login)
        item.setData(0, LOGIN_ROLE, person.login)
        self._items.append(item)

    @Slot(str)
    def _on_text_changed(self, typed: str) -> None:
        words = typed.casefold().split()
        shown = []
        for item in self._items:
            line = f"{item.text(0)} {item.text(1)} {item.data(0, LOGIN_ROLE)}".casefold()
            is_shown = all(word in line for word in words)
            item.setHidden(not is_shown)
            if is_shown:
                shown.append(item)
        for group in self._groups.values():
            group.setHidden(not any(item.parent() is group for item in shown))
        if shown:
            self.tree.setCurrentItem(shown[0])
        else:
            self.tree.clearSelection()

    @Slot()
    def _on_chosen(self) -> None:
        item = self.tree.currentItem()
        login = item.data(0, LOGIN_ROLE) if item is not None else None
        if login and self.button.isEnabled():
            self.person_chosen.emit(login)


class ServerLogin(_Login):
    """Server, database, user and password.

    Signals: login_requested(Credentials); account_named(account) when a kept password may be looked up.
    """

    login_requested = Signal(object)
    account_named = Signal(str)

    def __init__(self, profiles: Sequence[Profile]) -> None:
        super().__init__()
        self.heading.setText(self.tr("Log in"))
        self.hint.setText(self.tr("With your own database login; the server decides what you see."))
        self.resize(460, 470)
        self._profiles = tuple(profiles)
        form_box = QWidget(self)
        self.site = QComboBox(form_box)
        self.site.addItems([profile.name for profile in profiles])
        self.host, self.standby, self.database, self.user, self.ca_file = (
            SafeLineEdit(form_box) for _ in range(5)
        )
        self.host.setPlaceholderText(self.tr("one name, or several separated by commas"))
        self.standby.setPlaceholderText(self.tr("none, or host:port"))
        self.standby.setToolTip(
            self.tr("A copy of the server that history, search and statistics are read from.")
        )
        self.ca_file.setPlaceholderText(self.tr("not needed on this machine"))
        self.port = QSpinBox(form_box)
        inset(self.port)
        self.port.setRange(1, 65535)
        self.password = QLineEdit(form_box)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.remember = QCheckBox(self.tr("Remember the password in this desktop's keyring"), form_box)
        form = QFormLayout(form_box)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Site"), self.site)
        form.setRowVisible(self.site, len(profiles) > 1)
        form.addRow(self.tr("Server"), self.host)
        form.addRow(self.tr("Port"), self.port)
        form.addRow(self.tr("Standby"), self.standby)
        form.addRow(self.tr("Database"), self.database)
        form.addRow(self.tr("Authority (file)"), self.ca_file)
        form.addRow(self.tr("User"), self.user)
        form.addRow(self.tr("Password"), self.password)
        form.addRow(self.remember)
        self._on_site_chosen(0)
        self.site.activated.connect(self._on_site_chosen)
        self.host.textEdited.connect(self._on_host_edited)
        self.user.editingFinished.connect(self._on_user_named)
        self.button.clicked.connect(self._on_clicked)
        self.finish(form_box)
        (self.password if self.user.text() else self.host).setFocus()

    def credentials(self) -> Credentials:
        """Return what is typed."""
        return Credentials(
            _hosts(self.host.text()),
            self.port.value(),
            self.database.text().strip(),
            self.user.text().strip(),
            self.password.text(),
            self.remember.isChecked(),
            self.ca_file.text().strip(),
            _hosts(self.standby.text()),
        )

    def offer(self, password: str) -> None:
        """Fill in a kept password unless one is being typed."""
        if not self.password.text():
            self.password.setText(password)
            self.remember.setChecked(True)

    @Slot(int)
    def _on_site_chosen(self, index: int) -> None:
        profile = self._profiles[index]
        self.host.setText(profile.host)
        self.standby.setText(profile.standby)
        self.port.setValue(profile.port)
        self.database.setText(profile.database)
        self.user.setText(profile.user)
        self.ca_file.setText(profile.ca_file)
        self.password.clear()
        self._on_user_named()

    @Slot(str)
    def _on_host_edited(self, _host: str) -> None:
        """Forget a profile's standby with its server: it has a copy of that one alone."""
        if self.standby.text() == self._profiles[self.site.currentIndex()].standby:
            self.standby.clear()

    @Slot()
    def _on_user_named(self) -> None:
        if self.user.text().strip():
            self.account_named.emit(self.credentials().account)

    @Slot()
    def _on_clicked(self) -> None:
        typed = self.credentials()
        if not (typed.host and typed.database and typed.user):
            self.show_problem(self.tr("Server, database and user are needed."))
            return
        self.login_requested.emit(typed)


def _hosts(typed: str) -> str:
    return ",".join(host.strip() for host in typed.split(","))


class PasswordChange(_Login):
    """A password of one's own, typed twice.

    Signals: password_chosen(password).
    """

    password_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.heading.setText(self.tr("Choose a password of your own"))
        self.hint.setText(self.tr("Somebody else knows the present one, so nothing else is open until then."))
        self.first, self.second = (QLineEdit(self) for _ in range(2))
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.first.setPlaceholderText(
            self.tr("New password, at least {count} characters").format(count=SHORTEST)
        )
        self.second.setPlaceholderText(self.tr("The same again"))
        self.button.clicked.connect(self._on_clicked)
        self.finish(self.first, self.second)

    @Slot()
    def _on_clicked(self) -> None:
        if len(self.first.text()) < SHORTEST:
            self.show_problem(self.tr("That is too short."))
        elif self.first.text() != self.second.text():
            self.show_problem(self.tr("The two are not the same."))
        else:
            self.password_chosen.emit(self.first.text())


class LockScreen(_Login):
    """Stands in the windows' place until the person is back.

    Signals: unlock_requested(password); person_requested().
    """

    unlock_requested = Signal(str)
    person_requested = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.heading.setText(self.tr("Locked"))
        self.hint.setText(self.tr("{name}, your work is as you left it.").format(name=name))
        self.password = QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("Password"))
        other = QPushButton(self.tr("Somebody else"), self)
        other.setAutoDefault(False)
        other.clicked.connect(self.person_requested)
        self.button.clicked.connect(self._on_clicked)
        self.finish(self.password)
        self.body.addWidget(other)

    def reject(self) -> None:
        """Stay: neither Escape nor the frame's cross unlocks."""

    @Slot()
    def _on_clicked(self) -> None:
        self.unlock_requested.emit(self.password.text())
        self.password.clear()
