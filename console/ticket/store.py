"""Reads and calls about tickets against the api schema; no Qt."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, select, text

from console.kit.lamp import Light
from console.kit.rows import record_of
from console.ticket.intake_record import Duplicate, Suggestion
from console.ticket.page_record import Identity, Outcome
from console.ticket.record import (
    ID_OF_MONTH,
    Counts,
    Filter,
    Matching,
    Page,
    PageKey,
    SavedView,
    Ticket,
    TicketId,
    TicketState,
    Totals,
    page_key,
)
from db import model
from db.replica import Replica
from db.transaction import Halt, Question, single, together, transaction

Payload = Mapping[str, Any]
Row = Mapping[str, Any]

MOST_AT_ONCE = 1_000  # rows; api.tickets_page gives no more
_SNAPSHOT: Question = ("set transaction isolation level repeatable read, read only", {})
_PAGE = (
    "select * from api.tickets_page"
    "(%(filter)s::jsonb, %(order)s, %(at)s::timestamptz, %(id)s::bigint, %(limit)s::integer)"
)
TICKETS_OF = "select * from api.tickets_of(%(ids)s::bigint[])"
_SEARCH = (
    "select (s.ticket).* from api.search"
    "(%(text)s, %(filter)s::jsonb, %(at)s::timestamptz, %(id)s::bigint, %(limit)s::integer) s"
)
_SEARCH_COUNTS = "select api.search_counts(%(text)s, %(filter)s::jsonb) as counts"
_SEARCH_LIMIT: Question = ("set local statement_timeout = '5s'", {})
_COUNTS = "select api.queue_counts(%(filter)s::jsonb) as counts"
_PAST_COUNTS = "select api.history_counts(%(filter)s::jsonb) as counts"
_SEARCH_PHONE = text("select * from api.search_phone(:digits)")
_TOTALS = text("select api.view_totals(cast(:filters as jsonb))")
_ACT = text("select * from api.act(:id, :action, :version, :key, cast(:payload as jsonb))")
_OPEN = text("select * from api.open_ticket(:key, cast(:payload as jsonb))")
_OUTCOME = text("select api.outcome(:key)")
_DUPLICATES = text("select * from api.duplicates(cast(:payload as jsonb))")
_HISTORY = text("select * from api.caller_history(:phone)")
_SUGGEST = text("select api.suggest(:category, :place)")
_REVEAL = text("select api.reveal(:id, :reason)")
_ATTACH = text("select api.attach(:id, :key, :name, :media_type, :content)")
_CONTENT = text("select content from api.attachment(:id)")
_SAVE_VIEW = text("select api.save_view(:id, :name, cast(:filter as jsonb), :shared)")
_DROP_VIEW = text("select api.drop_view(:id)")


class TicketStore:
    """Everything the console asks about tickets; each call is one transaction.

    Lists of all years and searches may be a moment old: they are read from a standby where one is fit.
    """

    def __init__(self, engine: Engine, replica: Replica | None = None) -> None:
        self._engine = engine
        self._primary = Replica(engine)
        self._replica = replica or self._primary

    # lists

    def page(self, wanted: Filter, after: PageKey | None = None, limit: int = 200) -> Page:
        """Return the page behind `after` in the filter's order."""
        asked = _finding(wanted, after, limit)
        return self._source(wanted).read(lambda link: _page(together(link, asked)[-1], wanted, limit))

    def counts(self, wanted: Filter) -> Counts:
        """Count what matches by light and state, with what is changed now: never from a standby."""
        return self._primary.read(lambda link: _counted(link, wanted))

    def totals(self, wanted: Mapping[str, Filter]) -> Totals:
        """Count what each of many filters shows, and what each unit holds, in one question."""
        filters = {name: each.to_json() for name, each in wanted.items()}
        told = self._scalar(_TOTALS, filters=json.dumps(filters))
        units = {int(unit): n for unit, n in told["units"].items()}
        return Totals(told["totals"], frozenset(told["more"]), units)

    def first_page(
        self,
        wanted: Filter,
        limit: int = 200,
        halt: Halt | None = None,
        tell: Callable[[Page], None] | None = None,
        after: PageKey | None = None,
    ) -> tuple[Page, Counts]:
        """Return rows from the first on, or behind `after`, and the counts as of one moment.

        `tell` hears of the rows before they are counted.
        """

        def read(link: Connection) -> tuple[Page, Counts]:
            page = _long_page(link, wanted, after, limit)
            if tell is not None:
                tell(page)
            return page, _counted(link, wanted)

        return self._source(wanted).read(read, halt)

    def by_ids(self, ids: Sequence[TicketId]) -> list[Ticket]:
        """Return those of the tickets this person may see."""
        with single(self._engine) as connection:
            return [Ticket.of(row) for row in together(connection, [(TICKETS_OF, {"ids": list(ids)})])[0]]

    def by_number(self, number: str) -> Ticket | None:
        """Return the ticket with this number, if this person may see it."""
        table = model.tickets
        if not number[:6].isdecimal():
            return None
        month = int(number[:6]) * ID_OF_MONTH  # names the part of the table it lies in
        here = table.c.id.between(month, month + ID_OF_MONTH - 1)
        rows = self._rows(select(table).where(table.c.number == number, here))
        return Ticket.of(rows[0]) if rows else None

    def matching(self, ids: Sequence[TicketId], wanted: Filter) -> Matching:
        """Return the tickets, and which of them match, as of one moment."""
        asked = [_SNAPSHOT, (TICKETS_OF, {"ids": list(ids)}), *_finding(wanted, None, len(ids), ids)]
        with transaction(self._engine) as connection:
            _, rows, *_, hits = together(connection, asked)
            return [Ticket.of(row) for row in rows], frozenset(TicketId(row["id"]) for row in hits)

    def search(self, words: str, limit: int, halt: Halt | None = None) -> list[Ticket]:
        """Return the newest tickets of all years that have the words."""
        wanted = Filter(text=words, open_only=False)
        asked = _finding(wanted, None, limit)
        return self._source(wanted).read(lambda link: [*map(Ticket.of, together(link, asked)[-1])], halt)

    def search_phone(self, digits: str) -> list[Ticket]:
        """Return tickets whose caller's number ends so; the first call only writes the register."""
        self._register(_SEARCH_PHONE, {"digits": digits})
        with transaction(self._engine) as connection:
            return [
                Ticket.of(row) for row in connection.execute(_SEARCH_PHONE, {"digits": digits}).mappings()
            ]

    # one ticket

    def attachment_content(self, attachment_id: int) -> bytes:
        """Return the bytes of one file; those of a camera's picture are for the camera room."""
        return bytes(self._scalar(_CONTENT, id=attachment_id))

    # intentions: one api call each

    def act(self, ticket_id: TicketId, action: str, version: int, key: uuid.UUID, payload: Payload) -> Ticket:
        """Carry out one action and return the new row."""
        values = {"id": ticket_id, "action": action, "version": version, "key": key}
        return self._ticket(_ACT, **values, payload=json.dumps(payload))

    def open_ticket(self, key: uuid.UUID, payload: Payload) -> Ticket:
        """Register a new report."""
        return self._ticket(_OPEN, key=key, payload=json.dumps(payload))

    def outcome(self, key: uuid.UUID) -> Outcome:
        """Ask what became of a request whose answer was lost."""
        data = self._scalar(_OUTCOME, key=key)
        if not data["known"]:
            return Outcome(known=False)
        return record_of(Outcome, data, at=_moment(data["at"]))

    def reveal(self, ticket_id: TicketId, reason: str) -> Identity:
        """Show the caller's plain identity for a while; the first call only writes the register."""
        data = self._scalar(_REVEAL, id=ticket_id, reason=reason)
        if not data["is_registered"]:
            data = self._scalar(_REVEAL, id=ticket_id, reason=reason)
        return record_of(Identity, data, expires_at=datetime.fromisoformat(data["expires_at"]))

    def attach(self, ticket_id: TicketId, key: uuid.UUID, name: str, media_type: str, content: bytes) -> int:
        """Store a file with the ticket and return its id."""
        data = self._scalar(_ATTACH, id=ticket_id, key=key, name=name, media_type=media_type, content=content)
        return int(data["id"])

    # intake

    def duplicates(self, payload: Payload) -> list[Duplicate]:
        """Return likely duplicates of the last thirty days, best first."""
        words = {"payload": json.dumps(payload)}
        if payload.get("phone"):
            self._register(_DUPLICATES, words)
        with transaction(self._engine) as connection:
            rows = connection.execute(_DUPLICATES, words).mappings()
            return [
                record_of(Duplicate, row, state=TicketState(row["state"]), reason=tuple(row["reason"]))
                for row in rows
            ]

    def caller_history(self, phone: str) -> list[Ticket]:
        """Return earlier tickets of this number, newest first; the first call only writes the register."""
        self._register(_HISTORY, {"phone": phone})
        with transaction(self._engine) as connection:
            return [Ticket.of(row) for row in connection.execute(_HISTORY, {"phone": phone}).mappings()]

    def suggest(self, category_id: int | None, place_id: int | None) -> Suggestion:
        """Ask the responsibility directory who should lead and when it would be due."""
        data = self._scalar(_SUGGEST, category=category_id, place=place_id)
        return record_of(
            Suggestion,
            data,
            assist_unit_ids=tuple(data["assist_unit_ids"] or ()),
            contact_due_at=_moment(data["contact_due_at"]),
            answer_due_at=_moment(data["answer_due_at"]),
        )

    # saved views

    def views(self) -> list[SavedView]:
        """Return own and shared views in their order."""
        table = model.saved_views
        rows = self._rows(select(table).order_by(table.c.rank, table.c.name))
        return [record_of(SavedView, row, filter=Filter.from_json(row["filter"])) for row in rows]

    def save_view(self, view_id: int | None, name: str, wanted: Filter, *, shared: bool = False) -> int:
        """Create a view, or rename and replace one, and return its id."""
        values = {"id": view_id, "name": name, "filter": json.dumps(wanted.to_json()), "shared": shared}
        return int(self._scalar(_SAVE_VIEW, **values))

    def drop_view(self, view_id: int) -> None:
        """Delete a view."""
        self._scalar(_DROP_VIEW, id=view_id)

    # plumbing

    def _source(self, wanted: Filter) -> Replica:
        return self._replica if wanted.may_be_old else self._primary

    def _rows(self, statement: Select[Any]) -> Sequence[RowMapping]:
        with single(self._engine) as connection:
            return connection.execute(statement).mappings().all()

    def _scalar(self, statement: Any, **values: object) -> Any:
        with single(self._engine) as connection:
            return connection.execute(statement, values).scalar_one()

    def _register(self, statement: Any, values: Mapping[str, object]) -> None:
        """Ask for the first time, which writes the register; the same asked again is answered."""
        with single(self._engine) as connection:
            connection.execute(statement, values)

    def _ticket(self, statement: Any, **values: object) -> Ticket:
        with single(self._engine) as connection:
            return Ticket.of(connection.execute(statement, values).mappings().one())


