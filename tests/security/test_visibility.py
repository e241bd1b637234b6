"""R902, R903: every door shows a person what an independent model of the rules says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import LiteralString

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from psycopg.rows import dict_row
from rules import CENTRE, Ticket, Unit, World
from worlds import LOGINS, PHONE, Builder, Placed, worlds

from db.admin.context import demo_password
from db.embedded import Address

Desks = dict[str, psycopg.Connection[dict[str, object]]]
Door = Callable[[psycopg.Connection[dict[str, object]], Placed], set[int]]
ALL = '{"open_only": false}'
ASKED: list[str] = []


@pytest.fixture(scope="module")
def owner(shared_database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(shared_database, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def desks(shared_database: str, server: Address) -> Iterator[Desks]:
    """Every person at a desk of his own, logged in with his own password."""
    name = shared_database.rsplit("/", 1)[1]
    with ExitStack() as stack:
        yield {
            login: stack.enter_context(
                psycopg.connect(
                    server.dsn(name, user=login, password=demo_password()),
                    autocommit=True,
                    row_factory=dict_row,
                )
            )
            for login in LOGINS
        }


def asked(query: str, *values: object) -> Door:
    """Make a door of a query whose rows have a column `id`."""
    ASKED.append(query)

    def door(desk: psycopg.Connection[dict[str, object]], _placed: Placed) -> set[int]:
        return {int(str(row["id"])) for row in desk.execute(query, values)}

    return door


def exported(what: str, wanted: str, page: LiteralString) -> Door:
    """Take everything out; the register comes first, in a transaction of its own."""

    def door(desk: psycopg.Connection[dict[str, object]], _placed: Placed) -> set[int]:
        begun = desk.execute("select api.begin_export(%s, %s) as id", [what, wanted]).fetchone()
        assert begun is not None
        rows = desk.execute(page, [begun["id"]]).fetchall()
        desk.execute("select api.end_export(%s, %s)", [begun["id"], len(rows)])
        return {int(str(row["id"])) for row in rows}

    return door


def twice(door: Door) -> Door:
    """Knock first: the register comes before the answer."""

    def second(desk: psycopg.Connection[dict[str, object]], placed: Placed) -> set[int]:
        return door(desk, placed) or door(desk, placed)

    return second


def paged(order: str) -> Door:
    """Walk the list three rows at a time, as a window scrolls."""

    def door(desk: psycopg.Connection[dict[str, object]], _placed: Placed) -> set[int]:
        found: list[dict[str, object]] = []
        while True:
            last = found[-1] if found else {}
            at = last.get("created_at" if order == "newest" else "due_at")
            page = desk.execute(
                "select * from api.tickets_page(%s, %s, %s, %s, 3)", [ALL, order, at, last.get("id")]
            ).fetchall()
            found += page
            if len(page) < 3:
                assert len({row["id"] for row in found}) == len(found)
                return {int(str(row["id"])) for row in found}

    return door


def sought(text: str) -> Door:
    """Search three rows at a time; the counts must be of the same tickets."""

    def door(desk: psycopg.Connection[dict[str, object]], _placed: Placed) -> set[int]:
        found: list[dict[str, object]] = []
        while True:
            last = found[-1] if found else {}
            page = desk.execute(
                "select (s.ticket).id, (s.ticket).created_at from api.search(%s, %s, %s, %s, 3) s",
                [text, ALL, last.get("created_at"), last.get("id")],
            ).fetchall()
            found += page
            if len(page) < 3:
                counts = desk.execute("select api.search_counts(%s, %s) as c", [text, ALL]).fetchall()[0]["c"]
                assert isinstance(counts, dict)
                assert counts["total"] == len(found)
                assert figures_of(desk, text) == len(found)
                assert len({row["id"] for row in found}) == len(found)
                return {int(str(row["id"])) for row in found}

    return door


def figures_of(desk: psycopg.Connection[dict[str, object]], text: str) -> int:
    """Add up what the figures of a search count."""
    query = (
        "select coalesce(sum(f.tickets), 0)::int as n, bool_or(s.below is not null) as goes_on"
        " from api.search_figures(%s::jsonb || jsonb_build_object('text', %s::text), 'kind') s"
        " left join lateral unnest(s.figures) f on true"
    )
    row = desk.execute(query, [ALL, text]).fetchall()[0]
    assert not row["goes_on"]
    return int(str(row["n"]))


def tried(query: str, *, by_attachment: bool = False) -> Door:
    """Try a function on every ticket there is: LD004 tells what stays hidden."""

    def door(desk: psycopg.Connection[dict[str, object]], placed: Placed) -> set[int]:
        found = set()
        named = placed.attachments if by_attachment else placed.tickets
        for ticket, number in zip(placed.tickets, named, strict=True):
            try:
                desk.execute(query, [number])
            except psycopg.Error as refusal:
                if (refusal.sqlstate, refusal.diag.message_detail) != ("LD004", "{}"):
                    raise
            else:
                found.add(ticket)
        return found

    return door


DOORS: dict[str, Door] = {
    "view": asked("select id from api.tickets"),
    "export": asked("select id from api.ticket_rows"),
    "export pages": exported("tickets", ALL, "select id from api.export_page(%s, null, null, 1000)"),
    "due list": paged("due"),
    "newest list": paged("newest"),
    "search": asked("select id from api.tickets_page(%s)", '{"open_only": false, "text": "随机世界"}'),
    "words": sought("随机世界"),
    "one character": sought("随"),
    "history": asked("select distinct ticket_id as id from api.events"),
    "callers": asked("select ticket_id as id from api.callers"),
    "attachments": asked("select ticket_id as id from api.attachments"),
    "presence": asked("select ticket_id as id from api.presence"),
    "claims": asked("select ticket_id as id from api.claims"),
    "moved deadlines": asked("select ticket_id as id from api.due_changes"),
    "deadline": tried("select api.explain_due(%s)"),
    "download": tried("select * from api.attachment(%s)", by_attachment=True),
    "actions": tried("select * from api.allowed(%s)"),
    "proposal": tried("select api.propose(%s)"),
    "events": tried("select * from api.events_of(%s)"),
    "clock": tried("select * from api.clock_segments(%s)"),
    "kept pictures": tried("select * from api.footage_of(%s)"),
    "originals": tried("select * from api.originals_of(%s)"),
}
# What only tickets with a handler or an assistant have: these of what a person sees, or fewer.
CUSTODY_DOORS: dict[str, Door] = {
    "custody": asked("select ticket_id as id from api.custody"),
    "guests": asked("select ticket_id as id from api.my_guests"),
}
# At most ten, the likest.
LIKE = asked(
    "select ticket_id as id from api.duplicates(%s)", '{"title": "随机世界", "body": "随机世界的工单"}'
)
# R705: the supervisor's, and of those only who looked for a ticket that he sees.
CAMERA_VIEWS: tuple[Door, ...] = (
    asked("select ticket_id as id from api.camera_views where ticket_id is not null"),
    exported(
        "camera_views",
        "{}",
        "select v.ticket_id as id from api.camera_register_export(%s, null, null, 1000) v"
        " where v.ticket_id is not null",
    ),
)
LOOKER = "d1_operator1"
CENTRE_DOORS: dict[str, Door] = {
    "same caller": twice(asked("select id from api.caller_history(%s)", PHONE)),
    "reveals": asked("select ticket_id as id from api.reveals"),
    "register": asked("select ticket_id as id from api.audit_entries where kind = 'reveal'"),
    "register by page": asked("select ticket_id as id from api.audit_page(%s)", '{"kinds": ["reveal"]}'),
    "register export": exported(
        "register",
        '{"kinds": ["reveal"]}',
        "select ticket_id as id from api.audit_export(%s, null, null, 1000)",
    ),
    "end of a number": twice(asked("select id from api.search_phone(%s)", PHONE[-4:])),
}


@settings(
    max_examples=12, derandomize=True, deadline=None, database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(world=worlds())
def test_every_door_shows_what_the_rules_say(owner: psycopg.Connection, desks: Desks, world: World) -> None:
    placed = Builder(owner, world).build()
    leave_traces(owner, placed)
    looked = look_through_cameras(owner, desks[LOOKER], placed)
    assert looked == placed.numbers(world.visible(LOGINS.index(LOOKER)))
    last = {login: position(desk) for login, desk in desks.items()}
    owner.execute(
        "select core.append_event(t, 'note', '', core.actor(), clock_timestamp(), t.state, '{}', '{}', null)"
        " from core.ticket t where id = any(%s)", [list(placed.tickets)],
    )  # fmt: skip
    for person, login in enumerate(LOGINS):
        desk, expected = desks[login], placed.numbers(world.visible(person))
        doors = DOORS | (CENTRE_DOORS if login == "d1_supervisor1" else {})
        shown = {name: door(desk, placed) for name, door in doors.items()}
        shown["feed"] = heard(desk, last[login])
        with by_index(owner):
            shown["index"] = sought("随机世界")(desk, placed)
        assert {name: found ^ expected for name, found in shown.items() if found != expected} == {}, login
        held = placed.numbers({i for i, ticket in enumerate(world.tickets) if ticket.handlers})
        found = {name: door(desk, placed) for name, door in CUSTODY_DOORS.items()}
        assert found["custody"] == expected & held, login
        assert found["guests"] <= expected, login
        views = looked & expected if login == "d1_supervisor1" else set()
        assert [door(desk, placed) for door in CAMERA_VIEWS] == [views, views], login
        assert {name: n for name, n in counted(desk).items() if n != len(expected)} == {}, login
        if login == "d1_supervisor1":
            assert desk.execute(REVEALS_BY_DAY).fetchall() == [{"n": len(expected)}]
        if login == LOOKER:
            likest = LIKE(desk, placed)
            assert likest <= expected
            assert len(likest) == min(10, len(expected))


@contextmanager
def by_index(owner: psycopg.Connection) -> Iterator[None]:
    """Let searches ask the index at once, however few tickets there are."""
    rare = owner.execute("select pg_get_functiondef('core.is_rare'::regproc)").fetchone()
    assert rare is not None
    owner.execute(
        "create or replace function core.is_rare(f core.search_found, p_limit integer) returns boolean"
        " language sql immutable set search_path = pg_catalog, pg_temp as 'select true'"
    )
    yield
    owner.execute(rare[0])


def leave_traces(owner: psycopg.Connection, placed: Placed) -> None:
    """Let somebody look at every ticket and reveal every caller."""
    owner.execute("delete from core.presence")
    owner.execute(
        "insert into core.presence (login, desk, district_id, ticket_id)"
        " select 'somebody', gen_random_uuid(), district_id, id from core.ticket where id = any(%s)",
        [list(placed.tickets)],
    )
    owner.execute("delete from core.claim")
    owner.execute(
        "insert into core.claim (login, desk, unit_id, district_id, ticket_id)"
        " select 'somebody', gen_random_uuid(), 0, district_id, id from core.ticket where id = any(%s)",
        [list(placed.tickets)],
    )
    owner.execute(
        "insert into audit.due_change (cause, district_id, ticket_id, clock)"
        " select 'calendar', district_id, id, 'answer' from core.ticket where id = any(%s)",
        [list(placed.tickets)],
    )
    owner.execute(
        "insert into audit.reveal (login, district_id, ticket_id, reason, expires_at)"
        " select 'somebody', district_id, id, '核对', now() from core.ticket where id = any(%s)",
        [list(placed.tickets)],
    )


GATEWAY = """
with source as (
  insert into core.camera_source
  select (jsonb_populate_record(s, jsonb_build_object('district_id', t.district_id))).*
  from core.camera_source s, core.ticket t where s.district_id = 1 and t.id = %(ticket)s
)
insert into core.gateway
  (district_id, code, name, kind, rtsp_base, http_base, main_template, sub_template, auth)
