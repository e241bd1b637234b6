"""From when to when a person counts, on duty and off, in which unit; what a login may take of the server."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import psycopg
import pytest
from people import OWN, PASSWORD, Admin, opened
from psycopg import sql

from db.admin.hardened import unexplained


def test_term_ends_login_and_rights_together(
    admin: Admin, login: str, enter: Callable[..., psycopg.Connection]
) -> None:
    admin("passwd", login, "--keep", password=OWN)
    connection = enter(login, OWN)
    admin("term", login, "--until", "2020-01-01")
    with pytest.raises(psycopg.Error):
        connection.execute("select 1 from api.kinds limit 1")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        enter(login, OWN)
    admin("enable", login, "--until", "2200-01-01")
    assert enter(login, OWN).execute("select 1 from api.kinds limit 1").fetchall()


def test_login_whose_term_is_over_is_in_order_and_can_still_be_taken_away(
    admin: Admin, login: str, owner: psycopg.Connection
) -> None:
    admin("term", login, "--until", "2020-01-01")
    assert {words for words in unexplained(owner) if words.startswith(login)} == set()
    owner.execute(sql.SQL("alter role {} valid until 'infinity'").format(sql.Identifier(login)))
    assert {words for words in unexplained(owner) if words.startswith(login)} == {f"{login} may still log in"}
    admin("disable", login)
    assert {words for words in unexplained(owner) if words.startswith(login)} == set()


def test_person_who_begins_later_is_let_in_then_and_can_be_changed_before(
    admin: Admin, login: str, enter: Callable[..., psycopg.Connection], owner: psycopg.Connection
) -> None:
    admin("passwd", login, "--keep", password=OWN)
    owner.execute("update core.staff set valid = tstzrange('2199-01-01', null) where login = %s", [login])
    connection = enter(login, OWN)
    with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
        connection.execute("select 1 from api.kinds limit 1")
    assert refused.value.diag.constraint_name == "not_staff"
    assert {words for words in unexplained(owner) if words.startswith(login)} == set()
    admin("grant", login, "callback")
    admin("term", login, "--until", "2200-01-01")
    owner.execute(
        "update core.staff set valid = tstzrange(clock_timestamp(), upper(valid)) where login = %s", [login]
    )
    assert connection.execute("select 1 from api.kinds limit 1").fetchall()
    row = connection.execute("select api.me() -> 'duties' as d").fetchone()
    assert row == {"d": ["operator", "callback"]}


def test_person_is_added_with_both_ends_of_the_term(admin: Admin, owner: psycopg.Connection) -> None:
    unit = owner.execute("select code from core.unit where kind = 'centre' limit 1").fetchone()
    assert unit is not None
    person = ("add", "siege_guest", "--name", "演示客", "--unit", unit[0], "--duty", "operator")
    admin(*person, "--from", "2190-01-01", "--until", "2191-01-01", password=PASSWORD)
    row = owner.execute(
        "select lower(s.valid), upper(s.valid), r.rolvaliduntil"
        " from core.staff s join pg_roles r on r.rolname = s.login where s.login = 'siege_guest'"
    ).fetchone()
    owner.execute("drop role siege_guest")
    begin, end = datetime(2190, 1, 1).astimezone(), datetime(2191, 1, 1).astimezone()
    assert row == (begin, end, end)


def test_login_has_limits_of_its_own(
    login: str, owner: psycopg.Connection, enter: Callable[..., psycopg.Connection]
) -> None:
    row = owner.execute("select rolconnlimit from pg_roles where rolname = %s", [login]).fetchone()
    assert row == (20,)
    connection = enter(login, PASSWORD)
    shown = connection.execute(
        "select current_setting('statement_timeout') as a, current_setting('lock_timeout') as b,"
        " current_setting('idle_in_transaction_session_timeout') as c"
    ).fetchone()
    assert shown == {"a": "1min", "b": "5s", "c": "1min"}
    held = [connection]
    with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
        held += [enter(login, PASSWORD) for _ in range(20)]


@pytest.mark.parametrize(
    ("duty", "limits"), [("callback", (20, "1min")), ("system", (8, "10min")), ("admin", (20, "10min"))]
)
def test_limits_follow_the_duties(
    admin: Admin,
    login: str,
    owner: psycopg.Connection,
    enter: Callable[..., psycopg.Connection],
    duty: str,
    limits: tuple[int, str],
) -> None:
    def found() -> tuple[int, str]:
        most = owner.execute("select rolconnlimit from pg_roles where rolname = %s", [login]).fetchone()
        shown = enter(login, PASSWORD).execute("show statement_timeout").fetchone()
        assert most is not None
        assert shown is not None
        return most[0], shown["statement_timeout"]

    admin("grant", login, duty)
    assert found() == limits
    admin("revoke", login, duty)
    assert found() == (20, "1min")


def test_off_duty_a_person_looks_and_does_not_act(
    admin: Admin, login: str, enter: Callable[..., psycopg.Connection]
) -> None:
    admin("passwd", login, "--keep", password=OWN)
    connection = enter(login, OWN)
    payload = {"kind": "complaint", "channel": "phone", "title": "t", "body": "b", "no_place": True,
               "caller": {"anonymous": True}}  # fmt: skip
    call = "select id from api.open_ticket(%s, %s::jsonb)"
    row = connection.execute(call, [uuid4(), json.dumps(payload)]).fetchone()
    admin("duty", login, "--off")
    with pytest.raises(psycopg.Error) as refused:
        connection.execute(call, [uuid4(), json.dumps(payload)])
    assert refused.value.diag.constraint_name == "off_duty"
    assert row is not None
    assert connection.execute("select * from api.allowed(%s)", [row["id"]]).fetchall() == []
    for reading in (f"select api.reveal({row['id']}, 'called back')", "select api.search_phone('0001')"):
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(reading)  # type: ignore[call-overload]
        assert refused.value.diag.constraint_name == "off_duty"
    assert connection.execute("select 1 from api.tickets where id = %s", [row["id"]]).fetchall()
    admin("duty", login, "--on")
    assert connection.execute("select * from api.allowed(%s)", [row["id"]]).fetchall()


@pytest.mark.parametrize(
    ("duty", "change"),
    [
        ("supervisor", "select api.set_setting('callback_attempts', '4', 'trial')"),
        ("supervisor", "select api.set_policy(null, '{}', 'trial')"),
        ("admin", "select api.import_tickets('{district}', '{}', '[]')"),
    ],
)
def test_off_duty_nobody_changes_rules_or_imports(
    admin: Admin,
    login: str,
    enter: Callable[..., psycopg.Connection],
    owner: psycopg.Connection,
    duty: str,
    change: str,
) -> None:
    code = owner.execute("select code from core.district where id = 1").fetchone()
    assert code is not None
    admin("passwd", login, "--keep", password=OWN)
    admin("grant", login, duty)
    connection = enter(login, OWN)
    words = change.replace("{district}", code[0])

    def outcome() -> str | None:
        try:
            with connection.transaction(force_rollback=True):
                connection.execute(words)  # type: ignore[call-overload]
        except psycopg.Error as refused:
            return refused.diag.constraint_name
        return "done"

    off = {"off_duty", "needs_admin"}
    assert outcome() not in off  # the control
    admin("duty", login, "--off")
    assert outcome() in off


def test_person_who_moves_sees_what_the_new_unit_sees(
    admin: Admin, login: str, owner: psycopg.Connection, enter: Callable[..., psycopg.Connection]
) -> None:
    row = owner.execute(
        "select u.code from core.unit u join core.staff s on s.unit_id = u.id where s.login = 'd1_town01'"
    ).fetchone()
    assert row is not None
    admin("passwd", login, "--keep", password=OWN)
    before = enter(login, OWN)
    ticket = opened(before)["id"]
    look = "select from api.tickets where id = %s"
    assert before.execute(look, [ticket]).fetchall()
    assert admin("move", login, "--unit", row[0])["sessions_ended"] == 1
    with pytest.raises(psycopg.OperationalError):
        before.execute("select 1")
    after = enter(login, OWN)
    assert after.execute("select api.me() ->> 'scope' as s").fetchone() == {"s": "town"}
    assert after.execute(look, [ticket]).fetchall() == []  # it has no place: the centre's alone
    assert {words for words in unexplained(owner) if words.startswith(login)} == set()
    with pytest.raises(SystemExit, match="no unit"):
        admin("move", login, "--unit", "nowhere")
