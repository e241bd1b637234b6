"""Mapping files: templates, values, times, and cells that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.admin.map_file import BadCell, BadMap
from db.admin.mapping import TICKET_MAPS, FieldMap

MAP = """
name = "town"
source = "import_town"
source_name = { zh = "镇街导入", en = "Town (import)" }
timezone = "Asia/Shanghai"
time_formats = ["%Y/%m/%d %H:%M", "%Y/%m/%d"]
missing = ["-"]
header = ["id", "what"]

[fields]
number = "{id}"
title = "{what} · {where}"
created_at = "{opened}"
closed_at = "{closed}"
kind = "{type}"
lon = "{x}"

[values.kind]
"投诉" = "complaint"
"*" = "help"
"""
ROW = {
    "id": "7",
    "what": "路灯",
    "where": "东门",
    "opened": "2026/3/2 9:05",
    "closed": "-",
    "type": "投诉",
    "x": "",
}


@pytest.fixture
def town(tmp_path: Path) -> FieldMap:
    path = tmp_path / "town.toml"
    path.write_text(MAP, "utf-8")
    return TICKET_MAPS.load(str(path))


def test_row_becomes_fields_in_the_maps_zone(town: FieldMap) -> None:
    assert town.convert(ROW) == {
        "number": "7",
        "title": "路灯 · 东门",
        "created_at": "2026-03-02T09:05:00+08:00",
        "kind": "complaint",
    }


def test_value_without_entry_takes_the_rest(town: FieldMap) -> None:
    assert town.convert(ROW | {"type": "表扬"})["kind"] == "help"


def test_marks_that_cannot_be_seen_are_taken_out(town: FieldMap) -> None:
    found = town.convert(ROW | {"what": "\u202e路\u200b灯\x07\ufeff"})
    assert found["title"] == "路灯  · 东门"


def test_number_in_full_width_signs_is_the_same_number(town: FieldMap) -> None:
    assert town.convert(ROW | {"id": "ＡＢ１２－７"})["number"] == "AB12-7"
    assert town.convert(ROW | {"what": "１号路灯"})["title"].startswith("１号路灯")


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"opened": "gestern"}, "opened", "'gestern' is not a time"),
        ({"opened": "-"}, "opened", "created_at is empty"),
        ({"id": " "}, "id", "number is empty"),
        ({"x": "east"}, "x", "'east' is not a number"),
        ({"x": "nan"}, "x", "'nan' is not a number"),
        ({"what": "路\x00灯"}, "what", "character 2 is U+0000, no text"),
        ({"what": "路灯\ud83d"}, "what", "character 3 is U+D83D, no text"),
        ({"closed": "2026/3/1"}, "closed", "closed_at lies before created_at"),
    ],
)
def test_bad_cell_names_its_column(town: FieldMap, changed: dict[str, str], column: str, reason: str) -> None:
    with pytest.raises(BadCell) as caught:
        town.convert(ROW | changed)
    assert caught.value.column == column
    assert caught.value.reason.startswith(reason)


@pytest.mark.parametrize("path", sorted(Path("db/seed/maps").glob("*.toml")), ids=lambda path: path.stem)
def test_shipped_map_is_recognised_by_its_own_header(path: Path) -> None:
    found = TICKET_MAPS.load(path.stem)
    assert found.name == path.stem
    assert TICKET_MAPS.recognise([*found.header, "another column"]).name == path.stem


def test_unknown_columns_are_said_to_need_a_map() -> None:
    with pytest.raises(BadMap, match="--map"):
        TICKET_MAPS.recognise(["a", "b"])


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('title = "{what} · {where}"', "title = 3"),
        ('time_formats = ["%Y/%m/%d %H:%M", "%Y/%m/%d"]', "time_formats = [3]"),
        ('header = ["id", "what"]', "header = [3]"),
        ('"投诉" = "complaint"', '"投诉" = 3'),
        ("[values.kind]", "[[values]]"),
    ],
)
def test_map_with_something_else_where_a_text_belongs_is_refused(tmp_path: Path, good: str, bad: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(MAP.replace(good, bad), "utf-8")
    with pytest.raises(BadMap, match=r"bad\.toml"):
        TICKET_MAPS.load(str(path))


def test_map_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadMap, match="cannot be read: Is a directory"):
        TICKET_MAPS.load(str(tmp_path))


def test_map_with_unknown_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(MAP.replace('lon = "{x}"', 'colour = "{x}"'), "utf-8")
    with pytest.raises(BadMap, match="colour"):
        TICKET_MAPS.load(str(path))
