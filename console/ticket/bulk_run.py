"""A run over many tickets: counts down, goes in pieces, can be stopped, says what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.ticket.bulk_kept import BulkKeeper, KeptRun
from console.ticket.bulk_store import BulkAction, BulkOutcome, BulkRow, BulkStore
from console.ticket.record import TicketId
from db.errors import Unavailable

if TYPE_CHECKING:
    from console.app.session import Session

DELAY_S = 5  # before the first row, for second thoughts
TICK_MS = 1_000
CHUNK = 25  # a quarter of a second of locks
AGAIN_MS = 3_000


class RunState(StrEnum):
    """Where a run stands."""

    COUNTING = "counting"
    RUNNING = "running"
    WAITING = "waiting"  # for the server to be reached
    STOPPING = "stopping"  # the piece under way is answered first
    STOPPED = "stopped"
    ENDED = "ended"


class BulkRun(QObject):
    """One action, many rows. Each row has a request key of its own, so that a lost answer is asked for again.

    Signals: progressed() the state or an outcome is new; ended().
    """

    progressed = Signal()
    ended = Signal()

    def __init__(
        self,
        session: Session,
        action: BulkAction,
        payload: Mapping[str, Any],
        rows: Sequence[BulkRow],
        keeper: BulkKeeper,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.action = action
        self.rows = tuple(rows)
        self.total = len(self.rows)
        self.outcomes: dict[TicketId, BulkOutcome] = {}
        self._keeper = keeper
        self.state = RunState.COUNTING
        self.seconds = DELAY_S
        self._session = session
        self._store = BulkStore(session.engine)
        self._payload = dict(payload)
        self._keys = {row.id: uuid4() for row in rows}
        self._sent = 0  # rows whose outcome is known or under way
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._again = QTimer(self, interval=AGAIN_MS, singleShot=True)
        self._again.timeout.connect(self._send)

    @classmethod
    def of_kept(
        cls, session: Session, action: BulkAction, kept: KeptRun, keeper: BulkKeeper, parent: QObject
    ) -> Self:
        """Return a run of an earlier console; `finish` asks for the answers that one did not live to hear."""
        made = cls(session, action, kept.payload, kept.rows, keeper, parent)
        made.total = kept.total
        made.outcomes = {each.ticket_id: each for each in kept.outcomes}
        made._keys = {row.id: key for row, key in zip(kept.rows, kept.keys, strict=True)}
        made._sent = len(kept.outcomes)
        return made

    @property
    def is_over(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state in (RunState.STOPPED, RunState.ENDED)

    def start(self) -> None:
        """Begin to count down."""
        self._keeper.begin(self.action.form.action, self._payload, self.total)
        self._tick.start()
        self.progressed.emit()

    def finish(self) -> None:
        """Send again what has no answer: the same keys bring the same outcomes. Then it is over."""
        if self._sent < len(self.rows):
            self.state = RunState.STOPPING
            self._send()
            self.progressed.emit()
        else:
            self._end(RunState.ENDED if self._sent == self.total else RunState.STOPPED)

    def stop(self) -> None:
        """Send nothing more; what is under way may have happened, so its answer is awaited."""
        if self.state is RunState.COUNTING:
            self._tick.stop()
            self._end(RunState.STOPPED)
        elif self.state in (RunState.RUNNING, RunState.WAITING):
            self.state = RunState.STOPPING
            self.progressed.emit()

    def count(self, outcome: str) -> int:
        """Count the rows with an outcome."""
        return sum(each.outcome == outcome for each in self.outcomes.values())

    def done_rows(self) -> tuple[BulkRow, ...]:
        """Return the rows that were done, of the version they have since: what an undo would take back."""
        found = ((row, self.outcomes.get(row.id)) for row in self.rows)
        return tuple(
            BulkRow(row.id, row.number, row.title, known.version)
            for row, known in found
            if known is not None and known.outcome == "done" and known.version is not None
        )

    @Slot()
    def _on_tick(self) -> None:
        self.seconds -= 1
        if self.seconds <= 0:
            self._tick.stop()
            self.state = RunState.RUNNING
            self._send()
        self.progressed.emit()

    @Slot()
    def _send(self) -> None:
        chunk = self.rows[self._sent : self._sent + CHUNK]
        keys = [self._keys[row.id] for row in chunk]
        kept = self._keeper.keep(self._sent, chunk, keys)
        work = partial(self._store.act, self.action.form.action, chunk, keys, self._payload)
        self._session.reads.run(self._session.when_kept(kept, work), self._on_answer, self._on_failed)

    def _on_answer(self, outcomes: tuple[BulkOutcome, ...]) -> None:
        self.outcomes.update((each.ticket_id, each) for each in outcomes)
        chunk = self.rows[self._sent : self._sent + len(outcomes)]
        self._keeper.keep(self._sent, chunk, [self._keys[row.id] for row in chunk], outcomes)
        self._session.note_write()
        self._sent += len(outcomes)
        if self._sent >= self.total:
            self._end(RunState.ENDED)
        elif self.state is RunState.STOPPING:
            self._end(RunState.STOPPED)
        else:
            self.state = RunState.RUNNING
            self._send()
            self.progressed.emit()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Unavailable):
            if self.state is RunState.RUNNING:
                self.state = RunState.WAITING
            self._again.start()
            self.progressed.emit()
        else:
            self._session.report(error)
            self._end(RunState.STOPPED)

    def _end(self, state: RunState) -> None:
        self.state = state
        self.progressed.emit()
        self.ended.emit()
