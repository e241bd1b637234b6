"""Lists and counts: one filter, one truth, in pages that neither skip nor repeat."""

from __future__ import annotations

from collections import Counter
from typing import Any

import psycopg
import pytest
from hall import AREA, CALLBACK, DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, Hall
from psycopg.types.json import Jsonb

READERS = (OPERATOR, TOWN, AREA, DEPT, OTHER_DEPT)
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"open_only": False},
    {"lights": ["R"]},
    {"lights": ["-", "Y"]},
    {"states": ["WORK", "SENT"]},
    {"channels": ["phone"], "kinds": ["complaint"]},
    {"pending": True},
    {"pending": False},
    {"pending": ["hold"]},
    {"mine": True},
    {"text": "路灯"},
    {"text": "nowhere"},
    {"open_only": False, "text": "LAMP"},
    {"created_from": "2000-01-01T00:00:00Z", "created_to": "2001-01-01T00:00:00Z"},
)


@pytest.fixture
def busy(hall: Hall) -> Hall:
    """Forty tickets in many states, with equal due moments, some at home with each reader."""
    units = [hall.unit[login] for login in (DEPT, OTHER_DEPT, TOWN, AREA, "d1_town02")]
    for number in range(40):
        body = "LAMP out" if number % 3 else "不亮"
        ticket = hall.open(title=f"路灯 {number}", body=body, category_id=hall.community_category)["id"]
        if number % 4:
            hall.act(OPERATOR, ticket, "dispatch", payload={"unit": units[number % 5], "basis": "清单"})
        if number % 4 and number % 7 == 1:
            hall.act(OPERATOR, ticket, "sign_for")
        if number % 13 == 0:
            hall.act(SUPERVISOR, ticket, "void")
        if number % 8 == 5 and number % 13:  # what is void has no light
            due = "date_trunc('day', now()) + (%s) * interval '1 day'"
            hall.rows(
                f"update core.ticket set due_at = {due}, red_at = {due} + interval '1 s',"
                f" yellow_at = {due} - interval '1 day' where id = %s returning id",
                number % 3 - 1, number % 3 - 1, number % 3 - 1, ticket,
            )  # fmt: skip
    return hall


def pages(hall: Hall, login: str, wanted: dict[str, Any], order: str, limit: int) -> list[dict[str, Any]]:
    """Walk all pages of a list."""
    found: list[dict[str, Any]] = []
    at = last = None
    while True:
        page = hall.call(
            login, "select * from api.tickets_page(%s, %s, %s, %s, %s)", Jsonb(wanted), order, at, last, limit
        )
        found += page
        if len(page) < limit:
            return found
        at, last = page[-1]["due_at" if order == "due" else "created_at"], page[-1]["id"]


def test_counts_agree_with_the_list_for_every_filter_and_reader(busy: Hall) -> None:
    totals = Counter[str]()
    for login in READERS:
        for wanted in FILTERS:
            rows = pages(busy, login, wanted, "due", 1000)
            counts = busy.call(login, "select api.queue_counts(%s) as c", Jsonb(wanted))[0]["c"]
            assert counts["total"] == len(rows), (login, wanted)
            lights = Counter(row["light"] for row in rows)
            assert counts["lights"] == {light: lights[light] for light in "RYG-"}, (login, wanted)
            assert counts["states"] == Counter(row["state"] for row in rows), (login, wanted)
            totals[login] += len(rows)
    assert all(totals[login] > 20 for login in READERS), totals


@pytest.mark.parametrize("order", ["due", "newest"])
def test_pages_are_the_whole_list_in_order_without_gap_or_repeat(busy: Hall, order: str) -> None:
    for login in READERS:
        whole = busy.call(
            login,
            "select id from api.tickets where is_open order by "
            + ("due_at nulls last, id" if order == "due" else "created_at desc, id desc"),
        )
        for limit in (1, 3, 7):
            walked = pages(busy, login, {}, order, limit)
            assert [row["id"] for row in walked] == [row["id"] for row in whole], (login, limit)


