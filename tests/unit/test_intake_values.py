"""From typed fields to a payload."""

from dataclasses import replace

import pytest

from console.ticket.intake_values import IntakeValues

TOLD = IntakeValues(phone=" 13900000001 ", place_id=7, body="  路灯\n不亮 已经三天了 ")


def test_payload_leaves_out_what_is_not_said() -> None:
    assert TOLD.payload() == {
        "kind": "help",
        "channel": "phone",
        "title": "路灯 不亮 已经三天了",
        "body": "路灯\n不亮 已经三天了",
        "place_id": 7,
        "wants_reply": True,
        "caller": {"phone": "13900000001"},
    }


def test_payload_without_place_says_so() -> None:
    payload = replace(TOLD, place_id=None, no_place=True).payload()
    assert payload["no_place"] is True
    assert "place_id" not in payload


def test_problems_of_an_empty_form_name_what_a_ticket_needs() -> None:
    assert set(IntakeValues().problems()) == {"body", "place_id", "phone"}


def test_problems_of_an_anonymous_report_without_place_are_none() -> None:
    assert IntakeValues(body="x", is_anonymous=True, no_place=True).problems() == {}


@pytest.mark.parametrize("code", ["120.1,35.9", " 120.1 , 35.9 ", "120.1，35.9", "120.1 35.9"])
def test_map_code_is_read_as_people_write_it(code: str) -> None:
    assert replace(TOLD, map_code=code).position() == (120.1, 35.9)


@pytest.mark.parametrize("code", ["abc", "120.1", "200,35", "120,95"])
def test_map_code_that_is_none_is_a_problem(code: str) -> None:
    assert "map_code" in replace(TOLD, map_code=code).problems()


def test_draft_round_trip_keeps_everything() -> None:
    values = replace(TOLD, is_urgent=True, category_id=3, accused_unit_id=9, map_code="120,36")
    assert IntakeValues.from_json(values.to_json()) == values
