"""Against the rules of the ticket: turns, versions, clocks, history."""

from __future__ import annotations

import pytest
from attack import Attack, each
from ground import Ground
from unguarded import (
    EVERY_DUTY,
    NO_CHECKS,
    NO_GUARDS,
    NO_VERSIONS,
    NOTE,
    act,
)

TURNS = (
    Attack(
        "operator-contacts-for-unit",
        "T8",
        "operator",
        act("mine", "record_contact", '{"how": "phone", "text": "x"}'),
        code="duty_missing",
        off=(*NO_GUARDS, EVERY_DUTY),
    ),
    Attack(
        "unit-dispatches",
        "T6",
        "unit",
        act("mine", "amend", '{"title": "x", "reason": "x"}'),
        code="duty_missing",
        off=(*NO_GUARDS, EVERY_DUTY),
    ),
    Attack(
        "town-works-for-unit",
        "T9",
        "area",
        act("mine", "progress", NOTE),
        refused="LD001",
        code="holds_ticket",
        off=NO_GUARDS,
    ),
    Attack(
        "clerk-voids",
        "T23",
        ("clerk", "operator", "callback"),
        act("mine", "void", '{"reason": "x"}'),
        code="duty_missing",
        off=EVERY_DUTY,
    ),
    Attack(
        "operator-approves-extension",
        "T14",
        "operator",
        act("mine", "approve_extension", NOTE),
        code="duty_missing",
        off=(
            *NO_GUARDS,
            "update core.ticket set asked = '{\"workdays\": 3}', answer_workdays = 5",
            EVERY_DUTY,
        ),
    ),
    Attack(
        "approve-what-nobody-asked",
        "T14",
        "supervisor",
        act("mine", "approve_extension", NOTE),
        refused="LD001",
        code="pending_extension",
        off=(*NO_GUARDS, "update core.ticket set asked = '{\"workdays\": 3}', answer_workdays = 5"),
    ),
    Attack(
        "act-on-archived",
        "T22",
        "operator",
        act("archived", "accept"),
        refused="LD001",
        code="wrong_state",
        off="update core.ticket set state = 'NEW', is_open = true",
    ),
    Attack(
        "resume-as-worker",
        "T16",
        "operator",
        act("mine", "resume"),
        code="duty_missing",
        off=(EVERY_DUTY, *NO_GUARDS, "update core.ticket set state = 'HOLD'"),
    ),
    Attack(
        "unknown-action",
        "T1",
        "operator",
        act("mine", "drop_table"),
        refused="LD003",
        code="bad_payload",
        off=(
            "insert into core.action (code, name_zh, name_en) values ('drop_table', '', '')",
            "insert into core.transition (rule, action, from_state, duties)"
            " select 'T0', 'drop_table', s.code, array['operator'] from core.state s",
            "create or replace function core.effect(p_action text, t core.ticket, p_actor core.staff,"
            " p_payload jsonb, p_at timestamptz) returns jsonb language sql as $$select '{}'::jsonb$$",
        ),
    ),
    Attack(
        "version-of-yesterday",
        "T8",
        "operator",
        act("triage", "note", NOTE, "1"),
        refused="LD002",
        code="version_conflict",
        off=NO_VERSIONS,
    ),
    Attack(
        "version-of-tomorrow",
        "T8",
        "operator",
        act("triage", "note", NOTE, "99"),
        refused="LD002",
        code="version_conflict",
        off=NO_VERSIONS,
    ),
    Attack(
        "no-version",
        "T8",
        "operator",
        act("triage", "note", NOTE, "null::int").replace("coalesce(null::int, 1)", "null"),
        refused="LD003",
        code="bad_payload",
        off=NO_CHECKS,
    ),
)

TIMES = (
    Attack(
        "contact-tomorrow",
        "R201",
        "unit",
        act("mine", "record_contact", '{"how": "phone", "text": "x", "at": "2099-01-01T00:00:00Z"}'),
        refused="LD003",
        code="bad_payload",
        off=NO_CHECKS,
    ),
    Attack(
        "time-of-action",
        "R903",
        "operator",
        act("triage", "note", '{"text": "x", "at": "2020-01-01T00:00:00Z"}'),
        refused="LD003",
        code="bad_payload",
        off=NO_CHECKS,
    ),
    Attack(
        "back-date-by-machine",
        "R903",
        ("operator", "admin", "worker"),
        "select id from core.perform(%(triage)s, 'note', core.actor(), '2020-01-01', null, null,"
        ' \'{"text": "x"}\')',
        off=(
            "grant usage on schema core to public",
            "grant execute on all functions in schema core to public",
            "update core.ticket set updated_at = '2019-01-01'",
            "grant ld_owner to {login}",
            EVERY_DUTY,
        ),
    ),
    Attack(
        "move-clocks",
        "R214",
        ("operator", "unit", "leader"),
        "select api.set_setting('day_end', '\"24:00\"', 'x')",
        off=("grant execute on function api.set_setting(text, jsonb, text) to public", EVERY_DUTY),
    ),
    Attack(
        "longer-policies",
        "R201",
        ("operator", "unit", "inspector"),
        'select api.set_policy(null, \'{"answer_workdays": 99, "contact_hours": 1, "basis": "x"}\', \'x\')',
        off=("grant execute on function api.set_policy(integer, jsonb, text) to public", EVERY_DUTY),
    ),
    Attack(
        "verify-as-anybody",
        "S115",
        ("operator", "unit"),
        "select 1 from api.verify_audit() union select 1",
        off="grant execute on function api.verify_audit() to public",
    ),
    Attack(
        "seal-as-anybody",
        "S115",
        ("operator", "supervisor"),
        "select api.sweep_anchor(1)",
        code="duty_missing",
        off=EVERY_DUTY,
    ),
)

HISTORY = (
    Attack(
        "change-an-event",
        "R903",
        ("operator", "admin"),
        "update core.event set actor = 'd1_leader1'",
        off=(
            "alter table core.event disable trigger user",
            "grant usage on schema core to public",
            "grant update on core.event to public",
            "alter table core.event disable row level security",
        ),
    ),
    Attack(
        "forget-an-event",
        "R913",
        "supervisor",
        "delete from core.event where ticket_id = %(mine)s",
        off=(
            "alter table core.event disable trigger user",
            "grant usage on schema core to public",
            "grant select, delete on core.event to public",
            "alter table core.event disable row level security",
        ),
    ),
    Attack(
        "forge-an-event",
        "R903",
        ("operator", "unit"),
        'insert into core.event select (jsonb_populate_record(e, \'{"seq": 99, "actor": "d1_leader1"}\')).*'
        " from core.event e where e.ticket_id = %(mine)s and e.seq = 1",
        off=(
            "grant usage on schema core to public",
            "grant all on core.event to public",
            "alter table core.event disable row level security",
        ),
    ),
    Attack(
        "clear-the-register",
        "S115",
        ("supervisor", "admin"),
        "delete from audit.reveal",
        off=(
            "alter table audit.reveal disable trigger user",
            "grant usage on schema audit to public",
            "grant select, delete on audit.reveal to public",
            "alter table audit.reveal disable row level security",
        ),
    ),
)


@pytest.mark.parametrize(("attack", "login"), each((*TURNS, *TIMES, *HISTORY)))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)
