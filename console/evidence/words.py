"""Entries of the register in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.directory.record import Directory
from console.evidence.record import CHANGES, Entry
from console.kit.html import cell, heading, link, table

translate = QCoreApplication.translate

KINDS: Mapping[str, object] = {
    "reveal": QT_TRANSLATE_NOOP("register", "Caller revealed"),
    "reveals_seen": QT_TRANSLATE_NOOP("register", "Day's reveals looked over"),
    "phone_search": QT_TRANSLATE_NOOP("register", "Searched by the end of a number"),
    "caller_lookup": QT_TRANSLATE_NOOP("register", "Tickets of a number looked up"),
    "take_over": QT_TRANSLATE_NOOP("register", "Ticket taken from a colleague"),
    "export": QT_TRANSLATE_NOOP("register", "Taken out"),
    "export_end": QT_TRANSLATE_NOOP("register", "Taking out finished"),
    "login": QT_TRANSLATE_NOOP("register", "Login"),
    "password": QT_TRANSLATE_NOOP("register", "Password changed"),
    "right": QT_TRANSLATE_NOOP("register", "Rights changed"),
    "setting": QT_TRANSLATE_NOOP("register", "Setting changed"),
    "policy": QT_TRANSLATE_NOOP("register", "Time limit changed"),
    "camera_view": QT_TRANSLATE_NOOP("register", "Looked through a camera"),
    "camera_view_end": QT_TRANSLATE_NOOP("register", "Look through a camera ended"),
    "ptz_move": QT_TRANSLATE_NOOP("register", "Camera steered"),
    "footage_kept": QT_TRANSLATE_NOOP("register", "Camera picture kept"),
    "footage_given": QT_TRANSLATE_NOOP("register", "Camera picture given to a ticket"),
    "footage_view": QT_TRANSLATE_NOOP("register", "Kept picture looked at"),
    "footage_served": QT_TRANSLATE_NOOP("register", "Kept picture has served"),
    "footage_needed": QT_TRANSLATE_NOOP("register", "Kept picture still needed"),
    "footage_deleted": QT_TRANSLATE_NOOP("register", "Kept picture deleted"),
}
GROUP_WORDS: Mapping[str, object] = {
    "": QT_TRANSLATE_NOOP("register", "Everything"),
    "reveals": QT_TRANSLATE_NOOP("register", "Callers revealed"),
    "exports": QT_TRANSLATE_NOOP("register", "Exports and prints"),
    "logins": QT_TRANSLATE_NOOP("register", "Logins and passwords"),
    "rights": QT_TRANSLATE_NOOP("register", "Rights"),
    "rules": QT_TRANSLATE_NOOP("register", "Settings and time limits"),
    "cameras": QT_TRANSLATE_NOOP("register", "Cameras"),
}
EXPORTS: Mapping[str, object] = {
    "tickets": QT_TRANSLATE_NOOP("register", "list of tickets"),
    "ticket_sheet": QT_TRANSLATE_NOOP("register", "sheet of a ticket"),
    "register": QT_TRANSLATE_NOOP("register", "register"),
    "anchors": QT_TRANSLATE_NOOP("register", "seals"),
    "footage": QT_TRANSLATE_NOOP("register", "kept picture"),
}
FIELDS: Mapping[str, object] = {
    "name": QT_TRANSLATE_NOOP("register", "Name"),
    "unit": QT_TRANSLATE_NOOP("register", "Unit"),
    "duties": QT_TRANSLATE_NOOP("register", "Duties"),
    "on_duty": QT_TRANSLATE_NOOP("register", "On duty"),
    "from": QT_TRANSLATE_NOOP("register", "Works here from"),
    "until": QT_TRANSLATE_NOOP("register", "Works here until"),
}
DUTIES: Mapping[str, object] = {
    "operator": QT_TRANSLATE_NOOP("register", "operator"),
    "callback": QT_TRANSLATE_NOOP("register", "callback"),
    "unit": QT_TRANSLATE_NOOP("register", "handling unit"),
    "clerk": QT_TRANSLATE_NOOP("register", "mediation clerk"),
    "supervisor": QT_TRANSLATE_NOOP("register", "shift supervisor"),
    "inspector": QT_TRANSLATE_NOOP("register", "inspector"),
    "leader": QT_TRANSLATE_NOOP("register", "centre leader"),
    "admin": QT_TRANSLATE_NOOP("register", "administrator"),
    "system": QT_TRANSLATE_NOOP("register", "system"),
    "intake": QT_TRANSLATE_NOOP("register", "other system"),
    "wall": QT_TRANSLATE_NOOP("register", "wall"),
}
VIEW_ENDS: Mapping[str, object] = {
    "closed": QT_TRANSLATE_NOOP("register", "closed by the person"),
    "silent": QT_TRANSLATE_NOOP("register", "the desk was no longer heard of"),
    "revoked": QT_TRANSLATE_NOOP("register", "the right was taken away"),
    "released": QT_TRANSLATE_NOOP("register", "let go by the person"),
    "idle": QT_TRANSLATE_NOOP("register", "nobody steered any more"),
    "taken_over": QT_TRANSLATE_NOOP("register", "taken over by a supervisor"),
}
CAMERA_KINDS = frozenset({"camera_view", "camera_view_end", "ptz_move"})
ABOUT_PERSON = frozenset({"right", "password"})


def kind_word(kind: str) -> str:
    """Name a kind; an unknown one as it is written."""
    return _word(KINDS, kind)


def group_word(group: str) -> str:
    """Name what can be asked for."""
    return _word(GROUP_WORDS, group)


def about(directory: Directory, entry: Entry) -> str:
    """Say in a few words what an entry is about."""
    if entry.kind in ("export", "export_end"):
        return _export(entry)
    if entry.kind in ABOUT_PERSON:
        return directory.staff_name(entry.subject)
    if entry.kind == "login":
        return translate("register", "console {version}").format(version=entry.subject)
    if entry.kind == "reveals_seen":
        return entry.subject
    if entry.kind in CAMERA_KINDS:
        return _camera(entry)
    return entry.title or entry.subject


def moment(at: datetime, directory: Directory) -> str:
    """Show a moment to the second in the district's time."""
    return f"{at.astimezone(directory.workdays.tz):%Y-%m-%d %H:%M:%S}"


