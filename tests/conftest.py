"""Shared parts of the tests: one embedded server per run, one fresh database per test."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from pytestqt.qtbot import QtBot

from db import schema
from db.admin.context import demo_password
from db.embedded import Address, EmbeddedServer
from db.programs import Programs
from db.seed.loader import seed_demo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

DEBIAN = Path("/usr/lib/postgresql")
TEMPLATE = "template_demo"
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_wal_size=256MB")
MEMORY, ROOM = Path("/dev/shm"), 2**31
PATIENCE_MS = 60_000  # a machine may be busy; only a failing test waits that long

_names = (f"test_{number}" for number in itertools.count(1))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--server", metavar="MAJOR", help="run on Debian's PostgreSQL of this major version")


def pytest_configure() -> None:
    # A run that is told to stop still stops its server.
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take the longest first, then files of every room in turn: windows wait while the database works."""
    rooms: dict[Path, dict[Path, int]] = {}
    for item in items:
        rooms.setdefault(item.path.parent, {}).setdefault(item.path, len(rooms[item.path.parent]))
    items.sort(
        key=lambda item: (
            item.path.parent.name != "e2e",
            rooms[item.path.parent][item.path] / len(rooms[item.path.parent]),
            item.path,
        )
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"server: PostgreSQL {config.getoption('--server') or 'embedded'}"


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A private LIANGDENG_HOME that the service account can enter; gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="liangdeng-test-", dir=_memory()))
    folder.chmod(0o755)
    before = os.environ.get("LIANGDENG_HOME")
    os.environ["LIANGDENG_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["LIANGDENG_HOME"]
    else:
        os.environ["LIANGDENG_HOME"] = before
    shutil.rmtree(folder)


def _memory() -> Path | None:
    """Name a file system in memory with room: a clone takes a tenth of the time there."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Wait as long as a busy machine needs."""
    for wait in ("waitUntil", "waitSignal", "waitSignals"):
        monkeypatch.setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture(scope="session")
def server(home: Path, pytestconfig: pytest.Config) -> Iterator[Address]:
    """The running server with its roles; stopped at the end, also after failures."""
    major = pytestconfig.getoption("--server")
    programs = Programs(DEBIAN / major / "bin") if major else None
    with EmbeddedServer(home, programs=programs, settings=FAST).lease() as address:
        schema.create_roles(address.dsn("postgres"))
        yield address


@pytest.fixture(scope="session")
def template(server: Address) -> str:
    """A database with schema and the demo district but no tickets, made once per run."""
    schema.create_database(server.dsn("postgres"), TEMPLATE)
    schema.upgrade(server.dsn(TEMPLATE))
    seed_demo(server.dsn(TEMPLATE), demo_password(), tickets=0)
    return TEMPLATE


@pytest.fixture
def database(server: Address, template: str) -> Iterator[str]:
    """The owner's DSN of a fresh clone of the template."""
    name = next(_names)
    schema.create_database(server.dsn("postgres"), name, template=template)
    yield server.dsn(name)
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="module")
def shared_database(server: Address, template: str) -> Iterator[str]:
    """The owner's DSN of one clone for all tests of a module that leave nothing behind."""
    name = f"shared_{uuid4().hex}"
    schema.create_database(server.dsn("postgres"), name, template=template)
    yield server.dsn(name)
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def owner(database: str) -> Iterator[psycopg.Connection]:
    """An autocommit connection as the owner of the server."""
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def person_dsn(database: str, server: Address) -> Callable[[str], str]:
    """Name the DSN of a demo person by login."""
    name = database.rsplit("/", 1)[1]
    return lambda login: server.dsn(name, user=login, password=demo_password())


@pytest.fixture
def connect(person_dsn: Callable[[str], str]) -> Iterator[Callable[[str], psycopg.Connection]]:
    """Open autocommit connections as demo persons; closed at the end of the test."""
    opened: list[psycopg.Connection] = []

    def open_as(login: str) -> psycopg.Connection:
        connection = psycopg.connect(person_dsn(login), autocommit=True)
        opened.append(connection)
        return connection

    yield open_as
    for connection in opened:
        connection.close()
