"""Reads that may be a moment old: from a standby while it is fit, else by themselves from the primary."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Connection, Engine, text

from db.engine import engine_for
from db.errors import DatabaseRefusal, Unavailable
from db.transaction import Halt, transaction

T = TypeVar("T")

MOST_LAG_S = 10.0
SAMPLES, SAMPLE_S = 600, 1.0
POOL = 5
GONE = ("08", "57P", "53")  # connection, operator intervention, resources exhausted
IN_THE_WAY = "40001"  # what a read gets whose rows the recovery must remove

_WRITTEN = text(
    "select pg_current_wal_insert_lsn()::text, clock_timestamp(), system_identifier from pg_control_system()"
)
_REPLAYED = text(
    "select pg_is_in_recovery(), pg_last_wal_replay_lsn()::text, pg_last_xact_replay_timestamp(),"
    " system_identifier from pg_control_system()"
)


class Fault(StrEnum):
    """Why a standby is not read."""

    NOT_YET = "not_yet"
    GONE = "gone"
    LATE = "late"
    NO_STANDBY = "no_standby"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the standby is: its lag when that is known, and why it is not read when it is not."""

    lag_s: float | None = None
    fault: Fault | None = Fault.NOT_YET


class Replica:
    """The standby's engine while it is fit, else the primary's; without a standby always the primary's.

    Own writes are read back: after `note_write` reads go to the primary until the standby has replayed them.
    `probe` is called every few seconds by one worker; everything else from any thread.
    """

    def __init__(self, primary: Engine, standby_dsn: str = "", *, most_lag_s: float = MOST_LAG_S) -> None:
        self.standing = Standing()
        self._primary = primary
        self._standby = engine_for(standby_dsn, pool_size=POOL) if standby_dsn else None
        self._most_lag_s = most_lag_s
        self._samples: deque[tuple[float, int]] = deque(maxlen=SAMPLES)  # where the primary was, and when
        self._latest = (0.0, 0)
        self._write = self._known_write = object()  # the last one, and the last that `_needed` tells of
        self._needed = 0

    @property
    def has_standby(self) -> bool:
        """Say whether one is named."""
        return self._standby is not None

    @property
    def is_catching_up(self) -> bool:
        """Say whether the standby is read but for an own write it may not have yet."""
        return self.standing.fault is None and (self._needed > 0 or self._write is not self._known_write)

    @property
    def engine(self) -> Engine:
        """Where the next read goes."""
        is_fit = self.standing.fault is None and not self.is_catching_up
        return self._standby if self._standby is not None and is_fit else self._primary

    def read(self, work: Callable[[Connection], T], halt: Halt | None = None) -> T:
        """Run a read in a transaction; what the standby cannot answer the primary is asked again."""
        engine = self.engine
        if engine is not self._primary:
            try:
                with transaction(engine, halt) as connection:
                    return work(connection)
            except Unavailable as error:
                state = _state(error)
                if state is None or state.startswith(GONE):
                    self.standing = Standing(fault=Fault.GONE)
                elif state != IN_THE_WAY:
                    raise  # a limit of time, or called off: the primary is no quicker
        with transaction(self._primary, halt) as connection:
            return work(connection)

    def note_write(self) -> None:
        """Read from the primary until the standby has what was just written."""
        self._write = object()

    def probe(self) -> Standing:
        """Measure how far behind the standby is, and decide whether it is read."""
        if self._standby is None:
            return self.standing
        write = self._write
        try:
            now, here, system = self._look_at_primary()
            if write is not self._known_write:
                self._needed, self._known_write = here, write
        except Unavailable:
            now, system = None, None
        self.standing = self._judge(self._standby, now, system)
        return self.standing

    def dispose(self) -> None:
        """Close the standby's connections; the primary's belong to somebody else."""
        if self._standby is not None:
            self._standby.dispose()

    def _look_at_primary(self) -> tuple[float, int, int]:
        """Return the primary's clock, its place in the log and which cluster it is."""
        with transaction(self._primary) as connection:
            place, now, system = connection.execute(_WRITTEN).one()
        here, moment = _place(place), time.monotonic()
        if not self._samples or moment - self._samples[-1][0] >= SAMPLE_S:
            self._samples.append((moment, here))
        self._latest = (moment, here)
        return now.timestamp(), here, system

    def _judge(self, standby: Engine, now: float | None, system: int | None) -> Standing:
        try:
            with transaction(standby) as connection:
                is_standby, place, at, its_system = connection.execute(_REPLAYED).one()
        except DatabaseRefusal:
            return Standing(fault=Fault.GONE)
        if not is_standby:
            return Standing(fault=Fault.NO_STANDBY)
        if system not in (None, its_system):
            return Standing(fault=Fault.FOREIGN)
        replayed = _place(place)
        if replayed >= self._needed:
            self._needed = 0
        samples = (*self._samples, self._latest)
        lags = [time.monotonic() - when for when, written in samples if 0 < written <= replayed]
        if now is not None and at is not None:
            lags.append(max(0.0, now - at.timestamp()))
        lag_s = min(lags, default=None)
        is_late = lag_s is None or lag_s > self._most_lag_s
        return Standing(lag_s, Fault.LATE if is_late else None)


def _place(written: str) -> int:
    high, low = written.split("/")
    return int(high, 16) << 32 | int(low, 16)


def _state(error: Unavailable) -> str | None:
    cause = error.__cause__
    return getattr(getattr(cause, "orig", cause), "sqlstate", None)
