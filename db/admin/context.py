"""Which folder and which server an administrator's command works on."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
import psycopg

from db import schema
from db.embedded import EmbeddedServer, write_private
from db.link import LinkRefused, is_address, secured

DATABASE = "liangdeng"
NO_ADDRESS = (
    "--dsn (or LIANGDENG_DSN) is no address of a PostgreSQL server: write postgresql://USER:PASSWORD@HOST:PORT/"
    "DATABASE, with a sign such as @ or % of the password as %40 or %25"
)
UNVERIFIED = (
    "a server outside this machine is asked only over a verified link: leave sslmode out of --dsn, or say"
    " sslmode=verify-full; nothing was sent"
)


class NoWay(Exception):
    """The server that was named cannot be asked; says why and what to do."""


def home() -> Path:
    """Return the folder of everything local: LIANGDENG_HOME or the user's data folder."""
    given = os.environ.get("LIANGDENG_HOME")
    return Path(given).expanduser().resolve() if given else Path(platformdirs.user_data_dir("liangdeng"))


def demo_password() -> str:
    """Return the password all demo persons share, made when first asked for."""
    path = home() / "demo_password"
    if not path.exists():
        home().mkdir(parents=True, exist_ok=True)
        write_private(path, secrets.token_urlsafe(12))
    return path.read_text()


def given_dsn() -> str | None:
    """Return the server named by --dsn or LIANGDENG_DSN, which the command line keeps in the environment."""
    given = os.environ.get("LIANGDENG_DSN") or None
    if given is not None and not is_address(given):
        raise NoWay(NO_ADDRESS)
    return given


@contextmanager
def admin_dsn() -> Iterator[str]:
    """Lend the DSN of the given server, or of the embedded one, started, at the current schema and seeded."""
    given = given_dsn()
    if given:
        try:
            dsn = secured(given)
        except LinkRefused:
            raise NoWay(UNVERIFIED) from None
        yield dsn
        return
    with EmbeddedServer(home()).lease() as address:
        dsn = address.dsn(DATABASE)
        schema.prepare(address.dsn("postgres"), dsn, DATABASE)
        if schema.is_empty(dsn):  # without districts no command has anything to work on
            from db.seed.loader import seed_directory  # the pinyin dictionary takes half a second to import

            seed_directory(dsn, demo_password())
        yield dsn


@contextmanager
def admin_connection() -> Iterator[psycopg.Connection]:
    """Lend an autocommit connection as the administrator."""
    with admin_dsn() as dsn, psycopg.connect(dsn, autocommit=True) as connection:
        yield connection
