"""Real windows on a real server for tests of the ticket room."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.rows import dict_row

REPORT: Mapping[str, Any] = {
    "kind": "complaint",
    "channel": "phone",
    "title": "路灯不亮",
    "body": "积米崖路的路灯坏了三天",
    "caller": {"phone": "13900000001", "name": "演示甲"},
}
Connect = Callable[[str], psycopg.Connection]


class Hall:
    """Other desks, as far as a test needs them: they act through api functions only."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._open: dict[str, psycopg.Connection] = {}

    def rows(self, login: str, query: str, *values: object) -> list[dict[str, Any]]:
        """Ask the database as a person."""
        if login not in self._open:
            self._open[login] = self._connect(login)
        with self._open[login].cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query, values).fetchall()

    def row(self, login: str, query: str, *values: object) -> dict[str, Any]:
        """Ask for one row."""
        return self.rows(login, query, *values)[0]

    def place(self) -> int:
        """Return a grid."""
        found = self.row("d1_operator1", "select id from api.territories where level = 4 order by id limit 1")
        return int(found["id"])

    def open(self, **changed: Any) -> dict[str, Any]:
        """Register a report."""
        payload = {**REPORT, "place_id": self.place(), **changed}
        return self.row(
            "d1_operator1", "select * from api.open_ticket(%s, %s::jsonb)", uuid4(), json.dumps(payload)
        )

    def act(self, login: str, ticket: Mapping[str, Any], action: str, **payload: Any) -> dict[str, Any]:
        """Act on a ticket as it is now."""
        version = self.ticket(ticket["id"])["version"]
        return self.row(
            login,
            "select * from api.act(%s, %s, %s, %s, %s::jsonb)",
            ticket["id"],
            action,
            version,
            uuid4(),
            json.dumps(payload),
        )

    def ticket(self, ticket_id: int) -> dict[str, Any]:
        """Return a ticket as the centre sees it."""
        return self.row("d1_supervisor1", "select * from api.tickets where id = %s", ticket_id)

    def unit_of(self, login: str) -> int:
        """Return a person's unit."""
        return int(self.row(login, "select api.me() as me")["me"]["unit_id"])

    def sent(self, unit: str = "d1_town01", **changed: Any) -> dict[str, Any]:
        """Register a report and dispatch it to a person's unit."""
        return self.act("d1_operator1", self.open(**changed), "dispatch", unit=self.unit_of(unit))
