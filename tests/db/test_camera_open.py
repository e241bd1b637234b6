"""Opening a camera: first the register, then the address; how long a view lasts and how it ends."""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, Hall
from hypothesis import given, settings
from hypothesis import strategies as st
from optics import KEY, REASON, Optics, verify

from db.admin.worker import sweep

ELSEWHERE = (  # a grid of another town
    "select g.id from core.territory g, core.territory here where here.id = %s and g.level = 4"
    " and g.district_id = 1 and g.town_id <> here.town_id order by g.id limit 1"
)


@pytest.fixture
def optics(hall: Hall) -> Optics:
    return Optics(hall)


def views(optics: Optics) -> int:
    count: int = optics.hall.value("select count(*) from audit.camera_view")
    return count


def refused(optics: Optics, login: str, *given: Any) -> tuple[str | None, str | None]:
    with pytest.raises(psycopg.Error) as refusal:
        optics.ask(login, *given)
    return refusal.value.sqlstate, refusal.value.diag.constraint_name


class TestAddress:
    def test_first_call_writes_the_register_and_gives_no_address(self, optics: Optics) -> None:
        camera = optics.make()
        answer = optics.ask(OPERATOR, camera, REASON)
        assert (answer["is_registered"], answer["address"], answer["alternatives"]) == (False, None, [])
        row = optics.hall.rows("select * from audit.camera_view")[0]
        assert (row["login"], row["camera_id"], row["reason"]) == (OPERATOR, camera, REASON)
        assert (row["kind"], row["stream"], row["unit_id"]) == ("live", "sub", optics.hall.unit[OPERATOR])
        entry = optics.hall.rows("select * from audit.entry where kind = 'camera_view'")[0]
        assert (entry["login"], entry["reason"]) == (OPERATOR, REASON)
        assert entry["detail"]["view"] == answer["view"]

    def test_second_call_gives_signed_addresses(self, optics: Optics) -> None:
        before = time.time()
        answer = optics.open(OPERATOR, optics.make(device="340", channel="7"), stream="main")
        assert answer["is_registered"] is True
        assert answer["address"].startswith("rtsp://127.0.0.1:8554/rtp/340_7?exp=")
        query = verify(answer["address"])
        assert query["op"] == OPERATOR
        assert before + 290 < int(query["exp"]) < time.time() + 301
        assert [each["protocol"] for each in answer["alternatives"]] == ["rtsp", "flv", "hls", "mp4"]
        signatures = {each["address"].partition("sig=")[2] for each in answer["alternatives"]}
        assert signatures == {query["sig"]}  # of the stream, whatever the protocol
        assert answer["retention_days"] == 30

    def test_sub_stream_is_another_path(self, optics: Optics) -> None:
        camera = optics.make(device="340", channel="7")
        assert "/rtp/340_7_sub?" in optics.open(OPERATOR, camera)["address"]

    def test_template_of_the_camera_goes_before_the_gateways(self, optics: Optics) -> None:
        camera = optics.make(code="K9", main_template="{http}/live/{code}.flv")
        answer = optics.open(OPERATOR, camera, stream="main")
        assert answer["address"].startswith("http://127.0.0.1:8080/live/K9.flv?exp=")
        assert [each["protocol"] for each in answer["alternatives"]] == ["flv"]

    def test_gateway_with_secrets_of_persons_is_told_by_name_alone(self, optics: Optics) -> None:
        gateway = optics.make_gateway("direct1", auth="keyring", kind="direct", http_base=None)
        answer = optics.open(OPERATOR, optics.make(gateway_id=gateway))
        assert answer["credential"] == "keyring:direct1"
        assert "?" not in answer["address"]

    def test_gateway_without_key_gives_nothing_and_registers_nothing(self, optics: Optics) -> None:
        camera = optics.make()
        optics.hall.rows("delete from core.gateway_key returning 1")
        assert refused(optics, OPERATOR, camera, REASON) == ("LD001", "camera_no_address")
        assert views(optics) == 0

    def test_view_brings_fresh_addresses_until_it_is_closed(self, optics: Optics) -> None:
        camera = optics.make()
        view = optics.open(OPERATOR, camera)["view"]
        assert optics.ask(OPERATOR, camera, None, None, None, None, view)["address"]
        assert views(optics) == 1
        assert optics.hall.call(OPERATOR, "select api.close_view(%s) as c", view)[0]["c"] is True
        again = (camera, None, None, None, None, view)
        assert refused(optics, OPERATOR, *again) == ("LD001", "camera_view_over")

    def test_two_pictures_of_one_camera_are_two_views(self, optics: Optics) -> None:
        camera = optics.make()
        one, two = (optics.open(OPERATOR, camera)["view"] for _ in range(2))
        optics.hall.call(OPERATOR, "select api.close_view(%s)", one)
        kept = optics.hall.call(OPERATOR, "select api.keep_views(%s) as v", [one, two])
        assert [row["v"] for row in kept] == [two]


