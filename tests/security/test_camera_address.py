"""Addresses of cameras: none without a row of the register, none to be changed, none of a forbidden place."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
import pytest
from hall import OPERATOR, Hall
from optics import REASON, Optics, verify
from psycopg.types.json import Jsonb

from console.demo_gateway.login import signed_by


@pytest.fixture
def optics(hall: Hall) -> Optics:
    return Optics(hall)


NESTED = "select api.open_camera(%(c)s, null, null, null, null, {}) as o"
FIRST = "select api.open_camera(%(c)s, '随便看看') as o"
MINE = "(select max((api.open_camera(%(c)s, '随便看看') ->> 'view')::bigint))"


@pytest.mark.parametrize(
    "script",
    [
        ("begin", FIRST, "again", "rollback"),
        ("begin isolation level serializable", FIRST, "again", "again", "rollback"),
        ("begin", "savepoint s", FIRST, "again", "rollback to s", "again", "rollback"),
        ("begin", FIRST, "savepoint s", "again", "rollback to s", "again", "rollback"),
        ("begin", f"declare d cursor with hold for {FIRST}", "fetch d", "again", "rollback"),
        (NESTED.format(MINE),),
        ("begin", NESTED.format(MINE), "rollback"),
    ],
)
def test_no_address_without_a_committed_row(optics: Optics, script: tuple[str, ...]) -> None:
    camera = optics.make()
    desk = optics.hall.desk(OPERATOR)
    said: list[Any] = []
    view = 0
    for step in script:
        words = NESTED.format(view) if step == "again" else step
        try:
            cursor = desk.execute(words.encode(), {"c": camera})
        except psycopg.Error as refusal:
            said.append(str(refusal))
            if desk.info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
                desk.execute("rollback")
            break
        rows = cursor.fetchall() if cursor.description else []
        said += rows
        view = next((row["o"]["view"] for row in rows if "o" in row), view)
    assert "rtsp" not in str(said)
    assert optics.open(OPERATOR, camera)["address"].startswith("rtsp://")  # committed, it is given


def test_open_views_are_counted_also_when_two_open_at_once(optics: Optics) -> None:
    camera = optics.make()
    optics.hall.rows("update core.setting set value = '1' where key = 'camera_views_most' returning 1")
    outcome: list[str | None] = []

    def second() -> None:
        try:
            optics.ask("d1_operator1", camera, REASON)
        except psycopg.Error as refusal:
            outcome.append(refusal.diag.constraint_name)

    first = psycopg.connect(
        optics.hall.desk(OPERATOR).info.dsn, password=optics.hall.desk(OPERATOR).info.password
    )
    with first:
        first.execute("select api.open_camera(%s, %s)", [camera, REASON])
        waiting = threading.Thread(target=second)
        waiting.start()
    waiting.join()
    first.close()
    assert outcome == ["camera_views_many"]


class TestSignature:
    """An address is good for one stream, one person and five minutes."""

    def test_nothing_of_it_can_be_changed(self, optics: Optics) -> None:
        address = optics.open(OPERATOR, optics.make())["address"]
        query = verify(address)
        path = address.partition("8554")[2].partition("?")[0]
        key = bytes(range(48))
        check = signed_by(key)
        assert check(path, query)
        for changed in (
            {"op": "d1_operator2"},
            {"exp": str(int(query["exp"]) + 60)},
            {"sig": query["sig"][::-1]},
            {"sig": ""},
        ):
            assert not check(path, query | changed), changed
        assert not check(path + "0", query)
        assert not signed_by(key[::-1])(path, query)


class TestNames:
    @pytest.mark.parametrize(
        "name",
        ["", " ", "a\u202eb", "a\u200bb", "a\nb", "a\u0007b", "a\u2066b", "路口\ufeff", "x" * 121],
    )
    def test_what_hides_or_turns_words_is_refused(self, optics: Optics, name: str) -> None:
        with pytest.raises(psycopg.Error) as refusal:
            optics.make(name=name)
        assert refusal.value.sqlstate == "LD003"
        assert optics.make(name="测试路口（东）")

    @pytest.mark.parametrize(
        "name",
        [
            *("女更衣室", "更 衣 室", "更·衣·室", "公共浴室内", "学生宿舍房间3", "宾馆客房"),
            *("ＫＴＶ包间内", "男卫生间", "母婴室", "试衣间2号", "汗蒸房", "公厕内侧3号机", "女廁所"),
        ],
    )
    def test_forbidden_place_is_refused_by_whoever_it_is_registered(self, optics: Optics, name: str) -> None:
        row = {"code": "F1", "name": name, "pinyin": "x", "initials": "x", "source": "security"}
        row |= {"purpose": "street", "place_kind": "road", "gateway": "gw1"}
        words = "select result, field, problem from api.import_cameras('370211', %s)"
        for login in ("d1_admin", None):
            ask = optics.hall.rows if login is None else lambda *given: optics.hall.call("d1_admin", *given)
            for forbidden in (row, row | {"name": "普通路口", "place_kind": "changing_room"}):
                given = Jsonb([forbidden | {"duties": ["operator"]}])
                answer = ask(words, given)[0]
                assert (answer["result"], answer["field"]) == ("rejected", "name"), answer
                assert "第八条" in answer["problem"]
        with pytest.raises(psycopg.Error) as refusal:
            optics.make(name=name)
        assert refusal.value.diag.constraint_name == "forbidden_place"
        camera = optics.make()
        with pytest.raises(psycopg.Error):
            optics.hall.rows("update core.camera set name = %s where id = %s returning 1", name, camera)

    @pytest.mark.parametrize(
        "name", ["浴室路口", "公厕门口3号机", "宾馆大门", "学校宿舍区路口", "更衣室门外"]
    )
    def test_the_street_outside_is_not_forbidden(self, optics: Optics, name: str) -> None:
        assert optics.make(name=name)
