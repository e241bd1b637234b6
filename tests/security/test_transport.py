"""Debian's server with the files that `liangdeng db init` writes: TLS and SCRAM, and nobody else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography import x509

from db.accounts import Account, provision
from db.admin import hardened
from db.admin.tls import Authority
from db.embedded import Address, EmbeddedServer
from db.programs import Programs

DEBIAN = Path("/usr/lib/postgresql/15/bin")

# The wheel's server is built without TLS.
pytestmark = pytest.mark.skipif(not DEBIAN.exists(), reason="Debian's PostgreSQL 15 is not installed")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder the service account can enter."""
    made = Path(tempfile.mkdtemp(prefix="liangdeng-tls-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def shared_server(folder: Path) -> Iterator[Address]:
    """A server as a centre would run it: TLS, the written pg_hba.conf, one person."""
    programs = Programs(DEBIAN)
    home, tls = folder / "home", folder / "tls"
    server = EmbeddedServer(home, programs=programs)
    with server.lease() as address:
        init = (
            "init", "--dsn", address.dsn("liangdeng"), "--network", "127.0.0.1/32",
            "--hba", folder / "hba", "--tls", tls, "--host", "localhost", "--json",
        )  # fmt: skip
        subprocess.run([sys.executable, "-m", "console", "db", *init], check=True, stdout=subprocess.DEVNULL)
    for path in (tls, *tls.iterdir()):
        programs.give(path)
    (server.data / "pg_hba.conf").write_text((folder / "hba").read_text("utf-8"), "utf-8")
    with (server.data / "postgresql.conf").open("a") as file:
        file.write(f"include '{tls}/liangdeng.conf'\n")
    with server.lease() as address:
        with psycopg.connect(address.dsn("liangdeng")) as connection:
            provision(connection, [Account("tls_person", ("ld_console",))], "a-long-password")
        yield address


def desk(server: Address, folder: Path, **changed: str) -> psycopg.Connection[Any]:
    """Connect as a console does."""
    given = {
        "host": "localhost",
        "hostaddr": "127.0.0.1",
        "dbname": "liangdeng",
        "user": "tls_person",
        "password": "a-long-password",
        "sslmode": "verify-full",
        "sslrootcert": str(folder / "tls" / "ca.crt"),
        "channel_binding": "require",
    }
    return psycopg.connect(**(given | changed), port=server.port)


def test_person_comes_in_over_tls_with_channel_binding(shared_server: Address, folder: Path) -> None:
    with desk(shared_server, folder) as connection:
        assert connection.pgconn.ssl_in_use
        assert connection.execute("select session_user").fetchone() == ("tls_person",)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"sslmode": "disable", "channel_binding": "disable"}, "pg_hba.conf rejects connection"),
        ({"host": "elsewhere"}, "does not match host name"),
        ({"password": "wrong"}, "password authentication failed"),
        ({"dbname": "postgres"}, "pg_hba.conf rejects connection"),
    ],
    ids=["no-tls", "wrong-host", "wrong-password", "other-database"],
)
def test_everything_else_stays_out(
    shared_server: Address, folder: Path, changed: dict[str, str], words: str
) -> None:
    with pytest.raises(psycopg.OperationalError, match=words):
        desk(shared_server, folder, **changed)


def test_doctor_finds_its_rules_in_order(shared_server: Address) -> None:
    with psycopg.connect(shared_server.dsn("liangdeng"), autocommit=True) as owner:
        found = {check.name: check for check in hardened.look(owner)}
        assert (found["login rules"].found, found["tls"].found) == ("as it must be", "as it must be")


def test_expired_certificate_is_expired(tmp_path: Path) -> None:
    certificate, key = Authority.new().issue(tmp_path, ["localhost", "127.0.0.1"], timedelta(days=-1))
    read = x509.load_pem_x509_certificate(certificate.read_bytes())
    assert read.not_valid_before_utc < read.not_valid_after_utc < datetime.now(UTC)
    assert key.stat().st_mode & 0o077 == 0