@pytest.fixture(scope="module")
def reckoner(shared_database: str) -> Iterator[psycopg.Connection[Any]]:
    """The owner, who may call the private functions."""
    with psycopg.connect(shared_database, autocommit=True) as connection:
        yield connection


class TestSignature:
    @settings(max_examples=60, deadline=None)
    @given(key=st.binary(min_size=1, max_size=150), message=st.binary(max_size=200))
    def test_hmac_is_pythons(self, reckoner: psycopg.Connection[Any], key: bytes, message: bytes) -> None:
        row = reckoner.execute("select core.hmac_sha256(%s, %s)", [key, message]).fetchone()
        assert row is not None
        assert row[0] == hmac.digest(key, message, "sha256")

    @pytest.mark.parametrize("word", ["d1_operator1", "王 芳", "a&sig=0", "a/b?c#d%"])
    def test_words_of_a_query_are_quoted(self, reckoner: psycopg.Connection[Any], word: str) -> None:
        row = reckoner.execute("select core.url_word(%s)", [word]).fetchone()
        assert row == (quote(word, safe="~"),)

    def test_another_key_does_not_verify(self, optics: Optics) -> None:
        address = optics.open(OPERATOR, optics.make())["address"]
        verify(address)
        with pytest.raises(AssertionError):
            verify(address, KEY[::-1])
        with pytest.raises(AssertionError):
            verify(address.replace("op=d1_operator1", "op=d1_operator2"))


class TestRegisterFirst:
    """R702: nobody looks and rolls the trace back."""

    def test_no_address_in_the_transaction_of_the_row(self, optics: Optics) -> None:
        camera = optics.make()
        desk = optics.hall.desk(OPERATOR)
        with desk.transaction():
            view = optics.ask(OPERATOR, camera, REASON)["view"]
            again = optics.ask(OPERATOR, camera, None, None, None, None, view)
            assert (again["is_registered"], again["address"]) == (False, None)
        assert optics.ask(OPERATOR, camera, None, None, None, None, view)["address"]

    def test_no_address_after_a_rollback(self, optics: Optics) -> None:
        camera = optics.make()
        with optics.hall.desk(OPERATOR).transaction(force_rollback=True):
            view = optics.ask(OPERATOR, camera, REASON)["view"]
        again = (camera, None, None, None, None, view)
        assert refused(optics, OPERATOR, *again) == ("LD001", "camera_view_over")
        assert views(optics) == 0

    def test_no_address_behind_a_savepoint(self, optics: Optics) -> None:
        camera = optics.make()
        desk = optics.hall.desk(OPERATOR)
        with desk.transaction():
            with desk.transaction():
                view = optics.ask(OPERATOR, camera, REASON)["view"]
            with desk.transaction(force_rollback=True):
                assert optics.ask(OPERATOR, camera, None, None, None, None, view)["address"] is None


