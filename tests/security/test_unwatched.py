"""Nobody is told how many tickets the server has or left out: EXPLAIN is refused, whatever it is run by."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from attack import CONSOLES, LOGINS, Attack, each
from ground import Ground
from hall import OPERATOR, TOWN
from psycopg import pq

WATCHED = "create or replace function core.unwatched() returns oid language sql stable as 'select 11::oid'"
TOLD = "Rows Removed by Filter"
COUNT = "select id from api.tickets where id = {id}"
REFUSED = {"refused": "42501", "code": "watched", "off": WATCHED}
HIDDEN = ("town", "colleague")  # from whom %(accused)s and %(withdrawn)s are kept

SHAPES = {
    "plain": "explain analyze select from api.tickets",
    "guess": "explain select from api.tickets",
    "guess-of-none": "explain select from api.tickets where false",
    "guess-of-events": "explain select from api.events",
    "printed-plan": "set debug_print_plan = on; select from api.tickets",
    "options": "explain (analyze, verbose, buffers, timing off, format json) select from api.tickets",
    "case": "ExPlAiN AnAlYzE select from api.tickets",
    "comment": "explain/**/analyze/* */select from api.tickets",
    "comment-before": "/**/explain--\nanalyze select from api.tickets",
    "join": "explain analyze select from api.states s left join api.tickets t on t.state = s.code",
    "with": "explain analyze with t as materialized (select * from api.tickets) select from t, api.events",
    "without-rows": "explain analyze select 1 where exists (select from api.tickets where not is_open)",
    "several": "select 1; explain analyze select from api.tickets",
    "cursor": "declare c cursor for select id from api.tickets; fetch all from c",
    "pages": "explain analyze select from api.tickets t, lateral api.tickets_page('{}') p",
}
ATTACKS = (
    Attack("explain", "R902", CONSOLES, f"explain analyze {COUNT.format(id='%(accused)s')}", **REFUSED),
    *(Attack(name, "R902", HIDDEN, words, **REFUSED) for name, words in SHAPES.items()),
    Attack(
        "rows-of-a-month",
        "R902",
        CONSOLES,
        "select reltuples from pg_class where relname ~ '^ticket_p'",
        refused="42501",
        off="grant select on pg_class to public",
    ),
)
# What hangs on no ticket may be explained by whoever likes to.
DIRECTORY = {
    "actions", "anchors", "camera_group_members", "camera_group_units", "camera_groups", "camera_sources",
    "cameras", "categories", "channels", "field10", "grid_workers", "kinds", "patrol_plans",
    "patrol_stops", "patrols", "reasons", "responsibilities", "saved_views", "settings", "sources",
    "staff", "states", "territories", "territory_levels", "transitions", "units", "workdays",
}  # fmt: skip


@pytest.mark.parametrize(("attack", "login"), each(ATTACKS))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)


@pytest.mark.parametrize(("group", "ticket"), [("town", "accused"), ("colleague", "withdrawn")])
def test_without_the_guard_it_tells_of_a_hidden_ticket(ground: Ground, group: str, ticket: str) -> None:
    """The control: one who is kept off learns that there is something."""
    query = f"explain analyze {COUNT}".format(id=ground.facts[ticket])
    with ground.owner.transaction(force_rollback=True):
        ground.owner.execute(WATCHED)
        ground.owner.execute(f"set local session authorization {LOGINS[group]}")
        assert f"{TOLD}: 1" in str(ground.owner.execute(query).fetchall())


def test_every_view_of_tickets_and_what_hangs_on_them(ground: Ground) -> None:
    """It is refused where no row is met, too: else a refusal would tell that there is one."""
    views = {
        name
        for (name,) in ground.owner.execute(
            "select relname from pg_class where relnamespace = 'api'::regnamespace and relkind = 'v'"
        )
    }
    none = no_ticket(ground)
    refused: dict[str, set[str]] = {form: set() for form in ("", *NEAR)}
    for login in (TOWN, "d1_supervisor1"):  # only the one has guests, only the other has a register
        with ground.login(login) as connection:
            for view in views:
                query = f"explain analyze select from api.{view} v"
                if refusal(connection, query):
                    refused[""].add(view)
                    for form in NEAR:
                        if refusal(
                            connection, form.format(view=view, id=ID.get(view, "ticket_id"), none=none)
                        ):
                            refused[form].add(view)
    assert views - refused[""] == DIRECTORY
    assert {form: refused[""] - found for form, found in refused.items()} == {form: set() for form in refused}


ID = {"tickets": "id", "ticket_rows": "id"}
NEAR = (
    "explain analyze select from api.{view} v where v.{id} = {none}",
    "explain analyze select v.{id} from (values ({none})) x(n) left join api.{view} v on v.{id} = {none}",
    "explain analyze select from api.{view} v full join (values ({none})) x(n) on v.{id} = x.n",
    "explain analyze select from (values ({none})) x(n)"
    " where not exists (select from api.{view} v where v.{id} = n)",
    "explain analyze select (select max(v.{id}) from api.{view} v where v.{id} = {none})",
    "explain analyze select from api.{view} v join api.{view} w using ({id}) where v.{id} = {none}",
    "explain analyze select from (values ({none})) x(n),"
    " lateral (select from api.{view} v where v.{id} = n) y",
    "explain analyze select 1 union all select 2 from api.{view} v where v.{id} = {none}",
)


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "enable_partitionwise_join = on",
        "enable_seqscan = off",
        "enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off",
        "join_collapse_limit = 1; set from_collapse_limit = 1; set enable_partition_pruning = off",
        "enable_nestloop = off; set enable_hashjoin = off",
    ],
)
def test_it_is_asked_before_the_first_row(ground: Ground, settings: str) -> None:
    """Whatever the plan, nothing of a ticket is looked at that does not stand under the question."""
    scans, none = 0, no_ticket(ground)
    queries = [
        form.format(view=view, id=ID.get(view, "ticket_id"), none=none)
        for view in ("tickets", "events", "custody", "attachments", "callers")
        for form in ("explain analyze select * from api.{view} v order by 1 limit 9", *NEAR)
    ]
    queries.append(
        "explain analyze select from api.tickets t left join (api.events e left join api.custody c"
        " using (ticket_id)) on e.ticket_id = t.id left join api.callers k on k.ticket_id = t.id"
    )
    for login in (OPERATOR, TOWN):
        with ground.owner.transaction(force_rollback=True):
            ground.owner.execute(WATCHED)
            ground.owner.execute(f"set local session authorization {login}")
            if settings:
                ground.owner.execute(f"set {settings}".encode())
            for query in queries:
                answer = ground.owner.execute(query.replace(" analyze", " (format json)").encode()).fetchone()
                assert answer is not None
                for relation, is_asked in scanned(answer[0][0]["Plan"], is_asked=False):
                    if relation.startswith(("ticket_p", "event_p", "custody", "attachment", "caller")):
                        scans += 1
                        assert is_asked, (query, relation)
    assert scans > len(queries)


def no_ticket(ground: Ground) -> int:
    """Return an id of this month that no ticket has."""
    return int(ground.facts["foreign"]) // 10**8 * 10**8 + 10**8 - 1


def scanned(node: dict[str, Any], *, is_asked: bool) -> Iterator[tuple[str, bool]]:
    """Name what a plan scans, and whether a condition without columns comes before."""
    is_asked = is_asked or "One-Time Filter" in node
    if "Relation Name" in node:
        yield node["Relation Name"], is_asked
    for child in node.get("Plans", []):
        yield from scanned(child, is_asked=is_asked)


def refusal(connection: psycopg.Connection[Any], query: str) -> str | None:
    """Run a query and name what refuses it."""
    try:
        connection.execute(query.encode())
    except psycopg.Error as error:
        return error.diag.constraint_name
    return None


class TestProtocol:
    """What a client prepared or bound by messages runs under other words, or under none."""

    EXPLAIN = b"explain analyze select from api.tickets"

    @pytest.fixture(params=["guarded", "unguarded"])
    def told(self, request: pytest.FixtureRequest, ground: Ground) -> Iterator[tuple[Any, bool]]:
        """A connection of one who is kept off, and whether it is told; the guard is put back."""
        if request.param == "unguarded":
            row = ground.owner.execute(
                "select pg_get_functiondef('core.unwatched()'::regprocedure)"
            ).fetchone()
            assert row is not None
            ground.owner.execute(WATCHED)
        try:
            with ground.login(TOWN) as connection:
                yield connection, request.param == "unguarded"
        finally:
            if request.param == "unguarded":
                ground.owner.execute(row[0])

    def test_parameters(self, told: tuple[Any, bool]) -> None:
        connection, is_told = told
        assert (TOLD in answer(connection.pgconn.exec_params(self.EXPLAIN, []))) is is_told
        connection.pgconn.prepare(b"kept", self.EXPLAIN)
        assert (TOLD in answer(connection.pgconn.exec_prepared(b"kept", []))) is is_told

    @pytest.mark.parametrize("words", ["execute kept", "select 1;/**/EXECUTE kept", "explain execute kept"])
    def test_prepared_statement(self, told: tuple[Any, bool], words: str) -> None:
        connection, is_told = told
        if words.startswith("explain"):
            connection.pgconn.prepare(b"kept", self.EXPLAIN.removeprefix(b"explain analyze "))
            words = words.replace("explain", "explain analyze")
        else:
            connection.pgconn.prepare(b"kept", self.EXPLAIN)
        assert (TOLD in answer(connection.pgconn.exec_(words.encode()))) is is_told

    @pytest.mark.parametrize(
        ("words", "then"), [("fetch all from kept", ""), ("move 0 in kept", "run"), ("select 1", "run")]
    )
    def test_portal(self, told: tuple[Any, bool], words: str, then: str) -> None:
        """No client library names a portal; the wire does."""
        connection, is_told = told
        self.bind(connection)
        said = answer(connection.pgconn.exec_(words.encode()))
        if then:
            send(connection, b"E", b"kept\0" + bytes(4))
            send(connection, b"S")
            said += received(connection).decode(errors="replace")
        connection.close()
        assert (TOLD in said) is is_told

    def bind(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute("begin")
        send(connection, b"P", b"kept\0" + self.EXPLAIN + b"\0" + bytes(2))
        send(connection, b"B", b"kept\0kept\0" + bytes(6))
        send(connection, b"S")
        parsed, bound = b"1\0\0\0\4", b"2\0\0\0\4"
        assert received(connection).startswith(parsed + bound)

    def test_portal_by_a_function(self, ground: Ground) -> None:
        """It would read a portal under the innocent words of its call."""
        read = b"select cursor_to_xml('kept', 1000, true, true, '')"
        function = "function cursor_to_xml(refcursor, integer, boolean, boolean, text)"
        with ground.login(TOWN) as connection:
            self.bind(connection)
            assert "permission denied for function" in answer(connection.pgconn.exec_(read))
        ground.owner.execute(f"grant execute on {function} to public")
        try:  # the control
            with ground.login(TOWN) as connection:
                self.bind(connection)
                said = answer(connection.pgconn.exec_(read))
        finally:
            ground.owner.execute(f"revoke execute on {function} from public")
        assert TOLD in said or "unsupported XML feature" in said  # the embedded server has none

    def test_call_without_a_statement(self, ground: Ground, told: tuple[Any, bool]) -> None:
        connection, is_told = told
        row = ground.owner.execute("select 'api.queue_counts(jsonb)'::regprocedure::oid::int").fetchone()
        assert row is not None
        call = struct.pack("!ihhi", row[0], 0, 1, 2) + b"{}" + struct.pack("!h", 0)
        send(connection, b"F", call)
        assert (b'"total"' in received(connection)) is is_told
        connection.close()


def answer(result: pq.abc.PGresult) -> str:
    """Return all a result says."""
    values = [result.get_value(row, 0) or b"" for row in range(result.ntuples)]
    return (b"\n".join(values) + result.error_message).decode()


def send(connection: psycopg.Connection[Any], kind: bytes, body: bytes = b"") -> None:
    os.write(connection.pgconn.socket, kind + struct.pack("!i", len(body) + 4) + body)


def received(connection: psycopg.Connection[Any]) -> bytes:
    """Return what the server says until it waits for the next message."""
    said = b""
    os.set_blocking(connection.pgconn.socket, True)
    while said[-6:-1] != b"Z\0\0\0\5":
        said += os.read(connection.pgconn.socket, 65536)
    os.set_blocking(connection.pgconn.socket, False)
    return said
