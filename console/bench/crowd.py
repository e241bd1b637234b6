"""The other consoles of ``bench live``: many persons' feeds, read as a console reads, without windows."""

from __future__ import annotations

import heapq
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
from console.kit.pace import pause_s
from db import changes

DISTRICT_SHARE = 0.08
CENTRE = ("d1_operator3", "d1_operator4", "d1_callback1", "d1_supervisor1", "d1_inspector1", "d1_leader1")
UNITS = tuple(f"d1_town{n:02}" for n in range(1, 24)) + tuple(f"d1_dept{n:02}" for n in range(1, 61))


class Listener:
    """One console's feed: woken, paced and read like the real one."""

    def __init__(self, dsn: str) -> None:
        self.heard: Counter[tuple[int, int]] = Counter()
        self._connection = psycopg.connect(make_conninfo(dsn, **LINK_OPTIONS), autocommit=True)
        changes.prepare_to_wait(self._connection)
        self._position = changes.position(self._connection)
        self._connection.pgconn.nonblocking = 1
        self._asked = 0.0

    def fileno(self) -> int:
        """Return what to wait for."""
        return self._connection.fileno()

    def ask(self) -> None:
        """Ask for what changes."""
        self._asked = time.monotonic()
        changes.ask(self._connection.pgconn, self._position)

    def take(self) -> float | None:
        """Take what the server has sent; return when to ask again if that was the answer."""
        read = changes.answer(self._connection.pgconn, self._position)
        if read is None:
            return None
        self._position, found = read
        self.heard.update((change.id, change.version) for change in found if change.what == "ticket")
        now = time.monotonic()
        return now + pause_s(now - self._asked, self._position.rest_ms, found=bool(found))


class Crowd:
    """Many listeners in one loop; nobody costs anything while nothing concerns him."""

    def __init__(self, listeners: list[Listener]) -> None:
        self._due = [(0.0, number) for number in range(len(listeners))]
        self._listeners = listeners
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(sys.stdin, selectors.EVENT_READ)
        for number, listener in enumerate(listeners):
            self._waiting.register(listener, selectors.EVENT_READ, number)

    def listen(self) -> None:
        """Read until standard input ends."""
        while True:
            while self._due and self._due[0][0] <= time.monotonic():
                self._listeners[heapq.heappop(self._due)[1]].ask()
            for key, _ in self._waiting.select(self._due[0][0] - time.monotonic() if self._due else None):
                if key.data is None:
                    return
                again = self._listeners[key.data].take()
                if again is not None:
                    heapq.heappush(self._due, (again, key.data))


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
    Crowd(everybody).listen()
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
