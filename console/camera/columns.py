"""What the tables of the camera room show."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.camera.patrol_record import Patrol, Stop
from console.camera.record import CameraHit, ViewEntry
from console.camera.view_reading import ViewRow
from console.camera.words import (
    distance_words,
    kind_word,
    looks_to,
    span_words,
    status_light,
    status_word,
    stop_word,
    wind,
)
from console.kit.lamp import Light
from console.kit.table import RIGHT, Column

if TYPE_CHECKING:
    from console.app.session import Session

NAME, WHY, REMARK = "name", "why", "remark"


def hit_columns(session: Session) -> tuple[Column[CameraHit], ...]:
    """Return the columns of found cameras."""
    return (
        _lamp(),
        Column(NAME, QT_TRANSLATE_NOOP("columns", "Camera"), lambda h: h.camera.name, 150, tip=_tip),
        Column(
            "place",
            QT_TRANSLATE_NOOP("columns", "Place"),
            lambda h: session.directory.place_path(h.camera.territory_id).rpartition(" › ")[2],
            90,
            tip=lambda h: session.directory.place_path(h.camera.territory_id),
        ),
    )


def near_columns() -> tuple[Column[CameraHit], ...]:
    """Return the columns of the cameras near a ticket."""
    return (
        Column("n", QT_TRANSLATE_NOOP("columns", "Key"), lambda h: str(h.rank), 34),
        _lamp(),
        Column(NAME, QT_TRANSLATE_NOOP("columns", "Camera"), lambda h: h.camera.name, 170, tip=_tip),
        Column(
            "metres",
            QT_TRANSLATE_NOOP("columns", "Distance"),
            lambda h: "" if h.metres is None else distance_words(h.metres),
            66,
            align=RIGHT,
        ),
        Column(
            "wind",
            QT_TRANSLATE_NOOP("columns", "Lies"),
            lambda h: "" if h.bearing is None else wind(h.bearing),
            72,
        ),
        Column(
            "looks", QT_TRANSLATE_NOOP("columns", "Looks to"), lambda h: looks_to(h.camera.bearing_deg), 72
        ),
        Column(
            "status",
            QT_TRANSLATE_NOOP("columns", "Status"),
            lambda h: status_word(h.camera),
            110,
            tip=lambda h: status_word(h.camera),
        ),
    )


def patrol_columns(session: Session) -> tuple[Column[Patrol], ...]:
    """Return the columns of round tours."""
    return (
        Column("at", QT_TRANSLATE_NOOP("columns", "Begun"), lambda p: moment(p.started_at, session), 140),
        Column("group", QT_TRANSLATE_NOOP("columns", "Group"), lambda p: p.group_name, 150),
        Column(
            "who", QT_TRANSLATE_NOOP("columns", "Who"), lambda p: session.directory.staff_name(p.login), 80
        ),
        Column(
            "unit",
            QT_TRANSLATE_NOOP("columns", "Unit"),
            lambda p: session.directory.unit_name(p.unit_id),
            110,
        ),
        Column(
            "seen", QT_TRANSLATE_NOOP("columns", "Seen"), lambda p: f"{p.seen} / {p.planned}", 66, align=RIGHT
        ),
        Column(
            "missed", QT_TRANSLATE_NOOP("columns", "No picture"), lambda p: str(p.missed), 72, align=RIGHT
        ),
        Column("span", QT_TRANSLATE_NOOP("columns", "Lasted"), _lasted, 70, align=RIGHT),
        Column(
            REMARK, QT_TRANSLATE_NOOP("columns", "Remarks"), lambda p: p.remarks, 200, tip=lambda p: p.remarks
        ),
    )


def stop_columns(session: Session) -> tuple[Column[Stop], ...]:
    """Return the columns of the cameras of a round."""
    return (
        Column("n", QT_TRANSLATE_NOOP("columns", "No."), lambda s: str(s.n), 40, align=RIGHT),
        Column(
            "lamp",
            "",
            lambda s: stop_word(s.state),
            34,
            light=lambda s: Light.GREEN if s.was_seen else Light.RED,
        ),
        Column(NAME, QT_TRANSLATE_NOOP("columns", "Camera"), lambda s: s.name or str(s.camera_id), 200),
        Column("state", QT_TRANSLATE_NOOP("columns", "Picture"), lambda s: stop_word(s.state), 130),
        Column(
            "span", QT_TRANSLATE_NOOP("columns", "Seen for"), lambda s: span_words(s.seconds), 70, align=RIGHT
        ),
        Column("at", QT_TRANSLATE_NOOP("columns", "When"), lambda s: moment(s.at, session)[11:], 60),
        Column(
            REMARK, QT_TRANSLATE_NOOP("columns", "Remarks"), lambda s: s.remark, 160, tip=lambda s: s.remark
        ),
    )


def view_columns(session: Session) -> tuple[Column[ViewRow], ...]:
    """Return the columns of the register of views."""

    def who(row: ViewRow) -> str:
        return session.directory.staff_name(row.entry.login)

    def unit(row: ViewRow) -> str:
        return session.directory.unit_name(row.entry.unit_id)

    return (
        Column("at", QT_TRANSLATE_NOOP("columns", "When"), lambda v: moment(v.entry.at, session), 140),
        Column("who", QT_TRANSLATE_NOOP("columns", "Who"), who, 80),
        Column("unit", QT_TRANSLATE_NOOP("columns", "Unit"), unit, 110),
        Column("camera", QT_TRANSLATE_NOOP("columns", "Camera"), _camera, 180, tip=_camera),
        Column("kind", QT_TRANSLATE_NOOP("columns", "What"), lambda v: kind_word(v.entry.kind), 90),
        Column(
            "span", QT_TRANSLATE_NOOP("columns", "How long"), lambda v: view_span(v.entry), 76, align=RIGHT
        ),
        Column("number", QT_TRANSLATE_NOOP("columns", "Ticket"), lambda v: v.number, 118),
        Column(WHY, QT_TRANSLATE_NOOP("columns", "Why"), _why, 220, tip=_why),
    )


def view_span(entry: ViewEntry) -> str:
    """Say how long somebody looked, or that they still do."""
    if entry.seconds is None:
        return QCoreApplication.translate("Cameras", "goes on")
    return span_words(entry.seconds)


def moment(at: datetime, session: Session) -> str:
    """Show a moment in the district's time."""
    return f"{at.astimezone(session.directory.workdays.tz):%Y-%m-%d %H:%M}"


def _lamp() -> Column[CameraHit]:
    return Column(
        "lamp",
        "",
        lambda h: status_word(h.camera),
        34,
        light=lambda h: status_light(h.camera.status),
        tip=lambda h: status_word(h.camera),
    )


def _camera(row: ViewRow) -> str:
    return row.entry.camera


def _why(row: ViewRow) -> str:
    return row.entry.reason


def _tip(hit: CameraHit) -> str:
    return f"{hit.camera.name}\n{hit.camera.code} · {status_word(hit.camera)}"


def _lasted(patrol: Patrol) -> str:
    end = patrol.ended_at or patrol.last_at
    if end is None:
        return ""
    span = span_words((end - patrol.started_at).total_seconds())
    if patrol.was_left:
        return QCoreApplication.translate("Cameras", "{span}, left off").format(span=span)
    return span
