"""The writing desk of ``bench live``: notes on given tickets at a given rate; writes down each commit."""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb

from console.bench.data import person_dsn

WRITER = "d1_operator2"


def main() -> None:
    """Write until the time is up; a commit's moment is when the server's answer is here."""
    wish = json.loads(sys.stdin.readline())
    pause = threading.Event()
    with psycopg.connect(person_dsn(wish["dsn"], WRITER), autocommit=True) as connection:
        connection.execute("set timezone = 'UTC'")
        versions = _versions(connection, wish["tickets"])
        started = time.monotonic()
        commits = []
        for number in range(int(wish["rate"] * wish["seconds"])):
            pause.wait(max(0.0, started + number / wish["rate"] - time.monotonic()))
            ticket = wish["tickets"][number % len(wish["tickets"])]
            commits.append(_note(connection, ticket, versions[ticket], number))
            versions[ticket] = int(commits[-1]["version"])
    Path(wish["out"]).write_text("\n".join(map(json.dumps, commits)))


def _versions(connection: psycopg.Connection, tickets: list[int]) -> dict[int, int]:
    rows = connection.execute("select id, version from api.tickets where id = any (%s)", [tickets])
    return dict(rows.fetchall())


def _note(connection: psycopg.Connection, ticket: int, version: int, number: int) -> dict[str, float]:
    began = time.monotonic()
    row = connection.execute(
        "select version from api.act(%s, 'note', %s, %s, %s)",
        [ticket, version, uuid4(), Jsonb({"text": f"性能测试 {number}"})],
        prepare=True,
    ).fetchone()
    at = time.monotonic()
    if row is None:
        raise RuntimeError("a note was not written")
    return {"ticket": ticket, "version": row[0], "at": at, "ms": (at - began) * 1000}


if __name__ == "__main__":
    main()
