"""A server with TLS, a small authority of its own, and certificates that should not be believed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives import serialization

from console.app.main import _open_desk
from db.admin.tls import Authority
from db.embedded import Address, EmbeddedServer
from db.link import LinkRefused, Trouble, secured, trouble_of, try_password
from db.programs import Programs

NAME = "db.liangdeng.test"
PROGRAMS = Path("/usr/lib/postgresql/15/bin")

pytestmark = pytest.mark.skipif(
    not (PROGRAMS / "postgres").exists(),
    reason="Debian's postgresql-15 is not installed; the wheel has no TLS",
)


class TlsServer:
    """Debian's server, whose certificate a test exchanges while it runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = Programs(PROGRAMS)
        self.authority = Authority.new()
        self.ca = self.authority.write(folder)
        self.show(self.authority)
        files = (f"ssl_cert_file={folder}/server.crt", f"ssl_key_file={folder}/server.key")
        self.server = EmbeddedServer(folder / "home", programs=self.programs, settings=("ssl=on", *files))

    def show(self, authority: Authority, name: str = NAME, lasts: timedelta = timedelta(days=1)) -> None:
        """Let new connections see a certificate."""
        for path in authority.issue(self.folder, [name], lasts):
            self.programs.give(path)

    def reload(self, address: Address) -> None:
        """Make the server read its certificate again, and wait until it has."""
        with psycopg.connect(address.dsn("postgres"), autocommit=True) as connection:
            before = connection.execute("select pg_conf_load_time()").fetchone()
            connection.execute("select pg_reload_conf()")
            while connection.execute("select pg_conf_load_time()").fetchone() == before:
                pass


@pytest.fixture(scope="module")
def tls() -> Iterator[tuple[TlsServer, Address]]:
    folder = Path(tempfile.mkdtemp(prefix="liangdeng-tls-"))
    folder.chmod(0o755)
    made = TlsServer(folder)
    with made.server.lease() as address:
        yield made, address
    shutil.rmtree(folder)


@pytest.fixture
def dsn_for(tls: tuple[TlsServer, Address]) -> Callable[..., str]:
    """Exchange the certificate and return a desk's DSN; the host's name stands for a name service."""
    server, address = tls

    def show(authority: Authority | None = None, name: str = NAME, days: int = 1) -> str:
        server.show(authority or server.authority, name, timedelta(days=days))
        server.reload(address)
        return (
            f"host={NAME} hostaddr=127.0.0.1 port={address.port} dbname=postgres user=liangdeng"
            f" password={address.password} sslrootcert={server.ca}"
        )

    return show


def trouble(dsn: str) -> Trouble | None:
    with pytest.raises(psycopg.OperationalError) as failed:
        psycopg.connect(secured(dsn), connect_timeout=5)
    return trouble_of(failed.value, dsn)


def test_right_certificate_is_believed(dsn_for: Callable[..., str]) -> None:
    with psycopg.connect(secured(dsn_for())) as connection:
        row = connection.execute(
            "select ssl, version from pg_stat_ssl where pid = pg_backend_pid()"
        ).fetchone()
    assert row == (True, "TLSv1.3")


def test_certificate_of_another_host_is_refused(dsn_for: Callable[..., str]) -> None:
    assert trouble(dsn_for(name="elsewhere.test")) is Trouble.WRONG_NAME


def test_expired_certificate_is_refused(dsn_for: Callable[..., str]) -> None:
    assert trouble(dsn_for(days=-1)) is Trouble.EXPIRED


def test_certificate_of_a_stranger_is_refused(dsn_for: Callable[..., str]) -> None:
    dsn = dsn_for(Authority.new())
    assert trouble(dsn) is Trouble.FOREIGN
    with psycopg.connect(dsn, sslmode="require", sslrootcert=""):
        pass  # the control: whoever does not verify talks to the stranger


def test_certificate_signed_by_itself_is_refused(
    dsn_for: Callable[..., str], tls: tuple[TlsServer, Address]
) -> None:
    dsn = dsn_for()
    server, address = tls
    alone = Authority.new()
    pem, key = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (server.folder / "server.crt").write_bytes(alone.certificate.public_bytes(pem))
    (server.folder / "server.key").write_bytes(
        alone.key.private_bytes(pem, key, serialization.NoEncryption())
    )
    server.reload(address)
    assert trouble(dsn) is Trouble.FOREIGN


@pytest.mark.parametrize(
    ("shown", "trouble"),
    [({"days": -1}, Trouble.EXPIRED), ({"name": "elsewhere.test"}, Trouble.WRONG_NAME)],
)
def test_login_says_what_is_wrong_with_the_certificate(
    dsn_for: Callable[..., str], home: Path, shown: dict[str, object], trouble: Trouble
) -> None:
    with pytest.raises(LinkRefused) as refused:
        _open_desk(dsn_for(**shown), None, standby="", most_lag_s=1)
    assert refused.value.trouble is trouble


def test_missing_authority_is_told(dsn_for: Callable[..., str]) -> None:
    assert trouble(dsn_for() + " sslrootcert=/no/ca.crt") is Trouble.NO_CA


def test_server_without_tls_is_refused(dsn_for: Callable[..., str], server: Address) -> None:
    dsn = f"host={NAME} hostaddr=127.0.0.1 port={server.port} dbname=postgres user=x sslrootcert=system"
    assert trouble(dsn) is Trouble.NO_TLS


def test_wrong_password_over_tls_is_told(dsn_for: Callable[..., str]) -> None:
    dsn = dsn_for()
    with pytest.raises(LinkRefused) as refused:
        try_password(dsn, "wrong")
    assert refused.value.trouble is Trouble.PASSWORD
