-- Guards: named questions a transition asks before it happens. True = nothing stands against it.
-- Without a payload (api.allowed) whatever depends on it is taken to be in order.

create or replace function core.guard(
  p_name text, t core.ticket, p_actor core.staff, p_payload jsonb, p_at timestamptz)
returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  case
    when p_name in ('nothing_pending', 'pending_refusal', 'pending_extension', 'pending_hold', 'pending_redo') then
      return t.pending is not distinct from nullif(replace(p_name, 'pending_', ''), 'nothing_pending');
    when p_name in ('unit_takes_tickets', 'accused_unit', 'community_list', 'unit_below_handler',
                    'assist_not_handler') then
      return case when p_payload is not null then core.guard_target(p_name, t, p_payload)
        else p_name <> 'unit_below_handler' or exists (select from core.unit where parent_id = t.handler_unit_id) end;
    when p_name in ('coordinator_known', 'coordinator_accused', 'parent_accused', 'handler_has_town',
                    'handler_is_town') then
      return core.guard_tier(p_name, t);
    when p_name in ('main_open', 'main_with_accused', 'not_a_main', 'main_answered') then
      return core.guard_main(p_name, t, p_payload);
    when p_name in ('return_limit', 'before_due', 'extension_short', 'extension_long', 'review_day_come') then
      return core.guard_clock(p_name, t, p_at);
    else
      return core.guard_fact(p_name, t, p_actor, p_payload);
  end case;
end $$;

-- What the row, the actor and the payload say by themselves.
create or replace function core.guard_fact(p_name text, t core.ticket, p_actor core.staff, p_payload jsonb)
returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  case p_name
    when 'holds_ticket' then return core.within(t.handler_unit_id, p_actor.unit_id);
    when 'assists_ticket' then
      return exists (select from unnest(t.assist_unit_ids) u where core.within(u, p_actor.unit_id));
    when 'not_designated' then return not t.designated;
    when 'misdirected' then return p_payload is null or coalesce(p_payload->'misdirected' = 'true', false);
    when 'complex_or_extended' then return t.is_complex or t.extensions > 0;
    when 'not_answered' then return t.answered_at is null;
    when 'contacted' then
      return p_payload is null or t.contacted_at is not null or p_payload->>'contacted_at' is not null;
    when 'callback_required' then return t.callback_required;
    when 'callback_not_required' then return not t.callback_required;
    when 'has_end_code' then return t.end_code is not null;
    when 'no_end_code' then return t.end_code is null;
    when 'attempts_made' then
      return t.callback_attempts >= coalesce(core.setting_value(t.district_id, 'callback_attempts')::int, 3);
    when 'file_complete' then  -- the archive takes the whole process or nothing
      return t.version = (select count(*) from core.event e where e.district_id = t.district_id and e.ticket_id = t.id);
    when 'withdraw_self' then
      return coalesce(p_payload->>'staff', p_actor.login) = p_actor.login
          or p_actor.duties && array['supervisor', 'inspector', 'leader'];
    when 'something_amended' then
      return p_payload is null
          or jsonb_strip_nulls(p_payload) ?| array['title', 'category', 'place', 'is_urgent', 'accused_unit', 'accused_staff'];
  end case;
end $$;

-- Where the payload would send the ticket (unit, assisting units).
create or replace function core.guard_target(p_name text, t core.ticket, p_payload jsonb)
returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  target int := (p_payload->>'unit')::int;
  named int[] := core.assist_units(p_payload) || array_remove(array[target], null);
begin
  case p_name
    when 'unit_takes_tickets' then
      return not exists (select from core.unit where id = any (named) and not takes_tickets);
    when 'accused_unit' then
      return core.may_receive(t, target)
         and not exists (select from unnest(core.assist_units(p_payload)) u
                         join core.barred b on b.district_id = t.district_id and b.ticket_id = t.id
                           and core.related(u, b.unit_id));
    when 'community_list' then
      return not exists (select from core.unit where id = target and kind in ('area', 'community'))
          or exists (select from core.category where id = t.category_id and for_community);
    when 'unit_below_handler' then
      return target <> t.handler_unit_id and core.within(target, t.handler_unit_id);
    when 'assist_not_handler' then
      return t.handler_unit_id <> all (named);
  end case;
