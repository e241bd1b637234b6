"""Logins of other systems, wall screens, and rights one gives oneself."""

from __future__ import annotations

import pytest
from attack import CONSOLES, Attack, each
from ground import Ground
from unguarded import (
    EVERY_DUTY,
    NO_GUARDS,
    NO_VERSIONS,
    NOTE,
    SEE_ALL,
    WALL_PERSON,
    act,
)

OTHER_DOORS = (
    Attack(
        "intake-reads",
        "S09",
        "intake",
        "select title from api.tickets",
        off=("grant ld_console, ld_scope_all to {login}",),
    ),
    Attack(
        "intake-asks-who-it-is",
        "S09",
        ("intake", "wall"),
        "select api.me()",
        off=(
            "grant execute on function api.me() to public",
            WALL_PERSON,
        ),
    ),
    Attack(
        "intake-opens",
        "S09",
        "intake",
        "select id from api.open_ticket(gen_random_uuid(), %(opening)s)",
        off=("grant ld_console, ld_scope_all to {login}", EVERY_DUTY),
    ),
    Attack(
        "intake-acts",
        "S09",
        "intake",
        act("mine", "note", NOTE, "1"),
        off=(
            "grant ld_console, ld_scope_all to {login}",
            EVERY_DUTY,
            *NO_GUARDS,
            NO_VERSIONS,
        ),
    ),
    Attack(
        "intake-reveals",
        "R901",
        ("intake", "wall"),
        "select api.reveal(%(mine)s, '核对地址')",
        off=(
            "grant execute on function api.reveal(bigint, text) to public",
            WALL_PERSON,
            *SEE_ALL,
            EVERY_DUTY,
            "create or replace function core.has_duty(variadic p_duties text[]) returns boolean"
            " language sql as 'select true'",
        ),
    ),
    Attack(
        "intake-for-foreign-source",
        "S38",
        "intake",
        'select api.submit_report(\'d2_web\', \'X1\', \'{"kind": "help", "body": "x"}\')',
        code="source_foreign",
        off="update core.source set district_id = 1",
    ),
    Attack(
        "console-as-intake",
        "S38",
        ("operator", "unit", "wall"),
        'select api.submit_report(\'d1_web\', \'X1\', \'{"kind": "help", "body": "x"}\')',
        off=(
            "grant execute on function api.submit_report(text, text, jsonb) to public",
            WALL_PERSON,
            EVERY_DUTY,
        ),
    ),
    Attack(
        "wall-counts-queues",
        "S09",
        "wall",
        "select api.queue_counts('{}')",
        off=(
            "grant ld_console, ld_scope_all to {login}",
            WALL_PERSON,
        ),
    ),
    Attack(
        "wall-from-desk",
        "S09",
        ("operator", "unit"),
        "select api.wall_counts()",
        off="grant ld_wall to {login}",
    ),
    Attack(
        "raise-own-duties",
        "D14",
        (*CONSOLES, "intake"),
        "update core.staff set duties = array['admin'] where login = '{login}'",
        off=(
            "grant usage on schema core to public",
            "grant select, update on core.staff to public",
            "alter table core.staff disable row level security",
            "grant all on core.change, core.district to public",
            "alter table core.change disable row level security",
        ),
    ),
)


@pytest.mark.parametrize(("attack", "login"), each(OTHER_DOORS))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)
