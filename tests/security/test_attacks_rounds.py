"""Round tours of others: their groups, their records, their plans (S72)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from attack import NOTHING, Attack, each
from ground import Ground
from hall import OPERATOR, Hall
from optics import Optics

from db.admin.context import demo_password
from db.embedded import Address

ANY_GROUP = (
    "create or replace function core.patrol_group(p_group integer) returns core.camera_group"
    " language sql security definer as 'select g from core.camera_group g where g.id = p_group'"
)
ANY_ROUND = (
    "create or replace function core.own_patrol(p_patrol bigint) returns core.patrol"
    " language sql security definer as 'select p from core.patrol p where p.id = p_patrol'"
)
EVERY_DUTY = (
    "create or replace function core.has_duty(variadic p_duties text[]) returns boolean"
    " language sql as 'select true'"
)
ANY_ROW = (
    "alter table core.patrol disable row level security",
    "alter table core.patrol_stop disable row level security",
)
UNSEEN = {"refused": "LD004", "code": "no_such_patrol"}

ROUNDS = (
    Attack(
        "go-round-a-foreign-group",
        "R704",
        ("unit", "town", "area", "neighbour"),
        "select api.begin_patrol(gen_random_uuid(), %(camera_group)s)",
        refused="LD004",
        code="no_such_group",
        off=ANY_GROUP,
    ),
    Attack(
        "close-rounds-as-the-worker",
        "S72",
        ("colleague", "supervisor"),
        "select api.sweep_patrols(), 1",
        code="duty_missing",
        off="create or replace function core.require_worker() returns void language sql as ''",
    ),
    Attack(
        "end-anothers-round",
        "S72",
        ("colleague", "supervisor"),
        (
            "select api.end_patrol(%(patrol)s, 'x')",
            "select remarks from api.patrols where ended_at is not null",
        ),
        off=(ANY_ROUND, *ANY_ROW),
        **UNSEEN,
    ),
    Attack(
        "add-to-anothers-round",
        "S72",
        ("colleague", "supervisor"),
        (
            "select api.note_stop(%(patrol)s, 77, %(camera)s, null, false, 'silent', 0)",
            "select n from api.patrol_stops where n = 77",
        ),
        off=(ANY_ROUND, *ANY_ROW),
        **UNSEEN,
    ),
    Attack(
        "read-rounds-of-others",
        "S115",
        ("colleague", "callback", "unit", "town", "area", "clerk", "neighbour"),
        "select login from api.patrols",
        refused=NOTHING,
        off=ANY_ROW,
    ),
    Attack(
        "read-what-others-saw",
        "S115",
        ("colleague", "callback", "unit", "town", "area", "clerk", "neighbour"),
        "select camera_id from api.patrol_stops",
        refused=NOTHING,
        off=ANY_ROW,
    ),
    Attack(
        "plan-without-right",
        "S72",
        ("operator", "callback", "inspector"),
        (
            "select api.plan_patrols(%(camera_group)s, '{09:00}')",
            "select group_id from api.patrol_plans where times = '{09:00}'",
        ),
        code="patrol_plan",
        off=EVERY_DUTY,
    ),
)


@pytest.fixture(scope="module")
def ground(wall: None, server: Address, shared_database: str) -> Iterator[Ground]:
    """The district of this module, with a round that one operator has gone."""
    name = shared_database.rsplit("/", 1)[1]

    def person_dsn(login: str) -> str:
        return server.dsn(name, user=login, password=demo_password())

    made = Ground(shared_database, person_dsn)
    made.facts |= _round(shared_database, person_dsn)
    made.untouched = made.fingerprint()
    yield made
    made.close()


def _round(owner_dsn: str, person_dsn: Callable[[str], str]) -> dict[str, int]:
    hall = Hall(owner_dsn, person_dsn)
    optics = Optics(hall)
    camera = optics.make()
    group = optics.make_group("机密轮巡", [camera], [])
    patrol = hall.call(OPERATOR, "select api.begin_patrol(%s, %s) as id", uuid4(), group)[0]["id"]
    hall.call(OPERATOR, "select api.note_stop(%s, 1, %s, null, false, 'silent', 0)", patrol, camera)
    hall.close()
    return {"camera": camera, "camera_group": group, "patrol": patrol}


@pytest.mark.parametrize(("attack", "login"), each(ROUNDS))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)
