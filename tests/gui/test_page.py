"""The page of one ticket over a real database."""

import hashlib
import re
import stat
from pathlib import Path

import pytest
import shiboken6
from pages import PNG, OpenPage, Viewer, WindowOf, version
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.kit import spare as kit_spare
from console.kit.flow import FlowLayout
from console.kit.notices import Severity
from console.kit.theme import Theme
from console.ticket.attachments import MOST_BYTES
from console.ticket.page import TicketPage
from console.ticket.page_header import PageHeader
from console.ticket.page_store import PageStore
from console.ticket.rehearsal import CONNECTIONS, TURNS, Rehearsal
from console.ticket.timeline import AT_FIRST


class Restyled(QObject):
    """Whether the theme's rules were looked up again for a widget."""

    is_seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.is_seen |= event.type() == QEvent.Type.StyleChange
        return False


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
    page.toggle_due()
    sheet, timeline, due = (view.toPlainText() for view in (page._sheet, page._timeline, page._due))
    assert "积米崖路的路灯坏了三天" in sheet
    assert "139****" in sheet
    assert "Who held it" in sheet
    assert timeline.index("T6") < timeline.index("T1\n")
    assert "Handling and answer" in due
    assert "day 5" in due


def test_rows_of_the_head_own_their_items(qtbot: QtBot) -> None:
    """Filled before it has its place, a row gives its items to nobody: each closed page left two."""
    head = PageHeader(Theme())
    qtbot.addWidget(head)
    rows = head.findChildren(FlowLayout)
    items = [row.itemAt(number) for row in rows for number in range(row.count())]
    assert items
    assert all(shiboken6.ownedByPython(item) for item in items if item is not None)


def test_a_long_story_is_told_to_its_beginning(open_page: OpenPage, hall: Hall, qtbot: QtBot) -> None:
    ticket = hall.open()
    for number in range(AT_FIRST + 10):
        hall.act("d1_operator1", ticket, "note", text=f"note {number}.")
    page = open_page("d1_operator1", ticket["id"])
    qtbot.waitUntil(lambda: "T1\n" in page._timeline.toPlainText())
    text = page._timeline.toPlainText()
    assert [text.count(f"note {number}.") for number in range(AT_FIRST + 10)] == [1] * (AT_FIRST + 10)


def test_the_next_page_is_made_where_it_will_stand(
    window_of: WindowOf, hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit_spare, "QUIET_MS", 0)
    window = window_of("d1_operator1")
    first = window.open_ticket(hall.open()["id"])
    home = first.parentWidget()
    assert home is not None
    qtbot.waitUntil(lambda: len(home.findChildren(TicketPage)) == 2)
    ahead = next(page for page in home.findChildren(TicketPage) if page is not first)
    assert not ahead.isVisibleTo(home)
    restyled = Restyled()
    ahead._claim.form.installEventFilter(restyled)
    page = window.open_ticket(hall.open()["id"])
    assert page is ahead
    assert page.isVisible()
    assert not restyled.is_seen  # as another parent would have it
    qtbot.waitUntil(lambda: ahead.selected() is not None)


def test_a_page_is_read_until_its_plans_are_kept(
    window_of: WindowOf, hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = hall.open()
    read: list[object] = []
    monkeypatch.setattr(PageStore, "rehearse", lambda _store, *which: read.append(which))
    window = window_of("d1_operator1")
    qtbot.waitUntil(lambda: not window.findChildren(Rehearsal))
    qtbot.waitUntil(lambda: read == [(ticket["id"], CONNECTIONS)] * TURNS)


def test_dispatch_begins_with_whom_the_directory_names(open_page: OpenPage, hall: Hall) -> None:
    category = hall.row("d1_operator1", "select id from api.categories where level = 3 order by code limit 1")
    ticket = hall.open(category_id=category["id"])
    proposed = hall.row("d1_operator1", "select api.propose(%s) as found", ticket["id"])["found"]
    page = open_page("d1_operator1", ticket["id"])
    page.ask("dispatch")
    assert proposed["unit"]
    assert page._acting.form.payload() == proposed


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
        (b"MZ this is a program", "lamp.png is neither a picture nor PDF nor audio nor video."),
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
