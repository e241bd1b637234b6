"""The history: every figure leads to a list of as many tickets, and the list to a file of as many rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import psycopg
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.history.panel import EVERYTHING, HistoryPanel
from console.history.record import Counted, Figures, Group, What
from console.history.store import NOTHING
from console.history.words import GroupRow
from console.kit.table import DISPLAY_ROLE
from console.shell.main_window import MainWindow
from console.ticket.record import ID_OF_MONTH, Filter, TicketState
from db.export import Progress
from db.sheet import Sheet
from db.transaction import Halt

WindowOf = Callable[[str], MainWindow]
OPERATOR, SUPERVISOR, DEPT = "d1_operator1", "d1_supervisor1", "d1_dept01"


@pytest.fixture
def past(hall: Hall) -> Hall:
    """Six tickets: two closed, one of them answered; one at a department, one without a place."""
    for _ in range(2):
        hall.open()
    hall.act(OPERATOR, hall.open(title="已答复"), "answer_direct", basis="条例第十条", answer="已答")
    hall.act(SUPERVISOR, hall.open(channel="web"), "void", reason="测试")
    hall.sent(DEPT)
    hall.open(place_id=None, no_place=True)
    return hall


def history_of(window: MainWindow, qtbot: QtBot, count: int = 6) -> HistoryPanel:
    panel = window.show_workspace("history")
    assert isinstance(panel, HistoryPanel)
    settled(panel, qtbot, count)
    return panel


def settled(panel: HistoryPanel, qtbot: QtBot, count: int) -> None:
    """Wait until list and figures say the same."""
    qtbot.waitUntil(
        lambda: (
            panel.live.model.rowCount() == count
            and panel.figures.model.rowCount() > 0
            and panel.figures.model.row_at(0).figures.tickets == count
            and panel._total.text() == f"Tickets: {count:,}"
        )
    )


def rows(panel: HistoryPanel) -> tuple[GroupRow, ...]:
    return panel.figures.model.rows


def group_by(panel: HistoryPanel, group: Group, qtbot: QtBot) -> None:
    panel.figures.set_group(group)
    qtbot.waitUntil(lambda: len(rows(panel)) > 1)


def test_every_figure_of_every_grouping_opens_a_list_of_as_many(
    window_of: WindowOf, past: Hall, qtbot: QtBot
) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    figures = {
        What.TICKETS: lambda each: each.tickets,
        What.OVERDUE: lambda each: each.overdue,
        What.ON_TIME: lambda each: each.on_time,
        What.DUE: lambda each: each.due,
        What.ANSWERED: lambda each: each.answered,
    }
    for group in Group:
        group_by(panel, group, qtbot)
        assert sum(row.figures.tickets for row in rows(panel)[1:]) == 6
        for row in rows(panel):
            for what, count in figures.items():
                panel.figures.open_figure(row, what)
                settled_list(panel, qtbot, count(row.figures))
                if panel.can_go_back:
                    panel.back()
                settled(panel, qtbot, 6)
                qtbot.waitUntil(lambda wanted=row: wanted in rows(panel))


def settled_list(panel: HistoryPanel, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(
        lambda: panel.live.model.rowCount() == count and panel._total.text() == f"Tickets: {count:,}"
    )


def test_figures_nobody_waits_for_any_more_are_given_up_in_the_database(
    window_of: WindowOf, past: Hall, qtbot: QtBot, owner: psycopg.Connection
) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    posted: list[str] = []
    panel._session.notices.posted.connect(lambda notice: posted.append(notice.text))
    owner.execute("alter function api.history_figures(jsonb, text) rename to quick_figures")
    owner.execute(
        """create function api.history_figures(p_filter jsonb, p_by text) returns setof api.figures
           language plpgsql stable set search_path = pg_catalog, pg_temp as $$
           begin
             while p_by = 'state' loop perform 1; end loop;
             return query select * from api.quick_figures(p_filter, p_by);
           end $$"""
    )
    owner.execute("grant execute on function api.history_figures(jsonb, text) to ld_console")
    endless = (
        "select from pg_stat_activity"
        " where state = 'active' and query like '%%history_figures%%' and pid <> %s"
    )
    mine = owner.info.backend_pid
    panel.figures.set_group(Group.STATE)
    qtbot.waitUntil(lambda: owner.execute(endless, [mine]).rowcount == 1)
    panel.figures.set_group(Group.CHANNEL)
    # Long before the statement would be ended for taking half a minute.
    qtbot.waitUntil(lambda: {row.figures.key for row in rows(panel)[1:]} == {"phone", "web"}, timeout=20_000)
    assert owner.execute(endless, [mine]).rowcount == 0
    assert posted == []


def test_click_on_a_count_narrows_and_back_returns(window_of: WindowOf, past: Hall, qtbot: QtBot) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    group_by(panel, Group.STATE, qtbot)
    table, columns = panel.figures.table, [column.key for column in panel.figures.model.columns]
    number = next(n for n, row in enumerate(rows(panel)) if row.figures.key == "VOID")
    cell = panel.figures.model.index(number, columns.index("tickets"))
    assert cell.data(DISPLAY_ROLE) == "1"
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(cell).center())
    settled(panel, qtbot, 1)
    assert panel.filter.states == (TicketState.VOID,)
    qtbot.keyClick(panel.window(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settled(panel, qtbot, 6)
    assert panel.filter == EVERYTHING
    assert not panel.can_go_back


def test_click_on_a_bar_narrows_to_its_group(window_of: WindowOf, past: Hall, qtbot: QtBot) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    group_by(panel, Group.CHANNEL, qtbot)
    qtbot.waitUntil(lambda: len(panel.figures.chart._rows) == 2)
    panel.figures.chart.choose(1)
    settled(panel, qtbot, 1)
    assert panel.filter.channels == ("web",)


def test_limit_that_only_a_note_shows_is_taken_away_by_the_note(
    window_of: WindowOf, past: Hall, qtbot: QtBot
) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    group_by(panel, Group.UNIT, qtbot)
    nobody = next(row for row in rows(panel)[1:] if row.figures.key is None)
    panel.figures.open_figure(nobody, What.TICKETS)
    settled(panel, qtbot, nobody.figures.tickets)
    [note] = panel.past._notes
    assert note.text() == "Unit alone: no unit yet  ×"
    qtbot.mouseClick(note, Qt.MouseButton.LeftButton)
    settled(panel, qtbot, 6)


def test_figures_follow_what_others_do(window_of: WindowOf, past: Hall, qtbot: QtBot) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    past.open()
    settled(panel, qtbot, 7)


def test_department_counts_only_what_it_sees(window_of: WindowOf, past: Hall, qtbot: QtBot) -> None:
    panel = history_of(window_of(DEPT), qtbot, 1)
    group_by(panel, Group.STATE, qtbot)
    assert [row.figures.key for row in rows(panel)[1:]] == ["SENT"]


def test_words_have_figures_of_every_grouping_that_open_lists_of_as_many(
    window_of: WindowOf, past: Hall, qtbot: QtBot
) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    panel.narrow(replace(panel.filter, text="路灯不亮 积米崖"))
    settled(panel, qtbot, 5)  # the sixth has another title
    for group in Group:
        group_by(panel, group, qtbot)
        assert sum(row.figures.tickets for row in rows(panel)[1:]) == 5
        row = rows(panel)[1]
        panel.figures.open_figure(row, What.TICKETS)
        settled(panel, qtbot, row.figures.tickets)
        assert panel.filter.text == "路灯不亮 积米崖"
        if panel.can_go_back and row.figures.tickets < 5:
            panel.back()
            settled(panel, qtbot, 5)
    while panel.can_go_back:
        panel.back()
    settled(panel, qtbot, 6)


def in_steps(panel: HistoryPanel, monkeypatch: pytest.MonkeyPatch, steps: list[Counted]) -> list[Counted]:
    """Let figures of words come in these steps; return what each went on from."""
    before: list[Counted] = []

    def figures(_wanted: Filter, _by: str, known: Counted = NOTHING, _halt: Halt | None = None) -> Counted:
        before.append(known)
        return steps[min(len(before), len(steps)) - 1]

    monkeypatch.setattr(panel.figures._store, "figures", figures)
    return before


def test_figures_that_take_longer_say_how_far_they_are_and_end_whole(
    window_of: WindowOf, past: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    part, rest = (Figures(key, n, days=(0,) * 12) for key, n in (("2026-05", 2), ("2024-06", 3)))
    steps = [Counted((part,), 202605 * ID_OF_MONTH), Counted((part, rest))]
    before = in_steps(panel, monkeypatch, steps)
    notes: list[tuple[str, str]] = []
    panel.figures.counted.connect(lambda _: notes.append((rows(panel)[0].name, panel.figures._note.text())))
    panel.narrow(replace(panel.filter, text="路灯"))
    qtbot.waitUntil(lambda: len(notes) >= 2)
    assert notes[0] == ("At least", "Counting: so far back to 2026-05.")
    assert notes[1][0] == "All"
    assert before[:2] == [NOTHING, steps[0]]
    assert rows(panel)[0].figures.tickets == 5


def test_figures_given_up_say_at_least_and_since_when(
    window_of: WindowOf, past: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    part = Figures("2026-05", 2, days=(0,) * 12)
    in_steps(panel, monkeypatch, [Counted((part,), 202605 * ID_OF_MONTH)])
    monkeypatch.setattr("console.history.figures.COUNT_MS", 0)
    panel.narrow(replace(panel.filter, text="路灯"))
    said = "At least so many: counted back to 2026-05, older ones not. Limit the days to count them all."
    qtbot.waitUntil(lambda: panel.figures._note.text() == said)
    assert (rows(panel)[0].name, rows(panel)[0].figures.tickets) == ("At least", 2)


def test_export_of_words_has_the_rows_they_find_and_the_register_says_as_many(
    window_of: WindowOf, past: Hall, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    panel.narrow(replace(panel.filter, text="路灯不亮"))
    settled(panel, qtbot, 5)
    path = tmp_path / "out.csv"
    with qtbot.waitSignal(panel.export.ended):
        panel.export.start(path)
    numbers = [row["number"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))]
    assert numbers == [row.number for row in panel.live.model.rows]
    entry = past.row("d1_admin", "select detail from api.audit_entries where kind = 'export_end'")
    assert (entry["detail"]["rows"], entry["detail"]["handed_out"]) == (5, 5)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_export_has_the_rows_of_the_list(
    window_of: WindowOf, past: Hall, qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    group_by(panel, Group.CHANNEL, qtbot)
    phone = next(row for row in rows(panel)[1:] if row.figures.key == "phone")
    panel.figures.open_figure(phone, What.TICKETS)
    settled(panel, qtbot, 5)
    path = tmp_path / f"out.{suffix}"
    with qtbot.waitSignal(panel.export.ended):
        panel.export.start(path)
    if suffix == "csv":
        numbers = [row["number"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))]
    else:
        numbers = [str(row[0]) for row in openpyxl.load_workbook(path).active.values][1:]
    assert numbers == [row.number for row in panel.live.model.rows]
    assert not panel.export.is_running
    entry = past.row("d1_admin", "select detail from api.audit_entries where kind = 'export_end'")
    assert entry["detail"]["rows"] == 5


def test_export_that_is_stopped_leaves_no_file(
    window_of: WindowOf, past: Hall, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_of(SUPERVISOR)
    panel = history_of(window, qtbot)
    write = Sheet.row

    def write_and_stop(sheet: Sheet, cells: object) -> None:
        write(sheet, cells)  # type: ignore[arg-type]
        panel.export._stop.set()  # as the button does, in the middle of the work

    monkeypatch.setattr(Sheet, "row", write_and_stop)
    with qtbot.waitSignal(panel.export.ended):
        panel.export.start(tmp_path / "out.csv")
    assert list(tmp_path.glob("out*")) == []
    assert not panel.export.is_running


def test_export_that_is_stopped_while_it_counts_leaves_no_file(
    window_of: WindowOf, past: Hall, qtbot: QtBot, tmp_path: Path, owner: psycopg.Connection
) -> None:
    panel = history_of(window_of(SUPERVISOR), qtbot)
    panel.narrow(replace(panel.filter, text="路灯不亮"))
    settled(panel, qtbot, 5)
    posted: list[str] = []
    panel._session.notices.posted.connect(lambda notice: posted.append(notice.text))
    owner.execute("alter function api.search_figures(jsonb, text, bigint) rename to quick_figures")
    owner.execute(
        """create function api.search_figures(p_filter jsonb, p_by text, p_below bigint,
                                              out below bigint, out figures api.figures[])
           language sql stable set search_path = pg_catalog, pg_temp as
           $$ select 202401 * 100000000::bigint, null::api.figures[] $$"""  # never at an end
    )
    owner.execute("grant execute on function api.search_figures(jsonb, text, bigint) to ld_console")
    counting: list[Progress] = []
    panel.export.told.connect(counting.append)
    panel.export.start(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: len(counting) > 1)
    assert counting[-1].is_counting
    with qtbot.waitSignal(panel.export.ended):
        panel.export.cancel()
    assert list(tmp_path.glob("out*")) == []
    assert posted == ["The export was stopped; there is no file."]
    entry = past.row("d1_admin", "select detail from api.audit_entries where kind = 'export_end'")
    assert (entry["detail"]["rows"], entry["detail"]["handed_out"]) == (0, 0)


def test_export_to_where_nothing_can_be_written_says_so(
    window_of: WindowOf, past: Hall, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_of(SUPERVISOR)
    panel = history_of(window, qtbot)
    posted: list[str] = []
    panel._session.notices.posted.connect(lambda notice: posted.append(notice.text))
    with qtbot.waitSignal(panel.export.ended):
        panel.export.start(tmp_path / "nowhere" / "out.csv")
    assert posted == ["The file could not be written: there is no such folder"]
