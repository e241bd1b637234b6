"""Import, export and replay on a real server; the rows are made up."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import psycopg
import pytest
from psycopg.types.json import Jsonb
from typer.testing import CliRunner

from db.admin import exporting
from db.admin.importing import Outcome, Rejects, app, import_tickets
from db.admin.map_file import BadMap
from db.admin.mapping import TICKET_MAPS
from db.admin.replay import ensure_source, messages, submit
from db.admin.tables import header_of, rows_of
from db.export import COLUMNS, Progress, TooManyRows, export_tickets
from db.sheet import STAMP_COLUMNS, open_sheet
from db.stamp import Stamp

HEADER = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]
GOOD = [
    ["1", "U1", "路灯不亮", "2026/5/8 10:00:00", "东门路灯坏了", "已修复", "2026/5/9 11:00:00"],
    ["2", "U2", "井盖缺失", "2026/5/8 10:00:00", "西门", "已补装", "2026/5/15 09:00:00"],
]


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


@pytest.fixture
def bring_in(
    owner: psycopg.Connection, tmp_path: Path
) -> Callable[..., tuple[Outcome, list[dict[str, str]]]]:
    """Import rows; return the outcome and the refused rows."""

    def run(rows: list[list[str]], *, dry_run: bool = False) -> tuple[Outcome, list[dict[str, str]]]:
        rejects = Rejects(tmp_path / "rejects.csv")
        *_, outcome = import_tickets(
            owner,
            write(tmp_path / "in.csv", rows),
            TICKET_MAPS.load("messages_with_replies"),
            district="370211",
            rejects=rejects,
            dry_run=dry_run,
        )
        rejects.close()
        refused: list[dict[str, str]] = []
        if rejects.path.exists():
            refused = list(csv.DictReader(io.StringIO(rejects.path.read_text("utf-8-sig"))))
            rejects.path.unlink()
        return outcome, refused

    return run


def counted(owner: psycopg.Connection) -> int:
    row = owner.execute("select count(*) from core.ticket").fetchone()
    assert row is not None
    return int(row[0])


def test_second_import_changes_nothing(owner, bring_in) -> None:
    first, _ = bring_in(GOOD)
    before = owner.execute("select ticket_id, hash from core.event order by 1").fetchall()
    second, _ = bring_in(GOOD)
    assert (first.imported, first.unchanged, second.imported, second.unchanged) == (2, 0, 0, 2)
    assert owner.execute("select ticket_id, hash from core.event order by 1").fetchall() == before


def test_bad_rows_are_refused_by_line_and_column_and_good_ones_land(owner, bring_in) -> None:
    bad = [
        ["3", "U3", "", "2026/5/8 10:00:00", "没有主题", "", ""],
        ["4", "U4", "时间不对", "2026-05-32", "x", "", ""],
        ["5", "U5", "长" * 201, "2026/5/8 10:00:00", "x", "", ""],
        ["1", "U1", "重复编号", "2026/5/8 10:00:00", "x", "", ""],
    ]
    outcome, refused = bring_in([*GOOD, *bad])
    assert (outcome.read, outcome.imported, outcome.rejected) == (6, 2, 4)
    assert {(row["line"], row["column"]) for row in refused} == {
        ("4", "留言主题"),
        ("5", "留言时间"),
        ("6", "留言主题"),
        ("7", "留言编号"),
    }
    assert all(row["reason"] for row in refused)
    assert counted(owner) == 2


def test_place_that_is_too_long_is_refused_and_not_cut(owner: psycopg.Connection) -> None:
    source = Jsonb({"code": "import_x", "name_zh": "x", "name_en": "x"})
    row = {"number": "1", "title": "路灯", "created_at": "2026-05-08T10:00:00+08:00"}
    rows = [row | {"place_text": "长" * 500}, row | {"number": "2", "place_text": "长" * 501}]
    found = owner.execute(
        "select * from api.import_tickets('370211', %s, %s)", [source, Jsonb(rows)]
    ).fetchall()
    assert found[0][1:] == ("imported", None, None)
    assert found[1][1:] == ("rejected", "place_text", "longer than 500 characters")
    assert owner.execute("select length(place_text) from core.ticket").fetchall() == [(500,)]


def test_number_in_full_width_digits_is_the_one_in_plain_digits(owner, bring_in) -> None:
    bring_in(GOOD)
    outcome, _ = bring_in([["１", *GOOD[0][1:]]])
    assert (outcome.unchanged, outcome.imported) == (1, 0)
    _, refused = bring_in([["3", *GOOD[0][1:]], ["３", *GOOD[1][1:]]])
    assert [(row["line"], row["column"]) for row in refused] == [("3", "留言编号")]
    problem = owner.execute('select field from core.import_problem(\'{"number": "１"}\')').fetchone()
    assert problem == ("number",)  # whoever calls the database itself is held to the same


def test_nul_is_refused_by_line_and_column(bring_in) -> None:
    outcome, refused = bring_in([GOOD[0], [*GOOD[1][:2], "井\x00盖", *GOOD[1][3:]]])
    assert (outcome.imported, outcome.rejected) == (1, 1)
    assert (refused[0]["line"], refused[0]["column"]) == ("3", "留言主题")


@pytest.mark.parametrize("extra", [[], ["--dry-run"]])
def test_import_with_refused_rows_is_not_all_well(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: list[str]
) -> None:
    monkeypatch.setenv("LIANGDENG_DSN", database)
    path = write(tmp_path / "in.csv", GOOD)
    said = CliRunner().invoke(app, ["tickets", str(path), "--json", *extra])
    assert (said.exit_code, json.loads(said.stdout)["rejected"]) == (0, 0)
    write(path, [*GOOD, ["3", "U3", "", "2026/5/8 10:00:00", "没有主题", "", ""]])
    said = CliRunner().invoke(app, ["tickets", str(path), "--json", *extra])
    rejects = str(tmp_path / "in.rejects.csv")
    found = json.loads(said.stdout)
    assert said.exit_code == 1
    assert (found["read"], found["rejected"], found["rejects"]) == (3, 1, rejects)


def test_refused_rows_are_mended_in_their_file_which_may_be_refused_anew(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGDENG_DSN", database)
    path = write(tmp_path / "in.csv", [["3", "U3", "", "2026/5/8 10:00:00", "没有主题", "", ""]])
    for _ in range(3):
        said = CliRunner().invoke(app, ["tickets", str(path), "--json"])
        assert said.exit_code == 1
        path = Path(json.loads(said.stdout)["rejects"])
        assert header_of(path) == ["line", "column", "reason", *HEADER]
    path.write_text(path.read_text("utf-8").replace("U3,", "U3,有主题"), "utf-8")
    assert CliRunner().invoke(app, ["tickets", str(path)]).exit_code == 0


@pytest.mark.parametrize(
    ("place", "words"),
    [("in.csv", "this is the file to import"), ("no/such/folder.csv", "there is no such folder")],
)
def test_refused_rows_that_have_no_place_are_told_and_the_input_stays(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, words: str
) -> None:
    monkeypatch.setenv("LIANGDENG_DSN", database)
    path = write(tmp_path / "in.csv", [["3", "U3", "", "2026/5/8 10:00:00", "没有主题", "", ""]])
    before = path.read_bytes()
    said = CliRunner().invoke(app, ["tickets", str(path), "--rejects", str(tmp_path / place)])
    assert said.exit_code == 2
    assert words in said.output
    assert path.read_bytes() == before


def test_row_changed_since_its_import_is_refused_and_kept_as_it_was(owner, bring_in) -> None:
    bring_in(GOOD)
    outcome, refused = bring_in([[*GOOD[0][:2], "另一个主题", *GOOD[0][3:]], GOOD[1]])
    assert (outcome.unchanged, outcome.rejected) == (1, 1)
    assert refused[0]["column"] == "留言编号"
    assert owner.execute("select title from core.ticket where external_number = '1'").fetchone() == (
        "路灯不亮",
    )


def test_dry_run_leaves_nothing_behind(owner, bring_in) -> None:
    outcome, _ = bring_in(GOOD, dry_run=True)
    assert outcome.imported == 2
    assert counted(owner) == 0


def test_missing_column_is_named(owner: psycopg.Connection, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("留言编号,留言主题\n1,x\n", "utf-8")
    with pytest.raises(BadMap, match="答复时间"):
        next(
            import_tickets(
                owner,
                path,
                TICKET_MAPS.load("messages_with_replies"),
                district="370211",
                rejects=Rejects(tmp_path / "r.csv"),
            )
        )


def test_import_is_for_administrators(connect: Callable[[str], psycopg.Connection]) -> None:
    source = Jsonb({"code": "import_x", "name_zh": "x", "name_en": "x"})
    call = "select * from api.import_tickets('370211', %s, '[]')"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect("d1_operator1").execute(call, [source])
    assert connect("d1_admin").execute(call, [source]).fetchall() == []


def test_imported_answers_are_measured_by_the_working_day_calendar(owner, bring_in, tmp_path: Path) -> None:
    bring_in(GOOD)
    path = tmp_path / "out.csv"
    with open_sheet(path) as sheet:
        assert list(export_tickets(owner, sheet, ZoneInfo("Asia/Shanghai")))[-1] == Progress(2, 2)
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS + STAMP_COLUMNS
    # Friday 8 May 2026: the Saturday after it is a make-up workday.
    assert [row["workdays_to_answer"] for row in rows] == ["6", "1"]
    assert {row["answer_due_at"] for row in rows} == {"2026-05-14T23:59:59+08:00"}
    assert [row["red_since"] for row in rows] == ["2026-05-15T00:00:00+08:00", ""]
    assert {(row["state"], row["light"]) for row in rows} == {("DONE", "-")}


def test_export_is_text_for_spreadsheets(owner, bring_in, tmp_path: Path) -> None:
    bring_in([["9", "U9", "=1+1", "2026/5/8 10:00:00", "x", "", ""]])
    path = tmp_path / "out.csv"
    with open_sheet(path) as sheet:
        list(export_tickets(owner, sheet, ZoneInfo("UTC")))
    assert next(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))["title"] == "'=1+1"


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_every_row_and_page_of_an_export_carries_person_and_time(
    owner, bring_in, connect: Callable[[str], psycopg.Connection], tmp_path: Path, suffix: str
) -> None:
    bring_in(GOOD)
    person, path, zone = connect("d1_supervisor1"), tmp_path / f"out.{suffix}", ZoneInfo("Asia/Shanghai")
    with open_sheet(path) as sheet:
        assert list(export_tickets(person, sheet, zone))[-1] == Progress(2, 2)
    at, name = owner.execute(
        "select e.at, s.name from audit.entry e join core.staff s using (login) where e.kind = 'export'"
    ).fetchone()
    by = f"{name} (d1_supervisor1)"
    rows = [row.cells for row in rows_of(path)]
    assert header_of(path)[-2:] == list(STAMP_COLUMNS)
    moment = at.astimezone(zone).isoformat(timespec="seconds")
    assert {(row["exported_by"], row["exported_at"]) for row in rows} == {(by, moment)}
    if suffix == "xlsx":
        printed = openpyxl.load_workbook(path).active
        words = (printed.oddHeader.center.text, printed.oddFooter.left.text)
        assert all(by in text and f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" in text for text in words)


@pytest.mark.once
def test_export_of_a_filter_has_as_many_rows_as_were_counted_while_others_write(
    owner, bring_in, connect: Callable[[str], psycopg.Connection], tmp_path: Path
) -> None:
    many = [[str(n), f"U{n}", f"路灯 {n}", "2026/5/8 10:00:00", "x", "", ""] for n in range(2500)]
    bring_in([*many, *[[f"a{row[0]}", *row[1:]] for row in GOOD]])
    path, person = tmp_path / "out.csv", connect("d1_supervisor1")
    with open_sheet(path) as sheet:
        going = export_tickets(person, sheet, ZoneInfo("UTC"), wanted={"answers": ["none"]}, reason="月报")
        assert next(going) == Progress(0, 2500)
        owner.execute(
            "update core.ticket set answered_at = now(), version = version + 1 where title = '路灯 0'"
        )
        assert [step.done for step in going] == [1000, 2000, 2500]
    numbers = [row["external_number"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))]
    assert len(numbers) == len(set(numbers)) == 2500
    assert "0" in numbers
    kinds = owner.execute(
        "select kind, reason, detail->'rows' from audit.entry where kind ~ 'export' order by id"
    )
    assert kinds.fetchall() == [("export", "月报", None), ("export_end", "", 2500)]


def test_export_that_is_stopped_leaves_no_file_and_is_registered_with_what_was_read(
    owner, bring_in, connect: Callable[[str], psycopg.Connection], tmp_path: Path
) -> None:
    bring_in(GOOD)

    def stop_after_the_first_page() -> None:
        with open_sheet(tmp_path / "out.csv") as sheet:
            for reached in export_tickets(connect("d1_supervisor1"), sheet, ZoneInfo("UTC")):
                if reached.done:
                    raise InterruptedError

    with pytest.raises(InterruptedError):
        stop_after_the_first_page()
    assert list(tmp_path.glob("out*")) == []
    ends = owner.execute("select detail->'rows' from audit.entry where kind = 'export_end'").fetchall()
    assert ends == [(2,)]


def test_export_that_a_worksheet_cannot_hold_is_refused_before_a_row_is_read(
    owner, bring_in, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(GOOD)
    with open_sheet(tmp_path / "out.xlsx") as sheet:
        monkeypatch.setattr(type(sheet), "most_rows", 1)
        with pytest.raises(TooManyRows, match="2 rows, and such a file holds 1"):
            next(export_tickets(owner, sheet, ZoneInfo("UTC")))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_rows_on_their_way_lie_in_no_folder_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    """A console that is killed leaves them where its person wanted them, and readable for nobody else."""
    system, mine = tmp_path / "system", tmp_path / "mine"
    system.mkdir()
    mine.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(system))
    stamp = Stamp(1, "d1_operator1", "演示甲", "中心", datetime.now(UTC))
    with open_sheet(mine / f"rows.{suffix}") as sheet:
        sheet.begin(("title",), stamp, UTC)
        sheet.row(("灯不亮",))
        assert list(system.iterdir()) == []
        rows = [path for path in mine.iterdir() if path.suffix == ".rows"]
        assert [stat.S_IMODE(path.stat().st_mode) for path in rows] == [0o600] * (suffix == "xlsx")
    assert [path.name for path in mine.iterdir()] == [f"rows.{suffix}"]
    assert list(system.iterdir()) == []


@pytest.fixture
def odd_places(tmp_path: Path) -> dict[str, Path]:
    """Places no file may take."""
    places = {
        name: tmp_path / name
        for name in ("pipe.csv", "device.csv", "folder.xlsx", "no/parent.csv", "out.txt", "out")
    }
    os.mkfifo(places["pipe.csv"])
    places["device.csv"].symlink_to("/dev/null")
    places["folder.xlsx"].mkdir()
    return places


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("pipe.csv", 1, "this is no ordinary file, and it was left alone"),
        ("device.csv", 1, "this is no ordinary file, and it was left alone"),
        ("folder.xlsx", 1, "this is no ordinary file, and it was left alone"),
        ("no/parent.csv", 1, "there is no such folder"),
        ("out.txt", 2, "ends neither in .csv nor in .xlsx"),
        ("out", 2, "ends neither in .csv nor in .xlsx"),
    ],
)
def test_export_replaces_nothing_but_files_and_says_so_before_it_reads(
    owner: psycopg.Connection,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    odd_places: dict[str, Path],
    name: str,
    status: int,
    words: str,
) -> None:
    def there() -> set[tuple[Path, int]]:
        return {(path, path.lstat().st_ino) for path in odd_places["out"].parent.iterdir()}

    monkeypatch.setenv("LIANGDENG_DSN", database)
    kept = there()
    said = CliRunner(env={"TERMINAL_WIDTH": "300"}).invoke(
        exporting.app, ["tickets", "--out", str(odd_places[name])]
    )
    assert said.exit_code == status
    assert words in f"{said.output} {said.exception}"
    assert there() == kept
    assert owner.execute("select count(*) from audit.entry where kind = 'export'").fetchone() == (0,)


def test_export_that_breaks_off_leaves_no_file(tmp_path: Path) -> None:
    def break_off(path: Path) -> None:
        with open_sheet(path) as sheet:
            sheet.write(["half"])
            raise ValueError(path)

    for name in ("out.csv", "out.xlsx"):
        with pytest.raises(ValueError, match=name):
            break_off(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_replay_hands_messages_in_once(owner: psycopg.Connection, tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", [GOOD[1], GOOD[0]])
    played = list(messages(path, TICKET_MAPS.load("messages_with_replies"), speed=60, per_minute=60))
    assert [ticket["number"] for _, ticket in played if ticket] == ["2", "1"]
    assert all(wait_s <= 1 for wait_s, _ in played)
    ensure_source(owner, "370211")
    made = [submit(owner, f"t-{ticket['number']}", ticket) for _, ticket in played if ticket]
    again = [submit(owner, f"t-{ticket['number']}", ticket) for _, ticket in played if ticket]
    assert (made, again) == ([True, True], [False, False])
    assert owner.execute("select distinct state, source from core.ticket").fetchall() == [("NEW", "replay")]
