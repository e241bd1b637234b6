"""The lists' plans: each side of a person's scope walks its own index in the order of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hall import AREA, DEPT, OPERATOR, TOWN, Hall
from psycopg import sql

from db.admin.context import demo_password
from db.embedded import Address

# 5,000 closed and 3,000 open tickets over all units and grids; every tenth is assisted by another unit. They
# lie evenly in this month, whatever its day, and the three before it; in one of these all are closed.
DATA = """
with units as (
  select array_agg(id order by id) as ids from core.unit where district_id = 1 and takes_tickets
), grids as (
  select array_agg(id order by id) as ids from core.territory where district_id = 1 and level = 4
), made as (
  select n, n > 4000 and n / 10 % 4 <> 2 as is_open,
         (date_trunc('month', now() at time zone 'Asia/Shanghai') - n / 10 % 4 * interval '1 month'
           + n % 28 * interval '1 day' + n * interval '1 second') at time zone 'Asia/Shanghai' as created_at,
         units.ids[1 + n % cardinality(units.ids)] as unit_id,
         grids.ids[1 + n * 7 % cardinality(grids.ids)] as place_id
  from generate_series(1, 8000) n, units, grids
)
insert into core.ticket (
  district_id, id, number, state, is_open, kind, channel, source, title, body, created_by, created_at,
  updated_at,
  place_id, p_town, p_area, p_grid, handler_unit_id, h_town, h_area, h_dept, due_at, yellow_at, red_at)
