"""Words for the fields of an action's payload, by field name."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

FIELD_WORDS: dict[str, object] = {
    "accused_staff": QT_TRANSLATE_NOOP("fields", "Person complained about"),
    "accused_unit": QT_TRANSLATE_NOOP("fields", "Unit complained about"),
    "answer": QT_TRANSLATE_NOOP("fields", "Answer to the caller"),
    "assist": QT_TRANSLATE_NOOP("fields", "Assisting units"),
    "at": QT_TRANSLATE_NOOP("fields", "When"),
    "basis": QT_TRANSLATE_NOOP("fields", "Basis"),
    "body": QT_TRANSLATE_NOOP("fields", "What the caller says"),
    "by": QT_TRANSLATE_NOOP("fields", "By when"),
    "category": QT_TRANSLATE_NOOP("fields", "Category"),
    "category_id": QT_TRANSLATE_NOOP("fields", "Category"),
    "camera": QT_TRANSLATE_NOOP("fields", "Camera"),
    "camera_name": QT_TRANSLATE_NOOP("fields", "Where"),
    "cause": QT_TRANSLATE_NOOP("fields", "Objective cause"),
    "complex": QT_TRANSLATE_NOOP("fields", "Complex matter"),
    "contacted_at": QT_TRANSLATE_NOOP("fields", "Caller contacted at"),
    "defect": QT_TRANSLATE_NOOP("fields", "What is missing"),
    "done": QT_TRANSLATE_NOOP("fields", "What was done"),
    "due_on": QT_TRANSLATE_NOOP("fields", "To be done by"),
    "end": QT_TRANSLATE_NOOP("fields", "Reason to end"),
    "explained": QT_TRANSLATE_NOOP("fields", "Explained to the caller"),
    "how": QT_TRANSLATE_NOOP("fields", "How"),
    "is_urgent": QT_TRANSLATE_NOOP("fields", "Urgent"),
    "main": QT_TRANSLATE_NOOP("fields", "Main ticket"),
    "minutes": QT_TRANSLATE_NOOP("fields", "Minutes of the conference"),
    "misdirected": QT_TRANSLATE_NOOP("fields", "Sent to the wrong unit by the centre"),
    "name": QT_TRANSLATE_NOOP("fields", "Name"),
    "note": QT_TRANSLATE_NOOP("fields", "Note"),
    "notice": QT_TRANSLATE_NOOP("fields", "Notice to the caller"),
    "place": QT_TRANSLATE_NOOP("fields", "Place"),
    "phone": QT_TRANSLATE_NOOP("fields", "Number"),
    "place_id": QT_TRANSLATE_NOOP("fields", "Place"),
    "plan": QT_TRANSLATE_NOOP("fields", "Plan"),
    "reason": QT_TRANSLATE_NOOP("fields", "Reason"),
    "report": QT_TRANSLATE_NOOP("fields", "Report to the leader"),
    "restart_contact": QT_TRANSLATE_NOOP("fields", "Start the contact clock anew"),
    "review_on": QT_TRANSLATE_NOOP("fields", "Review on"),
    "satisfaction": QT_TRANSLATE_NOOP("fields", "Satisfaction"),
    "sha256": QT_TRANSLATE_NOOP("fields", "SHA-256"),
    "solved": QT_TRANSLATE_NOOP("fields", "Solved"),
    "staff": QT_TRANSLATE_NOOP("fields", "Person who withdraws"),
    "suggested_unit": QT_TRANSLATE_NOOP("fields", "Right unit, as you see it"),
    "taken_at": QT_TRANSLATE_NOOP("fields", "Taken at"),
    "target": QT_TRANSLATE_NOOP("fields", "Forwarded to"),
    "text": QT_TRANSLATE_NOOP("fields", "Text"),
    "title": QT_TRANSLATE_NOOP("fields", "Title"),
    "told": QT_TRANSLATE_NOOP("fields", "Caller has been told"),
    "unit": QT_TRANSLATE_NOOP("fields", "Unit"),
    "workdays": QT_TRANSLATE_NOOP("fields", "Working days"),
}


def field_word(name: str) -> str:
    """Translate a field's name; an unknown one is shown as it is written."""
    return QCoreApplication.translate("fields", str(FIELD_WORDS.get(name, name)))
