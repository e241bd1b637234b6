"""What a person does in the room of cameras, for its tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
from lens import Lens
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.camera.tree import CameraTree
from console.camera.workspace import CameraPanel
from console.shell.main_window import MainWindow
from console.wall.watch import WatchDesk

WindowOf = Callable[[str], MainWindow]
OPERATOR, SUPERVISOR = "d1_operator1", "d1_supervisor1"
VIEWS = "select camera_id, reason, ticket_id, kind from api.camera_views order by id"


def opener(window_of: WindowOf, owner: psycopg.Connection, qtbot: QtBot) -> Callable[..., CameraPanel]:
    """Open a person's room of cameras, whose players need no network."""
    owner.execute("update core.gateway set rtsp_base = 'rtsp://127.0.0.1:9'")

    def open_room(login: str = OPERATOR) -> CameraPanel:
        window = window_of(login)
        window.session.views.make_player = Lens
        panel = window.show_workspace("cameras")
        assert isinstance(panel, CameraPanel)
        qtbot.waitUntil(lambda: panel.directory.tree.topLevelItemCount() > 0)
        return panel

    return open_room


def a_camera(hall: Hall, login: str = OPERATOR, **wanted: object) -> dict[str, Any]:
    where = "".join(f" and {name} = %s" for name in wanted)
    return hall.row(
        login, f"select * from api.cameras where lon is not null{where} order by id limit 1", *wanted.values()
    )


def seek(panel: CameraPanel, qtbot: QtBot, typed: str) -> list[str]:
    panel.directory.hits.load(())
    panel.directory.line.clear()
    panel.directory.line.setText(typed)
    qtbot.waitUntil(lambda: panel.directory.hits.rowCount() > 0)
    return [hit.camera.name for hit in panel.directory.hits.rows]


def answer(watch: WatchDesk, qtbot: QtBot, number: str | None = None) -> None:
    qtbot.waitUntil(watch.form.isVisible)
    if number is not None:
        watch.form.number.setText(number)
    QTest.keyClick(watch.form.reasons, Qt.Key.Key_Return)


def playing(watch: WatchDesk) -> list[int]:
    return [
        tile.camera.id for tile in watch.wall.places if tile.camera is not None and tile.freshness == "live"
    ]


def look_at(panel: CameraPanel, qtbot: QtBot, *codes: str) -> None:
    """Open cameras by their codes; the first is asked for a reason."""
    for n, code in enumerate(codes):
        seek(panel, qtbot, code)
        QTest.keyClick(panel.directory.line, Qt.Key.Key_Return)
        if n == 0:
            answer(panel.watch, qtbot)
    qtbot.waitUntil(lambda: len(playing(panel.watch)) == len(codes))


def open_down(tree: CameraTree, qtbot: QtBot) -> tuple[QTreeWidgetItem, QTreeWidgetItem]:
    """Open the first places down to a camera; return it behind the place it stands at."""
    place = item = tree.topLevelItem(0)
    while item.text(1):
        place = item
        place.setExpanded(True)
        qtbot.waitUntil(lambda place=place: place.childCount() > 0)
        item = place.child(0)
    return place, item
