"""`liangdeng user`: the people who may log in, their duties and their terms."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, LiteralString, NoReturn

import psycopg
import typer
from psycopg import sql
from psycopg.rows import class_row

from db.accounts import Account, limit, provision
from db.admin.context import admin_connection, admin_dsn
from db.admin.output import JsonFlag, answer

app = typer.Typer(help="The people who may log in, and their duties.")

Login = Annotated[str, typer.Argument(help="The person's login name.")]
Duties = Annotated[list[str], typer.Argument(help="operator, callback, unit, clerk, supervisor, …")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
Keep = Annotated[bool, typer.Option("--keep", help="The person chose it: no change at the first login.")]
Until = Annotated[
    datetime | None, typer.Option(help="The end of the login and of every right of the person.")
]

# A term that ends before it began becomes one that ended, never an empty one, which has no bounds to read.
ENDING = (
    "update core.staff set valid = tstzrange(case when lower(valid) >= m then null else lower(valid) end, m)"
    " from (select %s::timestamptz as m) as moment where login = %s"
)


_UNPLAIN = "has characters that cannot be seen or turn the writing; type it anew"
_WRONG = {
    "staff_name_plain_check": f"the name {_UNPLAIN}",
    "staff_login_plain_check": f"the login {_UNPLAIN}",
    "staff_language_check": "the language is zh_CN or en",
}


@dataclass(frozen=True)
class Person:
    """Somebody who may log in."""

    login: str
    name: str
    unit: str
    duties: list[str]
    is_demo: bool
    on_duty: bool = True
    must_change: bool = False
    until: datetime | None = None


@app.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="The person's name.")],
    unit: Annotated[str, typer.Option(help="Code of the person's unit.")],
    duty: Annotated[list[str], typer.Option(help="A duty; repeat for more.")],
    district: Annotated[int, typer.Option(help="Number of the district.")] = 1,
    language: Annotated[str, typer.Option(help="zh_CN or en.")] = "zh_CN",
    starts: Annotated[datetime | None, typer.Option("--from", help="The first moment; without: now.")] = None,
    until: Until = None,
    keep: Keep = False,
    password_stdin: FromInput = False,
    as_json: JsonFlag = False,
) -> None:
    """Add a person with an own login; the first login asks for a password of the person's own."""
    password = _password(password_stdin)
    with admin_connection() as connection, connection.transaction():
        _check_login(connection, login)
        _check_duties(connection, duty)
        unit_id, kind = _one(
            connection,
            f"no unit {unit!r} in district {district}",
            "select id, kind from core.unit where district_id = %s and code = %s",
            district,
            unit,
        )
        try:
            connection.execute(
                "insert into core.staff"
                " (login, district_id, unit_id, name, duties, language, must_change, valid)"
                " values (%s, %s, %s, %s, %s, %s, %s, tstzrange(coalesce(%s, now()), null))",
                [login, district, unit_id, name, duty, language, not keep, _aware(starts)],
            )
        except psycopg.errors.CheckViolation as error:
            _fail(_WRONG.get(error.diag.constraint_name or "", str(error)))
        except psycopg.errors.UniqueViolation:
            _fail(f"there is a login {login!r} already")
        provision(connection, [Account.of(login, kind, duty)], password)
        _end_at(connection, login, until)
    answer({"ok": True, "login": login}, as_json)


@app.command()
def grant(login: Login, duties: Duties, as_json: JsonFlag = False) -> None:
    """Give a person more duties."""
    with admin_connection() as connection, connection.transaction():
        _check_duties(connection, duties)
        (held,) = _person(connection, login)
        _set_duties(connection, login, [*held, *(duty for duty in duties if duty not in held)])
    answer({"ok": True, "login": login}, as_json)


@app.command()
def revoke(login: Login, duties: Duties, as_json: JsonFlag = False) -> None:
    """Take duties from a person."""
    with admin_connection() as connection, connection.transaction():
        (held,) = _person(connection, login)
        kept = [duty for duty in held if duty not in duties]
        if not kept:
            _fail("a person needs a duty; use `disable` to end the login")
        _set_duties(connection, login, kept)
    answer({"ok": True, "login": login}, as_json)


