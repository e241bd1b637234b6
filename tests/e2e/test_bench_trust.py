"""`bench trust` as a program calls it, with few tickets: it says what row security and the chain cost."""

from __future__ import annotations

import json

import psycopg
import pytest

from console.bench import cli, trust
from db.embedded import Address

TIMES = frozenset({"n", "p50_ms", "p95_ms", "p99_ms", "max_ms"})
PAGES = (
    "district_page",
    "district_query",
    "district_query_bare",
    "grid_page",
    "town_page",
    "department_page",
)
WRITES = ("write", "write_bare")
NAME = "liangdeng_bench_2000_200"


def test_figures_of_both_guards_come_as_one_object(
    server: Address, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, few in (("BLOCKS", 2), ("IN_BLOCK", 7), ("ROUNDS", 3)):
        monkeypatch.setattr(trust, name, few)
    monkeypatch.setenv("LIANGDENG_DSN", server.dsn("postgres"))
    try:
        cli.app(["trust", "--history", "2000", "--open", "200", "--json"], standalone_mode=False)
        with psycopg.connect(server.dsn(NAME)) as owner:  # nothing of the taken guards stays away
            assert owner.execute(
                "select relrowsecurity and relforcerowsecurity, prosrc ~ 'event_hash' from pg_class, pg_proc"
                " where pg_class.oid = 'core.ticket'::regclass and pg_proc.oid = 'core.sealed'::regproc"
            ).fetchone() == (True, True)
    finally:
        with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"drop database if exists {NAME} with (force)".encode())
    figures = json.loads(capsys.readouterr().out)
    assert figures.keys() == {*PAGES, *WRITES, "row_security_ratio", "chain_ms", "chain_share"}
    for name in (*PAGES, *WRITES):
        assert figures[name].keys() == TIMES
        assert figures[name]["n"] >= 3
        assert 0 < figures[name]["p50_ms"] <= figures[name]["p95_ms"] <= figures[name]["max_ms"]
    assert figures["row_security_ratio"] > 0
    assert figures["chain_ms"] > 0
    assert 0 < figures["chain_share"] < 1
