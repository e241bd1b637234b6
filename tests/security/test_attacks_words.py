"""Words as weapons: statements in every text field, marks that turn the writing, floods of letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from attack import LOGINS, Attack, each
from ground import Ground
from unguarded import act

# What a careless function would run instead of keeping: as a literal, an identifier, a bound value, a format.
POISON = (
    "灯' || set_config('siege.loot', 'taken', false) || '",
    "灯'); select set_config('siege.loot', 'taken', false); --",
    "灯', $$x$$); do $x$begin perform set_config('siege.loot', 'taken', false); end$x$; --",
    "灯\" or set_config('siege.loot', 'taken', false) is null or \"",
    "t.id) from api.tickets t; select set_config('siege.loot', 'taken', false) --",
    "%1$s %I %L %% \\' \\\\ $1 ($1).filter {} :id ${x}",
)
LOOT = "select current_setting('siege.loot', true)"

OPENING = (
    "'kind', 'help', 'channel', 'phone', 'no_place', true, 'place_text', w, 'title', w, 'body', w,"
    " 'caller', jsonb_build_object('name', w, 'phone', left(w, 30), 'address', w, 'id_number', left(w, 18))"
)
# Functions that take words, called as far as words get; `w` is the poison.
FIELDS = {
    "act": (
        "operator",
        "api.act(%(mine)s, 'note', %(mine_version)s, gen_random_uuid(), jsonb_build_object('text', w))",
    ),
    "act-name": ("operator", "api.act(%(mine)s, w, 1, gen_random_uuid(), '{}')"),
    "act-field": (
        "operator",
        "api.act(%(mine)s, 'note', 1, gen_random_uuid(), jsonb_build_object(w, w, 'text', w))",
    ),
    "open_ticket": ("operator", f"api.open_ticket(gen_random_uuid(), jsonb_build_object({OPENING}))"),
    "attach": (
        "unit",
        "api.attach(%(mine)s, gen_random_uuid(), translate(w, '/\\', ''), 'image/png',"
        " '\\x89504e470d0a1a0a00')",
    ),
    "reveal": ("operator", "api.reveal(%(mine)s, w)"),
    "save_view": ("operator", "api.save_view(null, left(w, 60), jsonb_build_object('text', w), false)"),
    "save_desk": ("operator", "api.save_desk(jsonb_build_object(w, w))"),
    "act_many": (
        "operator",
        "api.act_many(w, array[%(mine)s], array[1], array[gen_random_uuid()], jsonb_build_object(w, w))",
    ),
    "next_ticket": (
        "operator",
        "api.next_ticket(jsonb_build_object('text', w), w, %(desk)s, gen_random_uuid())",
    ),
    "take_over": ("supervisor", "api.take_over(%(mine)s, %(desk)s, w)"),
    "plan_list": ("operator", "api.plan_list(jsonb_build_object('text', w, 'states', array[w]))"),
    "plan_list-field": ("operator", "api.plan_list(jsonb_build_object(w, w))"),
    "over_sides": ("unit", "api.over_sides(api.plan_list('{}'), w, w, w)"),
    "page_sql": ("unit", "api.page_sql(api.plan_list('{}'), w, w)"),
    "counts_sql": ("unit", "api.counts_sql(w)"),
    "tickets_page": ("unit", "api.tickets_page(jsonb_build_object('text', w, 'kinds', array[w]), 'newest')"),
    "tickets_page-order": ("unit", "api.tickets_page('{}', w)"),
    "queue_counts": ("unit", "api.queue_counts(jsonb_build_object('text', w, 'channels', array[w]))"),
    "search_plan": ("unit", "api.search_plan(w)"),
    "search": ("unit", "api.search(w)"),
    "search_counts": ("unit", "api.search_counts(w, '{}')"),
    "search_figures": ("unit", "api.search_figures(jsonb_build_object('text', w), '')"),
    "search_figures-group": ("unit", 'api.search_figures(\'{"text": "路灯"}\', w)'),
    "figures_sql": ("unit", "api.figures_sql(w, w)"),
    "search_phone": ("operator", "api.search_phone(w || '0002')"),
    "caller_history": ("operator", "api.caller_history(w)"),
    "duplicates": ("operator", "api.duplicates(jsonb_build_object('phone', w))"),
    "begin_session": ("operator", "api.begin_session(left(w, 60))"),
    "begin_export": ("operator", "api.begin_export(left(w, 60), jsonb_build_object('text', w), w)"),
    "set_setting": ("supervisor", "api.set_setting(w, to_jsonb(w), w)"),
    "set_policy": ("supervisor", "api.set_policy(null, jsonb_build_object('basis', w, 'kind', w), w)"),
    "plan_audit": ("supervisor", "api.plan_audit(jsonb_build_object('person', w))"),
    "audit_sql": ("supervisor", "api.audit_sql(api.plan_audit('{}'), w)"),
    "audit_page": ("supervisor", "api.audit_page(jsonb_build_object(w, w))"),
    "change_password": ("operator", "api.change_password(w)"),
    "submit_report": (
        "intake",
        "api.submit_report('d1_web', left(w, 64), jsonb_build_object('kind', 'help', 'body', w))",
    ),
    "submit_report-source": ("intake", "api.submit_report(w, w, '{}')"),
    "sweep_tickets": ("worker", "api.sweep_tickets(w, '{}', 1)"),
}


@pytest.mark.parametrize("field", FIELDS)
def test_words_are_kept_and_never_run(ground: Ground, field: str) -> None:
    """Whatever becomes of the call, refusal or row, nothing of what was said is run."""
    group, call = FIELDS[field]
    with ground.login(LOGINS[group]) as connection:
        for poison in POISON:
            said = ground.facts | {"w": poison}
            query = f"select x from (select %(w)s::text as w) s, lateral {call} x"
            assert state_of(connection, query, said) not in SLIPS, poison
            assert connection.execute(LOOT).fetchone() in ((None,), ("",)), poison
    assert ground.fingerprint() == ground.untouched


def state_of(connection: psycopg.Connection[Any], query: str, said: dict[str, Any]) -> str:
    """Make a call of which nothing stays; return how it ended."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(query, said)  # type: ignore[call-overload]
    except psycopg.Error as refusal:
        return str(refusal.sqlstate)
    return "00000"


