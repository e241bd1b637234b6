"""A real streaming standby of the tests' server, on loopback, stopped and removed at the end."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from db.embedded import SETTINGS, Address
from db.programs import Programs


class Standby:
    """One standby: it can be stopped and left behind."""

    def __init__(self, primary: Address, folder: Path, programs: Programs) -> None:
        self.host = "127.0.0.1"
        self.port = _free_port()
        self._primary = primary
        self._folder = folder
        self._programs = programs
        folder.mkdir(mode=0o700)
        programs.give(folder)
        source = ("-d", primary.dsn("postgres"), "-D", folder, "-R", "-X", "stream", "-c", "fast")
        programs.run("pg_basebackup", *source, "--no-sync")
        self.start()

    @property
    def address(self) -> Address:
        """Where it listens, and how the owner of its primary logs in."""
        return Address(self.host, self.port, self._primary.password)

    @property
    def end(self) -> str:
        """What a profile names."""
        return f"{self.host}:{self.port}"

    def fall_behind(self) -> None:
        """Receive, and replay nothing more."""
        with self._as_owner() as connection:
            connection.execute("select pg_wal_replay_pause()")

    def catch_up(self) -> None:
        """Replay again."""
        with self._as_owner() as connection:
            connection.execute("select pg_wal_replay_resume()")

    def promote(self) -> None:
        """Let it take its primary's place."""
        self._pg_ctl("promote")

    def start(self) -> None:
        """Start it again; nothing where it runs."""
        if not self._is_running:
            log = self._folder / "standby.log"
            self._pg_ctl("-l", log, "-o", f"-p {self.port} {self._options()}", "start")

    def stop(self) -> None:
        """Stop it; nothing where it is down."""
        if self._is_running:
            self._pg_ctl("-m", "immediate", "stop")

    @property
    def _is_running(self) -> bool:
        return (self._folder / "postmaster.pid").exists()

    def _pg_ctl(self, *arguments: object) -> None:
        self._programs.run("pg_ctl", "-D", self._folder, "-w", *arguments)

    def _as_owner(self) -> psycopg.Connection:
        return psycopg.connect(self.address.dsn("postgres"), autocommit=True)

    @staticmethod
    def _options() -> str:
        return " ".join(f"-c {each}" for each in (*SETTINGS, "fsync=off"))


@contextmanager
def standby_of_server(primary: Address, folder: Path, programs: Programs) -> Iterator[Standby]:
    """Copy the running server into a standby."""
    made = Standby(primary, folder, programs)
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