end $$;

-- Neither the accused unit nor one below it; the unit above may (R902).
create or replace function core.may_receive(t core.ticket, p_unit int) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select not exists (select from core.barred b where b.district_id = t.district_id and b.ticket_id = t.id
                     and core.within(p_unit, b.unit_id))
$$;

create or replace function core.assist_units(p_payload jsonb) returns int[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(value::int order by value::int), '{}')
  from jsonb_array_elements_text(case when jsonb_typeof(p_payload->'assist') = 'array' then p_payload->'assist' else '[]' end)
$$;

-- The tiers of the territory: the town that coordinates a place, the unit above the handler.
create or replace function core.guard_tier(p_name text, t core.ticket)
returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  case p_name
    when 'coordinator_known' then return core.coordinator_of(t.place_id) is not null;
    when 'coordinator_accused' then
      return core.may_receive(t, core.coordinator_of(t.place_id));
    when 'handler_is_town' then
      return exists (select from core.unit where id = t.handler_unit_id and kind = 'town');
    when 'handler_has_town' then
      return exists (select from core.unit where id = t.handler_unit_id and kind in ('area', 'community')
                     and parent_id is not null);
    when 'parent_accused' then
      return core.may_receive(t, (select parent_id from core.unit where id = t.handler_unit_id));
  end case;
end $$;

-- Was anything merged into a ticket, of any month? The plan takes longer than the question, and is kept.
create or replace function core.is_a_main(p_ticket bigint) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return exists (select from core.ticket where main_ticket_id = p_ticket and state = 'MERGED');
end $$;

-- Merged tickets and the ticket they were merged into; one that is named is looked for in its month alone.
create or replace function core.guard_main(p_name text, t core.ticket, p_payload jsonb)
returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  case p_name
    when 'main_open' then
      return p_payload is null
          or exists (select from core.ticket m
                     where m.id = (p_payload->>'main')::bigint and m.id <> t.id and m.district_id = t.district_id
                       and m.is_open and m.state <> 'MERGED');
    when 'main_with_accused' then  -- the guard of this ticket passes on to the main one
      return p_payload is null
          or not exists (select from core.ticket m join core.barred b on b.district_id = t.district_id and b.ticket_id = t.id
                         cross join lateral unnest(m.assist_unit_ids || m.handler_unit_id) u
                         where m.id = (p_payload->>'main')::bigint and m.district_id = t.district_id
                           and core.within(u, b.unit_id));
    when 'not_a_main' then
      return not core.is_a_main(t.id);
    when 'main_answered' then
      return exists (select from core.ticket where id = t.main_ticket_id and state in ('CALLBACK', 'DONE', 'ARCHIVED'));
  end case;
end $$;

-- Questions about time.
create or replace function core.guard_clock(p_name text, t core.ticket, p_at timestamptz)
returns boolean language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  case p_name
    when 'return_limit' then
      return p_at <= core.workday_due(
        (select from_at from core.custody
         where ticket_id = t.id and district_id = t.district_id and leg = t.leg and role = 'lead'),
        coalesce(core.setting_value(t.district_id, 'return_limit_workdays')::int, 2), '{}', t.district_id);
    when 'before_due' then return t.answer_due_at is null or p_at < t.answer_due_at + interval '1 second';
    when 'extension_short' then return not core.extension_is_long(t);
    when 'extension_long' then return core.extension_is_long(t);
    when 'review_day_come' then
      return t.hold_review_on <= (p_at at time zone (select tz from core.district where id = t.district_id))::date;
  end case;
end $$;

-- D7: a second extension, or one that makes more than the policy's days for complex items, is for the leader.
create or replace function core.extension_is_long(t core.ticket) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select t.extensions > 0
      or coalesce(t.answer_workdays, 0) + (t.asked->>'workdays')::int >
         (core.policy_of(t, t.answer_from)).complex_workdays
$$;