def person(login: str, directory: Directory) -> str:
    """Name a person with unit and login, as far as they are known."""
    known = directory.staff.get(login)
    if known is None:
        return login
    unit = directory.unit_name(known.unit_id)
    return " · ".join(part for part in (known.name, unit, login) if part)


def entry_html(directory: Directory, entry: Entry) -> str:
    """Return everything an entry says as rich text."""
    facts = (
        (translate("register", "When"), escape(moment(entry.at, directory))),
        (translate("register", "Who"), escape(person(entry.login, directory))),
        (translate("register", "What"), escape(_what(directory, entry))),
        (translate("register", "Ticket"), _ticket(entry)),
        (translate("register", "Whom"), escape(entry.caller_label or "") if entry.kind == "reveal" else ""),
        (translate("register", "Why"), escape(entry.reason)),
        (translate("register", "Asked for"), escape(_asked(entry.detail.get("filter")))),
        (translate("register", "From address"), escape(entry.address or "")),
        (translate("register", "Number in the register"), str(entry.id)),
    )
    rows = (f"{cell(label, 'm')}<td>{text}</td>" for label, text in facts if text)
    return f"{heading(kind_word(entry.kind))}{table(rows)}{_changes(directory, entry)}"


def _what(directory: Directory, entry: Entry) -> str:
    if entry.kind == "export":
        shown = {
            True: translate("register", "the caller in plain sight"),
            False: translate("register", "the caller masked"),
        }.get(entry.detail.get("revealed"))  # type: ignore[arg-type] # older entries do not know
        return ", ".join(part for part in (_export(entry), shown) if part)
    if entry.kind in ABOUT_PERSON:
        if entry.kind == "password" and entry.subject == entry.login:
            return translate("register", "chose a password of their own")
        return person(entry.subject, directory)
    if entry.kind == "camera_view_end":
        return f"{_camera(entry)} – {person(str(entry.detail.get('login', '')), directory)}"
    return about(directory, entry) if entry.kind != "reveal" else ""


