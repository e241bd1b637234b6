"""Who reads the register, page by page, and who looks over the day's reveals."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from hall import CALLBACK, DEPT, INSPECTOR, LEADER, OPERATOR, SUPERVISOR, TOWN, Hall
from psycopg.types.json import Jsonb

ADMIN = "d1_admin"
CHECKERS = (SUPERVISOR, INSPECTOR, LEADER, ADMIN)
OTHERS = (OPERATOR, CALLBACK, DEPT, TOWN)


def page(
    hall: Hall, login: str, after: tuple[datetime, int] | None = None, limit: int = 200, **asked: Any
) -> Any:
    return hall.call(
        login, "select * from api.audit_page(%s, %s, %s, %s)", Jsonb(asked), *(after or (None, None)), limit
    )


def reveal(hall: Hall, ticket: int, login: str = OPERATOR, reason: str = "核对地址") -> None:
    hall.call(login, "select api.reveal(%s, %s)", ticket, reason)


def days(hall: Hall, login: str) -> list[dict[str, Any]]:
    return hall.call(
        login, "select * from api.reveal_days(%s)", datetime.now(UTC).date() - timedelta(days=30)
    )


def see(hall: Hall, login: str, day: date, last: int) -> datetime:
    moment: datetime = hall.call(login, "select api.see_reveals(%s, %s) as at", day, last)[0]["at"]
    return moment


def refusal(hall: Hall, login: str, query: str, *values: object) -> tuple[str | None, str | None]:
    with pytest.raises(psycopg.Error) as refused:
        hall.call(login, query, *values)
    return refused.value.sqlstate, refused.value.diag.constraint_name


class TestPages:
    @pytest.mark.parametrize("login", CHECKERS)
    def test_those_who_answer_for_it_read_it(self, hall: Hall, login: str) -> None:
        ticket = hall.open()
        reveal(hall, ticket["id"])
        [row] = page(hall, login)
        assert (row["kind"], row["login"], row["number"], row["reason"], row["title"]) == (
            "reveal",
            OPERATOR,
            ticket["number"],
            "核对地址",
            ticket["title"],
        )
        assert row["caller_label"] == "测** 138****01"

    @pytest.mark.parametrize("login", [*OTHERS, "d2_supervisor1", "d2_operator1"])
    def test_others_and_other_districts_read_nothing(self, hall: Hall, login: str) -> None:
        reveal(hall, hall.open()["id"])
        assert len(page(hall, SUPERVISOR)) == 1
        assert page(hall, login) == []

    def test_what_is_kept_from_a_checker_is_in_no_page(self, hall: Hall) -> None:
        ticket = hall.open()["id"]
        reveal(hall, ticket)
        hall.act(SUPERVISOR, ticket, "withdraw")
        assert [row["ticket_id"] for row in page(hall, INSPECTOR)] == [ticket]
        number = hall.ticket(ticket)["number"]
        assert page(hall, SUPERVISOR) == page(hall, SUPERVISOR, number=number) == []
        assert days(hall, SUPERVISOR) == []
        assert len(days(hall, INSPECTOR)) == 1

    def test_pages_join_without_gap_or_double_also_at_one_moment(self, hall: Hall) -> None:
        with hall.owner.transaction():
            for number in range(25):
                hall.owner.execute(
                    "insert into audit.entry (district_id, at, login, kind) values (%s, %s, %s, 'login')",
                    [
                        None if number % 5 == 0 else 1,
                        datetime(2026, 3, 4, number // 10).astimezone(),
                        OPERATOR,
                    ],
                )
        met: list[int] = []
        after = None
        while rows := page(hall, SUPERVISOR, after, 7):
            met += [row["id"] for row in rows]
            after = (rows[-1]["at"], rows[-1]["id"])
        wanted = hall.rows("select id from audit.entry order by at desc, id desc")
        assert met == [row["id"] for row in wanted]

    def test_every_filter_leaves_what_it_says(self, hall: Hall) -> None:
        first, second = hall.open(), hall.open()
        for ticket, login in ((first, OPERATOR), (second, OPERATOR), (second, CALLBACK)):
            reveal(hall, ticket["id"], login)
        hall.call(OPERATOR, "select api.begin_session('x')")
        cut = hall.value("select at from audit.entry order by id offset 1 limit 1")

        def found(**asked: Any) -> list[tuple[str, str, str | None]]:
            return [(row["kind"], row["login"], row["number"]) for row in page(hall, SUPERVISOR, **asked)]

        one, two = first["number"], second["number"]
        login, mine, again = ("login", OPERATOR, None), ("reveal", OPERATOR, two), ("reveal", CALLBACK, two)
        old = ("reveal", OPERATOR, one)
        assert found() == [login, again, mine, old]
        assert found(kinds=["reveal"]) == [again, mine, old]
        assert found(kinds=["reveal", "login"]) == [login, again, mine, old]
        assert found(kinds=[]) == found(logins=[]) == found(number="20200101-0001") == []
        assert found(logins=[CALLBACK]) == [again]
        assert found(logins=[OPERATOR, CALLBACK], kinds=["reveal"]) == [again, mine, old]
        assert found(number=f" {two.lower()} ") == [again, mine]
        assert found(since=cut.isoformat()) == [login, again, mine]
        assert found(until=cut.isoformat()) == [old]

    @pytest.mark.parametrize(
        "asked", [{"who": "x"}, {"since": "someday"}, {"kinds": ["x"] * 51}, {"logins": "x'; select 1 --"}]
    )
    def test_filter_out_of_order_is_refused(self, hall: Hall, asked: dict[str, Any]) -> None:
        state, _ = refusal(hall, SUPERVISOR, "select * from api.audit_page(%s)", Jsonb(asked))
        assert state == "LD003"

    def test_text_of_a_filter_stays_text(self, hall: Hall) -> None:
        hall.call(OPERATOR, "select api.begin_session('x')")
        for text in ("x' or true --", "1); drop table audit.entry; --"):
            assert page(hall, SUPERVISOR, kinds=[text]) == page(hall, SUPERVISOR, logins=[text]) == []
            assert page(hall, SUPERVISOR, number=text) == []

    def test_anchors_are_read_by_those_who_carry_them_away(self, hall: Hall) -> None:
        hall.open()
        hall.rows("select core.seal(10)")
        for login in CHECKERS:
            assert len(hall.call(login, "select id, at, links, hash from api.anchors")) == 1
        for login in OTHERS:
            assert hall.call(login, "select id from api.anchors") == []


class TestDays:
    def test_day_counts_reveals_persons_and_tickets(self, hall: Hall) -> None:
        first, second = hall.open()["id"], hall.open()["id"]
        reveal(hall, first)
        reveal(hall, second)
        reveal(hall, second, CALLBACK)
        [day] = days(hall, SUPERVISOR)
        today = hall.value("select (now() at time zone 'Asia/Shanghai')::date")
        assert (day["day"], day["reveals"], day["persons"], day["tickets"]) == (today, 3, 2, 2)
        assert day["seen_at"] is None

    @pytest.mark.parametrize("login", CHECKERS)
    def test_tick_is_a_row_of_the_register_and_one_s_own(self, hall: Hall, login: str) -> None:
        reveal(hall, hall.open()["id"])
        [day] = days(hall, login)
        seen = see(hall, login, day["day"], day["last_id"])
        assert days(hall, login)[0]["seen_at"] == seen
        other = next(each for each in CHECKERS if each != login)
        assert days(hall, other)[0]["seen_at"] is None
        [row] = page(hall, SUPERVISOR, kinds=["reveals_seen"])
        assert (row["login"], row["subject"], row["at"]) == (login, day["day"].isoformat(), seen)
        assert row["detail"] == {"last": day["last_id"]}  # no count: who reads it may see fewer

    def test_same_tick_again_is_no_second_row(self, hall: Hall) -> None:
        reveal(hall, hall.open()["id"])
        [day] = days(hall, SUPERVISOR)
        assert see(hall, SUPERVISOR, day["day"], day["last_id"]) == see(
            hall, SUPERVISOR, day["day"], day["last_id"]
        )
        assert len(page(hall, SUPERVISOR, kinds=["reveals_seen"])) == 1

    def test_reveal_that_comes_after_the_tick_opens_the_day_again(self, hall: Hall) -> None:
        reveal(hall, hall.open()["id"])
        [day] = days(hall, SUPERVISOR)
        see(hall, SUPERVISOR, day["day"], day["last_id"])
        reveal(hall, hall.open()["id"])
        [again] = days(hall, SUPERVISOR)
        assert (again["reveals"], again["seen_at"]) == (2, None)
        see(hall, SUPERVISOR, day["day"], day["last_id"])
        assert days(hall, SUPERVISOR)[0]["seen_at"] is None
        see(hall, SUPERVISOR, again["day"], again["last_id"])
        assert days(hall, SUPERVISOR)[0]["seen_at"] is not None

    @pytest.mark.parametrize("login", OTHERS)
    def test_others_neither_list_nor_tick(self, hall: Hall, login: str) -> None:
        reveal(hall, hall.open()["id"])
        [day] = days(hall, SUPERVISOR)
        assert days(hall, login) == []
        tick = "select api.see_reveals(%s, %s)"
        assert refusal(hall, login, tick, day["day"], day["last_id"]) == ("42501", "oversight")
        assert page(hall, SUPERVISOR, kinds=["reveals_seen"]) == []

    def test_supervisor_outside_the_centre_does_not_tick(self, hall: Hall) -> None:
        reveal(hall, hall.open()["id"])
        [day] = days(hall, SUPERVISOR)
        hall.owner.execute("update core.staff set duties = '{supervisor}' where login = %s", [TOWN])
        tick = "select api.see_reveals(%s, %s)"
        assert refusal(hall, TOWN, tick, day["day"], day["last_id"]) == ("42501", "oversight")

    def test_tick_needs_a_reveal_of_that_day_that_one_may_see(self, hall: Hall) -> None:
        ticket = hall.open()["id"]
        reveal(hall, ticket)
        [day] = days(hall, SUPERVISOR)
        tick = "select api.see_reveals(%s, %s)"
        for wrong in ((day["day"], day["last_id"] + 1), (day["day"] - timedelta(days=1), day["last_id"])):
            assert refusal(hall, SUPERVISOR, tick, *wrong)[0] == "LD003"
        assert refusal(hall, "d2_supervisor1", tick, day["day"], day["last_id"])[0] == "LD003"
        hall.act(SUPERVISOR, ticket, "withdraw")
        assert refusal(hall, SUPERVISOR, tick, day["day"], day["last_id"])[0] == "LD003"
        assert see(hall, INSPECTOR, day["day"], day["last_id"])


class TestStamps:
    def test_stamp_says_what_the_register_says(self, hall: Hall) -> None:
        [begun] = hall.call(DEPT, "select api.begin_export('tickets', '{}') as id")
        [stamp] = hall.call(DEPT, "select api.export_stamp(%s) as s", begun["id"])
        entry = hall.rows("select at from audit.entry where id = %s", begun["id"])[0]
        person = hall.rows(
            "select s.name, u.name as unit from core.staff s join core.unit u on u.id = s.unit_id"
            " where s.login = %s",
            DEPT,
        )[0]
        assert datetime.fromisoformat(stamp["s"].pop("at")) == entry["at"]
        assert stamp["s"] == {"entry": begun["id"], "login": DEPT} | person

    def test_stamp_of_another_s_export_is_refused(self, hall: Hall) -> None:
        [begun] = hall.call(DEPT, "select api.begin_export('tickets', '{}') as id")
        assert refusal(hall, SUPERVISOR, "select api.export_stamp(%s)", begun["id"])[0] == "LD003"

    def test_sheet_of_a_ticket_is_registered_with_it_and_says_whether_the_caller_was_shown(
        self, hall: Hall
    ) -> None:
        ticket = hall.open()["id"]
        begin = "select api.begin_export('ticket_sheet', '{}', '', %s) as id"
        hall.call(OPERATOR, begin, ticket)
        reveal(hall, ticket)
        hall.call(OPERATOR, begin, ticket)
        last = page(hall, SUPERVISOR, kinds=["export"])[0]["id"]
        hall.call(OPERATOR, "select api.end_export(%s, 1)", last)
        assert page(hall, SUPERVISOR, kinds=["export_end"])[0]["ticket_id"] == ticket
        rows = page(hall, SUPERVISOR, kinds=["export"])
        assert [(row["ticket_id"], row["detail"]["revealed"]) for row in rows] == [
            (ticket, True),
            (ticket, False),
        ]

    def test_sheet_of_a_ticket_one_may_not_see_is_refused(self, hall: Hall) -> None:
        ticket = hall.open()["id"]
        begin = "select api.begin_export('ticket_sheet', '{}', '', %s)"
        assert refusal(hall, DEPT, begin, ticket)[0] == "LD004"
        assert page(hall, SUPERVISOR) == []


class TestRights:
    def test_rights_given_and_taken_are_registered_however_it_is_done(self, hall: Hall) -> None:
        hall.owner.execute("update core.staff set duties = '{unit,supervisor}' where login = %s", [TOWN])
        hall.owner.execute("update core.staff set phone = '1' where login = %s", [TOWN])
        hall.owner.execute(
            "update core.staff set valid = tstzrange(lower(valid), now()) where login = %s", [TOWN]
        )
        ended, given = page(hall, SUPERVISOR, kinds=["right"])
        assert (given["subject"], given["detail"]) == (
            TOWN,
            {"old": {"duties": ["unit"]}, "new": {"duties": ["unit", "supervisor"]}},
        )
        assert ended["detail"]["old"] == {"until": None}
        assert page(hall, "d2_supervisor1") == []

    def test_new_person_and_new_password_are_registered(self, hall: Hall) -> None:
        hall.owner.execute(
            "insert into core.staff (login, district_id, unit_id, name, duties)"
            " values ('d1_new', 1, %s, '新人', '{unit}')",
            [hall.unit[TOWN]],
        )
        hall.owner.execute("update core.staff set must_change = true where login = 'd1_new'")
        password, born = page(hall, SUPERVISOR, kinds=["right", "password"])
        assert (born["kind"], born["subject"], born["detail"]["new"]["duties"]) == (
            "right",
            "d1_new",
            ["unit"],
        )
        assert (password["kind"], password["subject"]) == ("password", "d1_new")
