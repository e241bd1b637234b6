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
class Account:
    """A login and the group roles it is a member of."""

    login: str
    roles: tuple[str, ...]

    @classmethod
    def of(cls, login: str, unit_kind: str, duties: Sequence[str]) -> Account:
        """Derive the roles of a person from the unit and the duties."""
        if "intake" in duties:  # another system: it may only hand in, so it is not a console
            return cls(login, ("ld_intake",))
        rights = tuple(f"ld_{duty}" for duty in duties if duty != "system")
        return cls(login, ("ld_console", SCOPE_OF_UNIT[unit_kind], *rights))


def provision(connection: psycopg.Connection, accounts: Iterable[Account], password: str) -> None:
    """Create or renew the logins with one common password, in one round trip.

    The password leaves this process only as a SCRAM verifier, so no server log can hold it.
    """
    verifier = connection.pgconn.encrypt_password(password.encode(), b"", b"scram-sha-256").decode()
    known = {name for (name,) in connection.execute("select rolname from pg_roles")}
    statements: list[sql.Composed] = []
    for account in accounts:
        verb = sql.SQL("alter" if account.login in known else "create")
        login = sql.Identifier(account.login)
        statements += [
            sql.SQL("{} role {} login password {}").format(verb, login, sql.Literal(verifier)),
            sql.SQL("grant {} to {}").format(sql.SQL(", ").join(map(sql.Identifier, account.roles)), login),
        ]
    if statements:
        connection.execute(sql.SQL("; ").join(statements))
