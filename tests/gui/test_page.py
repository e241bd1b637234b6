"""The page of one ticket over a real database."""

import hashlib
import re
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QClipboard, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.kit.notices import Severity
from console.shell.main_window import MainWindow
from console.ticket.attachments import MOST_BYTES
from console.ticket.page import TicketPage

WindowOf = Callable[[str], MainWindow]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def open_page(window_of: WindowOf, qtbot: QtBot) -> Callable[[str, int], TicketPage]:
    def open_page(login: str, ticket_id: int) -> TicketPage:
        page = window_of(login).open_ticket(ticket_id)
        assert isinstance(page, TicketPage)
        qtbot.waitUntil(lambda: page.selected() is not None)
        return page

    return open_page


class Viewer(QObject):
    """The program of the desk that shows files."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    made = Viewer()
    QDesktopServices.setUrlHandler("file", made, "show")
    yield made
    QDesktopServices.unsetUrlHandler("file")


OpenPage = Callable[[str, int], TicketPage]


def version(page: TicketPage) -> int:
    ticket = page.selected()
    assert ticket is not None
    return ticket.version


def problem(page: TicketPage) -> str:
    labels = page._acting.form.findChildren(QLabel)
    return " ".join(each.text() for each in labels if each.property("look") == "problem" and each.isVisible())


def test_page_offers_exactly_what_the_database_allows(open_page: OpenPage, hall: Hall) -> None:
    ticket = hall.sent()
    for login in ("d1_town01", "d1_operator1", "d1_supervisor1"):
        page = open_page(login, ticket["id"])
        allowed = hall.rows(login, "select action from api.allowed(%s)", ticket["id"])
        assert set(page._actions.offered()) == {row["action"] for row in allowed}


def test_sheet_timeline_and_card_tell_the_story(open_page: OpenPage, hall: Hall) -> None:
    page = open_page("d1_operator1", hall.sent()["id"])
    sheet, timeline, due = (view.toPlainText() for view in (page._sheet, page._timeline, page._due))
    assert "积米崖路的路灯坏了三天" in sheet
    assert "139****" in sheet
    assert "Who held it" in sheet
    assert timeline.index("T6") < timeline.index("T1\n")
    assert "Handling and answer" in due
    assert "day 5" in due


def test_action_goes_through_its_form_and_the_page_follows(
    open_page: OpenPage, hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.sent()
    page = open_page("d1_town01", ticket["id"])
    page.ask("sign")
    qtbot.waitUntil(lambda: page.offers("record_contact"))
    page.ask("record_contact", {"how": "phone", "text": "called"})
    page._acting.form.submit()
    qtbot.waitUntil(lambda: "called" in page._timeline.toPlainText())
    assert page._acting.form.isHidden()
    assert hall.ticket(ticket["id"])["contacted_at"] is not None


def test_change_by_a_colleague_arrives_and_leaves_what_is_typed(
    open_page: OpenPage, hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.sent()
    hall.act("d1_town01", ticket, "sign")
    page = open_page("d1_town01", ticket["id"])
    page.ask("progress", {"text": "half"})
    before = version(page)
    hall.act("d1_operator1", ticket, "note", text="please hurry")
    qtbot.waitUntil(lambda: version(page) > before)
    assert "please hurry" in page._timeline.toPlainText()
    assert page._acting.form.payload() == {"text": "half"}


def test_conflict_names_the_colleague_and_keeps_what_is_typed(
    open_page: OpenPage, hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.sent()
    hall.act("d1_town01", ticket, "sign")
    page = open_page("d1_town01", ticket["id"])
    page._session.feed.changed.disconnect(page._on_changed)  # the colleague is faster than the feed
    page.ask("progress", {"text": "half"})
    hall.act("d1_operator1", ticket, "note", text="please hurry")
    page._acting.form.submit()
    qtbot.waitUntil(lambda: problem(page) != "")
    name = hall.row("d1_operator1", "select api.me() as me")["me"]["name"]
    assert name in problem(page)
    assert page._acting.form.payload() == {"text": "half"}
    qtbot.waitUntil(lambda: version(page) == hall.ticket(ticket["id"])["version"])
    assert "please hurry" in page._acting.conflict.shown_text()
    page._acting.form.submit()
    qtbot.waitUntil(lambda: "half" in page._timeline.toPlainText())
    assert page._acting.conflict.isHidden()
    page._session.feed.changed.connect(page._on_changed)


def test_ticket_changed_under_an_open_form_is_shown_side_by_side_and_sent_with_one_key(
    open_page: OpenPage, hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.open()
    page = open_page("d1_operator1", ticket["id"])
    page.ask("amend", {"title": "mine", "reason": "clearer"})
    hall.act("d1_supervisor1", ticket, "amend", title="theirs", reason="also clearer")
    card = page._acting.conflict
    qtbot.waitUntil(card.isVisible)
    assert page._acting.form.payload() == {"title": "mine", "reason": "clearer"}
    lines = card.shown_text().splitlines()
    at = lines.index("Title")
    assert lines[at : at + 4] == ["Title", ticket["title"], "theirs", "mine"]
    assert "also clearer" in card.shown_text()
    page._acting.form.submit()  # the key of always is for what was seen
    qtbot.waitUntil(lambda: problem(page) != "")
    assert hall.ticket(ticket["id"])["title"] == "theirs"
    qtbot.keyClick(
        page._acting.form,
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    qtbot.waitUntil(lambda: hall.ticket(ticket["id"])["title"] == "mine")
    qtbot.waitUntil(card.isHidden)


def test_action_no_longer_possible_keeps_what_is_typed_until_it_is_dropped(
    open_page: OpenPage, hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.open()
    page = open_page("d1_operator1", ticket["id"])
    page.ask("propose_refusal", {"text": "not ours"})
    hall.act("d1_operator2", ticket, "answer_direct", basis="条例第十条", answer="已答复")
    card = page._acting.conflict
    qtbot.waitUntil(card.isVisible)
    assert card._again.isHidden()
    assert "no longer possible" in card._note.text()
    assert page._acting.form.payload()["text"] == "not ours"
    page._acting.drop()
    assert card.isHidden()
    assert page._session.journal.drafts("act") == ()


def test_form_put_away_comes_back_as_it_was(open_page: OpenPage, hall: Hall) -> None:
    page = open_page("d1_operator1", hall.sent()["id"])
    page.ask("note")
    page._acting.form._rows["text"].editor.set_value("unfinished")
    page._acting.form.put_away()
    page.ask("note")
    assert page._acting.form.payload() == {"text": "unfinished"}


def test_bad_payload_is_shown_at_its_field(open_page: OpenPage, hall: Hall, qtbot: QtBot) -> None:
    page = open_page("d1_operator1", hall.sent()["id"])
    page.ask("note", {"text": "x" * 4001})
    page._acting.form.submit()
    qtbot.waitUntil(lambda: page._acting.form._rows["text"].problem() != "")


def test_reveal_shows_the_caller_and_leaves_a_trace(open_page: OpenPage, hall: Hall, qtbot: QtBot) -> None:
    ticket = hall.open()
    page = open_page("d1_operator1", ticket["id"])
    page.reveal()
    page._caller.form._rows["reason"].editor.set_value("call back")
    page._caller.form.submit()
    qtbot.waitUntil(lambda: "13900000001" in page._sheet.toPlainText())
    reveals = hall.rows("d1_supervisor1", "select reason from api.reveals where ticket_id = %s", ticket["id"])
    assert [row["reason"] for row in reveals] == ["call back"]


def revealed(page: TicketPage, qtbot: QtBot) -> TicketPage:
    page.reveal()
    page._caller.form._rows["reason"].editor.set_value("call back")
    page._caller.form.submit()
    qtbot.waitUntil(lambda: "13900000001" in page._sheet.toPlainText())
    return page


@pytest.fixture
def owned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clipboard hold something of ours: offscreen nobody owns it."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)


def test_revealed_caller_is_hidden_when_the_time_is_over_and_a_copy_goes_with_it(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, owned: None
) -> None:
    page = revealed(open_page("d1_operator1", hall.open()["id"]), qtbot)
    identity = page._caller.identity
    clipboard = QApplication.clipboard()
    clipboard.setText("Call 13900000001 back")
    page._session.clock.ticked.emit(identity.expires_at - timedelta(seconds=1))
    assert "13900000001" in page._sheet.toPlainText()
    assert clipboard.text() != ""
    page._session.clock.ticked.emit(identity.expires_at)
    assert "13900000001" not in page._sheet.toPlainText()
    assert "139****" in page._sheet.toPlainText()
    assert clipboard.text() == ""


def test_what_else_was_copied_stays_when_the_caller_goes(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, owned: None
) -> None:
    page = revealed(open_page("d1_operator1", hall.open()["id"]), qtbot)
    QApplication.clipboard().setText("积米崖路")
    page._caller.forget()
    assert QApplication.clipboard().text() == "积米崖路"


@pytest.mark.parametrize("leave", ["other page", "locked"])
def test_revealed_caller_is_hidden_when_the_page_is_left(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, leave: str
) -> None:
    page = revealed(open_page("d1_operator1", hall.open()["id"]), qtbot)
    window = page.window()
    if leave == "locked":
        window.hide()  # what the lock does
        window.show()
    else:
        window.open_ticket(hall.open()["id"])
        window.turn_page(-1)
    qtbot.waitUntil(page.isVisible)
    assert "139****" in page._sheet.toPlainText()
    assert "13900000001" not in page._sheet.toHtml()


def test_answer_that_comes_after_the_page_was_left_shows_nothing(
    open_page: OpenPage, hall: Hall, qtbot: QtBot
) -> None:
    page = open_page("d1_operator1", hall.open()["id"])
    page.reveal()
    page._caller.form._rows["reason"].editor.set_value("call back")
    page._caller.form.submit()
    page.window().hide()
    qtbot.waitUntil(lambda: page._caller.form.action is None)
    page.window().show()
    assert page._caller.identity is None


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


def test_file_is_kept_with_its_digest(open_page: OpenPage, hall: Hall, qtbot: QtBot, tmp_path: Path) -> None:
    page = open_page("d1_operator1", hall.sent()["id"])
    file = tmp_path / "lamp.png"
    file.write_bytes(PNG)
    page._files.add([file])
    digest = hashlib.sha256(PNG).hexdigest()
    qtbot.waitUntil(lambda: digest[:12] in page._sheet.toPlainText())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ this is a program", "lamp.png is neither a picture nor PDF nor audio."),
        (PNG + bytes(MOST_BYTES), "lamp.png is larger than 20 MB."),
        (None, "lamp.png cannot be read."),
    ],
)
def test_file_that_may_not_be_added_is_refused_in_plain_words(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, tmp_path: Path, content: bytes | None, words: str
) -> None:
    ticket = hall.sent()
    page = open_page("d1_operator1", ticket["id"])
    file = tmp_path / "lamp.png"
    if content is not None:
        file.write_bytes(content)
    page._files.add([file])
    qtbot.waitUntil(lambda: len(page._session.notices.all()) == 1)
    notice = page._session.notices.all()[0]
    assert (notice.severity, notice.text) == (Severity.REFUSED, words)
    assert hall.rows("d1_operator1", "select from api.attachments where ticket_id = %s", ticket["id"]) == []


def test_file_chosen_in_the_dialog_is_added(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page("d1_operator1", hall.sent()["id"])
    (tmp_path / "lamp.png").write_bytes(PNG)
    page.ask("attach")
    dialog = page.findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(tmp_path / "lamp.png"))
    dialog.accept()
    qtbot.waitUntil(lambda: "lamp.png" in page._sheet.toPlainText())


def test_file_dropped_on_the_page_is_added(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    page = open_page("d1_operator1", hall.sent()["id"])
    (tmp_path / "lamp.png").write_bytes(PNG)
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(tmp_path / "lamp.png")), QUrl("https://example.org/x.png")])
    place, left = QPoint(300, 300), Qt.MouseButton.LeftButton
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, copy, carried, left, none)
    qapp.sendEvent(page, enter)
    assert enter.isAccepted()
    qapp.sendEvent(page, QDropEvent(QPointF(place), copy, carried, left, none))
    qtbot.waitUntil(lambda: "lamp.png" in page._sheet.toPlainText())


def test_attached_file_opens_from_a_private_folder_that_goes_with_the_page(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, tmp_path: Path, viewer: Viewer
) -> None:
    page = open_page("d1_operator1", hall.sent()["id"])
    (tmp_path / "lamp.png").write_bytes(PNG)
    page._files.add([tmp_path / "lamp.png"])
    qtbot.waitUntil(lambda: "lamp.png" in page._sheet.toPlainText())
    page._sheet.anchorClicked.emit(QUrl(re.findall(r'href="(file:\d+)"', page._sheet.toHtml())[0]))
    qtbot.waitUntil(lambda: viewer.shown != [])
    [shown] = viewer.shown
    assert shown.read_bytes() == PNG
    assert shown.suffix == ".png"
    assert stat.S_IMODE(shown.stat().st_mode) == 0o600
    assert stat.S_IMODE(shown.parent.stat().st_mode) == 0o700
    page.window().close_page()
    assert not shown.parent.exists()


def test_link_asks_for_the_other_ticket(open_page: OpenPage, hall: Hall, qtbot: QtBot) -> None:
    page = open_page("d1_operator1", hall.open()["id"])
    with qtbot.waitSignal(page.ticket_requested) as asked:
        page._sheet.anchorClicked.emit(QUrl("ticket:42"))
    assert asked.args == [42]


def test_ticket_of_another_town_is_not_shown(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    place = hall.row(
        "d1_operator1",
        "select id from api.territories where level = 4 and town_id <> (select territory_id from api.units"
        " where id = %s) order by id limit 1",
        hall.unit_of("d1_town01"),
    )
    page = window_of("d1_town01").open_ticket(hall.open(place_id=place["id"])["id"])
    assert isinstance(page, TicketPage)
    qtbot.waitUntil(lambda: page._gone.isVisible())
    assert page.selected() is None
