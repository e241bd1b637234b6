"""Unfinished reports: what is kept of them, and the bar that offers them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any, Self
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from console.kit.keys import bind_key
from console.ticket.intake_values import IntakeValues
from console.ticket.page_words import moment_text

KIND = "intake"


@dataclass(frozen=True, slots=True)
class IntakeDraft:
    """A report under way; `key` is the request key it will be registered with."""

    key: UUID
    values: IntakeValues
    ending: str | None = None
    ending_payload: Mapping[str, Any] | None = None
    is_sent: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return it as the journal keeps it."""
        return {
            "values": self.values.to_json(),
            "ending": self.ending,
            "ending_payload": dict(self.ending_payload or {}),
            "is_sent": self.is_sent,
        }

    @classmethod
    def from_json(cls, key: UUID, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        values = IntakeValues.from_json(data["values"])
        return cls(key, values, data["ending"], data["ending_payload"], data["is_sent"])

    def sent(self, values: IntakeValues, ending: str | None, payload: Mapping[str, Any]) -> Self:
        """Return it as it goes to the server."""
        return replace(self, values=values, ending=ending, ending_payload=payload, is_sent=True)


class RestoreBar(QFrame):
    """Offer a report that was left unfinished.

    Signals:
        restore_requested(IntakeDraft)
        discard_requested(IntakeDraft)
    """

    restore_requested = Signal(object)
    discard_requested = Signal(object)

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self.setProperty("look", "card")
        self._draft: IntakeDraft | None = None
        self._text = QLabel()
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        restore = QPushButton(self.tr("Take it up again  Ctrl+R"))
        discard = QPushButton(self.tr("Throw it away"))
        restore.clicked.connect(self._on_restore)
        discard.clicked.connect(self._on_discard)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addWidget(self._text, 1)
        layout.addWidget(restore)
        layout.addWidget(discard)
        bind_key(panel, "Ctrl+R", self._on_restore)
        self.hide()

    def offer(self, draft: IntakeDraft, at: datetime, zone: tzinfo) -> None:
        """Show which report it is."""
        self._draft = draft
        text = self.tr("Unfinished report of {time}: {title}")
        self._text.setText(text.format(time=moment_text(at, zone), title=draft.values.shown_title()))
        self.show()

    def put_away(self) -> None:
        """Offer nothing."""
        self._draft = None
        self.hide()

    def _on_restore(self) -> None:
        if self._draft is not None:
            self.restore_requested.emit(self._draft)

    def _on_discard(self) -> None:
        if self._draft is not None:
            self.discard_requested.emit(self._draft)
