"""One action for many tickets in a real window: chosen rows, whole lists, stop, undo, a lost link."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from queue_desk import NOW, OPEN, FakeSession, model, ticket
from rooms import Hall

from console.app.journal import JournalFile
from console.shell.main_window import MainWindow
from console.ticket import bulk_run, bulk_store
from console.ticket.bulk_panel import BulkPanel
from console.ticket.bulk_run import RunState
from console.ticket.bulk_store import BulkStore
from console.ticket.queue import QueuePanel
from db.errors import Unavailable

WindowOf = Callable[[str], MainWindow]


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count seconds in no time, and go in small pieces."""
    monkeypatch.setattr(bulk_run, "TICK_MS", 1)
    monkeypatch.setattr(bulk_run, "AGAIN_MS", 1)
    monkeypatch.setattr(bulk_run, "CHUNK", 2)


def queue_of(window: MainWindow, qtbot: QtBot, rows: int) -> QueuePanel:
    panel = window.show_workspace("queue")
    assert isinstance(panel, QueuePanel)
    qtbot.waitUntil(lambda: panel.live.model.rowCount() == rows)
    return panel


def begin(panel: QueuePanel, qtbot: QtBot, action: str) -> BulkPanel:
    qtbot.waitUntil(lambda: action in panel.bulk.offers.offered() and panel.bulk.offers.isVisible())
    panel.bulk.offers.choose(action)
    return panel.bulk


def results(panel: QueuePanel) -> list[tuple[str, str, str]]:
    return [(row.number, row.outcome, row.why) for row in panel.bulk.model.rows]


def test_chosen_rows_each_get_their_own_outcome(
    at_once: None, window_of: WindowOf, hall: Hall, qtbot: QtBot
) -> None:
    tickets = [hall.open() for _ in range(5)]
    hall.row("d1_operator2", "select api.claim(%s, 1, gen_random_uuid())", tickets[1]["id"])
    window = window_of("d1_operator1")
    panel = queue_of(window, qtbot, 5)
    panel.view.selectAll()
    assert [each.id for each in panel.chosen()] == [each["id"] for each in tickets]
    panel.view.setFocus()
    window.trigger("queue.bulk")
    bulk = begin(panel, qtbot, "accept")
    hall.act("d1_operator2", tickets[3], "note", text="faster")
    bulk.form.submit()
    qtbot.waitUntil(lambda: bulk.run is not None and bulk.run.state is RunState.ENDED)
    assert bulk.undo_button.isHidden(), "the rule book has no inverse of this"
    told = results(panel)
    assert [each[:2] for each in told] == [
        (each["number"], word)
        for each, word in zip(tickets, ["done", "refused", "done", "changed by others", "done"], strict=True)
    ]
    assert "has taken this ticket since" in told[1][2]
    assert "changed this ticket at" in told[3][2]
    assert "3 done, 1 refused, 1 changed by others, 0 not sent" in bulk.title.text()
    states = [hall.ticket(each["id"])["state"] for each in tickets]
    assert states == ["TRIAGE", "NEW", "TRIAGE", "NEW", "TRIAGE"]


def test_whole_list_is_read_by_pages_as_of_the_start(
    at_once: None, window_of: WindowOf, hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_store, "PAGE", 2)
    tickets = [hall.open()["id"] for _ in range(5)]
    window = window_of("d1_operator1")
    panel = queue_of(window, qtbot, 5)
    window.trigger("queue.bulk_all")
    bulk = begin(panel, qtbot, "note")
    assert bulk.title.text().startswith("Tickets chosen: 5.")
    late = hall.open()["id"]
    bulk.form._rows["text"].editor.set_value("to all")
    bulk.form.submit()
    qtbot.waitUntil(lambda: bulk.run is not None and bulk.run.state is RunState.ENDED)
    assert [hall.ticket(each)["version"] for each in (*tickets, late)] == [2, 2, 2, 2, 2, 1]


