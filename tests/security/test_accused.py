"""R902, R903, T26: whoever is complained about, or has an interest, is kept off, and nobody else is."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, Hall
from psycopg.types.json import Jsonb

OTHER_OPERATOR = "d1_operator2"
HIDDEN = ("LD004", "no_such_ticket")


def refusal(hall: Hall, login: str, query: str, *values: object) -> tuple[str, str]:
    with pytest.raises(psycopg.Error) as caught:
        hall.call(login, query, *values)
    assert caught.value.diag.message_detail == "{}"
    return str(caught.value.sqlstate), str(caught.value.diag.constraint_name)


def farewells(hall: Hall, ticket: int) -> set[str]:
    rows = hall.rows(
        "select substr(scope, 8) as login from core.change where id = %s and scope ~ '^person '", ticket
    )
    return {row["login"] for row in rows}


def test_accused_person_of_the_centre_is_kept_off_and_colleagues_are_not(hall: Hall) -> None:
    ticket = hall.open(accused_login=OTHER_OPERATOR)["id"]
    assert not hall.sees(OTHER_OPERATOR, ticket)
    assert hall.sees(OPERATOR, ticket)
    assert hall.sees(TOWN, ticket)
    assert hall.refused(OTHER_OPERATOR, ticket, "accept") == HIDDEN
    for _ in range(2):  # the first only writes the register
        assert hall.call(OTHER_OPERATOR, "select from api.caller_history('13800000001')") == []
    assert farewells(hall, ticket) == set()  # it was never in sight


def test_nobody_writes_down_the_complaint_about_himself(hall: Hall) -> None:
    payload = Jsonb(hall.opening() | {"accused_login": OPERATOR})
    assert refusal(hall, OPERATOR, "select api.open_ticket(%s, %s)", uuid4(), payload) == (
        "LD001",
        "accused_self",
    )


def test_own_key_sent_again_is_no_way_past_the_guard(hall: Hall) -> None:
    key, payload = uuid4(), Jsonb(hall.opening())
    query = "select id from api.open_ticket(%s, %s)"
    ticket = hall.call(OPERATOR, query, key, payload)[0]["id"]
    assert hall.call(OPERATOR, query, key, payload)[0]["id"] == ticket
    hall.act(SUPERVISOR, ticket, "withdraw", payload={"staff": OPERATOR, "reason": "亲属"})
    assert refusal(hall, OPERATOR, query, key, payload) == HIDDEN


@pytest.mark.parametrize("merged", [False, True])
def test_who_withdrew_is_kept_off_what_follows(hall: Hall, merged: bool) -> None:
    """T24, T26: an interest is in the matter. Who has none sees the new ticket; who has, hears nothing."""
    old = hall.at("archived")
    named = old
    if merged:
        named = hall.open()["id"]
        hall.act(OPERATOR, named, "merge", payload={"main": hall.open()["id"]})
        hall.owner.execute("update core.ticket set main_ticket_id = %s where id = %s", [old, named])
    hall.act(SUPERVISOR, named, "withdraw", payload={"staff": "d1_operator2", "reason": "亲属"})
    hall.act(OPERATOR, old, "follow_up")
    new = hall.value("select id from core.ticket where follows_ticket_id = %s", old)
    assert hall.sees(OPERATOR, new)
    assert not hall.sees("d1_operator2", new)
    assert "d1_operator2" not in farewells(hall, new)
    again = hall.open("d1_operator3", follows_ticket_id=new)["id"]  # also by hand, and also the one after
    assert not hall.sees("d1_operator2", again)
    assert hall.sees("d1_operator3", again)
    hall.act(SUPERVISOR, old, "withdraw", payload={"staff": "d1_operator3", "reason": "后来得知"})
    assert not hall.sees("d1_operator3", again)
    assert "d1_operator3" in farewells(hall, again)


def test_who_is_accused_in_a_merged_ticket_is_kept_off_what_follows(hall: Hall) -> None:
    old = hall.at("archived")
    named = hall.open(accused_login="d1_operator2")["id"]
    hall.owner.execute("update core.ticket set main_ticket_id = %s where id = %s", [old, named])
    hall.act(OPERATOR, old, "follow_up")
    new = hall.value("select id from core.ticket where follows_ticket_id = %s", old)
    assert hall.sees(OPERATOR, new)
    assert not hall.sees("d1_operator2", new)
    assert "d1_operator2" not in farewells(hall, new)


def test_handler_that_turns_out_accused_loses_the_ticket_and_hears_it(hall: Hall) -> None:
    ticket = hall.at("work")
    assert hall.sees(DEPT, ticket)
    after = hall.act(
        OPERATOR, ticket, "amend", payload={"accused_unit": hall.unit[DEPT], "reason": "来电补充"}
    )
    assert (after["state"], after["handler_unit_id"]) == ("TRIAGE", None)
    assert not hall.sees(DEPT, ticket)
    assert farewells(hall, ticket) >= {DEPT}
    assert OTHER_DEPT not in farewells(hall, ticket)
    assert hall.refused(OPERATOR, ticket, "dispatch") == ("LD001", "accused_unit")
    assert hall.rows("select * from core.verify_fold()") == []


def test_unit_next_above_is_proposed_receives_and_sees(hall: Hall) -> None:
    ticket = hall.open(accused_unit_id=hall.unit[AREA])["id"]
    assert not hall.sees(TOWN, ticket)  # not as a copy of what happens in its territory
    hall.act(OPERATOR, ticket, "dispatch", payload={"unit": hall.unit[TOWN], "basis": "上级单位办理"})
    assert hall.sees(TOWN, ticket)
    assert not hall.sees(AREA, ticket)
    hall.act(TOWN, ticket, "sign")
    assert hall.refused(TOWN, ticket, "hand_down") == ("LD001", "accused_unit")
    above = "select core.above_accused(%s, %s)"
    assert hall.value(above, hall.unit[AREA], hall.unit[AREA]) == hall.unit[TOWN]
    assert hall.value(above, hall.unit[TOWN], hall.unit[TOWN]) is None  # the centre itself
    assert hall.value(above, hall.unit[DEPT], hall.unit[TOWN]) == hall.unit[DEPT]


def test_proposal_leaves_the_accused_out(hall: Hall) -> None:
    asked = "select api.suggest(%s, %s, %s) as found"
    free = hall.call(OPERATOR, asked, hall.category, hall.place, None)[0]["found"]
    lead = free["lead_unit_id"]
    told = hall.call(OPERATOR, asked, hall.category, hall.place, lead)[0]["found"]
    assert lead is not None
    assert told["lead_unit_id"] != lead
    assert lead not in told["assist_unit_ids"]
    ticket = hall.open(accused_unit_id=lead)["id"]
    proposed = hall.call(OPERATOR, "select api.propose(%s) as found", ticket)[0]["found"]
    assert proposed.get("unit") == told["lead_unit_id"]
    assert lead not in proposed.get("assist", [])


def test_unit_next_above_the_accused_is_what_the_page_proposes(hall: Hall) -> None:
    category = hall.value(
        "select c.id from core.category c, core.suggest(1::smallint, c.id, %s, current_date) s"
        " where c.district_id = 1 and s.lead_unit_id = %s order by c.code limit 1",
        hall.place,
        hall.unit[AREA],
    )

    def proposed(**changed: object) -> int | None:
        ticket = hall.open(category_id=category, **changed)["id"]
        found = hall.call(OPERATOR, "select api.propose(%s) as found", ticket)[0]["found"].get("unit")
        return None if found is None else int(found)

    assert proposed() == hall.unit[AREA]
    assert proposed(accused_unit_id=hall.unit[AREA]) == hall.unit[TOWN]
    assert proposed(accused_unit_id=hall.unit[TOWN]) is None  # the centre itself


def test_merging_passes_the_guard_on_and_unmerging_takes_it_back(hall: Hall) -> None:
    main, sibling, naming = (
        hall.at("work"),
        hall.open()["id"],
        hall.open(accused_unit_id=hall.unit[TOWN])["id"],
    )
    hall.act(OPERATOR, sibling, "merge", payload={"main": main})
    assert hall.sees(TOWN, main)
    assert hall.sees(TOWN, sibling)
    hall.act(OPERATOR, naming, "merge", payload={"main": main})
    assert not any(hall.sees(TOWN, ticket) for ticket in (main, sibling, naming))
    assert hall.sees(DEPT, main)
    assert TOWN in farewells(hall, main) & farewells(hall, sibling)
    hall.act(SUPERVISOR, naming, "unmerge")
    assert [hall.sees(TOWN, ticket) for ticket in (main, sibling, naming)] == [True, True, False]


def test_complaint_is_not_merged_into_what_the_accused_handles(hall: Hall) -> None:
    main = hall.at("work")
    naming = hall.open(accused_unit_id=hall.unit[DEPT])["id"]
    assert hall.refused(OPERATOR, naming, "merge", {"main": main}) == ("LD001", "main_with_accused")


def test_hidden_and_absent_tickets_are_refused_alike(hall: Hall) -> None:
    hidden, absent, own = hall.open(OTHER_OPERATOR, accused_login=OPERATOR)["id"], 1, hall.open()["id"]
    for query, values in (
        ("select api.act(%s, 'note', 1, gen_random_uuid(), '{\"text\": \"x\"}')", ()),
        ("select api.reveal(%s, '核对地址')", ()),
        ("select api.here(gen_random_uuid(), %s, false)", ()),
        ("select * from api.allowed(%s)", ()),
        ("select * from api.events_of(%s)", ()),
        ("select api.explain_due(%s)", ()),
        ("select api.act(%s, 'merge', 1, gen_random_uuid(), jsonb_build_object('main', %s::bigint))", (own,)),
    ):
        answers = [refusal(hall, OPERATOR, query, *values, ticket) for ticket in (hidden, absent)]
        assert answers == [HIDDEN, HIDDEN], query
    for ticket in (hidden, absent):
        payload = Jsonb(hall.opening() | {"follows_ticket_id": ticket})
        assert refusal(hall, OPERATOR, "select api.open_ticket(%s, %s)", uuid4(), payload) == HIDDEN


def test_plan_of_a_search_tells_no_number(hall: Hall) -> None:
    number = hall.open(place_id=None, no_place=True)["number"]
    plan = "select (api.plan_list(jsonb_build_object('text', %s::text))).condition as told"
    known, unknown = (hall.call(DEPT, plan, text)[0]["told"] for text in (number, "20200101-9999"))
    assert known == unknown


def test_outcome_of_a_foreign_key_is_that_of_an_unused_one(hall: Hall) -> None:
    key = uuid4()
    hall.open(key=key)
    asked = "select api.outcome(%s) as told"
    assert hall.call(OPERATOR, asked, key)[0]["told"]["known"]
    assert hall.call(OTHER_OPERATOR, asked, key) == hall.call(OTHER_OPERATOR, asked, uuid4())


def test_reveal_is_good_for_a_while_and_then_another_row(hall: Hall) -> None:
    ticket = hall.open()["id"]
    look = "select (api.reveal(%s, '核对地址') ->> 'expires_at')::timestamptz as until"
    first = hall.call(OPERATOR, look, ticket)[0]["until"]
    assert hall.call(OPERATOR, look, ticket)[0]["until"] == first
    count = "select count(*) from audit.reveal where ticket_id = %s"
    assert hall.value(count, ticket) == 1
    hall.owner.execute("update core.setting set value = '0' where key = 'reveal_minutes'")
    other = hall.open()["id"]
    for _ in range(2):
        hall.call(OPERATOR, look, other)
    assert hall.value(count, other) == 2


def test_accused_supervisor_does_not_find_the_ticket_in_the_register(hall: Hall) -> None:
    ticket = hall.open(accused_login=SUPERVISOR)["id"]
    hall.call(OPERATOR, "select api.reveal(%s, '核对地址')", ticket)
    assert hall.call("d1_inspector1", "select from api.reveals where ticket_id = %s", ticket)
    assert hall.call(SUPERVISOR, "select from api.reveals where ticket_id = %s", ticket) == []
