"""Logins: what a first password allows, what ending a login does, and what no log ever holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from people import OPENING, OWN, PASSWORD, Admin, opened
from psycopg import sql
from psycopg.rows import dict_row
from waiting import until

from db.accounts import verifier_of

# One working call of every kind of function: reads, lists, counts, hints, the feed, writes.
CALLS = (
    "select api.desk()",
    "select api.journal_key()",
    "select api.save_desk('{}')",
    "select api.save_view(null, 'mine', '{}', false)",
    "select * from api.tickets_page('{}', 'newest', null, null, 10)",
    "select api.queue_counts('{}')",
    "select api.due('2026-05-08T16:40:00+08:00', 5)",
    "select * from api.caller_history('19000000001')",
    """select * from api.duplicates('{"phone": "19000000001"}')""",
    "select * from api.allowed({ticket})",
    "select * from api.events_of({ticket})",
    "select api.explain_due({ticket})",
    "select api.reveal({ticket}, 'called back')",
    "select api.here(gen_random_uuid(), {ticket}, false)",
    "select * from api.changes_since('1:1:', 10)",
    """select id from api.act({ticket}, 'note', {version}, gen_random_uuid(), '{"text": "seen"}')""",
    OPENING,
)


def refusals(connection: psycopg.Connection, ticket: dict[str, Any]) -> dict[str, tuple[str | None, ...]]:
    """Make every call; return those that worked (00000) or were refused, by what."""
    found: dict[str, tuple[str | None, ...]] = {}
    for call in CALLS:
        words = call.replace("{ticket}", str(ticket["id"])).replace("{version}", str(ticket["version"]))
        try:
            connection.execute(words)  # type: ignore[call-overload]
        except psycopg.Error as error:
            found[call] = (error.sqlstate, error.diag.constraint_name)
        else:
            found[call] = ("00000", None)
    return found


def own_password(connection: psycopg.Connection, password: str) -> None:
    connection.execute("select api.change_password(%s)", [verifier_of(connection, password)])


def test_first_password_opens_nothing_but_its_change(
    login: str, enter: Callable[..., psycopg.Connection], person_dsn: Callable[[str], str]
) -> None:
    with psycopg.connect(person_dsn("d1_operator1"), row_factory=dict_row) as colleague:
        ticket = opened(colleague)  # type: ignore[arg-type]
    connection = enter(login, PASSWORD)
    me = connection.execute("select api.me() as me").fetchone()
    assert me is not None
    assert me["me"]["must_change"] is True
    assert set(refusals(connection, ticket).values()) == {("LD001", "password_must_change")}
    for view in ("tickets", "units", "staff", "kinds", "states", "workdays"):
        with pytest.raises(psycopg.Error, match="password of your own"):
            connection.execute(sql.SQL("select * from api.{} limit 1").format(sql.Identifier(view)))
    own_password(connection, OWN)
    assert connection.execute("select 1 from api.units limit 1").fetchall()
    assert enter(login, OWN).execute("select 1 from api.kinds limit 1").fetchall()
    with pytest.raises(psycopg.OperationalError):
        enter(login, PASSWORD)


@pytest.mark.parametrize("given", ["plain-Word-7", "", None, "md5" + "0" * 32, "SCRAM-SHA-256$x'; select 1"])
def test_only_a_verifier_is_taken_as_a_new_password(
    login: str, enter: Callable[..., psycopg.Connection], given: str | None
) -> None:
    connection = enter(login, PASSWORD)
    with pytest.raises(psycopg.Error) as refused:
        connection.execute("select api.change_password(%s)", [given])
    assert refused.value.sqlstate == "LD003"
    assert enter(login, PASSWORD)


def test_disabled_person_is_out_of_every_open_session_at_once(
    admin: Admin, login: str, enter: Callable[..., psycopg.Connection]
) -> None:
    admin("passwd", login, "--keep", password=OWN)
    sessions = [enter(login, OWN) for _ in range(3)]
    assert all(each.execute("select 1 from api.kinds limit 1").fetchall() for each in sessions)
    assert admin("disable", login)["sessions_ended"] == 3
    for session in sessions:
        with pytest.raises(psycopg.OperationalError):
            session.execute("select 1")
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        enter(login, OWN)
    admin("enable", login)
    assert enter(login, OWN).execute("select 1 from api.kinds limit 1").fetchall()


def test_session_that_outlives_its_person_is_refused_by_every_function(
    admin: Admin, login: str, enter: Callable[..., psycopg.Connection], owner: psycopg.Connection
) -> None:
    admin("passwd", login, "--keep", password=OWN)
    connection = enter(login, OWN)
    ticket = opened(connection)
    assert {call: how for call, how in refusals(connection, ticket).items() if how != ("00000", None)} == {}
    owner.execute("update core.staff set valid = tstzrange(lower(valid), now()) where login = %s", [login])
    assert set(refusals(connection, ticket).values()) == {("42501", "not_staff")}


def test_transaction_that_began_before_the_end_is_no_way_to_stay(
    admin: Admin, login: str, enter: Callable[..., psycopg.Connection], owner: psycopg.Connection
) -> None:
    admin("passwd", login, "--keep", password=OWN)
    connection = enter(login, OWN)
    ticket = opened(connection)
    note = "select id from api.act(%s, 'note', %s, gen_random_uuid(), '{\"text\": \"x\"}')"
    connection.execute("begin")
    assert connection.execute(note, [ticket["id"], ticket["version"]]).fetchone()  # the control
    owner.execute(
        "update core.staff set valid = tstzrange(lower(valid), clock_timestamp()) where login = %s", [login]
    )
    with pytest.raises(psycopg.Error) as refused:
        connection.execute(note, [ticket["id"], ticket["version"] + 1])
    connection.execute("rollback")
    assert (refused.value.sqlstate, refused.value.diag.constraint_name) == ("42501", "not_staff")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("select 1 from api.tickets limit 1")


def test_look_at_an_identity_is_not_drawn_out_by_a_long_transaction(
    admin: Admin, login: str, enter: Callable[..., psycopg.Connection], owner: psycopg.Connection
) -> None:
    admin("passwd", login, "--keep", password=OWN)
    connection = enter(login, OWN)
    reveal = f"select api.reveal({opened(connection)['id']}, 'called back') as r"
    connection.execute(reveal)  # type: ignore[call-overload]
    owner.execute("set session_replication_role = replica")  # the register is for appending only
    with connection.transaction():
        assert _shown(connection, reveal)["name"] == "演示甲"  # the control
        owner.execute("update audit.reveal set expires_at = clock_timestamp()")
        assert _shown(connection, reveal) | {"expires_at": None} == {
            **dict.fromkeys(("name", "phone", "address", "id_number", "expires_at")),
            "is_registered": False,
        }


def _shown(connection: psycopg.Connection, query: str) -> dict[str, Any]:
    row: Any = connection.execute(query).fetchone()  # type: ignore[call-overload]
    return dict(row["r"])


@pytest.mark.parametrize(
    ("name", "words"),
    [("演示\u202e员", "the name has characters"), ("演示\u200b员", "the name has characters")],
)
def test_name_that_shows_otherwise_is_refused_with_words(
    admin: Admin, owner: psycopg.Connection, name: str, words: str
) -> None:
    unit = owner.execute("select code from core.unit where kind = 'centre' limit 1").fetchone()
    assert unit is not None
    with pytest.raises(SystemExit, match=words):
        admin("add", "turned", "--name", name, "--unit", unit[0], "--duty", "operator", password=PASSWORD)
    assert owner.execute("select from pg_roles where rolname = 'turned'").fetchall() == []
    with pytest.raises(SystemExit, match="already"):
        admin("add", "d1_clerk1", "--name", "演示", "--unit", unit[0], "--duty", "clerk", password=PASSWORD)


@pytest.mark.parametrize("login", ["", "x" * 64, "liangdeng", "ld_owner", "pg_monitor", "public", "none"])
def test_login_of_the_server_itself_is_nobodys(admin: Admin, owner: psycopg.Connection, login: str) -> None:
    """Adding the owner as a person gave the owner that person's password."""
    before = owner.execute("select oid, rolpassword from pg_authid order by oid").fetchall()
    with pytest.raises(SystemExit, match="login"):
        admin("add", login, "--name", "赵一", "--unit", "centre", "--duty", "operator", password=PASSWORD)
    assert owner.execute("select oid, rolpassword from pg_authid order by oid").fetchall() == before


