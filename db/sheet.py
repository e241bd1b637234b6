"""Files of rows, CSV or XLSX, that say on every row who took them out and when."""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from db.stamp import Stamp
from db.whole_file import whole_file

STAMP_COLUMNS = ("exported_by", "exported_at")
XLSX_ROWS = 1_048_576


class Sheet(ABC):
    """Something rows can be written to; times are written in `zone`."""

    most_rows: int | None = None

    def __init__(self) -> None:
        self._zone: tzinfo | None = None
        self._mark: tuple[str, str] = ("", "")

    def begin(self, columns: Sequence[str], stamp: Stamp, zone: tzinfo) -> None:
        """Write the header; every row from here on carries the stamp."""
        self._zone = zone
        self._mark = (stamp.by(), stamp.at.astimezone(zone).isoformat(timespec="seconds"))
        self.mark_pages(stamp.text(zone))
        self.write((*columns, *STAMP_COLUMNS))

    def row(self, cells: Sequence[Any]) -> None:
        """Write one row."""
        self.write((*(self._shown(cell) for cell in cells), *self._mark))

    @abstractmethod
    def mark_pages(self, text: str) -> None:
        """Let every printed page carry a text, where the file can say so."""

    @abstractmethod
    def write(self, cells: Sequence[Any]) -> None:
        """Write cells as they are."""

    def _shown(self, value: Any) -> Any:
        return value.astimezone(self._zone).isoformat() if isinstance(value, datetime) else value


class _Csv(Sheet):
    """A CSV file that a spreadsheet program opens without running anything in it."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self._writer = csv.writer(file)

    def mark_pages(self, text: str) -> None:
        """Say nothing: it has no pages, and its rows say it."""

    def write(self, cells: Sequence[Any]) -> None:
        self._writer.writerow([_defused(cell) for cell in cells])


class _Xlsx(Sheet):
    """The one worksheet of a write-only workbook; text is always text, never a formula."""

    most_rows = XLSX_ROWS - 1  # one is the header

    def __init__(self, sheet: Any, make_cell: Any) -> None:
        super().__init__()
        self._sheet = sheet
        self._make_cell = make_cell

    def mark_pages(self, text: str) -> None:
        safe = text.replace("&", "&&")  # & begins a code in headers
        self._sheet.oddHeader.center.text = safe
        self._sheet.oddFooter.left.text = safe
        self._sheet.oddFooter.right.text = "&P / &N"

    def write(self, cells: Sequence[Any]) -> None:
        self._sheet.append([self._cell(cell) for cell in cells])

    def _cell(self, value: Any) -> Any:
        cell = self._make_cell(self._sheet, value=value)
        if isinstance(value, str):
            cell.data_type = "s"
        return cell


@contextmanager
def open_sheet(path: Path, title: str = "tickets") -> Iterator[Sheet]:
    """Open `path` for writing; its suffix chooses CSV or XLSX. A half-written file never takes its name."""
    with whole_file(path) as part:
        if path.suffix.lower() == ".xlsx":
            import openpyxl  # a tenth of a second that no window waits for when the console starts
            from openpyxl.cell import WriteOnlyCell

            book = openpyxl.Workbook(write_only=True)
            sheet = book.create_sheet(title)
            _keep_rows_in(sheet, part.with_suffix(".rows"))
            try:
                yield _Xlsx(sheet, WriteOnlyCell)
            finally:
                book.save(part)  # after a failure, too: it takes the rows out of their temporary file
        else:
            with part.open("w", encoding="utf-8-sig", newline="") as file:
                yield _Csv(file)


def _keep_rows_in(sheet: Any, place: Path) -> None:
    """Let rows wait in a private file there, not in the system's folder, where a crash would leave them."""
    from openpyxl.worksheet import _writer

    place.touch(mode=0o600)
    _writer.ALL_TEMP_FILES.append(str(place))  # saving takes it from there and deletes it
    writer = _writer.WorksheetWriter(sheet, str(place))
    writer.write_top()
    sheet._writer = writer  # noqa: SLF001 - else it makes one with a file of its own


def _defused(value: Any) -> Any:
    # A text that begins like a formula would be run by spreadsheet programs.
    return (
        f"'{value}"
        if isinstance(value, str) and value[:1] in ("=", "+", "@", "-") and len(value) > 1
        else value
    )