class TestRight:
    def test_reason_and_names_are_checked(self, optics: Optics) -> None:
        camera = optics.make()
        for words in (
            ("abc",),
            (None,),
            ("a\u202eb ok",),
            (REASON, None, "hd"),
            (REASON, None, "sub", "film"),
        ):
            assert refused(optics, OPERATOR, camera, *words)[0] == "LD003", words
        assert views(optics) == 0

    def test_ticket_must_be_one_the_person_sees(self, optics: Optics) -> None:
        camera = optics.make(owner_unit_id=optics.hall.unit[DEPT])
        ticket = optics.hall.at("work")
        assert optics.open(DEPT, camera, ticket)["address"]
        other = optics.make(owner_unit_id=optics.hall.unit[OTHER_DEPT])
        assert refused(optics, OTHER_DEPT, other, REASON, ticket) == ("LD004", "no_such_ticket")

    def test_scopes_decide_who_sees_it(self, optics: Optics) -> None:
        here = optics.make(owner_unit_id=optics.hall.unit[DEPT])
        nowhere = optics.make(territory_id=None)
        far = optics.make(territory_id=optics.hall.value(ELSEWHERE, optics.hall.place))
        made = {here, nowhere, far}
        assert optics.sees(OPERATOR) >= made
        for login, shown in ((AREA, {here}), (TOWN, {here}), (DEPT, {here}), (OTHER_DEPT, set())):
            assert optics.sees(login) & made == shown, login
            for camera in made - shown:
                assert refused(optics, login, camera, REASON) == ("LD004", "no_such_camera"), login
        assert refused(optics, OTHER_DEPT, here, REASON) == ("LD004", "no_such_camera")
        assert refused(optics, "d2_operator1", here, REASON) == ("LD004", "no_such_camera")

    def test_functions_know_the_same_cameras_as_row_security(self, optics: Optics) -> None:
        places = optics.hall.rows(
            "select id from core.territory where district_id = 1 and level in (2, 3)"
            " order by level, id limit 60"
        )
        for number, place in enumerate(places):
            owner = optics.hall.unit[(DEPT, OTHER_DEPT)[number % 2]]
            optics.make(territory_id=place["id"], owner_unit_id=owner)
        everything = optics.sees(OPERATOR)
        for login in (OPERATOR, TOWN, AREA, DEPT):
            seen = optics.sees(login)
            assert login == OPERATOR or seen < everything
            query = "select c.id from core.camera c where core.person_opens(c.id, %s)"
            assert {row["id"] for row in optics.hall.rows(query, login)} == seen

    def test_duty_is_asked_of_everybody(self, optics: Optics) -> None:
        camera = optics.make(duties=["operator"])
        assert camera in optics.sees(OPERATOR)
        assert camera not in optics.sees(SUPERVISOR)
        assert refused(optics, SUPERVISOR, camera, REASON) == ("LD004", "no_such_camera")

    def test_shared_group_shows_its_cameras_to_its_units_and_those_below(self, optics: Optics) -> None:
        camera = optics.make(territory_id=None)
        optics.make_group("测试防汛点", [camera], [optics.hall.unit[TOWN]])
        assert camera in optics.sees(TOWN)
        assert camera not in optics.sees(OTHER_DEPT)
        below = optics.hall.value("select parent_id from core.unit where id = %s", optics.hall.unit[AREA])
        assert (camera in optics.sees(AREA)) == (below == optics.hall.unit[TOWN])
        assert optics.open(TOWN, camera)["address"]
        optics.hall.rows("update core.camera_group_unit set valid = 'empty' returning 1")
        assert camera not in optics.sees(TOWN)

    def test_whoever_is_off_duty_opens_nothing(self, optics: Optics) -> None:
        camera = optics.make()
        optics.hall.rows("update core.staff set on_duty = false where login = %s returning 1", OPERATOR)
        assert refused(optics, OPERATOR, camera, REASON) == ("LD001", "off_duty")

    def test_camera_or_gateway_out_of_service_is_not_opened(self, optics: Optics) -> None:
        camera = optics.make()
        for out in (
            "update core.camera set valid = daterange(valid_from, current_date) from"
            " (select current_date - 9 as valid_from) d returning 1",
            "update core.camera set valid = daterange(current_date, null), is_active = false returning 1",
            "update core.gateway set is_active = false returning 1",
        ):
            optics.hall.rows(out)
            assert refused(optics, OPERATOR, camera, REASON) == ("LD001", "camera_inactive"), out

    def test_disabled_person_opens_nothing(self, optics: Optics) -> None:
        camera = optics.make()
        view = optics.open(OPERATOR, camera)["view"]
        optics.hall.rows("update core.staff set valid = 'empty' where login = %s returning 1", OPERATOR)
        assert refused(optics, OPERATOR, camera, REASON) == ("42501", "not_staff")
        assert refused(optics, OPERATOR, camera, None, None, None, None, view) == ("42501", "not_staff")


