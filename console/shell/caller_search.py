"""Tickets by the end of the caller's number: a reveal, so it is asked for and never typed ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.directory.record import Me
from console.kit.notices import Notice, Severity
from console.ticket.record import Filter, Order, Ticket

if TYPE_CHECKING:
    from console.app.session import Session

SEARCHERS = frozenset(
    {"operator", "callback", "supervisor"}
)  # the database decides; this only spares a refusal


def may_search_callers(me: Me) -> bool:
    """Say whether to offer it."""
    return not SEARCHERS.isdisjoint(me.duties)


class CallerSearch(QObject):
    """Ask once, show the tickets in the queue."""

    def __init__(self, session: Session, show: Callable[[Filter], None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._show = show

    def run(self, digits: str) -> None:
        """Look for callers whose number ends so; the database writes the register."""
        work = partial(self._session.store.search_phone, digits)
        self._session.reads.run(work, partial(self._on_found, digits), self._session.report)

    def _on_found(self, digits: str, tickets: Sequence[Ticket]) -> None:
        if tickets:
            ids = tuple(ticket.id for ticket in tickets)
            self._show(Filter(ids=ids, open_only=False, order=Order.NEWEST))
            return
        text = self.tr("No caller's number ends in {digits}.").format(digits=digits)
        self._session.notices.post(Notice(Severity.INFO, text))
