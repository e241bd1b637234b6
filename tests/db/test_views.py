"""The api views: the model knows them exactly, and lights are told at this moment."""

from __future__ import annotations

import psycopg
import pytest
from hall import DEPT, OPERATOR, Hall
from sqlalchemy.dialects import postgresql

from db import model

NOT_FOR_STORES = {"events", "my_guests", "ticket_rows"}
SAME = {"name": "text"}


def test_model_equals_the_views_of_the_database(owner: psycopg.Connection) -> None:
    rows = owner.execute(
        "select c.relname, a.attname, format_type(a.atttypid, a.atttypmod) from pg_class c"
        " join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'api'::regnamespace"
        " and c.relkind = 'v' and a.attnum > 0 and not a.attisdropped"
    ).fetchall()
    found = {(view, name, SAME.get(kind, kind)) for view, name, kind in rows if view not in NOT_FOR_STORES}
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    known = {
        (table.name, column.name, column.type.compile(dialect).lower())
        for table in model.metadata.tables.values()
        for column in table.columns
    }
    assert known == found


def test_tickets_view_shows_every_column_of_the_table(owner: psycopg.Connection) -> None:
    names = "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0"
    table = {name for (name,) in owner.execute(names, ["core.ticket"])}
    view = {name for (name,) in owner.execute(names, ["api.tickets"])}
    assert view - table == {"light", "answer"}
    assert table <= view


@pytest.mark.parametrize(
    ("due", "yellow", "light"),
    [("1 day", "1 hour", "G"), ("1 day", "0", "Y"), ("-1 second", "-1 day", "R"), (None, None, "-")],
)
def test_light_is_told_at_this_moment(hall: Hall, due: str | None, yellow: str | None, light: str) -> None:
    ticket = hall.open()["id"]
    hall.rows(
        "update core.ticket set due_at = now() + %s::interval, red_since = null,"
        " red_at = now() + %s::interval + interval '1 s', yellow_at = now() + %s::interval"
        " where id = %s returning id",
        due, due, yellow, ticket,
    )  # fmt: skip
    row = hall.call(OPERATOR, "select light, red_since, red_at from api.tickets where id = %s", ticket)[0]
    assert row["light"] == light
    assert row["red_since"] == (row["red_at"] if light == "R" else None)


def test_presence_shows_who_is_there_until_they_leave_or_fall_silent(hall: Hall) -> None:
    ticket = hall.open()["id"]
    desk = "5f6c8b0e-0000-4000-8000-000000000001"
    seen = "select login, typing from api.presence where ticket_id = %s"
    hall.call("d1_operator2", "select api.here(%s, %s, true)", desk, ticket)
    assert hall.call(OPERATOR, seen, ticket) == [{"login": "d1_operator2", "typing": True}]
    assert hall.call(DEPT, seen, ticket) == []
    hall.rows("update core.presence set at = at - interval '91 s' returning login")
    assert hall.call(OPERATOR, seen, ticket) == []
    hall.call("d1_operator2", "select api.here(%s, %s, false)", desk, ticket)
    assert hall.call(OPERATOR, seen, ticket) == [{"login": "d1_operator2", "typing": False}]
    hall.call("d1_operator2", "select api.here(%s, null, false)", desk)
    assert hall.call(OPERATOR, seen, ticket) == []


def test_presence_at_a_foreign_ticket_is_refused(hall: Hall) -> None:
    ticket = hall.open()["id"]
    with pytest.raises(psycopg.Error) as caught:
        hall.call(DEPT, "select api.here(gen_random_uuid(), %s, false)", ticket)
    assert caught.value.sqlstate == "LD004"


def test_me_tells_the_person_behind_the_login(hall: Hall) -> None:
    me = hall.call(DEPT, "select api.me() as me")[0]["me"]
    assert me["login"] == DEPT
    assert me["scope"] == "dept"
    assert me["unit_id"] == hall.unit[DEPT]
    assert me["duties"] == ["unit"]
    assert me["tz"] == "Asia/Shanghai"


def test_desk_layout_and_journal_key_are_ones_own(hall: Hall) -> None:
    assert hall.call(OPERATOR, "select api.desk() as d")[0]["d"] == {}
    hall.call(OPERATOR, "select api.save_desk('{\"left\": 1}')")
    hall.call(OPERATOR, "select api.save_desk('{\"left\": 2}')")
    assert hall.call(OPERATOR, "select api.desk() as d")[0]["d"] == {"left": 2}
    assert hall.call(DEPT, "select api.desk() as d")[0]["d"] == {}
    keys = [hall.call(who, "select api.journal_key() as k")[0]["k"] for who in (OPERATOR, OPERATOR, DEPT)]
    assert len(keys[0]) == 32
    assert keys[0] == keys[1] != keys[2]
