"""The real window: workspaces, tickets in tabs, command line, help, notices, stop."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from console.app.main import build_console
from console.app.session import Session, open_desk
from console.kit.notices import Notice, Severity
from console.kit.theme import Theme
from console.lists.budgets import OPEN_TICKET
from console.shell.help import Help
from console.shell.main_window import SHARES, SIZE, MainWindow
from console.shell.notices_view import NoticesView, Toast
from console.shell.palette import HIT_ROLE, Hit
from console.shell.speed_view import SpeedView
from console.shell.status_bar import StatusBar
from console.ticket.queue import QueuePanel
from db.replica import Standing

REPORT = """{"kind": "complaint", "channel": "phone", "title": "路灯不亮", "body": "积米崖路灯坏了三天",
 "no_place": true, "caller": {"anonymous": true}}"""

WORKERS = {"reads", "writes", "journal", "feed"}
Build = Callable[[str], MainWindow]


@pytest.fixture
def build(
    qtbot: QtBot, qapp: QApplication, person_dsn: Callable[[str], str], tmp_path: Path
) -> Iterator[Build]:
    made: list[MainWindow] = []

    def as_person(login: str) -> MainWindow:
        window = build_console(person_dsn(login), qapp, folder=tmp_path, language="en")
        made.append(window)
        window.resize(*SIZE)
        window.show()
        return window

    yield as_person
    for window in made:
        if isValid(window):
            window.close()
    assert not {thread.name.partition("-")[0] for thread in threading.enumerate()} & WORKERS


@pytest.fixture
def ticket(connect: Callable[[str], psycopg.Connection]) -> tuple[int, str]:
    row = (
        connect("d1_operator1")
        .execute("select id, number from api.open_ticket(gen_random_uuid(), %s::jsonb)", [REPORT])
        .fetchone()
    )
    assert row is not None
    return row[0], row[1]


def hits(window: MainWindow) -> list[Hit]:
    found = window.palette_line.list
    return [found.item(number).data(HIT_ROLE) for number in range(found.count())]


def type_into_palette(window: MainWindow, qtbot: QtBot, typed: str, wanted: str) -> None:
    window.show_palette()
    window.palette_line.line.setText(typed)
    qtbot.waitUntil(lambda: any(wanted in hit.text for hit in hits(window)))


def test_workspaces_are_those_of_the_persons_duties(build: Build) -> None:
    assert [item.key for item in build("d1_operator1").workspaces] == [
        "queue",
        "intake",
        "centre",
        "history",
        "cameras",
        "camera_health",
    ]
    assert [item.key for item in build("d1_town01").workspaces] == ["unit", "queue", "history", "cameras"]


def test_workspace_key_brings_it_to_the_front(build: Build, qtbot: QtBot) -> None:
    window = build("d1_operator1")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.show_workspace("intake")


def test_ticket_opens_once_and_closes(build: Build, ticket: tuple[int, str]) -> None:
    window = build("d1_operator1")
    assert not window.tabs.isVisible()
    assert window.open_ticket(ticket[0]) is window.open_ticket(ticket[0])
    assert (window.tabs.count(), window.tabs.isVisible()) == (1, True)
    window.trigger("shell.close_page")
    assert (window.tabs.count(), window.tabs.isVisible()) == (0, False)


def test_palette_opens_a_ticket_by_its_number(build: Build, qtbot: QtBot, ticket: tuple[int, str]) -> None:
    window = build("d1_operator1")
    type_into_palette(window, qtbot, ticket[1], ticket[1])
    qtbot.keyClick(window.palette_line.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list(window.open_pages) == [ticket[0]])


def test_enter_before_the_answers_takes_what_was_typed(
    build: Build, qtbot: QtBot, ticket: tuple[int, str]
) -> None:
    window = build("d1_operator1")
    window.show_palette()
    window.palette_line.line.setText(ticket[1])
    qtbot.keyClick(window.palette_line.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list(window.open_pages) == [ticket[0]])
    assert window.palette_line.isHidden()


@pytest.mark.parametrize("typed", ["huangdaojied", "hdjd", "黄岛街道"])
def test_palette_finds_a_street_by_pinyin_initials_and_chinese(
    build: Build, qtbot: QtBot, typed: str
) -> None:
    type_into_palette(build("d1_operator1"), qtbot, typed, "黄岛街道")


def test_palette_runs_an_action(build: Build, qtbot: QtBot) -> None:
    window = build("d1_operator1")
    type_into_palette(window, qtbot, "all keys", "All keys")
    qtbot.keyClick(window.palette_line.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(Help) is not None)


def test_palette_offers_only_what_may_run(build: Build, qtbot: QtBot) -> None:
    window = build("d1_operator1")
    type_into_palette(window, qtbot, "shell", "Quit")
    assert "Close ticket" not in [hit.text for hit in hits(window)]


def test_help_lists_every_action(build: Build) -> None:
    window = build("d1_operator1")
    window.show_help()
    help_window = window.findChild(Help)
    assert help_window is not None
    assert help_window.table.rowCount() == len(list(window.registry))


def test_notice_is_a_toast_and_stays_in_the_list(build: Build, qtbot: QtBot) -> None:
    window = build("d1_operator1")
    for _ in range(2):
        window.session.notices.post(Notice(Severity.REFUSED, "Not like that.", detail="why"))
    assert [toast.notice.count for toast in window.findChildren(Toast) if toast.isVisible()] == [2]
    replaced = next(toast for toast in window.findChildren(Toast) if not toast.isVisible())
    replaced._on_over()  # its timer may fire before it is deleted
    assert [toast.notice.count for toast in window.findChildren(Toast) if toast.isVisible()] == [2]
    window.show_notices()
    view = window.findChild(NoticesView)
    assert view is not None
    assert view.list.count() == 1
    assert view.detail.toPlainText() == "why"


def test_lost_link_is_shown_and_comes_back(build: Build, qtbot: QtBot, owner: psycopg.Connection) -> None:
    window = build("d1_operator1")
    feed = "pg_stat_activity where application_name = 'liangdeng feed' and datname = current_database()"
    linked = f"select from {feed} and query like '%await_changes%'"
    qtbot.waitUntil(lambda: owner.execute(linked).rowcount == 1)  # its signal may have come with the window
    states: list[str] = []
    window.session.link_changed.connect(lambda is_online: states.append(window.status.link.text()))
    owner.execute(f"select pg_terminate_backend(pid) from {feed}")
    qtbot.waitUntil(lambda: len(states) == 2)
    assert states == ["○ No connection – what you see may be old", "● Connected"]


def test_layout_comes_back_at_the_next_login(build: Build, owner: psycopg.Connection) -> None:
    first = build("d1_operator1")
    first.show_workspace("intake")
    first.close()
    assert build("d1_operator1").stack.currentWidget().metaObject().className() == "IntakePanel"


def test_layout_keeps_column_widths_and_the_share_of_the_tickets(
    build: Build, ticket: tuple[int, str]
) -> None:
    first = build("d1_operator1")
    queue = first.show_workspace("queue")
    assert isinstance(queue, QueuePanel)
    queue.view.setColumnWidth(1, 171)
    first.open_ticket(ticket[0])
    first.splitter.moveSplitter(500, 1)
    first.close_page()
    shares = first.layout_state()["shares"]
    first.show_workspace("intake")
    first.close()
    again = build("d1_operator1")
    assert again.layout_state()["shares"] == shares != list(SHARES)
    queue = again.show_workspace("queue")
    assert isinstance(queue, QueuePanel)
    assert queue.view.columnWidth(1) == 171
    assert sum(queue.view.columnWidth(n) for n in range(10)) <= queue.view.viewport().width()


def test_layout_that_makes_no_sense_is_ignored(build: Build) -> None:
    window = build("d1_operator1")
    before = window.layout_state()
    window.restore_layout({"panels": {"queue": {"columns": {"number": "wide", "gone": 9}}, "intake": 3}})
    window.restore_layout({"panels": [], "shares": ["half"], "workspace": "gone", "size": "big"})
    assert window.layout_state()["shares"] == before["shares"]
    assert window.layout_state()["panels"]["queue"] == before["panels"]["queue"]


def test_language_switch_builds_the_window_anew(build: Build, qtbot: QtBot, qapp: QApplication) -> None:
    window = build("d1_operator1")
    session = window.session
    assert window.windowTitle() == "Liangdeng – Qingdao West Coast New Area (demo)"
    assert session.directory.code_name(session.directory.states, "WORK") == "In work"
    window.trigger("shell.language")
    qtbot.waitUntil(lambda: session.directory.language == "zh_CN")
    fresh = [w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
    assert len(fresh) == 1
    assert fresh[0].session is session
    assert fresh[0] is not window
    assert fresh[0].windowTitle() == "亮灯 – 青岛西海岸新区（演示）"
    assert session.directory.code_name(session.directory.states, "WORK") == "办理中"
    fresh[0].switch_language()
    qtbot.waitUntil(lambda: session.directory.language == "en")
    for each in qapp.topLevelWidgets():
        if isinstance(each, MainWindow):
            each.close()


def test_theme_switch_restyles(build: Build) -> None:
    window = build("d1_operator1")
    before = window.grab().toImage()
    window.trigger("shell.theme")
    assert window.session.theme.name == "dark"
    assert window.grab().toImage() != before
    window.trigger("shell.theme")


def test_speed_of_each_kind_is_in_the_status_bar_and_its_causes_behind_it(
    build: Build, qtbot: QtBot, ticket: tuple[int, str]
) -> None:
    window = build("d1_operator1")
    window.open_ticket(ticket[0])
    qtbot.waitUntil(lambda: {pace.budget.key for pace in window.session.meter.paces()} >= {"list", "open"})
    assert re.fullmatch(r"p95: (▲ )?\w+ \d+ ms( · (▲ )?\w+ \d+ ms)*", window.status.speed.text())
    assert "Open" in window.status.speed.text()
    assert window.status.speed.toolTip().count("kept by") == len(window.session.meter.paces())
    window.session.meter.note(OPEN_TICKET, queue=1, disk=0, server=900, gui=3)
    window.status.speed.click()
    view = window.findChild(SpeedView)
    assert view is not None
    assert view.paces.rowCount() == len(window.session.meter.paces())
    assert [view.slow.item(0, column).text() for column in (1, 2, 3)] == ["Open", "904", "network and server"]
    window.session.meter.note(OPEN_TICKET, queue=999, disk=0, server=1, gui=0)
    assert view.slow.item(0, 3).text() == "other work here"


def test_standby_is_in_the_status_bar_only_where_one_is_named(
    qtbot: QtBot, qapp: QApplication, person_dsn: Callable[[str], str], tmp_path: Path
) -> None:
    opened = open_desk(person_dsn("d1_operator1"), tmp_path, "en", standby="127.0.0.1:1")
    session = Session(opened, Theme())
    status = StatusBar(session)
    assert not status.standby.isHidden()
    with qtbot.waitSignal(session.standby_changed):
        session.start()
    assert status.standby.text() == "Standby does not answer"
    assert session.replica.engine is session.engine
    session.standby_changed.emit(Standing(0.44, None))
    assert status.standby.text() == "Standby 0.4 s behind"
    assert session.stop()


def test_without_a_standby_nothing_is_said_of_it(build: Build) -> None:
    assert build("d1_operator1").status.standby.isHidden()
