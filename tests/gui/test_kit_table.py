"""The table model keeps order, selection and quiet under deltas."""

import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from console.kit.clock import FakeClock
from console.kit.lamp import Light
from console.kit.table import DISPLAY_ROLE, MARK_ROLE, MARK_TICKS, Column, Delta, TableModel
from console.kit.theme import Theme
from console.kit.view import TableView

NOW = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    id: int
    due: int
    text: str = ""


COLUMNS = (
    Column[Row]("light", "", lambda row: "", light=lambda row: Light.RED),
    Column[Row]("text", "Text", lambda row: row.text),
)


@pytest.fixture
def model(qtbot: QtBot) -> TableModel[Row]:
    made: TableModel[Row] = TableModel(COLUMNS, key=lambda row: row.id, order=lambda row: row.due)
    made.load(Row(number, number * 10) for number in range(5))
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def changes(model: TableModel[Row]) -> list[int]:
    seen: list[int] = []
    model.dataChanged.connect(lambda first, last: seen.append(first.row()))
    return seen


def test_apply_equal_row_is_silent(model: TableModel[Row]) -> None:
    seen = changes(model)
    model.apply(Delta((Row(2, 20),)))
    assert seen == []


def test_apply_changed_row_emits_that_row_and_marks_it(model: TableModel[Row]) -> None:
    seen = changes(model)
    model.apply(Delta((Row(2, 20, "new words"),)))
    assert seen == [2]
    assert model.index(2, 1).data(DISPLAY_ROLE) == "new words"
    assert model.index(2, 1).data(MARK_ROLE)


def test_tick_fades_the_mark(model: TableModel[Row]) -> None:
    model.apply(Delta((Row(2, 20, "x"),)))
    for _ in range(MARK_TICKS):
        model.tick()
    assert not model.index(2, 1).data(MARK_ROLE)


def test_apply_moved_row_keeps_the_selection(model: TableModel[Row], qtbot: QtBot) -> None:
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.selectionModel().setCurrentIndex(model.index(4, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    model.apply(Delta((Row(4, 5), Row(-1, -10)), removes=(0,)))
    assert model.keys == (-1, 4, 1, 2, 3)
    assert view.currentIndex().row() == model.row_of(4)


def test_hold_keeps_new_rows_back_until_release(model: TableModel[Row]) -> None:
    counts: list[int] = []
    model.held_changed.connect(counts.append)
    model.hold = True
    model.apply(Delta((Row(7, 5), Row(8, 6))))
    model.apply(Delta((Row(7, 5, "again"),), removes=(8,)))
    assert (model.keys, counts) == ((0, 1, 2, 3, 4), [2, 1])
    model.release()
    assert model.keys == (0, 7, 1, 2, 3, 4)
    assert counts == [2, 1, 0]


def test_hold_leaves_a_changed_row_in_place_until_release(model: TableModel[Row]) -> None:
    model.hold = True
    model.apply(Delta((Row(0, 99, "later"),)))
    assert (model.keys, model.row_at(0).text) == ((0, 1, 2, 3, 4), "later")
    model.release()
    assert model.keys == (1, 2, 3, 4, 0)


def test_extend_adds_a_page_without_marks_even_while_held(model: TableModel[Row]) -> None:
    model.hold = True
    model.extend([Row(4, 40), Row(5, 50), Row(6, 60)])
    assert model.keys == (0, 1, 2, 3, 4, 5, 6)
    assert not model.index(6, 0).data(MARK_ROLE)


@pytest.mark.parametrize("seed", range(4))
def test_random_deltas_equal_a_sorted_dictionary(model: TableModel[Row], seed: int) -> None:
    chance = random.Random(seed)
    truth = {row.id: row for row in model.rows}
    for step in range(80):
        model.hold = chance.random() < 0.4
        upserts = tuple(Row(chance.randrange(40), chance.randrange(30), str(step)) for _ in range(4))
        upserts = tuple({row.id: row for row in upserts}.values())
        removes = tuple({chance.randrange(40) for _ in range(2)} - {row.id for row in upserts})
        model.apply(Delta(upserts, removes))
        truth |= {row.id: row for row in upserts}
        for key in removes:
            truth.pop(key, None)
        if not model.hold:
            model.release()
            assert list(model.rows) == sorted(truth.values(), key=lambda row: (row.due, row.id))
            assert all(model.row_of(key) == number for number, key in enumerate(model.keys))


def test_view_opens_the_current_row_by_enter(model: TableModel[Row], qtbot: QtBot) -> None:
    view = TableView(model, Theme(), FakeClock(NOW))
    qtbot.addWidget(view)
    view.select_key(3)
    opened: list[Row] = []
    view.row_opened.connect(opened.append)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert [row.id for row in opened] == [3]


def painted(model: TableModel[Row], qtbot: QtBot, stale: bool) -> bytes:
    view = TableView(model, Theme(), FakeClock(NOW))
    qtbot.addWidget(view)
    view.set_stale(stale)
    image = view.grab().toImage()
    return bytes(image.constBits())


def test_stale_lights_look_different(model: TableModel[Row], qtbot: QtBot) -> None:
    assert painted(model, qtbot, stale=False) != painted(model, qtbot, stale=True)


def test_delta_of_many_rows_is_quick(qtbot: QtBot) -> None:
    big: TableModel[Row] = TableModel(COLUMNS, key=lambda row: row.id, order=lambda row: row.due)
    big.load(Row(number, number) for number in range(10_000))
    spent = []
    for base in (20_000, 30_000, 40_000):
        delta = Delta(tuple(Row(number * 50, base - number, "x") for number in range(200)))
        started = time.thread_time()  # of this thread alone, whatever else the machine does
        big.apply(delta)
        spent.append(time.thread_time() - started)
    assert min(spent) < 0.065
