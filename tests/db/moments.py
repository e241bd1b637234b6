"""Small words for tests about time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

RUNNING = {"district_id": 1, "state": "WORK", "held": "{}"}


def local(text: str) -> datetime:
    """Return a moment of local time."""
    return datetime.fromisoformat(text + "+08:00")


def end_of(day: str) -> datetime:
    """Return the last second of a day."""
    return local(f"{day}T23:59:59")


def value(connection: psycopg.Connection[Any], query: str, *given: object) -> Any:
    """Return the single value of a query."""
    row = connection.execute(query, given).fetchone()
    assert row is not None
    return row[0]


def clock_facts(connection: psycopg.Connection[Any], **columns: object) -> dict[str, Any]:
    """Return what the database says of a ticket row with these columns, moments as moments."""
    row = {key: given.isoformat() if isinstance(given, datetime) else given for key, given in columns.items()}
    facts = value(
        connection,
        "select core.clock_facts(jsonb_populate_record(null::core.ticket, %s))",
        Jsonb(RUNNING | row),
    )
    return {
        key: datetime.fromisoformat(given) if isinstance(given, str) else given
        for key, given in facts.items()
    }


def span(start: datetime, end: datetime | None) -> str:
    """Return a held span as a multirange."""
    return f"{{[{start.isoformat()},{end.isoformat() if end else ''})}}"
