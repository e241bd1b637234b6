"""Nothing of a ticket or a person stays on the desk: files, logs, titles, records of errors."""

from __future__ import annotations

import logging
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from console.app.crash import CrashRecord
from console.app.logging import start_logging
from console.app.main import build_console
from console.kit.call import OPEN, Call
from console.kit.notices import Notices
from console.kit.trace import private_trace
from console.shell.words import notice_of
from db.engine import engine_for

MARKS = ("19000000777", "暗号甲", "暗号标题", "暗号正文", "暗号草稿")
PAYLOAD = {
    "kind": "complaint", "channel": "phone", "title": "暗号标题", "body": "暗号正文", "no_place": True,
    "caller": {"name": "暗号甲", "phone": "19000000777"},
}  # fmt: skip


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[Path]:
    """The log files of one run."""
    folder = tmp_path / "logs"
    before = {name: list(logging.getLogger(name).handlers) for name in ("console", "db")}
    start_logging(folder)
    yield folder
    for name, handlers in before.items():
        for handler in [each for each in logging.getLogger(name).handlers if each not in handlers]:
            handler.close()
            logging.getLogger(name).removeHandler(handler)


def found(folder: Path) -> list[tuple[str, str]]:
    """Every mark in every file, in the encodings a program might write."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [
        (path.name, mark)
        for path in files
        for mark in MARKS
        if any(
            form in path.read_bytes()
            for form in (mark.encode(), mark.encode("utf-16-le"), mark.encode("unicode_escape"))
        )
    ]


def broken(dsn: str) -> list[Exception]:
    """Errors as they happen at a desk, each with a mark in its text."""
    engine = engine_for(dsn, pool_size=1)
    errors: list[Exception] = []
    for query in ("select cast(:mark as int)", "select * from no_such_table where :mark = 'x'"):
        try:
            with engine.begin() as connection:
                connection.execute(text(query), {"mark": " ".join(MARKS)})
        except Exception as error:  # noqa: BLE001 - whatever the driver makes of it
            errors.append(error)
    engine.dispose()
    try:
        with psycopg.connect(dsn) as connection:
            connection.execute("create temp table t (phone text unique)")
            connection.execute("insert into t values (%s), (%s)", [MARKS[0], MARKS[0]])
    except psycopg.Error as error:
        errors.append(error)
    try:
        {}[MARKS[1]]
    except KeyError as error:
        try:
            raise ValueError(MARKS[0]) from error
        except ValueError as other:
            errors.append(other)
    return errors


def test_errors_are_written_down_without_what_they_say(
    database: str, logs: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    errors = broken(database)
    assert len(errors) == 4
    assert all(any(mark in str(error) for mark in MARKS) for error in errors)  # the control
    notices = Notices()
    record = CrashRecord(notices, logs)
    for error in errors:
        sys.excepthook(type(error), error, error.__traceback__)
        logging.getLogger("console.session").error("failed", exc_info=error)
        written = private_trace(error) + notice_of(error).text + notice_of(error).detail
        assert not any(mark in written for mark in MARKS)
    thread = threading.Thread(target=int, args=(MARKS[1],))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(notices.all()) == 5)
    record.remove()
    assert found(logs) == []
    log = (logs / "console.log").read_text("utf-8")
    for kind in ("UniqueViolation 23505", "NumericValueOutOfRange 22003", "ValueError", "broken"):
        assert kind in log  # what is needed to mend it is there


def test_day_at_a_desk_leaves_nothing_readable(
    qtbot: QtBot, qapp: QApplication, person_dsn: Callable[[str], str], tmp_path: Path, logs: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    (temporary / "control").write_text("nothing")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    window = build_console(person_dsn("d1_operator1"), qapp, folder=tmp_path / "home", language="en")
    window.show()
    session = window.session
    session.journal.save_draft(uuid4(), "intake", {"body": "暗号草稿", "phone": "19000000777"})
    done: list[object] = []
    session.submit(Call(OPEN, PAYLOAD), done.append)
    session.submit(Call(OPEN, PAYLOAD | {"kind": "暗号甲"}), done.append, done.append)
    qtbot.waitUntil(lambda: len(done) == 2, timeout=20_000)
    window.open_ticket(done[0].id)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.tabs.tabText(0) not in ("", "…"), timeout=20_000)
    titles = [each.windowTitle() for each in qapp.topLevelWidgets()]
    assert not any(mark in title for title in titles for mark in MARKS)
    window.close()
    assert (tmp_path / "home" / "journal.db").exists()
    assert found(tmp_path) == []
