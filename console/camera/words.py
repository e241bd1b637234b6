"""Cameras in words: how they are, what they are for, where they look, how far away they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from html import escape

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.camera.record import Camera
from console.directory.record import Code, Directory
from console.kit.html import cell, heading, table
from console.kit.lamp import Light

translate = QCoreApplication.translate

STATUS: Mapping[str, object] = {
    "unknown": QT_TRANSLATE_NOOP("Cameras", "not known"),
    "online": QT_TRANSLATE_NOOP("Cameras", "online"),
    "refused": QT_TRANSLATE_NOOP("Cameras", "cannot be reached"),
    "timeout": QT_TRANSLATE_NOOP("Cameras", "does not answer"),
    "credentials": QT_TRANSLATE_NOOP("Cameras", "refuses the credentials"),
    "no_stream": QT_TRANSLATE_NOOP("Cameras", "has no such stream"),
    "bad_answer": QT_TRANSLATE_NOOP("Cameras", "answers nonsense"),
}
STOPS: Mapping[str, object] = {
    "playing": QT_TRANSLATE_NOOP("Cameras", "shown"),
    "asking": QT_TRANSLATE_NOOP("Cameras", "no picture in time"),
    "connecting": QT_TRANSLATE_NOOP("Cameras", "no picture in time"),
    "waiting": QT_TRANSLATE_NOOP("Cameras", "no picture in time"),
    "stopped": QT_TRANSLATE_NOOP("Cameras", "closed"),
    "frozen": QT_TRANSLATE_NOOP("Cameras", "frozen"),
    "refused": QT_TRANSLATE_NOOP("Cameras", "not allowed, or no address"),
    "unreachable": QT_TRANSLATE_NOOP("Cameras", "cannot be reached"),
    "credentials": QT_TRANSLATE_NOOP("Cameras", "refuses the credentials"),
    "no_stream": QT_TRANSLATE_NOOP("Cameras", "has no such stream"),
    "codec": QT_TRANSLATE_NOOP("Cameras", "cannot be decoded here"),
    "silent": QT_TRANSLATE_NOOP("Cameras", "sends nothing"),
    "garbage": QT_TRANSLATE_NOOP("Cameras", "sends nonsense"),
    "ended": QT_TRANSLATE_NOOP("Cameras", "broke off"),
}
WINDS: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("Cameras", "north"),
    QT_TRANSLATE_NOOP("Cameras", "north-east"),
    QT_TRANSLATE_NOOP("Cameras", "east"),
    QT_TRANSLATE_NOOP("Cameras", "south-east"),
    QT_TRANSLATE_NOOP("Cameras", "south"),
    QT_TRANSLATE_NOOP("Cameras", "south-west"),
    QT_TRANSLATE_NOOP("Cameras", "west"),
    QT_TRANSLATE_NOOP("Cameras", "north-west"),
)
KINDS: Mapping[str, object] = {
    "live": QT_TRANSLATE_NOOP("Cameras", "looked at"),
    "patrol": QT_TRANSLATE_NOOP("Cameras", "round tour"),
    "still": QT_TRANSLATE_NOOP("Cameras", "still picture"),
    "clip": QT_TRANSLATE_NOOP("Cameras", "clip"),
    "ptz": QT_TRANSLATE_NOOP("Cameras", "moved"),
}
ONLINE, UNKNOWN = "online", "unknown"
_DAY = timedelta(days=1)


def status_word(camera: Camera) -> str:
    """Say how a camera is; whether it was never looked at, or too long ago, are two things."""
    if camera.last_status is None:
        return translate("Cameras", "not looked at yet")
    if camera.status == camera.last_status:
        return _word(camera.status)
    return translate("Cameras", "last: {words}; not known now").format(words=_word(camera.last_status))


def status_light(status: str) -> Light:
    """Return the lamp of a status: green online, grey not known, red anything else."""
    return {ONLINE: Light.GREEN, UNKNOWN: Light.HELD}.get(status, Light.RED)


def stop_word(state: str) -> str:
    """Say how the stream of a camera was when a round left it."""
    return translate("Cameras", str(STOPS[state])) if state in STOPS else state


def wind(degrees: float) -> str:
    """Name one of eight directions."""
    return translate("Cameras", str(WINDS[round(degrees / 45) % 8]))


def looks_to(bearing: int | None) -> str:
    """Say where a camera looks."""
    return translate("Cameras", "turns") if bearing is None else wind(bearing)


def kind_word(kind: str) -> str:
    """Name what a view was for."""
    return translate("Cameras", str(KINDS[kind])) if kind in KINDS else kind


def distance_words(metres: float) -> str:
    """Say a distance with its unit."""
    if metres < 1000:
        return translate("Cameras", "{n} m").format(n=round(metres))
    text = translate("Cameras", "{n} km")
    return text.format(n=f"{metres / 1000:.1f}".removesuffix(".0"))


def span_words(seconds: float) -> str:
    """Say how long something took, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def facts_html(
    camera: Camera, directory: Directory, sources: Mapping[str, Code], now: datetime, views: str = ""
) -> str:
    """Return what is known of a camera as rich text; `views` is a ready table of the last views."""
    zone = directory.workdays.tz
    rows = (
        (translate("Cameras", "Status"), _standing(camera, now, zone)),
        (translate("Cameras", "Place"), directory.place_path(camera.territory_id)),
        (translate("Cameras", "Looks to"), looks_to(camera.bearing_deg)),
        (translate("Cameras", "System"), directory.code_name(sources, camera.source)),
        (translate("Cameras", "Purpose"), directory.reason_name("camera_purpose", camera.purpose)),
        (translate("Cameras", "Stands at"), directory.reason_name("camera_place", camera.place_kind)),
        (translate("Cameras", "Belongs to"), directory.unit_name(camera.owner_unit_id)),
        (translate("Cameras", "Keeps pictures"), _days(camera.retention_days)),
        (translate("Cameras", "Can be moved"), _yes_or_no(camera.has_ptz)),
        (translate("Cameras", "Code"), camera.code),
        (translate("Cameras", "National code"), camera.national_code or ""),
    )
    body = table(f"{cell(label, 'm')}<td>{escape(text)}</td>" for label, text in rows if text)
    gone = "" if camera.is_active else _note("r", translate("Cameras", "Not in service."))
    demo = _note("f", translate("Cameras", "Made up for the demo.")) if camera.is_demo else ""
    return f'<p class="b">{escape(camera.name)}</p>{gone}{body}{views}{demo}'


def section(title: str, rows: list[tuple[str, ...]]) -> str:
    """Return a titled table of plain cells; nothing without rows."""
    return heading(title) + table("".join(cell(text, "n") for text in row) for row in rows) if rows else ""


def _word(status: str) -> str:
    return translate("Cameras", str(STATUS.get(status, status)))


def _note(look: str, text: str) -> str:
    return f'<p class="{look}">{escape(text)}</p>'


def _standing(camera: Camera, now: datetime, zone: tzinfo) -> str:
    word = status_word(camera)
    if camera.status_since is None or camera.status == UNKNOWN:  # it was so since then, and may be no more
        return word
    since = camera.status_since.astimezone(zone)
    moment = f"{since:%H:%M}" if now - camera.status_since < _DAY else f"{since:%Y-%m-%d %H:%M}"
    return translate("Cameras", "{status} since {moment}").format(status=word, moment=moment)


def _days(days: int) -> str:
    return translate("Cameras", "{n} days").format(n=days)


def _yes_or_no(is_so: bool) -> str:
    return translate("Cameras", "yes") if is_so else translate("Cameras", "no")