def _page(rows: Sequence[Row], wanted: Filter, limit: int) -> Page:
    tickets = tuple(map(Ticket.of, rows))
    return Page(tickets, page_key(tickets[-1], wanted.order) if len(tickets) == limit else None)


def _long_page(link: Connection, wanted: Filter, after: PageKey | None, limit: int) -> Page:
    """Read page behind page as of one moment: a single question brings a thousand rows at most."""
    rows: tuple[Ticket, ...] = ()
    asked = [_SNAPSHOT]
    while True:
        n = min(limit - len(rows), MOST_AT_ONCE)
        page = _page(together(link, [*asked, *_finding(wanted, after, n)])[-1], wanted, n)
        rows, after, asked = rows + page.rows, page.next, []
        if after is None or len(rows) == limit:
            return Page(rows, after)


def _finding(
    wanted: Filter, after: PageKey | None, limit: int, ids: Sequence[TicketId] | None = None
) -> list[Question]:
    """Say what to ask for the rows that match; the last answer has them."""
    limits = wanted.to_json()
    if ids is not None:
        limits["ids"] = [each for each in ids if not wanted.ids or each in wanted.ids]
    values = {
        "filter": json.dumps(limits),
        "at": after.at if after else None,
        "id": after.id if after else None,
        "limit": limit,
    }
    if not wanted.text:
        return [(_PAGE, values | {"order": wanted.order})]
    return [_SEARCH_LIMIT, (_SEARCH, values | {"text": wanted.text})]


