"""Read rows from CSV (UTF-8 or GB18030) and XLSX files, with the line each row starts on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl

ENCODINGS = ("utf-8-sig", "gb18030")
# A cell above Python's default of 128 KiB is a bad row with a reason, not a bad file.
csv.field_size_limit(16 << 20)


class BadFile(Exception):
    """The file cannot be read as a table."""


@dataclass(frozen=True)
class Row:
    """One record: the line (CSV) or row (XLSX) it starts on, and its cells by column name."""

    line: int
    cells: dict[str, str]
    problem: str | None = None


def header_of(path: Path) -> list[str]:
    """Return the column names; a file in which two columns have the same name is refused."""
    return _header(path, _raw(path))


def rows_of(path: Path) -> Iterator[Row]:
    """Yield every record below the header; a record with a wrong number of cells carries its problem."""
    raw = _raw(path)
    header = _header(path, raw)
    for line, cells in raw:
        if not any(cells):
            continue
        problem = None
        if len(cells) != len(header):
            problem = f"{len(cells)} cells where the header has {len(header)}"
        padded = [*cells, *[""] * (len(header) - len(cells))]
        yield Row(line, dict(zip(header, padded, strict=False)), problem)


def _header(path: Path, raw: Iterator[tuple[int, list[str]]]) -> list[str]:
    try:
        _, header = next(raw)
    except StopIteration:
        raise BadFile(f"{path} is empty") from None
    for number, name in enumerate(header):
        if name and name in header[:number]:
            first = header.index(name)
            raise BadFile(
                f"{path}: columns {first + 1} and {number + 1} are both called {name!r};"
                " rename or delete one, so that it is clear which is meant"
            )
    return header


def _raw(path: Path) -> Iterator[tuple[int, list[str]]]:
    if path.suffix.lower() == ".xlsx":
        return _xlsx(path)
    return _csv(path)


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=_encoding(path), newline="") as file:
        reader = csv.reader(file)
        line = 1
        try:
            for cells in reader:
                yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise BadFile(f"{path}, line {line}: {error}") from error


def _encoding(path: Path) -> str:
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding, newline="") as file:
                while file.read(1 << 20):
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise BadFile(f"{path} is neither UTF-8 nor GB18030 text")


def _xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    number = 0
    with path.open("rb") as file:  # closed here: what fails to open it leaves it open
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
                yield number, ["" if cell is None else str(cell) for cell in cells]
        except Exception as error:  # zipfile, zlib, expat and openpyxl: each fails in ways of its own
            where = f", below row {number}" if number else ""
            raise BadFile(
                f"{path}{where}: no XLSX workbook that can be read; it is damaged, locked by a password or of"
                " another kind. Open it in a spreadsheet program and save it anew as XLSX or CSV"
                f" ({type(error).__name__}: {error})"
            ) from error
