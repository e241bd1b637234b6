"""From a caller's first word to a dispatched ticket, by keyboard, on a real database."""

import json
from collections.abc import Callable, Iterator
from typing import LiteralString
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.kit.call import Call
from console.kit.notices import Severity
from console.lists.pickers import Picker
from console.shell.main_window import MainWindow
from console.ticket.intake import IntakePanel
from console.ticket.intake_draft import KIND, IntakeDraft
from console.ticket.intake_values import IntakeValues
from console.ticket.page import TicketPage
from db.embedded import Address

WindowOf = Callable[[str], MainWindow]
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PHONE = "13900000001"


class Doors:
    """The ways of a person into the database: cut them, open them again."""

    def __init__(self, database: str, server: Address) -> None:
        self._name = database.rsplit("/", 1)[1]
        self._outside = psycopg.connect(server.dsn("postgres"), autocommit=True)

    def waiting(self, login: str) -> int:
        """Count the questions of a person that wait for a lock."""
        return len(self._ask("select pid", "and wait_event_type = 'Lock'", login))

    def close(self, login: str) -> None:
        """Cut every connection of a person and let nobody in."""
        self._allow(is_open=False)
        self._ask("select pg_terminate_backend(pid)", "", login)

    def open(self) -> None:
        """Let people in again."""
        self._allow(is_open=True)

    def leave(self) -> None:
        self.open()
        self._outside.close()

    def _allow(self, *, is_open: bool) -> None:
        statement = sql.SQL("alter database {} with allow_connections {}")
        self._outside.execute(statement.format(sql.Identifier(self._name), sql.Literal(is_open)))

    def _ask(self, what: LiteralString, more: LiteralString, login: str) -> list[tuple[object, ...]]:
        query = what + " from pg_stat_activity where datname = %s and usename = %s " + more
        return self._outside.execute(query, [self._name, login]).fetchall()


@pytest.fixture
def doors(database: str, server: Address) -> Iterator[Doors]:
    made = Doors(database, server)
    yield made
    made.leave()


@pytest.fixture
def window(window_of: WindowOf) -> MainWindow:
    return window_of("d1_operator1")


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot) -> IntakePanel:
    return intake(window, qtbot)


def intake(window: MainWindow, qtbot: QtBot) -> IntakePanel:
    panel = window.show_workspace("intake")
    assert isinstance(panel, IntakePanel)
    qtbot.waitUntil(lambda: len(panel._endings) > 0 and panel.form.phone.hasFocus())
    return panel


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(focused(), key, modifier)


def say(qtbot: QtBot, *parts: str) -> None:
    """Type into one field after the other; an empty part only passes."""
    for part in parts:
        if part:
            qtbot.keyClicks(focused(), part)
            found = focused()
            if isinstance(found, Picker):
                qtbot.waitUntil(found.is_settled)
        press(qtbot, Qt.Key.Key_Tab)


def tell_everything(qtbot: QtBot, hall: Hall) -> None:
    """Fill the whole form from the phone on, by keyboard alone."""
    place = hall.row("d1_operator1", "select initials from api.territories where id = %s", hall.place())
    category = hall.row(
        "d1_operator1", "select initials from api.categories where level = 3 order by id limit 1"
    )
    say(qtbot, PHONE, "Demo A", "", "", "", "", place["initials"], "", "", "", category["initials"], "lamp")
    qtbot.keyClicks(focused(), "three lamps are dark")


def newest(hall: Hall) -> dict[str, object]:
    return hall.row("d1_supervisor1", "select * from api.tickets order by id desc limit 1")


def test_report_is_told_and_dispatched_by_keyboard(panel: IntakePanel, hall: Hall, qtbot: QtBot) -> None:
    tell_everything(qtbot, hall)
    qtbot.waitUntil(lambda: panel.side.suggestion is not None)
    assert "Answer by" in panel.side.toPlainText()
    press(qtbot, Qt.Key.Key_D, ALT)
    qtbot.waitUntil(panel.ending.isVisible)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: panel.values() == IntakeValues())
    ticket = newest(hall)
    suggestion = panel.side.suggestion
    assert (ticket["state"], ticket["title"], ticket["body"]) == ("SENT", "lamp", "three lamps are dark")
    assert ticket["place_id"] == hall.place()
    assert suggestion is None or suggestion.lead_unit_id == ticket["handler_unit_id"]
    assert panel._session.journal.drafts(KIND) == ()


def test_register_alone_leaves_a_new_ticket(panel: IntakePanel, hall: Hall, qtbot: QtBot) -> None:
    tell_everything(qtbot, hall)
    press(qtbot, Qt.Key.Key_G, ALT)
    qtbot.waitUntil(lambda: panel.values() == IntakeValues())
    assert newest(hall)["state"] == "NEW"


def test_same_caller_at_once_again_has_the_ticket_just_registered(
    panel: IntakePanel, hall: Hall, qtbot: QtBot
) -> None:
    tell_everything(qtbot, hall)
    qtbot.waitUntil(lambda: panel.side._asked.phone == PHONE)
    press(qtbot, Qt.Key.Key_G, ALT)
    qtbot.waitUntil(lambda: panel.values() == IntakeValues())
    panel.form.phone.setText(PHONE)  # before the typing rests
    qtbot.waitUntil(lambda: [ticket.title for ticket in panel.side._history] == ["lamp"])