def _counting(wanted: Filter) -> Question:
    values = {"filter": json.dumps(wanted.to_json())}
    if wanted.text:
        return _SEARCH_COUNTS, values | {"text": wanted.text}
    return _COUNTS if wanted.open_only else _PAST_COUNTS, values


def _counted(link: Connection, wanted: Filter) -> Counts:
    """Count by light over all lights, and by state over all states: what choosing another would show."""
    choices = [wanted]
    if wanted.lights:
        choices.append(replace(wanted, lights=()))
    if wanted.states:
        choices.append(replace(wanted, states=()))
    asked = [_SEARCH_LIMIT] if wanted.text else []
    answers = together(link, asked + [_counting(each) for each in choices])
    told = [_counts(rows[0]["counts"]) for rows in answers if rows]
    counts = told.pop(0)
    lights = told.pop(0).lights if wanted.lights else counts.lights
    states = told.pop(0).states if wanted.states else counts.states
    return replace(counts, lights=lights, states=states)


def _counts(data: Mapping[str, Any]) -> Counts:
    if data.get("more"):
        return Counts(data["total"], None, None, more=True, since=_moment(data.get("since")))
    return Counts(
        data["total"],
        {Light(code): n for code, n in data["lights"].items()},
        {TicketState(code): n for code, n in data["states"].items()},
        since=_moment(data.get("since")),
    )


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
