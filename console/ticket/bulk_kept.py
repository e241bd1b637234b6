"""A run over many tickets in the journal: what was typed and what became of each survives its console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from threading import Event
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from console.ticket.bulk_store import BulkOutcome, BulkRow
from console.ticket.record import TicketId

if TYPE_CHECKING:
    from console.app.journal import Draft, Journal

RUN, PIECE, TEXT = "bulk", "bulk piece", "bulk text"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """What is known of a run: its rows as far as they were sent, those without an outcome last."""

    action: str
    payload: Mapping[str, Any]
    total: int
    rows: tuple[BulkRow, ...]
    keys: tuple[UUID, ...]
    outcomes: tuple[BulkOutcome, ...]


class BulkKeeper:
    """Keeps one run, a piece before it is sent and again when it is answered, until it is forgotten."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._run: UUID | None = None
        self._pieces: dict[int, UUID] = {}

    def begin(self, action: str, payload: Mapping[str, Any], total: int) -> None:
        """Keep another run in the place of the last one."""
        self.forget()
        self._run = uuid4()
        self._journal.save_draft(self._run, RUN, {"action": action, "payload": payload, "total": total})

    def keep(
        self,
        first: int,
        rows: Sequence[BulkRow],
        keys: Sequence[UUID],
        outcomes: Sequence[BulkOutcome] = (),
    ) -> Event:
        """Keep the piece that begins with the row of this number; the event is set when the disk has it."""
        piece = self._pieces.setdefault(first, uuid4())
        data = {
            "run": str(self._run),
            "first": first,
            "rows": [asdict(row) for row in rows],
            "keys": [str(key) for key in keys],
            "outcomes": [asdict(outcome) for outcome in outcomes],
        }
        self._journal.save_draft(piece, PIECE, data)
        return self._journal.flush()

    def found(self) -> KeptRun | None:
        """Return the run that an earlier console has left, and go on keeping it."""
        runs = self._journal.drafts(RUN)
        if not runs:
            return None
        head = runs[-1]
        self._run = head.key
        mine = [each for each in self._journal.drafts(PIECE) if each.data["run"] == str(head.key)]
        pieces = sorted(mine, key=_first)
        self._pieces = {_first(each): each.key for each in pieces}
        return KeptRun(
            head.data["action"],
            head.data["payload"],
            head.data["total"],
            tuple(BulkRow(**row) for each in pieces for row in each.data["rows"]),
            tuple(UUID(key) for each in pieces for key in each.data["keys"]),
            tuple(_outcome(told) for each in pieces for told in each.data["outcomes"]),
        )

    def keep_text(self, action: str, payload: Mapping[str, Any]) -> None:
        """Keep what is typed for an action."""
        key = next((each.key for each in self._texts(action)), uuid4())
        self._journal.save_draft(key, TEXT, {"action": action, "payload": dict(payload)})

    def text(self, action: str) -> Mapping[str, Any]:
        """Return what was typed for an action and not sent."""
        return next((each.data["payload"] for each in self._texts(action)), {})

    def forget_text(self, action: str) -> None:
        """Throw away what was typed for an action: it is sent."""
        for draft in self._texts(action):
            self._journal.drop_draft(draft.key)

    def _texts(self, action: str) -> list[Draft]:
        return [each for each in self._journal.drafts(TEXT) if each.data["action"] == action]

    def forget(self) -> None:
        """Throw away the run that is kept."""
        for kind in (RUN, PIECE):
            for draft in self._journal.drafts(kind):
                self._journal.drop_draft(draft.key)
        self._run = None
        self._pieces = {}


def _first(piece: Draft) -> int:
    return int(piece.data["first"])


def _outcome(told: Mapping[str, Any]) -> BulkOutcome:
    return BulkOutcome(**{**told, "ticket_id": TicketId(told["ticket_id"])})
