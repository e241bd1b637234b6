"""What the console has to say: data in one list; the shell shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

LIMIT = 200


class Severity(StrEnum):
    """How a notice is meant: what kind of thing happened."""

    INFO = "info"
    DONE = "done"
    REFUSED = "refused"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"
    BUG = "bug"


@dataclass(frozen=True)
class NoticeAction:
    """One thing the operator may do about a notice."""

    text: str
    run: Callable[[], None]


@dataclass(frozen=True)
class Notice:
    """One message, already in the operator's language."""

    severity: Severity
    text: str
    detail: str = ""
    actions: tuple[NoticeAction, ...] = ()
    sticky: bool = False
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    count: int = 1


class Notices(QObject):
    """The list, newest last. Repeats merge into one notice with a count.

    Signals: posted(Notice).
    """

    posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._list: list[Notice] = []

    def post(self, notice: Notice) -> None:
        """Add a notice."""
        for old in self._list:
            if (old.severity, old.text, old.detail) == (notice.severity, notice.text, notice.detail):
                self._list.remove(old)
                notice = replace(notice, count=old.count + 1)
                break
        self._list = [*self._list[-LIMIT + 1 :], notice]
        self.posted.emit(notice)

    def all(self) -> Sequence[Notice]:
        """Return the notices, newest last."""
        return tuple(self._list)

    def clear(self) -> None:
        """Forget them."""
        self._list.clear()
