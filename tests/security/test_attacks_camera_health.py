"""Against sweeps and steering: invented statuses, addresses read out, cameras taken from others' hands."""

from __future__ import annotations

import pytest
from attack import NOTHING, Attack, each
from camera_hall import make_camera
from ground import Ground
from hall import OPERATOR, Hall

DESKS = ("operator", "supervisor", "inspector", "leader", "admin", "unit", "town", "area")
ANYBODY = "create or replace function core.require_worker() returns void language sql as ''"
ANY_SESSION = "create or replace function core.require_sweeper() returns void language sql as ''"
NO_DUTY = {"refused": "42501", "code": "duty_missing"}
ANY_LEASE = (
    "create or replace function core.own_lease(p_lease bigint) returns core.ptz_lease"
    " language sql as 'select l from core.ptz_lease l where l.id = p_lease'"
)
ANY_CAMERA = (
    "create or replace function core.seen_camera(p_camera integer) returns core.camera"
    " language sql as 'select c from core.camera c where c.id = p_camera'"
)
ANY_DUTY = (
    "create or replace function core.my_duties() returns text[]"
    " language sql as $$select array['operator', 'supervisor', 'unit']$$"
)
OPENS_ALL = (
    "create or replace function core.may_open(p_camera integer) returns boolean language sql as 'select true'"
)
LAPSED = "update core.ptz_lease set renewed_at = now() - interval '1 minute'"
NOTE = "select api.note_camera_statuses(%(sweep)s, array[%(camera)s::int], array['refused'], array[1])"
TAKE = "select api.ptz_take(%(steered)s, '核对路面积水'"

ATTACKS = (
    Attack("take-sweep", "S72", DESKS, "select api.take_camera_sweep()", off=ANYBODY, **NO_DUTY),
    Attack(
        "begin-sweeps",
        "S72",
        ("operator", "admin"),
        "select * from api.begin_camera_sweeps(true)",
        off=(ANYBODY, ANY_SESSION),
        **NO_DUTY,
    ),
    Attack(
        "read-addresses",
        "R702",
        DESKS,
        "select * from api.cameras_to_probe(%(sweep)s)",
        off=(ANYBODY, ANY_SESSION),
        **NO_DUTY,
    ),
    Attack("write-statuses", "S72", DESKS, NOTE, off=(ANYBODY, ANY_SESSION), **NO_DUTY),
    Attack(
        "write-statuses-without-the-office",
        "S72",
        "worker",
        NOTE,
        refused="LD001",
        code="no_sweeper",
        off=ANY_SESSION,
    ),
    Attack(
        "end-sweep",
        "S72",
        ("operator", "supervisor"),
        "select api.end_camera_sweep(%(sweep)s)",
        off=(ANYBODY, ANY_SESSION),
        **NO_DUTY,
    ),
    Attack(
        "write-status-rows",
        "S72",
        (*DESKS, "worker"),
        "update core.camera_status set status = 'online'",
        off=(
            "grant usage on schema core to {login}",
            "grant all on core.camera_status to {login}",
            "alter table core.camera_status disable row level security",
        ),
    ),
    Attack(
        "read-shares-of-other-places",
        "R902",
        ("unit", "area"),
        "select * from api.camera_health(now() - interval '1 day')",
        refused=NOTHING,
        off=(
            "create or replace function core.standpoint(p_login name) returns table (district_id smallint,"
            " unit_id integer, scope text, town integer, area integer, dept integer)"
            " language sql security definer"
            " as $$select 1::smallint, s.unit_id, 'all', null::int, null::int, null::int"
            " from core.staff s where s.login = p_login$$"
        ),
    ),
    Attack(
        "end-leases", "S72", ("operator", "admin"), "select api.sweep_ptz()", off=(ANYBODY, LAPSED), **NO_DUTY
    ),
    Attack(
        "renew-foreign-lease",
        "R702",
        ("colleague", "supervisor"),
        "select api.ptz_renew(%(lease)s)",
        refused="LD001",
        code="ptz_over",
        off=ANY_LEASE,
    ),
    Attack(
        "move-in-anothers-name",
        "R702",
        ("colleague", "supervisor"),
        "select api.ptz_move(%(lease)s, '{\"pan\": 100}')",
        refused="LD001",
        code="ptz_over",
        off=ANY_LEASE,
    ),
    Attack(
        "release-foreign-lease",
        "R702",
        ("colleague", "supervisor"),
        "select nullif(api.ptz_release(%(lease)s), false)",
        refused=NOTHING,
        off="update core.ptz_lease set login = '{login}'",
    ),
    Attack(
        "take-from-others-hands",
        "R703",
        "colleague",
        f"{TAKE})",
        refused="LD001",
        code="ptz_taken",
        off=LAPSED,
    ),
    Attack(
        "take-over-as-operator",
        "R703",
        "colleague",
        f"{TAKE}, null, true)",
        refused="LD001",
        code="ptz_taken",
        off=ANY_DUTY,
    ),
    Attack(
        "steer-without-the-duty",
        "R703",
        ("unit", "town"),
        f"{TAKE}, null, true)",
        off=(ANY_CAMERA, ANY_DUTY, OPENS_ALL),
        **NO_DUTY,
    ),
    Attack(
        "steer-foreign-camera",
        "S04",
        "neighbour",
        f"{TAKE}, null, true)",
        refused="LD004",
        code="no_such_camera",
        off=(
            ANY_CAMERA,
            ANY_DUTY,
            OPENS_ALL,
        ),
    ),
    Attack(
        "read-leases",
        "R902",
        ("operator", "unit"),
        "select * from core.ptz_lease",
        off=(
            "grant usage on schema core to {login}",
            "grant all on core.ptz_lease to {login}",
            "alter table core.ptz_lease disable row level security",
        ),
    ),
)


@pytest.fixture(scope="module")
def cameras(ground: Ground) -> Ground:
    """A sweep that goes on, shares of a town, and a camera in an operator's hand."""
    hall = Hall(ground.owner_dsn, ground.person_dsn)
    camera = make_camera(hall, "D1-H-0001")
    steered = make_camera(hall, "D1-H-0002")
    hall.rows("update core.camera set has_ptz = true where id = %s returning 1", steered)
    hall.rows(
        "update core.camera set owner_unit_id = %s where code like 'D1-H-%%' returning 1",
        hall.unit["d1_dept01"],
    )
    hall.rows(
        "update core.gateway set ptz = 'wvp', http_base = 'http://127.0.0.1:1'"
        " where code = 'tests' returning 1"
    )
    lease = hall.call(OPERATOR, "select api.ptz_take(%s, '核对路面积水') as o", steered)[0]["o"]["lease"]
    hall.rows("update core.ptz_lease set renewed_at = now() + interval '1 day' returning 1")
    hall.rows(
        "insert into core.camera_status (district_id, camera_id, status)"
        " values (1, %s, 'online') returning 1",
        camera,
    )
    hall.rows(
        "insert into core.camera_share (district_id, at, source, town_id, total, online, down)"
        " values (1, now(), 'security', 1, 9, 8, 1) returning 1"
    )
    sweep = hall.value("insert into core.camera_sweep (district_id) values (1) returning id")
    ground.facts |= {"camera": camera, "steered": steered, "lease": lease, "sweep": sweep}
    hall.close()
    ground.untouched = ground.fingerprint()
    return ground


@pytest.mark.parametrize(("attack", "login"), each(ATTACKS))
def test_attack_on_sweeps_and_steering_fails(cameras: Ground, attack: Attack, login: str) -> None:
    cameras.repel(attack, login)
