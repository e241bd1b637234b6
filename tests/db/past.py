"""A random history of hundreds of tickets, and its figures counted the slow way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, WORKER
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb

from db.admin.context import demo_password
from db.embedded import Address

READERS = (OPERATOR, SUPERVISOR, TOWN, AREA, DEPT, OTHER_DEPT)
ZONE = ZoneInfo("Asia/Shanghai")
Desks = dict[str, psycopg.Connection[DictRow]]
Row = dict[str, Any]
World = tuple[psycopg.Connection[DictRow], Desks]

KEYS = {
    "": lambda row: "",
    "month": lambda row: f"{row['created_at'].astimezone(ZONE):%Y-%m}",
    "unit": lambda row: row["handler_unit_id"],
    "town": lambda row: row["p_town"],
    "area": lambda row: row["p_area"],
    "domain": lambda row: row["domain_id"],
    "class": lambda row: row["class_id"],
    "item": lambda row: row["category_id"],
    "channel": lambda row: row["channel"],
    "kind": lambda row: row["kind"],
    "state": lambda row: row["state"],
}
IN_CELLS = frozenset(KEYS) - {"area", "item"}
ROWS = """
select t.*, r.workdays_to_answer as days, case when c.level = 3 then c.parent_id else c.id end as class_id
from api.tickets t join api.ticket_rows r using (id) left join api.categories c on c.id = t.category_id
where t.id = any (%s)
"""

# A random history, written as an import would: the columns the figures read, at any moment of three years.
OPEN = """
insert into core.ticket (district_id, id, number, state, is_open, kind, channel, source, title, body,
  created_by, created_at, updated_at, dispatched_at, category_id, domain_id)
