"""Database logins of persons: which roles a person gets, and how the login is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

SCOPE_OF_UNIT = {
    "centre": "ld_scope_all",
    "town": "ld_scope_town",
    "area": "ld_scope_area",
    "community": "ld_scope_area",
    "window": "ld_scope_area",
    "department": "ld_scope_dept",
    "service": "ld_scope_dept",
    "committee": "ld_scope_dept",
}


@dataclass(frozen=True)
class Limits:
    """What one login may take of the server.

    PostgreSQL counts connections and reads settings per login, never per group role. A session may
    lengthen its own times; the number of connections it cannot change.
    """

    connections: int
    statement: str
    idle_in_transaction: str = "60s"
    lock: str = "5s"

    @property
    def settings(self) -> dict[str, str]:
        """The settings every session of the login starts with."""
        return {
            "statement_timeout": self.statement,
            "idle_in_transaction_session_timeout": self.idle_in_transaction,
            "lock_timeout": self.lock,
        }


DESK = Limits(connections=20, statement="60s")  # a console takes six; a person may open several
LIMITS_OF_DUTY = {
    "intake": Limits(connections=20, statement="15s"),
    "system": Limits(connections=8, statement="10min"),
    "admin": Limits(connections=20, statement="10min"),  # imports and verifications
}


@dataclass(frozen=True)
class Account:
    """A login, the group roles it is a member of, and its limits."""

    login: str
    roles: tuple[str, ...]
    limits: Limits = DESK

    @classmethod
    def of(cls, login: str, unit_kind: str, duties: Sequence[str]) -> Account:
        """Derive roles and limits of a person from the unit and the duties."""
        limits = next((LIMITS_OF_DUTY[duty] for duty in LIMITS_OF_DUTY if duty in duties), DESK)
        if "intake" in duties:  # another system: it may only hand in, so it is not a console
            return cls(login, ("ld_intake",), limits)
        rights = tuple(f"ld_{duty}" for duty in duties if duty != "system")
        return cls(login, ("ld_console", SCOPE_OF_UNIT[unit_kind], *rights), limits)


def verifier_of(connection: psycopg.Connection, password: str) -> str:
    """Return what a server may know of a password, so that no log of a server can hold the password."""
    return connection.pgconn.encrypt_password(password.encode(), b"", b"scram-sha-256").decode()


def provision(connection: psycopg.Connection, accounts: Iterable[Account], password: str) -> None:
    """Create or renew the logins with one common password, in one round trip."""
    verifier = verifier_of(connection, password)
    known = {name for (name,) in connection.execute("select rolname from pg_roles")}
    statements: list[sql.Composed] = []
    for account in accounts:
        verb = sql.SQL("alter" if account.login in known else "create")
        login = sql.Identifier(account.login)
        statements += [
            sql.SQL("{} role {} login password {}").format(verb, login, sql.Literal(verifier)),
            sql.SQL("grant {} to {}").format(sql.SQL(", ").join(map(sql.Identifier, account.roles)), login),
            *_limiting(account),
        ]
    if statements:
        connection.execute(sql.SQL("; ").join(statements))


def limit(connection: psycopg.Connection, account: Account) -> None:
    """Give a login the limits of its duties; its next session has them."""
    connection.execute(sql.SQL("; ").join(_limiting(account)))


def _limiting(account: Account) -> list[sql.Composed]:
    login = sql.Identifier(account.login)
    return [
        sql.SQL("alter role {} connection limit {}").format(login, sql.Literal(account.limits.connections)),
        *(
            sql.SQL("alter role {} set {} to {}").format(login, sql.Identifier(name), sql.Literal(value))
            for name, value in account.limits.settings.items()
        ),
    ]
