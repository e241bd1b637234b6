"""The command line as other programs call it: in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.app.cli import COMMANDS
from db.embedded import Address


def run(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "console", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, **options)


def answer(*arguments: object, **options: Any) -> Any:
    done = run(*arguments, "--json", **options)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1
    return json.loads(done.stdout)


@pytest.fixture
def fresh_home() -> Iterator[dict[str, str]]:
    """An environment whose home nobody has used."""
    with tempfile.TemporaryDirectory(prefix="liangdeng-test-") as name:
        Path(name).chmod(0o755)
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LIANGDENG_")}
        yield environment | {"LIANGDENG_HOME": name}


def test_help_names_every_command_and_imports_none() -> None:
    code = (
        "import sys; from console.app.cli import main\n"
        "try: main(['--help'])\n"
        "finally: sys.exit(bool({'PySide6', 'psycopg', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for name in COMMANDS:
        assert f"\n  {name}: " in done.stdout


def test_desk_without_pictures_holds_nothing_that_decodes() -> None:
    code = (
        "import sys, console.app.session, console.camera.workspace, console.footage.part\n"
        "sys.exit('av' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_works(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"Usage: liangdeng {name}" in done.stdout


def test_unknown_command_is_refused() -> None:
    done = run("frobnicate")
    assert done.returncode == 2
    assert done.stdout == ""


def test_unreachable_server_is_said_without_a_traceback(fresh_home: dict[str, str]) -> None:
    done = run("user", "list", "--dsn", "postgresql://x:y@127.0.0.1:1/z", env=fresh_home)
    assert done.returncode == 1
    assert "the database is not available" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("dsn", "words"),
    [
        ("liangdeng=hush", "is no address of a PostgreSQL server"),
        ("postgresql://x:hush@h:abc/z", "is no address of a PostgreSQL server"),
        ("postgresql://x:hush@example.invalid/z?sslmode=disable", "only over a verified link"),
        ("host=127.0.0.1 port=1 user=x password=hush dbname=z", "Connection refused"),
    ],
)
@pytest.mark.parametrize("command", ["user list", "db upgrade", "doctor"])
def test_wrong_server_is_said_without_its_password(
    fresh_home: dict[str, str], command: str, dsn: str, words: str
) -> None:
    done = run(*command.split(), "--dsn", dsn, env=fresh_home)
    assert done.returncode == 1
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "hush" not in done.stdout + done.stderr


def test_database_without_our_tables_is_said_to_be_unprepared(server: Address) -> None:
    done = run("user", "list", "--dsn", server.dsn("postgres"))
    assert done.returncode == 1
    assert "run `liangdeng db upgrade`" in done.stderr
    assert "Traceback" not in done.stderr


def test_login_without_the_right_is_told(person_dsn: Callable[[str], str]) -> None:
    done = run("verify", "fold", "--dsn", person_dsn("d1_operator1"))
    assert done.returncode == 1
    assert "the login of --dsn may not do this" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ("due --from 2099-01-01 --workdays 5", 1, "the calendar reaches from 2004-01-01 to "),
        ("due --from 1900-01-01 --workdays 5", 1, "this deadline lies outside"),
        ("due --from 9999-12-31T23:00:00-08:00 --workdays 5", 2, "not a date or a time"),
        ("due --from 2026-05-08 --workdays 9999999999", 2, "less than or equal to 366"),
        ("due --from 2026-05-08 --workdays 1 --district 99", 2, "there is no district 99"),
        ("due --from 2026-05-08 --workdays 1 --district 99999999999", 2, "there is no district"),
        ("export tickets --out x.csv --timezone Asia", 2, "there is no time zone 'Asia'"),
        ("export tickets --out /dev/null/x.csv", 1, "/dev/null: there is no such folder"),
        ("tour --out /dev/null", 1, "/dev/null: File exists"),
        ("db init --hba /dev/null/x", 1, "/dev/null/x: Not a directory"),
        ("db calendar /bin/sh", 2, "codec can't decode"),
        ("replay /bin/sh --limit -1", 2, "--limit"),
    ],
)
def test_nonsense_is_said_to_be_nonsense(database: str, arguments: str, status: int, words: str) -> None:
    done = run(*arguments.split(), "--dsn", database, env=os.environ | {"TERMINAL_WIDTH": "200"})
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_moment_with_an_odd_offset_is_the_moment_it_is(database: str) -> None:
    found = answer("due", "--from", "2026-05-08T10:00:00+23:59", "--workdays", "1", "--dsn", database)
    assert found["due_at"] == "2026-05-08T23:59:59+08:00"  # it is 18:01 of the day before here


def test_command_in_a_fresh_home_makes_a_server_and_stops_it(fresh_home: dict[str, str]) -> None:
    found = answer("due", "--from", "2026-05-08T16:40:00+08:00", "--workdays", "1", env=fresh_home)
    assert found["due_at"] == "2026-05-09T23:59:59+08:00"  # a make-up Saturday
    assert found["provisional"] is False
    home = Path(fresh_home["LIANGDENG_HOME"])
    assert (home / "pgdata" / "PG_VERSION").exists()
    assert not (home / "pgdata" / "postmaster.pid").exists()


def test_worker_sweeps_once_and_stands_by_for_another(database: str) -> None:
    found = answer("worker", "--once", "--dsn", database)
    quiet = dict.fromkeys(found.keys() - {"notes"}, 0)
    assert {"resumed", "archived", "counted", "sealed"} <= quiet.keys()
    assert found == quiet | {"notes": found["notes"]}
    with psycopg.connect(database) as other:
        other.execute("select api.elect_worker()")
        found = answer("worker", "--once", "--dsn", database)
    assert found == quiet | {"notes": ["another worker is at work"]}


def test_doctor_checks_machine_and_database(database: str) -> None:
    done = run("doctor", "--json", "--dsn", database)
    report = json.loads(done.stdout)
    checks = {check["name"]: check for check in report["checks"]}
    assert {"python and pyside", "disk", "server", "locale", "roles", "schema", "feed wake"} <= checks.keys()
    assert checks["feed wake"]["ok"]
    assert report["ok"] is all(check["ok"] for check in checks.values())
    assert (done.returncode == 0) is report["ok"]
    # A clone carries no stamp, so this one check has to fail and say how to mend it.
    assert (checks["schema"]["ok"], checks["schema"]["mend"]) == (False, "liangdeng db upgrade")


def test_user_lives_from_add_to_disable(database: str, server: Address) -> None:
    name = database.rsplit("/", 1)[1]
    dsn = server.dsn(name, user="zhao", password="correct horse")

    def duties() -> list[str]:
        with psycopg.connect(dsn) as connection:
            row = connection.execute("select api.me()").fetchone()
        assert row is not None
        return sorted(row[0]["duties"])

    with psycopg.connect(database) as connection:
        row = connection.execute(
            "select code from core.unit where district_id = 1 and kind = 'centre'"
        ).fetchone()
    assert row is not None
    add = (
        "user",
        "add",
        "zhao",
        "--name",
        "赵一",
        "--unit",
        row[0],
        "--duty",
        "operator",
        "--password-stdin",
    )
    try:
        answer("--dsn", database, *add, input="correct horse\n")
        assert duties() == ["operator"]
        answer("--dsn", database, "user", "grant", "zhao", "callback")
        assert duties() == ["callback", "operator"]
        answer("--dsn", database, "user", "revoke", "zhao", "operator")
        assert duties() == ["callback"]
        people = answer("--dsn", database, "user", "list")["people"]
        assert [p["duties"] for p in people if p["login"] == "zhao"] == [["callback"]]
        answer("--dsn", database, "user", "disable", "zhao")
        with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
            psycopg.connect(dsn)
    finally:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("drop role if exists zhao")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("user", "grant", "nobody_here", "operator"), "no person 'nobody_here'"),
        (("user", "grant", "d1_operator1", "king"), "no duty 'king'"),
        (("user", "revoke", "d1_operator1", "operator"), "a person needs a duty"),
        (("user", "term", "d1_operator1", "--until", "0001-01-01"), "beyond what a calendar can count"),
    ],
)
def test_user_refuses_what_cannot_be(database: str, arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments, "--dsn", database)
    assert done.returncode == 1
    assert words in done.stderr
