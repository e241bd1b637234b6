"""`liangdeng user`: the people who may log in, and their duties."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from typing import Annotated, Any, LiteralString, NoReturn

import psycopg
import typer
from psycopg import sql
from psycopg.rows import class_row

from db.accounts import Account, provision
from db.admin.context import admin_connection, admin_dsn
from db.admin.output import JsonFlag, answer

app = typer.Typer(help="The people who may log in, and their duties.")

Login = Annotated[str, typer.Argument(help="The person's login name.")]
Duties = Annotated[list[str], typer.Argument(help="operator, callback, unit, clerk, supervisor, …")]
FromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@dataclass(frozen=True)
class Person:
    """Somebody who may log in."""

    login: str
    name: str
    unit: str
    duties: list[str]
    is_demo: bool


@app.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="The person's name.")],
    unit: Annotated[str, typer.Option(help="Code of the person's unit.")],
    duty: Annotated[list[str], typer.Option(help="A duty; repeat for more.")],
    district: Annotated[int, typer.Option(help="Number of the district.")] = 1,
    language: Annotated[str, typer.Option(help="zh_CN or en.")] = "zh_CN",
    password_stdin: FromInput = False,
    as_json: JsonFlag = False,
) -> None:
    """Add a person with an own login."""
    password = _password(password_stdin)
    with admin_connection() as connection, connection.transaction():
        _check_duties(connection, duty)
        unit_id, kind = _one(
            connection,
            f"no unit {unit!r} in district {district}",
            "select id, kind from core.unit where district_id = %s and code = %s",
            district,
            unit,
        )
        connection.execute(
            "insert into core.staff (login, district_id, unit_id, name, duties, language)"
            " values (%s, %s, %s, %s, %s, %s)",
            [login, district, unit_id, name, duty, language],
        )
        provision(connection, [Account.of(login, kind, duty)], password)
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
def disable(login: Login, as_json: JsonFlag = False) -> None:
    """End a person's login now; what the person did stays."""
    with admin_connection() as connection, connection.transaction():
        _person(connection, login)
        connection.execute(
            "update core.staff set valid = tstzrange(lower(valid), now()) where login = %s", [login]
        )
        connection.execute(sql.SQL("alter role {} nologin").format(sql.Identifier(login)))
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where usename = %s", [login]
        )
    answer({"ok": True, "login": login}, as_json)


@app.command()
def passwd(login: Login, password_stdin: FromInput = False, as_json: JsonFlag = False) -> None:
    """Set a person's password."""
    password = _password(password_stdin)
    with admin_connection() as connection, connection.transaction():
        _person(connection, login)
        provision(connection, [_account(connection, login)], password)
    answer({"ok": True, "login": login}, as_json)


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
            "select s.login, s.name, u.name as unit, s.duties, s.is_demo"
            " from core.staff s join core.unit u on u.id = s.unit_id"
            " where s.valid @> now() and not s.duties && '{system,intake}'"
            " order by s.district_id, u.kind = 'centre' desc, s.login"
        )
        return tuple(cursor)


def _set_duties(connection: psycopg.Connection, login: str, duties: list[str]) -> None:
    before = _account(connection, login)
    connection.execute("update core.staff set duties = %s where login = %s", [duties, login])
    after = _account(connection, login)
    for verb, roles in (
        ("revoke {} from {}", set(before.roles) - set(after.roles)),
        ("grant {} to {}", set(after.roles) - set(before.roles)),
    ):
        for role in roles:
            connection.execute(sql.SQL(verb).format(sql.Identifier(role), sql.Identifier(login)))


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
        "select duties from core.staff where login = %s and valid @> now() for update",
        login,
    )


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
