"""What the tables of cameras' health show, and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.health.store import Down
from console.kit.table import RIGHT, Column

if TYPE_CHECKING:
    from console.app.session import Session

STATUSES: Mapping[str, object] = {
    "online": QT_TRANSLATE_NOOP("camera", "online"),
    "refused": QT_TRANSLATE_NOOP("camera", "connection refused"),
    "timeout": QT_TRANSLATE_NOOP("camera", "no answer"),
    "credentials": QT_TRANSLATE_NOOP("camera", "online, wants a login"),
    "no_stream": QT_TRANSLATE_NOOP("camera", "no such stream"),
    "bad_answer": QT_TRANSLATE_NOOP("camera", "answers wrongly"),
    "unknown": QT_TRANSLATE_NOOP("camera", "not known"),
}


@dataclass(frozen=True)
class GroupRow:
    """A source, a town, or all of them (key '')."""

    key: str
    name: str
    total: int
    online: int
    down: int
    unknown: int
    place: int

    @property
    def share(self) -> str:
        """Return the share online in percent; a dash where nothing is known."""
        known = self.total - self.unknown
        return f"{100 * self.online / self.total:.1f} %" if known else "–"


def translate(context: str, text: object) -> str:
    """Say a marked text in the person's language."""
    return QCoreApplication.translate(context, str(text))


def status_words(down: Down) -> str:
    """Say what came of the last question, and that it is old when it is."""
    words = translate("camera", STATUSES.get(down.last_status, down.last_status))
    if down.status == "unknown":
        return translate("camera", QT_TRANSLATE_NOOP("camera", "not known now; was: {words}")).format(
            words=words
        )
    return words


def lasting(span: timedelta) -> str:
    """Say how long something has lasted, in its two largest units."""
    minutes = max(0, round(span.total_seconds() / 60))
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return translate("camera", QT_TRANSLATE_NOOP("camera", "{days} d {hours} h")).format(
            days=days, hours=hours
        )
    return translate("camera", QT_TRANSLATE_NOOP("camera", "{hours} h {minutes} min")).format(
        hours=hours, minutes=minutes % 60
    )


def group_columns() -> tuple[Column[GroupRow], ...]:
    """Return the columns of the figures."""
    return (
        Column("name", QT_TRANSLATE_NOOP("columns", "Cameras"), lambda row: row.name, 170),
        _count(QT_TRANSLATE_NOOP("columns", "All"), "total", lambda row: row.total),
        _count(QT_TRANSLATE_NOOP("columns", "Online"), "online", lambda row: row.online),
        Column("share", QT_TRANSLATE_NOOP("columns", "Share"), lambda row: row.share, 72, align=RIGHT),
        _count(QT_TRANSLATE_NOOP("columns", "Down"), "down", lambda row: row.down),
        _count(QT_TRANSLATE_NOOP("columns", "Not known"), "unknown", lambda row: row.unknown),
    )


def down_columns(
    session: Session, source_name: Callable[[str], str], now: Callable[[], datetime]
) -> tuple[Column[Down], ...]:
    """Return the columns of the cameras that are down."""

    def moment(at: datetime) -> str:
        return f"{at.astimezone(session.directory.workdays.tz):%Y-%m-%d %H:%M}"

    return (
        Column(
            "name",
            QT_TRANSLATE_NOOP("columns", "Camera"),
            lambda row: row.name,
            220,
            tip=lambda row: row.code,
        ),
        Column("source", QT_TRANSLATE_NOOP("columns", "System"), lambda row: source_name(row.source), 110),
        Column(
            "place",
            QT_TRANSLATE_NOOP("columns", "Place"),
            lambda row: session.directory.place_path(row.territory_id),
            240,
        ),
        Column("status", QT_TRANSLATE_NOOP("columns", "Last answer"), status_words, 170),
        Column("since", QT_TRANSLATE_NOOP("columns", "Down since"), lambda row: moment(row.since), 130),
        Column(
            "lasts",
            QT_TRANSLATE_NOOP("columns", "For"),
            lambda row: lasting(now() - row.since),
            90,
            align=RIGHT,
        ),
        Column("number", QT_TRANSLATE_NOOP("columns", "Repair ticket"), lambda row: row.number or "", 120),
    )


def _count(title: object, key: str, number: Callable[[GroupRow], int]) -> Column[GroupRow]:
    return Column(key, title, lambda row: f"{number(row):,}", 78, align=RIGHT)
