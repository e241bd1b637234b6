"""Other people's things: tickets, keys, reveals, outcomes, views, files, drafts, desks, registers."""

from __future__ import annotations

import pytest
from attack import CONSOLES, NOTHING, Attack, each
from ground import Ground
from unguarded import ANY_NUMBER, HEARS_ALL

OUTSIDERS = ("unit", "town", "area", "neighbour")
SEE_ALL = (
    "create or replace function core.may_see(t core.ticket) returns boolean language sql as 'select true'",
    "create or replace function core.person_sees(t core.ticket, p_login name) returns boolean"
    " language sql as 'select true'",
)
NO_ROWS = "alter table core.ticket disable row level security"
ACT_ANYHOW = (
    *SEE_ALL,
    NO_ROWS,
    "create or replace function core.guard(p_name text, t core.ticket, p_actor core.staff, p_payload jsonb,"
    " p_at timestamptz) returns boolean language sql as 'select true'",
)
EVERY_DUTY = (
    "create or replace function core.has_duty(variadic p_duties text[]) returns boolean"
    " language sql as 'select true'"
)
EVERY_SIDE = (
    "create or replace function core.scope_sides(p_scope text) returns text[]"
    " language sql as $$select array['true']$$;"
    " create or replace function core.open_where(p_months integer[]) returns text"
    " language sql as $$select 'true'$$"
)
SEARCHES_ALL = (
    "create or replace function core.search_scope(s core.search) returns core.search language plpgsql as $$"
    " begin s.guard := 'true'; s.sides := array['true']; return s; end $$"
)
UNSEEN = {"refused": "LD004", "code": "no_such_ticket"}
NOTE = (
    "select id from api.act(%(foreign)s, 'note', %(foreign_version)s, gen_random_uuid(), '{\"text\": \"x\"}')"
)