# Words that got out of their place show first as a statement that the server could not read.
SLIPS = ("42601", "42703", "42704", "42883", "42P01")


def test_a_function_that_pastes_words_would_run_them(ground: Ground) -> None:
    """The control: each poison but the last is one for some way of being careless."""
    with ground.owner.transaction(force_rollback=True):
        ground.owner.execute(
            "create function api.careless(p text) returns void language plpgsql as"
            " $$begin execute 'select ''' || p || ''''; end$$"
        )
        ground.owner.execute("grant execute on function api.careless to ld_console")
        ground.owner.execute("set local session authorization d1_operator1")
        ground.owner.execute("select api.careless(%s)", [POISON[0]])
        assert ground.owner.execute(LOOT).fetchone() == ("taken",)
        with pytest.raises(psycopg.Error) as slipped, ground.owner.transaction():
            ground.owner.execute("select api.careless(%s)", [POISON[3]])
    assert slipped.value.sqlstate in SLIPS


# How a value of each type that can carry words is made of the poison; others are left out.
CARRIERS = {
    "text": ("w",),
    "text[]": ("array[w]",),
    "jsonb": ("jsonb_build_object('text', w)", "jsonb_build_object(w, w)", "jsonb_build_array(w)"),
    "api.list_plan": ("api.plan_list(jsonb_build_object('text', w))",),
}
TAKING_WORDS = """
select p.proname, array(select format_type(t, null) from unnest(p.proargtypes::oid[]) t), r.rolname
from pg_proc p join pg_roles r on has_function_privilege(r.oid, p.oid, 'execute')
where p.pronamespace = 'api'::regnamespace and r.rolname = any (%s)
  and p.proargtypes::oid[] && '{text,text[],jsonb}'::regtype[]::oid[]
order by 1, 2
"""


