"""What must survive a crash: drafts and writes without an outcome, encrypted on this disk."""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.kit.call import Call
from console.kit.jobs import Jobs, ignore
from console.kit.seal import Seal, Unreadable

log = logging.getLogger("console.journal")

DEBOUNCE_MS = 400
# A draft that was sent and the write it became have one key: neither may take the other's place.
SCHEMA = """
create table if not exists kept (
  key text not null, login text not null, kind text not null, at text not null, secret blob not null,
  primary key (key, kind));
create index if not exists kept_login_idx on kept (login, kind);
"""
PENDING = "pending"


@dataclass(frozen=True)
class Draft:
    """Something typed but not sent."""

    key: UUID
    kind: str
    data: Mapping[str, Any]
    at: datetime


class JournalFile:
    """Encrypted entries of one person in one SQLite file; may be used from several threads.

    `problem` says why the entries are only in memory, empty when they are on the disk. `seal` is what else
    of this person lies on the disk closed with.
    """

    def __init__(self, path: Path, login: str, secret: bytes) -> None:
        self._login = login
        self.seal = Seal(secret)
        self._lock = threading.Lock()
        self.problem = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._base = _opened(path)
            path.chmod(0o600)
        except (sqlite3.Error, OSError) as error:  # full, read-only or damaged: work goes on without it
            log.warning("journal not usable reason=%s", type(error).__name__)
            self.problem = str(error)
            self._base = _opened(":memory:")

    def put(self, key: UUID, kind: str, text: str) -> None:
        """Write or replace an entry."""
        values = (
            str(key),
            self._login,
            kind,
            datetime.now(UTC).isoformat(),
            self.seal.close(text.encode()),
        )
        with self._lock:
            self._base.execute("insert or replace into kept values (?, ?, ?, ?, ?)", values)

    def drop(self, key: UUID, kind: str) -> None:
        """Delete an entry if it is there."""
        with self._lock:
            self._base.execute(
                "delete from kept where key = ? and kind = ? and login = ?", (str(key), kind, self._login)
            )

    def read(self) -> list[tuple[UUID, str, datetime, str]]:
        """Return the readable entries, oldest first; entries of another key are dropped."""
        with self._lock:
            rows = self._base.execute(
                "select key, kind, at, secret from kept where login = ? order by at", (self._login,)
            ).fetchall()
        found = []
        for key, kind, at, secret in rows:
            try:
                text = self.seal.open(secret).decode()
            except Unreadable:
                log.warning("entry unreadable kind=%s", kind)
                self.drop(UUID(key), kind)
                continue
            found.append((UUID(key), kind, datetime.fromisoformat(at), text))
        return found

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._base.close()


class Journal(QObject):
    """The GUI's side: answers from memory, writes behind a short delay in an own worker.

    When the disk refuses, everything stays in memory and `failed` says so once.
    Signals: failed(reason).
    """

    failed = Signal(str)

    def __init__(self, file: JournalFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._jobs = Jobs(1, "journal", self)
        self._drafts: dict[UUID, Draft] = {}
        self._pending: dict[UUID, Call] = {}
        self._unsaved: set[UUID] = set()
        self._has_failed = False
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self.flush)
        for key, kind, at, text in file.read():
            if kind == PENDING:
                self._pending[key] = Call.from_json(text)
            else:
                self._drafts[key] = Draft(key, kind, json.loads(text), at)

    def drafts(self, kind: str) -> tuple[Draft, ...]:
        """Return this person's drafts of a kind, oldest first."""
        return tuple(draft for draft in self._drafts.values() if draft.kind == kind)

    def save_draft(self, key: UUID, kind: str, data: Mapping[str, Any]) -> None:
        """Keep what is typed; the disk follows within half a second."""
        self._drafts[key] = Draft(key, kind, dict(data), datetime.now(UTC))
        self._unsaved.add(key)
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def flush(self) -> threading.Event:
        """Let the disk follow now, before whatever is written after this; the event as with `expect`."""
        for key in self._unsaved:
            draft = self._drafts[key]
            text = json.dumps(draft.data, default=str, ensure_ascii=False)
            self._write(partial(self._file.put, key, draft.kind, text))
        self._unsaved.clear()
        kept = threading.Event()
        self._jobs.run(kept.set, ignore, self._on_failed)
        return kept

    def drop_draft(self, key: UUID) -> None:
        """Forget a draft that was sent or thrown away."""
        self._unsaved.discard(key)
        draft = self._drafts.pop(key, None)
        if draft is not None:
            self._write(partial(self._file.drop, key, draft.kind))

    def pending(self) -> tuple[Call, ...]:
        """Return the writes whose outcome is not known, in the order they were made."""
        return tuple(self._pending.values())

    def expect(self, call: Call) -> threading.Event:
        """Keep a write until its outcome is known; the event is set when the disk has it, or has refused."""
        self._pending[call.key] = call
        kept = threading.Event()
        self._write(partial(self._keep, call, kept))
        return kept

    def settle(self, key: UUID) -> None:
        """Forget a write whose outcome is known."""
        if self._pending.pop(key, None) is not None:
            self._write(partial(self._file.drop, key, PENDING))

    def stop(self, timeout_s: float = 3.0) -> bool:
        """Bring what is typed to disk and end the worker."""
        self._timer.stop()
        self.flush()
        ended = self._jobs.stop(timeout_s, finish=True)
        self._file.close()
        return ended

    def _keep(self, call: Call, kept: threading.Event) -> None:
        try:
            self._file.put(call.key, PENDING, call.to_json())
        finally:
            kept.set()

    def _write(self, work: Callable[[], None]) -> None:
        self._jobs.run(work, self._on_written, self._on_failed)

    def _on_written(self, _nothing: None) -> None:
        self._has_failed = False

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, sqlite3.Error):
            raise error
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(str(error))


def _opened(path: Path | str) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=3.0, isolation_level=None, check_same_thread=False)
    try:
        base.execute("pragma journal_mode = wal")
        base.execute("pragma secure_delete = on")
        base.executescript(SCHEMA)
    except sqlite3.Error:
        base.close()
        raise
    return base
