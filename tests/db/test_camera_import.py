"""Lists of cameras come in once, row by row, with what is wrong named; the rows are made up."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import psycopg
import pytest
from hall import Hall
from optics import Optics
from typer.testing import CliRunner

from db.admin.camera_gateway import set_gateway
from db.admin.camera_import import camera_header, import_cameras
from db.admin.camera_map import CAMERA_MAPS
from db.admin.cameras import app
from db.admin.importing import Outcome, Rejects
from db.admin.map_file import BadMap
from db.admin.tables import BadFile

HEADER = [
    "编码",
    "国标编码",
    "名称",
    "系统",
    "用途",
    "经度",
    "纬度",
    "朝向",
    "网关",
    "主码流地址",
    "保存天数",
    "密码",
]
GOOD = [
    "K1",
    "37021100001329900001",
    "演示观澜桥",
    "城市防汛",
    "河道水位",
    "120.1",
    "35.95",
    "东",
    "gw1",
    "",
    "60",
    "",
]
Run = Callable[..., tuple[Outcome, list[dict[str, str]]]]


def row(**changed: str) -> list[str]:
    return [changed.get(name, value) for name, value in zip(HEADER, GOOD, strict=True)]


@pytest.fixture
def owner(hall: Hall, database: str) -> Any:
    Optics(hall)
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def bring_in(owner: psycopg.Connection[Any], tmp_path: Path) -> Run:
    """Import a file or rows; return the outcome and the refused rows."""

    def run(
        given: Path | list[list[str]], *, dry_run: bool = False, **defaults: str
    ) -> tuple[Outcome, list[dict[str, str]]]:
        path = given if isinstance(given, Path) else tmp_path / "in.csv"
        if not isinstance(given, Path):
            with path.open("w", encoding="gb18030", newline="") as file:
                csv.writer(file).writerows([HEADER, *given])
        rejects = Rejects(tmp_path / "rejects.csv")
        found = CAMERA_MAPS.recognise(camera_header(path))
        *_, outcome = import_cameras(
            owner, path, found, district="370211", defaults=defaults, rejects=rejects, dry_run=dry_run
        )
        rejects.close()
        refused: list[dict[str, str]] = []
        if rejects.path.exists():
            refused = list(csv.DictReader(io.StringIO(rejects.path.read_text("utf-8-sig"))))
            rejects.path.unlink()
        return outcome, refused

    return run


def camera(owner: psycopg.Connection[Any], code: str) -> Any:
    return owner.execute("select to_jsonb(c) from core.camera c where code = %s", [code]).fetchone()


def test_same_file_twice_changes_nothing(owner: psycopg.Connection[Any], bring_in: Run) -> None:
    first, _ = bring_in([GOOD])
    made = camera(owner, "K1")
    second, _ = bring_in([GOOD])
    assert (first.read, first.imported, first.unchanged, second.imported, second.unchanged) == (1, 1, 0, 0, 1)
    assert camera(owner, "K1") == made
    kept = made[0]
    assert (kept["source"], kept["purpose"], kept["bearing_deg"]) == ("flood", "river", 90)
    assert (kept["retention_days"], kept["initials"], kept["pinyin"]) == (60, "ysglq", "yanshiguanlanqiao")
    assert kept["p_grid"] is not None  # by its point


def test_changed_row_brings_the_camera_to_what_it_says_and_keeps_where_it_stood(
    owner: psycopg.Connection[Any], bring_in: Run
) -> None:
    bring_in([GOOD])
    old = camera(owner, "K1")[0]
    owner.execute("update core.camera_place set valid = daterange(current_date - 9, null)")
    outcome, _ = bring_in([row(经度="120.18", 纬度="36.05", 名称="演示新桥")])
    new = camera(owner, "K1")[0]
    assert (outcome.imported, new["id"], new["name"]) == (1, old["id"], "演示新桥")
    places = owner.execute(
        "select territory_id, upper_inf(valid) from core.camera_place where camera_id = %s order by valid",
        [old["id"]],
    ).fetchall()
    assert places == [(old["territory_id"], False), (new["territory_id"], True)]


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"编码": ""}, "编码", "empty"),
        ({"名称": " \u200b"}, "名称", "empty"),
        ({"系统": "天网"}, "系统", "none of"),
        ({"经度": "东经"}, "经度", "not a number"),
        ({"经度": "190"}, "经度", "not acceptable"),
        ({"保存天数": "7"}, "保存天数", "not acceptable"),
        ({"国标编码": "123"}, "国标编码", "not acceptable"),
        ({"网关": "gw9"}, "网关", "no such gateway"),
        ({"网关": ""}, "网关", "neither"),
        ({"名称": "某宾馆客房3号"}, "名称", "第八条"),
        ({"名称": "浴 室 · 更\u200b衣间"}, "名称", "第八条"),
        ({"主码流地址": "rtsp://admin:Secret1@10.0.0.9/1"}, "主码流地址", "keyring"),
        ({"主码流地址": "rtsp://10.0.0.9/1?password=Secret1"}, "主码流地址", "keyring"),
        ({"主码流地址": "file:///etc/passwd"}, "主码流地址", "form"),
        ({"主码流地址": "rtsp://10.0.0.9/a b"}, "主码流地址", "not acceptable"),
    ],
)
def test_bad_row_is_refused_by_line_and_column_and_good_ones_land(
    owner: psycopg.Connection[Any], bring_in: Run, changed: dict[str, str], column: str, reason: str
) -> None:
    bad = row(**({"编码": "K2", "国标编码": ""} | changed))
    outcome, refused = bring_in([GOOD, bad])
    assert (outcome.read, outcome.imported, outcome.rejected) == (2, 1, 1)
    assert (refused[0]["line"], refused[0]["column"]) == ("3", column)
    assert reason in refused[0]["reason"]
    assert camera(owner, "K2") is None
    assert camera(owner, "K1") is not None


def test_no_secret_is_kept_anywhere(owner: psycopg.Connection[Any], bring_in: Run) -> None:
    url = "rtsp://admin:Secret1@10.0.0.9/1"
    _, refused = bring_in([row(密码="Secret1", 主码流地址=url)])
    assert "Secret1" not in str(refused)
    assert refused[0]["主码流地址"] == "rtsp://***@10.0.0.9/1"
    bring_in([row(密码="Secret1")])
    assert "Secret1" not in str(camera(owner, "K1"))


def test_code_twice_in_a_file_and_number_of_another_are_refused(bring_in: Run) -> None:
    _, refused = bring_in([GOOD, row(名称="别的"), row(编码="K3")])
    assert [(each["line"], each["column"]) for each in refused] == [("3", "编码"), ("4", "国标编码")]


def test_code_in_full_width_signs_is_the_same_camera(bring_in: Run) -> None:
    bring_in([GOOD])
    outcome, _ = bring_in([row(编码="Ｋ１", 网关="ｇｗ１", 国标编码="３７０２１１00001329900001")])
    assert (outcome.unchanged, outcome.imported) == (1, 0)


@pytest.mark.parametrize("extra", [[], ["--dry-run"]])
def test_import_with_refused_rows_is_not_all_well(
    owner: psycopg.Connection[Any],
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    extra: list[str],
) -> None:
    monkeypatch.setenv("LIANGDENG_DSN", database)
    items = [dict(WVP, name="演示\x00码头"), dict(WVP, name="演示\ud83d码头"), WVP]
    path = tmp_path / "in.json"
    path.write_text(json.dumps(items))
    arguments = ["import", str(path), "--gateway", "gw1", "--source", "flood", "--json", *extra]
    said = CliRunner().invoke(app, arguments)
    found = json.loads(said.stdout)
    assert (said.exit_code, found["imported"], found["rejected"]) == (1, 1, 2)
    refused = list(csv.DictReader(io.StringIO(Path(found["rejects"]).read_text("utf-8-sig"))))
    assert [(each["line"], each["column"]) for each in refused] == [("1", "name"), ("2", "name")]
    path.write_text(json.dumps([WVP]))
    assert CliRunner().invoke(app, arguments).exit_code == 0


def test_address_makes_a_gateway_of_its_own_whose_password_is_each_desks(
    owner: psycopg.Connection[Any], bring_in: Run
) -> None:
    url = "rtsp://10.0.0.9:8554/Streaming/Channels/{}?transport=tcp"
    outcome, refused = bring_in(
        [
            row(网关="", 主码流地址=url.format(101)),
            row(编码="K2", 国标编码="", 网关="", 主码流地址=url.format(201)),
        ]
    )
    assert (outcome.imported, refused) == (2, [])
    rows = owner.execute("select rtsp_base, auth from core.gateway where kind = 'direct'").fetchall()
    assert rows == [("rtsp://10.0.0.9:8554", "keyring")]
    assert camera(owner, "K2")[0]["main_template"] == "{base}/Streaming/Channels/201?transport=tcp"
    assert bring_in([row(网关="", 主码流地址=url.format(101))])[0].unchanged == 1


def test_dry_run_leaves_nothing_behind(owner: psycopg.Connection[Any], bring_in: Run) -> None:
    outcome, _ = bring_in([GOOD], dry_run=True)
    assert (outcome.imported, camera(owner, "K1")) == (1, None)


def test_worksheet_comes_in(bring_in: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in (HEADER, GOOD):
        book.worksheets[0].append(cells)
    book.save(tmp_path / "in.xlsx")
    assert bring_in(tmp_path / "in.xlsx")[0].imported == 1


WVP = {
    "channelId": "37021100001329900009",
    "deviceId": "37021100002000000001",
    "name": "演示渔港码头",
    "PTZType": 1,
    "status": True,
    "longitude": 120.2,
    "latitude": 35.96,
    "password": "Secret1",
    "streamId": None,
}
ITEM = {
    "DeviceID": "37021100001329900010",
    "Name": "演示水库大坝",
    "ParentID": "37021100002000000001",
    "Status": "ON",
    "Longitude": 0.0,
    "Latitude": 0.0,
    "Info": {"PTZType": 3},
}


@pytest.mark.parametrize(
    ("catalogue", "code", "turns", "has_point"),
    [
        ({"code": 0, "msg": "成功", "data": {"total": 1, "list": [WVP]}}, WVP["channelId"], True, True),
        ({"Response": {"SumNum": 1, "DeviceList": {"Item": [ITEM]}}}, ITEM["DeviceID"], False, False),
        ([ITEM], ITEM["DeviceID"], False, False),
    ],
)
def test_catalogue_of_a_gateway_comes_in(
    owner: psycopg.Connection[Any],
    bring_in: Run,
    tmp_path: Path,
    catalogue: Any,
    code: str,
    turns: bool,
    has_point: bool,
) -> None:
    path = tmp_path / "channels.json"
    path.write_text(json.dumps(catalogue, ensure_ascii=False), "utf-8")
    outcome, refused = bring_in(path, gateway="gw1", source="flood")
    assert (outcome.imported, refused) == (1, [])
    kept = camera(owner, code)[0]
    assert (kept["national_code"], kept["has_ptz"], kept["lon"] is not None) == (code, turns, has_point)
    assert (kept["device"], kept["channel"]) == ("37021100002000000001", code)
    assert "Secret1" not in str(kept)
    assert bring_in(path, gateway="gw1", source="flood")[0].unchanged == 1


@pytest.mark.parametrize("text", ["{", '{"data": {"list": []}}', "3", '"x"'])
def test_file_that_is_no_catalogue_is_told(bring_in: Run, tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises((BadFile, BadMap)):
        bring_in(path)


def test_missing_column_and_unknown_map_are_named(tmp_path: Path, bring_in: Run) -> None:
    with pytest.raises(BadMap, match="directory, gb28181_catalog, wvp_channels"):
        CAMERA_MAPS.load("nothing")
    path = tmp_path / "in.csv"
    path.write_text("编码,名称\n1,x\n", "utf-8")
    with pytest.raises(BadMap, match="no shipped map"):
        bring_in(path)


def test_import_is_for_administrators(
    owner: psycopg.Connection[Any], connect: Callable[[str], psycopg.Connection[Any]]
) -> None:
    call = "select * from api.import_cameras('370211', '[]')"
    for login in ("d1_operator1", "d1_supervisor1"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect(login).execute(call)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect("d2_admin").execute(call)
    assert connect("d1_admin").execute(call).fetchall() == []


GATEWAY = {
    "code": "gw7",
    "name": "七号",
    "kind": "zlm",
    "district": "370211",
    "rtsp_base": "rtsp://10.0.0.7:554",
    "http_base": None,
    "main_template": "{base}/rtp/{device}",
    "sub_template": "{base}/rtp/{device}",
    "auth": "hmac",
    "ptz": "none",
}


def test_gateway_is_set_and_its_key_told_once(owner: psycopg.Connection[Any]) -> None:
    key = set_gateway(owner, GATEWAY, makes_key=True)
    assert set_gateway(owner, GATEWAY | {"name": "七"}, makes_key=False) is None
    kept = owner.execute(
        "select g.name, encode(k.key, 'hex') from core.gateway g"
        " join core.gateway_key k on k.gateway_id = g.id"
        " where g.code = 'gw7'"
    ).fetchall()
    assert kept == [("七", key)]
    with pytest.raises(psycopg.errors.CheckViolation):
        set_gateway(owner, GATEWAY | {"rtsp_base": "rtsp://admin:x@10.0.0.7"}, makes_key=False)
    with pytest.raises(KeyError):
        set_gateway(owner, GATEWAY | {"district": "1"}, makes_key=False)