def test_filter_by_branch_of_units_places_and_categories(busy: Hall) -> None:
    town_unit, town = (
        busy.unit[TOWN],
        busy.value("select p_town from core.ticket where p_town is not null limit 1"),
    )
    area, grid = busy.value("select p_area from core.ticket limit 1"), busy.place
    domain = busy.value("select domain_id from core.category where id = %s", busy.community_category)
    klass = busy.value("select parent_id from core.category where id = %s", busy.community_category)
    district = busy.value("select id from core.territory where district_id = 1 and parent_id is null")
    everything = {row["id"] for row in pages(busy, OPERATOR, {}, "due", 1000)}
    for wanted in (
        *({"territory_id": place} for place in (district, town, area, grid)),
        *({"category_id": category} for category in (domain, klass, busy.community_category)),
    ):
        assert {row["id"] for row in pages(busy, OPERATOR, wanted, "due", 1000)} == everything, wanted
    below = {row["handler_unit_id"] for row in pages(busy, OPERATOR, {"unit_id": town_unit}, "due", 1000)}
    assert below == {town_unit, busy.unit[AREA]}
    for nowhere in ({"territory_id": -1}, {"unit_id": -1}, {"category_id": -1}):
        assert pages(busy, OPERATOR, nowhere, "due", 1000) == []


def test_whole_number_finds_an_old_closed_ticket(hall: Hall) -> None:
    ticket = hall.open()
    hall.rows(
        "update core.ticket set is_open = false, due_at = null, created_at = now() - interval '5 years'"
        " where id = %s returning id", ticket["id"],
    )  # fmt: skip
    by_number = pages(hall, OPERATOR, {"open_only": False, "text": ticket["number"]}, "newest", 10)
    assert [row["id"] for row in by_number] == [ticket["id"]]
    by_word = pages(hall, OPERATOR, {"open_only": False, "text": "路灯"}, "newest", 10)
    assert [row["id"] for row in by_word] == [ticket["id"]]  # words are sought in all years, too


def test_merged_tickets_are_found_under_their_main(hall: Hall) -> None:
    main, other = hall.open()["id"], hall.open()["id"]
    hall.act(OPERATOR, other, "merge", payload={"main": main})
    assert [row["id"] for row in pages(hall, OPERATOR, {"merged_into": main}, "newest", 10)] == [other]


@pytest.mark.parametrize(
    "wanted",
    [
        {"light": ["R"]},
        {"lights": "R"},
        {"unit_id": "x' or true --"},
        {"created_from": "yesterday-ish"},
        {"order": "sideways"},
        ["R"],
    ],
)
def test_bad_filter_is_refused_by_name(hall: Hall, wanted: object) -> None:
    with pytest.raises(psycopg.Error) as caught:
        hall.call(OPERATOR, "select api.queue_counts(%s)", Jsonb(wanted))
    assert caught.value.sqlstate == "LD003"


def test_text_is_never_sql(hall: Hall) -> None:
    title = "a' or true) --%_\\"
    ticket = hall.open(title=title)["id"]
    hall.open()
    assert [row["id"] for row in pages(hall, OPERATOR, {"text": title}, "due", 10)] == [ticket]
    assert pages(hall, OPERATOR, {"text": "%"}, "due", 10)[0]["id"] == ticket


