"""People who are given logins by `liangdeng user`, and what they do first."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from typing import Any

import psycopg
import pytest

from db.admin import user

PASSWORD = "first-Word-9"
OWN = "second-Word-8"
OPENING = """select id, version from api.open_ticket(gen_random_uuid(), '{"kind": "complaint",
       "channel": "phone", "title": "t", "body": "b", "no_place": true,
       "caller": {"name": "演示甲", "phone": "19000000001"}}')"""


class Admin:
    """`liangdeng user` on the database of the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, database: str) -> None:
        self._monkeypatch = monkeypatch
        monkeypatch.setenv("LIANGDENG_DSN", database)

    def __call__(self, *words: str, password: str = "") -> Any:
        if password:
            self._monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
            words = (*words, "--password-stdin")
        out = io.StringIO()
        with redirect_stdout(out):
            user.app([*words, "--json"], standalone_mode=False)
        return json.loads(out.getvalue())


def opened(connection: psycopg.Connection) -> dict[str, Any]:
    """Open a ticket; return its id and version."""
    row: Any = connection.execute(OPENING).fetchone()
    return dict(row)
