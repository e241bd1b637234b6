"""Cameras beside the ticket: nearest, kept, on the map, on a round, in a report, accounted for, alive."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from console.camera.near_panel import NEAREST, NearPanel
from console.camera.workspace import CameraPanel
from console.footage.part import FootagePart
from console.ticket.intake import IntakePanel
from console.tour.day import OPERATOR, SUPERVISOR, Day
from console.tour.hands import StepError, press, wait_for
from console.tour.seat import Seat
from console.tour.story_report import need
from console.tour.teller import Step
from console.wall.watch import WatchDesk
from db.admin.camera_sweep import sweep_cameras
from db.admin.context import admin_connection

NINE = "3"


def near(day: Day) -> None:
    """Open the nearest camera beside the ticket in hand; the reason is asked before the picture."""
    seat = day.seat(OPERATOR)
    page = seat.page(need(day.second))
    page.setFocus()
    panel = _near(seat)
    wait_for(lambda: panel.model.rowCount() == NEAREST, "the nearest nine")
    QTest.keyClicks(panel.table, "1")
    _answer(panel.watch)
    _wait_for_pictures(panel.watch, 1)


def keep(day: Day) -> None:
    """Keep the picture with the ticket; the page lists it with the day its recording is overwritten."""
    seat = day.seat(OPERATOR)
    page = seat.page(need(day.second))
    page.setFocus()
    panel = _near(seat)
    wait_for(lambda: panel.model.rowCount() == NEAREST, "the nearest nine")
    QTest.keyClicks(panel.table, "1")
    wait_for(lambda: panel.watch.form.isVisible() or _live(panel.watch), "the question why, or the picture")
    if panel.watch.form.isVisible():
        _answer(panel.watch)
    _wait_for_pictures(panel.watch, 1)
    panel.watch.setFocus()
    press(panel.watch.wall, "K")
    wait_for(lambda: _is_listed(page), "the picture in the list")


def around(day: Day) -> None:
    """Look at the ticket's surroundings on the map."""
    seat = day.seat(OPERATOR)
    page = seat.page(need(day.second))
    page.setFocus()
    seat.press("Shift+F10")
    room = _room(seat)
    wait_for(lambda: room.map.view.subject is not None and bool(room.map.view.heaps), "the cameras around")


def seek(day: Day) -> None:
    """Find a camera by what it watches over, and read its facts."""
    seat = day.seat(OPERATOR)
    room = seat.cameras()
    seat.press("Ctrl+Shift+F10")
    QTest.keyClicks(room.directory.line, "yugang")
    wait_for(lambda: _found(room, "渔港"), "cameras by pinyin")
    wait_for(room.facts.toPlainText, "the facts of the camera")


def round_tour(day: Day) -> None:
    """Go round a shared group, nine pictures at a time, and leave a record."""
    seat, room = _on_round(day)
    _wait_for_pictures(room.watch, len(room.watch.cameras()))
    room.pause_round()
    day.shoot()
    seat.command("camera.round_end", seat.window.registry["camera.round_end"].shown_text())
    wait_for(lambda: not room.run.is_running, "the round to end")
    seat.command("camera.rounds", seat.window.registry["camera.rounds"].shown_text())
    wait_for(room.patrols.stops.rowCount, "the record of the round")
    if not any(stop.was_seen for stop in room.patrols.stops.rows):
        raise StepError("the record says that nothing was seen")


def round_dark(day: Day) -> None:
    """Look at the same in the other theme."""
    seat, room = _on_round(day)
    _wait_for_pictures(room.watch, len(room.watch.cameras()))
    room.pause_round()
    seat.press("Ctrl+Shift+T")
    wait_for(lambda: seat.session.theme.name == "dark", "the dark theme")
    day.shoot()
    seat.press("Ctrl+Shift+T")
    room.stop_round()
    wait_for(lambda: not room.run.is_running, "the round to end")


