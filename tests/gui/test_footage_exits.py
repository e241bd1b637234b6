"""What becomes of kept pictures on a ticket's page: looked at, shielded, printed, given, done with."""

from collections.abc import Callable
from pathlib import Path

import camera_hall
import pytest
from hall import OPERATOR, SUPERVISOR, Hall
from kept import ended, full_disk, part_of, picture, said
from pages import Viewer, WindowOf
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.footage.part import FootagePart
from console.footage.picture_view import PictureDialog
from console.footage.record import Kept
from console.footage.shield_view import ShieldDialog
from console.footage.still import still_files
from console.shell.main_window import MainWindow


@pytest.fixture
def camera(owner_hall: Hall) -> int:
    return camera_hall.make_camera(owner_hall)


@pytest.fixture
def window(window_of: WindowOf, folder: Path, camera: int) -> MainWindow:
    return window_of(OPERATOR)


@pytest.fixture
def page_with_still(
    window_of: WindowOf, camera: int, owner_hall: Hall, folder: Path, qtbot: QtBot
) -> Callable[[str], tuple[FootagePart, Kept]]:
    def build(login: str) -> tuple[FootagePart, Kept]:
        ticket = owner_hall.open()
        view = camera_hall.open_view(owner_hall, camera, OPERATOR, ticket["id"])

        files = still_files(picture(), ["演示"])
        camera_hall.keep_still(
            owner_hall,
            view,
            ticket["id"],
            original=files.original.content,
            burned=files.burned.content,
            thumb=files.thumb,
        )
        part = part_of(window_of(login).open_ticket(ticket["id"]))
        qtbot.waitUntil(lambda: len(part._kept) == 1)
        return part, next(iter(part._kept.values()))

    return build


Build = Callable[[str], tuple[FootagePart, Kept]]


def test_looking_is_written_into_the_register(
    page_with_still: Build, owner_hall: Hall, qapp: QApplication, qtbot: QtBot
) -> None:
    part, kept = page_with_still(SUPERVISOR)
    part.start("look", kept.id)
    qtbot.waitUntil(lambda: bool(part.findChildren(PictureDialog)))
    seen = owner_hall.rows("select login from audit.entry where kind = 'footage_view'")
    assert [row["login"] for row in seen] == [SUPERVISOR]
    part.findChildren(PictureDialog)[0].close()


def test_shielding_makes_a_copy_that_may_be_published(
    page_with_still: Build, owner_hall: Hall, tmp_path: Path, qtbot: QtBot
) -> None:
    part, kept = page_with_still(SUPERVISOR)
    assert "Save for publication" not in part.view.toPlainText()
    part.start("shield", kept.id)
    qtbot.waitUntil(lambda: bool(part.findChildren(ShieldDialog)))
    dialog = part.findChildren(ShieldDialog)[0]
    canvas = dialog.canvas
    assert not dialog.keep.isEnabled()
    centre = canvas.rect().center()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=centre - QPoint(60, 40))
    qtbot.mouseMove(canvas, centre)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=centre + QPoint(60, 40))
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert len(canvas.regions) == 2
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    dialog.keep.click()
    qtbot.waitUntil(lambda: len(part._kept) == 2)
    copy = max(part._kept.values(), key=lambda each: each.id)
    assert copy.blurred_from == kept.id
    assert "Save for publication" in part.view.toPlainText()
    target = tmp_path / "out.jpg"
    part.exits.save_as(copy, "publication", "通报案例", str(target))
    qtbot.waitUntil(target.exists)
    assert QImage(str(target)).width() == 640
    qtbot.waitUntil(lambda: ended(owner_hall) == ["1"])


def test_a_full_disk_is_said_and_the_register_knows_that_no_file_came(
    page_with_still: Build, owner_hall: Hall, tmp_path: Path, qtbot: QtBot
) -> None:
    part, kept = page_with_still(OPERATOR)
    target = full_disk(tmp_path / "out.jpg")
    part.exits.save_as(kept, "evidence", "装入案卷", str(target))
    qtbot.waitUntil(lambda: any("out.jpg: the disk is full" in text for text in said(part)))
    assert list(tmp_path.glob("out*")) == []
    qtbot.waitUntil(lambda: ended(owner_hall) == ["0"])


def test_a_sheet_carries_the_picture_and_the_register_knows(
    page_with_still: Build, owner_hall: Hall, viewer: Viewer, qtbot: QtBot
) -> None:
    part, kept = page_with_still(OPERATOR)
    part.start("print", kept.id)
    assert part.line.isVisible()
    part.line.words.setText("案卷")
    part.line.submit()
    assert part.line.isVisible()  # too short to be a reason
    part.line.words.setText("装入案卷")
    part.line.submit()
    qtbot.waitUntil(lambda: len(viewer.shown) == 1)
    assert b"/Image" in viewer.shown[0].read_bytes()
    purposes = owner_hall.rows(
        "select detail->>'purpose' as p, reason from audit.entry where kind = 'export'"
    )
    assert [(row["p"], row["reason"]) for row in purposes] == [("print", "装入案卷")]


def test_the_original_is_asked_for_from_the_page(page_with_still: Build, qtbot: QtBot) -> None:
    part, _ = page_with_still(OPERATOR)
    claim = next(iter(part._originals))
    part.start("ask", claim)
    part.line.words.setText("雪亮工程机房 电话")
    part.line.submit()
    qtbot.waitUntil(lambda: part._originals[claim].state == "asked")
    assert "asked for on" in part.view.toPlainText()


def test_a_picture_kept_without_a_ticket_is_given_to_one(
    window: MainWindow, camera: int, owner_hall: Hall, qtbot: QtBot
) -> None:
    ticket = owner_hall.open()
    kept = camera_hall.keep_still(owner_hall, camera_hall.open_view(owner_hall, camera))
    page = window.open_ticket(ticket["id"])
    part = part_of(page)
    page.setFocus()
    window.trigger("camera.loose")
    qtbot.waitUntil(lambda: "Kept by you, without a ticket" in part.view.toPlainText())
    part.start("give", kept["footage"])
    qtbot.waitUntil(lambda: list(part._kept) == [kept["footage"]])
    assert "Kept by you, without a ticket" not in part.view.toPlainText()


def test_a_supervisor_says_that_it_has_served(page_with_still: Build, qtbot: QtBot) -> None:
    part, kept = page_with_still(SUPERVISOR)
    part.start("served", kept.id)
    part.line.words.setText("已经结案")
    part.line.submit()
    qtbot.waitUntil(lambda: part._kept[kept.id].served_at is not None)
    assert "has served" in part.view.toPlainText()
    assert part._kept[kept.id].deleted_on is not None
