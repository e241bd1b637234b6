"""“I take this” in real windows: seen by colleagues at once, binding, let go, taken over."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.shell.main_window import MainWindow
from console.ticket.action_form import ActionForm
from console.ticket.page import TicketPage
from console.ticket.queue import QueuePanel

WindowOf = Callable[[str], MainWindow]


def page_of(window: MainWindow, qtbot: QtBot, ticket_id: int) -> TicketPage:
    page = window.open_ticket(ticket_id)
    assert isinstance(page, TicketPage)
    qtbot.waitUntil(lambda: page.selected() is not None)
    return page


def others(page: TicketPage) -> str:
    label: QLabel = page._header._others
    return label.text()


def marks(window: MainWindow, ticket_id: int) -> str:
    panel = window.show_workspace("queue")
    assert isinstance(panel, QueuePanel)
    model = panel.live.model
    number = model.row_of(ticket_id)
    column = [each.key for each in model.columns].index("colleagues")
    return "" if number is None else str(model.index(number, column).data())


def test_ticket_taken_at_one_desk_is_bound_at_the_other_until_let_go(
    window_of: WindowOf, hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.open()["id"]
    mine, other = window_of("d1_operator1"), window_of("d1_operator2")
    page, seen = page_of(mine, qtbot, ticket), page_of(other, qtbot, ticket)
    qtbot.waitUntil(lambda: "Also here" in others(seen))
    mine.trigger("claim.take")
    qtbot.waitUntil(lambda: others(page).startswith("Yours since"))
    qtbot.waitUntil(lambda: others(seen).startswith("Taken by"))
    qtbot.waitUntil(lambda: not seen.offers("accept") and seen.offers("note"))
    assert page.offers("accept")
    qtbot.waitUntil(lambda: marks(other, ticket).startswith("●"))
    qtbot.waitUntil(lambda: marks(mine, ticket).startswith("●me"))
    assert not other.registry["claim.take_over"].is_enabled(other.context())
    page.setFocus()
    mine.trigger("claim.let_go")
    qtbot.waitUntil(lambda: seen.offers("accept"))
    qtbot.waitUntil(lambda: marks(other, ticket).startswith("…") or "●" not in marks(other, ticket))


def test_colleague_who_writes_is_shown_as_writing(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    ticket = hall.open()["id"]
    mine, other = window_of("d1_operator1"), window_of("d1_operator2")
    page, seen = page_of(mine, qtbot, ticket), page_of(other, qtbot, ticket)
    page.ask("note")
    qtbot.waitUntil(lambda: others(seen).startswith("Writing here"))
    page._acting.form.put_away()
    qtbot.waitUntil(lambda: others(seen).startswith("Also here"))


def test_logout_frees_what_was_taken_at_once(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    ticket = hall.open()["id"]
    mine = window_of("d1_operator1")
    page = page_of(mine, qtbot, ticket)
    mine.trigger("claim.take")
    qtbot.waitUntil(lambda: others(page).startswith("Yours"))
    mine.close()
    assert hall.rows("d1_operator2", "select login from api.claims") == []
    assert hall.rows("d1_operator2", "select login from api.presence") == []


def test_supervisor_takes_over_with_a_reason_from_the_list(
    window_of: WindowOf, hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.open()["id"]
    hall.row("d1_operator2", "select api.claim(%s, 1, gen_random_uuid())", ticket)
    window = window_of("d1_supervisor1")
    panel = window.show_workspace("queue")
    assert isinstance(panel, QueuePanel)
    qtbot.waitUntil(lambda: panel.view.select_key(ticket))
    qtbot.waitUntil(lambda: window.registry["claim.take_over"].is_enabled(window.context()))
    window.trigger("claim.take_over")
    page = window.open_pages[ticket]
    assert isinstance(page, TicketPage)
    qtbot.waitUntil(lambda: page._claim.form.isVisible())
    form: ActionForm = page._claim.form
    qtbot.keyClicks(form.findChild(QLineEdit), "ill at home")
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: others(page).startswith("Yours since"))
    rows = hall.rows("d1_supervisor1", "select reason from api.audit_entries where kind = 'take_over'")
    assert [row["reason"] for row in rows] == ["ill at home"]


def test_next_ticket_of_the_list_is_taken_and_opened(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    first, second = (hall.open()["id"] for _ in range(2))
    hall.row("d1_operator2", "select api.claim(%s, 1, gen_random_uuid())", first)
    window = window_of("d1_operator1")
    window.show_workspace("queue")
    window.trigger("claim.next")
    qtbot.waitUntil(lambda: second in window.open_pages)
    page = window.open_pages[second]
    assert isinstance(page, TicketPage)
    qtbot.waitUntil(lambda: others(page).startswith("Yours since"))
    window.show_workspace("queue")
    window.trigger("claim.next")
    qtbot.waitUntil(lambda: len(window.session.notices._list) == 1)
    assert window.session.notices._list[0].text == "Nothing is left to take in this list."
