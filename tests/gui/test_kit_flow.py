"""Words of widgets: placed in rows, and gone when their panel is."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.kit.flow import FlowLayout

GAP = 4


def test_widgets_fill_rows_and_begin_another(qtbot: QtBot) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    layout = FlowLayout(GAP, panel)
    labels = [QLabel("word") for _ in range(3)]
    for label in labels:
        layout.addWidget(label)
    wide = labels[0].sizeHint()
    panel.resize(2 * wide.width() + GAP, layout.heightForWidth(2 * wide.width() + GAP))
    panel.show()
    places = [label.pos() for label in labels]
    assert [place.y() for place in places] == [0, 0, wide.height() + GAP]
    assert [place.x() for place in places] == [0, wide.width() + GAP, 0]


def test_items_belong_to_the_layout(qtbot: QtBot) -> None:
    """An item Qt makes for a layout written in Python is never freed: a page that is closed left them all."""
    panel = QWidget()
    qtbot.addWidget(panel)
    layout = FlowLayout(GAP, panel)
    layout.addWidget(QLabel("word"))
    item = layout.itemAt(0)
    assert item is not None
    assert shiboken6.ownedByPython(item)