def test_missing_parts_are_named_and_nothing_is_sent(panel: IntakePanel, hall: Hall, qtbot: QtBot) -> None:
    qtbot.keyClicks(focused(), "139")
    press(qtbot, Qt.Key.Key_G, ALT)
    shown = [label.text() for label in panel.form._problems.values() if label.isVisible()]
    assert shown == ["Choose a place, or tick “no place”.", "Write down what the caller says."]
    assert hall.rows("d1_supervisor1", "select id from api.tickets") == []


def test_words_that_stand_for_nothing_are_not_sent(panel: IntakePanel, hall: Hall, qtbot: QtBot) -> None:
    panel.form.set_values(IntakeValues(phone=PHONE, place_id=hall.place(), body="lamp"))
    for picker in (panel.form.category, panel.form.accused):
        picker.setFocus()
        qtbot.keyClicks(picker, "xxzzy")
        qtbot.waitUntil(lambda p=picker: p.property("problem") is True)
    press(qtbot, Qt.Key.Key_G, ALT)
    shown = [label.text() for label in panel.form._problems.values() if label.isVisible()]
    assert shown == ["Choose one of the list, or empty the field."] * 2
    assert panel.form.category.hasFocus()
    assert hall.rows("d1_supervisor1", "select id from api.tickets") == []
    for picker in (panel.form.category, panel.form.accused):
        picker.clear()
    press(qtbot, Qt.Key.Key_G, ALT)
    qtbot.waitUntil(lambda: panel.values() == IntakeValues())
    assert newest(hall)["state"] == "NEW"


def test_duplicate_stands_beside_the_form_and_is_merged_by_key(
    panel: IntakePanel, hall: Hall, qtbot: QtBot
) -> None:
    main = hall.open(title="lamp", body="three lamps are dark")
    tell_everything(qtbot, hall)
    qtbot.waitUntil(lambda: len(panel.side.duplicates) == 1)
    assert main["number"] in panel.side.toPlainText()
    press(qtbot, Qt.Key.Key_1, CTRL)
    qtbot.waitUntil(panel.ending.isVisible)
    qtbot.waitUntil(lambda: panel.ending.payload() == {"main": main["id"]})
    press(qtbot, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: panel.values() == IntakeValues())
    ticket = newest(hall)
    assert (ticket["state"], ticket["main_ticket_id"]) == ("MERGED", main["id"])


def test_number_brings_the_callers_earlier_tickets(panel: IntakePanel, hall: Hall, qtbot: QtBot) -> None:
    hall.open(title="earlier lamp")
    qtbot.keyClicks(focused(), PHONE)
    qtbot.waitUntil(lambda: "earlier lamp" in panel.side.toPlainText())


def test_map_code_chooses_the_grid_and_names_its_workers(
    panel: IntakePanel, hall: Hall, qtbot: QtBot
) -> None:
    grid = hall.row("d1_operator1", "select id, lon, lat from api.territories where id = %s", hall.place())
    panel.form.map_code.setFocus()
    qtbot.keyClicks(panel.form.map_code, f"{grid['lon']},{grid['lat']}")
    qtbot.waitUntil(lambda: panel.values().place_id == grid["id"])
    assert panel.form._workers.isVisible()


def test_composed_words_do_not_send(panel: IntakePanel, hall: Hall, qtbot: QtBot) -> None:
    tell_everything(qtbot, hall)
    QApplication.sendEvent(panel.form.body, QInputMethodEvent("lu deng", []))
    press(qtbot, Qt.Key.Key_G, ALT)
    press(qtbot, Qt.Key.Key_Return)
    event = QInputMethodEvent("", [])
    event.setCommitString("路灯")
    QApplication.sendEvent(panel.form.body, event)
    assert panel.values().body.endswith("路灯")
    assert hall.rows("d1_supervisor1", "select id from api.tickets") == []


def test_draft_comes_back_after_a_crash(window_of: WindowOf, qtbot: QtBot) -> None:
    window = window_of("d1_operator1")
    first = intake(window, qtbot)
    qtbot.keyClicks(first.form.phone, PHONE)
    qtbot.keyClicks(first.form.body, "three lamps")
    window.close()
    second = intake(window_of("d1_operator1"), qtbot)
    assert second.restore.isVisible()
    press(qtbot, Qt.Key.Key_R, CTRL)
    assert (second.values().phone, second.values().body) == (PHONE, "three lamps")
    assert second.restore.isHidden()