def test_row_of_a_person_taken_away_is_in_the_register(owner: psycopg.Connection) -> None:
    owner.execute("delete from core.staff where login = 'd1_clerk1'")
    row = owner.execute(
        "select kind, subject, detail -> 'old' ->> 'name', detail -> 'new' ->> 'name' from audit.entry"
        " order by id desc limit 1"
    ).fetchone()
    assert row is not None
    assert row[:2] == ("right", "d1_clerk1")
    assert row[2]
    assert row[3] is None


def test_rights_follow_grant_and_revoke(admin: Admin, login: str, owner: psycopg.Connection) -> None:
    def roles() -> set[str]:
        query = (
            "select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid"
            " where m.member = %s::regrole"
        )
        return {name for (name,) in owner.execute(query, [login])}

    before = roles()
    admin("grant", login, "supervisor")
    assert roles() - before == {"ld_supervisor"}
    admin("revoke", login, "supervisor")
    assert roles() == before


def test_no_password_reaches_the_servers_log(
    admin: Admin, login: str, owner: psycopg.Connection, enter: Callable[..., psycopg.Connection]
) -> None:
    owner.execute("alter system set log_statement = 'all'")
    owner.execute("select pg_reload_conf()")
    marker = f"-- {uuid4().hex}"
    try:
        admin("passwd", login, password=OWN)
        own_password(enter(login, OWN), PASSWORD)
        owner.execute(marker + "\nselect 1")
        until(lambda: marker in logged(owner))  # the log did record statements
        log = logged(owner)
    finally:
        owner.execute("alter system reset log_statement")
        owner.execute("select pg_reload_conf()")
    assert "SCRAM-SHA-256$" in log
    for word in (PASSWORD, OWN):
        assert word not in log


