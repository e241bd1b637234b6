"""Attacks on cameras: looking without a trace or without the right, forging the register, getting at keys."""

from __future__ import annotations

import base64
from typing import Any

import psycopg
import pytest
from attack import CONSOLES, EVERYBODY, LOGINS, NOTHING, Attack, each
from ground import Ground
from hall import OPERATOR
from optics import REASON
from test_attacks_tables import opened

from db.seed.demo_cameras import announce_gateway

BASE = "rtsp://127.0.0.1:5599"
OPEN = "select api.open_camera(%s, %s, null, 'sub', 'live', %s)"
ALL_CAMERAS = (
    "create or replace function core.cameras_of(my_district smallint, my_unit integer, my_scope text,"
    " my_town integer, my_area integer, my_dept integer, my_duties text[]) returns setof core.camera"
    " language sql stable as 'select * from core.camera'"
)
ALL_TICKETS = (
    "create or replace function core.person_sees(t core.ticket, p_login name) returns boolean"
    " language sql as 'select true'"
)
NO_CAMERA = {"refused": "LD004", "code": "no_such_camera"}
NO_TICKET = {"refused": "LD004", "code": "no_such_ticket"}
REGISTER = (
    *opened("audit.camera_view", "core.camera", "core.district", "core.unit", "audit.entry", "core.staff"),
    "drop trigger _400_immutable on audit.camera_view",
    "grant usage on schema audit to public",
)

READS = (
    *(
        Attack(f"read-{table}", "R702", EVERYBODY, f"select * from {table}", off=opened(table))
        for table in (
            "core.camera",
            "core.gateway",
            "core.gateway_key",
            "core.camera_live",
            "core.camera_group_member",
            "audit.camera_view",
        )
    ),
    Attack(
        "foreign-camera",
        "R703",
        ("unit", "area", "neighbour"),
        "select name from api.cameras where id = %(far_camera)s",
        refused=NOTHING,
        off="alter table core.camera disable row level security",
    ),
    Attack(
        "foreign-group",
        "S72",
        ("unit", "neighbour"),
        "select name from api.camera_groups where id = %(camera_group)s",
        refused=NOTHING,
        off="alter table core.camera_group disable row level security",
    ),
    Attack(
        "register-of-views",
        "R702",
        ("operator", "callback", "clerk", "unit", "town", "area"),
        "select reason from api.camera_views",
        refused=NOTHING,
        off="alter table audit.camera_view disable row level security",
    ),
    Attack(
        "sign-for-oneself",
        "R702",
        EVERYBODY,
        "select core.signed_query(1::smallint, %(gateway)s, '/x')",
        off=opened("core.gateway_key"),
    ),
    Attack(
        "address-of-a-stream",
        "R702",
        ("operator", "admin"),
        "select core.stream_addresses(c, g, 'sub') from core.camera c, core.gateway g"
        " where c.id = %(camera)s and g.id = c.gateway_id",
        off=opened("core.gateway_key", "core.camera", "core.gateway"),
    ),
)

OPENS = (
    Attack(
        "open-foreign-camera",
        "R703",
        ("unit", "area", "callback", "clerk", "admin", "worker", "neighbour"),
        "select api.open_camera(%(far_camera)s, '随便看看')",
        off=ALL_CAMERAS,
        **NO_CAMERA,
    ),
    Attack(
        "open-for-a-ticket-unseen",
        "R704",
        "town",
        "select api.open_camera(%(town_camera)s, '随便看看', %(foreign)s)",
        off=ALL_TICKETS,
        **NO_TICKET,
    ),
    Attack(
        "open-for-ones-own-complaint",
        "R902",
        "town",
        "select api.open_camera(%(town_camera)s, '随便看看', %(accused)s)",
        off=ALL_TICKETS,
        **NO_TICKET,
    ),
    Attack(
        "open-by-another's-row",
        "R702",
        "colleague",
        "select api.open_camera(%(camera)s, null, null, null, null, %(camera_view)s)",
        refused="LD001",
        code="camera_view_over",
        off="create or replace function core.own_view(p_view bigint, c core.camera) returns audit.camera_view"
        " language sql as 'select v from audit.camera_view v where v.id = p_view'",
    ),
    Attack(
        "near-foreign-cameras",
        "R703",
        ("unit",),
        "select camera_id from api.nearest_cameras(120.1, 35.9)",
        refused=NOTHING,
        off=ALL_CAMERAS,
    ),
    Attack(
        "search-foreign-cameras",
        "R703",
        ("unit", "callback"),
        "select camera_id from api.search_cameras('')",
        refused=NOTHING,
        off=ALL_CAMERAS,
    ),
    Attack(
        "count-foreign-cameras",
        "R703",
        ("unit", "callback"),
        "select cameras from api.camera_tree()",
        refused=NOTHING,
        off=ALL_CAMERAS,
    ),
    Attack(
        "map-of-foreign-cameras",
        "R703",
        ("unit", "callback"),
        "select camera_id from api.cameras_within(100, 20, 140, 50)",
        refused=NOTHING,
        off=ALL_CAMERAS,
    ),
)

