"""Counts of many lists and of every unit, asked in one question: the same as each list's own."""

from __future__ import annotations

from typing import Any

import pytest
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, Hall
from psycopg.types.json import Jsonb

READERS = (OPERATOR, TOWN, AREA, DEPT, OTHER_DEPT)
COUNTS = "select api.queue_counts(%s)->'total' as n"


@pytest.fixture
def spread(hall: Hall) -> Hall:
    """Sixty tickets over departments, towns and an area below a town; every seventh assisted or closed."""
    units = [hall.unit[login] for login in (DEPT, OTHER_DEPT, TOWN, AREA, "d1_town02")]
    for number in range(30):
        ticket = hall.open(title=f"路灯 {number}", category_id=hall.community_category)["id"]
        if number % 6:
            hall.act(OPERATOR, ticket, "dispatch", payload={"unit": units[number % 5], "basis": "清单"})
        if number % 6 and number % 7 == 1:
            hall.act(OPERATOR, ticket, "sign_for")
        if number % 13 == 0:
            hall.act(SUPERVISOR, ticket, "void")
    return hall


def totals(hall: Hall, login: str, filters: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = hall.call(login, "select api.view_totals(%s) as t", Jsonb(filters))[0]["t"]
    return answer


def test_units_are_counted_as_a_list_of_each_unit_counts_them(spread: Hall) -> None:
    units = [row["id"] for row in spread.rows("select id from core.unit where district_id = 1")]
    busiest = 0
    for login in READERS:
        told = totals(spread, login, {})
        for unit in units:
            alone = spread.call(login, COUNTS, Jsonb({"unit_id": unit}))[0]["n"]
            assert told["units"].get(str(unit), 0) == alone, (login, unit)
            busiest = max(busiest, alone)
        assert 0 not in told["units"].values()
    assert busiest > 10


def test_more_filters_than_a_function_takes_arguments_are_counted(spread: Hall) -> None:
    filters = {
        f"第{n}": {"states": ["WORK"] if n % 2 else ["SENT"], "lights": ["G", "Y"]} for n in range(130)
    }
    told = totals(spread, OPERATOR, filters)["totals"]
    assert len(told) == 130
    for name in ("第0", "第1", "第129"):
        assert told[name] == spread.call(OPERATOR, COUNTS, Jsonb(filters[name]))[0]["n"] > 0


def test_a_list_that_counts_only_so_far_says_that_there_are_more(hall: Hall) -> None:
    hall.make_months(2)
    hall.open()
    past = {"all": {"open_only": False}, "words": {"open_only": False, "text": "路灯"}, "open": {}}
    assert totals(hall, OPERATOR, past)["more"] == []
    hall.rows(
        "insert into core.ticket (district_id, id, number, state, is_open, kind, channel, source, title,"
        " body, created_by, created_at, updated_at)"
        " select 1, to_char(day, 'YYYYMM')::bigint * 100000000 + 90000000 + n,"
        " to_char(day, 'YYYYMMDD') || '-9' || n, 'ARCHIVED', false, 'help', 'phone', 'd1_yht', '题', '文',"
        " 'd1_operator1', now(), now() from generate_series(1, 1200) n,"
        " (select now() at time zone 'Asia/Shanghai') x(day) returning id"
    )
    told = totals(hall, OPERATOR, past)
    assert (told["more"], told["totals"]["all"], told["totals"]["words"]) == (["all"], 999, 1)


def test_nothing_to_count_is_nothing(hall: Hall) -> None:
    assert totals(hall, DEPT, {}) == {"totals": {}, "more": [], "units": {}}
    assert totals(hall, DEPT, {"一": {}}) == {"totals": {"一": 0}, "more": [], "units": {}}


def test_words_are_counted_as_they_are_found(hall: Hall) -> None:
    hall.open(title="路灯不亮", body="小区门口")
    hall.open(title="小区路灯", body="一直不亮")
    hall.open(title="噪音", body="小区里")
    for words, found in (("路灯 小区", 2), ("小区 路灯 门口", 1), ("小区", 3)):
        told = totals(hall, OPERATOR, {"x": {"text": words}})
        assert told["totals"]["x"] == found
        assert len(hall.call(OPERATOR, "select from api.search(%s, '{}')", words)) == found