def test_ending_refused_goes_on_at_the_registered_ticket(
    panel: IntakePanel, window: MainWindow, hall: Hall, qtbot: QtBot
) -> None:
    panel.form.set_values(
        IntakeValues(
            phone=PHONE, place_id=hall.place(), body="lamp", accused_unit_id=hall.unit_of("d1_town01")
        )
    )
    panel.choose(panel._endings["dispatch"], {"unit": hall.unit_of("d1_town01"), "note": "urgent"})
    panel.ending.submit()
    qtbot.waitUntil(lambda: len(window.open_pages) == 1)
    page = next(iter(window.open_pages.values()))
    assert isinstance(page, TicketPage)
    qtbot.waitUntil(lambda: page.offers("dispatch"))
    assert newest(hall)["state"] == "NEW"
    page.ask("dispatch")
    assert page._acting.form.payload()["note"] == "urgent"
    assert panel.values() == IntakeValues()


def test_crash_between_registering_and_ending_asks_what_became_of_it(
    window_of: WindowOf, hall: Hall, qtbot: QtBot
) -> None:
    values = IntakeValues(phone=PHONE, place_id=hall.place(), body="lamp")
    draft = IntakeDraft(uuid4(), values, "dispatch", {"unit": hall.unit_of("d1_town01")}, is_sent=True)
    window = window_of("d1_operator1")
    window.session.journal.save_draft(draft.key, KIND, draft.to_json())
    window.close()
    hall.row(
        "d1_operator1",
        "select * from api.open_ticket(%s, %s::jsonb)",
        draft.key,
        json.dumps(values.payload()),
    )
    window = window_of("d1_operator1")
    window.show_workspace("intake")
    qtbot.waitUntil(lambda: len(window.open_pages) == 1)
    page = next(iter(window.open_pages.values()))
    assert isinstance(page, TicketPage)
    qtbot.waitUntil(lambda: page.offers("dispatch"))
    page.ask("dispatch")
    assert page._acting.form.payload() == {"unit": hall.unit_of("d1_town01")}
    assert len(hall.rows("d1_supervisor1", "select id from api.tickets")) == 1


def test_crash_before_the_report_arrived_goes_on_to_its_ending(
    window_of: WindowOf, hall: Hall, qtbot: QtBot, owner: psycopg.Connection
) -> None:
    values, unit = IntakeValues(phone=PHONE, place_id=hall.place(), body="lamp"), hall.unit_of("d1_town01")
    draft = IntakeDraft(uuid4(), values, "dispatch", {"unit": unit}, is_sent=True)
    crashed = window_of("d1_operator1")
    crashed.session.journal.save_draft(draft.key, KIND, draft.to_json())
    crashed.session.journal.expect(Call("open", values.payload(), key=draft.key))
    crashed.close()
    with owner.transaction():
        owner.execute("lock table core.ticket in share mode")  # the report left behind does not arrive yet
        panel = intake(window_of("d1_operator1"), qtbot)
    qtbot.waitUntil(lambda: panel._session.journal.drafts(KIND) == ())
    tickets = hall.rows("d1_supervisor1", "select state, handler_unit_id from api.tickets")
    assert tickets == [{"state": "SENT", "handler_unit_id": unit}]
    assert panel._session.journal.pending() == ()


def test_link_lost_while_sending_keeps_the_report_and_sends_it_once(
    panel: IntakePanel, hall: Hall, qtbot: QtBot, owner: psycopg.Connection, doors: Doors
) -> None:
    session = panel._session
    panel.form.set_values(IntakeValues(phone=PHONE, place_id=hall.place(), body="lamp"))
    unit = hall.unit_of("d1_town01")
    with owner.transaction():
        owner.execute("lock table core.ticket in exclusive mode")
        panel.choose(panel._endings["dispatch"], {"unit": unit})
        panel.ending.submit()
        qtbot.waitUntil(lambda: doors.waiting("d1_operator1") == 1)
        doors.close("d1_operator1")
        qtbot.waitUntil(lambda: not session.is_online)
        qtbot.waitUntil(lambda: Severity.UNAVAILABLE in {each.severity for each in session.notices.all()})
    assert panel.values() == IntakeValues()
    assert panel.bar.isEnabled()  # for the next caller
    assert [call.action for call in session.journal.pending()] == ["open"]
    assert owner.execute("select from core.ticket").fetchall() == []
    doors.open()
    qtbot.waitUntil(lambda: session.journal.drafts(KIND) == ())
    tickets = hall.rows("d1_supervisor1", "select state, handler_unit_id from api.tickets")
    assert tickets == [{"state": "SENT", "handler_unit_id": unit}]
    assert session.journal.pending() == ()


def test_report_told_without_a_link_goes_out_once_when_it_is_back(
    panel: IntakePanel, hall: Hall, qtbot: QtBot, doors: Doors
) -> None:
    session, place = panel._session, hall.place()
    doors.close("d1_operator1")
    qtbot.waitUntil(lambda: not session.is_online)
    for words in ("lamp", "bench"):
        panel.form.set_values(IntakeValues(phone=PHONE, place_id=place, body=words))
        panel.choose(None)
        assert panel.values() == IntakeValues()
    assert len(session.journal.pending()) == 2
    doors.open()
    qtbot.waitUntil(lambda: session.journal.drafts(KIND) == ())
    tickets = hall.rows("d1_supervisor1", "select body from api.tickets order by id")
    assert [ticket["body"] for ticket in tickets] == ["lamp", "bench"]
