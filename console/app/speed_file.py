"""Keep on this desk how long its actions took, for `liangdeng doctor`."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from console.kit.jobs import Jobs
from console.kit.meter import Meter, Taken
from db import speed
from db.speed import Slow, Speed

SAVE_MS = 60_000
log = logging.getLogger("console.speed")


class SpeedFile(QObject):
    """Writes what was measured, once a minute and at the end; a slow action also goes into the log."""

    def __init__(self, meter: Meter, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._new = Speed()
        self._jobs = Jobs(1, "speed", self)
        self._timer = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._timer.timeout.connect(self.save)
        meter.measured.connect(self._on_measured)

    @Slot()
    def save(self) -> None:
        """Write what is new."""
        new, self._new = self._new, Speed()
        if new.times_ms:
            self._jobs.run(partial(speed.add, self._folder, new), self._on_saved, self._on_failed)

    def stop(self) -> bool:
        """Write the rest and end; say whether that ended in time."""
        self._timer.stop()
        self.save()
        return self._jobs.stop(finish=True)

    @Slot(object)
    def _on_measured(self, taken: Taken) -> None:
        slow = []
        if not taken.is_within:
            parts = {str(cause): round(ms, 1) for cause, ms in taken.parts_ms}
            slow.append(Slow(taken.budget.key, taken.at.isoformat(timespec="seconds"), parts))
            log.info("%s took %.0f ms, mostly %s", taken.budget.key, taken.total_ms, taken.cause)
        self._new = self._new.and_then(Speed({taken.budget.key: [taken.total_ms]}, slow))
        if not self._timer.isActive():
            self._timer.start()

    def _on_saved(self, _nothing: None) -> None:
        log.debug("kept")

    def _on_failed(self, error: Exception) -> None:
        """Leave it at a line in the log: nobody's work depends on it."""
        log.warning("cannot be kept: %s", error)
