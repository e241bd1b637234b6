"""The Qt application, also where there is no screen."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from db.admin.output import note

# The offscreen platform says so of every window, and nobody can act on it.
NOISE = "This plugin does not support"
SCREEN = {"name": "offscreen", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1}


def has_screen() -> bool:
    """Say whether windows can be seen here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def make_app() -> QApplication:
    """Make the application of a command; without a screen its windows are painted in memory."""
    platform = os.environ.get("QT_QPA_PLATFORM", "" if has_screen() else "offscreen")
    if platform == "offscreen":
        return _offscreen_app()
    return QApplication(sys.argv[:1])


def _offscreen_app() -> QApplication:
    # Qt's own offscreen screen has 800 x 800 pixels, too few for one window of a desk.
    with tempfile.TemporaryDirectory(prefix="liangdeng-") as folder:
        file = Path(folder) / "screen.json"
        file.write_text(json.dumps({"screens": [SCREEN]}))
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
        try:
            app = QApplication(sys.argv[:1])
        finally:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"  # for programs started from here
    qInstallMessageHandler(_on_message)
    return app


def _on_message(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if not message.startswith(NOISE):
        note(message)
