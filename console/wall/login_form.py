"""Ask who this desk is to a gateway; never waited for."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from console.wall.logins import GatewayLogin


class LoginForm(QDialog):
    """Name and password for one gateway.

    Signals: given(gateway, GatewayLogin, in the keyring).
    """

    given = Signal(str, object, bool)

    def __init__(self, gateway: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gateway = gateway
        self.setWindowTitle(self.tr("Login of the gateway {gateway}").format(gateway=gateway))
        self.user = QLineEdit()
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.in_keyring = QCheckBox(self.tr("Keep it in this desktop's keyring"))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._note = QLabel(
            self.tr("Tried once only. It stays on this desk, and is gone when the console closes.")
        )
        self._note.setWordWrap(True)
        self._note.setProperty("look", "muted")
        form = QFormLayout(self)
        form.addRow(self._note)
        form.addRow(self.tr("Name"), self.user)
        form.addRow(self.tr("Password"), self.password)
        form.addRow(self.in_keyring)
        form.addRow(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_accepted(self) -> None:
        login = GatewayLogin(self.user.text().strip(), self.password.text())
        self.password.clear()
        if login.user:
            self.given.emit(self._gateway, login, self.in_keyring.isChecked())
