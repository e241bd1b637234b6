"""Which pages of a long list are in memory; no Qt, no SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.ticket.record import Order, Page, PageKey, Ticket, TicketId, page_key


def sort_key(key: PageKey, order: Order) -> tuple[Any, ...]:
    """Return what puts rows in the list's order: by due moment, none last; or newest first."""
    if order is Order.NEWEST and key.at is not None:
        return (-key.at.timestamp(), -key.id)
    return (key.at is None, key.at.timestamp() if key.at else 0.0, key.id)


@dataclass
class Window:
    """A run of neighbouring pages; pages given up in front are remembered by their start."""

    order: Order
    next: PageKey | None = None
    starts: list[PageKey | None] = field(default_factory=lambda: [None])
    behind: list[PageKey | None] = field(default_factory=list)

    def again(self) -> Window:
        """Return a window with the same beginning, to be filled."""
        return Window(self.order, starts=self.starts[:1], behind=list(self.behind))

    def fill(self, rows: Sequence[Ticket], behind: PageKey | None, size: int) -> None:
        """Take the rows from the beginning on as pages of a size, and where what is behind begins."""
        self.starts += [page_key(row, self.order) for row in rows[size - 1 : -1 : size]]
        self.next = behind

    def append(self, page: Page) -> None:
        """Take the page behind the last one."""
        self.starts.append(self.next)
        self.next = page.next

    def prepend(self) -> None:
        """Take back the page given up last."""
        self.starts.insert(0, self.behind.pop())

    def covers(self, ticket: Ticket) -> bool:
        """Say whether a ticket's place is inside the window, not on a page that is not loaded."""
        place = sort_key(page_key(ticket, self.order), self.order)
        first = self.starts[0]
        is_behind_front = first is None or place > sort_key(first, self.order)
        return is_behind_front and (self.next is None or place <= sort_key(self.next, self.order))

    def give_up_front(self, rows: Iterable[Ticket]) -> tuple[TicketId, ...]:
        """Forget the first page and return its rows' ids."""
        if len(self.starts) == 1:
            return ()
        self.behind.append(self.starts.pop(0))
        return self._outside(rows)

    def give_up_back(self, rows: Iterable[Ticket]) -> tuple[TicketId, ...]:
        """Forget the last page and return its rows' ids."""
        if len(self.starts) == 1:
            return ()
        self.next = self.starts.pop()
        return self._outside(rows)

    def _outside(self, rows: Iterable[Ticket]) -> tuple[TicketId, ...]:
        return tuple(row.id for row in rows if not self.covers(row))