def report(day: Day) -> None:
    """Make a report of what a camera shows: place, time and picture are filled in (S71)."""
    seat = day.seat(OPERATOR)
    room = seat.cameras()
    seat.press("Ctrl+Shift+F10")
    room.directory.line.clear()
    QTest.keyClicks(room.directory.line, "shuiku")
    wait_for(lambda: _found(room, "水库"), "cameras by pinyin")
    QTest.keyClick(room.directory.line, Qt.Key.Key_Return)
    wait_for(lambda: room.watch.form.isVisible() or _live(room.watch), "the question why, or the picture")
    if room.watch.form.isVisible():
        _answer(room.watch)
    _wait_for_pictures(room.watch, 1)
    room.watch.setFocus()
    press(room.watch.wall, "T")
    wait_for(lambda: isinstance(seat.window.stack.currentWidget(), IntakePanel), "the report")
    intake = seat.window.stack.currentWidget()
    assert isinstance(intake, IntakePanel)
    wait_for(lambda: len(intake.values().footage) == 1, "the picture in the report")


def health(day: Day) -> None:
    """Ask every camera whether it is there, and read the answer as a supervisor."""
    with admin_connection() as connection:
        # The worker's own sweep may be under way.
        wait_for(lambda: sweep_cameras(connection, everything=True) is not None, "the sweep to be ours")
    seat = day.seat(SUPERVISOR)
    panel = seat.camera_health()
    panel.refresh()
    wait_for(panel.groups.rowCount, "the sources")
    wait_for(lambda: any(row.online for row in panel.groups.rows), "cameras that are online")


def who_looked(day: Day) -> None:
    """Read as a supervisor who looked through which camera, and why."""
    seat = day.seat(SUPERVISOR)
    seat.command("camera.views", seat.window.registry["camera.views"].shown_text())
    room = _room(seat)
    views = need(room.views, "register of views")
    wait_for(
        lambda: any(row.number == need(day.second).number for row in views.model.rows), "the ticket's view"
    )


def _near(seat: Seat) -> NearPanel:
    if seat.window.right.aside is None or not seat.window.right.aside.isVisible():
        seat.press("F10")
    wait_for(lambda: isinstance(seat.window.right.aside, NearPanel), "the cameras near the ticket")
    panel = seat.window.right.aside
    assert isinstance(panel, NearPanel)
    return panel


def _room(seat: Seat) -> CameraPanel:
    wait_for(lambda: isinstance(seat.window.stack.currentWidget(), CameraPanel), "the cameras")
    room = seat.window.stack.currentWidget()
    assert isinstance(room, CameraPanel)
    return room


def _on_round(day: Day) -> tuple[Seat, CameraPanel]:
    seat = day.seat(OPERATOR)
    room = seat.cameras()
    room.show_page("wall")
    room.watch.setFocus()
    press(room.watch.wall, NINE)
    room.show_groups()
    wait_for(lambda: room.directory.groups.group() is not None, "the groups")
    seat.command("camera.round", seat.window.registry["camera.round"].shown_text())
    wait_for(lambda: room.watch.form.isVisible() or room.run.is_running, "the round or its question")
    if room.watch.form.isVisible():
        _answer(room.watch)
    wait_for(lambda: room.run.is_running and bool(room.watch.cameras()), "the round")
    return seat, room


def _answer(watch: WatchDesk) -> None:
    wait_for(watch.form.isVisible, "the question why")
    QTest.keyClick(watch.form.reasons, Qt.Key.Key_Return)


def _is_listed(page: QWidget) -> bool:
    part = page.findChild(FootagePart)
    return part is not None and part.isVisible() and "SHA-256" in part.view.toPlainText()


def _found(room: CameraPanel, word: str) -> bool:
    rows = room.directory.hits.rows
    return bool(rows) and all(word in row.camera.name for row in rows)


def _live(watch: WatchDesk) -> int:
    return sum(tile.freshness == "live" for tile in watch.wall.places)


def _wait_for_pictures(watch: WatchDesk, wanted: int) -> None:
    wait_for(lambda: _live(watch) >= wanted, f"{wanted} live pictures")


STEPS = (
    Step("cameras-near", near, ("hold",)),
    Step("cameras-keep", keep, ("cameras-near",)),
    Step("cameras-around", around, ("hold",)),
    Step("cameras-find", seek),
    Step("cameras-round", round_tour),
    Step("cameras-round-dark", round_dark, ("cameras-round",)),
    Step("cameras-report", report),
    Step("cameras-health", health),
    Step("cameras-who-looked", who_looked, ("cameras-near",)),
)