@app.command()
def move(
    login: Login,
    unit: Annotated[str, typer.Option(help="Code of the new unit, in the same district.")],
    as_json: JsonFlag = False,
) -> None:
    """Let a person work in another unit from now on; open sessions are ended, for they saw the old one's."""
    with admin_connection() as connection:
        with connection.transaction():
            _person(connection, login)
            (unit_id,) = _one(
                connection,
                f"no unit {unit!r} in the district of {login}",
                "select u.id from core.unit u join core.staff s on s.district_id = u.district_id"
                " where u.code = %s and s.login = %s",
                unit,
                login,
            )
            _change(connection, login, "update core.staff set unit_id = %s where login = %s", unit_id)
        ended = _end_sessions(connection, login)
    answer({"ok": True, "login": login, "sessions_ended": ended}, as_json)


@app.command()
def disable(login: Login, as_json: JsonFlag = False) -> None:
    """End a person's login and every open session now; what the person did stays."""
    with admin_connection() as connection:
        with connection.transaction():
            _account(connection, login)  # also of somebody whose term has ended or is yet to begin
            connection.execute(ENDING, ["now", login])
            connection.execute(sql.SQL("alter role {} nologin").format(sql.Identifier(login)))
        # Behind the commit: a session that is thrown out must find the door closed when it comes back.
        ended = _end_sessions(connection, login)
    answer({"ok": True, "login": login, "sessions_ended": ended}, as_json)


@app.command()
def enable(login: Login, until: Until = None, as_json: JsonFlag = False) -> None:
    """Let a disabled person in again, with the old password."""
    with admin_connection() as connection, connection.transaction():
        _account(connection, login)
        connection.execute(
            "update core.staff set valid = tstzrange(lower(valid), null) where login = %s", [login]
        )
        connection.execute(sql.SQL("alter role {} login").format(sql.Identifier(login)))
        _end_at(connection, login, until)
    answer({"ok": True, "login": login}, as_json)


@app.command()
def term(login: Login, until: Until = None, as_json: JsonFlag = False) -> None:
    """Set the end of a person's login; without --until it has none."""
    with admin_connection() as connection, connection.transaction():
        _person(connection, login)
        _end_at(connection, login, until)
    answer({"ok": True, "login": login, "until": _aware(until)}, as_json)


@app.command()
def duty(
    login: Login,
    on: Annotated[bool, typer.Option("--on/--off", help="Off duty a person may look and not act.")],
    as_json: JsonFlag = False,
) -> None:
    """Put a person on duty or off duty."""
    with admin_connection() as connection, connection.transaction():
        _person(connection, login)
        connection.execute("update core.staff set on_duty = %s where login = %s", [on, login])
    answer({"ok": True, "login": login, "on_duty": on}, as_json)


@app.command()
def passwd(
    login: Login, keep: Keep = False, password_stdin: FromInput = False, as_json: JsonFlag = False
) -> None:
    """Set a person's password and end the sessions opened with the old one."""
    password = _password(password_stdin)
    with admin_connection() as connection:
        with connection.transaction():
            _person(connection, login)
            connection.execute("update core.staff set must_change = %s where login = %s", [not keep, login])
            provision(connection, [_account(connection, login)], password)
        ended = _end_sessions(connection, login)
    answer({"ok": True, "login": login, "sessions_ended": ended}, as_json)


@app.command("list")
def list_people(as_json: JsonFlag = False) -> None:
    """List everybody who may log in."""
    with admin_dsn() as dsn:
        people = people_of(dsn)
    if as_json:
        answer({"people": [asdict(person) for person in people]}, as_json)
    else:
        answer({p.login: f"{p.name}, {p.unit}: {' '.join(p.duties)}" for p in people}, as_json)


