"""How cameras are, in the room of cameras: what sweeps find is seen while one looks, and nothing moves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import psycopg
import pytest
from camera_seat import (
    WindowOf,
    a_camera,
    open_down,
    opener,
    seek,
)
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.camera.near_panel import NEAREST, NearPanel
from console.camera.plane import ONLINE
from console.camera.workspace import CameraPanel
from db.admin.camera_probe import Answer, Endpoint, Status
from db.admin.camera_sweep import sweep_cameras


@pytest.fixture
def desk(window_of: WindowOf, owner: psycopg.Connection, qtbot: QtBot) -> Callable[..., CameraPanel]:
    return opener(window_of, owner, qtbot)


def all_online(endpoints: Sequence[Endpoint], _stopped: object) -> list[Answer]:
    return [Answer(each.key, Status.ONLINE, 5) for each in endpoints]


def lapse(owner: psycopg.Connection) -> None:
    """Let the last sweep be too long ago."""
    owner.execute("update core.camera_sweep set ended_at = ended_at - interval '1 day'")
    owner.execute("update core.camera_status set probed_at = probed_at - interval '1 day'")


def test_tree_follows_what_sweeps_find_and_stays_where_it_is(
    desk: Callable[..., CameraPanel], owner: psycopg.Connection, qtbot: QtBot
) -> None:
    panel = desk()
    tree, session = panel.directory.tree, panel.window().session
    place, leaf = open_down(tree, qtbot)
    tree.setCurrentItem(leaf)
    top = tree.topLevelItem(0)
    total = top.text(1).partition(" / ")[2]
    assert top.text(1) == f"– / {total}"
    assert "not looked at yet" in leaf.toolTip(0)
    sweep_cameras(owner, everything=True, probe=all_online)
    session.polled.emit()
    qtbot.waitUntil(lambda: top.text(1) == f"{total} / {total}")
    assert place.text(1).split(" / ") == [str(place.childCount())] * 2
    assert leaf.toolTip(0).endswith("· online")
    qtbot.waitUntil(lambda: "online since" in panel.facts.toPlainText())
    lapse(owner)
    session.polled.emit()
    qtbot.waitUntil(lambda: top.text(1) == f"– / {total}")
    assert leaf.toolTip(0).endswith("· last: online; not known now")
    qtbot.waitUntil(lambda: "last: online; not known now" in panel.facts.toPlainText())
    assert tree.topLevelItem(0) is top
    assert top.isExpanded()
    assert place.isExpanded()
    assert tree.currentItem() is leaf


def test_tree_takes_in_new_cameras_and_lets_go_of_those_that_are_gone(
    desk: Callable[..., CameraPanel], owner: psycopg.Connection, qtbot: QtBot
) -> None:
    tree = desk().directory.tree
    place, leaf = open_down(tree, qtbot)
    tree.setCurrentItem(leaf)
    camera = tree.camera()
    assert camera is not None
    there = place.childCount()
    for change, cameras in (("territory_id = %(place)s", there + 1), ("is_active = false", there)):
        owner.execute(
            f"update core.camera set {change} where district_id = 1 and id ="
            " (select max(id) from core.camera where district_id = 1 and id <> %(camera)s)",
            {"place": camera.territory_id, "camera": camera.id},
        )
        tree.refresh()
        qtbot.waitUntil(lambda wanted=cameras: place.childCount() == wanted)
        assert place.text(1) == f"– / {cameras}"
        assert tree.currentItem() is leaf


def test_found_cameras_follow_what_sweeps_find_and_are_read_when_they_come_into_sight(
    desk: Callable[..., CameraPanel], hall: Hall, owner: psycopg.Connection, qtbot: QtBot
) -> None:
    panel = desk()
    hits, window = panel.directory.hits, panel.window()
    seek(panel, qtbot, a_camera(hall)["code"])
    assert hits.row_at(0).camera.status == "unknown"
    window.show_workspace("queue")
    sweep_cameras(owner, everything=True, probe=all_online)
    window.session.polled.emit()
    assert hits.row_at(0).camera.status == "unknown"  # nobody looks: nothing is asked
    window.show_workspace("cameras")
    qtbot.waitUntil(lambda: hits.row_at(0).camera.status == "online")


def test_groups_and_map_follow_what_sweeps_find(
    desk: Callable[..., CameraPanel], owner: psycopg.Connection, qtbot: QtBot
) -> None:
    panel = desk()
    groups, session = panel.directory.groups, panel.window().session
    panel.show_groups()
    qtbot.waitUntil(lambda: groups.tree.topLevelItemCount() > 0)
    group = groups.tree.topLevelItem(0)
    group.setExpanded(True)
    qtbot.waitUntil(lambda: group.childCount() > 0)
    panel.show_page("map")
    sites = panel.map.view
    qtbot.waitUntil(lambda: len(sites.sites) > 0)
    told, ground = panel.map._told.text(), sites.ground()
    sweep_cameras(owner, everything=True, probe=all_online)
    session.polled.emit()
    qtbot.waitUntil(lambda: group.child(0).toolTip(0).endswith("· online"))
    qtbot.waitUntil(lambda: set(sites.sites.lamps) == {ONLINE})
    assert group.isExpanded()
    assert (panel.map._told.text(), sites.ground()) == (told, ground)


def test_cameras_near_a_ticket_follow_what_sweeps_find(
    desk: Callable[..., CameraPanel], hall: Hall, owner: psycopg.Connection, qtbot: QtBot
) -> None:
    window, ticket = desk().window(), hall.open()
    page = window.open_ticket(ticket["id"])
    qtbot.waitUntil(lambda: page.selected() is not None)
    window.refresh()
    window.trigger("camera.near")
    near = window.right.aside
    assert isinstance(near, NearPanel)
    qtbot.waitUntil(lambda: near.model.rowCount() == NEAREST)
    near.table.selectRow(4)
    before = near.model.keys
    status = [column.key for column in near.model.columns].index("status")

    def words() -> set[str]:
        return {near.model.index(row, status).data() for row in range(NEAREST)}

    assert words() == {"not looked at yet"}
    sweep_cameras(owner, everything=True, probe=all_online)
    window.session.polled.emit()
    qtbot.waitUntil(lambda: words() == {"online"})
    lapse(owner)
    window.session.polled.emit()
    qtbot.waitUntil(lambda: words() == {"last: online; not known now"})
    assert near.model.keys == before
    assert near.table.currentIndex().row() == 4
