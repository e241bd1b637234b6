"""The demo districts: sizes, invented people, logins, and tickets in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg
import pytest

from db.admin.context import demo_password
from db.seed.demo_plots import PLOTS
from db.seed.demo_stage import read_stage
from db.seed.demo_tickets import plan, play
from db.seed.loader import seed_demo, seed_directory

Owner = psycopg.Connection
OPEN_STATES = {
    "NEW", "TRIAGE", "SPECIAL", "SENT", "WORK", "RETURN", "CONFER", "HOLD", "REVIEW", "CALLBACK", "MERGED",
}  # fmt: skip


def count(owner: Owner, query: str) -> int:
    row = owner.execute(query).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(("district", "sizes"), [(1, [1, 23, 183, 1309]), (2, [1, 11, 40, 120])])
def test_territory_has_the_sizes_of_the_district(owner: Owner, district: int, sizes: list[int]) -> None:
    rows = owner.execute(
        "select count(*) from core.territory where district_id = %s and level < 5 group by level"
        " order by level",
        [district],
    )
    assert [size for (size,) in rows] == sizes


def test_territory_knows_its_ancestors(owner: Owner) -> None:
    wrong = """
        select count(*) from core.territory t left join core.territory p on p.id = t.parent_id
         where t.level <> coalesce(p.level, 0) + 1
            or t.town_id is distinct from case t.level when 2 then t.id else p.town_id end
            or t.area_id is distinct from case t.level when 3 then t.id else p.area_id end
            or t.grid_id is distinct from case t.level when 4 then t.id else p.grid_id end
    """
    assert count(owner, wrong) == 0


def test_fleet_grids_lie_nowhere(owner: Owner) -> None:
    assert count(owner, "select count(*) from core.territory where kind = 'fleet' and lon is null") > 0
    assert count(owner, "select count(*) from core.territory where kind = 'fleet' and lon is not null") == 0


def test_every_grid_has_head_full_time_and_five_workers(owner: Owner) -> None:
    short = """
        select count(*) from core.territory g where g.level = 4 and not exists (
          select from core.grid_worker w where w.territory_id = g.id
          having count(*) >= 5 and count(*) filter (where w.post = 'head') = 1
             and count(*) filter (where w.post = 'full_time') = 1)
    """
    assert count(owner, short) == 0


def test_phones_are_of_the_unassigned_range(owner: Owner) -> None:
    real = """
        select count(*) from (select phone from core.grid_worker union all select phone from core.unit
                              union all select phone from core.staff) p where phone !~ '^1900000[0-9]{4}$'
    """
    assert count(owner, real) == 0
    assert count(owner, "select count(*) from core.staff where not is_demo") == 0


def test_categories_are_six_domains_and_48_community_items(owner: Owner) -> None:
    rows = owner.execute(
        "select level, count(*) from core.category where district_id = 1 group by 1 order by 1"
    )
    assert rows.fetchall() == [(1, 6), (2, 64), (3, 305)]
    assert count(owner, "select count(*) from core.category where district_id = 1 and for_community") == 48
    assert count(owner, "select count(*) from core.category where field10 is null") == 0
    assert count(owner, "select count(distinct field10) from core.category") == 10


def test_every_channel_has_one_own_source_in_each_district(owner: Owner) -> None:
    bad = """
        select count(*) from core.district d cross join core.channel c
         where c.code <> 'platform' and 1 <> (select count(*) from core.source s
               where s.district_id = d.id and s.channel = c.code and s.kind = 'own')
    """
    assert count(owner, bad) == 0


def test_seed_again_changes_nothing(database: str, owner: Owner) -> None:
    before = count(owner, "select count(*) from core.staff")
    assert seed_directory(database, demo_password()) is False
    assert seed_demo(database, demo_password(), tickets=0) is False
    assert count(owner, "select count(*) from core.staff") == before
    assert count(owner, "select count(*) from core.ticket") == 0


def test_seed_after_the_directory_adds_the_tickets_once(database: str, owner: Owner) -> None:
    assert seed_demo(database, demo_password(), tickets=40) is True
    assert seed_demo(database, demo_password(), tickets=40) is False
    rows = owner.execute("select district_id, count(*) from core.ticket group by 1 order by 1").fetchall()
    assert rows == [(1, 38), (2, 2)]


@pytest.mark.parametrize(
    ("login", "roles"),
    [
        ("d1_operator1", {"ld_console", "ld_operator", "ld_scope_all"}),
        ("d1_town22", {"ld_console", "ld_unit", "ld_scope_town"}),
        ("d1_area001", {"ld_console", "ld_unit", "ld_scope_area"}),
        ("d1_dept01", {"ld_console", "ld_unit", "ld_scope_dept"}),
        ("d1_intake", {"ld_intake"}),
        ("d2_supervisor1", {"ld_console", "ld_supervisor", "ld_scope_all"}),
    ],
)
def test_login_has_exactly_the_roles_of_unit_and_duty(
    owner: Owner, connect: Callable[[str], Owner], login: str, roles: set[str]
) -> None:
    rows = owner.execute(
        "select m.roleid::regrole::text from pg_auth_members m where m.member = %s::regrole", [login]
    )
    assert {role for (role,) in rows} == roles
    assert count(connect(login), "select 1") == 1


def test_login_passwords_are_scram(owner: Owner) -> None:
    weak = r"select count(*) from pg_authid where rolname ~ '^d[12]_' and rolpassword !~ '^SCRAM-SHA-256\$'"
    assert count(owner, weak) == 0


@pytest.mark.once
@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 23, 3, 0, tzinfo=ZoneInfo("Asia/Shanghai")),  # Monday night
        datetime(2026, 11, 20, 17, 29, tzinfo=ZoneInfo("Asia/Shanghai")),  # end of a week
        datetime(2026, 10, 9, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")),  # after the longest holiday
        datetime(2026, 2, 24, 8, 31, tzinfo=ZoneInfo("Asia/Shanghai")),  # first minute after Spring Festival
    ],
    ids=str,
)
@pytest.mark.parametrize("district", [1, 2])
def test_every_plot_can_be_played_at_any_time(
    database: str, owner: Owner, district: int, now: datetime
) -> None:
    play(database, plan(read_stage(owner, district, now), list(PLOTS)))
    states = {state for (state,) in owner.execute("select distinct state from core.ticket where is_open")}
    assert states >= OPEN_STATES - {"MERGED"}  # merging needs an older running ticket of the same lane
    late = owner.execute("select count(*) from core.event where at > %s", [now]).fetchone()
    assert late == (0,)


def test_demo_tickets_show_every_light(database: str, owner: Owner) -> None:
    play(database, plan(read_stage(owner, 1), list(PLOTS)))
    lights = """
        select distinct case when due_at is null then '-' when now() >= red_at then 'R'
                             when now() >= yellow_at then 'Y' else 'G' end from core.ticket where is_open
    """
    assert {light for (light,) in owner.execute(lights)} == {"R", "Y", "G", "-"}
    assert count(owner, "select count(*) from core.caller where phone !~ '^1900000'") == 0
