"""Tables of other people: encodings, lines, XLSX."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

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


@pytest.mark.parametrize("damage", ["text", "another archive", "cut off"])
def test_file_that_is_no_whole_workbook_is_refused(tmp_path: Path, damage: str) -> None:
    path, book = tmp_path / "t.xlsx", openpyxl.Workbook()
    book.active.append(["编号", "内容"])
    book.save(path)
    if damage == "text":
        path.write_text("编号,内容\n", "utf-8")
    elif damage == "another archive":
        with ZipFile(path, "w") as archive:
            archive.writestr("a", "b")
    else:
        path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(BadFile, match="behind row 0: damaged, or no workbook"):
        header_of(path)