select district_id, 'gw', '网关', 'zlm', 'rtsp://127.0.0.1:8554', 'http://127.0.0.1:8080', '{base}/{device}',
  '{base}/{device}', 'none' from core.ticket where id = %(ticket)s returning id
"""
CAMERA = """
insert into core.camera (district_id, code, name, pinyin, initials, source, purpose, place_kind, gateway_id,
  device, channel, duties, is_demo)
select district_id, 'C1', '路口', 'lukou', 'lk', 'security', 'street', 'crossing', %s, 'dev', '1',
  '{operator,supervisor,unit}', true from core.ticket where id = %s returning id
"""


def look_through_cameras(
    owner: psycopg.Connection, desk: psycopg.Connection[dict[str, object]], placed: Placed
) -> set[int]:
    """Let a person of the centre open a camera for every ticket he can; return for which he could."""
    owner.execute("delete from core.camera_live")  # another world's views are none of his open ones
    gateway = owner.execute(GATEWAY, {"ticket": placed.tickets[0]}).fetchone()
    assert gateway is not None
    camera = owner.execute(CAMERA, [gateway[0], placed.tickets[0]]).fetchone()
    assert camera is not None
    return tried(f"select api.open_camera({camera[0]}, '核对路面积水', %s)")(desk, placed)


COUNTS = {
    "counts": "select (api.queue_counts(%(all)s) ->> 'total')::int as n",
    "counts of the past": "select (api.history_counts(%(all)s) ->> 'total')::int as n",
    "totals": "select (api.list_totals(jsonb_build_object('all', %(all)s::jsonb)) ->> 'all')::int as n",
    "figures": "select coalesce(sum(tickets), 0)::int as n from api.history_figures(%(all)s, '')",
    "figures by kind": "select coalesce(sum(tickets), 0)::int as n from api.history_figures(%(all)s, 'kind')",
    "figures by town": "select coalesce(sum(tickets), 0)::int as n from api.history_figures(%(all)s, 'town')",
}
REVEALS_BY_DAY = "select coalesce(sum(reveals), 0)::int as n from api.reveal_days('2000-01-01')"


def counted(desk: psycopg.Connection[dict[str, object]]) -> dict[str, int]:
    answers = {name: desk.execute(query, {"all": ALL}).fetchall() for name, query in COUNTS.items()}
    return {name: int(str(rows[0]["n"])) for name, rows in answers.items()}


def position(desk: psycopg.Connection[dict[str, object]]) -> str:
    row = desk.execute("select snapshot from api.position()").fetchone()
    assert row is not None
    return str(row["snapshot"])


def heard(desk: psycopg.Connection[dict[str, object]], since: str) -> set[int]:
    rows = desk.execute("select * from api.changes_since(%s::pg_snapshot, 1000)", [since])
    return {int(str(row["id"])) for row in rows if row["what"] == "ticket"}


def test_without_the_register_the_accused_would_find_it(owner: psycopg.Connection, desks: Desks) -> None:
    """Control: the guard decides, or the agreement above proves nothing."""
    accused = LOGINS.index("d1_operator1")
    ticket = Ticket(
        place=None, handlers=(), assists=frozenset(),
        accused_unit=None, accused_person=accused, withdrawn=frozenset(),
    )  # fmt: skip
    world = World((Unit("centre", CENTRE), Unit("town", CENTRE, 0)), (0,) * len(LOGINS), (ticket,), (0,))
    placed = Builder(owner, world).build()
    desk = desks["d1_operator1"]
    assert asked("select id from api.tickets")(desk, placed) == set()
    owner.execute("delete from core.barred where ticket_id = %s", [placed.tickets[0]])
    assert asked("select id from api.tickets")(desk, placed) == set(placed.tickets)


def test_every_view_that_names_a_ticket_is_a_door(owner: psycopg.Connection) -> None:
    """A new view cannot be forgotten."""
    views = owner.execute(
        "select distinct table_name from information_schema.columns where table_schema = 'api'"
        " and column_name in ('ticket_id', 'number') and table_name in ("
        "   select table_name from information_schema.views where table_schema = 'api')"
    ).fetchall()
    asked_for = " ".join(ASKED) + " "
    assert len(views) > 8
    assert [view for (view,) in views if f"api.{view} " not in asked_for] == []
