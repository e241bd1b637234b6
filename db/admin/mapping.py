"""How the columns of somebody else's file become the fields of a ticket; the maps that ship: db/seed/maps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from db.admin.map_file import BadCell, MapFile, MapKind, identifier, number_of, texts

MAPS = Path(__file__).parents[1] / "seed" / "maps"
TIMES = ("created_at", "answered_at", "closed_at", "answer_due_at")
NUMBERS = ("lon", "lat")
IDENTIFIERS = ("number", "caller_phone")
LINES = ("number", "title", "place_text", "handler_text", "caller_name", "caller_phone", "caller_address")
REQUIRED = ("number", "title")
FIELDS = frozenset(
    (
        *TIMES,
        *NUMBERS,
        *REQUIRED,
        "body",
        "kind",
        "channel",
        "place_text",
        "handler_text",
        "finished",
        "flag",
        "reply",
        "caller_name",
        "caller_phone",
        "caller_address",
    )
)
_BREAKS = re.compile(r"[ \t]*[\r\n\t]+[ \t]*")


@dataclass(frozen=True)
class FieldMap(MapFile):
    """One mapping file of tickets, checked."""

    source: str
    source_zh: str
    source_en: str
    timezone: ZoneInfo
    time_formats: tuple[str, ...]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> FieldMap:
        """Return what a file says."""
        return cls(
            **cls.parts(data),
            source=data["source"],
            source_zh=data["source_name"]["zh"],
            source_en=data["source_name"]["en"],
            timezone=ZoneInfo(data["timezone"]),
            time_formats=texts(data["time_formats"]),
        )

    def convert(self, row: Mapping[str, str], *, needs_time: bool = True) -> dict[str, Any]:
        """Turn one row into ticket fields; raise BadCell naming the column at fault."""
        out: dict[str, Any] = {}
        for field in self.fields:
            if text := self.text(field, row):
                out[field] = self._value(field, text)
        self.require(out, (*REQUIRED, "created_at") if needs_time else REQUIRED)
        for field in ("answered_at", "closed_at"):
            if field in out and datetime.fromisoformat(out[field]) < datetime.fromisoformat(
                out["created_at"]
            ):
                raise BadCell(self.column(field), f"{field} lies before created_at")
        return out

    def _value(self, field: str, text: str) -> str | float:
        column = self.column(field)
        if field in TIMES:
            return self._time(text, column).isoformat()
        if field in NUMBERS:
            return number_of(text, column)
        if field in IDENTIFIERS:
            text = identifier(text)
        return _BREAKS.sub(" ", text) if field in LINES else text

    def _time(self, text: str, column: str) -> datetime:
        for form in self.time_formats:
            try:
                return datetime.strptime(text, form).replace(tzinfo=self.timezone)
            except ValueError:
                continue
        raise BadCell(column, f"{text!r} is not a time of the forms {', '.join(self.time_formats)}")


TICKET_MAPS = MapKind(MAPS, FIELDS, REQUIRED, FieldMap.of)