select 1, to_char(%(at)s at time zone 'Asia/Shanghai', 'YYYYMM')::bigint * 100000000 + s.n,
  to_char(%(at)s at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || s.n,
  'WORK', true, (array['help','complaint','consult'])[1 + %(n)s %% 3],
  (array['phone','web','app'])[1 + %(n)s / 3 %% 3], 'd1_yht',
  (array['路灯不亮','垃圾未清运','白鹭'])[1 + %(n)s %% 3] || %(n)s, '市民反映', 'd1_operator1',
  %(at)s, %(at)s, %(at)s, c.id, c.domain_id
from (select nextval('core.ticket_seq') as n) s,
  (select c.id, coalesce(c.domain_id, c.id) as domain_id from core.category c where c.district_id = 1
   order by c.id offset %(n)s %% 40 limit 1) c
returning id
"""
MOVE = """
update core.ticket t set version = version + 1, handler_unit_id = u.id,
  h_town = (f->>'h_town')::int, h_area = (f->>'h_area')::int,
  h_dept = (f->>'h_dept')::int, place_id = g.id, p_town = g.town_id, p_area = g.area_id, p_grid = g.grid_id
from core.unit u cross join lateral core.unit_facts(u.id) f,
  (select * from core.territory where district_id = 1 and level = 4 order by (area_id = %(area)s) desc, id
   offset %(n)s %% 3 * 700 limit 1) g
where t.id = %(id)s and u.id = %(unit)s
"""
CLOSE = """
update core.ticket set version = version + 1, is_open = false,
  state = (array['DONE','ARCHIVED','VOID'])[1 + %(n)s %% 3],
  answered_at = case when %(n)s %% 4 > 0 then created_at + %(n)s * interval '7 hours' end,
  answer_due_at = case when %(n)s %% 5 > 0 then created_at + interval '6 days' end,
  closed_at = created_at + interval '40 days',
  red_since = case when %(n)s > 20 then created_at + interval '6 days' end,
  due_at = null, yellow_at = null, red_at = null
where id = %(id)s
"""
REOPEN = """
update core.ticket set version = version + 1, is_open = true, state = 'WORK',
  answered_at = null, closed_at = null,
  answer_due_at = created_at + interval '6 days', due_at = created_at + interval '6 days',
  yellow_at = created_at + interval '5 days', red_at = created_at + interval '6 days 1 second'
where id = %(id)s
"""
ACCUSE = "update core.ticket set version = version + 1, accused_unit_id = %(unit)s where id = %(id)s"
ACCUSE_PERSON = "update core.ticket set version = version + 1, accused_login = %(login)s where id = %(id)s"
ASSIST = """
insert into core.custody (district_id, ticket_id, leg, unit_id, role, from_at)
values (1, %(id)s, 1, %(unit)s, 'assist', now()) on conflict do nothing
"""
STEPS = {
    "move": MOVE,
    "close": CLOSE,
    "reopen": REOPEN,
    "accuse": ACCUSE,
    "name": ACCUSE_PERSON,
    "assist": ASSIST,
}
BEGIN = datetime(2024, 1, 20, tzinfo=UTC)

KINDS = ("open", "move", "close", "close", *STEPS)
SPANS: tuple[Row, ...] = (
    {},
    {"created_from": "2024-02-01T00:00:00+08:00"},
    {"created_from": "2024-05-02T09:30:00+08:00", "created_to": "2025-08-31T16:00:00Z"},
    {"created_from": "2024-05-02T09:30:00+08:00", "created_to": "2025-07-29T12:00:00+08:00"},
    {"created_from": "2024-05-02T09:30:00+08:00", "created_to": "2024-05-29T00:00:00+08:00"},
    {"created_from": "2024-05-02T09:30:00+08:00", "created_to": "2024-06-29T00:00:00+08:00"},
    {"created_to": "2024-12-29T00:00:00+08:00"},
)
LIMITS: tuple[Row, ...] = (
    {},
    {"overdue": True},
    {"answers": ["on_time", "late"]},
    {"channels": ["phone"]},
    {"states": ["DONE", "WORK"]},
    {"kinds": ["help"], "overdue": False},
    {"held_by": 0},
    {"territory_id": 0},
    {"category_only": 0},
    {"mine": True},
    {"lights": ["R"]},
    {"lights": ["-"]},
    {"open_only": True},
)


@contextmanager
def grown(shared_database: str, server: Address) -> Iterator[World]:
    """Lend an owner and readers at one database with a history."""
    name = shared_database.rsplit("/", 1)[1]
    with ExitStack() as stack:
        owner = stack.enter_context(psycopg.connect(shared_database, autocommit=True, row_factory=dict_row))
        dice = Random(20240120)
        live(owner, [("open", dice.randrange(200), dice.randrange(200)) for _ in range(150)])
        live(owner, [(dice.choice(KINDS), dice.randrange(200), dice.randrange(200)) for _ in range(900)])
        yield (
            owner,
            {
                login: stack.enter_context(
                    psycopg.connect(
                        server.dsn(name, user=login, password=demo_password()),
                        autocommit=True,
                        row_factory=dict_row,
                    )
                )
                for login in (*READERS, WORKER)
            },
        )


def live(owner: psycopg.Connection[DictRow], lived: list[tuple[str, int, int]]) -> None:
    """Let the history grow by these steps."""
    units = {row["login"]: row["unit_id"] for row in owner.execute("select login, unit_id from core.staff")}
    area = owner.execute("select territory_id from core.unit where id = %s", [units[AREA]]).fetchone()[
        "territory_id"
    ]
    ids = [row["id"] for row in owner.execute("select id from core.ticket order by id")]
    for what, which, n in lived:
        login = (DEPT, TOWN, AREA, OTHER_DEPT, SUPERVISOR, OPERATOR)[n % 6]
        given_values = {"n": n, "unit": units[login], "login": login, "area": area}
        if what == "open" or not ids:
            at = BEGIN + timedelta(hours=n * 97 + which)
            owner.execute("select core.ensure_month(%s::date)", [at + timedelta(hours=8)])
            ids.append(owner.execute(OPEN, given_values | {"at": at}).fetchone()["id"])
        else:
            owner.execute(STEPS[what], given_values | {"id": ids[which % len(ids)]})


def sweep(desks: Desks, limit: int) -> None:
    """Count like the worker, until all is counted."""
    while desks[WORKER].execute("select api.sweep_rollup(%s) as n", [limit]).fetchone()["n"] >= limit:
        pass


def listed(desk: psycopg.Connection[DictRow], wanted: Row) -> list[Row]:
    """Return what the list of this filter shows, with what the figures are made of."""
    page = "select id from api.tickets_page(%s, 'newest', null, null, 1000)"
    ids = [row["id"] for row in desk.execute(page, [Jsonb({"open_only": False} | wanted)])]
    assert len(ids) < 1000
    return desk.execute(ROWS, [ids]).fetchall()


def figures(rows: list[Row], by: str) -> dict[Any, tuple[Any, ...]]:
    """Count the slow way."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(KEYS[by](row), []).append(row)
    return {
        None if key is None else str(key): (
            len(each),
            sum(row["red_since"] is not None for row in each),
            sum(
                bool(row["answered_at"] and row["answer_due_at"])
                and row["answered_at"] <= row["answer_due_at"]
                for row in each
            ),
            sum(
                bool(row["answered_at"] and row["answer_due_at"])
                and row["answered_at"] > row["answer_due_at"]
                for row in each
            ),
            sum(
                row["is_open"] and not row["answered_at"] and row["answer_due_at"] is not None for row in each
            ),
            sum(row["answered_at"] is not None and row["answer_due_at"] is None for row in each),
            [
                Counter(min(row["days"], 11) for row in each if row["days"] is not None)[day]
                for day in range(12)
            ],
        )
        for key, each in groups.items()
    }


def told(desk: psycopg.Connection[DictRow], wanted: Row, by: str) -> dict[Any, tuple[Any, ...]]:
    """Return what the database says."""
    rows = desk.execute("select * from api.history_figures(%s, %s)", [Jsonb(wanted), by])
    return {row["key"]: tuple(row.values())[1:] for row in rows}
