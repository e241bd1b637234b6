"""Against claims and the call for many tickets: neither is a way round what holds for one."""

from __future__ import annotations

import pytest
from attack import CONSOLES, NOTHING, Attack, each
from ground import Ground
from unguarded import EVERY_DUTY, NO_GUARDS, SEE_ALL, UNSEEN

DESK = "'5f6c8b0e-0000-4000-8000-00000000000d'::uuid"


def many(ticket: str, action: str, payload: str = "{}") -> str:
    known = f"coalesce((select version from api.tickets where id = %({ticket})s), %({ticket}_version)s)"
    return (
        f"select ticket_id from api.act_many('{action}', array[%({ticket})s], array[{known}],"
        f" array[gen_random_uuid()], '{payload}') where outcome = 'done'"
    )


BULK = (
    Attack(
        "bulk-on-foreign",
        "R902",
        ("unit", "town", "area"),
        many("foreign", "note", '{"text": "x"}'),
        refused=NOTHING,
        off=NO_GUARDS,
    ),
    Attack(
        "bulk-across-districts",
        "S04",
        "neighbour",
        many("foreign", "note", '{"text": "x"}'),
        refused=NOTHING,
        off=(*NO_GUARDS, "update core.staff set district_id = 1 where login = '{login}'"),
    ),
    Attack(
        "bulk-of-another-duty",
        "T6",
        ("clerk", "callback", "inspector"),
        many("foreign", "dispatch"),
        refused=NOTHING,
        off=(*NO_GUARDS, EVERY_DUTY, "update core.ticket set state = 'NEW', is_open = true"),
    ),
    Attack(
        "bulk-of-what-is-done-one-by-one",
        "T23",
        "supervisor",
        many("foreign", "void", '{"reason": "x"}'),
        refused="LD001",
        code="not_in_bulk",
        off="update core.action set bulk = true where code = 'void'",
    ),
)
CLAIMS = (
    Attack(
        "claim-foreign",
        "R902",
        ("unit", "town", "area", "neighbour"),
        f"select api.claim(%(foreign)s, %(foreign_version)s, {DESK})",
        off=SEE_ALL,
        **UNSEEN,
    ),
    Attack(
        "claim-foreign-as-the-next",
        "R902",
        ("unit", "town", "area", "neighbour"),
        "select 1 from api.claim_first(array[%(foreign)s], array[%(foreign_version)s],"
        f" {DESK}, gen_random_uuid()) t where t is not null",
        refused=NOTHING,
        off=SEE_ALL,
    ),
    Attack(
        "claim-in-another-name",
        "S89",
        CONSOLES,
        "insert into api.claims (ticket_id, unit_id, login) values (%(mine)s, 1, 'd1_leader1')",
        off=(
            "grant usage on schema core to ld_console",
            "grant insert on api.claims, core.claim to ld_console",
            "alter table core.claim disable row level security",
            "alter table core.claim alter district_id set default 1, alter desk drop not null",
        ),
    ),
    Attack(
        "claim-as-a-machine",
        "S89",
        ("worker", "admin"),
        f"select api.claim(%(foreign)s, %(foreign_version)s, {DESK})",
        code="duty_missing",
        off="update core.staff set duties = array['operator']",
    ),
)


@pytest.mark.parametrize(("attack", "login"), each((*BULK, *CLAIMS)))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)
