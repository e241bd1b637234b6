"""The line under a wall that says who steers the enlarged camera, and how."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from console.wall.login_form import LoginForm
from console.wall.logins import GatewayLogin, LoginMissing
from console.wall.ptz import Helm
from console.wall.ptz_link import PtzFailed, PtzTrouble

if TYPE_CHECKING:
    from console.app.session import Session

TROUBLES: dict[PtzTrouble, object] = {
    PtzTrouble.UNREACHABLE: QT_TRANSLATE_NOOP(
        "camera", "The gateway or camera cannot be reached; nothing moves. Try again, or report it."
    ),
    PtzTrouble.CREDENTIALS: QT_TRANSLATE_NOOP(
        "camera", "The login of this desk is refused; it is not tried again. Ask who runs the gateway."
    ),
    PtzTrouble.REFUSED: QT_TRANSLATE_NOOP("camera", "The camera does not do this."),
}


class PtzBar(QWidget):
    """Shown while a camera that can be steered is enlarged."""

    def __init__(self, session: Session, helm: Helm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._helm = helm
        self._words = QLabel()
        self._words.setObjectName("ptzWords")
        self._words.setAccessibleName(self.tr("Who steers the camera"))
        self.presets = QComboBox()
        self.presets.setAccessibleName(self.tr("Positions the camera remembers"))
        self.take = QPushButton(self.tr("Steer"))
        self.over = QPushButton(self.tr("Take over"))
        self.login = QPushButton(self.tr("Log in…"))
        self.let_go = QPushButton(self.tr("Let go"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 2, 6, 2)
        layout.addWidget(self._words, 1)
        for widget in (self.presets, self.login, self.take, self.over, self.let_go):
            layout.addWidget(widget)
        self.presets.activated.connect(self._on_preset)
        self.take.clicked.connect(self._on_take)
        self.over.clicked.connect(self._on_take_over)
        self.let_go.clicked.connect(helm.release)
        self.login.clicked.connect(self._on_login)
        helm.changed.connect(self._show)
        self._show()

    def text(self) -> str:
        """Return what the line says."""
        return self._words.text()

    @Slot()
    def _show(self) -> None:
        helm = self._helm
        self.setVisible(helm.camera is not None)
        is_held = helm.holder is not None and not helm.holder.is_me
        self._words.setText(self._sentence())
        self.login.setVisible(isinstance(helm.trouble, LoginMissing))
        self.take.setVisible(not helm.is_mine and not is_held)
        self.over.setVisible(helm.may_take_over())
        self.let_go.setVisible(helm.is_mine)
        names = [preset.name for preset in helm.presets]
        if names != [self.presets.itemText(n) for n in range(1, self.presets.count())]:
            self.presets.clear()
            self.presets.addItem(self.tr("Go to a position…"))
            self.presets.addItems(names)
        self.presets.setVisible(helm.is_mine and bool(names))

    def _sentence(self) -> str:
        helm = self._helm
        if isinstance(helm.trouble, LoginMissing):
            return self.tr("The gateway {gateway} wants a login that this desk does not know.").format(
                gateway=helm.trouble.gateway
            )
        if isinstance(helm.trouble, PtzFailed):
            return QCoreApplication.translate("camera", str(TROUBLES[helm.trouble.trouble]))
        if helm.holder is not None and not helm.holder.is_me:
            since = helm.holder.since.astimezone(self._session.directory.workdays.tz)
            return self.tr("{name} ({unit}) is steering this camera since {time}.").format(
                name=helm.holder.name, unit=helm.holder.unit or "–", time=f"{since:%H:%M}"
            )
        if helm.trouble is not None:
            return self._session.sentence(helm.trouble)
        if helm.is_mine:
            return self.tr("You steer. Arrows turn, + and − zoom, the mouse drags; Shift fast, Alt slow.")
        return self.tr("This camera can be steered: press an arrow key, + or −, or drag the picture.")

    @Slot(int)
    def _on_preset(self, place: int) -> None:
        if 0 < place <= len(self._helm.presets):
            self._helm.go(self._helm.presets[place - 1])
        self.presets.setCurrentIndex(0)
        self._give_back()

    @Slot()
    def _on_take(self) -> None:
        self._helm.take()
        self._give_back()

    @Slot()
    def _on_take_over(self) -> None:
        self._helm.take(over=True)
        self._give_back()

    def _give_back(self) -> None:
        """Keys steer only while the wall has the focus."""
        self._helm.wall.setFocus()

    @Slot()
    def _on_login(self) -> None:
        if isinstance(self._helm.trouble, LoginMissing):
            form = LoginForm(self._helm.trouble.gateway, self)
            form.given.connect(self._on_login_given)
            form.finished.connect(form.deleteLater)
            form.open()

    @Slot(str, object, bool)
    def _on_login_given(self, gateway: str, login: GatewayLogin, in_keyring: bool) -> None:
        work = partial(self._session.views.logins.keep, gateway, login, in_keyring=in_keyring)
        self._session.reads.run(work, self._on_login_kept, self._session.report)

    def _on_login_kept(self, _is_kept: bool) -> None:
        self._helm.take()
        self._give_back()