def test_what_people_write_does_not_reach_the_servers_log(
    owner: psycopg.Connection, person_dsn: Callable[[str], str]
) -> None:
    """Neither the statement that failed nor the row it failed on; the error itself is there."""
    words, code = f"暗号{uuid4().hex}", f"code_{uuid4().hex}"
    with psycopg.connect(person_dsn("d1_operator1"), autocommit=True) as desk:
        with pytest.raises(psycopg.errors.DivisionByZero) as failed:
            desk.execute(f"select '{words}', 1 / (length(api.desk()::text) * 0)".encode())
        with pytest.raises(psycopg.errors.CheckViolation) as violated:
            owner.execute("update core.unit set short_name = %s", [words + "\u202e"])
        assert words in str(violated.value.diag.message_detail)  # the control
        assert failed.value.sqlstate == "22012"
    with pytest.raises(psycopg.errors.UndefinedColumn):
        owner.execute(f"select {code}".encode())
    until(lambda: code in logged(owner))
    log = logged(owner)
    assert "division by zero" in log
    assert "unit_short_name_plain_check" in log
    assert words not in log


def logged(owner: psycopg.Connection) -> str:
    """Read what the server has written down."""
    row = owner.execute("select string_agg(pg_read_file('log/' || name), '') from pg_ls_logdir()").fetchone()
    return str(row and row[0])
