"""Nothing of a ticket or a person stays on the desk: files, logs, titles, records of errors."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import av
import clip_desk
import numpy as np
import psycopg
import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from console.app.crash import CrashRecord
from console.app.logging import start_logging
from console.app.main import build_console
from console.footage.keep_work import mend_clip
from console.footage.outbox import RECORDING, Outbox, Parcel
from console.kit.call import OPEN, Call
from console.kit.clipboard import forget_copied, forget_secrets
from console.kit.notices import Notices
from console.kit.seal import Seal
from console.kit.trace import private_trace
from console.shell.words import notice_of
from db.engine import engine_for

pytestmark = pytest.mark.once

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
    qtbot.waitUntil(lambda: len(done) == 2)
    window.open_ticket(done[0].id)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.tabs.tabText(0) not in ("", "…"))
    titles = [each.windowTitle() for each in qapp.topLevelWidgets()]
    assert not any(mark in title for title in titles for mark in MARKS)
    window.close()
    assert (tmp_path / "home" / "journal.db").exists()
    assert found(tmp_path) == []


def test_what_the_middle_button_would_paste_is_forgotten_too(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is only selected is in a clipboard of its own on X11, which offscreen has not."""
    cleared: list[QClipboard.Mode] = []
    monkeypatch.setattr(QClipboard, "ownsSelection", lambda _self: True)
    monkeypatch.setattr(QClipboard, "text", lambda _self, _mode: f"Call {MARKS[0]} back")
    monkeypatch.setattr(QClipboard, "clear", lambda _self, mode: cleared.append(mode))
    forget_secrets(["积米崖路"])
    assert cleared == []
    forget_secrets([MARKS[0]])
    forget_copied()
    assert cleared == [QClipboard.Mode.Selection] * 2


PICTURE_MARKS = (b"ftyp", b"moov", b"moof", b"mdat", b"\x89PNG", b"\xff\xd8\xff", b"camera_name")


def shown(folder: Path) -> list[tuple[str, bytes]]:
    """Every sign of a picture or a slip in every file."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, mark) for path in files for mark in PICTURE_MARKS if mark in path.read_bytes()]


def painted_stream(path: Path) -> None:
    with av.open(str(path), "w", format="mp4") as output:
        stream = output.add_stream("mpeg4", rate=25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = 160, 90, "yuv420p", 10
        for number in range(50):
            pixels = np.full((90, 160, 3), number * 4, dtype=np.uint8)
            output.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        output.mux(stream.encode(None))


def test_desk_killed_in_the_middle_of_a_clip_leaves_nothing_readable(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, temporary = tmp_path / "source", tmp_path / "tmp"
    source.mkdir()
    temporary.mkdir()
    painted_stream(source / "stream.mp4")
    parcel = Parcel(
        uuid4(), "clip", 1, MARKS[1], MARKS[2], "here", datetime.now(UTC),
        ticket_id=1, facts={"reason": MARKS[3], "number": MARKS[0]}, state=RECORDING,
    )  # fmt: skip
    (source / "slip").write_text(parcel.to_json(), "utf-8")
    assert {mark for _, mark in shown(source)} >= {b"ftyp", b"moov", b"mdat", b"camera_name"}  # the control
    assert {mark for _, mark in found(source)} == set(MARKS[:4])
    key = b"k" * 32
    monkeypatch.setenv("TMPDIR", str(temporary))
    command = [sys.executable, clip_desk.__file__, str(source / "stream.mp4"), key.hex(), parcel.to_json()]
    desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert desk.stdout is not None
    with desk.stdout:
        assert desk.stdout.readline() == "recording\n"
        desk.kill()
        desk.wait()
    left = [path for path in temporary.rglob("*") if path.is_file()]
    assert sorted(path.suffix for path in left) == [".part", ".slip", ".thumb"]
    assert shown(temporary) == []
    assert found(temporary) == []
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    outbox = Outbox(parcel.login, parcel.server, Seal(key))
    adopted = outbox.adopt()
    assert [each.key for each in adopted.parcels] == [parcel.key]
    mended = mend_clip(outbox, adopted.parcels[0])
    assert shown(temporary) == []
    assert found(temporary) == []
    with av.open(BytesIO(outbox.sent(mended)["original"]), "r") as clip:
        assert sum(1 for _ in clip.decode(video=0)) >= 30  # all but what came after the last key frame