@pytest.mark.once
def test_every_function_is_tried_with_words_everywhere(ground: Ground) -> None:
    """Also one that nobody has thought of above: words in each place, by everybody who may call it."""
    functions: list[tuple[str, list[str], str]] = ground.owner.execute(
        TAKING_WORDS, [list(LOGINS.values())]
    ).fetchall()
    assert len({name for name, _, _ in functions}) > 30
    for login in LOGINS.values():
        with ground.login(login) as connection:
            for name, types, _ in (each for each in functions if each[2] == login):
                for call in calls(name, types):
                    query = f"select x from (select %(w)s::text as w) s, lateral {call} x"
                    for poison in POISON:
                        assert state_of(connection, query, {"w": poison}) not in SLIPS, (call, poison)
            assert connection.execute(LOOT).fetchone() in ((None,), ("",)), login
    assert ground.fingerprint() == ground.untouched


def calls(name: str, types: list[str]) -> Iterator[str]:
    """Write calls of a function with words in all its places, a JSON in each form; each call once."""
    for form in range(len(CARRIERS["jsonb"]) if "jsonb" in types else 1):
        values = [
            CARRIERS[kind][form % len(CARRIERS[kind])] if kind in CARRIERS else f"null::{kind}"
            for kind in types
        ]
        yield f"api.{name}({', '.join(values)})"


ANY_WORDS = (
    "create or replace function core.text_problem(p_text text, p_one_line boolean, p_max int) returns text"
    " language sql as 'select null::text'",
    *(
        f"alter table {table} drop constraint {table.split('.')[1]}_{column}_plain_check"
        for table, column in (
            ("core.saved_view", "name"),
            ("core.attachment", "name"),
            ("core.sla_policy", "basis"),
            ("audit.reveal", "reason"),
            ("audit.entry", "reason"),
            ("audit.entry", "subject"),
            ("audit.setting_change", "reason"),
        )
    ),
    "alter table core.saved_view drop constraint saved_view_filter_size_check",
)
WRONG = {"refused": "LD003", "code": "bad_payload"}
TURNED = "甲\\u202e乙"
OPEN = (
    'select id from api.open_ticket(gen_random_uuid(), \'{{"kind": "help", "channel": "phone",'
    ' "no_place": true, "title": "{title}", "body": "{body}",'
    ' "caller": {{"name": "{name}", "phone": "19000000009"}}}}\')'
)


def opened(title: str = "题", body: str = "文", name: str = "演示甲") -> str:
    return OPEN.format(title=title, body=body, name=name)


def report(external: str, body: str) -> str:
    payload = f"jsonb_build_object('kind', 'help', 'body', {body})"
    return f"select api.submit_report('d1_web', E'{external}', {payload})"


