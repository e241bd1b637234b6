"""The workspace of cameras over a real database: find, open for a reason, look, account for."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from camera_seat import (
    OPERATOR,
    SUPERVISOR,
    VIEWS,
    WindowOf,
    a_camera,
    answer,
    look_at,
    open_down,
    opener,
    playing,
    seek,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from rooms import Hall

from console.camera.columns import NAME
from console.camera.group_form import GroupForm
from console.camera.near_panel import LEAST_NAME, NEAREST, NearPanel
from console.camera.record import Camera
from console.camera.workspace import CameraPanel
from console.shell.palette import HIT_ROLE
from console.wall.second_screen import SecondScreen


@pytest.fixture
def desk(window_of: WindowOf, owner: psycopg.Connection, qtbot: QtBot) -> Callable[..., CameraPanel]:
    return opener(window_of, owner, qtbot)


def test_cameras_are_found_as_one_types_by_name_sound_and_code(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    panel, camera = desk(), a_camera(hall)
    for typed in (camera["code"], camera["name"][3:9], camera["code"].lower()):
        assert camera["name"] in seek(panel, qtbot, typed)
    assert panel.facts.toPlainText()
    found = seek(panel, qtbot, "forest")  # by the name of its system or purpose
    assert found
    panel.directory.line.setText("nowhere to be found")
    qtbot.waitUntil(panel.directory._nothing.isVisible)
    QTest.keyClick(panel.directory.line, Qt.Key.Key_Escape)
    assert panel.directory.pages.currentWidget() is panel.directory.tabs


def test_tree_counts_and_opens_down_to_the_cameras(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    panel = desk()
    tree = panel.directory.tree
    total = hall.row(OPERATOR, "select count(*) as n from api.cameras where is_active")["n"]
    counts = [tree.topLevelItem(row).text(1) for row in range(tree.topLevelItemCount())]
    assert sum(int(text.partition(" / ")[2].replace(",", "")) for text in counts) == total
    _, item = open_down(tree, qtbot)
    with qtbot.waitSignal(tree.camera_opened) as opened:
        tree.setCurrentItem(item)
        QTest.keyClick(tree, Qt.Key.Key_Return)
    assert isinstance(opened.args[0], Camera)
    assert panel.selected() == opened.args[0]


def test_first_picture_is_asked_for_a_reason_and_the_next_are_not(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    panel = desk()
    first, second = hall.rows(OPERATOR, "select id, code from api.cameras order by id limit 2")
    look_at(panel, qtbot, first["code"], second["code"])
    rows = hall.rows(SUPERVISOR, VIEWS)
    assert [row["camera_id"] for row in rows] == [first["id"], second["id"]]
    assert {row["reason"] for row in rows} == {"Check what a caller says"}
    panel.window().trigger("camera.close_all")
    assert panel.window().session.views.live == ()
    seek(panel, qtbot, first["code"])
    QTest.keyClick(panel.directory.line, Qt.Key.Key_Return)
    qtbot.waitUntil(panel.watch.form.isVisible)  # another sitting, another reason
    QTest.keyClick(panel.watch.form.words, Qt.Key.Key_Escape)
    assert panel.watch.form.isHidden()
    assert panel.watch.cameras() == ()


def test_reason_names_a_ticket_only_when_there_is_one(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    panel, camera, ticket = desk(), a_camera(hall), hall.open()
    seek(panel, qtbot, camera["code"])
    QTest.keyClick(panel.directory.line, Qt.Key.Key_Return)
    answer(panel.watch, qtbot, "20000101-9999")
    qtbot.waitUntil(lambda: "no ticket" in panel.watch.form._problem.text())
    assert panel.watch.cameras() == ()
    answer(panel.watch, qtbot, ticket["number"])
    qtbot.waitUntil(lambda: playing(panel.watch) == [camera["id"]])
    assert hall.rows(SUPERVISOR, VIEWS)[0]["ticket_id"] == ticket["id"]


def test_what_the_database_refuses_is_said_on_the_tile(
    desk: Callable[..., CameraPanel], hall: Hall, owner: psycopg.Connection, qtbot: QtBot
) -> None:
    panel, camera = desk(), a_camera(hall)
    seek(panel, qtbot, camera["code"])
    owner.execute("update core.camera set is_active = false where id = %s", [camera["id"]])
    QTest.keyClick(panel.directory.line, Qt.Key.Key_Return)
    answer(panel.watch, qtbot)
    tile = panel.watch.wall.chosen
    qtbot.waitUntil(lambda: tile.state() is not None and tile.state().error is not None)
    assert "not in service" in panel.window().session.sentence(tile.state().error)
    assert playing(panel.watch) == []


def test_keys_choose_how_many_pictures_and_close_them(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    panel = desk()
    codes = [row["code"] for row in hall.rows(OPERATOR, "select code from api.cameras order by id limit 2")]
    look_at(panel, qtbot, *codes)
    wall = panel.watch.wall
    wall.setFocus()
    for key, grid in (("3", 9), ("4", 16), ("1", 1), ("2", 4), ("g", 9)):
        QTest.keyClicks(wall, key)
        assert panel.watch.grid() == grid
    assert len(panel.watch.cameras()) == 1  # the others found no place on a wall of one
    QTest.keyClick(wall, Qt.Key.Key_Delete)
    assert panel.watch.cameras() == ()


def test_nothing_plays_where_nobody_looks(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.wall.wall.UNSEEN_S", 0.0)
    panel = desk()
    look_at(panel, qtbot, a_camera(hall)["code"])
    window = panel.window()
    window.show_workspace("queue")
    qtbot.waitUntil(lambda: window.session.views.live == ())
    qtbot.waitUntil(
        lambda: hall.rows(SUPERVISOR, "select 1 from api.audit_entries where kind = 'camera_view_end'") != []
    )
    window.show_workspace("cameras")
    qtbot.waitUntil(lambda: len(playing(panel.watch)) == 1)  # seen again, for the same reason


def test_command_line_finds_a_camera_and_opens_it(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    panel, camera = desk(), a_camera(hall)
    window = panel.window()
    window.show_workspace("queue")
    window.show_palette()
    line, found = window.palette_line.line, window.palette_line.list
    line.setText(camera["code"])
    qtbot.waitUntil(
        lambda: any(found.item(row).data(HIT_ROLE).text == camera["name"] for row in range(found.count()))
    )
    row = next(row for row in range(found.count()) if found.item(row).data(HIT_ROLE).text == camera["name"])
    found.setCurrentRow(row)
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is panel)
    answer(panel.watch, qtbot)
    qtbot.waitUntil(lambda: playing(panel.watch) == [camera["id"]])


def test_ticket_shows_the_nearest_nine_with_one_key_and_digits_open_them(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    window, ticket = desk().window(), hall.open()
    page = window.open_ticket(ticket["id"])
    qtbot.waitUntil(lambda: page.selected() is not None)
    window.refresh()
    window.trigger("camera.near")
    near = window.right.aside
    assert isinstance(near, NearPanel)
    qtbot.waitUntil(lambda: near.model.rowCount() == NEAREST)
    expected = hall.rows(OPERATOR, "select camera_id from api.ticket_cameras(%s, 9)", ticket["id"])
    assert [hit.camera.id for hit in near.model.rows] == [row["camera_id"] for row in expected]
    name = [column.key for column in near.model.columns].index(NAME)
    near.table.resize(250, 200)  # a small screen
    assert near.table.columnWidth(name) == LEAST_NAME
    near.table.resize(900, 200)
    assert near.table.columnWidth(name) > LEAST_NAME
    metres = [hit.metres for hit in near.model.rows]
    assert metres == sorted(metres)
    assert all(hit.bearing is not None for hit in near.model.rows)
    QTest.keyClicks(near.table, "2")
    qtbot.waitUntil(near.watch.form.isVisible)
    assert near.watch.form.number.text() == ticket["number"]
    assert near.watch.form.reasons.currentText() == "Handle a ticket"
    answer(near.watch, qtbot)
    qtbot.waitUntil(lambda: playing(near.watch) == [expected[1]["camera_id"]])
    assert hall.rows(SUPERVISOR, VIEWS)[-1]["ticket_id"] == ticket["id"]
    near.setFocus()
    window.trigger("camera.near")  # the same key puts them away
    assert near.isHidden()
    assert window.session.views.live == ()


def test_another_ticket_beside_is_another_matter(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    window = desk().window()
    for number, ticket in enumerate((hall.open(), hall.open())):
        page = window.open_ticket(ticket["id"])
        qtbot.waitUntil(lambda page=page: page.selected() is not None)
        page.setFocus()
        window.refresh()
        window.trigger("camera.near")
        near = window.right.aside
        assert isinstance(near, NearPanel)
        qtbot.waitUntil(lambda near=near: near.model.rowCount() == NEAREST)
        QTest.keyClicks(near.table, "1")
        qtbot.waitUntil(near.watch.form.isVisible)
        assert near.watch.form.number.text() == ticket["number"]
        answer(near.watch, qtbot)
        qtbot.waitUntil(lambda near=near: len(playing(near.watch)) == 1)
        assert len(hall.rows(SUPERVISOR, VIEWS)) == number + 1


def test_map_shows_the_ticket_and_opens_what_is_chosen(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    panel, ticket = desk(), hall.open()
    window = panel.window()
    page = window.open_ticket(ticket["id"])
    qtbot.waitUntil(lambda: page.selected() is not None)
    page.setFocus()
    window.refresh()
    window.trigger("camera.around")
    view = panel.map.view
    qtbot.waitUntil(lambda: len(view.sites) > 0 and bool(view.heaps))
    assert view.subject is not None
    assert view.subject[2] == ticket["number"]
    found = hall.row(OPERATOR, "select camera_id, distance_m from api.ticket_cameras(%s, 1)", ticket["id"])
    nearest = found["camera_id"]
    view.show_camera(nearest)
    place = view.current_place
    assert place is not None
    east, north = view.xs[place] - view.subject[0], view.ys[place] - view.subject[1]
    assert math.hypot(east, north) == pytest.approx(found["distance_m"], rel=0.02, abs=1)
    QTest.keyClick(view, Qt.Key.Key_Return)
    answer(panel.watch, qtbot)
    qtbot.waitUntil(lambda: playing(panel.watch) == [nearest])
    assert hall.rows(SUPERVISOR, VIEWS)[-1]["ticket_id"] == ticket["id"]


def test_group_is_made_changed_given_and_dropped(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot
) -> None:
    panel = desk(SUPERVISOR)
    groups = panel.directory.groups
    camera = a_camera(hall, SUPERVISOR)
    unit = hall.row(SUPERVISOR, "select id, short_name from api.units where code = 'dept12'")
    panel.show_groups()
    groups.begin()
    form = groups.findChild(GroupForm)
    form.name.setText("台风值守")
    form.is_shared.setChecked(True)
    form.times.setText("8:00 20:00")
    QTest.keyClicks(form.members.line, camera["code"])
    qtbot.waitUntil(lambda: form.members.found.count() > 0)
    QTest.keyClick(form.members.line, Qt.Key.Key_Return)
    assert form.members.keys() == (camera["id"],)
    form.units.line.setText(unit["short_name"])
    QTest.keyClick(form.units.line, Qt.Key.Key_Return)
    with qtbot.waitSignal(form.saved) as saved:
        QTest.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    given = hall.rows(
        SUPERVISOR, "select unit_id from api.camera_group_units where group_id = %s", *saved.args
    )
    assert [row["unit_id"] for row in given] == [unit["id"]]
    plans = hall.rows(SUPERVISOR, "select times from api.patrol_plans where group_id = %s", *saved.args)
    assert [f"{each:%H:%M}" for each in plans[0]["times"]] == ["08:00", "20:00"]
    qtbot.waitUntil(lambda: groups.group() is not None and groups.group().id == saved.args[0])
    groups.drop_button.click()
    qtbot.waitUntil(
        lambda: hall.rows(SUPERVISOR, "select 1 from api.camera_groups where id = %s", *saved.args) == []
    )


def test_operator_shares_nothing(desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot) -> None:
    panel = desk()
    groups = panel.directory.groups
    groups.begin()
    assert not groups.findChild(GroupForm).is_shared.isEnabled()
    groups.refresh()
    qtbot.waitUntil(lambda: groups.tree.topLevelItemCount() > 0)
    assert groups.group().kind == "shared"
    assert not groups.edit_button.isEnabled()
    assert groups.round_button.isEnabled()


def test_second_screen_has_a_wall_of_its_own_and_keeps_its_place(
    desk: Callable[..., CameraPanel], window_of: WindowOf, hall: Hall, qtbot: QtBot
) -> None:
    panel = desk()
    window = panel.window()
    seek(panel, qtbot, a_camera(hall)["code"])
    window.trigger("camera.screen")
    screen = window.screens.panel("cameras")
    assert isinstance(screen, SecondScreen)
    answer(screen.watch, qtbot)
    qtbot.waitUntil(lambda: len(playing(screen.watch)) == 1)
    assert panel.watch.cameras() == ()
    screen.window().setGeometry(60, 70, 700, 500)
    screen.watch.set_grid(16)
    with qtbot.waitSignal(window.closed):
        window.close()
    again = window_of(OPERATOR)
    kept = again.screens.panel("cameras")
    assert isinstance(kept, SecondScreen)  # it was open, so it opens again: empty
    area = kept.window().geometry()
    assert (area.x(), area.y(), area.width(), area.height()) == (60, 70, 700, 500)
    assert kept.watch.grid() == 16
    assert kept.watch.cameras() == ()
    kept.window().close()
    assert again.screens.panel("cameras") is None


def test_supervisor_reads_who_looked_and_takes_it_out(
    desk: Callable[..., CameraPanel], hall: Hall, qtbot: QtBot, tmp_path: Path
) -> None:
    ticket, camera = hall.open(), a_camera(hall)
    for reason, number in (("核实来电", ticket["id"]), ("风险排查", None)):
        hall.row(OPERATOR, "select api.open_camera(%s, %s, %s)", camera["id"], reason, number)
    panel = desk(SUPERVISOR)
    panel.window().trigger("camera.views")
    views = panel.views
    qtbot.waitUntil(lambda: views.model.rowCount() == 2)
    assert [row.entry.reason for row in views.model.rows] == ["风险排查", "核实来电"]
    views.filter.number.setText(ticket["number"])
    qtbot.waitUntil(lambda: [row.number for row in views.model.rows] == [ticket["number"]])
    views.filter.number.clear()
    views.filter.camera.setText(camera["code"])
    qtbot.waitUntil(lambda: views.model.rowCount() == 2)
    path = tmp_path / "views.csv"
    with qtbot.waitSignal(views.export.ended):
        views.export.write(str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["login"], row["reason"]) for row in rows] == [(OPERATOR, "风险排查"), (OPERATOR, "核实来电")]
    assert SUPERVISOR in rows[0]["exported_by"]
    begun, ended = hall.rows(
        SUPERVISOR, "select kind, detail from api.audit_entries where subject = 'camera_views' order by id"
    )
    assert (begun["kind"], ended["kind"]) == ("export", "export_end")
    assert (ended["detail"]["rows"], ended["detail"]["handed_out"]) == (2, 2)


def test_who_looked_is_for_nobody_else(desk: Callable[..., CameraPanel]) -> None:
    panel = desk()
    assert panel.views is None
    context = panel.window().context()
    offered = [each.key for each in panel.window().registry if each.is_enabled(context)]
    assert "camera.views" not in offered
    assert "camera.near" not in offered  # no ticket is in hand
