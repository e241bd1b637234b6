-- Sending a ticket to a unit and taking it back: legs, clocks, territory of the handler.

create or replace function core.effect_dispatch(p_action text, t core.ticket, p_payload jsonb, p_at timestamptz)
returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  handler core.unit;
begin
  select u.* into handler from core.unit u where u.id = case p_action
    when 'dispatch_coordinator' then core.coordinator_of(t.place_id)
    when 'hand_up' then (select parent_id from core.unit where id = t.handler_unit_id)
    else (p_payload->>'unit')::int end;
  if p_action in ('hand_down', 'hand_up') then
    if p_action = 'hand_up' and core.guard_tier('handler_is_town', t) then
      return core.taken_back(t, false);
    end if;
    return core.new_leg(t, handler.id);
  end if;
  return core.new_leg(t, handler.id) || core.started_clocks(t, p_at) || jsonb_build_object(
    'track', coalesce(t.track, 'dispatch'),
    'assist_unit_ids', array_remove(core.assist_units(p_payload), handler.id),
    'designated', p_action = 'designate',
    'is_complex', t.is_complex or coalesce((p_payload->>'complex')::boolean, false))
    || case when p_payload->>'due_on' is null then '{}' else
       jsonb_build_object('answer_fixed_at', core.day_end((p_payload->>'due_on')::date, t.district_id)) end;
end $$;

-- Another unit holds the ticket from now on; the old leg stays in custody.
create or replace function core.new_leg(t core.ticket, p_unit int) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('handler_unit_id', p_unit, 'leg', t.leg + 1, 'signed_at', null,
                            'first_unit_id', coalesce(t.first_unit_id, p_unit)) || core.unit_facts(p_unit)
$$;

-- D13: clocks start at dispatch. The handling clock never restarts; the contact clock does when it was cleared.
create or replace function core.started_clocks(t core.ticket, p_at timestamptz) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  policy core.sla_policy := core.policy_of(t, p_at);
begin
  return jsonb_build_object('dispatched_at', coalesce(t.dispatched_at, p_at))
    || case when t.contact_from is not null then '{}' else jsonb_build_object('contact_from', p_at,
         'contact_workdays', policy.contact_workdays, 'contact_hours', policy.contact_hours) end
    || case when t.answer_from is not null then '{}' else jsonb_build_object('answer_from', p_at,
         'answer_workdays', policy.answer_workdays, 'answer_hours', policy.answer_hours) end;
end $$;

create or replace function core.policy_of(t core.ticket, p_at timestamptz) returns core.sla_policy
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p from core.sla_for(t.district_id, t.category_id, t.kind, t.channel,
    (p_at at time zone (select tz from core.district where id = t.district_id))::date) p
$$;

create or replace function core.effect_return(p_action text, t core.ticket, p_payload jsonb, p_at timestamptz)
returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  case p_action
    when 'return' then return jsonb_build_object('returns', t.returns + 1);
    when 'accept_return', 'confer' then
      return core.taken_back(t, coalesce((p_payload->>'restart_contact')::boolean,
        core.setting_value(t.district_id, 'contact_restarts')::boolean, true));
  end case;
end $$;

-- The centre holds the ticket again. D3: whether the next unit gets a contact clock of its own.
create or replace function core.taken_back(t core.ticket, p_restart_contact boolean) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('handler_unit_id', null, 'h_town', null, 'h_area', null, 'h_dept', null,
                            'assist_unit_ids', '{}'::int[], 'signed_at', null, 'designated', false)
    || case when p_restart_contact then jsonb_build_object('contact_from', null, 'contact_workdays', null,
         'contact_hours', null, 'contacted_at', null, 'contact_due_at', null) else '{}' end
$$;

-- The handler turns out to be complained about: the centre takes the ticket back before anybody there reads on.
create or replace function core.taken_from_accused(t core.ticket, p_accused int, p_at timestamptz) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when t.state in ('SENT', 'WORK', 'RETURN', 'HOLD') and core.within(t.handler_unit_id, p_accused)
    then core.taken_back(t, true) || jsonb_build_object('state', 'TRIAGE', 'hold_review_on', null,
           'held', t.held - tstzmultirange(tstzrange(p_at, null)))
    else jsonb_build_object('assist_unit_ids',
           array(select u from unnest(t.assist_unit_ids) u where not coalesce(core.related(u, p_accused), false))) end
$$;
