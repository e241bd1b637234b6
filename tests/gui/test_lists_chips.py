"""A chip says its whole count, however little room it has."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout
from pytestqt.qtbot import QtBot

from console.lists.chips import Chip, ChipRow


def picture(qtbot: QtBot, name: str, count: int, *, room: float) -> QImage:
    chip = Chip("R", name)
    qtbot.addWidget(chip)
    chip.set_count(count)
    chip.resize(round(200 * room), 30)
    return chip.grab().toImage()


def test_without_room_the_name_goes_and_the_count_stays(qtbot: QtBot) -> None:
    assert picture(qtbot, "Overdue for long", 522, room=1) != picture(qtbot, "Due soon by far", 522, room=1)
    narrow = picture(qtbot, "Overdue for long", 522, room=0.3)
    assert narrow == picture(qtbot, "Due soon by far", 522, room=0.3)
    assert narrow != picture(qtbot, "Overdue for long", 22, room=0.3)


def test_chips_of_which_nothing_is_known_are_all_there(qtbot: QtBot) -> None:
    row = ChipRow([Chip("WORK", "In work"), Chip("SENT", "Sent")], QHBoxLayout(), hides_empty=True)
    qtbot.addWidget(row)
    row.set_counts({"WORK": 1})
    assert [chip.isVisibleTo(row) for chip in row.chips.values()] == [True, False]
    row.set_counts(None)
    assert [chip.isVisibleTo(row) for chip in row.chips.values()] == [True, True]