WRITES = (
    Attack(
        "forge-a-view",
        "R702",
        ("operator", "admin"),
        "insert into audit.camera_view"
        " (district_id, login, unit_id, camera_id, reason, kind, stream, expires_at)"
        " values (1, 'd1_operator2', %(dept)s, %(camera)s, 'x', 'live', 'sub', 'infinity')",
        off=REGISTER,
    ),
    Attack(
        "change-a-view",
        "R702",
        CONSOLES,
        "update audit.camera_view set reason = '公务'",
        off=REGISTER,
    ),
    Attack(
        "delete-a-view",
        "R702",
        CONSOLES,
        "delete from audit.camera_view where id not in (select view_id from core.camera_live)",
        off=(*REGISTER, *opened("core.camera_live"), "delete from core.camera_live"),
    ),
    Attack(
        "delete-a-heartbeat",
        "R702",
        ("operator", "supervisor", "admin"),
        "delete from core.camera_live",
        off=opened("core.camera_live"),
    ),
    Attack(
        "widen-a-camera",
        "R703",
        ("unit", "admin"),
        "update core.camera set duties = '{callback,clerk,unit}'",
        off=opened("core.camera", "core.forbidden_place", "core.reason", "core.duty", "core.territory"),
    ),
    Attack(
        "lift-the-ban",
        "R707",
        ("supervisor", "admin"),
        "delete from core.forbidden_place",
        off=opened("core.forbidden_place"),
    ),
    Attack(
        "give-a-group-away",
        "R703",
        "operator",
        "select api.give_group(%(camera_group)s, array[%(other_dept)s]), 1",
        code="shared_group",
        off="create or replace function core.require_sharer() returns void language sql as ''",
    ),
    Attack(
        "end-others'-views",
        "R702",
        ("operator", "supervisor", "admin"),
        "select api.sweep_views(), 1",
        code="duty_missing",
        off="create or replace function core.require_worker() returns void language sql as ''",
    ),
    Attack(
        "import-cameras",
        "R703",
        ("operator", "supervisor", "unit"),
        "select result from api.import_cameras('370211', '[{}]')",
        off=(
            "grant execute on function api.import_cameras(text, jsonb) to public",
            "create or replace function core.district_for_admin(p_code text) returns smallint"
            " language sql as 'select 1::smallint'",
        ),
    ),
)


@pytest.fixture(scope="module")
def siege(ground: Ground) -> Ground:
    """The besieged district with its gateway announced, a view that goes on and cameras worth opening."""
    announce_gateway(ground.owner_dsn, BASE)

    def value(query: str, *given: object) -> Any:
        row = ground.owner.execute(query, given).fetchone()
        assert row is not None
        return row[0]

    town = value("select territory_id from core.unit where id = %s", ground.facts["town"])
    ground.facts |= {
        "camera": value("select min(id) from core.camera where district_id = 1"),
        "far_camera": value(
            "select min(id) from core.camera where district_id = 1 and p_town <> %s and purpose = 'street'",
            town,
        ),
        "town_camera": value("select min(id) from core.camera where p_town = %s", town),
        "camera_group": value("select min(id) from core.camera_group where district_id = 1"),
        "gateway": value("select min(id) from core.gateway where district_id = 1"),
    }
    with ground.login(OPERATOR) as desk:
        made = desk.execute(OPEN, [ground.facts["camera"], REASON, None]).fetchone()
        assert made is not None
        ground.facts["camera_view"] = made[0]["view"]
        assert desk.execute(OPEN, [ground.facts["camera"], None, made[0]["view"]]).fetchone()
    ground.owner.execute("analyze core.camera")
    ground.untouched = ground.fingerprint()
    return ground


