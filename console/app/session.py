"""One person at one desk: everything panels need, built once and passed by constructor."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from sqlalchemy import Engine, text

from console.app import wallet
from console.app.journal import Journal, JournalFile
from console.app.speed_file import SpeedFile
from console.camera.store import CameraStore
from console.directory.record import Directory, Me
from console.directory.store import DirectoryStore
from console.footage.keeping import Keeping
from console.kit.call import OPEN, Call
from console.kit.clock import Clock
from console.kit.feed import Feed
from console.kit.jobs import Jobs, is_alive
from console.kit.meter import Meter
from console.kit.notices import Notice, Notices, Severity
from console.kit.panel import PagePart
from console.kit.private_folder import remove_leftovers
from console.kit.theme import Theme
from console.lists.attendance import Attendance
from console.lists.budgets import ACT
from console.shell.words import notice_of
from console.ticket.record import Ticket, TicketId
from console.ticket.store import TicketStore
from console.wall.logins import GatewayLogins
from console.wall.opening import Views
from db.changes import Change
from db.engine import engine_for
from db.errors import DatabaseRefusal, Unavailable
from db.link import secured, server_of, standby_of
from db.replica import MOST_LAG_S, Replica, Standing
from db.transaction import transaction
from db.version import check as check_versions

log = logging.getLogger("console.session")

READERS = 4
KEPT_S = 2.0  # a disk slower than this must not stop the work
AGAIN_MS = 3000
PROBE_MS = 5000
POLL_MS = 60_000
CATCHING_UP_MS = 250  # how soon after an own write the standby is asked whether it has it
T = TypeVar("T")
Done = Callable[[Ticket], None]
Failed = Callable[[Exception], None]
PartBuilder = Callable[["Session"], PagePart]


@dataclass(frozen=True)
class Opened:
    """What a login brings: read in a worker before there is a window."""

    dsn: str
    engine: Engine
    me: Me
    directory: Directory
    journal: JournalFile
    layout: Mapping[str, Any]
    replica: Replica
    home: Path


def open_desk(
    dsn: str,
    home: Path,
    language: str | None = None,
    *,
    standby: str = "",
    most_lag_s: float = MOST_LAG_S,
) -> Opened:
    """Log in and read what a session starts with; `standby` is its `host[:port]`."""
    remove_leftovers()
    dsn = secured(dsn)
    standby_dsn = standby_of(dsn, standby) if standby else ""
    engine = engine_for(dsn, pool_size=READERS + 2)  # the writer, and an export
    try:
        with transaction(engine) as connection:
            check_versions(connection)
        store = DirectoryStore(engine)
        me = store.me()
        with transaction(engine) as connection:
            row = connection.execute(
                text("select api.journal_key(), api.desk(), api.begin_session(:version)"),
                {"version": version("liangdeng")},
            ).one()
        journal = JournalFile(home / "journal.db", me.login, bytes(row[0]))
        replica = Replica(engine, standby_dsn, most_lag_s=most_lag_s)
        return Opened(dsn, engine, me, store.load(me, language), journal, row[1], replica, home)
    except BaseException:
        engine.dispose()
        raise


class Session(QObject):
    """Engine, workers, clock, feed, names, notices and journal of one logged-in person.

    `views` is what this desk looks at through cameras. `replica` is where reads go that may be a moment old:
    history, search over all years, walls, statistics.

    Signals: link_changed(is online); directory_changed(); written() after each finished write;
    standby_changed(Standing) after each look at the standby; polled() every minute while the link is up, for
    what no feed tells.
    """

    link_changed = Signal(bool)
    directory_changed = Signal()
    written = Signal()
    standby_changed = Signal(object)
    polled = Signal()

    def __init__(
        self,
        opened: Opened,
        theme: Theme,
        *,
        clock: Clock | None = None,
        notices: Notices | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.engine = opened.engine
        self.replica = opened.replica
        self.me = opened.me
        self.directory = opened.directory
        self.theme = theme
        self.notices = notices or Notices(self)
        self.clock = clock or Clock(self)
        self.meter = Meter(self.clock.now, self)
        self._speed = SpeedFile(self.meter, opened.home, self)
        self.reads = Jobs(READERS, "reads", self)
        self.writes = Jobs(1, "writes", self)
        self.store = TicketStore(self.engine, self.replica)
        self.journal = Journal(opened.journal, self)
        self.desk = uuid4()  # this console, among those of the same person
        self.feed = Feed(opened.dsn, self, desk=self.desk)
        self.attendance = Attendance(self)
        self.views = Views(
            CameraStore(self.engine), self.reads, self.writes, GatewayLogins(wallet), parent=self
        )
        self.keeping = Keeping(self, server_of(opened.dsn), opened.journal.seal)
        self.page_parts: tuple[PartBuilder, ...] = ()  # what other rooms add to a ticket's page
        self.is_online = True  # the login has just succeeded
        self._receivers: dict[UUID, tuple[Done, Failed]] = {}
        self._in_flight: set[UUID] = set()
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._send_pending)
        self.clock.sync(self.me.now)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        self._probes = Jobs(1 if self.replica.has_standby else 0, "standby", self)
        self._is_probing = False
        self._probe = QTimer(self, singleShot=True)
        self._probe.timeout.connect(self._on_probe)
        self.feed.link_up.connect(self._on_link_up)
        self.feed.link_lost.connect(self._on_link_lost)
        self.feed.synced.connect(self.clock.sync)
        self.feed.changed.connect(self._on_changed)
        self.journal.failed.connect(self._on_journal_failed)
        if opened.journal.problem:
            self._on_journal_failed(opened.journal.problem)

    def start(self) -> None:
        """Begin to follow the feed; called when the panels are connected."""
        self.feed.start()
        self._poll.start()
        if self.replica.has_standby:
            self._on_probe()

    def stop(self) -> bool:
        """Stop feed, workers and journal; say whether all ended in time."""
        self.clock.stop()
        for timer in (self._again, self._probe, self._poll):
            timer.stop()
        self.attendance.stop()
        are_clips_kept = self.keeping.stop()  # while their pictures still run
        self.views.stop()
        ended = [
            are_clips_kept,
            self.feed.stop(),
            self.writes.stop(finish=self.is_online),  # a write that waits behind another still goes out
            self.reads.stop(),
            self._probes.stop(),
            self.journal.stop(),
            self._speed.stop(),
        ]
        self.replica.dispose()
        self.engine.dispose()
        return all(ended)

    def submit(self, call: Call, done: Done, failed: Failed | None = None) -> None:
        """Send one write. Without a link it waits in the journal and is asked for at link-up.

        `failed` hears what the database refuses; None reports it to the operator.
        """
        self._send(call, done, failed or self.report, self.journal.expect(call))

    def adopt(self, key: UUID, done: Done, failed: Failed) -> bool:
        """Hear the outcome of a write that an earlier run left behind; False when there is none."""
        is_pending = any(call.key == key for call in self.journal.pending())
        if is_pending:
            self._receivers[key] = (done, failed)
        return is_pending

    @Slot(object)
    def report(self, error: Exception) -> None:
        """Tell the operator about a failure: the one place that does."""
        if not isinstance(error, DatabaseRefusal):
            log.error("failed", exc_info=error)
        self.notices.post(notice_of(error, self.directory, self.me.tz))

    def use_directory(self, directory: Directory) -> None:
        """Take new names: the directory has changed, or the language."""
        self.directory = directory
        self.directory_changed.emit()

    def sentence(self, error: Exception) -> str:
        """Return what `report` would say, for showing it beside a form."""
        return notice_of(error, self.directory, self.me.tz).text

    def when_kept(self, kept: threading.Event, work: Callable[[], T]) -> Callable[[], T]:
        """Return work that waits for the disk: a power cut from then on finds the intention."""
        return partial(_when_kept, kept, self.meter, work)

    def note_write(self) -> None:
        """Read back what was just written: from the primary until the standby has it."""
        if self.replica.has_standby:
            self.replica.note_write()
            self._probe.start(CATCHING_UP_MS)

    def _send(self, call: Call, done: Done, failed: Failed, kept: threading.Event | None = None) -> None:
        self._receivers[call.key] = (done, failed)
        self._in_flight.add(call.key)
        work: Callable[[], Ticket] = partial(_perform, self.store, call)
        if kept is not None:
            work = self.when_kept(kept, work)
        written, refused = partial(self._on_written, call), partial(self._on_refused, call)
        self.writes.run(*self.meter.watch(ACT, work, written, refused))

    def _on_written(self, call: Call, ticket: Ticket) -> None:
        done, _ = self._settle(call)
        if is_alive(done):
            done(ticket)

    def _on_refused(self, call: Call, error: Exception) -> None:
        if isinstance(error, Unavailable):
            self._keep(call)
            return
        _, failed = self._settle(call)
        if is_alive(failed):
            failed(error)

    def _settle(self, call: Call) -> tuple[Done, Failed]:
        self.journal.settle(call.key)
        self._in_flight.discard(call.key)
        receivers = self._receivers.pop(call.key)
        self.note_write()
        self.written.emit()
        return receivers

    def _keep(self, call: Call) -> None:
        self._in_flight.discard(call.key)
        self.notices.post(
            Notice(
                Severity.UNAVAILABLE,
                self.tr("The server cannot be reached. What you sent is kept and goes out by itself."),
            )
        )
        self.written.emit()
        if self.is_online:  # too busy, not gone: no link-up will come
            self._again.start()

    @Slot()
    def _send_pending(self) -> None:
        """Send what has no outcome yet: the same key again returns the first outcome."""
        for call in self.journal.pending():
            if call.key not in self._in_flight:
                self._send(call, *self._receivers.get(call.key, (self._on_replayed, self.report)))

    def _on_replayed(self, _ticket: Ticket) -> None:
        self.notices.post(Notice(Severity.DONE, self.tr("A kept entry has now reached the server.")))

    @Slot()
    def _on_poll(self) -> None:
        if self.is_online:
            self.polled.emit()

    @Slot()
    def _on_probe(self) -> None:
        if self._is_probing:  # a dead standby takes seconds to say nothing
            return
        self._is_probing = True
        self._probes.run(self.replica.probe, self._on_probed, self._on_probe_failed)

    def _on_probed(self, standing: Standing) -> None:
        self._is_probing = False
        if not self._probe.isActive():
            self._probe.start(CATCHING_UP_MS if self.replica.is_catching_up else PROBE_MS)
        self.standby_changed.emit(standing)

    def _on_probe_failed(self, error: Exception) -> None:
        self._is_probing = False
        self.report(error)

    @Slot(object)
    def _on_link_up(self, server_now: datetime) -> None:
        self.clock.sync(server_now)
        self._set_online(True)
        self._send_pending()

    @Slot(str)
    def _on_link_lost(self, _reason: str) -> None:
        self._set_online(False)

    def _set_online(self, is_online: bool) -> None:
        if is_online != self.is_online:
            self.is_online = is_online
            self.link_changed.emit(is_online)

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        if any(change.what == "directory" for change in changes):
            load = partial(DirectoryStore(self.engine).load, self.me, self.directory.language)
            self.reads.run(load, self._on_directory, self.report)

    def _on_directory(self, directory: Directory) -> None:
        self.use_directory(directory)

    @Slot(str)
    def _on_journal_failed(self, reason: str) -> None:
        self.notices.post(
            Notice(
                Severity.UNAVAILABLE,
                self.tr("Drafts cannot be written to this disk. They are kept while the console runs."),
                detail=reason,
                sticky=True,
            )
        )


def _when_kept(kept: threading.Event, meter: Meter, work: Callable[[], T]) -> T:
    began = time.perf_counter()
    kept.wait(KEPT_S)
    meter.waited_for_disk((time.perf_counter() - began) * 1000)
    return work()


def _perform(store: TicketStore, call: Call) -> Ticket:
    if call.action == OPEN:
        return store.open_ticket(call.key, call.payload)
    if call.ticket_id is None or call.version is None:
        raise ValueError(f"{call.action} needs a ticket and its version")
    return store.act(TicketId(call.ticket_id), call.action, call.version, call.key, call.payload)


def save_layout(engine: Engine, layout: Mapping[str, Any]) -> None:
    """Keep the arrangement of the person's window on the server."""
    with transaction(engine) as connection:
        connection.execute(
            text("select api.save_desk(cast(:layout as jsonb))"), {"layout": json.dumps(layout)}
        )