def test_escape_before_the_first_row_stops_everything(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    tickets = [hall.open()["id"] for _ in range(2)]
    panel = queue_of(window_of("d1_operator1"), qtbot, 2)
    panel.view.selectAll()
    panel.do_with_chosen()
    bulk = begin(panel, qtbot, "accept")
    bulk.form.submit()
    assert bulk.run is not None
    assert bulk.run.state is RunState.COUNTING
    assert "starts in 5 s" in bulk.title.text()
    qtbot.keyClick(bulk, Qt.Key.Key_Escape)
    assert bulk.run.state is RunState.STOPPED
    assert "2 not sent" in bulk.title.text()
    assert [hall.ticket(each)["state"] for each in tickets] == ["NEW", "NEW"]
    qtbot.keyClick(bulk, Qt.Key.Key_Escape)
    assert bulk.isHidden()


def test_stop_in_the_middle_says_what_was_not_sent(
    at_once: None, window_of: WindowOf, hall: Hall, qtbot: QtBot
) -> None:
    tickets = [hall.open()["id"] for _ in range(6)]
    panel = queue_of(window_of("d1_operator1"), qtbot, 6)
    panel.view.selectAll()
    panel.do_with_chosen()
    bulk = begin(panel, qtbot, "accept")
    bulk.form.submit()
    run = bulk.run
    assert run is not None

    def stop_early() -> None:
        if run.outcomes and not run.is_over:
            run.stop()

    run.progressed.connect(stop_early)
    qtbot.waitUntil(lambda: run.is_over)
    done = sum(hall.ticket(each)["state"] == "TRIAGE" for each in tickets)
    assert run.state is RunState.STOPPED
    assert 0 < done == run.count("done") < 6
    assert f"{6 - done} not sent" in bulk.title.text()


def test_answer_lost_on_the_way_is_asked_for_again_and_nothing_is_done_twice(
    at_once: None, window_of: WindowOf, hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = [hall.open()["id"] for _ in range(4)]
    panel = queue_of(window_of("d1_operator1"), qtbot, 4)
    real, calls = BulkStore.act, []

    def cut(*given: object) -> object:
        answer = real(*given)  # type: ignore[arg-type]  # handed through
        calls.append(answer)
        if len(calls) in (1, 3):
            raise Unavailable("cut after the commit")
        return answer

    monkeypatch.setattr(BulkStore, "act", cut)
    panel.view.selectAll()
    panel.do_with_chosen()
    bulk = begin(panel, qtbot, "note")
    bulk.form._rows["text"].editor.set_value("once")
    bulk.form.submit()
    qtbot.waitUntil(lambda: bulk.run is not None and bulk.run.state is RunState.ENDED)
    assert len(calls) == 4
    assert {each[1] for each in results(panel)} == {"done"}
    assert [hall.ticket(each)["version"] for each in tickets] == [2, 2, 2, 2]


def kept(folder: Path, kind: str) -> int:
    with closing(sqlite3.connect(folder / "journal.db")) as base:
        return int(base.execute("select count(*) from kept where kind = ?", (kind,)).fetchone()[0])


def test_results_are_shown_again_by_the_console_after_one_that_died(
    at_once: None,
    window_of: WindowOf,
    hall: Hall,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    tickets = [hall.open()["id"] for _ in range(6)]
    panel = queue_of(window_of("d1_operator1"), qtbot, 6)
    monkeypatch.setattr(bulk_run, "AGAIN_MS", 10_000_000)  # the first console never comes back
    real, calls = BulkStore.act, []

    def cut(*given: object) -> object:
        answer = real(*given)  # type: ignore[arg-type]  # handed through
        calls.append(answer)
        if len(calls) == 2:
            raise Unavailable("dead after the commit")
        return answer

    monkeypatch.setattr(BulkStore, "act", cut)
    panel.view.selectAll()
    panel.do_with_chosen()
    bulk = begin(panel, qtbot, "note")
    bulk.form._rows["text"].editor.set_value("once")
    bulk.form.submit()
    qtbot.waitUntil(lambda: bulk.run is not None and bulk.run.state is RunState.WAITING)
    qtbot.waitUntil(lambda: kept(tmp_path, "bulk piece") == 2)

    again = queue_of(window_of("d1_operator1"), qtbot, 6)
    qtbot.waitUntil(lambda: again.bulk.run is not None and again.bulk.run.state is RunState.STOPPED)
    assert [each[1] for each in results(again)] == ["done"] * 4
    assert "4 done, 0 refused, 0 changed by others, 2 not sent" in again.bulk.title.text()
    assert again.bulk.isVisible()
    assert sorted(hall.ticket(each)["version"] for each in tickets) == [1, 1, 2, 2, 2, 2]
    again.bulk.step_back()
    qtbot.waitUntil(lambda: kept(tmp_path, "bulk piece") == 0)
    assert queue_of(window_of("d1_operator1"), qtbot, 6).bulk.isHidden()


def test_merge_offers_its_exact_inverse_to_who_may(
    at_once: None, window_of: WindowOf, hall: Hall, qtbot: QtBot, owner: object
) -> None:
    owner.execute(  # type: ignore[attr-defined]  # a connection
        "update core.staff set duties = array['operator', 'supervisor'] where login = 'd1_operator1'"
    )
    main = hall.sent()
    tickets = [hall.open()["id"] for _ in range(3)]
    panel = queue_of(window_of("d1_operator1"), qtbot, 4)
    for each in tickets:
        panel.view.select_more((each,))
    panel.do_with_chosen()
    bulk = begin(panel, qtbot, "merge")
    bulk.form._rows["main"].editor.set_value(main["id"])
    qtbot.waitUntil(lambda: bulk.form.payload() == {"main": main["id"]})
    bulk.form.submit()
    qtbot.waitUntil(lambda: bulk.run is not None and bulk.run.state is RunState.ENDED)
    assert {hall.ticket(each)["state"] for each in tickets} == {"MERGED"}
    qtbot.waitUntil(bulk.undo_button.isVisible)
    qtbot.mouseClick(bulk.undo_button, Qt.MouseButton.LeftButton)
    bulk.form._rows["reason"].editor.set_value("wrong ones")
    bulk.form.submit()
    qtbot.waitUntil(lambda: {hall.ticket(each)["state"] for each in tickets} == {"NEW"})
    qtbot.waitUntil(lambda: bulk.run is not None and bulk.run.state is RunState.ENDED)
    assert bulk.undo_button.isHidden()


def test_selection_of_many_lives_through_changes_and_reloads(
    qtbot: QtBot, session: FakeSession, panel: QueuePanel
) -> None:
    wanted = [OPEN[1].id, OPEN[3].id, OPEN[5].id]
    panel.view.selectRow(1)
    panel.view.select_more(wanted)
    session.store.tickets[ticket(50).id] = ticket(50, due_at=NOW)
    panel.refresh()
    qtbot.waitUntil(lambda: model(panel).rowCount() == 7)
    assert [each.id for each in panel.chosen()] == wanted
    assert panel.selected() == OPEN[1]
    session.commit(ticket(3, version=2, title="changed", due_at=OPEN[3].due_at))
    qtbot.waitUntil(lambda: panel.chosen()[1].title == "changed")
    del session.store.tickets[OPEN[5].id]
    panel.refresh()
    qtbot.waitUntil(lambda: model(panel).rowCount() == 6)
    assert [each.id for each in panel.chosen()] == wanted[:2]


def test_what_was_typed_is_there_again_after_esc(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    hall.open()
    panel = queue_of(window_of("d1_operator1"), qtbot, 1)
    panel.view.selectAll()
    panel.do_with_chosen()
    bulk = begin(panel, qtbot, "note")
    bulk.form._rows["text"].editor.set_value("half a page")
    bulk.form.put_away()
    bulk.offers.choose("note")
    assert bulk.form.payload() == {"text": "half a page"}


def test_an_older_question_that_fails_late_closes_nothing(
    window_of: WindowOf, hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.open()
    panel = queue_of(window_of("d1_operator1"), qtbot, 1)
    go = threading.Event()

    def fail(*_asked: object) -> None:
        go.wait(60)
        raise Unavailable("canceling statement due to statement timeout")

    monkeypatch.setattr(BulkStore, "rows", fail)
    panel.do_with_all()
    panel.bulk.step_back()
    panel.view.selectAll()
    panel.do_with_chosen()
    bulk = begin(panel, qtbot, "note")
    go.set()
    qtbot.waitUntil(lambda: panel._session.notices.all() != ())
    assert bulk.isVisible()
    assert bulk.form.isVisible()


def test_what_was_typed_is_there_again_after_a_crash_until_it_is_sent(
    at_once: None, window_of: WindowOf, hall: Hall, qtbot: QtBot, tmp_path: Path
) -> None:
    hall.open()

    def asked_for_a_note() -> BulkPanel:
        panel = queue_of(window_of("d1_operator1"), qtbot, 1)
        panel.view.selectAll()
        panel.do_with_chosen()
        return begin(panel, qtbot, "note")

    asked_for_a_note().form._rows["text"].editor.set_value("half a page")
    qtbot.waitUntil(lambda: kept(tmp_path, "bulk text") == 1)
    bulk = asked_for_a_note()
    assert bulk.form.payload() == {"text": "half a page"}
    bulk.form.submit()
    qtbot.waitUntil(lambda: bulk.run is not None and bulk.run.state is RunState.ENDED)
    qtbot.waitUntil(lambda: kept(tmp_path, "bulk text") == 0)


def test_what_was_typed_is_there_again_when_it_is_stopped_before_the_first_row(
    window_of: WindowOf, hall: Hall, qtbot: QtBot
) -> None:
    hall.open()
    panel = queue_of(window_of("d1_operator1"), qtbot, 1)
    panel.view.selectAll()
    panel.do_with_chosen()
    bulk = begin(panel, qtbot, "note")
    bulk.form._rows["text"].editor.set_value("half a page")
    bulk.form.submit()
    bulk.step_back()
    assert bulk.run is not None
    assert bulk.run.state is RunState.STOPPED
    bulk.step_back()
    panel.do_with_chosen()
    assert begin(panel, qtbot, "note").form.payload() == {"text": "half a page"}


def test_piece_leaves_when_the_disk_has_its_keys(
    at_once: None, window_of: WindowOf, hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = hall.open()["id"]
    panel = queue_of(window_of("d1_operator1"), qtbot, 1)
    panel.view.selectAll()
    panel.do_with_chosen()
    bulk = begin(panel, qtbot, "accept")
    steps: list[str] = []
    acted = threading.Event()
    put, act = JournalFile.put, BulkStore.act

    def slow_put(file: JournalFile, key: UUID, kind: str, text: str) -> None:
        if kind == "bulk piece":
            acted.wait(0.2)  # the disk is slower than the link
        put(file, key, kind, text)
        steps.append(kind)

    def noted(*given: object) -> object:
        steps.append("act")
        acted.set()
        return act(*given)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(JournalFile, "put", slow_put)
    monkeypatch.setattr(BulkStore, "act", noted)
    bulk.form.submit()
    qtbot.waitUntil(lambda: bulk.run is not None and bulk.run.state is RunState.ENDED)
    assert hall.ticket(ticket)["state"] == "TRIAGE"
    assert steps.index("bulk piece") < steps.index("act")


def test_only_what_a_chosen_row_allows_is_offered(window_of: WindowOf, hall: Hall, qtbot: QtBot) -> None:
    new, sent = hall.open()["id"], hall.sent()["id"]
    panel = queue_of(window_of("d1_operator1"), qtbot, 2)

    def offered(*chosen: int) -> tuple[str, ...]:
        panel.view.clearSelection()
        panel.view.select_more(chosen)
        assert {each.id for each in panel.chosen()} == set(chosen)
        panel.do_with_chosen()
        qtbot.waitUntil(panel.bulk.offers.isVisible)
        panel.bulk.step_back()
        return tuple(panel.bulk.offers.offered())

    assert "accept" in offered(new)
    assert "accept" not in offered(sent)
    assert "note" in offered(sent)
    assert "accept" in offered(new, sent)
