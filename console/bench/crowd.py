"""The other consoles of ``bench live``: the real feed and the real reads of many persons, without windows."""

from __future__ import annotations

import json
import signal
import sys
from functools import partial
from itertools import cycle, islice

from PySide6.QtCore import QCoreApplication, QObject, Slot

from console.bench.data import person_dsn
from console.kit.feed import Feed
from console.kit.jobs import Jobs
from console.ticket.record import TicketId
from console.ticket.store import TicketStore
from db.changes import Change
from db.engine import engine_for

READERS = 2
DISTRICT_SHARE = 0.25
CENTRE = ("d1_operator3", "d1_operator4", "d1_callback1", "d1_supervisor1", "d1_inspector1", "d1_leader1")
UNITS = tuple(f"d1_town{n:02}" for n in range(1, 24)) + tuple(f"d1_dept{n:02}" for n in range(1, 61))


class Listener(QObject):
    """One console's feed; changed tickets are read again as a window would."""

    def __init__(self, dsn: str, reads: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._reads = reads
        self._store = TicketStore(engine_for(dsn, pool_size=1))
        self.is_up = False
        self.feed = Feed(dsn, self)
        self.feed.changed.connect(self._on_changed)
        self.feed.link_up.connect(self._on_link_up)
        self.feed.start()

    @Slot(object)
    def _on_link_up(self, _now: object) -> None:
        self.is_up = True

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        ids = [TicketId(change.id) for change in changes if change.what == "ticket"]
        if ids:
            self._reads.run(partial(self._store.by_ids, ids), self._on_rows, self._on_failed)

    def _on_rows(self, _rows: object) -> None:
        """Drop the rows: a window would show them."""

    def _on_failed(self, error: Exception) -> None:
        raise error


def persons(count: int) -> list[str]:
    """Return who sits at the consoles: a quarter sees the district, the others their unit."""
    centre = round(count * DISTRICT_SHARE)
    return [*islice(cycle(CENTRE), centre), *islice(cycle(UNITS), count - centre)]


def main() -> None:
    """Listen until told to end."""
    wish = json.loads(sys.stdin.readline())
    app = QCoreApplication(sys.argv[:1])
    reads = Jobs(READERS, "crowd", app)
    listeners = [
        Listener(person_dsn(wish["dsn"], login), reads, app) for login in persons(int(wish["consoles"]))
    ]
    while not all(listener.is_up for listener in listeners):
        app.processEvents()
    print("listening", flush=True)  # noqa: T201 - the word the other process waits for
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app.exec()


if __name__ == "__main__":
    main()
