"""`liangdeng doctor`: check this machine and the database, and say how to mend what is not well."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from typing import LiteralString

import keyring
import keyring.errors
import psycopg
import typer

from db import schema, speed
from db.admin.context import NoWay, admin_dsn, home
from db.admin.hardened import Check, look
from db.admin.output import JsonFlag, answer

app = typer.Typer()

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
ENOUGH_DISK = 2 * 1024**3
OLDEST_SERVER = 150000
WAKE = "liangdeng_doctor"


@app.command()
def doctor(as_json: JsonFlag = False) -> None:
    """Check this machine and the database; exit status 0 when all is well."""
    checks = [*machine(), *database()]
    is_well = all(check.ok for check in checks)
    if as_json:
        answer({"ok": is_well, "checks": [asdict(check) for check in checks]}, as_json)
    else:
        answer({("ok   " if check.ok else "FAIL ") + check.name: _line(check) for check in checks}, as_json)
    raise typer.Exit(0 if is_well else 1)


def machine() -> Iterator[Check]:
    """Check Python, Qt's libraries, fonts, the keyring and the disk."""
    pyside = tuple(map(int, version("PySide6-Essentials").split(".")[:2]))
    yield Check(
        "python and pyside",
        sys.version_info >= (3, 11) and (pyside < (6, 12) or sys.version_info >= (3, 12)),
        f"Python {sys.version.split()[0]}, PySide6 {version('PySide6-Essentials')}",
        "install PySide6-Essentials below 6.12, or Python 3.12 or newer",
    )
    if sys.platform == "linux":
        yield _qt_libraries()
        yield _font()
    yield _keyring()
    yield _speed()
    place = next(folder for folder in (home(), *home().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    yield Check("disk", free >= ENOUGH_DISK, f"{free // 1024**2} MB free", f"make room under {place}")


def database() -> Iterator[Check]:
    """Check the server, its locale and roles, the schema, the wake-up, and what an attacker looks for."""
    try:
        with admin_dsn() as dsn, psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
            yield from _server(connection)
            yield _current(dsn)
            yield from look(connection)
    except (psycopg.Error, NoWay, RuntimeError, OSError) as error:
        yield Check("server", ok=False, found=str(error).strip(), mend="start the server, or correct --dsn")


def _server(connection: psycopg.Connection) -> Iterator[Check]:
    number = connection.info.server_version
    yield Check("server", number >= OLDEST_SERVER, f"PostgreSQL {number // 10000}", "PostgreSQL 15 or newer")
    yield _ask(
        connection,
        "locale",
        "select datctype, datctype not in ('C', 'POSIX') and pg_encoding_to_char(encoding) = 'UTF8'"
        " from pg_database where datname = current_database()",
        "create the database with encoding UTF8 and LC_CTYPE C.UTF-8",
    )
    yield _ask(
        connection,
        "roles",
        "select count(*)::text, count(*) >= 16 from pg_roles where rolname ~ '^ld_'",
        "liangdeng db init",
    )
    yield _wake(connection)


def _ask(connection: psycopg.Connection, name: str, query: LiteralString, mend: str) -> Check:
    row = connection.execute(query).fetchone()
    found, is_well = row if row else ("nothing", False)
    return Check(name, bool(is_well), str(found), mend)


def _current(dsn: str) -> Check:
    is_current = schema.is_current(dsn)
    return Check("schema", is_current, "current" if is_current else "other", "liangdeng db upgrade")


def _wake(connection: psycopg.Connection) -> Check:
    connection.execute(f"listen {WAKE}")
    connection.execute(f"notify {WAKE}")
    heard = any(True for _ in connection.notifies(timeout=2, stop_after=1))
    mend = "connect to the server itself: a pooler in transaction mode swallows notices"
    return Check("feed wake", heard, "heard" if heard else "silent", mend)


def _qt_libraries() -> Check:
    missing = [package for library, package in QT_LIBRARIES.items() if not _loads(library)]
    found = f"missing: {' '.join(missing)}" if missing else f"all {len(QT_LIBRARIES)}"
    return Check("qt libraries", not missing, found, f"apt-get install {' '.join(missing)}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _font() -> Check:
    tool = shutil.which("fc-list")
    fonts = (
        subprocess.run([tool, ":lang=zh", "family"], capture_output=True, text=True, check=False)
        if tool
        else None
    )
    names = sorted(set(fonts.stdout.split("\n")) - {""}) if fonts else []
    found = names[0] if names else "none" if tool else "fc-list is not installed"
    return Check("chinese font", bool(names), found, "apt-get install fontconfig fonts-wqy-microhei")


def _keyring() -> Check:
    """Say whether passwords can be remembered; without a keyring they stay in memory, which is no fault."""
    name = type(keyring.get_keyring()).__name__
    try:
        keyring.get_password("liangdeng", "doctor")
    except keyring.errors.KeyringError:
        return Check("keyring", ok=True, found="none: passwords are kept in memory only")
    return Check("keyring", ok=True, found=name)


SPEED_MENDS = {
    "server": "look at the network to the server and at what else the server does",
    "disk": "look at this desk's own disk",
    "queue": "ask for less at once, or close what else runs at this desk",
    "gui": "close what else runs at this desk, or give it a quicker processor",
}


def _speed() -> Check:
    """Compare this desk's actions with the rule of dispatch centres: an answer within two seconds."""
    try:
        kept = speed.read(home())
    except speed.Unreadable as error:
        mend = f"delete {error.path}: it holds only how long actions took, and a console begins a new one"
        return Check("two seconds", ok=False, found=f"left aside: {error}", mend=mend)
    kinds = ", ".join(
        f"{kind} {kept.p95_ms(kind):,.0f} ms ({len(kept.times_ms[kind])} times)" for kind in kept.times_ms
    )
    found = "nothing measured yet"
    if kinds:
        found = f"95 of 100 done within: {kinds}; the rule is {speed.RULE_MS:,} ms"
    over = [each for each in kept.slow if each.total_ms > speed.RULE_MS]
    if over:
        last = over[-1]
        found += f"; last over it {last.kind} {last.total_ms:,.0f} ms at {last.at}, mostly {last.cause}"
    causes = Counter(each.cause for each in over if each.kind in kept.late()).most_common(1)
    mend = SPEED_MENDS.get(causes[0][0], "") if causes else SPEED_MENDS["server"]
    return Check("two seconds", not kept.late(), found, mend)


def _line(check: Check) -> str:
    return check.found if check.ok else f"{check.found} — {check.mend}"
