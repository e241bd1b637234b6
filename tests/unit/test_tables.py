"""Tables of other people: encodings, lines, XLSX."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from db.admin.tables import BadFile, header_of, rows_of

TEXT = '编号,内容\n1,"第一行\n第二行"\n2,路灯\n\n3,多,余\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_rows_know_the_line_they_start_on(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(TEXT.encode(encoding))
    assert header_of(path) == ["编号", "内容"]
    rows = list(rows_of(path))
    assert [(row.line, row.cells["编号"]) for row in rows] == [(2, "1"), (4, "2"), (6, "3")]
    assert rows[0].cells["内容"] == "第一行\n第二行"
    assert [row.problem for row in rows] == [None, None, "3 cells where the header has 2"]


def test_xlsx_rows_come_as_text(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["编号", "内容"])
    book.active.append([1, "路灯"])
    book.save(path)
    rows = list(rows_of(path))
    assert [(row.line, row.cells) for row in rows] == [(2, {"编号": "1", "内容": "路灯"})]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_two_columns_of_one_name_are_refused_and_both_named(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"t.{suffix}"
    header = ["编号", "内容", "", "内容", ""]
    if suffix == "csv":
        path.write_text(",".join(header) + "\n1,路灯,,井盖,\n", "utf-8")
    else:
        book = openpyxl.Workbook()
        book.active.append(header)
        book.save(path)
    for read in (header_of, lambda each: list(rows_of(each))):
        with pytest.raises(BadFile, match="columns 2 and 4 are both called '内容'"):
            read(path)


def workbook(path: Path) -> dict[str, bytes]:
    """Make a good one and return its parts."""
    book = openpyxl.Workbook()
    for cells in (["编号", "内容"], *([number, "路灯"] for number in range(999))):
        book.active.append(cells)
    book.save(path)
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


@pytest.mark.parametrize("text", [b"", b"hello", b"PK\x03\x04"])
def test_workbook_that_is_no_zip_is_refused(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(text)
    with pytest.raises(BadFile, match=r"t\.xlsx: no XLSX workbook that can be read; it is damaged, locked"):
        header_of(path)


def test_workbook_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    workbook(path)
    path.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(BadFile, match="no XLSX workbook"):
        header_of(path)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("[Content_Types].xml", None),
        ("xl/workbook.xml", None),
        ("xl/workbook.xml", b"<x/>"),
        ("xl/workbook.xml", b"\x00"),
        (SHEET, None),
    ],
)
def test_workbook_that_lacks_something_is_refused(tmp_path: Path, part: str, text: bytes | None) -> None:
    path = tmp_path / "t.xlsx"
    parts = workbook(path) | {part: text}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            if content is not None:
                file.writestr(name, content)
    with pytest.raises(BadFile):
        header_of(path)


def test_workbook_that_breaks_off_in_its_sheet_says_where(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    parts = workbook(path)
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content[: content.index(b'<row r="501"')] if name == SHEET else content)
    read = []
    with pytest.raises(BadFile, match=r"below row \d+"):
        read.extend(row.line for row in rows_of(path))


def test_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"\xff\xff\xff\x00\x81")
    with pytest.raises(BadFile, match="neither UTF-8 nor GB18030"):
        header_of(path)


def test_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"")
    with pytest.raises(BadFile, match="empty"):
        header_of(path)
