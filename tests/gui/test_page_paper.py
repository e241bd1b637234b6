"""A ticket on paper: in the register first, masked, printed by the desk's own program."""

import stat
from pathlib import Path

from pages import OpenPage, Viewer, revealed
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.kit.notices import Severity
from console.ticket.page import TicketPage


def pdf_of(page: TicketPage, path: Path, qtbot: QtBot) -> bytes:
    page._paper.save_as(str(path))
    qtbot.waitUntil(path.exists)
    return path.read_bytes()


def sheets(hall: Hall, ticket_id: int) -> list[dict[str, object]]:
    query = "select kind, login, number, detail->'revealed' as revealed from api.audit_entries"
    query += " where subject = 'ticket_sheet' order by id"
    return hall.rows("d1_supervisor1", query)


def test_sheet_is_in_the_register_before_it_is_on_paper(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, tmp_path: Path
) -> None:
    ticket = hall.open()
    page = open_page("d1_operator1", ticket["id"])
    assert pdf_of(page, tmp_path / "sheet.pdf", qtbot).startswith(b"%PDF-")
    qtbot.waitUntil(lambda: len(sheets(hall, ticket["id"])) == 2)
    begun, ended = sheets(hall, ticket["id"])
    assert (begun["kind"], begun["login"], begun["number"], begun["revealed"]) == (
        "export",
        "d1_operator1",
        ticket["number"],
        False,
    )
    assert ended["kind"] == "export_end"
    assert [file.name for file in tmp_path.glob("sheet*")] == ["sheet.pdf"]


def test_paper_masks_the_caller_unless_just_revealed_and_has_nothing_to_click(
    open_page: OpenPage, hall: Hall, qtbot: QtBot
) -> None:
    page = open_page("d1_operator1", hall.open()["id"])
    masked = page.on_paper().body
    assert "139****" in masked
    assert "13900000001" not in masked
    assert "积米崖路的路灯坏了三天" in masked
    assert "href" not in masked
    shown = revealed(page, qtbot).on_paper().body
    assert "13900000001" in shown
    assert "href" not in shown
    page._caller.forget()
    assert page.on_paper().body == masked


def test_sheet_without_a_place_to_be_written_is_said_and_left_in_the_register(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, tmp_path: Path
) -> None:
    ticket = hall.open()
    page = open_page("d1_operator1", ticket["id"])
    page._paper.save_as(str(tmp_path / "nowhere" / "sheet.pdf"))
    qtbot.waitUntil(lambda: len(page._session.notices.all()) == 1)
    assert page._session.notices.all()[0].text == "sheet.pdf cannot be written."
    assert [row["kind"] for row in sheets(hall, ticket["id"])] == ["export"]


def test_printing_hands_the_sheet_to_the_viewer_from_a_private_folder(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, viewer: Viewer
) -> None:
    ticket = hall.open()
    page = open_page("d1_operator1", ticket["id"])
    page.window().trigger("ticket.print")
    qtbot.waitUntil(lambda: viewer.shown != [])
    [shown] = viewer.shown
    assert shown.name == f"{ticket['number']}.pdf"
    assert stat.S_IMODE(shown.parent.stat().st_mode) == 0o700
    page.window().close_page()
    assert not shown.parent.exists()


def test_pdf_is_saved_where_the_dialog_says(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page("d1_operator1", hall.open()["id"])
    page.window().trigger("ticket.pdf")
    dialog = page.findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile("sheet")
    dialog.accept()
    qtbot.waitUntil((tmp_path / "sheet.pdf").exists)
    qtbot.waitUntil(lambda: [n.severity for n in page._session.notices.all()] == [Severity.DONE])
