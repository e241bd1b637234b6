"""A console in a process of its own that does what its standard input says, a JSON object a line."""

from __future__ import annotations

import json
import queue
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest

from console.app.main import build_console
from console.app.screen import make_app
from console.kit.watch import spin
from console.ticket.record import Ticket, TicketId, TicketState
from console.tour.hands import press, wait_for
from console.tour.seat import Seat
from console.tour.story_report import need, send_report, take_down

FOREVER_S = 3600
KEY_MS = 10


class Program:
    """The orders a test may give."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.orders: Mapping[str, Callable[..., Any]] = {
            "register": self.register,
            "act": self.act,
            "see": self.see,
            "take": self.take,
            "see_taken": self.see_taken,
            "fill": self.fill,
            "type": self.type,
            "send": self.send,
            "restore": self.restore,
            "settle": self.settle,
        }

    def register(self, phone: str, title: str, words: str) -> dict[str, Any]:
        """Take a report down and only register it."""
        panel = self.seat.intake()
        take_down(self.seat, panel, phone, title, words)
        return shown(send_report(self.seat, panel, "Alt+G", TicketState.NEW))

    def act(self, ticket: int, action: str, **values: Any) -> dict[str, Any]:
        """Do an action on a ticket's page."""
        page = self.seat.page(self._ticket(ticket))
        return shown(self.seat.act(page, action, **values))

    def see(self, ticket: int, state: str) -> None:
        """Wait until the queue shows a ticket in a state, without asking for it."""
        model = self.seat.queue().live.model

        def is_there() -> bool:
            row = model.row_of(TicketId(ticket))
            return row is not None and model.row_at(row).state == state

        wait_for(is_there, f"ticket {ticket} in state {state}")

    def take(self, ticket: int) -> None:
        """Take a ticket on its page and wait for the page to say so."""
        page = self.seat.page(self._ticket(ticket))
        page.setFocus()
        press(page, "F8")
        wait_for(lambda: page.taking.is_mine(TicketId(ticket)), "the ticket to be this desk's")

    def see_taken(self, ticket: int, by: str | None) -> None:
        """Wait until the queue shows who has taken a ticket; None: nobody."""
        taking = self.seat.queue().taking

        def is_so() -> bool:
            claim = taking.claim(TicketId(ticket))
            return (None if claim is None else claim.login) == by

        wait_for(is_so, f"ticket {ticket} to be taken by {by}")

    def fill(self, phone: str, title: str, words: str) -> None:
        """Fill the intake's form and leave it so."""
        take_down(self.seat, self.seat.intake(), phone, title, words)

    def type(self, words: str) -> None:
        """Type letter by letter and say after each how many there are."""
        body = self.seat.intake().form.body
        body.setFocus()
        for number, letter in enumerate(words, start=1):
            QTest.keyClicks(body, letter, delay=KEY_MS)
            say({"typed": number})

    def send(self) -> None:
        """Register what the form holds; the answer is not waited for."""
        press(self.seat.intake().form.body, "Alt+G")

    def restore(self) -> str:
        """Take up the report that was left, and return its words."""
        panel = self.seat.intake()
        wait_for(panel.restore.isVisible, "the offer of the unfinished report")
        press(panel.form.phone, "Ctrl+R")
        return panel.values().body

    def settle(self) -> None:
        """Wait until no write waits for an answer."""
        wait_for(lambda: not self.seat.session.journal.pending(), "the kept writes to be answered")

    def _ticket(self, ticket_id: int) -> Ticket:
        found = self.seat.session.store.by_ids([TicketId(ticket_id)])
        return need(next(iter(found), None))


def shown(ticket: Ticket) -> dict[str, Any]:
    """Return what a test asks about a ticket."""
    return {"id": ticket.id, "number": ticket.number, "state": ticket.state, "version": ticket.version}


def say(answer: Any) -> None:
    """Answer in one line."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Open the window named by the first line and obey the following ones."""
    wish = json.loads(sys.stdin.readline())
    seat = Seat(build_console(wish["dsn"], make_app(), folder=Path(wish["folder"]), language="zh_CN"))
    seat.sit()
    program = Program(seat)
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    say("open")
    while spin(lambda: not lines.empty(), FOREVER_S) and (line := lines.get()):
        order = json.loads(line)
        say({"done": program.orders[order.pop("order")](**order)})
    seat.window.close()


def _listen(lines: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        lines.put(line)
    lines.put("")


if __name__ == "__main__":
    main()
