"""Read rows from CSV (UTF-8 or GB18030) and XLSX files, with the line each row starts on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
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
    """Return the column names."""
    rows = _raw(path)
    try:
        return next(rows)[1]
    except StopIteration:
        raise BadFile(f"{path} is empty") from None


def rows_of(path: Path) -> Iterator[Row]:
    """Yield every record below the header; a record with a wrong number of cells carries its problem."""
    raw = _raw(path)
    _, header = next(raw)
    for line, cells in raw:
        if not any(cells):
            continue
        problem = None
        if len(cells) != len(header):
            problem = f"{len(cells)} cells where the header has {len(header)}"
        padded = [*cells, *[""] * (len(header) - len(cells))]
        yield Row(line, dict(zip(header, padded, strict=False)), problem)


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
    try:
        with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
            for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
                yield number, ["" if cell is None else str(cell) for cell in cells]
    except OSError:
        raise
    except Exception as error:  # openpyxl has none of its own: what is damaged ends in whatever breaks first
        raise BadFile(f"{path}, behind row {number}: damaged, or no workbook: {error}") from error
