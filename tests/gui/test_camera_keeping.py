"""Keeping pictures from a window, over a real database."""

import errno
import os
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import camera_hall
import pytest
from hall import OPERATOR, Hall
from kept import kept_of, outbox_files, part_of, picture, sight_of, texts
from pages import WindowOf
from painted_player import PaintedPlayer, paint_clip
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.footage.keep_work import take_still
from console.footage.keeping import Keeping
from console.footage.outbox import PREFIX, Outbox, Parcel
from console.footage.record import Sighting
from console.kit.seal import Seal, SealedWriter
from console.shell.main_window import MainWindow
from console.ticket.intake import IntakePanel


@pytest.fixture
def camera(owner_hall: Hall) -> int:
    return camera_hall.make_camera(owner_hall)


@pytest.fixture
def window(window_of: WindowOf, folder: Path, camera: int) -> MainWindow:
    return window_of(OPERATOR)


def test_a_still_is_kept_with_its_ticket_and_shows_on_its_page(
    window: MainWindow, camera: int, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> None:
    ticket = owner_hall.open()
    page = window.open_ticket(ticket["id"])
    part = part_of(page)
    assert part.isHidden()
    window.session.keeping.keep_still(sight_of(window, camera, ticket), PaintedPlayer(picture()))
    qtbot.waitUntil(lambda: len(kept_of(owner_hall, ticket["id"])) == 1)
    qtbot.waitUntil(lambda: "演示路口东" in part.view.toPlainText())
    assert "this footage is overwritten in 30 days, ask for the original now" in part.view.toPlainText()
    row = kept_of(owner_hall, ticket["id"])[0]
    content = bytes(owner_hall.value("select content from core.attachment where id = %s", row["original_id"]))
    original = QImage.fromData(content)
    assert original.convertToFormat(QImage.Format.Format_RGB32) == picture()  # every pixel as it was
    burned = QImage.fromData(
        bytes(owner_hall.value("select content from core.attachment where id = %s", row["burned_id"]))
    )
    assert burned.width() == 640
    assert burned.height() > 360
    qtbot.waitUntil(lambda: outbox_files(folder) == [])


def test_without_a_picture_nothing_is_kept_and_it_is_said(
    window: MainWindow, camera: int, folder: Path, qtbot: QtBot
) -> None:
    window.session.keeping.keep_still(sight_of(window, camera), PaintedPlayer(None))
    qtbot.waitUntil(lambda: any("shows no picture yet" in text for text in texts(window)))
    assert outbox_files(folder) == []


def test_a_clip_is_the_streams_own_packets(
    window: MainWindow, camera: int, owner_hall: Hall, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    ticket = owner_hall.open()
    sight, player = sight_of(window, camera, ticket), PaintedPlayer(picture())
    keeping: Keeping = window.session.keeping
    keeping.start_clip(sight, player)
    qtbot.waitUntil(lambda: len(player.sinks) == 1)
    player.play(paint_clip(tmp_path / "stream.mp4"))
    qtbot.waitUntil(lambda: keeping.recorded_s(sight.view) > 1.5)
    keeping.stop_clip(sight.view)
    qtbot.waitUntil(lambda: len(kept_of(owner_hall, ticket["id"])) == 1)
    assert not keeping.is_recording(sight.view)
    row = kept_of(owner_hall, ticket["id"])[0]
    assert (row["media_type"], row["burned_id"]) == ("video/mp4", None)
    assert 1.9 < (row["taken_until"] - row["taken_at"]).total_seconds() < 2.1
    qtbot.waitUntil(lambda: outbox_files(folder) == [])


@pytest.mark.parametrize(
    ("what", "error", "words"),
    [
        ("outbox.Outbox.begin_raw", OSError(errno.ENOSPC, "full"), "was kept: this desk cannot write"),
        ("clip._copied", ValueError("full"), "of a kind that no clip can hold"),
    ],
)
def test_a_clip_that_cannot_begin_ends_at_once_and_it_is_said(
    window: MainWindow,
    camera: int,
    folder: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    error: Exception,
    words: str,
) -> None:
    """Else the window would say that it records, and the operator would believe it."""

    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(f"console.footage.{what}", broken)
    sight, player = sight_of(window, camera), PaintedPlayer(picture())
    keeping: Keeping = window.session.keeping
    keeping.start_clip(sight, player)
    qtbot.waitUntil(lambda: len(player.sinks) == 1)
    sink = player.sinks[0]
    with pytest.raises(type(error), match="full"):
        player.play(paint_clip(tmp_path / "stream.mp4"))
    sink.end("failed")  # as a player's ring does
    qtbot.waitUntil(lambda: any(words in text for text in texts(window)))
    assert not keeping.is_recording(sight.view)
    qtbot.waitUntil(lambda: outbox_files(folder) == [])


def fill_disk(monkeypatch: pytest.MonkeyPatch, writes: int, thread: str = "") -> None:
    """Leave room for so many writes, of the clip's thread alone or of every one."""
    write, room = SealedWriter.write, iter(range(writes))

    def full(self: SealedWriter, content: bytes) -> int:
        if thread in ("", threading.current_thread().name) and next(room, None) is None:
            raise OSError(errno.ENOSPC, "no space left")
        return write(self, content)

    monkeypatch.setattr(SealedWriter, "write", full)


def test_a_clip_that_breaks_off_is_kept_as_far_as_it_came(
    window: MainWindow,
    camera: int,
    owner_hall: Hall,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = owner_hall.open()
    fill_disk(monkeypatch, 3, "clip")
    sight, player = sight_of(window, camera, ticket), PaintedPlayer(picture())
    keeping: Keeping = window.session.keeping
    keeping.start_clip(sight, player)
    qtbot.waitUntil(lambda: len(player.sinks) == 1)
    player.play(paint_clip(tmp_path / "stream.mp4"))
    qtbot.waitUntil(lambda: len(kept_of(owner_hall, ticket["id"])) == 1)
    told = "broke off: this desk cannot write it to its disk. What was recorded until then is kept."
    assert any(told in text for text in texts(window))
    row = kept_of(owner_hall, ticket["id"])[0]
    assert 0 < (row["taken_until"] - row["taken_at"]).total_seconds() < 1.5
    assert not keeping.is_recording(sight.view)


def test_a_clip_that_a_full_disk_cannot_finish_is_offered_at_the_next_start(
    window_of: WindowOf,
    camera: int,
    owner_hall: Hall,
    folder: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = owner_hall.open()
    first = window_of(OPERATOR)
    player = PaintedPlayer(picture())
    with monkeypatch.context() as patch:
        fill_disk(patch, 5)
        first.session.keeping.start_clip(sight_of(first, camera, ticket), player)
        qtbot.waitUntil(lambda: len(player.sinks) == 1)
        player.play(paint_clip(tmp_path / "stream.mp4"))
        told = "is not sent yet: this desk cannot write it to its disk. What was recorded stays here"
        qtbot.waitUntil(lambda: any(told in text for text in texts(first)))
    left = next(folder.glob(f"{PREFIX}*"))
    left.rename(folder / left.name.replace(str(os.getpid()), str(2**22 + 1), 1))  # no such process
    second = window_of(OPERATOR)
    qtbot.waitUntil(lambda: any("was cut off" in text for text in texts(second)))
    offered = next(notice for notice in second.session.notices.all() if "was cut off" in notice.text)
    offered.actions[0].run()
    qtbot.waitUntil(lambda: len(kept_of(owner_hall, ticket["id"])) == 1)


def test_what_the_server_refuses_is_offered_without_the_ticket(
    window: MainWindow, camera: int, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> None:
    ticket = owner_hall.open()
    sight = sight_of(window, camera, ticket)
    owner_hall.through(ticket["id"], (OPERATOR, "answer_direct"), (OPERATOR, "archive"))
    window.session.keeping.keep_still(sight, PaintedPlayer(picture()))
    notices = window.session.notices
    qtbot.waitUntil(lambda: any("was not kept" in text for text in texts(window)))
    offered = next(notice for notice in notices.all() if "was not kept" in notice.text)
    assert outbox_files(folder) != []  # it is still here
    next(action for action in offered.actions if "without the ticket" in action.text).run()
    qtbot.waitUntil(lambda: any("deleted after 30 days" in text for text in texts(window)))
    assert len(owner_hall.call(OPERATOR, "select * from api.loose_footage()")) == 1
    qtbot.waitUntil(lambda: outbox_files(folder) == [])


def test_a_picture_the_server_did_not_get_goes_out_at_the_next_start(
    window_of: WindowOf, camera: int, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> None:
    ticket = owner_hall.open()
    first = window_of(OPERATOR)
    sight = sight_of(first, camera, ticket)
    outbox = first.session.keeping._outbox
    first.session.keeping._jobs.stop(finish=True)  # killed before it could send

    press = first.session.keeping._press()
    parcel = first.session.keeping._parcel(camera_hall.uuid4(), "still", sight, press)
    words = first.session.keeping._strip_words(sight)
    take_still(outbox, parcel, PaintedPlayer(picture()), press, words, str)
    left = next(folder.glob(f"{PREFIX}*"))
    assert left.stat().st_mode & 0o077 == 0
    left.rename(folder / left.name.replace(str(os.getpid()), str(2**22 + 1), 1))  # no such process
    window_of(OPERATOR)
    qtbot.waitUntil(lambda: len(kept_of(owner_hall, ticket["id"])) == 1)
    assert outbox_files(folder) == []


def readable(folder: Path, marks: list[bytes]) -> list[tuple[str, bytes]]:
    """Every mark in every file below."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, mark) for path in files for mark in marks if mark in path.read_bytes()]


def test_what_another_key_sealed_is_said_and_deleted(
    window_of: WindowOf, camera: int, folder: Path, qtbot: QtBot
) -> None:
    outbox = window_of(OPERATOR).session.keeping._outbox
    strange = Outbox(OPERATOR, outbox.server, Seal(b"o" * 32))
    key, now = camera_hall.uuid4(), datetime.now(UTC)
    strange.put(Parcel(key, "still", 1, "演示", OPERATOR, outbox.server, now), original=b"pixels")
    left = next(folder.glob(f"{PREFIX}*"))
    left.rename(folder / left.name.replace(str(os.getpid()), str(2**22 + 1), 1))
    second = window_of(OPERATOR)
    qtbot.waitUntil(lambda: any("another key" in text for text in texts(second)))
    assert outbox_files(folder) == []


def test_a_picture_damaged_at_the_desk_is_said_and_deleted(
    window: MainWindow, camera: int, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> None:
    keeping = window.session.keeping
    sight, press = sight_of(window, camera), keeping._press()
    parcel = keeping._parcel(camera_hall.uuid4(), "still", sight, press)
    parcel = keeping._outbox.put(replace(parcel, taken_at=press.at), original=b"pixels")
    path = next(folder.glob(f"{PREFIX}*/*.original"))
    path.write_bytes(path.read_bytes()[:-1])
    keeping._send(parcel)
    qtbot.waitUntil(lambda: any("is damaged" in text for text in texts(window)))
    qtbot.waitUntil(lambda: outbox_files(folder) == [])


def test_a_clip_that_was_cut_off_is_offered_and_mended(
    window_of: WindowOf,
    camera: int,
    owner_hall: Hall,
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    qtbot: QtBot,
) -> None:
    ticket = owner_hall.open()
    first = window_of(OPERATOR)
    sight, player = sight_of(first, camera, ticket), PaintedPlayer(picture())
    stream = paint_clip(tmp_path_factory.mktemp("stream") / "stream.mp4")
    first.session.keeping.start_clip(sight, player)
    qtbot.waitUntil(lambda: len(player.sinks) == 1)
    player.play(stream)
    recorder = player.sinks[0]
    qtbot.waitUntil(lambda: recorder.bytes > 0 and recorder._waiting.qsize() == 0)
    left = next(folder.glob(f"{PREFIX}*"))
    killed = folder / left.name.replace(str(os.getpid()), str(2**22 + 1), 1)
    killed.mkdir(mode=0o700)
    for path in left.iterdir():
        (killed / path.name).write_bytes(path.read_bytes())  # as a kill would leave it
    assert sorted(path.suffix for path in killed.iterdir()) == [".part", ".slip"]
    words = (sight.camera.name, sight.camera.code, ticket["number"], OPERATOR, sight.reason)
    marks = [b"ftyp", b"moof", b"mdat", b"\x89PNG", b"\xff\xd8\xff", *(word.encode() for word in words)]
    control = folder / "control"
    control.write_bytes(stream.read_bytes() + " ".join(words).encode())
    assert len(readable(folder, marks)) >= 7  # what a plain file would show
    control.unlink()
    logs_and_home = [each for each in readable(folder, marks) if each[1] != OPERATOR.encode()]
    assert logs_and_home == []
    assert readable(killed, marks) == []
    first.session.keeping._recordings.clear()
    player.sinks.clear()
    recorder.end("untee")
    second = window_of(OPERATOR)
    notices = second.session.notices
    qtbot.waitUntil(lambda: any("was cut off" in text for text in texts(second)))
    assert kept_of(owner_hall, ticket["id"]) == []
    offered = next(notice for notice in notices.all() if "was cut off" in notice.text)
    offered.actions[0].run()
    qtbot.waitUntil(lambda: len(kept_of(owner_hall, ticket["id"])) == 1)


def test_a_picture_becomes_a_report_and_goes_with_it(
    window: MainWindow, camera: int, owner_hall: Hall, qtbot: QtBot
) -> None:
    reported: list[Sighting] = []
    window.session.keeping.reported.connect(reported.append)
    window.session.keeping.report(sight_of(window, camera), PaintedPlayer(picture()))
    sighting = reported[0]
    intake = window.stack.currentWidget()
    assert isinstance(intake, IntakePanel)
    values = intake.values()
    assert (values.channel, values.kind, values.place_id) == ("video", "hazard", owner_hall.place)
    assert "演示路口东" in values.body
    assert values.footage == (str(sighting.footage),)
    assert intake.form.footage.isVisible()
    intake.form.body.insertPlainText("占道经营")
    intake.choose(None)
    qtbot.waitUntil(lambda: intake.values().body == "")
    made = owner_hall.rows("select id from core.ticket where channel = 'video'")[0]["id"]
    qtbot.waitUntil(lambda: len(kept_of(owner_hall, made)) == 1)


def test_a_report_that_is_closed_is_offered_again_with_its_picture(
    window_of: WindowOf, camera: int, folder: Path, qtbot: QtBot
) -> None:
    first = window_of(OPERATOR)
    first.session.keeping.report(sight_of(first, camera), PaintedPlayer(picture()))
    shown = first.show_workspace("intake")
    assert isinstance(shown, IntakePanel)
    keys = shown.values().footage
    assert len(keys) == 1
    first.close()
    second = window_of(OPERATOR)
    intake = second.show_workspace("intake")
    assert isinstance(intake, IntakePanel)
    qtbot.waitUntil(intake.restore.isVisible)
    intake.restore.restore_requested.emit(intake.restore._draft)
    assert intake.values().footage == keys
