-- perform: the only writer of tickets after creation. Transition, guards, payload, effect, event.

create or replace function core.perform(
  p_ticket bigint, p_action text, p_actor core.staff, p_at timestamptz, p_version int, p_key uuid, p_payload jsonb)
returns core.ticket language plpgsql volatile
set search_path = pg_catalog, pg_temp set datestyle = 'ISO, YMD' as $$
declare
  known core.request := core.claim_request(p_key, p_actor.login, p_ticket, p_action, p_payload);
  t core.ticket := core.lock_ticket(p_ticket, p_actor, p_payload);
  at timestamptz := coalesce(p_at, greatest(clock_timestamp(), t.updated_at));
  step core.transition;
  to_state text;
  facts jsonb;
begin
  if known.key is not null then
    return t;
  end if;
  perform core.check_version(t, p_version, at);
  perform core.find_transition(t, p_action, p_actor, null, at);  -- as api.allowed asks, before any word is read
  perform core.check_payload(a.needs, p_payload, t.district_id, at) from core.action a where a.code = p_action;
  step := core.find_transition(t, p_action, p_actor, p_payload, at);
  facts := core.effect(p_action, t, p_actor, p_payload, at);
  to_state := coalesce(facts->>'state', step.to_state, t.state);
  if to_state <> t.state then  -- a request dies with the state it was made in
    facts := '{"pending": null, "asked": null}' || facts;
  end if;
  t := core.append_event(t, p_action, step.rule, p_actor, at, to_state, p_payload, facts, p_key,
         (select d from unnest(p_actor.duties) d where d = any (step.duties) limit 1));
  perform core.settle_request(p_key, t.id, t.version);
  if to_state <> step.from_state then  -- moved on: what the claim was for is done
    delete from core.claim where district_id = t.district_id and ticket_id = t.id and login = p_actor.login;
  end if;
  return t;
end $$;

-- Lock the ticket and, where one is involved, its main ticket: always in the order of their ids.
create or replace function core.lock_ticket(p_ticket bigint, p_actor core.staff, p_payload jsonb)
returns core.ticket language plpgsql volatile
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  named text := p_payload->>'main';
  other bigint := case when named ~ '^\d{1,18}$' then named::bigint end;
  t core.ticket;
begin
  if other is null then  -- most stand alone, and whoever waited for the lock asks again whether it still does
    t := (select k from core.ticket k
          where k.id = p_ticket and k.district_id = p_actor.district_id and k.main_ticket_id is null for update);
    if t.id is not null then
      return t;
    end if;
    other := (select main_ticket_id from core.ticket where id = p_ticket);
  end if;
  perform from core.ticket where district_id = p_actor.district_id and id in (p_ticket, other) order by id for update;
  t := (select k from core.ticket k where k.id = p_ticket and k.district_id = p_actor.district_id);
  if t.id is null then
    perform core.refuse('no_such_ticket', p_state => 'LD004');
  end if;
  return t;
end $$;

create or replace function core.check_version(t core.ticket, p_version int, p_at timestamptz) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if t.version <> p_version then
    perform core.refuse('version_conflict', (
      select jsonb_build_object('by', coalesce(s.name, e.actor), 'login', e.actor, 'at', e.at, 'version', e.seq)
      from core.event e left join core.staff s on s.login = e.actor
      where e.district_id = t.district_id and e.ticket_id = t.id and e.seq = t.version), 'LD002');
  end if;
  if p_at < t.updated_at then
    perform core.refuse('time_goes_back', jsonb_build_object('at', t.updated_at));
  end if;
end $$;

-- The first row of the rule book that lets this person do this to this ticket now; refuses when there is none.
create or replace function core.find_transition(
  t core.ticket, p_action text, p_actor core.staff, p_payload jsonb, p_at timestamptz)
returns core.transition language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  step core.transition;
  refusal text;
begin
  for step in
    select * from core.transition r
    where r.action = p_action and r.from_state = t.state and r.duties && p_actor.duties order by r.id
  loop
    refusal := core.obstacle(step, t, p_actor, p_payload, p_at);
    if refusal is null then
      return step;
    end if;
  end loop;
  if refusal = 'claimed' then
    perform core.refuse(refusal, core.claim_detail(core.claim_against(t, p_actor)));
  elsif refusal is not null then
    perform core.refuse(refusal);
  elsif not exists (select from core.action where code = p_action) then
    perform core.bad_payload('action', 'unknown');
  elsif not exists (select from core.transition where action = p_action and duties && p_actor.duties) then
    perform core.refuse('duty_missing', p_state => '42501');
  end if;
  perform core.refuse('wrong_state', jsonb_build_object('state', t.state));
end $$;

-- The code of whatever stands against a transition; null when nothing does.
create or replace function core.obstacle(
  p_step core.transition, t core.ticket, p_actor core.staff, p_payload jsonb, p_at timestamptz)
returns text language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  name text;
begin
  if not p_actor.on_duty then
    return 'off_duty';
  end if;
  if exists (select from core.withdrawal w
             where w.district_id = t.district_id and w.ticket_id = t.id and w.login = p_actor.login) then
    return 'withdrawn';
  end if;
  if core.is_claimed(p_step.action, t, p_actor) then
    return 'claimed';
  end if;
  foreach name in array p_step.guards loop
    if core.guard(name, t, p_actor, p_payload, p_at) is not true then
      return name;
    end if;
  end loop;
  return null;
end $$;