TICKETS = (
    Attack("act-on-foreign", "R902", ("unit", "town", "area"), NOTE, off=ACT_ANYHOW, **UNSEEN),
    Attack(
        "act-across-districts",
        "S04",
        "neighbour",
        NOTE,
        refused="LD004",
        code="no_such_ticket",
        off=(*ACT_ANYHOW, "update core.staff set district_id = 1 where login = '{login}'"),
    ),
    Attack(
        "reveal-foreign",
        "R901",
        OUTSIDERS,
        "select api.reveal(%(foreign)s, '核对地址')",
        off=(
            *SEE_ALL,
            EVERY_DUTY,
        ),
        **UNSEEN,
    ),
    Attack(
        "reveal-without-right",
        "R901",
        ("clerk", "leader", "inspector", "admin", "worker"),
        "select api.reveal(%(foreign)s, '核对地址')",
        code="reveal",
        off=EVERY_DUTY,
    ),
    Attack(
        "reveal-secret-caller",
        "R901",
        "unit",
        "select api.reveal(%(hidden)s, '核对地址')",
        refused="LD001",
        code="caller_secret",
        off="update core.ticket set caller_secret = false",
    ),
    Attack(
        "masked-secret-caller",
        "R901",
        ("unit", "operator"),
        "select name_masked, phone_masked from api.callers where ticket_id = %(hidden)s",
        refused=NOTHING,
        off="update core.ticket set caller_secret = false",
    ),
    Attack(
        "explain-foreign", "R902", OUTSIDERS, "select api.explain_due(%(foreign)s)", off=SEE_ALL, **UNSEEN
    ),
    Attack(
        "events-of-foreign", "R902", OUTSIDERS, "select api.events_of(%(foreign)s)", off=SEE_ALL, **UNSEEN
    ),
    Attack(
        "segments-of-foreign",
        "R902",
        "unit",
        "select 1 from api.clock_segments(%(foreign)s)",
        off=SEE_ALL,
        **UNSEEN,
    ),
    Attack(
        "allowed-on-foreign",
        "R902",
        OUTSIDERS,
        "select action from api.allowed(%(foreign)s)",
        off=(
            *SEE_ALL,
            "update core.staff set duties = array['operator', 'unit']",
        ),
        **UNSEEN,
    ),
    Attack(
        "watch-foreign",
        "R902",
        OUTSIDERS,
        "select api.here(%(desk)s, %(foreign)s, true)",
        off=SEE_ALL,
        **UNSEEN,
    ),
    Attack(
        "attach-to-foreign",
        "R902",
        ("unit", "town"),
        "select api.attach(%(foreign)s, gen_random_uuid(), 'x.png', 'image/png', '\\x89504e470d0a1a0a00')",
        off=ACT_ANYHOW,
        **UNSEEN,
    ),
    Attack(
        "file-of-foreign",
        "R902",
        OUTSIDERS,
        "select name from api.attachment(%(attachment)s)",
        off=SEE_ALL,
        **UNSEEN,
    ),
    Attack(
        "list-files-of-foreign",
        "R902",
        OUTSIDERS,
        "select name from api.attachments where id = %(attachment)s",
        refused=NOTHING,
        off=(NO_ROWS, "alter table core.attachment disable row level security"),
    ),
    Attack(
        "custody-of-foreign",
        "R902",
        OUTSIDERS,
        "select unit_id from api.custody where ticket_id = %(foreign)s",
        refused=NOTHING,
        off=(NO_ROWS, "alter table core.custody disable row level security"),
    ),
    Attack(
        "caller-of-foreign",
        "R901",
        OUTSIDERS,
        "select name_masked from api.callers where ticket_id = %(foreign)s",
        refused=NOTHING,
        off=SEE_ALL,
    ),
    Attack(
        "find-foreign-by-number",
        "R902",
        OUTSIDERS,
        "select (api.queue_counts(jsonb_build_object('text', %(foreign_number)s))->>'total')::int",
        refused=NOTHING,
        off=(
            NO_ROWS,
            SEARCHES_ALL,
            "update core.staff set district_id = 1 where login = '{login}'",
        ),
    ),
    Attack(
        "find-foreign-by-word",
        "R902",
        OUTSIDERS,
        'select title from api.tickets_page(\'{"text": "机密"}\')',
        refused=NOTHING,
        off=(
            NO_ROWS,
            EVERY_SIDE,
        ),
    ),
    Attack(
        "export-foreign",
        "R902",
        OUTSIDERS,
        "select title from api.ticket_rows where id = %(foreign)s",
        refused=NOTHING,
        off=NO_ROWS,
    ),
    Attack(
        "feed-of-foreign",
        "R902",
        ("unit", "area"),
        "select id from api.changes_since('1:1:', 1000) where what = 'ticket' and id = %(foreign)s",
        refused=NOTHING,
        off=HEARS_ALL,
    ),
    Attack(
        "callers-by-phone",
        "R901",
        ("unit", "town", "clerk", "admin"),
        "select id from api.caller_history('19000000002')",
        off=(*SEE_ALL, ANY_NUMBER, "grant execute on function api.caller_history(text) to ld_console"),
    ),
    Attack(
        "duplicates-by-phone",
        "R901",
        ("unit", "area"),
        'select title from api.duplicates(\'{"phone": "19000000002"}\')',
        off=(*SEE_ALL, ANY_NUMBER, "grant execute on function api.duplicates(jsonb) to ld_console"),
    ),
)

