"""Paper: every page carries the mark, across the whole of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.kit import paper
from console.kit.jobs import Jobs
from console.kit.paper import picture, write_pdf

MARK = "演示甲 (d1_operator1) · 区中心 · 2026-03-04 10:22:31 · № 7"
LONG = "".join(f"<p>第 {number} 行</p>" for number in range(150))


def inked(image: QImage, area: QRect) -> bool:
    """Say whether anything is drawn in a part of the page."""
    part = image.copy(area)
    blank = QImage(part.size(), part.format())
    blank.fill(Qt.GlobalColor.white)
    return part != blank


@pytest.mark.parametrize("number", [0, 1])
def test_no_part_of_a_page_can_be_cut_out_without_the_mark(qapp: object, number: int) -> None:
    page = picture(LONG if number else "", MARK, number)
    width, height = page.width() // 4, page.height() // 5
    # The text is at the left of the long page: look where nothing but the mark can be.
    columns = range(4) if number == 0 else range(2, 4)
    for column in columns:
        for row in range(5):
            assert inked(page, QRect(column * width, row * height, width, height)), (column, row)


def test_page_without_a_mark_is_blank(qapp: object) -> None:
    page = picture("", "")
    foot = page.height() // 10
    assert not inked(page, page.rect().adjusted(0, 0, 0, -foot))


def test_pdf_is_written_in_a_worker_with_the_mark_on_each_of_its_pages(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    marked: list[str] = []
    draw_mark = paper._draw_mark

    def note(painter: object, area: object, mark: str) -> None:
        marked.append(mark)
        draw_mark(painter, area, mark)

    monkeypatch.setattr(paper, "_draw_mark", note)
    jobs = Jobs(1, "paper")
    pages: list[int] = []
    errors: list[Exception] = []
    path = tmp_path / "sheet.pdf"
    jobs.run(lambda: write_pdf(path, "20260304-0001", LONG, MARK), pages.append, errors.append)
    qtbot.waitUntil(lambda: pages + errors != [])
    assert jobs.stop()
    assert errors == []
    assert pages == [3]
    assert marked == [MARK] * 3
    assert path.read_bytes().startswith(b"%PDF-")
    assert [file.name for file in tmp_path.iterdir()] == ["sheet.pdf"]
    assert capfd.readouterr().err == ""


def test_pdf_that_cannot_be_written_says_so(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "sheet.pdf.part").symlink_to(tmp_path / "nowhere" / "x")
    with pytest.raises(OSError, match="cannot be drawn on"):
        write_pdf(tmp_path / "sheet.pdf", "x", "<p>x</p>", MARK)
    with pytest.raises(OSError, match="there is no such folder"):
        write_pdf(tmp_path / "nowhere" / "sheet.pdf", "x", "<p>x</p>", MARK)
