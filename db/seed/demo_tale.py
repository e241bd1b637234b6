"""The story of one demo ticket: who takes part, what it is about, and the verbs its plot is told in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from db.seed import demo_texts as texts
from db.seed.demo_texts import Writer

# Office hours of one working day; every duration below is in such hours.
DAY = 9.0
Span = tuple[float, float]


@dataclass(frozen=True)
class Desk:
    """A unit that can be given tickets, and who answers for it."""

    unit_id: int
    login: str


@dataclass(frozen=True)
class Cast:
    """The persons of a district by duty."""

    operators: tuple[str, ...]
    callbacks: tuple[str, ...]
    supervisor: str
    inspector: str
    leader: str
    intake: str
    worker: str


@dataclass(frozen=True)
class Case:
    """What the ticket is about and whose it is."""

    opening: dict[str, Any]
    lead: Desk
    town: Desk
    other: Desk
    area: Desk
    is_urgent: bool
    review_on: date


@dataclass(frozen=True)
class Step:
    """One action and how long after the one before it comes."""

    hours: float
    login: str
    action: str
    payload: dict[str, Any]


@dataclass
class Tale:
    """Collects the steps of one ticket; each verb is one action by the person who does it."""

    random: Random
    cast: Cast
    case: Case
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writer = Writer(self.random)
        self.operator = self.random.choice(self.cast.operators)
        self.handler = self.case.lead

    def do(self, login: str, action: str, after: Span, **payload: Any) -> None:
        """Append an action; urgent matters move six times as fast."""
        pace = 6.0 if self.case.is_urgent else 1.0
        self.steps.append(Step(self.random.uniform(*after) / pace, login, action, payload))

    def open(self) -> None:
        """Begin: the operator writes it down, or another system hands it in."""
        by_operator = self.case.opening["channel"] in ("phone", "visit", "letter")
        self.do(self.operator if by_operator else self.cast.intake, "open", (0, 0), **self.case.opening)

    def dispatch(self, desk: Desk | None = None, *, is_complex: bool = False) -> None:
        """Send it to the unit that answers for it."""
        self.handler = desk or self.case.lead
        self.do(
            self.operator,
            "dispatch",
            (0.1, 1.2),
            unit=self.handler.unit_id,
            complex=is_complex,
            basis="网格事项管理责任清单（演示）",
        )

    def start(self, desk: Desk | None = None, *, is_complex: bool = False) -> None:
        """Open, dispatch, sign and get in touch: the first working day of a well-kept ticket."""
        self.open()
        self.dispatch(desk, is_complex=is_complex)
        self.sign_and_contact()

    def sign_and_contact(self) -> None:
        """Sign, then call the citizen."""
        self.unit("sign", (0.2, 2.5))
        self.contact()

    def contact(self) -> None:
        """Record the call to the citizen."""
        self.unit(
            "record_contact",
            (0.3, 4),
            how=self.writer.one(("phone", "phone", "visit", "message", "site")),
            text=self.writer.one(texts.CONTACTED),
        )
        if self.random.random() < 0.35:
            self.unit("progress", (0.5, 3), text=self.writer.one(texts.PROGRESS))

    def unit(self, action: str, after: Span, **payload: Any) -> None:
        """Act as the unit that holds the ticket."""
        self.do(self.handler.login, action, after, **payload)

    def feedback(self, after: Span) -> None:
        """Say what was done."""
        self.unit("feedback", after, done=self.writer.one(texts.DONE), solved=self.random.random() < 0.93)

    def approve(self) -> None:
        """Check the feedback."""
        self.do(self.operator, "approve_feedback", (0.3, 5))

    def attempt(self) -> None:
        """Call back in vain."""
        self.do(self.caller, "callback_attempt", (0.5, 4), note=self.writer.one(texts.UNREACHED))

    def call_back(self) -> None:
        """Reach the citizen and ask."""
        if self.random.random() < 0.2:
            self.attempt()
        grade = self.random.choices(("satisfied", "basically_satisfied", "dissatisfied"), (76, 13, 11))[0]
        happy = grade != "dissatisfied"
        self.do(
            self.caller,
            "callback_result",
            (0.5, 8),
            solved=happy or self.random.random() < 0.3,
            satisfaction=grade,
            note=self.writer.one(texts.CALLBACK_NOTES if happy else texts.UNHAPPY_NOTES),
        )

    def archive(self) -> None:
        """File it."""
        self.do(self.cast.worker, "archive", (1, 8))

    def finish(self) -> None:
        """Review, call back, archive."""
        self.approve()
        self.call_back()
        self.archive()

    def turned_back(self) -> None:
        """Return as not ours, after a wrong dispatch."""
        self.open()
        self.dispatch(self.case.other)
        self.unit(
            "return",
            (1, 7),
            basis="not_duty",
            text=self.writer.one(texts.RETURN_TEXTS),
            suggested_unit=self.case.lead.unit_id,
        )

    @property
    def caller(self) -> str:
        """Name the clerk who calls back."""
        return self.cast.callbacks[len(self.steps) % len(self.cast.callbacks)]
