"""Who answers for what and where: place facts, unit facts, suggestion, coordinator, map look-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

Connection = psycopg.Connection
Connect = Callable[[str], Connection]


def one(connection: Connection, query: str, *values: object) -> Any:
    row = connection.execute(query, values).fetchone()
    assert row is not None
    return row[0]


def place(owner: Connection, name: str) -> int:
    return int(one(owner, "select id from core.territory where name = %s", name))


def category(owner: Connection, code: str) -> int:
    return int(one(owner, "select id from core.category where code = %s and district_id = 1", code))


def unit(owner: Connection, code: str) -> int:
    return int(one(owner, "select id from core.unit where code = %s and district_id = 1", code))


def suggest(
    owner: Connection, code: str, where: int | None, on: str = "2026-11-23"
) -> tuple[int, str] | None:
    query = "select lead_unit_id, basis from core.suggest(1::smallint, %s, %s, %s::date)"
    row = owner.execute(query, [category(owner, code), where, on]).fetchone()
    return None if row is None else (row[0], row[1])


def test_place_facts_of_a_landmark_name_all_three_tiers(owner: Connection) -> None:
    facts = one(owner, "select core.place_facts(%s)", place(owner, "横河大集"))
    assert facts["p_town"] == place(owner, "藏马镇")
    assert facts["p_area"] == place(owner, "横河管区")
    assert one(owner, "select parent_id from core.territory where name = '横河大集'") == facts["p_grid"]


def test_place_facts_without_a_place_are_null(owner: Connection) -> None:
    assert one(owner, "select core.place_facts(null)") == {"p_town": None, "p_area": None, "p_grid": None}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("town22", {"h_town": "藏马镇", "h_area": None, "h_dept": None}),
        ("dept01", {"h_town": None, "h_area": None, "h_dept": "dept01"}),
        ("centre", {"h_town": None, "h_area": None, "h_dept": None}),
    ],
)
def test_unit_facts_follow_the_kind(owner: Connection, code: str, expected: dict[str, str | None]) -> None:
    found = one(owner, "select core.unit_facts(%s)", unit(owner, code))
    town, dept = expected["h_town"], expected["h_dept"]
    assert found == {
        "h_town": place(owner, town) if town else None,
        "h_area": None,
        "h_dept": unit(owner, dept) if dept else None,
    }


def test_unit_facts_of_an_area_name_town_and_area(owner: Connection) -> None:
    area = place(owner, "横河管区")
    station = one(owner, "select id from core.unit where territory_id = %s", area)
    found = one(owner, "select core.unit_facts(%s)", station)
    assert found == {"h_town": place(owner, "藏马镇"), "h_area": area, "h_dept": None}


def test_suggest_item_inherits_the_line_of_its_class(owner: Connection) -> None:
    lead, basis = suggest(owner, "010101", place(owner, "横河大集")) or (0, "")
    assert lead == unit(owner, "dept43")
    assert "0101" in basis


def test_suggest_item_line_goes_before_class_line(owner: Connection) -> None:
    lead, _ = suggest(owner, "010106", place(owner, "横河大集")) or (0, "")
    assert lead == unit(owner, "town22")


def test_suggest_community_item_goes_to_the_area_of_the_place(owner: Connection) -> None:
    lead, _ = suggest(owner, "010401", place(owner, "横河大集")) or (0, "")
    assert one(owner, "select territory_id from core.unit where id = %s", lead) == place(owner, "横河管区")


def test_suggest_without_place_falls_back_to_the_class(owner: Connection) -> None:
    lead, _ = suggest(owner, "010401", None) or (0, "")
    assert lead == unit(owner, "dept42")


def test_suggest_territory_line_goes_before_district_line(owner: Connection) -> None:
    add = """
        insert into core.responsibility (district_id, category_id, territory_id, lead_unit_id, basis)
        values (1, %s, %s, %s, '镇级约定')
    """
    owner.execute(add, [category(owner, "0101"), place(owner, "藏马镇"), unit(owner, "dept44")])
    assert suggest(owner, "010101", place(owner, "横河大集")) == (unit(owner, "dept44"), "镇级约定")
    lead, _ = suggest(owner, "010101", place(owner, "黄岛街道")) or (0, "")
    assert lead == unit(owner, "dept43")


def test_suggest_takes_the_line_in_force_on_the_day(owner: Connection) -> None:
    klass = category(owner, "0101")
    owner.execute(
        "update core.responsibility set valid = '[2017-01-01,2026-01-01)' where category_id = %s", [klass]
    )
    add = """
        insert into core.responsibility (district_id, category_id, lead_unit_id, basis, valid)
        values (1, %s, %s, '新清单', '[2026-01-01,)')
    """
    owner.execute(add, [klass, unit(owner, "dept44")])
    assert (suggest(owner, "010101", None, "2025-12-31") or (0, ""))[0] == unit(owner, "dept43")
    assert suggest(owner, "010101", None, "2026-01-01") == (unit(owner, "dept44"), "新清单")


def test_suggest_knows_a_lead_for_every_item_without_a_place(owner: Connection) -> None:
    unknown = """
        select count(*) from core.category c
          left join lateral core.suggest(c.district_id, c.id, null, current_date) s on true
         where c.level = 3 and s.lead_unit_id is null
    """
    assert one(owner, unknown) == 0


def test_suggest_knows_a_lead_for_every_item_in_every_town(owner: Connection) -> None:
    unknown = """
        select count(*) from core.category c
          join core.territory t on t.district_id = c.district_id and t.level = 2
          left join lateral core.suggest(c.district_id, c.id, t.id, current_date) s on true
         where c.level = 3 and s.lead_unit_id is null
    """
    assert one(owner, unknown) == 0


def test_suggest_sends_an_area_only_what_is_on_its_list(owner: Connection) -> None:
    forbidden = """
        select count(*) from core.category c
          join core.territory t on t.district_id = c.district_id and t.name in ('横河大集')
          join lateral core.suggest(c.district_id, c.id, t.id, current_date) s on true
          join core.unit u on u.id = s.lead_unit_id
         where c.level = 3 and u.kind in ('area', 'community') and not c.for_community
    """
    assert one(owner, forbidden) == 0


def test_coordinator_of_a_place_is_its_town(owner: Connection) -> None:
    assert one(owner, "select core.coordinator_of(%s)", place(owner, "横河大集")) == unit(owner, "town22")
    assert one(owner, "select core.coordinator_of(null)") is None


def test_api_suggest_states_the_deadlines(owner: Connection, connect: Connect) -> None:
    owner.execute(  # or what is due next year is provisional in December
        "select core.load_notice(y, 'trial', '[]') from extract(year from now()) this,"
        " generate_series(this::int, this::int + 1) y"
        " where not exists (select from core.calendar_notice n where n.year = y)"
    )
    where = place(owner, "横河大集")
    found = one(connect("d1_operator1"), "select api.suggest(%s, %s)", category(owner, "010101"), where)
    assert found["lead_unit_id"] == unit(owner, "dept43")
    assert found["assist_unit_ids"] == [unit(owner, "dept13")]
    assert found["contact_due_at"] < found["answer_due_at"]
    assert found["provisional"] is False


def test_api_suggest_for_danger_to_life_counts_hours(owner: Connection, connect: Connect) -> None:
    hours = one(
        connect("d1_operator1"),
        "select extract(epoch from (api.suggest(%s, null)->>'answer_due_at')::timestamptz - now()) / 3600",
        category(owner, "020101"),
    )
    assert hours == pytest.approx(2, abs=0.1)


def test_api_place_finds_the_grid_and_its_workers(owner: Connection, connect: Connect) -> None:
    grid = place(owner, "横河第3网格")
    row = owner.execute("select lon + 0.0001, lat from core.territory where id = %s", [grid]).fetchone()
    assert row is not None
    found = one(connect("d1_operator1"), "select api.place(%s, %s)", *row)
    assert (found["place_id"], found["path"]) == (grid, "藏马镇 › 横河管区 › 横河第3网格")
    assert found["distance_m"] == pytest.approx(9, abs=1)
    assert [worker["post"] for worker in found["workers"]][:2] == ["head", "full_time"]


def test_api_place_far_away_is_null(connect: Connect) -> None:
    assert one(connect("d1_operator1"), "select api.place(100, 20)") is None


def test_api_place_stays_in_the_district_of_the_person(owner: Connection, connect: Connect) -> None:
    row = owner.execute("select lon, lat from core.territory where name = '横河第3网格'").fetchone()
    assert row is not None
    assert one(connect("d2_operator1"), "select api.place(%s, %s)", *row) is None


def test_api_place_is_refused_to_other_systems(connect: Connect) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect("d1_intake").execute("select api.place(119.78, 35.75)")
