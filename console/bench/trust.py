"""``bench trust``: what row security costs a list, and the hash chain a write; asked of the server alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from statistics import median
from typing import Any

import psycopg
from psycopg import sql

from console.bench.data import bench_dsn, person_dsn
from console.bench.figures import figure
from console.bench.queue import READER
from console.bench.writer import WRITER
from console.lists.live import PAGE_ROWS

Connection = psycopg.Connection[Any]
Taken = list[float]

BLOCKS = 10
IN_BLOCK = 20
ROUNDS = 100
UNTIMED = 4  # at the begin of a block: the session plans afresh after each exchange
GRID, TOWN, DEPARTMENT = "d1_area001", "d1_town01", "d1_dept01"

# The first page as one query, the same for who is kept to his rows and for who is not.
QUERY = sql.SQL(
    "select * from api.tickets where district_id = 1 and is_open and due_at is not null"
    " order by due_at, id limit {}"
).format(PAGE_ROWS)
PAGE = sql.SQL("select * from api.tickets_page('{{}}', 'due', null, null, {})").format(PAGE_ROWS)
NO_ROW_SECURITY = "alter table core.ticket disable row level security"
# As core.sealed(), without what ties an event to the one before.
NO_CHAIN = """
create or replace function core.sealed(e core.event) returns core.event
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  e.recorded_at := clock_timestamp();
  e.hash := ''::bytea;
  return e;
end $$
"""
AT_WORK = """
select t.id from core.ticket t
where t.district_id = 1 and t.is_open and t.state = 'WORK'
  and not exists (select from core.barred b where b.ticket_id = t.id)
order by t.due_at, t.id limit 200
"""
SEAL = (
    "select count(core.sealed(e)) from (select e from core.event e where e.district_id = 1 limit 1000) x(e)"
)
SEALED = 1000
NOTE = """
select id from api.act(%(ticket)s, 'note', (select version from api.tickets where id = %(ticket)s),
                       gen_random_uuid(), '{"text": "性能测试"}')
"""


def bench_trust(history: int, open_: int) -> dict[str, Any]:
    """Measure first pages and writes, each with its guard and without."""
    with bench_dsn(history, open_) as dsn, psycopg.connect(dsn, autocommit=True) as owner:
        figures = compare_pages(owner) | compare_writes(owner)
        for name, login in (("grid_page", GRID), ("town_page", TOWN), ("department_page", DEPARTMENT)):
            with psycopg.connect(person_dsn(dsn, login), autocommit=True) as desk:
                figures[name] = figure(timed(partial(ask, desk, PAGE), ROUNDS + UNTIMED))
        return figures


def compare_pages(owner: Connection) -> dict[str, Any]:
    """Ask for the district's first page, and for the query in it with and without row security."""
    query = partial(ask, owner, QUERY)
    pages, guarded, bare = alternate(
        owner, READER, (partial(ask, owner, PAGE), ""), (query, ""), (query, NO_ROW_SECURITY)
    )
    return {
        "district_page": figure(pages),
        "district_query": figure(guarded),
        "district_query_bare": figure(bare),
        "row_security_ratio": round(median(guarded) / median(bare), 3),
    }


def compare_writes(owner: Connection) -> dict[str, Any]:
    """Write notes, never committed: the commit would only make the chain's share smaller.

    It is too small to be seen in the writes' difference, so a thousand events are sealed at once.
    """
    tickets = cycle(number for (number,) in owner.execute(AT_WORK).fetchall())

    def note() -> None:
        owner.execute(NOTE, {"ticket": next(tickets)}).fetchall()

    def seal() -> None:
        owner.execute("reset session authorization")
        owner.execute(SEAL).fetchall()

    chained, bare, sealed, unsealed = alternate(
        owner, WRITER, (note, ""), (note, NO_CHAIN), (seal, ""), (seal, NO_CHAIN)
    )
    chain = (median(sealed) - median(unsealed)) / SEALED
    return {
        "write": figure(chained),
        "write_bare": figure(bare),
        "chain_ms": round(chain, 4),
        "chain_share": round(chain / median(chained), 4),
    }


def alternate(owner: Connection, login: str, *sides: tuple[Callable[[], object], str]) -> list[Taken]:
    """Measure each thing with its guard taken away, in turns: a busy moment meets all of them alike."""
    measured: list[Taken] = [[] for _ in sides]
    for _ in range(BLOCKS):
        for taken, (measure, guard_away) in zip(measured, sides, strict=True):
            with acting(owner, login, guard_away):
                taken += timed(measure, IN_BLOCK)
    return measured


@contextmanager
def acting(owner: Connection, login: str, guard_away: str) -> Iterator[None]:
    """Be a person for a while, in a transaction of which nothing stays."""
    with owner.transaction(force_rollback=True):
        if guard_away:
            owner.execute(guard_away)
        owner.execute(sql.SQL("set local session authorization {}").format(sql.Identifier(login)))
        yield


def ask(connection: Connection, query: sql.Composed) -> None:
    """Fetch the rows of a query."""
    connection.execute(query).fetchall()


def timed(measure: Callable[[], object], times: int) -> Taken:
    """Return the milliseconds of each time but the first few."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        measure()
        taken.append((time.perf_counter() - started) * 1000)
    return taken[UNTIMED:]