class TestEnd:
    def entry(self, optics: Optics) -> dict[str, Any]:
        return optics.hall.rows("select * from audit.entry where kind = 'camera_view_end'")[0]

    def test_closing_tells_the_register_how_long(self, optics: Optics) -> None:
        ticket = optics.hall.at("work")
        view = optics.open(OPERATOR, optics.make(), ticket)["view"]
        assert optics.hall.call(OPERATOR, "select api.close_view(%s) as c", view)[0]["c"] is True
        assert optics.hall.call(OPERATOR, "select api.close_view(%s) as c", view)[0]["c"] is False
        entry = self.entry(optics)
        assert (entry["login"], entry["ticket_id"]) == (OPERATOR, ticket)
        assert (entry["detail"]["view"], entry["detail"]["cause"]) == (view, "closed")
        assert 0 <= entry["detail"]["seconds"] < 60

    def test_worker_ends_what_is_silent(self, optics: Optics, owner: psycopg.Connection[Any]) -> None:
        optics.open(OPERATOR, optics.make())
        assert sweep(owner).views == 0
        optics.hall.rows("update core.camera_live set seen_at = seen_at - interval '2 minutes' returning 1")
        assert sweep(owner).views == 1
        assert self.entry(optics)["detail"]["cause"] == "silent"
        assert self.entry(optics)["detail"]["login"] == OPERATOR

    def test_lost_right_ends_the_view_at_the_next_heartbeat(self, optics: Optics) -> None:
        camera = optics.make()
        view = optics.open(OPERATOR, camera)["view"]
        keep = "select api.keep_views(%s) as v"
        assert [row["v"] for row in optics.hall.call(OPERATOR, keep, [view])] == [view]
        optics.hall.rows("update core.camera set duties = '{leader}' returning 1")
        assert optics.hall.call(OPERATOR, keep, [view]) == []
        assert self.entry(optics)["detail"]["cause"] == "revoked"

    def test_view_of_another_is_neither_kept_nor_closed(self, optics: Optics) -> None:
        camera = optics.make()
        view = optics.open(OPERATOR, camera)["view"]
        assert optics.hall.call("d1_operator2", "select api.keep_views(%s) as v", [view]) == []
        assert optics.hall.call("d1_operator2", "select api.close_view(%s) as c", view)[0]["c"] is False
        again = (camera, None, None, None, None, view)
        assert refused(optics, "d1_operator2", *again) == ("LD001", "camera_view_over")
        assert optics.ask(OPERATOR, *again)["address"]

    def test_open_views_of_a_person_are_limited(self, optics: Optics) -> None:
        camera = optics.make()
        optics.hall.rows("update core.setting set value = '2' where key = 'camera_views_most' returning 1")
        first = optics.open(OPERATOR, camera)["view"]
        optics.open(OPERATOR, camera)
        assert refused(optics, OPERATOR, camera, REASON) == ("LD001", "camera_views_many")
        assert optics.open("d1_operator2", camera)["address"]
        optics.hall.call(OPERATOR, "select api.close_view(%s)", first)
        assert optics.open(OPERATOR, camera)["address"]
