"""Which links a desk may use, said without any server."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from db.engine import engine_for
from db.link import LinkRefused, Trouble, conninfo, secured, trouble_of

LOCAL = (
    "postgresql://ann:s@127.0.0.1:5432/x",
    "host=localhost dbname=x",
    "host=::1",
    "host=/var/run/postgresql",
    "host=localhost,127.0.0.1 port=1,2",
)
OUTSIDE = (
    "postgresql://ann:s@db.example/x",
    "postgresql://ann:s@db.example/x?connect_timeout=3",
    "host=10.0.0.5 dbname=x",
    "host=localhost hostaddr=10.0.0.5",
    "host=localhost,db.example",
    "service=elsewhere",
)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGHOST", "PGHOSTADDR", "PGSERVICE", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("dsn", LOCAL)
def test_this_machine_needs_no_certificate(dsn: str) -> None:
    assert secured(dsn) == dsn


@pytest.mark.parametrize("dsn", OUTSIDE)
def test_outside_this_machine_the_server_is_verified(dsn: str) -> None:
    found = conninfo_to_dict(secured(dsn))
    assert found["sslmode"] == "verify-full"
    assert found["require_auth"] == "scram-sha-256"
    assert secured(secured(dsn)) == secured(dsn)


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_less_is_refused(mode: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        engine_for(f"host=db.example sslmode={mode}")
    assert refused.value.trouble is Trouble.INSECURE
    assert secured("host=127.0.0.1 sslmode=" + mode)


def test_environment_cannot_lead_a_local_dsn_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "db.example")
    monkeypatch.setenv("PGSSLMODE", "disable")
    assert conninfo_to_dict(secured("dbname=x"))["sslmode"] == "verify-full"


def test_several_hosts_take_the_one_that_can_be_written_to() -> None:
    found = conninfo_to_dict(conninfo("a.example,b.example", 5433, "x", "ann", "p w'd", "/ca.crt"))
    assert (found["host"], found["target_session_attrs"]) == ("a.example,b.example", "read-write")
    assert (found["sslrootcert"], found["password"]) == ("/ca.crt", "p w'd")


def test_engine_prints_no_password() -> None:
    engine = engine_for("postgresql://ann:hush-hush@127.0.0.1:1/x")
    assert "hush-hush" not in f"{engine!r} {engine.url!r} {engine.url}"
    engine.dispose()


@pytest.mark.parametrize(
    ("dsn", "trouble"),
    [
        ("host=nowhere.invalid dbname=x user=y", Trouble.UNKNOWN_HOST),
        ("host=127.0.0.1 port=1 dbname=x user=y", Trouble.NO_ANSWER),
        ("host=127.0.0.1 port=1 sslmode=verify-full sslrootcert=/no/ca.crt", Trouble.NO_ANSWER),
    ],
)
def test_what_stands_in_the_way_is_told(dsn: str, trouble: Trouble) -> None:
    with pytest.raises(psycopg.OperationalError) as failed:
        psycopg.connect(secured(dsn), connect_timeout=5)
    assert trouble_of(failed.value, dsn) is trouble