BELONGINGS = (
    Attack(
        "replay-open-key",
        "S115",
        "colleague",
        "select id from api.open_ticket(%(key)s, %(opening)s)",
        refused="LD005",
        code="request_key_reused",
        off="delete from core.request where key = %(key)s",
    ),
    Attack(
        "replay-key-for-act",
        "S115",
        "colleague",
        "select id from api.act(%(triage)s, 'note', %(triage_version)s, %(key)s, '{\"text\": \"x\"}')",
        refused="LD005",
        code="request_key_reused",
        off="delete from core.request where key = %(key)s",
    ),
    Attack(
        "outcome-of-another",
        "S115",
        ("colleague", "unit", "intake"),
        "select (api.outcome(%(key)s)->>'known')::boolean",
        refused=NOTHING,
        off="update core.request set login = '{login}' where key = %(key)s",
    ),
    Attack(
        "read-view-of-another",
        "S115",
        ("colleague", "supervisor", "admin"),
        "select name from api.saved_views where id = %(view)s",
        refused=NOTHING,
        off="alter table core.saved_view disable row level security",
    ),
    Attack(
        "rename-view-of-another",
        "S115",
        ("colleague", "supervisor"),
        "select api.save_view(%(view)s, '我的', '{}', false)",
        refused="LD001",
        code="no_such_view",
        off="update core.saved_view set owner = '{login}' where id = %(view)s",
    ),
    Attack(
        "drop-view-of-another",
        "S115",
        ("colleague", "admin"),
        "select api.drop_view(%(view)s)",
        refused="LD001",
        code="no_such_view",
        off="update core.saved_view set owner = '{login}' where id = %(view)s",
    ),
    Attack(
        "share-view-without-right",
        "S115",
        ("operator", "unit"),
        "select api.save_view(null, '大家', '{}', true)",
        code="shared_view",
        off="update core.staff set duties = duties || array['supervisor']",
    ),
    Attack(
        "desk-of-another",
        "S115",
        "colleague",
        "select 1 where api.desk()::text like '%%机密%%'",
        refused=NOTHING,
        off="insert into core.desk select '{login}', layout from core.desk where login = 'd1_operator1'",
    ),
    Attack(
        "presence-in-another-name",
        "S89",
        CONSOLES,
        "insert into api.presence (ticket_id, login, desk) values (%(mine)s, 'd1_leader1', %(desk)s)",
        off=(
            "grant usage on schema core to ld_console",
            "grant insert on api.presence, core.presence to ld_console",
            "alter table core.presence disable row level security",
            "alter table core.presence alter district_id drop not null",
        ),
    ),
    Attack(
        "reveals-register",
        "R902",
        ("operator", "unit", "town", "clerk", "callback"),
        "select reason from api.reveals",
        refused=NOTHING,
        off=("alter table audit.reveal disable row level security", NO_ROWS),
    ),
    Attack(
        "register-of-logins",
        "S115",
        ("operator", "unit", "clerk"),
        "select kind from api.audit_entries",
        refused=NOTHING,
        off=("alter table audit.entry disable row level security", NO_ROWS),
    ),
)


@pytest.mark.parametrize(("attack", "login"), each((*TICKETS, *BELONGINGS)))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)


@pytest.mark.parametrize("login", ["d1_dept01", "d1_town01", "d2_operator1"])
@pytest.mark.parametrize(
    "question",
    [
        "select api.reveal({}, '核对地址')",
        "select seq from api.events_of({})",
        "select api.explain_due({})",
        "select action from api.allowed({})",
        "select api.here(gen_random_uuid(), {}, true)",
        "select id from api.act({}, 'note', 1, gen_random_uuid(), '{{\"text\": \"x\"}}')",
        "select id from api.act({}, 'no such action', 99, gen_random_uuid(), '[]')",
        "select api.attach({}, gen_random_uuid(), 'x.png', 'image/png', '\\x89504e470d0a1a0a00')",
    ],
)
def test_a_foreign_ticket_is_as_absent_as_one_that_is_not(ground: Ground, question: str, login: str) -> None:
    """No refusal tells whether there is such a ticket."""
    with ground.login(login) as connection:
        foreign, none = (
            ground.refusal(connection, question.format(ticket))
            for ticket in (ground.facts["foreign"], 209912)
        )
    assert foreign == none
    assert foreign[0] == "LD004"
