"""What may be done with kept pictures on the page of a ticket."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from console.footage.part import FootagePart
from console.kit.action import Action, Context


def _part(context: Context) -> FootagePart | None:
    parts = context.panel.findChildren(FootagePart) if isinstance(context.panel, QWidget) else []
    return parts[0] if parts else None


def _has_page(context: Context) -> bool:
    return _part(context) is not None


def _show_loose(context: Context) -> None:
    part = _part(context)
    if part is not None:
        part.show_loose()


ACTIONS = (
    Action(
        "camera.loose",
        QT_TRANSLATE_NOOP("actions", "Give a kept picture to this ticket"),
        QT_TRANSLATE_NOOP("actions", "List what you kept without a ticket on the page in front"),
        _show_loose,
        needs_link=True,
        enabled=_has_page,
    ),
)
