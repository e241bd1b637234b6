"""Mapping files: how the columns of somebody else's file become the fields of a ticket.

A map is a TOML file: ``fields`` are templates over column names, ``values`` translate field values
("*" is the rest), ``missing`` lists cell texts that mean "nothing". The maps that ship stand in
``db/seed/maps``; ``header`` is how a file without ``--map`` is recognised.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

MAPS = Path(__file__).parents[1] / "seed" / "maps"
TIMES = ("created_at", "answered_at", "closed_at", "answer_due_at")
NUMBERS = ("lon", "lat")
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
_COLUMN = re.compile(r"\{([^{}]+)\}")
# Zero-width and direction marks carry no meaning in a ticket and can hide what a text says.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BREAKS = re.compile(r"[ \t]*[\r\n\t]+[ \t]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class BadMap(Exception):
    """The mapping file cannot be used."""


class BadCell(Exception):
    """A cell cannot become its field; knows the column."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class FieldMap:
    """One mapping file, checked."""

    name: str
    source: str
    source_zh: str
    source_en: str
    timezone: ZoneInfo
    time_formats: tuple[str, ...]
    missing: frozenset[str]
    header: tuple[str, ...]
    fields: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    def columns(self) -> frozenset[str]:
        """Return the names of all columns the templates read."""
        return frozenset(name for template in self.fields.values() for name in _COLUMN.findall(template))

    def convert(self, row: Mapping[str, str], *, needs_time: bool = True) -> dict[str, Any]:
        """Turn one row into ticket fields; raise BadCell naming the column at fault."""
        out: dict[str, Any] = {}
        for field, template in self.fields.items():
            text = self._fill(template, row)
            values = self.values.get(field)
            if values is not None:
                text = values.get(text, values.get("*", text))
            if not text:
                continue
            out[field] = self._value(field, text, _columns_of(template, field))
        for field in (*REQUIRED, "created_at") if needs_time else REQUIRED:
            if field not in out:
                raise BadCell(_columns_of(self.fields[field], field), f"{field} is empty")
        for field in ("answered_at", "closed_at"):
            if field in out and datetime.fromisoformat(out[field]) < datetime.fromisoformat(
                out["created_at"]
            ):
                raise BadCell(
                    ", ".join(_COLUMN.findall(self.fields[field])), f"{field} lies before created_at"
                )
        return out

    def _value(self, field: str, text: str, column: str) -> str | float:
        if field in TIMES:
            return self._time(text, column).isoformat()
        if field in NUMBERS:
            return _number(text, column)
        return _BREAKS.sub(" ", text) if field in LINES else text

    def _fill(self, template: str, row: Mapping[str, str]) -> str:
        def cell(match: re.Match[str]) -> str:
            text = row[match[1]].strip()
            return "" if text in self.missing else text

        filled = _CONTROL.sub(" ", _INVISIBLE.sub("", _COLUMN.sub(cell, template)))
        return filled.strip()

    def _time(self, text: str, column: str) -> datetime:
        for form in self.time_formats:
            try:
                return datetime.strptime(text, form).replace(tzinfo=self.timezone)
            except ValueError:
                continue
        raise BadCell(column, f"{text!r} is not a time of the forms {', '.join(self.time_formats)}")


def load_map(name_or_path: str) -> FieldMap:
    """Read a map that ships (by name) or a file (by path)."""
    shipped = MAPS / f"{name_or_path}.toml"
    path = shipped if shipped.exists() else Path(name_or_path)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        found = FieldMap(
            name=data["name"],
            source=data["source"],
            source_zh=data["source_name"]["zh"],
            source_en=data["source_name"]["en"],
            timezone=ZoneInfo(data["timezone"]),
            time_formats=tuple(data["time_formats"]),
            missing=frozenset(data["missing"]),
            header=tuple(data["header"]),
            fields=data["fields"],
            values=data.get("values", {}),
        )
    except FileNotFoundError:
        known = ", ".join(sorted(p.stem for p in MAPS.glob("*.toml")))
        raise BadMap(f"there is no map {name_or_path!r}; maps that ship: {known}") from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadMap(f"{path}: {error!r}") from error
    unknown = sorted(set(found.fields) - FIELDS)
    if unknown or not set(REQUIRED) <= set(found.fields):
        raise BadMap(f"{path}: unknown fields {unknown} or one of {list(REQUIRED)} missing")
    return found


def recognise(header: Sequence[str]) -> FieldMap:
    """Find the shipped map whose header columns all stand in `header`."""
    for path in sorted(MAPS.glob("*.toml")):
        found = load_map(path.stem)
        if set(found.header) <= set(header):
            return found
    raise BadMap("no shipped map knows these columns; write one and pass --map FILE")


def _columns_of(template: str, field: str) -> str:
    return ", ".join(_COLUMN.findall(template)) or field


def _number(text: str, column: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadCell(column, f"{text!r} is not a number") from None
