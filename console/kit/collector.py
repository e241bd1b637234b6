"""Python's collector of cycles, kept to the GUI thread while worker threads run.

It runs in whatever thread happens to allocate. A closed page is a cycle; a worker thread that finds it
destroys its widgets while the GUI thread sends them events, and the program dies.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

LOOK_MS = 50


class Collector(QObject):
    """Collects when as much was allocated as Python itself would wait for."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._users = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        spare()

    def hold(self) -> None:
        """Take the collector over: worker threads start."""
        self._users += 1
        if self._users == 1:
            gc.disable()
            self._timer.start()

    def release(self) -> None:
        """Give it back with the last worker threads."""
        self._users -= 1
        if self._users == 0:
            self._timer.stop()
            gc.enable()

    @Slot()
    def look(self) -> None:
        """Collect what is due."""
        young, middle, old = gc.get_count()
        most_young, most_middle, most_old = gc.get_threshold()
        if old > most_old:
            gc.collect(2)
        elif middle > most_middle:
            gc.collect(1)
        elif young > most_young:
            gc.collect(0)


def spare() -> None:
    """Leave what is there by now, modules above all, out of every later collection: it stays to the end."""
    gc.freeze()


def collector() -> Collector | None:
    """Return the application's one collector; None without an application."""
    app = QCoreApplication.instance()
    if app is None:
        return None
    return app.findChild(Collector) or Collector(app)
