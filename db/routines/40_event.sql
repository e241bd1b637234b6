-- The stream of events: the row of a ticket is its fold, each event carries the hash of the one before.

create or replace function core.apply_facts(t core.ticket, facts jsonb) returns core.ticket
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select r from jsonb_populate_record(t, facts) r
$$;

-- The ticket as its events tell it, up to and including one of them: later facts replace earlier ones.
create or replace function core.fold(p_ticket bigint, p_seq int default null) returns core.ticket
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  facts jsonb := '{}';
  step jsonb;
begin
  for step in
    select e.facts from core.event e
    where e.ticket_id = p_ticket and e.seq <= coalesce(p_seq, e.seq)
      and e.district_id = (select district_id from core.ticket where id = p_ticket)
    order by e.seq
  loop
    facts := facts || step;
  end loop;
  return jsonb_populate_record(null::core.ticket, facts);
end $$;

create or replace function core.event_hash(e core.event) returns bytea
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select sha256(coalesce(e.prev_hash, ''::bytea) || convert_to(jsonb_build_array(
    e.district_id, e.ticket_id, e.seq, extract(epoch from e.at), extract(epoch from e.recorded_at), e.actor,
    e.unit_id, e.duty, e.action, e.rule, e.from_state, e.to_state, e.payload, e.facts, e.request_key)::text, 'UTF8'))
$$;

-- The event with its place in the chain.
create or replace function core.sealed(e core.event) returns core.event
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  e.recorded_at := clock_timestamp();
  e.prev_hash := (select hash from core.event
                  where district_id = e.district_id and ticket_id = e.ticket_id and seq = e.seq - 1);
  e.hash := core.event_hash(e);
  return e;
end $$;

-- The one way a single event is written; recomputations write many at once (21_recompute.sql). The key's check, too, is
-- planned for its ticket's month alone.
create or replace function core.insert_event(e core.event) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  e := core.sealed(e);
  insert into core.event values (e.*);
end $$;

-- The first event of a ticket: it carries every column.
create or replace function core.insert_ticket(
  t core.ticket, p_facts jsonb, p_action text, p_actor name, p_duty text, p_at timestamptz, p_payload jsonb,
  p_key uuid default null, p_unit int default null)
returns core.ticket language plpgsql volatile
set search_path = pg_catalog, pg_temp set datestyle = 'ISO, YMD' as $$
declare
  e core.event;
begin
  t := core.apply_facts(t, p_facts);
  insert into core.ticket values (t.*);
  e := row(t.district_id, t.id, t.version, p_at, null, p_actor, p_unit, p_duty, p_action,
           case p_action when 'open' then 'T1' else '' end, null, t.state, p_payload, to_jsonb(t), p_key, null, null);
  perform core.insert_event(e);
  perform core.keep_custody(t, p_at, p_action, p_payload->>'basis');
  return t;
end $$;

-- Every later event: what changed is worked out from the row, clocks and lights included.
create or replace function core.append_event(
  t core.ticket, p_action text, p_rule text, p_actor core.staff, p_at timestamptz, p_to_state text,
  p_payload jsonb, p_facts jsonb, p_key uuid, p_duty text default null)
returns core.ticket language plpgsql volatile
set search_path = pg_catalog, pg_temp set datestyle = 'ISO, YMD' as $$
declare
  old jsonb := to_jsonb(t);
  after core.ticket;
  e core.event;
  facts jsonb;
begin
  after := core.apply_facts(t, p_facts);
  after.state := p_to_state;
  after.is_open := (select s.is_open from core.state s where s.code = p_to_state);
  after.version := t.version + 1;
  after.updated_at := p_at;
  after.closed_at := case when t.is_open and not after.is_open then p_at else after.closed_at end;
  after.archived_at := case when p_to_state = 'ARCHIVED' then coalesce(t.archived_at, p_at) end;
  after := core.apply_facts(after, core.clock_facts(after));
  after.red_since := core.red_since(t, after, p_at);

  select coalesce(jsonb_object_agg(key, value), '{}') into facts
  from jsonb_each(to_jsonb(after)) where value is distinct from old->key;
  e := row(t.district_id, t.id, after.version, p_at, null, p_actor.login, p_actor.unit_id,
           coalesce(p_duty, p_actor.duties[1]), p_action, p_rule, t.state, p_to_state, p_payload, facts, p_key,
           null, null);
  perform core.insert_event(e);
  perform core.store_ticket(after);
  if row(t.handler_unit_id, t.leg, t.assist_unit_ids, t.is_open)
     is distinct from row(after.handler_unit_id, after.leg, after.assist_unit_ids, after.is_open) then
    perform core.keep_custody(after, p_at, p_action, p_payload->>'basis');
  end if;
  return after;
end $$;

-- Write the whole row; the test that fold(events) = row for every column keeps this list complete.
create or replace function core.store_ticket(t core.ticket) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  update core.ticket set (
    district_id, id, number, version, state, is_open, pending, kind, channel, source, external_number, track,
    is_urgent, is_complex, title, body, category_id, domain_id, place_id, p_town, p_area, p_grid, place_text,
    lon, lat, caller_label, caller_secret, wants_reply, handler_unit_id, h_town, h_area, h_dept,
    assist_unit_ids, first_unit_id, accused_unit_id, designated, leg, returns, reworks, extensions,
    callback_required, callback_attempts, solved, satisfaction, end_code, main_ticket_id, follows_ticket_id,
    created_at, updated_at, dispatched_at, signed_at, contacted_at, answered_at, closed_at, archived_at,
    contact_from, contact_workdays, contact_hours, answer_from, answer_workdays, answer_hours,
    answer_fixed_at, held, hold_review_on, contact_due_at, answer_due_at, due_at, yellow_at, red_at,
    red_since, due_provisional, asked, created_by, accused_login
  ) = row(t.*)
  where district_id = t.district_id and id = t.id;
end $$;

-- Once red, recorded for ever: red before this event, or red because of it.
create or replace function core.red_since(p_before core.ticket, p_after core.ticket, p_at timestamptz)
returns timestamptz language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(p_before.red_since,
    case when p_before.red_at <= p_at then p_before.red_at end,
    case when p_after.red_at <= p_at then p_at end)
$$;

create or replace function core.tg_event__immutable() returns trigger
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  raise exception using errcode = '42501', constraint = 'history_is_append_only',
    message = 'Events are never changed or removed.';
end $$;
create or replace trigger _500_immutable before update or delete or truncate on core.event
  for each statement execute function core.tg_event__immutable();
