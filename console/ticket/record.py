"""What the console knows about tickets: frozen rows, the queue's filter, the light."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType, Self

from console.kit.lamp import Light
from console.kit.rows import names_of, record_of

TicketId = NewType("TicketId", int)
ID_OF_MONTH = 10**8  # an id is yyyymm and eight digits


class TicketState(StrEnum):
    """Where a ticket stands; the words for it are in the directory."""

    DRAFT = "DRAFT"
    NEW = "NEW"
    TRIAGE = "TRIAGE"
    SENT = "SENT"
    WORK = "WORK"
    RETURN = "RETURN"
    CONFER = "CONFER"
    SPECIAL = "SPECIAL"
    HOLD = "HOLD"
    REVIEW = "REVIEW"
    CALLBACK = "CALLBACK"
    DONE = "DONE"
    ARCHIVED = "ARCHIVED"
    REFUSED = "REFUSED"
    FORWARDED = "FORWARDED"
    MERGED = "MERGED"
    VOID = "VOID"


class Order(StrEnum):
    """Order of a list: the open queue by due moment, history by newest."""

    DUE = "due"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Current facts of one ticket, as api.tickets shows them to this person."""

    id: TicketId
    district_id: int
    number: str
    version: int
    state: TicketState
    is_open: bool
    pending: str | None
    kind: str
    channel: str
    source: str
    external_number: str | None
    track: str | None
    is_urgent: bool
    is_complex: bool
    title: str
    body: str
    category_id: int | None
    domain_id: int | None
    place_id: int | None
    p_town: int | None
    p_area: int | None
    p_grid: int | None
    place_text: str
    lon: float | None
    lat: float | None
    caller_label: str
    caller_secret: bool
    wants_reply: bool
    handler_unit_id: int | None
    assist_unit_ids: tuple[int, ...]
    first_unit_id: int | None
    accused_unit_id: int | None
    designated: bool
    leg: int
    returns: int
    reworks: int
    extensions: int
    callback_required: bool
    callback_attempts: int
    solved: bool | None
    satisfaction: str | None
    end_code: str | None
    main_ticket_id: TicketId | None
    follows_ticket_id: TicketId | None
    created_at: datetime
    updated_at: datetime
    dispatched_at: datetime | None
    signed_at: datetime | None
    contacted_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    archived_at: datetime | None
    hold_review_on: date | None
    contact_due_at: datetime | None
    answer_due_at: datetime | None
    due_at: datetime | None
    yellow_at: datetime | None
    red_at: datetime | None
    red_since: datetime | None
    due_provisional: bool
    asked: Mapping[str, Any] | None = field(hash=False)
    created_by: str

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """Build from a row of api.tickets or of a function that returns such rows."""
        return record_of(
            cls, row, state=TicketState(row["state"]), assist_unit_ids=tuple(row["assist_unit_ids"])
        )


def light_of(ticket: Ticket, now: datetime) -> Light:
    """Compare the stored moments with the server's now."""
    if ticket.due_at is None or ticket.red_at is None:
        return Light.HELD
    if now >= ticket.red_at:
        return Light.RED
    if ticket.yellow_at is not None and now >= ticket.yellow_at:
        return Light.YELLOW
    return Light.GREEN


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows; empty tuples and None mean no limit."""

    lights: tuple[Light, ...] = ()
    states: tuple[TicketState, ...] = ()
    pending: tuple[str, ...] = ()
    unit_id: int | None = None
    territory_id: int | None = None
    category_id: int | None = None
    channels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    text: str = ""
    open_only: bool = True
    mine: bool = False
    role: str | None = None
    contacted: bool | None = None
    came_back: bool | None = None
    ids: tuple[TicketId, ...] = ()
    overdue: bool | None = None
    answers: tuple[str, ...] = ()
    held_by: int | None = None
    place_only: int | None = None
    category_only: int | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    order: Order = Order.DUE

    def __post_init__(self) -> None:
        """List what was sought newest first: that is the order in which it is found."""
        if self.text:
            object.__setattr__(self, "order", Order.NEWEST)

    @property
    def may_be_old(self) -> bool:
        """Say whether a standby may show it: all years and what words find, never the work at hand."""
        return bool(self.text) or not self.open_only

    def to_json(self) -> dict[str, Any]:
        """Return what limits the list, under the names the database reads."""
        values = {name: getattr(self, name) for name in names_of(Filter)}
        return {
            name: _PLAIN.get(type(value), _same)(value)
            for name, value in values.items()
            if value not in ((), None, "")
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; names a newer console added are left out."""
        known = {name: data[name] for name in names_of(cls) if name in data}
        for name, convert in _LISTS.items():
            if name in known:
                known[name] = tuple(convert(value) for value in known[name])
        for name, read in _SINGLE.items():
            if known.get(name) is not None:
                known[name] = read(known[name])
        return cls(**known)


_CODES: dict[str, Callable[[Any], Any]] = {"lights": Light, "states": TicketState}
_LISTS: Mapping[str, Callable[[Any], Any]] = (
    _CODES | dict.fromkeys(("pending", "channels", "kinds", "answers"), str) | {"ids": int}
)
_SINGLE: Mapping[str, Callable[[Any], Any]] = {
    "order": Order,
    "created_from": datetime.fromisoformat,
    "created_to": datetime.fromisoformat,
}
_PLAIN: Mapping[type, Callable[[Any], Any]] = {tuple: list, datetime: datetime.isoformat}


@dataclass(frozen=True, slots=True)
class PageKey:
    """Where a page ended: the ordering moment and the id of its last row."""

    at: datetime | None
    id: TicketId


def page_key(ticket: Ticket, order: Order) -> PageKey:
    """Return the key of the page that begins behind this ticket."""
    return PageKey(ticket.due_at if order is Order.DUE else ticket.created_at, ticket.id)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in order and where the next page begins; None at the end."""

    rows: tuple[Ticket, ...]
    next: PageKey | None


Matching = tuple[list[Ticket], frozenset[TicketId]]  # tickets this person may see, and which of them match


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tickets match a filter: all, by light, by state.

    A search and a list of all years count only so far: where there are `more`, nothing is known (None) of
    lights and states.
    """

    total: int = 0
    lights: Mapping[Light, int] | None = field(default_factory=dict, hash=False)
    states: Mapping[TicketState, int] | None = field(default_factory=dict, hash=False)
    more: bool = False
    since: datetime | None = None  # one character is not sought in what is older


@dataclass(frozen=True, slots=True)
class Totals:
    """How many tickets many lists show, by their names; how many open ones units hold with all below.

    The lists in `more` were counted only so far.
    """

    lists: Mapping[str, int] = field(default_factory=dict, hash=False)
    more: frozenset[str] = frozenset()
    units: Mapping[int, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named filter: one's own, or shared with the district when it has no owner."""

    id: int
    owner: str | None
    name: str
    filter: Filter
    rank: int