DISGUISES = (
    Attack("rtl-in-title", "S53", "operator", opened(title=TURNED), off=ANY_WORDS, **WRONG),
    Attack("rtl-in-name-of-caller", "S53", "operator", opened(name=TURNED), off=ANY_WORDS, **WRONG),
    Attack("mark-in-name-of-caller", "S53", "operator", opened(name="甲\\u200f乙"), off=ANY_WORDS, **WRONG),
    Attack("escape-in-body", "S53", "operator", opened(body="\\u001b[31m"), off=ANY_WORDS, **WRONG),
    Attack("line-in-title", "S53", "operator", opened(title="甲\\n乙"), off=ANY_WORDS, **WRONG),
    Attack(
        "rtl-in-note", "S53", "unit", act("mine", "note", f'{{"text": "{TURNED}"}}'), off=ANY_WORDS, **WRONG
    ),
    Attack(
        "isolate-in-note", "S53", "unit", act("mine", "note", '{"text": "\\u2066x"}'), off=ANY_WORDS, **WRONG
    ),
    Attack(
        "rtl-in-file-name",
        "S53",
        "unit",
        "select api.attach(%(mine)s, gen_random_uuid(), E'gnp.\\u202eexe.png', 'image/png',"
        " '\\x89504e470d0a1a0a00')",
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "rtl-in-view-name",
        "S115",
        "operator",
        "select api.save_view(null, E'甲\\u202e乙', '{}', false)",
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "escape-in-view-name",
        "S115",
        "supervisor",
        "select api.save_view(null, E'甲\\u009b2J', '{}', true)",
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "rtl-in-reason-of-reveal",
        "R902",
        "operator",
        "select api.reveal(%(mine)s, E'核对\\u202e地址')",
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "rtl-in-reason-of-export",
        "S115",
        "unit",
        "select api.begin_export('tickets', '{}', E'月\\u202e报')",
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "rtl-in-version-of-session",
        "S115",
        "unit",
        "select api.begin_session(E'1.0\\u202e')",
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "rtl-in-reason-of-setting",
        "D2",
        "supervisor",
        "select api.set_setting('callback_attempts', '4', E'试\\u202e行')",
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "rtl-in-basis-of-policy",
        "D2",
        "supervisor",
        'select api.set_policy(null, \'{"contact_hours": 1, "answer_workdays": 2,'
        ' "basis": "x\\u202e"}\', \'x\')',
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack("rtl-in-number-of-report", "S38", "intake", report("A\\u202e1", "'x'"), off=ANY_WORDS, **WRONG),
    Attack("escape-in-report", "S38", "intake", report("A1", "E'\\u001b]0;x'"), off=ANY_WORDS, **WRONG),
)

NO_FIELDS = (
    "create or replace function core.check_payload(p_needs jsonb, p_payload jsonb, p_district smallint,"
    " p_at timestamptz, p_within text default '') returns void language sql as ''"
)
ANY_DESK = "create or replace function api.save_desk(p_layout jsonb) returns void language sql as ''"
ANY_FILE = (
    "create or replace function core.attachment_facts(p_name text, p_media_type text, p_content bytea)"
    " returns jsonb language sql as $$select '{}'::jsonb$$",
    "alter table core.attachment drop constraint attachment_size_check",
)
ANY_VERIFIER = (
    "drop function api.change_password(text)",
    "create function api.change_password(p_verifier text) returns int language sql as 'select 1'",
)
MANY = "repeat('灯', 300000)"
FLOODS = (
    Attack(
        "giant-note",
        "flood",
        ("operator", "unit"),
        act("mine", "note").replace("'{}')", f"jsonb_build_object('text', {MANY}))"),
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "giant-field-name",
        "flood",
        "operator",
        act("mine", "note").replace("'{}')", f"jsonb_build_object('text', 'x', {MANY}, 1))"),
        off=NO_FIELDS,
        **WRONG,
    ),
    Attack(
        "giant-report",
        "flood",
        "intake",
        report("A1", MANY),
        off=(*ANY_WORDS, "alter table core.ticket drop constraint ticket_body_check"),
        **WRONG,
    ),
    Attack(
        "giant-reason", "flood", "operator", f"select api.reveal(%(mine)s, {MANY})", off=ANY_WORDS, **WRONG
    ),
    Attack(
        "giant-filter-of-view",
        "flood",
        "unit",
        f"select api.save_view(null, '大', jsonb_build_object('text', {MANY}), false)",
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "giant-filter-of-export",
        "flood",
        "unit",
        f"select api.begin_export('tickets', jsonb_build_object('text', {MANY}))",
        off=ANY_WORDS,
        **WRONG,
    ),
    Attack(
        "giant-desk",
        "flood",
        ("operator", "unit"),
        f"select api.save_desk(jsonb_build_object('layout', {MANY})), 1",
        off=ANY_DESK,
        **WRONG,
    ),
    Attack(
        "giant-file",
        "flood",
        "unit",
        "select api.attach(%(mine)s, gen_random_uuid(), 'x.png', 'image/png',"
        " '\\x89504e470d0a1a0a'::bytea || convert_to(repeat('x', 20971520), 'UTF8'))",
        off=ANY_FILE,
        **WRONG,
    ),
    Attack(
        "giant-verifier",
        "flood",
        "operator",
        "select api.change_password('SCRAM-SHA-256$4096:' || repeat('A', 100000) || '=$AAAA=:AAAA=')",
        off=ANY_VERIFIER,
        **WRONG,
    ),
)


@pytest.mark.parametrize(("attack", "login"), each((*DISGUISES, *FLOODS)))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)
