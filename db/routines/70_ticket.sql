-- What a console may do to tickets: open, act, ask what is allowed, ask what became of a request, attach.
-- Plans are made once, but those of tickets and events (core.ticket_of). For these the bounds of months do: a table's
-- other constraints leave nothing out.

create or replace function core.shown(p_ticket bigint) returns setof api.tickets
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  return query select * from api.tickets where id = p_ticket;
end $$;

create or replace function api.open_ticket(p_key uuid, p_payload jsonb) returns setof api.tickets
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  t core.ticket;
begin
  perform core.need_key(p_key);
  perform core.check_named_tickets(p_payload);
  if p_payload->>'accused_login' = session_user then
    perform core.refuse('accused_self');
  end if;
  t := core.create_ticket(core.actor(), null, p_key, p_payload);
  t := core.seen_ticket(t.id);  -- a key sent again is no way past the guard
  return query select * from core.shown(t.id);
end $$;

create or replace function api.act(
  p_ticket bigint, p_action text, p_version int, p_key uuid, p_payload jsonb default '{}')
returns setof api.tickets language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set constraint_exclusion = off as $$
declare
  actor core.staff := core.actor();
begin
  perform core.need_key(p_key);
  if p_version is null then
    perform core.bad_payload('version', 'missing');
  end if;
  perform core.seen_ticket(p_ticket);
  perform core.check_named_tickets(p_payload);
  perform core.perform(p_ticket, p_action, actor, null, p_version, p_key, p_payload);
  return query select * from core.shown(p_ticket);
end $$;

-- Exactly what api.act would accept now from this person, for some payload: the same transitions, the same guards.
create or replace function api.allowed(p_ticket bigint)
returns table (action text, name_zh text, name_en text, needs jsonb, rank smallint)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  actor core.staff := core.actor();
  t core.ticket := core.seen_ticket(p_ticket);
begin
  return query
  select a.code, a.name_zh, a.name_en, a.needs, a.rank from core.action a
  where exists (select from core.transition r
                where r.action = a.code and r.from_state = t.state and r.duties && actor.duties
                  and core.obstacle(r, t, actor, null, greatest(clock_timestamp(), t.updated_at)) is null)
  order by a.rank;
end $$;

-- What happened to a ticket, in order. The right is asked once here, of every single event in api.events.
create or replace function api.events_of(p_ticket bigint) returns setof api.events
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  t core.ticket := core.seen_ticket(p_ticket);
begin
  return query select * from api.events e where e.district_id = t.district_id and e.ticket_id = t.id order by e.seq;
end $$;

-- A console that lost the link asks what became of its request.
create or replace function api.outcome(p_key uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  done core.request;
  e core.event;
begin
  select * into done from core.request r where r.key = p_key and r.login = session_user;
  if not found then
    return '{"known": false}';
  end if;
  select ev.* into e from core.event ev join core.ticket t using (district_id)
  where t.id = done.ticket_id and ev.ticket_id = t.id and ev.seq = done.event_seq;
  return jsonb_build_object('known', true, 'ticket_id', done.ticket_id, 'action', done.action,
                            'event_seq', done.event_seq, 'at', e.at, 'version', e.seq);
end $$;

-- A ticket that is named must be one the person sees; whether another exists is not told.
create or replace function core.check_named_tickets(p_payload jsonb) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  perform core.seen_ticket(trunc((p_payload->>name)::numeric)::bigint)
  from unnest('{main,follows_ticket_id}'::text[]) name
  where jsonb_typeof(p_payload) = 'object' and jsonb_typeof(p_payload->name) = 'number';
end $$;

create or replace function core.need_key(p_key uuid) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_key is null then
    perform core.bad_payload('key', 'missing');
  end if;
end $$;

revoke all on function api.open_ticket(uuid, jsonb), api.act(bigint, text, int, uuid, jsonb), api.allowed(bigint),
  api.events_of(bigint), api.outcome(uuid) from public;
grant execute on function api.open_ticket(uuid, jsonb), api.act(bigint, text, int, uuid, jsonb),
  api.allowed(bigint), api.events_of(bigint) to ld_console;
grant execute on function api.outcome(uuid) to ld_console, ld_intake;
