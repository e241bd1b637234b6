"""Colours and sizes from the token file; one style sheet for the whole application."""

from __future__ import annotations

import string
import tomllib

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from resources import ROOT

FOLDER = ROOT / "themes"
NAMES = ("light", "dark")

_PALETTE = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "base",
    QPalette.ColorRole.AlternateBase: "base_alt",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
}


class Theme(QObject):
    """The chosen theme; painters ask it for colours by token.

    Signals: changed().
    """

    changed = Signal()

    def __init__(self, name: str = NAMES[0], parent: QObject | None = None) -> None:
        super().__init__(parent)
        tokens = tomllib.loads((FOLDER / "tokens.toml").read_text("utf-8"))
        self._sizes: dict[str, int] = tokens["sizes"]
        self._colours: dict[str, dict[str, str]] = {each: tokens[each] for each in NAMES}
        self._cache: dict[str, QColor] = {}
        self.name = name if name in NAMES else NAMES[0]

    def colour(self, token: str) -> QColor:
        """Return the colour of a token in the chosen theme."""
        found = self._cache.get(token)
        if found is None:
            found = self._cache[token] = QColor(self._colours[self.name][token])
        return found

    def size(self, token: str) -> int:
        """Return a length in pixels."""
        return self._sizes[token]

    def choose(self, name: str, app: QApplication) -> None:
        """Switch to another theme and restyle everything."""
        self.name = name
        self._cache.clear()
        self.apply(app)
        self.changed.emit()

    def apply(self, app: QApplication) -> None:
        """Style the application."""
        app.setStyle("Fusion")
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self.colour(token))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, self.colour("faint"))
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, self.colour("faint"))
        app.setPalette(palette)
        template = string.Template((FOLDER / "console.qss").read_text("utf-8"))
        words = {"icons": (ROOT / "icons").as_posix(), "theme": self.name}
        app.setStyleSheet(template.substitute({**self._colours[self.name], **self._sizes, **words}))


def leave_viewport(area: QAbstractScrollArea) -> None:
    """Let the area alone paint the ground of its style; call it when the area is shown, and after a restyle.

    Its viewport would paint the same once more, and Qt keeps what it looked up for a viewport when that is
    gone: two texts of a ticket's page left 1.7 KB behind each time.
    """
    area.viewport().setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=False)
