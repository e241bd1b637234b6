"""Moments and events in the operator's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from PySide6.QtCore import QCoreApplication

from console.directory.record import Directory
from console.ticket.field_words import FIELD_WORDS, field_word
from console.ticket.page_record import Event

translate = QCoreApplication.translate

# Which reason list the code in a payload comes from.
CODE_LISTS = {
    ("forward", "target"): "forward",
    ("propose_refusal", "reason"): "refuse",
    ("ask_extension", "reason"): "extension",
    ("return", "basis"): "return",
    ("ask_hold", "cause"): "hold",
    ("record_contact", "how"): "contact",
    ("propose_end", "end"): "end",
    ("callback_result", "satisfaction"): "satisfaction",
}
UNIT_FIELDS = frozenset({"unit", "suggested_unit"})
TIME_FIELDS = frozenset({"at", "contacted_at", "taken_at"})
# What the first event repeats from the sheet beside it.
SHEET_ACTIONS = frozenset({"open", "report", "import"})


def moment_text(moment: datetime, zone: tzinfo) -> str:
    """Show a moment in the district's time."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def day_text(day: date) -> str:
    """Show a day."""
    return day.strftime("%Y-%m-%d")


def payload_lines(directory: Directory, event: Event, numbers: Mapping[int, str]) -> list[tuple[str, str]]:
    """Return label and text of everything a person said in an event; what machines keep has no word."""
    if event.action in SHEET_ACTIONS:
        return []
    lines = [
        (
            field_word(name),
            numbers.get(value, "") if name == "main" else value_text(directory, event.action, name, value),
        )
        for name, value in event.payload.items()
        if name in FIELD_WORDS
    ]
    return [(label, text) for label, text in lines if text]


def value_text(directory: Directory, action: str, name: str, value: Any) -> str:
    """Return one value of a payload in words."""
    if isinstance(value, bool):
        return translate("events", "yes") if value else translate("events", "no")
    if name in UNIT_FIELDS:
        return directory.unit_name(value)
    if name == "assist":
        return "、".join(directory.unit_name(unit_id) for unit_id in value)
    if name == "category":
        return directory.category_path(value)
    if name == "place":
        return directory.place_path(value)
    if name == "staff":
        return directory.staff_name(value)
    if name in TIME_FIELDS and value:
        return moment_text(datetime.fromisoformat(value), directory.workdays.tz)
    listed = CODE_LISTS.get((action, name))
    return directory.reason_name(listed, value) if listed else "" if value is None else str(value)
