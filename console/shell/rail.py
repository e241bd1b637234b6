"""The left rail: workspaces above, what every desk needs below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from console.kit.action import Action
from console.shell.workspaces import Workspace

WIDTH = 156


class Rail(QFrame):
    """Buttons for workspaces and a few actions.

    Signals: workspace_requested(key); action_requested(key).
    """

    workspace_requested = Signal(str)
    action_requested = Signal(str)

    def __init__(
        self, heading: str, workspaces: Sequence[Workspace], actions: Sequence[Action], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(0)
        head = QLabel(heading, self)
        head.setProperty("look", "small")
        head.setWordWrap(True)
        layout.addWidget(head)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for number, workspace in enumerate(workspaces, start=1):
            button = self._button(f"{number}   {workspace.shown_title()}", f"Alt+{number}")
            button.setCheckable(True)
            button.clicked.connect(partial(self.workspace_requested.emit, workspace.key))
            self._group.addButton(button)
            self._buttons[workspace.key] = button
            layout.addWidget(button)
        layout.addStretch(1)
        for action in actions:
            button = self._button(action.shown_text().replace("&", ""), action.shortcut)
            button.clicked.connect(partial(self.action_requested.emit, action.key))
            layout.addWidget(button)

    def mark(self, key: str) -> None:
        """Show which workspace is in front."""
        self._buttons[key].setChecked(True)

    def _button(self, text: str, shortcut: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(shortcut)
        button.setFixedWidth(WIDTH)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button
