"""What might be worked out from what is left: counts, gaps, limits, wake-ups; numbers tried one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from attack import NOTHING, Attack, each
from ground import Ground
from hall import OPERATOR, SUPERVISOR, TOWN, WORKER, Hall
from psycopg.types.json import Jsonb
from unguarded import ANY_NUMBER, SEE_ALL, act

from db.admin.waker import Waker, tick, tick_blindly
from db.changes import changes_since, position

Connect = Callable[[str], psycopg.Connection[Any]]
PHONE = "13800000001"
ANY_MOMENT = (
    "create or replace function core.check_contact(t core.ticket, p_field text, p_at timestamptz)"
    " returns void language sql as ''"
)
FORGOTTEN = """
insert into core.ticket (district_id, id, number, state, is_open, kind, channel, source, title, body,
                         created_by, created_at, updated_at, accused_login)
select 1, f.month * 100000000::bigint + f.n, f.month || '10-' || f.n, 'WORK', true, 'help', 'phone', 'd1_yht',
       '题', '文', 'd1_operator1', c.at, c.at, f.accused
from (values (%s::integer, %s::integer, %s::name)) f(month, n, accused),
     lateral (select to_timestamp(f.month || '10', 'YYYYMMDD') as at) c returning id
"""
LONG_AGO = '"2020-01-01T00:00:00+08:00"'

ATTACKS = (
    Attack(
        "id-of-a-number",
        "R902",
        ("unit", "town", "area", "neighbour"),
        "select (api.plan_audit(jsonb_build_object('number', %(foreign_number)s))).ticket_id",
        refused=NOTHING,
        off=(*SEE_ALL, "update core.staff set district_id = 1 where login = '{login}'"),
    ),
    Attack(
        "try-all-numbers",
        "R901",
        ("operator", "supervisor"),
        "select count(*) from generate_series(19000000002, 19000000202) n,"
        " lateral api.caller_history(n::text)",
        refused="LD001",
        code="caller_lookups",
        off=ANY_NUMBER,
    ),
    Attack(
        "try-all-numbers-by-doubles",
        "R901",
        "operator",
        "select count(*) from generate_series(19000000002, 19000000202) n,"
        " lateral api.duplicates(jsonb_build_object('phone', n::text))",
        refused="LD001",
        code="caller_lookups",
        off=ANY_NUMBER,
    ),
    Attack(
        "contact-before-it-was-sent",
        "R201",
        "unit",
        act("mine", "record_contact", f'{{"at": {LONG_AGO}, "how": "phone", "text": "x"}}'),
        refused="LD003",
        code="bad_payload",
        off=ANY_MOMENT,
    ),
    Attack(
        "feedback-with-contact-before-it-was-sent",
        "R201",
        "unit",
        act("mine", "feedback", f'{{"done": "x", "contacted_at": {LONG_AGO}, "solved": true}}'),
        refused="LD003",
        code="bad_payload",
        off=ANY_MOMENT,
    ),
)


@pytest.mark.parametrize(("attack", "login"), each(ATTACKS))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)


def replaced(owner: psycopg.Connection[Any], function: str, old: str, new: str) -> None:
    """Change one place of a function: a guard is taken away."""
    row: Any = owner.execute("select pg_get_functiondef(%s::regproc)", [function]).fetchone()
    text = row[0] if isinstance(row, tuple) else row["pg_get_functiondef"]
    assert text.count(old) == 1, function
    owner.execute(text.replace(old, new).encode())


class TestLookUp:
    """Whose number it is, is told on a register row that nobody can roll back."""

    @pytest.mark.parametrize(
        "query",
        [
            f"select id from api.caller_history('{PHONE}')",
            f'select ticket_id as id from api.duplicates(\'{{"phone": "{PHONE}"}}\')'
            " where 'caller' = any (reason)",
        ],
    )
    def test_nothing_without_a_trace(self, hall: Hall, connect: Connect, query: str) -> None:
        ticket = hall.open(title="甲", body="乙")["id"]
        desk = connect(OPERATOR)
        rows = "select count(*) from audit.entry where kind = 'caller_lookup'"
        with desk.transaction(force_rollback=True):
            for _ in range(2):
                assert desk.execute(query).fetchall() == []  # type: ignore[call-overload]
        assert hall.value(rows) == 0
        assert desk.execute(query).fetchall() == []  # type: ignore[call-overload]
        assert desk.execute(query).fetchall() == [(ticket,)]  # type: ignore[call-overload]
        assert hall.value(rows) == 1
        assert connect("d1_operator2").execute(query).fetchall() == []  # type: ignore[call-overload]

    def test_row_says_who_and_not_which_number(self, hall: Hall) -> None:
        hall.call(OPERATOR, "select id from api.caller_history(%s)", "138-0000 0001")
        row = hall.call(
            SUPERVISOR, "select login, detail from api.audit_entries where kind = 'caller_lookup'"
        )[0]
        assert row["login"] == OPERATOR
        assert (row["detail"]["end"], row["detail"]["digits"]) == ("0001", 11)
        assert PHONE not in str(row["detail"])


class TestAccused:
    """The accused unit counts nothing, also not by what is missing."""

    @pytest.fixture
    def hidden(self, hall: Hall) -> int:
        """A complaint about the street at a place of its own, beside a ticket that it may see."""
        hall.open(title="看得见")
        return int(hall.open(title="举报", accused_unit_id=hall.unit[TOWN])["id"])

    def test_no_group_of_figures_is_left_empty(self, hall: Hall, hidden: int) -> None:
        hall.act(SUPERVISOR, hidden, "void", payload={"reason": "重复"})
        while hall.call(WORKER, "select api.sweep_rollup(1000) as n")[0]["n"]:
            pass
        query = "select key from api.rolled_figures('{\"open_only\": false}', 'state')"
        assert hall.call(OPERATOR, query) == [{"key": "VOID"}]
        assert hall.call(TOWN, query) == []
        replaced(hall.owner, "api.rolled_figures", "having sum(c.sign * c.tickets) <> 0", "")
        assert hall.call(TOWN, query) == [{"key": "VOID"}]  # the control

    def test_search_counts_no_row_it_does_not_show(self, hall: Hall, hidden: int) -> None:
        query = "select api.search_plan('看得见') as p"
        seen = hall.call(TOWN, "select count(*) as n from api.tickets")[0]["n"]
        assert hall.call(TOWN, query)[0]["p"] == {"path": "walk", "found": 1, "looked": seen, "parts": 0}
        replaced(
            hall.owner, "core.walk_sql", "search_range(), side, s.guard,", "search_range(), side, 'true',"
        )
        assert hall.call(TOWN, query)[0]["p"]["looked"] == seen + 1  # the control

    def test_hidden_tickets_take_no_place_in_a_step_of_a_search(self, hall: Hall) -> None:
        for _ in range(3):
            hall.open(title="看得见")
        replaced(hall.owner, "core.find_ids", "v_step integer := 400", "v_step integer := 2")
        query = "select api.search_plan('看得见', '{\"open_only\": false}', 1) as p"
        before = hall.call(OPERATOR, query)
        hall.open("d1_operator2", title="举报", accused_login=OPERATOR)
        assert hall.call(OPERATOR, query) == before

    def test_hidden_tickets_take_no_place_among_what_looks_alike(self, hall: Hall) -> None:
        hall.open(title="看得见的很久以前的事")
        hall.open(title="另一件")
        replaced(hall.owner, "api.duplicates", "limit 200", "limit 2")
        query = 'select ticket_id from api.duplicates(\'{"title": "看得见的很久以前的事"}\')'
        before = hall.call(OPERATOR, query)
        assert len(before) == 1
        hall.open("d1_operator2", title="举报", accused_login=OPERATOR)
        assert hall.call(OPERATOR, query) == before
        hall.open("d1_operator2", title="举报")
        assert hall.call(OPERATOR, query) == []  # the control

    def test_months_of_hidden_tickets_are_not_read(self, hall: Hall) -> None:
        """A month that is read, and in which nothing is seen, would say that something is hidden."""
        hall.make_months(6)
        month = hall.value("select to_char(now() - interval '5 months', 'YYYYMM')::int as m")

        def is_read(login: str) -> tuple[bool, bool]:
            query = (
                "select (p).open_where like %s as is_open,"
                " (p).text_since < now() - interval '100 days' as is_sought"
                ' from (select api.plan_list(\'{"text": "灯"}\') as p) x'
            )
            row = hall.call(login, query, f"%{month + 1}00000000%")[0]
            return row["is_open"], row["is_sought"]

        assert is_read(SUPERVISOR) == is_read(OPERATOR) == (False, False)
        hall.rows(FORGOTTEN, month, 1, SUPERVISOR)
        assert is_read(OPERATOR) == (True, True)
        assert is_read(SUPERVISOR) == (False, False)
        hall.rows(FORGOTTEN, month, 2, None)
        assert is_read(SUPERVISOR) == (True, True)
        hall.rows("update core.ticket set is_open = false where id = %s returning id", month * 100000000 + 2)
        assert is_read(SUPERVISOR) == (False, False)
        guard = " and not core.is_barred(t::core.ticket, session_user, $2, $3)"
        replaced(hall.owner, "core.my_open_months", guard, "")
        assert is_read(SUPERVISOR) == (True, True)  # the control

    def test_feed_passes_over_hidden_changes_before_it_counts(
        self, hall: Hall, hidden: int, connect: Connect
    ) -> None:
        desk = connect(TOWN)
        at = position(desk)
        hall.act(OPERATOR, hidden, "note", payload={"text": "x"})
        shown = hall.open()["id"]
        query = "select id from api.changes_since(%s::pg_snapshot, 1) where id is not null"
        assert desk.execute(query, [at.snapshot]).fetchall() == [(shown,)]
        hall.owner.execute(
            "create or replace function core.is_kept_off(p_ticket bigint)"
            " returns boolean language sql as 'select false'"
        )
        assert desk.execute(query, [at.snapshot]).fetchall() == [(hidden,)]  # the control

    def test_being_woken_for_nothing_is_everybodys_lot(
        self, hall: Hall, connect: Connect, owner: psycopg.Connection[Any], database: str
    ) -> None:
        """Else an empty answer before the three seconds are over would say that something is hidden."""
        desk, pause = connect(TOWN), threading.Event()
        scope = hall.value("select scope from core.seat_of(%s)", TOWN)
        mine_alone = "delete from core.wake where district_id > 0 and scope <> %s"
        tick(owner, None)
        owner.execute(mine_alone, [scope])
        at = position(desk)
        owner.execute("alter function api.await_changes set lock_timeout = '1h'")  # none ends by itself
        tick_blindly(owner)
        [told] = desk.execute(
            "select what, wake_key from api.await_changes(%s, %s::pg_snapshot, 10)",
            [at.wake_key, at.snapshot],
        ).fetchall()
        assert told[0] is None
        assert told[1] != at.wake_key
        owner.execute("select pg_advisory_unlock_all()")
        waker = Waker(database)
        thread = threading.Thread(target=waker.run)
        thread.start()
        try:
            assert any(position(desk).rest_ms or pause.wait(0.05) for _ in range(600))
            assert any(owner.execute(mine_alone, [scope]).rowcount or pause.wait(0.05) for _ in range(600))
            before = position(desk).wake_key
            assert any(position(desk).wake_key != before or pause.wait(0.05) for _ in range(600))
        finally:
            waker.stop()
            thread.join()
        assert changes_since(desk, at)[1] == ()  # nothing was written

    def test_gap_in_the_numbers_of_a_day_proves_nothing(self, owner: psycopg.Connection[Any]) -> None:
        """Whoever sees all tickets but the one about himself would else see which is missing."""
        with owner.transaction(force_rollback=True):
            numbers = [
                int(number.split("-")[1])
                for (number,) in owner.execute(
                    "select (core.blank_ticket(1::smallint, now(), 'x')).number from generate_series(1, 400)"
                )
            ]
        steps = {after - before for before, after in pairwise(numbers)}
        assert steps == {1, 2}


def test_import_makes_no_partitions_of_long_ago(hall: Hall) -> None:
    """Each month has partitions: whoever may import could make thousands, and every plan would be slow."""
    code = hall.value("select code from core.district where id = 1")
    source = {"code": "old", "name_zh": "旧", "name_en": "Old"}
    rows = [
        {"number": str(year), "title": "题", "created_at": f"{year:04}-06-01T00:00:00+08:00"}
        for year in (1, 1066, 1949, 1999)
    ] + [{"number": "x", "title": "题", "created_at": "-infinity"}]
    parts = "select count(*) from pg_inherits where inhparent = 'core.ticket'::regclass"
    before = hall.value(parts)
    query = "select result, field from api.import_tickets(%s, %s, %s)"
    for row in hall.call("d1_admin", query, code, Jsonb(source), Jsonb(rows)):
        assert row == {"result": "rejected", "field": "created_at"}
    assert hall.value(parts) == before
    old = rows[1] | {"created_at": "2001-06-01T00:00:00+08:00"}
    assert hall.call("d1_admin", query, code, Jsonb(source), Jsonb([old]))[0]["result"] == "imported"
    assert hall.value(parts) == before + 1  # the control: a month that may be imported gets its partition
