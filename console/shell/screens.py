"""Windows of their own, for instance for the second screen; each person finds them where they were left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.kit.panel import Panel

if TYPE_CHECKING:
    from console.app.session import Session

SIZE = (960, 640)


class Screen(QWidget):
    """One window around one panel.

    Signals: closed().
    """

    closed = Signal()

    def __init__(self, panel: Panel) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.panel = panel
        self.resize(*SIZE)
        self.setWindowTitle(panel.windowTitle())
        panel.title_changed.connect(self.setWindowTitle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        self.setFocusProxy(panel)

    def place(self) -> Mapping[str, Any]:
        """Return where it is and how its panel is arranged."""
        area = self.normalGeometry()
        return {
            "place": [area.x(), area.y(), area.width(), area.height()],
            "is_full": self.isFullScreen(),
            "panel": dict(self.panel.layout_state()),
        }

    def put(self, state: Mapping[str, Any]) -> None:
        """Go where it was; a screen that is gone is not looked for."""
        match state:
            case {"place": [int(x), int(y), int(width), int(height)]}:
                area = QRect(x, y, width, height)
                if any(screen.availableGeometry().intersects(area) for screen in QGuiApplication.screens()):
                    self.setGeometry(area)
        match state:
            case {"panel": dict(arranged)}:
                self.panel.restore_layout(arranged)
        if state.get("is_full") is True:
            self.setWindowState(Qt.WindowState.WindowFullScreen)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


class Screens(QObject):
    """The windows of their own of one desk.

    Signals: opened(Panel).
    """

    opened = Signal(object)

    def __init__(
        self,
        session: Session,
        builders: Mapping[str, Callable[[Session], Panel]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._builders = builders
        self._open: dict[str, Screen] = {}
        self._places: dict[str, Mapping[str, Any]] = {}

    def show(self, key: str) -> Panel:
        """Show a window, in front of the others, and return its panel."""
        screen = self._open.get(key)
        if screen is None:
            screen = self._open[key] = Screen(self._builders[key](self._session))
            screen.put(self._places.get(key, {}))
            screen.closed.connect(partial(self._on_closed, key))
            self.opened.emit(screen.panel)
        screen.show()
        screen.raise_()
        screen.activateWindow()
        return screen.panel

    def panel(self, key: str) -> Panel | None:
        """Return the panel of a window that is open."""
        screen = self._open.get(key)
        return None if screen is None else screen.panel

    def layout_state(self) -> Mapping[str, Any]:
        """Return where each window is, and which are open."""
        places = self._places | {key: screen.place() for key, screen in self._open.items()}
        return {"places": places, "open": list(self._open)}

    def restore_layout(self, state: object) -> None:
        """Open what was open, where it was."""
        match state:
            case {"places": dict(places), "open": list(keys)}:
                self._places = {key: place for key, place in places.items() if isinstance(place, dict)}
                for key in keys:
                    if key in self._builders:
                        self.show(key)

    def dissolve(self) -> None:
        """Close all windows; their places stay known."""
        self._places = dict(self.layout_state()["places"])
        for key in list(self._open):
            self._open[key].close()

    def _on_closed(self, key: str) -> None:
        screen = self._open.pop(key, None)
        if screen is not None:
            self._places[key] = screen.place()
            screen.panel.detach()
            screen.deleteLater()