def people_of(dsn: str) -> tuple[Person, ...]:
    """Return everybody who may log in to a console, the centre's people first."""
    with psycopg.connect(dsn) as connection, connection.cursor(row_factory=class_row(Person)) as cursor:
        cursor.execute(
            "select s.login, s.name, u.name as unit, s.duties, s.is_demo, s.on_duty, s.must_change,"
            " upper(s.valid) as until"
            " from core.staff s join core.unit u on u.id = s.unit_id"
            " where s.valid @> now() and not s.duties && '{system,intake}'"
            " order by s.district_id, u.kind = 'centre' desc, s.login"
        )
        return tuple(cursor)


def _set_duties(connection: psycopg.Connection, login: str, duties: list[str]) -> None:
    _change(connection, login, "update core.staff set duties = %s where login = %s", duties)


def _change(connection: psycopg.Connection, login: str, query: LiteralString, value: object) -> None:
    """Change the person's row, and the group roles that follow from it."""
    before = _account(connection, login)
    connection.execute(query, [value, login])
    after = _account(connection, login)
    for verb, roles in (
        ("revoke {} from {}", set(before.roles) - set(after.roles)),
        ("grant {} to {}", set(after.roles) - set(before.roles)),
    ):
        for role in roles:
            connection.execute(sql.SQL(verb).format(sql.Identifier(role), sql.Identifier(login)))
    limit(connection, after)


def _end_at(connection: psycopg.Connection, login: str, until: datetime | None) -> None:
    """Let the person and the password end at the same moment."""
    moment = _aware(until)
    connection.execute(ENDING, [moment, login])
    word = moment.isoformat() if moment else "infinity"
    connection.execute(
        sql.SQL("alter role {} valid until {}").format(sql.Identifier(login), sql.Literal(word))
    )


def _end_sessions(connection: psycopg.Connection, login: str) -> int:
    ended = connection.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", [login]
    )
    return sum(done for (done,) in ended)


def _aware(moment: datetime | None) -> datetime | None:
    """Read a date without zone as this machine's."""
    try:
        return moment.astimezone(UTC) if moment else None
    except (ValueError, OverflowError):
        _fail(f"{moment} lies beyond what a calendar can count; take a day of this century")


def _account(connection: psycopg.Connection, login: str) -> Account:
    kind, duties = _one(
        connection,
        f"no person {login!r}",
        "select u.kind, s.duties from core.staff s join core.unit u on u.id = s.unit_id where s.login = %s",
        login,
    )
    return Account.of(login, kind, duties)


def _person(connection: psycopg.Connection, login: str) -> tuple[Any, ...]:
    return _one(
        connection,
        f"no person {login!r}",
        "select duties from core.staff where login = %s"
        " and coalesce(upper(valid) > now(), not isempty(valid)) for update",
        login,
    )


def _check_login(connection: psycopg.Connection, login: str) -> None:
    """Refuse a name that the server keeps for itself: adding it would change that login's password."""
    if not 0 < len(login.encode()) < 64:  # the server cuts a longer one off, and nobody could log in
        _fail("a login has 1 to 63 bytes")
    own = connection.execute(
        "select from pg_roles where rolname = %s and (rolsuper or rolcreaterole or rolname ~ '^ld_')", [login]
    ).fetchone()
    if own is not None or login.startswith("pg_") or login in ("public", "none"):
        _fail(f"{login!r} is a login of the server itself; choose another")


def _check_duties(connection: psycopg.Connection, duties: list[str]) -> None:
    known = {code for (code,) in connection.execute("select code from core.duty")}
    for duty in duties:
        if duty not in known:
            _fail(f"no duty {duty!r}; there are: {', '.join(sorted(known))}")


def _one(
    connection: psycopg.Connection, otherwise: str, query: LiteralString, *values: object
) -> tuple[Any, ...]:
    row: tuple[Any, ...] | None = connection.execute(query, values).fetchone()
    if row is None:
        _fail(otherwise)
    return row


def _password(from_input: bool) -> str:
    if from_input:
        word = sys.stdin.readline().rstrip("\r\n")
    else:
        word = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    if len(word) < 8:
        _fail("the password needs at least 8 characters")
    return word


def _fail(message: str) -> NoReturn:
    sys.exit(f"liangdeng user: {message}")
