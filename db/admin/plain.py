"""Plain words for what is nobody's bug: the server, the login or a file that a command was pointed at."""

from __future__ import annotations

import psycopg
from psycopg import errors as pg
from sqlalchemy.exc import DBAPIError

from db.admin.context import NoWay

# Of an empty database or an older schema; should it be a fault of ours, the server's own words stand beside.
LACKING = (pg.UndefinedTable, pg.UndefinedFunction, pg.UndefinedColumn, pg.InvalidSchemaName)


def plain_words(error: Exception) -> str | None:
    """Say what happened and what to do; None for a fault of this program, which deserves its traceback."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, NoWay):
        return str(cause)
    if isinstance(cause, OSError) and cause.filename is not None:
        return f"{cause.filename}: {cause.strerror}; name another place, or make this one usable"
    return _server_words(cause) if isinstance(cause, psycopg.Error) else None


def _server_words(error: psycopg.Error) -> str | None:
    said = error.diag.message_primary or str(error)
    if isinstance(error, LACKING):
        return (
            f"this database is not prepared for this program ({said}):"
            " correct --dsn, or run `liangdeng db upgrade` with it"
        )
    if isinstance(error, pg.InsufficientPrivilege):
        return f"the login of --dsn may not do this ({said}): take the server's owner or an administrator"
    if (error.sqlstate or "").startswith("LD"):
        return said
    if isinstance(error, psycopg.OperationalError):
        return f"the database is not available: {error}"
    return None