@pytest.mark.parametrize(("attack", "login"), each((*READS, *OPENS, *WRITES)))
def test_refused(siege: Ground, attack: Attack, login: str) -> None:
    siege.repel(attack, login)


class TestSecrets:
    """Keys and bases of gateways reach nobody, in whatever form a session may print."""

    def forms(self, ground: Ground) -> tuple[str, ...]:
        keys = [key for (key,) in ground.owner.execute("select key from core.gateway_key").fetchall()]
        return (
            *(key.hex()[:24] for key in keys),
            *(base64.b64encode(key).decode()[:24] for key in keys),
            *(" ".join(str(byte if byte < 128 else byte - 256) for byte in key[:8]) for key in keys),
            *(" ".join(map(str, key[:8])) for key in keys),
        )

    def printed(self, connection: psycopg.Connection[Any], query: str, *given: object) -> str:
        """Return all a query brings and all it lets the server print of its trees and plans."""
        said: list[str] = []
        connection.add_notice_handler(
            lambda diag: said.append(f"{diag.message_primary} {diag.message_detail}")
        )
        for name in ("debug_print_parse", "debug_print_rewritten", "debug_print_plan"):
            connection.execute(f"set {name} = on".encode())
        connection.execute("set client_min_messages = debug1")
        said += [str(row) for row in connection.execute(query.encode(), given).fetchall()]
        return " ".join(said)

    def test_no_plan_prints_a_key(self, siege: Ground) -> None:
        camera, view = siege.facts["camera"], siege.facts["camera_view"]
        asked = f"select api.open_camera({camera}, null, null, null, null, {view})"
        with siege.login(OPERATOR) as connection:
            said = self.printed(connection, asked)
            for _ in range(8):  # until plans are kept
                said += self.printed(connection, asked)
            said += self.printed(connection, f"explain (analyze, verbose) {asked}")
        assert "sig=" in said
        assert "QUERY" in said
        assert not [form for form in self.forms(siege) if form in said]

    def test_what_is_searched_for_would_be_found(self, siege: Ground) -> None:
        key = siege.owner.execute("select key from core.gateway_key limit 1").fetchone()
        assert key is not None
        with psycopg.connect(siege.owner_dsn) as owner:
            said = self.printed(owner, f"select md5('\\x{key[0].hex()}'::bytea), clock_timestamp()")
        assert [form for form in self.forms(siege) if form in said]

    @pytest.mark.parametrize("group", CONSOLES)
    def test_no_view_shows_a_key_or_where_a_gateway_is(self, siege: Ground, group: str) -> None:
        forms = (*self.forms(siege), BASE, "{base}")
        views = siege.owner.execute(
            "select oid::regclass::text from pg_class"
            " where relnamespace = 'api'::regnamespace and relkind = 'v'"
        ).fetchall()
        assert len(views) > 30
        with siege.login(LOGINS[group]) as connection:
            for (view,) in views:
                rows = connection.execute(f"select v::text from {view} v".encode()).fetchall()
                assert not [form for form in forms if form in str(rows)], view
        kept = siege.owner.execute("select g::text from core.gateway g").fetchall()
        assert BASE in str(kept)

    def test_errors_tell_no_address(self, siege: Ground) -> None:
        with siege.login("d1_dept01") as connection, pytest.raises(psycopg.Error) as refusal:
            connection.execute(OPEN, [siege.facts["far_camera"], REASON, None])
        said = f"{refusal.value} {refusal.value.diag.message_detail} {refusal.value.diag.context}"
        assert BASE not in said
        assert "演示" not in said
