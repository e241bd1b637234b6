"""Kept clips on a ticket's page, from the link to the file: looked at, shielded, published, stopped."""

import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import av
import camera_hall
import numpy as np
import pytest
from hall import OPERATOR, SUPERVISOR, Hall
from kept import ended, full_disk, part_of, said
from pages import Viewer, WindowOf
from painted_player import paint_clip
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from console.footage.clip import first_picture
from console.footage.clip_shield_view import ClipShieldDialog
from console.footage.copy_bar import CopyBar
from console.footage.part import FootagePart
from console.footage.record import Kept
from console.shell.main_window import MainWindow
from db.errors import Unavailable

Build = Callable[..., tuple[FootagePart, Kept]]


@pytest.fixture
def page_with_clip(
    window_of: WindowOf,
    owner_hall: Hall,
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    qtbot: QtBot,
) -> Build:
    def build(login: str, pictures: int = 50) -> tuple[FootagePart, Kept]:
        ticket = owner_hall.open()
        camera = camera_hall.make_camera(owner_hall)
        view = camera_hall.open_view(owner_hall, camera, OPERATOR, ticket["id"])
        path = paint_clip(tmp_path_factory.mktemp("stream") / "stream.mp4", pictures)
        camera_hall.keep_clip(owner_hall, view, ticket["id"], content=path.read_bytes())
        part = part_of(window_of(login).open_ticket(ticket["id"]))
        qtbot.waitUntil(lambda: len(part._kept) == 1)
        return part, next(iter(part._kept.values()))

    return build


def original_of(owner_hall: Hall, kept: Kept) -> bytes:
    return bytes(owner_hall.value("select content from core.attachment where id = %s", kept.original_id))


def frames(content: bytes) -> list[np.ndarray]:
    with av.open(BytesIO(content), "r") as clip:
        return [frame.to_ndarray(format="rgb24").astype(np.int16) for frame in clip.decode(video=0)]


def ask(part: FootagePart, what: str, number: int, words: str, target: Path, qtbot: QtBot) -> None:
    """Follow a link, say why, and choose where the file goes."""
    part.start(what, number)
    part.line.words.setText(words)
    qtbot.keyClick(part.line.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(part.findChildren(QFileDialog)))
    dialog = part.findChildren(QFileDialog)[0]
    dialog.selectFile(str(target))
    dialog.accept()


def bar_of(part: FootagePart) -> CopyBar:
    return part.findChildren(CopyBar)[0]


def draw(dialog: ClipShieldDialog, qtbot: QtBot) -> None:
    centre = dialog.canvas.rect().center()
    qtbot.mousePress(dialog.canvas, Qt.MouseButton.LeftButton, pos=centre - QPoint(150, 100))
    qtbot.mouseMove(dialog.canvas, centre)
    qtbot.mouseRelease(dialog.canvas, Qt.MouseButton.LeftButton, pos=centre + QPoint(150, 100))


def shield(part: FootagePart, kept: Kept, qtbot: QtBot) -> ClipShieldDialog:
    part.start("shield", kept.id)
    qtbot.waitUntil(lambda: bool(part.findChildren(ClipShieldDialog)))
    return part.findChildren(ClipShieldDialog)[0]


def test_a_clip_is_looked_at_with_the_watermark_of_who_looks(
    page_with_clip: Build, owner_hall: Hall, folder: Path, viewer: Viewer, qtbot: QtBot
) -> None:
    part, kept = page_with_clip(OPERATOR)
    content = original_of(owner_hall, kept)
    part.start("look", kept.id)
    qtbot.waitUntil(lambda: len(viewer.shown) == 1)
    assert first_picture(BytesIO(viewer.shown[0].read_bytes())) != first_picture(BytesIO(content))
    assert content not in (path.read_bytes() for path in folder.rglob("*.mp4"))
    assert bar_of(part).isHidden()


def test_a_clip_is_published_only_when_covered_from_first_to_last(
    page_with_clip: Build, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> None:
    part, kept = page_with_clip(SUPERVISOR)
    content = original_of(owner_hall, kept)
    assert "Save for publication" not in part.view.toPlainText()
    dialog = shield(part, kept, qtbot)
    assert not dialog.keep.isEnabled()
    draw(dialog, qtbot)
    first = dialog.canvas.image
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: dialog.canvas.image != first)
    assert len(dialog.canvas.regions) == 1
    assert "1.0" in dialog._moment.text()
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_End)
    assert dialog.slider.value() == dialog.slider.maximum()
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(part._kept) == 2)
    copy = max(part._kept.values(), key=lambda each: each.id)
    assert (copy.kind, copy.blurred_from, copy.media_type) == ("clip", kept.id, "video/mp4")
    assert (copy.taken_at, copy.taken_until) == (kept.taken_at, kept.taken_until)
    assert original_of(owner_hall, kept) == content
    assert f"shielded copy of clip № {kept.id}" in part.view.toPlainText()
    kinds = [row["kind"] for row in owner_hall.rows("select kind from audit.entry order by id")]
    assert kinds.count("footage_view") == 1
    assert kinds.count("footage_kept") == 2
    target = folder / "out.mp4"
    ask(part, "publication", copy.id, "通报案例", target, qtbot)
    qtbot.waitUntil(lambda: ended(owner_hall) == ["1"])
    shown, covered = frames(target.read_bytes()), frames(original_of(owner_hall, copy))
    assert len(shown) == len(covered) == len(frames(content))
    assert all(np.abs(each[80:100, 150:170] - 127).max() < 12 for each in covered)
    assert all(np.abs(a - b).max() > 35 for a, b in zip(shown, covered, strict=True))  # the watermark
    qtbot.waitUntil(lambda: any("Saved with its watermark: out.mp4" in text for text in said(part)))


