"""Acting desks of ``bench acts``: threads with a store and a connection each, on tickets of their own."""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import Any
from uuid import uuid4

from console.bench.crowd import CENTRE
from console.bench.data import person_dsn
from console.ticket.record import Ticket, TicketId
from console.ticket.store import TicketStore
from db.engine import engine_for
from db.errors import DatabaseRefusal


class Actor:
    """One desk that writes a note on one ticket after the other."""

    def __init__(self, dsn: str, seat: int, tickets: list[int]) -> None:
        self._engine = engine_for(person_dsn(dsn, CENTRE[seat % len(CENTRE)]), pool_size=1)
        self._store = TicketStore(self._engine)
        self._tickets = self._store.by_ids([TicketId(ticket) for ticket in tickets])
        self._seat = seat
        self.taken_ms: list[float] = []
        self.refused = 0
        for number in range(len(self._tickets)):  # what is said first is planned first
            self._act(number)

    def run(self, rate: float, seconds: float) -> None:
        """Act so often a second, or without a pause, until the time is up."""
        started = time.monotonic()
        number = 0
        pause = threading.Event()
        while True:
            offset = (number + self._seat % 10 / 10) / rate if rate else time.monotonic() - started
            if offset >= seconds:
                break
            due = started + offset
            pause.wait(max(0.0, due - time.monotonic()))
            self._act(number % len(self._tickets))
            self.taken_ms.append((time.monotonic() - due) * 1000)
            number += 1
        self._engine.dispose()

    def _act(self, number: int) -> None:
        ticket: Ticket = self._tickets[number]
        try:
            self._tickets[number] = self._store.act(
                ticket.id, "note", ticket.version, uuid4(), {"text": "性能测试"}
            )
        except DatabaseRefusal:
            self.refused += 1


def main() -> None:
    """Sit down, wait for the word, act, and tell what each act took."""
    wish: dict[str, Any] = json.loads(sys.stdin.readline())
    actors = [
        Actor(wish["dsn"], seat, tickets)
        for seat, tickets in zip(wish["seats"], wish["tickets"], strict=True)
    ]
    print("seated", flush=True)  # noqa: T201 - the word the other process waits for
    sys.stdin.readline()
    threads = [threading.Thread(target=actor.run, args=(wish["rate"], wish["seconds"])) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = {
        "taken_ms": [taken for actor in actors for taken in actor.taken_ms],
        "refused": sum(actor.refused for actor in actors),
    }
    print(json.dumps(told), flush=True)  # noqa: T201 - the answer of this process


if __name__ == "__main__":
    main()
