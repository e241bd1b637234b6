"""The end of a caller's number: whom it finds, who may ask, and what is written down."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from hall import CALLBACK, DEPT, OPERATOR, TOWN, Hall


class TestPhone:
    """Asked twice: the first question only writes the register."""

    FIND = "select id from api.search_phone(%s)"

    def find(self, hall: Hall, login: str, digits: str) -> list[int]:
        """Ask for the register, and then for the tickets."""
        assert hall.call(login, self.FIND, digits) == []
        return [row["id"] for row in hall.call(login, self.FIND, digits)]

    def entries(self, hall: Hall) -> list[Any]:
        return [
            {name: value for name, value in row["detail"].items() if name != "key"}
            for row in hall.rows("select detail from audit.entry where kind = 'phone_search' order by id")
        ]

    def test_finds_newest_first_and_is_written_down(self, hall: Hall) -> None:
        first, second = hall.open()["id"], hall.open(caller={"name": "甲", "phone": "138-0000 0001"})["id"]
        hall.open(caller={"name": "乙", "phone": "13900010002"})
        assert self.find(hall, CALLBACK, "0001") == [second, first]
        assert self.find(hall, OPERATOR, "1380000-0001") == [second, first]
        assert self.entries(hall) == [
            {"end": "0001", "digits": 4},
            {"end": "0001", "digits": 11},
        ]

    def test_keeps_secret_callers_other_districts_and_kept_off_tickets(self, hall: Hall) -> None:
        hall.open(caller={"name": "甲", "phone": "13800000001", "secret": True})
        hall.open(accused_login=CALLBACK)
        assert self.find(hall, CALLBACK, "0001") == []
        assert len(self.find(hall, OPERATOR, "0001")) == 1
        assert self.find(hall, "d2_operator1", "0001") == []

    def test_search_that_could_be_taken_back_finds_nothing(self, hall: Hall) -> None:
        ticket, desk = hall.open()["id"], hall.desk(OPERATOR)
        with desk.transaction(force_rollback=True):
            for _ in range(2):
                assert desk.execute(self.FIND, ["0001"]).fetchall() == []
        assert self.entries(hall) == []
        assert self.find(hall, OPERATOR, "0001") == [ticket]

    @pytest.mark.parametrize("digits", ["001", "", None, "abcd", "%%%%", "1" * 21])
    def test_refuses_less_than_four_digits(self, hall: Hall, digits: str | None) -> None:
        hall.open()
        with pytest.raises(psycopg.Error) as refusal:
            hall.call(OPERATOR, self.FIND, digits)
        assert refusal.value.sqlstate == "LD003"

    def test_only_for_the_desks_of_the_centre_and_not_without_end(self, hall: Hall) -> None:
        hall.open()
        for login in (DEPT, TOWN, "d1_inspector1"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                hall.call(login, self.FIND, "0001")
        for number in range(30):
            hall.call(OPERATOR, self.FIND, f"{number:04}")
        with pytest.raises(psycopg.Error) as refusal:
            hall.call(OPERATOR, self.FIND, "0030")
        assert refusal.value.diag.constraint_name == "phone_searches"
        hall.call(CALLBACK, self.FIND, "0001")
