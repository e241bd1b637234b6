"""Statements with which the owner takes guards away, for the controls."""

from __future__ import annotations

NO_ROWS = "alter table core.ticket disable row level security"
SEE_ALL = (
    NO_ROWS,
    "create or replace function core.may_see(t core.ticket) returns boolean language sql as 'select true'",
    "create or replace function core.person_sees(t core.ticket, p_login name) returns boolean"
    " language sql as 'select true'",
)
ANY_TICKET = (
    "create or replace function core.seen_ticket("
    "p_ticket bigint, p_began timestamptz default clock_timestamp()) returns core.ticket"
    " language sql as 'select t from core.ticket t where t.id = p_ticket'"
)
NO_GUARDS = (
    *SEE_ALL,
    "create or replace function core.obstacle(p_step core.transition, t core.ticket, p_actor core.staff,"
    " p_payload jsonb, p_at timestamptz) returns text language sql as 'select null'",
)
EVERY_DUTY = (
    "update core.staff set duties ="
    " array['operator', 'unit', 'supervisor', 'leader', 'admin', 'system', 'intake']"
)
NO_VERSIONS = (
    "create or replace function core.check_version(t core.ticket, p_version int, p_at timestamptz)"
    " returns void language sql as ''"
)
NO_CHECKS = (
    "create or replace function core.bad_payload(p_field text, p_problem text)"
    " returns void language sql as ''"
)
WALL_PERSON = (
    "insert into core.staff (login, district_id, unit_id, name, duties)"
    " values ('siege_wall', 1, %(dept)s, 'x', '{}')"
)


def act(ticket: str, action: str, payload: str = "{}", version: str | None = None) -> str:
    known = version or f"(select version from api.tickets where id = %({ticket})s)"
    return (
        f"select id from api.act(%({ticket})s, '{action}', coalesce({known}, 1), gen_random_uuid(),"
        f" '{payload}')"
    )


ANY_NUMBER = (
    "create or replace function core.is_looked_up(p_phone text) returns boolean language sql as 'select true'"
)
NOTE = '{"text": "x"}'
UNSEEN = {"refused": "LD004", "code": "no_such_ticket"}
HEARS_ALL = (
    "create or replace function core.seat_of(p_login name)"
    " returns table (district_id smallint, scope text, scopes text[]) language sql stable as $$"
    " select p.district_id, 'x', array['common 1', 'person ' || p_login]"
    " || array(select distinct c.scope from core.change c) from core.place_of(p_login) p $$",
    "create or replace function core.is_kept_off(p_ticket bigint) returns boolean"
    " language sql as 'select false'",
)