select 1, to_char(created_at at time zone 'Asia/Shanghai', 'YYYYMM')::bigint * 100000000 + n,
  to_char(created_at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' || n,
  case when is_open then 'WORK' else 'ARCHIVED' end, is_open,
  'help', 'phone', 'd1_yht', '题', repeat('文', 200), 'd1_operator1', created_at, created_at,
  place_id, g.town_id, g.area_id, g.grid_id,
  unit_id, (f ->> 'h_town')::int, (f ->> 'h_area')::int, (f ->> 'h_dept')::int,
  case when is_open then created_at + interval '5 days' end,
  case when is_open then created_at + interval '4 days' end,
  case when is_open then created_at + interval '5 days' end
from made
join core.territory g on g.id = place_id
cross join lateral core.unit_facts(unit_id) f
"""
GUESTS = """
insert into core.custody (district_id, ticket_id, leg, unit_id, role, from_at)
select 1, t.id, 1, u.id, 'assist', t.created_at
from core.ticket t
join (
  select id, row_number() over (order by id) as n from core.unit where district_id = 1 and takes_tickets
) u on u.n = 1 + t.id % 97
where t.id % 10 = 0
"""


@pytest.fixture(scope="module")
def full(shared_database: str, server: Address) -> Iterator[Hall]:
    """A district with enough tickets for the planner to care; the tests only look."""
    name = shared_database.rsplit("/", 1)[1]
    hall = Hall(shared_database, lambda login: server.dsn(name, user=login, password=demo_password()))
    # Desks are refused an explanation of what shows tickets (R902).
    hall.owner.execute(
        "create or replace function core.unwatched() returns oid language sql stable as 'select 11::oid'"
    )
    hall.make_months(3)  # only those with rows: an empty one is read without an index
    hall.owner.execute(DATA)
    hall.owner.execute(GUESTS)
    hall.owner.execute("vacuum analyze core.ticket, core.guest, core.custody")
    yield hall
    hall.close()


def nodes(plan: dict[str, object]) -> Iterator[dict[str, object]]:
    yield plan
    children = plan.get("Plans", [])
    assert isinstance(children, list)
    for child in children:
        yield from nodes(child)


def of_all_months(hall: Hall, name: str) -> str:
    """Name the index that an index of one month belongs to; other names stay."""
    parents = hall.rows(
        "select i.inhparent::regclass::text as parent from pg_inherits i"
        " join pg_class c on c.oid = i.inhrelid where c.relkind = 'i' and c.relname = %s",
        name,
    )
    return str(parents[0]["parent"]).removeprefix("core.") if parents else name


def ticket_scans(hall: Hall, login: str, sql_of_plan: str, wanted: str = "{}") -> list[str]:
    """Name how the person's query reads tickets, in order: an index, or the kind of scan without one."""
    build = f"select {sql_of_plan} as q from (select api.plan_list(%s)) x(p)"
    query = hall.call(login, build, wanted)[0]["q"]
    hall.desk(login).execute("deallocate all")
    hall.desk(login).execute("prepare page (api.list_plan, timestamptz, bigint, int) as " + query)
    explain = sql.SQL("explain (format json) execute page (api.plan_list({}), null, null, 200)")
    plan = hall.desk(login).execute(explain.format(wanted)).fetchall()[0]["QUERY PLAN"]
    scans = [
        str(node.get("Index Name", node["Node Type"]))
        for node in nodes(plan[0]["Plan"])
        if f"{node.get('Relation Name', '')}{node.get('Index Name', '')}".startswith("ticket_p")
    ]
    return list(dict.fromkeys(of_all_months(hall, scan) for scan in scans))


DUE = "api.page_sql(p, ' and t.due_at is not null', 't.due_at, t.id')"
ALL_SPANS = "api.span_sql(int8range(lower((p).spans[cardinality((p).spans)]), upper((p).spans[1])))"
NEWEST = f"api.page_sql(p, {ALL_SPANS}, 't.created_at desc, t.id desc')"
COUNTS = "api.counts_sql(api.over_sides(p, 't.state, t.light', '', ''))"
HISTORY = '{"open_only": false}'


@pytest.mark.parametrize(
    ("login", "sql_of_plan", "wanted", "indexes"),
    [
        (OPERATOR, DUE, "{}", ["ticket_open_due_idx"]),
        (OPERATOR, NEWEST, "{}", ["ticket_open_created_idx"]),
        (OPERATOR, NEWEST, HISTORY, ["ticket_created_idx"]),
        (TOWN, DUE, "{}", ["ticket_open_ptown_idx", "ticket_open_htown_idx"]),
        (TOWN, NEWEST, HISTORY, ["ticket_ptown_idx", "ticket_htown_idx"]),
        (AREA, DUE, "{}", ["ticket_open_parea_idx", "ticket_open_harea_idx"]),
        (DEPT, DUE, "{}", ["ticket_open_hdept_idx"]),
        (DEPT, NEWEST, HISTORY, ["ticket_hdept_idx"]),
    ],
)
def test_page_walks_the_index_of_its_side(
    full: Hall, login: str, sql_of_plan: str, wanted: str, indexes: list[str]
) -> None:
    scans = [scan for scan in ticket_scans(full, login, sql_of_plan, wanted) if scan != "Bitmap Heap Scan"]
    assert scans[: len(indexes)] == indexes
    assert "Seq Scan" not in scans


def test_open_lists_read_only_months_with_open_tickets(full: Hall) -> None:
    build = "select api.page_sql(p, '', 't.due_at, t.id') as q from (select api.plan_list('{}')) x(p)"
    query = full.call(OPERATOR, build)[0]["q"]
    months = full.rows("select distinct id / 100000000 as month from core.ticket where is_open order by 1")
    open_months = [str(row["month"]) for row in months]
    partitions = full.value("select count(*) from pg_inherits where inhparent = 'core.ticket'::regclass")
    assert 0 < len(open_months) < partitions
    full.desk(OPERATOR).execute("deallocate all")
    full.desk(OPERATOR).execute("prepare page (api.list_plan, timestamptz, bigint, int) as " + query)
    lines = (
        full.desk(OPERATOR).execute("explain execute page (api.plan_list('{}'), null, null, 200)").fetchall()
    )
    read = {part for line in lines for part in re.findall(r"on ticket_p(\d{6})", line["QUERY PLAN"])}
    assert sorted(read) == open_months


def test_counts_of_the_district_read_only_the_covering_index(full: Hall) -> None:
    if full.owner.info.server_version < 180000:
        pytest.skip("PostgreSQL 15 takes a bitmap of the open tickets for this few rows")
    assert ticket_scans(full, OPERATOR, COUNTS) == ["ticket_open_state_idx"]


def test_young_months_are_not_counted_anew_all_the_time(full: Hall) -> None:
    parts = full.rows(
        "select c.relname, c.reloptions from pg_class c join pg_inherits i on i.inhrelid = c.oid"
        " where i.inhparent in ('core.ticket'::regclass, 'core.event'::regclass)"
    )
    assert {part["relname"][:8] for part in parts} == {"ticket_p", "event_p2"}
    calm = {f"autovacuum_{what}_threshold=10000" for what in ("analyze", "vacuum", "vacuum_insert")}
    assert [part["relname"] for part in parts if not calm <= set(part["reloptions"])] == []


def test_what_every_desk_reads_is_not_counted_while_they_read(full: Hall) -> None:
    """A count has all sessions plan anew what reads the table: five hundred desks at once stop everybody."""
    settings = {
        row["name"]: set(row["reloptions"] or ())
        for row in full.rows(
            "select c.oid::regclass::text as name, c.reloptions from pg_class c"
            " where c.oid = 'core.wake'::regclass or exists (select from pg_inherits i"
            " where i.inhrelid = c.oid and i.inhparent = 'core.change'::regclass)"
        )
    }
    assert "autovacuum_analyze_threshold=2000000000" in settings.pop("core.wake")
    assert len(settings) > 2
    assert all("autovacuum_enabled=off" in each for each in settings.values())
