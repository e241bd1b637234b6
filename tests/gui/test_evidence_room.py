"""The evidence workspace over a real database: the register, and the reveals day by day."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.evidence.panel import EvidencePanel
from console.evidence.record import Wanted
from console.evidence.store import PAGE_ROWS
from console.kit.notices import Severity
from console.kit.table import TableModel
from console.shell.main_window import MainWindow

WindowOf = Callable[[str], MainWindow]
OpenRoom = Callable[..., EvidencePanel]
SUPERVISOR = "d1_supervisor1"


def reveal(
    hall: Hall, ticket: dict[str, Any], login: str = "d1_operator1", reason: str = "call back"
) -> None:
    hall.row(login, "select api.reveal(%s, %s)", ticket["id"], reason)


@pytest.fixture
def open_room(window_of: WindowOf, qtbot: QtBot) -> OpenRoom:
    def open_room(login: str = SUPERVISOR) -> EvidencePanel:
        window = window_of(login)
        panel = window.show_workspace("evidence")
        assert isinstance(panel, EvidencePanel)
        # At least this login is in the register.
        qtbot.waitUntil(lambda: panel.register.list.model.rowCount() > 0)
        return panel

    return open_room


def show(panel: EvidencePanel, qtbot: QtBot, **wanted: Any) -> None:
    with qtbot.waitSignal(panel.register.list.loaded):
        panel.register.show_wanted(Wanted(**wanted))


def texts(model: TableModel[Any], key: str) -> list[str]:
    column = next(column for column in model.columns if column.key == key)
    return [column.text(row) for row in model.rows]


@pytest.mark.parametrize("login", ["d1_supervisor1", "d1_inspector1", "d1_leader1", "d1_admin"])
def test_workspace_is_for_those_who_answer_for_it(window_of: WindowOf, login: str) -> None:
    assert "evidence" in [workspace.key for workspace in window_of(login).workspaces]


@pytest.mark.parametrize("login", ["d1_operator1", "d1_town01"])
def test_workspace_and_its_actions_are_for_nobody_else(window_of: WindowOf, login: str) -> None:
    window = window_of(login)
    assert "evidence" not in [workspace.key for workspace in window.workspaces]
    context = window.context()
    offered = [action.key for action in window.registry if action.is_enabled(context)]
    assert [key for key in offered if key.startswith("evidence.")] == []


def test_entry_is_told_in_plain_words_and_leads_to_its_ticket(
    open_room: OpenRoom, hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.open()
    reveal(hall, ticket)
    panel = open_room()
    show(panel, qtbot, group="reveals")
    panel.register.table.selectRow(0)
    told = panel.register.detail.toPlainText()
    name = hall.row("d1_operator1", "select api.me() as me")["me"]["name"]
    for words in (
        "Caller revealed",
        name,
        "d1_operator1",
        ticket["number"],
        "139****",
        "call back",
        "127.0.0.1",
    ):
        assert words in told
    assert "13900000001" not in told
    with qtbot.waitSignal(panel.ticket_requested) as asked:
        QTest.keyClick(panel.register.table, Qt.Key.Key_Return)
    assert asked.args == [ticket["id"]]
    with qtbot.waitSignal(panel.ticket_requested) as asked:
        panel.register.detail.anchorClicked.emit(QUrl(f"ticket:{ticket['id']}"))
    assert asked.args == [ticket["id"]]


def test_what_is_typed_and_chosen_narrows_the_register(open_room: OpenRoom, hall: Hall, qtbot: QtBot) -> None:
    first, second = hall.open(), hall.open()
    reveal(hall, first)
    reveal(hall, second, "d1_callback1")
    panel = open_room()
    bar, model = panel.register.filter, panel.register.list.model
    bar._group.setCurrentIndex(bar._group.findData("reveals"))
    qtbot.waitUntil(lambda: texts(model, "number") == [second["number"], first["number"]])
    QTest.keyClicks(bar.number, first["number"])
    qtbot.waitUntil(lambda: texts(model, "number") == [first["number"]])
    bar._clear.click()
    qtbot.waitUntil(lambda: model.rowCount() > 2)
    QTest.keyClicks(bar.person, "d1_callback1")
    qtbot.waitUntil(lambda: texts(model, "number") == [second["number"]])
    QTest.keyClicks(bar.number, "x")
    qtbot.waitUntil(panel.register._nothing.isVisible)


def test_person_is_found_by_name_and_pinyin(open_room: OpenRoom, hall: Hall, qtbot: QtBot) -> None:
    from console.evidence.store import logins_of
    from console.kit.pinyin import reading

    directory = open_room()._session.directory
    name = directory.staff[SUPERVISOR].name
    assert SUPERVISOR in logins_of(name, directory)
    assert SUPERVISOR in logins_of(reading(name)[0], directory)
    assert logins_of(SUPERVISOR, directory) == (SUPERVISOR,)
    assert logins_of("gone_long_ago", directory) == ("gone_long_ago",)
    assert logins_of("", directory) == ()


def test_days_are_those_of_the_district(open_room: OpenRoom, hall: Hall, qtbot: QtBot) -> None:
    reveal(hall, hall.open())
    panel = open_room()
    model, bar = panel.register.list.model, panel.register.filter
    today = bar._today()
    show(panel, qtbot, since=today - timedelta(days=1), until=today)  # midnight may have passed
    shown = model.rowCount()
    show(panel, qtbot)
    assert model.rowCount() == shown > 0
    show(panel, qtbot, until=today - timedelta(days=366))
    assert model.rowCount() == 0
    bar._period.setCurrentIndex(bar._period.findData(7))
    qtbot.waitUntil(lambda: model.rowCount() == shown)


def test_news_come_in_at_once_or_wait_while_somebody_reads(
    open_room: OpenRoom, hall: Hall, qtbot: QtBot
) -> None:
    panel = open_room()
    register, model = panel.register, panel.register.list.model
    before = model.rowCount()
    reveal(hall, hall.open())
    register.list.look_for_news()
    qtbot.waitUntil(lambda: model.rowCount() == before + 1)
    register.table.selectRow(0)
    chosen = register.selected()
    reveal(hall, hall.open())
    register.list.look_for_news()
    qtbot.waitUntil(register._news.isVisible)
    assert model.rowCount() == before + 1
    assert register.selected() == chosen
    register._news.click()
    assert model.rowCount() == before + 2
    assert register.selected() == chosen


def test_long_register_is_read_page_by_page_to_its_end(
    open_room: OpenRoom, hall: Hall, owner: Any, qtbot: QtBot
) -> None:
    owner.execute(
        "insert into audit.entry (district_id, login, kind, at)"
        " select 1, 'd1_operator1', 'login', now() - n * interval '1 min' from generate_series(1, %s) n",
        [2 * PAGE_ROWS + 50],
    )
    total = owner.execute("select count(*) from audit.entry").fetchone()[0]
    panel = open_room()
    model, bar = panel.register.list.model, panel.register.table.verticalScrollBar()
    wanted = total + 1  # this login

    def at_end() -> bool:
        bar.setValue(bar.maximum())
        return model.rowCount() == wanted

    qtbot.waitUntil(at_end)
    ids = [
        row["id"]
        for row in hall.rows(SUPERVISOR, "select id from api.audit_entries order by at desc, id desc")
    ]
    assert list(model.keys) == ids


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_is_asked_for_goes_into_a_file_that_says_who_took_it_and_is_registered(
    open_room: OpenRoom, hall: Hall, qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    ticket = hall.open()
    reveal(hall, ticket, reason="=call back")
    panel = open_room()
    show(panel, qtbot, group="reveals")
    path = tmp_path / f"register.{suffix}"
    panel.window().trigger("evidence.export")
    dialog = panel.findChild(QFileDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectNameFilter(f"{suffix.upper()} (*.{suffix})")
    dialog.filterSelected.emit(f"{suffix.upper()} (*.{suffix})")
    dialog.selectFile("register")
    dialog.accept()
    notices = panel._session.notices
    qtbot.waitUntil(lambda: [notice.severity for notice in notices.all()] == [Severity.DONE])
    rows = read(path)
    assert [(row["kind"], row["number"], row["login"]) for row in rows] == [
        ("reveal", ticket["number"], "d1_operator1")
    ]
    assert rows[0]["reason"] in ("'=call back", "=call back")
    by = f"{hall.row(SUPERVISOR, 'select api.me() as me')['me']['name']} ({SUPERVISOR})"
    assert rows[0]["exported_by"] == by
    entries = hall.rows(
        SUPERVISOR, "select kind, login, detail from api.audit_entries where subject = 'register' order by id"
    )
    assert [(row["kind"], row["login"]) for row in entries] == [
        ("export", SUPERVISOR),
        ("export_end", SUPERVISOR),
    ]
    assert entries[0]["detail"]["filter"] == {
        "kinds": ["reveal", "reveals_seen", "phone_search", "caller_lookup"]
    }
    assert (entries[1]["detail"]["rows"], entries[1]["detail"]["handed_out"]) == (1, 1)
    assert [file.name for file in tmp_path.glob("register*")] == [path.name]


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    book = openpyxl.load_workbook(path)
    head, *rows = book.active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_export_that_the_closing_desk_cuts_short_leaves_no_file(
    open_room: OpenRoom, hall: Hall, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = open_room()
    panel.register.export._stop.set()
    with qtbot.waitSignal(panel.register.export.ended):
        panel.register.export.write(str(tmp_path / "register.csv"))
    assert list(tmp_path.glob("register*")) == []
    assert panel._session.notices.all() == ()


def test_day_is_ticked_and_opens_again_with_the_next_reveal(
    open_room: OpenRoom, hall: Hall, qtbot: QtBot
) -> None:
    ticket = hall.open()
    reveal(hall, ticket)
    panel = open_room()
    window = panel.window()
    window.trigger("evidence.daily")
    daily = panel.daily
    qtbot.waitUntil(daily.may_tick)
    assert panel.tabs.tabText(1) == "Reveals by day (1 not seen)"
    assert texts(daily.reveals, "whom") == ["演** 139****01"]
    assert texts(daily.reveals, "reason") == ["call back"]
    QTest.keyClick(daily.day_table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: panel.tabs.tabText(1) == "Reveals by day")
    assert not daily.may_tick()
    assert not daily.tick.isEnabled()
    ticks = "select login from api.audit_entries where kind = 'reveals_seen'"
    assert [row["login"] for row in hall.rows(SUPERVISOR, ticks)] == [SUPERVISOR]
    reveal(hall, hall.open())
    window.trigger("evidence.refresh")
    qtbot.waitUntil(lambda: daily.may_tick() and daily.reveals.rowCount() == 2)
    assert panel.tabs.tabText(1) == "Reveals by day (1 not seen)"
    daily.table.selectRow(0)
    with qtbot.waitSignal(panel.ticket_requested) as asked:
        window.trigger("evidence.ticket")
    assert asked.args == [ticket["id"]]


def test_reveal_that_comes_while_the_day_is_read_is_not_ticked_unseen(
    open_room: OpenRoom, hall: Hall, qtbot: QtBot
) -> None:
    reveal(hall, hall.open())
    panel = open_room()
    panel.show_daily()
    qtbot.waitUntil(panel.daily.may_tick)
    reveal(hall, hall.open())
    panel.see()
    qtbot.waitUntil(lambda: panel.daily.reveals.rowCount() == 2)
    qtbot.waitUntil(panel.daily.may_tick)
    assert texts(panel.daily.days, "seen") == ["not yet"]


class Viewer(QObject):
    """The program of the desk that shows files."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