def test_a_clip_is_saved_as_evidence_with_its_row_of_the_register(
    page_with_clip: Build, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> None:
    part, kept = page_with_clip(OPERATOR)
    target = folder / "evidence.mp4"
    ask(part, "evidence", kept.id, "装入案卷", target, qtbot)
    qtbot.waitUntil(target.exists)
    assert len(frames(target.read_bytes())) == 50
    row = owner_hall.rows("select reason, detail from audit.entry where kind = 'export'")[0]
    assert (row["reason"], row["detail"]["purpose"]) == ("装入案卷", "evidence")
    assert row["detail"]["sha256"] == kept.sha256.hex()
    qtbot.waitUntil(lambda: ended(owner_hall) == ["1"])
    assert sorted(path.name for path in folder.rglob("*.mp4*")) == ["evidence.mp4"]


def test_a_stopped_copy_leaves_nothing_and_says_so(
    page_with_clip: Build, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> None:
    part, kept = page_with_clip(OPERATOR, 3000)
    bar = bar_of(part)
    part.exits.save_as(kept, "evidence", "装入案卷", str(folder / "out.mp4"))
    qtbot.waitUntil(lambda: bar.isVisible() and bar.bar.value() > 0)
    bar.cancel.click()
    qtbot.waitUntil(bar.isHidden)
    qtbot.waitUntil(lambda: any("into out.mp4: stopped" in text for text in said(part)))
    assert list(folder.rglob("*.mp4*")) == []
    assert ended(owner_hall) == ["0"]
    dialog = shield(part, kept, qtbot)
    draw(dialog, qtbot)
    dialog.keep.click()
    qtbot.waitUntil(lambda: bar.isVisible() and bar.bar.value() > 0)
    bar.cancel.click()
    qtbot.waitUntil(bar.isHidden)
    assert owner_hall.value("select count(*) from core.footage") == 1


def test_a_full_disk_is_said_and_no_half_clip_is_left(
    page_with_clip: Build, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> None:
    part, kept = page_with_clip(OPERATOR)
    target = full_disk(folder / "out.mp4")
    part.exits.save_as(kept, "evidence", "装入案卷", str(target))
    qtbot.waitUntil(lambda: any("out.mp4: the disk is full" in text for text in said(part)))
    assert list(folder.rglob("*.mp4*")) == []
    assert ended(owner_hall) == ["0"]


def test_a_place_that_takes_no_file_is_said(
    page_with_clip: Build, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> None:
    part, kept = page_with_clip(OPERATOR)
    part.exits.save_as(kept, "evidence", "装入案卷", str(folder / "none" / "out.mp4"))
    qtbot.waitUntil(lambda: any("cannot be written there" in text for text in said(part)))
    assert list(folder.rglob("*.mp4*")) == []


def test_a_copy_goes_on_when_its_page_is_closed_and_waits_for_the_server(
    page_with_clip: Build, owner_hall: Hall, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from console.footage import clip_exits

    monkeypatch.setattr(clip_exits, "AGAIN_S", 0.1)
    part, kept = page_with_clip(OPERATOR)
    session, store, tries = part._session, part._store, []
    keep = store.keep_shielded

    def keep_late(*sent: object) -> object:
        tries.append(sent[1])
        if len(tries) < 3:
            raise Unavailable
        return keep(*sent)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "keep_shielded", keep_late)
    dialog = shield(part, kept, qtbot)
    draw(dialog, qtbot)
    dialog.keep.click()
    window = part.window()
    assert isinstance(window, MainWindow)
    window.close_page()
    qtbot.waitUntil(lambda: any("The shielded copy is kept" in each.text for each in session.notices.all()))
    assert len(tries) == 3
    assert len(set(tries)) == 1  # one key: it is kept once
    assert owner_hall.value("select count(*) from core.footage") == 2


def test_the_end_of_the_console_ends_a_copy(page_with_clip: Build, folder: Path, qtbot: QtBot) -> None:
    part, kept = page_with_clip(OPERATOR, 3000)
    part.start("look", kept.id)
    bar = bar_of(part)
    qtbot.waitUntil(lambda: bar.bar.value() > 0)
    part.window().close()
    assert list(Path(tempfile.gettempdir()).rglob("*.mp4*")) == []
