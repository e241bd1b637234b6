"""Which schema this program is made for, and whether it and a database can talk."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, text

from db.link import LinkRefused, Trouble

MIGRATIONS = Path(__file__).parent / "migrations" / "versions"
OLDEST_SERVER = 150000
_STAMP = re.compile(r"liangdeng schema (\d{4})-")


def head() -> str:
    """Return the number of the newest migration of this program."""
    return max(path.name[:4] for path in MIGRATIONS.glob("[0-9]*.py"))


def check(connection: Connection) -> None:
    """Refuse a server or a schema that is too old, and a schema newer than this console.

    A database without a stamp is taken as it is: it was made by hand.
    """
    number, comment = connection.execute(
        text(
            "select current_setting('server_version_num')::int, shobj_description(oid, 'pg_database')"
            " from pg_catalog.pg_database where datname = current_database()"
        )
    ).one()
    if number < OLDEST_SERVER:
        raise LinkRefused(Trouble.OLD_SERVER)
    stamp = _STAMP.match(comment or "")
    if stamp is not None and stamp[1] != head():
        raise LinkRefused(Trouble.OLD_CONSOLE if stamp[1] > head() else Trouble.OLD_SCHEMA)
