"""Rows of a register into a file, page by page, until they end or somebody stops it; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any

from db.stamp import Stamp

EXPORT_ROWS = 1000  # of a page


class Cancelled(Exception):
    """Whoever asked for the file does not want it any more."""


class TooManyRows(Exception):
    """A worksheet cannot hold that many rows."""


def write_rows(
    path: Path,
    title: str,
    columns: Sequence[str],
    stamp: Stamp,
    zone: tzinfo,
    pages: Iterable[Sequence[Sequence[Any]]],
    told: Callable[[int], None],
    is_cancelled: Callable[[], bool],
    ended: Callable[[int], None],
) -> int:
    """Write pages of rows to a CSV or XLSX and return how many rows; no file is left of a broken one.

    `told` hears how far it is after each page, `ended` how many were written, however it ended.
    """
    from db.sheet import open_sheet  # a fifth of a second that no start of the console needs

    count = 0
    try:
        with open_sheet(path, title) as sheet:
            sheet.begin(columns, stamp, zone)
            for rows in pages:
                if sheet.most_rows is not None and count + len(rows) > sheet.most_rows:
                    raise TooManyRows
                for row in rows:
                    sheet.row(row)
                count += len(rows)
                told(count)
                if is_cancelled():
                    raise Cancelled
    finally:
        ended(count)
    return count
