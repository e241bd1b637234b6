"""What the database may answer instead of doing: domain errors, and the one place that makes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import psycopg
from psycopg import errors as pg
from sqlalchemy.exc import DBAPIError

LINK_CLASSES = ("08", "57P", "53")  # connection, operator intervention, resources exhausted
TRY_AGAIN = ("40001", "40P01", "55P03", "57014", "25P03")  # serialisation, deadlock, lock and time limits

CODES = {"LD004": "no_such_ticket", "LD005": "request_key_used"}  # where the raiser names no code


class DatabaseRefusal(Exception):
    """The database did not do what was asked."""


class Refused(DatabaseRefusal):
    """A rule forbids this; `code` names it and `detail` carries its values."""

    def __init__(self, code: str, detail: Mapping[str, Any], message: str = "") -> None:
        super().__init__(message or code)
        self.code = code
        self.detail = detail


class Conflict(DatabaseRefusal):
    """Somebody else changed the ticket first."""

    def __init__(self, by: str, at: datetime | None, version: int | None) -> None:
        super().__init__(f"changed by {by}")
        self.by = by
        self.at = at
        self.version = version


class BadPayload(DatabaseRefusal):
    """A field is missing or cannot be accepted."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class RightMissing(DatabaseRefusal):
    """This person's duties do not allow it."""


class Unavailable(DatabaseRefusal):
    """The database cannot be reached or is too busy; nothing is wrong with what was asked."""


def translate(error: Exception) -> Exception:
    """Return the domain error behind a driver error, or the error itself when it is none of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, psycopg.Error):
        return error
    state = cause.sqlstate
    if isinstance(cause, pg.UntranslatableCharacter) or _has_nul(cause):
        return BadPayload("text", "control character")
    if state is None:
        # libpq has no SQLSTATE when the link broke; every other stateless error is a bug of ours.
        return Unavailable(str(cause)) if isinstance(cause, psycopg.OperationalError) else error
    if state.startswith("LD"):
        return _refusal(state, cause)
    if isinstance(cause, pg.InsufficientPrivilege):
        return RightMissing(_message(cause))
    if state.startswith(LINK_CLASSES) or state in TRY_AGAIN:
        return Unavailable(_message(cause))
    return error


def _has_nul(cause: psycopg.Error) -> bool:
    """Say whether the driver refused a text for the one character PostgreSQL keeps in none."""
    return isinstance(cause, psycopg.DataError) and "NUL" in str(cause)


def _refusal(state: str, cause: psycopg.Error) -> DatabaseRefusal:
    detail = _detail(cause)
    if state == "LD002":
        at, version = detail.get("at"), detail.get("version")
        return Conflict(str(detail.get("by", "")), datetime.fromisoformat(at) if at else None, version)
    if state == "LD003":
        return BadPayload(str(detail.get("field", "")), str(detail.get("problem", _message(cause))))
    return Refused(cause.diag.constraint_name or CODES.get(state, ""), detail, _message(cause))


def _detail(cause: psycopg.Error) -> Mapping[str, Any]:
    text = cause.diag.message_detail
    parsed: Mapping[str, Any] = json.loads(text) if text else {}
    return parsed


def _message(cause: psycopg.Error) -> str:
    return cause.diag.message_primary or str(cause)
