"""What became of one ticket of many, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.ticket.bulk_store import BulkOutcome, BulkRow
from db.errors import BadPayload, Conflict, Refused

if TYPE_CHECKING:
    from console.app.session import Session

OUTCOMES: dict[str, object] = {
    "done": QT_TRANSLATE_NOOP("bulk", "done"),
    "refused": QT_TRANSLATE_NOOP("bulk", "refused"),
    "failed": QT_TRANSLATE_NOOP("bulk", "refused"),
    "conflict": QT_TRANSLATE_NOOP("bulk", "changed by others"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the list of results."""

    number_in_run: int
    number: str
    title: str
    outcome: str
    why: str


def told(outcome: BulkOutcome, number: int, row: BulkRow, session: Session) -> Told:
    """Say what became of a ticket in the words a single one would get."""
    word = QCoreApplication.translate("bulk", str(OUTCOMES[outcome.outcome]))
    why = "" if outcome.outcome == "done" else session.sentence(_error(outcome))
    return Told(number, row.number, row.title, word, why)


def _error(outcome: BulkOutcome) -> Exception:
    detail = outcome.detail
    if outcome.outcome == "conflict":
        at = datetime.fromisoformat(detail["at"]) if "at" in detail else None
        return Conflict(str(detail.get("by", "")), at, detail.get("version"))
    if outcome.code == "bad_payload":
        return BadPayload(str(detail.get("field", "")), str(detail.get("problem", "")))
    return Refused(outcome.code or "", detail, outcome.message or "")