def _export(entry: Entry) -> str:
    what = _word(EXPORTS, entry.subject)
    if entry.kind == "export":
        return what
    detail = entry.detail
    if "handed_out" in detail:
        text = translate(
            "register", "{what}, rows handed out: {handed}, the desk says {n} (began as № {begun})"
        )
    else:
        text = translate("register", "{what}, rows as the desk says: {n} (began as № {begun})")
    n, begun, handed = (detail.get(key, "?") for key in ("rows", "begun", "handed_out"))
    return text.format(what=what, n=n, begun=begun, handed=handed)


def _camera(entry: Entry) -> str:
    """Name the camera, and at the end of a view how long it was and why it ended."""
    name = f"{entry.detail.get('camera', '')} ({entry.subject})"
    if entry.kind == "camera_view":
        return name
    if entry.kind == "ptz_move":
        return f"{name}: {_movement(entry)}"
    text = translate("register", "{camera}: {time} min, {cause}")
    minutes, seconds = divmod(int(entry.detail.get("seconds", 0)), 60)
    cause = _word(VIEW_ENDS, str(entry.detail.get("cause", "")))
    return text.format(camera=name, time=f"{minutes}:{seconds:02}", cause=cause)


def _movement(entry: Entry) -> str:
    """Say where a camera was turned, how fast and for how long."""
    detail = entry.detail
    if "preset" in detail:
        return translate("register", "to the position {name}").format(name=detail["preset"])
    axes = {
        translate("register", "pan"): detail.get("pan"),
        translate("register", "tilt"): detail.get("tilt"),
        translate("register", "zoom"): detail.get("zoom"),
    }
    turned = ", ".join(f"{axis} {speed:+d}" for axis, speed in axes.items() if speed)
    return translate("register", "{movement} for {seconds} s").format(
        movement=turned, seconds=detail.get("seconds", "?")
    )


def _ticket(entry: Entry) -> str:
    if entry.ticket_id is None or entry.number is None:
        return ""
    return f"{link(f'ticket:{entry.ticket_id}', entry.number)} {escape(entry.title or '')}"


def _asked(asked: Any) -> str:
    return json.dumps(asked, ensure_ascii=False) if asked else ""


def _changes(directory: Directory, entry: Entry) -> str:
    if entry.kind not in CHANGES:
        return ""
    old, new = entry.detail.get("old"), entry.detail.get("new")
    head = ("", translate("register", "before"), translate("register", "after"))
    return table(_change_rows(directory, entry, old, new), head)


def _change_rows(directory: Directory, entry: Entry, old: Any, new: Any) -> Iterable[str]:
    if not isinstance(new, dict) and not isinstance(old, dict):
        old, new = {entry.subject: old}, {entry.subject: new}
    before, after = old or {}, new or {}
    for key in {**before, **after}:
        was, is_now = before.get(key), after.get(key)
        if was != is_now:
            name = _word(FIELDS, key) if entry.kind == "right" else key
            values = (_value(directory, entry.kind, key, value) for value in (was, is_now))
            yield cell(name, "m") + "".join(cell(value) for value in values)


def _value(directory: Directory, kind: str, key: str, value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return translate("register", "yes") if value else translate("register", "no")
    if kind == "right" and key == "duties":
        return "、".join(_word(DUTIES, duty) for duty in value)
    if kind == "right" and key == "unit":
        return directory.unit_name(value) or str(value)
    if kind == "right" and key in ("from", "until"):
        return moment(datetime.fromisoformat(value), directory)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _word(words: Mapping[str, object], key: str) -> str:
    return translate("register", str(words[key])) if key in words else key
