"""The other consoles of ``bench live``: many persons' feeds, read as a console reads, without windows."""

from __future__ import annotations

import json
import os
import selectors
import sys
import time
from collections import Counter
from itertools import cycle, islice

import psycopg
from psycopg.conninfo import make_conninfo

from console.bench.data import person_dsn
from console.kit.feed import LINK_OPTIONS
from console.kit.pace import Pace
from db import changes

DISTRICT_SHARE = 0.08
STEP_S = 0.02
CENTRE = ("d1_operator3", "d1_operator4", "d1_callback1", "d1_supervisor1", "d1_inspector1", "d1_leader1")
UNITS = tuple(f"d1_town{n:02}" for n in range(1, 24)) + tuple(f"d1_dept{n:02}" for n in range(1, 61))


class Listener:
    """One console's feed: woken, paced and read like the real one."""

    def __init__(self, dsn: str) -> None:
        self.heard: Counter[tuple[int, int]] = Counter()
        self._connection = psycopg.connect(make_conninfo(dsn, **LINK_OPTIONS), autocommit=True)
        self._connection.add_notify_handler(self._on_notify)
        changes.listen(self._connection)
        self._position = changes.position(self._connection)
        self._pace = Pace(time.monotonic())

    def fileno(self) -> int:
        """Return what to wait for."""
        return self._connection.fileno()

    def take(self) -> None:
        """Take what the server has sent."""
        pgconn = self._connection.pgconn
        pgconn.consume_input()
        while pgconn.notifies() is not None:
            self._pace.on_notice(time.monotonic())

    def look(self) -> None:
        """Read if it is time."""
        now = time.monotonic()
        if self._pace.wait_s(now) > 0:
            return
        self._position, found = changes.changes_since(self._connection, self._position)
        self._pace.on_look(now, found=bool(found), is_ticking=self._position.is_ticking)
        self.heard.update((change.id, change.version) for change in found if change.what == "ticket")

    def _on_notify(self, _notify: psycopg.Notify) -> None:
        self._pace.on_notice(time.monotonic())


def persons(count: int) -> list[str]:
    """Return who sits at the consoles: one in twelve sees the district, the others their unit."""
    centre = round(count * DISTRICT_SHARE)
    return [*islice(cycle(CENTRE), centre), *islice(cycle(UNITS), count - centre)]


def main() -> None:
    """Listen until standard input ends, then tell what was heard."""
    if sys.platform != "win32":
        os.nice(10)  # these stand for other machines: the processors here are the server's and the window's
    wish = json.loads(sys.stdin.readline())
    listeners: dict[str, list[Listener]] = {login: [] for login in wish["persons"]}
    for login in wish["persons"]:
        listeners[login].append(Listener(person_dsn(wish["dsn"], login)))
    everybody = [listener for group in listeners.values() for listener in group]
    print("listening", flush=True)  # noqa: T201 - the word the other process waits for
    waiting = selectors.DefaultSelector()
    waiting.register(sys.stdin, selectors.EVENT_READ)
    for listener in everybody:
        waiting.register(listener, selectors.EVENT_READ, listener)
    is_over = False
    while not is_over:
        for key, _ in waiting.select(STEP_S):
            if key.data is None:
                is_over = True
            else:
                key.data.take()
        for listener in everybody:
            listener.look()
    centre = [listener.heard for login in listeners if login in CENTRE for listener in listeners[login]]
    told = {
        "newest": [_newest(heard) for heard in centre],
        "doubled": sum(times > 1 for listener in everybody for times in listener.heard.values()),
    }
    print(json.dumps(told), flush=True)  # noqa: T201 - the answer of this process


def _newest(heard: Counter[tuple[int, int]]) -> dict[int, int]:
    newest: dict[int, int] = {}
    for ticket, version in heard:
        newest[ticket] = max(version, newest.get(ticket, 0))
    return newest


if __name__ == "__main__":
    main()
