"""What waits at a desk: each list is a filter the database counts and fills. No Qt widgets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.ticket.record import Filter, Order, TicketState

DECIDERS = frozenset({"supervisor", "inspector", "leader"})
OPERATORS = frozenset({"operator", "supervisor"})
REVIEWERS = frozenset({"operator", "inspector"})
S = TicketState


@dataclass(frozen=True)
class DeskList:
    """One list; `duties` are those whose turn it is, an empty set means everybody at the desk."""

    key: str
    title: object
    wanted: Filter
    duties: frozenset[str] = frozenset()

    def shown_title(self) -> str:
        """Return the translated title."""
        return QCoreApplication.translate("desks", str(self.title))


UNIT_LISTS = (
    DeskList("sign", QT_TRANSLATE_NOOP("desks", "To sign"), Filter(states=(S.SENT,), mine=True, role="lead")),
    DeskList(
        "contact",
        QT_TRANSLATE_NOOP("desks", "Contact due"),
        Filter(states=(S.WORK,), mine=True, role="lead", contacted=False),
    ),
    DeskList(
        "work",
        QT_TRANSLATE_NOOP("desks", "Working"),
        Filter(states=(S.WORK,), mine=True, role="lead", contacted=True),
    ),
    DeskList(
        "back",
        QT_TRANSLATE_NOOP("desks", "Came back to me"),
        Filter(states=(S.SENT, S.WORK), mine=True, role="lead", came_back=True),
    ),
    DeskList(
        "asked",
        QT_TRANSLATE_NOOP("desks", "Extension or hold asked"),
        Filter(pending=("extension", "hold"), mine=True, role="lead"),
    ),
    DeskList("hold", QT_TRANSLATE_NOOP("desks", "On hold"), Filter(states=(S.HOLD,), mine=True, role="lead")),
    DeskList(
        "assist",
        QT_TRANSLATE_NOOP("desks", "I assist"),
        Filter(states=(S.SENT, S.WORK, S.HOLD), mine=True, role="assist"),
    ),
    DeskList(
        "answered",
        QT_TRANSLATE_NOOP("desks", "Answered, being checked"),
        Filter(states=(S.REVIEW, S.CALLBACK), mine=True, role="lead"),
    ),
)

CENTRE_LISTS = (
    DeskList("new", QT_TRANSLATE_NOOP("desks", "New"), Filter(states=(S.NEW,)), OPERATORS),
    DeskList("triage", QT_TRANSLATE_NOOP("desks", "To dispatch"), Filter(states=(S.TRIAGE,)), OPERATORS),
    DeskList("return", QT_TRANSLATE_NOOP("desks", "Returns to judge"), Filter(states=(S.RETURN,)), OPERATORS),
    DeskList(
        "refusal",
        QT_TRANSLATE_NOOP("desks", "Refusals to confirm"),
        Filter(pending=("refusal",)),
        frozenset({"supervisor"}),
    ),
    DeskList(
        "extension",
        QT_TRANSLATE_NOOP("desks", "Extensions to decide"),
        Filter(pending=("extension",)),
        frozenset({"supervisor", "leader"}),
    ),
    DeskList(
        "hold",
        QT_TRANSLATE_NOOP("desks", "Holds to decide"),
        Filter(pending=("hold",)),
        frozenset({"inspector", "leader"}),
    ),
    DeskList(
        "held", QT_TRANSLATE_NOOP("desks", "On hold"), Filter(states=(S.HOLD,)), frozenset({"supervisor"})
    ),
    DeskList(
        "review", QT_TRANSLATE_NOOP("desks", "Feedback to review"), Filter(states=(S.REVIEW,)), REVIEWERS
    ),
    DeskList(
        "callback",
        QT_TRANSLATE_NOOP("desks", "Callbacks to make"),
        Filter(states=(S.CALLBACK,)),
        frozenset({"callback"}),
    ),
    DeskList(
        "redo",
        QT_TRANSLATE_NOOP("desks", "Redos to decide"),
        Filter(pending=("redo",)),
        frozenset({"supervisor", "inspector"}),
    ),
    DeskList(
        "confer",
        QT_TRANSLATE_NOOP("desks", "Conference"),
        Filter(states=(S.CONFER,)),
        frozenset({"supervisor", "inspector"}),
    ),
    DeskList("special", QT_TRANSLATE_NOOP("desks", "Special reports"), Filter(states=(S.SPECIAL,)), DECIDERS),
    DeskList(
        "merged", QT_TRANSLATE_NOOP("desks", "Merged"), Filter(states=(S.MERGED,)), frozenset({"callback"})
    ),
    DeskList(
        "archive",
        QT_TRANSLATE_NOOP("desks", "To archive"),
        Filter(states=(S.DONE, S.REFUSED, S.FORWARDED), open_only=False, order=Order.NEWEST),
        frozenset({"operator"}),
    ),
)


def by_turn(lists: Sequence[DeskList], duties: Collection[str]) -> list[DeskList]:
    """Put the lists that wait for this person's duties first."""
    return sorted(lists, key=lambda each: bool(each.duties) and each.duties.isdisjoint(duties))