class TestDuplicates:
    """Likely duplicates beside the intake form."""

    def find(self, hall: Hall, **payload: object) -> list[tuple[int, tuple[str, ...]]]:
        for _ in range(2):  # a number is told only on a register row that was there before
            rows = hall.call(OPERATOR, "select * from api.duplicates(%s)", Jsonb(payload))
        return [(row["ticket_id"], tuple(row["reason"])) for row in rows]

    def test_same_caller_in_any_way_of_writing_the_number(self, hall: Hall) -> None:
        ticket = hall.open(place_id=None, no_place=True)["id"]
        hall.open(caller={"name": "测试人丙", "phone": "13900000009"}, place_id=None, no_place=True)
        assert self.find(hall, phone="+86 138-0000-0001") == [(ticket, ("caller",))]

    def test_same_place_and_class(self, hall: Hall) -> None:
        ticket = hall.open()["id"]
        assert self.find(hall, place_id=hall.place, category_id=hall.category) == [(ticket, ("place_class",))]
        assert self.find(hall, place_id=hall.place) == []

    def test_similar_words_and_nothing_in_common(self, hall: Hall) -> None:
        ticket = hall.open()["id"]
        assert self.find(hall, title="小区门口路灯三天不亮") == [(ticket, ("words",))]
        assert self.find(hall, title="餐馆油烟扰民") == []

    def test_best_first_and_only_of_the_last_thirty_days(self, hall: Hall) -> None:
        near, nearest, old = (
            hall.open(caller={"anonymous": True})["id"],
            hall.open()["id"],
            hall.open()["id"],
        )
        hall.rows(
            "update core.ticket set created_at = now() - interval '31 days' where id = %s returning id", old
        )
        found = self.find(hall, phone="13800000001", place_id=hall.place, category_id=hall.category)
        assert [ticket for ticket, _ in found] == [nearest, near]

    def test_only_for_intake_desks(self, hall: Hall) -> None:
        for query in (
            "select * from api.duplicates('{}')",
            "select * from api.caller_history('13800000001')",
        ):
            hall.call(OPERATOR, query)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                hall.call(DEPT, query)


def test_caller_history_is_newest_first_and_of_ones_own_district(hall: Hall) -> None:
    first, second = hall.open()["id"], hall.open()["id"]
    hall.open(caller={"name": "测试人丙", "phone": "13900000009"})
    query = "select id from api.caller_history(%s)"
    assert hall.call(CALLBACK, query, "138 0000 0001") == []  # the first time it only writes the register
    assert [row["id"] for row in hall.call(CALLBACK, query, "138 0000 0001")] == [second, first]
    for _ in range(2):
        assert hall.call("d2_operator1", query, "13800000001") == []


class TestSavedViews:
    """Saved filters, own and shared."""

    SAVE = "select api.save_view(%s, %s, %s, %s) as id"
    LIST = "select name, owner, filter from api.saved_views order by name"

    def test_own_view_is_seen_by_its_owner_alone(self, hall: Hall) -> None:
        before = hall.call(OPERATOR, self.LIST)
        view = hall.call(OPERATOR, self.SAVE, None, "红灯", Jsonb({"lights": ["R"]}), False)[0]["id"]
        assert len(hall.call(OPERATOR, self.LIST)) == len(before) + 1
        assert len(hall.call(SUPERVISOR, self.LIST)) == len(before)
        with pytest.raises(psycopg.Error) as caught:
            hall.call(SUPERVISOR, "select api.drop_view(%s)", view)
        assert caught.value.diag.constraint_name == "no_such_view"
        hall.call(OPERATOR, "select api.drop_view(%s)", view)
        assert hall.call(OPERATOR, self.LIST) == before

    def test_shared_view_is_kept_by_supervisors_for_everybody(self, hall: Hall) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.call(OPERATOR, self.SAVE, None, "全区", Jsonb({}), True)
        view = hall.call(SUPERVISOR, self.SAVE, None, "全区", Jsonb({}), True)[0]["id"]
        for login in (OPERATOR, DEPT):
            assert "全区" in {row["name"] for row in hall.call(login, self.LIST)}
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.call(OPERATOR, "select api.drop_view(%s)", view)

    def test_bad_filter_or_taken_name_is_refused(self, hall: Hall) -> None:
        one = hall.call(OPERATOR, self.SAVE, None, "一", Jsonb({}), False)[0]["id"]
        hall.call(OPERATOR, self.SAVE, None, "二", Jsonb({}), False)
        with pytest.raises(psycopg.Error) as caught:
            hall.call(OPERATOR, self.SAVE, one, "二", Jsonb({}), False)
        assert caught.value.diag.constraint_name == "view_name_taken"
        with pytest.raises(psycopg.Error) as caught:
            hall.call(OPERATOR, self.SAVE, None, "三", Jsonb({"what": 1}), False)
        assert caught.value.sqlstate == "LD003"
