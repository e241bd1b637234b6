"""Mapping files: how the columns of somebody else's file become fields of ours.

A map is a TOML file: ``fields`` are templates over column names, ``values`` translate field values ("*" is
the rest), ``missing`` lists cell texts that mean "nothing". Maps that ship lie in a folder of ``db/seed``;
``header`` is how a file without ``--map`` is recognised.
"""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

_COLUMN = re.compile(r"\{([^{}]+)\}")
# Zero-width and direction marks carry no meaning here and can hide what a text says.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# What no text of the database can hold: a file that has it is damaged, or is no text.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x01-\x08\x0b-\x1f\x7f-\x9f]")


class BadMap(Exception):
    """The mapping file cannot be used."""


class BadCell(Exception):
    """A cell cannot become its field; knows the column."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class MapFile:
    """What every mapping file has."""

    name: str
    missing: frozenset[str]
    header: tuple[str, ...]
    fields: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    @staticmethod
    def parts(data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of this class as a file has them."""
        return {
            "name": data["name"],
            "missing": frozenset(data.get("missing", ())),
            "header": texts(data["header"]),
            "fields": _table(data["fields"]),
            "values": {field: _table(table) for field, table in data.get("values", {}).items()},
        }

    def columns(self) -> frozenset[str]:
        """Return the names of all columns the templates read."""
        return frozenset(name for template in self.fields.values() for name in _COLUMN.findall(template))

    def column(self, field: str) -> str:
        """Name the columns a field comes from."""
        return ", ".join(_COLUMN.findall(self.fields.get(field, ""))) or field

    def text(self, field: str, row: Mapping[str, str]) -> str:
        """Return what a row says of a field, without what hides or turns words."""

        def cell(match: re.Match[str]) -> str:
            text = row[match[1]].strip()
            if found := NO_TEXT.search(text):
                raise BadCell(match[1], f"character {found.start() + 1} is U+{ord(found[0]):04X}, no text")
            return "" if text in self.missing else text

        text = _CONTROL.sub(" ", _INVISIBLE.sub("", _COLUMN.sub(cell, self.fields[field]))).strip()
        values = self.values.get(field, {})
        return values.get(text, values.get("*", text))

    def require(self, out: Mapping[str, Any], fields: Sequence[str]) -> None:
        """Raise BadCell where one of these is missing."""
        for field in fields:
            if field not in out:
                raise BadCell(self.column(field), f"{field} is empty")


M = TypeVar("M", bound=MapFile)


@dataclass(frozen=True)
class MapKind(Generic[M]):
    """Maps of one kind: where those lie that ship, which fields there are, and how one is built."""

    folder: Path
    fields: frozenset[str]
    required: tuple[str, ...]
    build: Callable[[Mapping[str, Any]], M]

    def load(self, name_or_path: str) -> M:
        """Read a map that ships (by name) or a file (by path)."""
        shipped = self.folder / f"{name_or_path}.toml"
        path = shipped if shipped.exists() else Path(name_or_path)
        try:
            found = self.build(tomllib.loads(path.read_text("utf-8")))
        except FileNotFoundError:
            known = ", ".join(sorted(each.stem for each in self.folder.glob("*.toml")))
            raise BadMap(f"there is no map {name_or_path!r}; maps that ship: {known}") from None
        except OSError as error:
            raise BadMap(f"{path} cannot be read: {error.strerror}") from error
        except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
            raise BadMap(f"{path}: {error!r}") from error
        unknown = sorted(set(found.fields) - self.fields)
        if unknown or not set(self.required) <= set(found.fields):
            raise BadMap(f"{path}: unknown fields {unknown} or one of {list(self.required)} missing")
        return found

    def recognise(self, header: Sequence[str]) -> M:
        """Find the shipped map whose header columns all stand in `header`."""
        for path in sorted(self.folder.glob("*.toml")):
            found = self.load(path.stem)
            if set(found.header) <= set(header):
                return found
        raise BadMap("no shipped map knows these columns; write one and pass --map FILE")


def texts(values: Sequence[Any]) -> tuple[str, ...]:
    """Return what a map lists; raise TypeError where something else than a text stands."""
    for value in values:
        if not isinstance(value, str):
            raise TypeError(f"{value!r} is no text")
    return tuple(values)


def _table(entries: Mapping[str, Any]) -> Mapping[str, str]:
    return dict(zip(entries, texts(list(entries.values())), strict=True))


def identifier(text: str) -> str:
    """Return the one way to write it: full-width digits and letters are the same as half-width ones."""
    return unicodedata.normalize("NFKC", text)


def number_of(text: str, column: str) -> float:
    """Read a number; raise BadCell where there is none."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadCell(column, f"{text!r} is not a number")
    return number