def test_last_seals_are_printed_as_the_lines_that_are_compared(
    open_room: OpenRoom, hall: Hall, owner: Any, qtbot: QtBot
) -> None:
    hall.open()
    owner.execute("select core.seal(100)")
    panel = open_room()
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")
    panel.window().trigger("evidence.seals")
    qtbot.waitUntil(lambda: viewer.shown != [])
    QDesktopServices.unsetUrlHandler("file")
    assert viewer.shown[0].read_bytes().startswith(b"%PDF-")
    line = owner.execute("select encode(hash, 'hex') from audit.anchor").fetchone()[0]
    assert line in panel._sheet().body
    kinds = hall.rows(SUPERVISOR, "select kind from api.audit_entries where subject = 'anchors' order by id")
    assert [row["kind"] for row in kinds] == ["export", "export_end"]


def test_views_through_cameras_are_told_in_plain_words(
    open_room: OpenRoom, owner: Any, hall: Hall, qtbot: QtBot
) -> None:
    unit = hall.unit_of("d1_operator1")
    view = {"view": 1, "camera": "演示路口", "unit": unit, "kind": "live", "stream": "sub"}
    end = {"view": 1, "camera": "演示路口", "login": "d1_operator1", "cause": "closed", "seconds": 75}
    for kind, detail, reason in (("camera_view", view, "核实来电"), ("camera_view_end", end, "")):
        owner.execute(
            "insert into audit.entry (district_id, login, kind, subject, detail, reason)"
            " values (1, 'd1_operator1', %s, 'C00001', %s, %s)",
            [kind, json.dumps(detail), reason],
        )
    panel = open_room()
    show(panel, qtbot, group="cameras")
    assert texts(panel.register.list.model, "kind") == [
        "Look through a camera ended",
        "Looked through a camera",
    ]
    assert texts(panel.register.list.model, "about") == [
        "演示路口 (C00001): 1:15 min, closed by the person",
        "演示路口 (C00001)",
    ]
