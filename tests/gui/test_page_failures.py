"""The page of a ticket when it is gone, when reading it fails, and when an answer comes late."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, NoReturn

import pytest
from pages import OpenPage
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.ticket.action_form import ActionForm
from console.ticket.page_store import PageStore
from console.ticket.store import TicketStore
from db.errors import Unavailable

TOWN = "d1_town01"
ACCUSED = "update core.ticket set accused_unit_id = %s, version = version + 1 where id = %s returning id"


def test_a_ticket_no_longer_to_be_seen_leaves_nothing_on_its_page(
    open_page: OpenPage, hall: Hall, owner_hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.sent(body="nobody else's business")
    page = open_page(TOWN, ticket["id"])
    page.toggle_due()
    page.ask("note")
    height = page.acting.height()
    owner_hall.rows(ACCUSED, hall.unit_of(TOWN), ticket["id"])
    qtbot.waitUntil(page._gone.isVisible)
    assert page.acting.height() == height  # nothing is pulled about under the hand that types
    assert [view.toPlainText() for view in (page._sheet, page._timeline, page._due)] == ["", "", ""]
    assert not page._header.isVisible()
    assert not page._actions.offered()
    owner_hall.rows(ACCUSED, None, ticket["id"])
    qtbot.waitUntil(page._header.isVisible)
    assert "nobody else's business" in page._sheet.toPlainText()
    assert not page._gone.isVisible()


def test_a_page_that_could_not_be_read_is_read_again(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = hall.sent()
    page = open_page("d1_operator1", ticket["id"])
    failed: list[object] = []

    def refuse(*asked: object) -> NoReturn:
        failed.append(asked)
        raise Unavailable("canceling statement due to statement timeout")

    with monkeypatch.context() as patch:
        patch.setattr(PageStore, "page", refuse)
        hall.act(TOWN, ticket, "sign")
        qtbot.waitUntil(lambda: failed != [])
    version = hall.ticket(ticket["id"])["version"]
    qtbot.waitUntil(lambda: page.selected() is not None and page.selected().version == version)


def test_a_late_refusal_of_what_was_put_away_says_nothing_in_another_form(
    open_page: OpenPage, hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = hall.sent()
    page = open_page("d1_operator1", ticket["id"])
    act, go = TicketStore.act, threading.Event()

    def slow(*args: Any) -> Any:
        go.wait(60)
        return act(*args)

    monkeypatch.setattr(TicketStore, "act", slow)
    page.ask("note")
    form = page.acting.form
    form._rows["text"].editor.set_value("a note")
    form.submit()
    hall.act("d1_supervisor1", ticket, "note", text="faster")
    form.put_away()
    page.ask("set_assist")
    before = len(page._session.notices.all())
    go.set()
    qtbot.waitUntil(lambda: len(page._session.notices.all()) > before)
    assert form.action is not None
    assert form.action.action == "set_assist"
    assert form._problem.text() == ""


@pytest.mark.parametrize("which", ["claim", "caller"])
def test_a_reason_is_there_again_after_esc(open_page: OpenPage, hall: Hall, which: str) -> None:
    ticket = hall.open()
    hall.row("d1_operator2", "select api.claim(%s, 1, gen_random_uuid())", ticket["id"])
    page = open_page("d1_supervisor1", ticket["id"])
    ask: Callable[[], None] = page._claim.ask if which == "claim" else page._caller.ask
    form: ActionForm = page._claim.form if which == "claim" else page._caller.form
    ask()
    form._rows["reason"].editor.set_value("she is ill")
    form.put_away()
    ask()
    assert form.payload() == {"reason": "she is ill"}
