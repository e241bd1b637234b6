-- Effects: what an action changes on the row, as facts. Clocks' due moments and lights follow in append_event.

create or replace function core.effect(
  p_action text, t core.ticket, p_actor core.staff, p_payload jsonb, p_at timestamptz)
returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  case
    when p_action in ('answer_direct', 'propose_refusal', 'merge', 'unmerge', 'special_report') then
      return core.effect_triage(p_action, t, p_payload, p_at);
    when p_action in ('dispatch', 'dispatch_coordinator', 'instruct', 'designate', 'hand_down', 'hand_up') then
      return core.effect_dispatch(p_action, t, p_payload, p_at);
    when p_action in ('return', 'accept_return', 'confer') then
      return core.effect_return(p_action, t, p_payload, p_at);
    when p_action in ('sign', 'sign_for', 'refuse_return', 'record_contact', 'progress_answer', 'feedback',
                      'propose_end', 'set_assist') then
      return core.effect_handling(p_action, t, p_payload, p_at);
    when p_action in ('ask_extension', 'approve_extension', 'ask_hold', 'approve_hold', 'resume') then
      return core.effect_time(p_action, t, p_payload, p_at);
    when p_action in ('rework', 'callback_attempt', 'callback_result', 'propose_redo', 'approve_redo') then
      return core.effect_verdict(p_action, t, p_payload, p_at);
    when p_action in ('follow_up', 'withdraw', 'amend') then
      return core.effect_record(p_action, t, p_actor, p_payload, p_at);
    when p_action in ('reject_refusal', 'refuse_extension', 'refuse_hold', 'refuse_redo') then
      return '{"pending": null, "asked": null}';
    else
      return '{}';  -- the new state and the payload say it all
  end case;
end $$;

create or replace function core.effect_triage(p_action text, t core.ticket, p_payload jsonb, p_at timestamptz)
returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  case p_action
    when 'answer_direct' then return jsonb_build_object('track', 'direct', 'answered_at', p_at);
    when 'propose_refusal' then return jsonb_build_object('pending', 'refusal', 'asked', p_payload);
    when 'special_report' then return jsonb_build_object('track', 'special');
    when 'merge' then return jsonb_build_object('main_ticket_id', p_payload->'main');
    when 'unmerge' then return core.facts_before_merge(t);
  end case;
end $$;

-- Whatever the merge changed becomes again what it was; what happened since (notes, corrections) stays.
create or replace function core.facts_before_merge(t core.ticket) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  merge core.event;
  before jsonb;
begin
  select * into merge from core.event
  where district_id = t.district_id and ticket_id = t.id and action = 'merge' order by seq desc limit 1;
  before := to_jsonb(core.fold(t.id, merge.seq - 1));
  return (select jsonb_object_agg(key, before->key) from jsonb_object_keys(merge.facts) key
          where key not in ('version', 'updated_at', 'red_since'));
end $$;

create or replace function core.effect_handling(p_action text, t core.ticket, p_payload jsonb, p_at timestamptz)
returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  contacted timestamptz := coalesce(t.contacted_at, (p_payload->>'contacted_at')::timestamptz);
begin
  perform core.check_contact(t, name, (p_payload->>name)::timestamptz)
  from unnest(case p_action when 'record_contact' then '{at}' when 'feedback' then '{contacted_at}' end::text[]) name;
  case p_action
    when 'sign', 'sign_for', 'refuse_return' then
      return jsonb_build_object('signed_at', coalesce(t.signed_at, p_at));
    when 'record_contact' then
      return jsonb_build_object('contacted_at',
        coalesce(t.contacted_at, (p_payload->>'at')::timestamptz, p_at));
    when 'progress_answer' then return jsonb_build_object('answered_at', p_at);
    when 'feedback' then
      return jsonb_build_object('answered_at', coalesce(t.answered_at, p_at), 'contacted_at', contacted,
                                'solved', p_payload->'solved');
    when 'propose_end' then
      return jsonb_build_object('answered_at', coalesce(t.answered_at, p_at), 'end_code', p_payload->'end');
    when 'set_assist' then return jsonb_build_object('assist_unit_ids', core.assist_units(p_payload));
  end case;
end $$;

-- A contact may be written down later, and not before the unit had the ticket. Forms know minutes, not seconds.
create or replace function core.check_contact(t core.ticket, p_field text, p_at timestamptz) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_at < coalesce(t.contact_from, t.dispatched_at, t.created_at) - interval '1 minute' then
    perform core.bad_payload(p_field, 'before it was sent');
  end if;
end $$;

-- Extensions and holds: asked by the unit, decided by others.
create or replace function core.effect_time(p_action text, t core.ticket, p_payload jsonb, p_at timestamptz)
returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  case p_action
    when 'ask_extension' then return jsonb_build_object('pending', 'extension', 'asked', p_payload);
    when 'ask_hold' then return jsonb_build_object('pending', 'hold', 'asked', p_payload);
    when 'approve_extension' then
      return jsonb_build_object('pending', null, 'asked', null, 'extensions', t.extensions + 1)
        || core.longer(t, (t.asked->>'workdays')::int);
    when 'approve_hold' then
      return jsonb_build_object('held', t.held + tstzmultirange(tstzrange(p_at, null)),
                                'hold_review_on', t.asked->'review_on');
    when 'resume' then
      return jsonb_build_object('held', t.held - tstzmultirange(tstzrange(p_at, null)), 'hold_review_on', null);
  end case;
end $$;

-- N working days more, on whichever kind of handling clock the ticket has.
create or replace function core.longer(t core.ticket, p_workdays int) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case
    when t.answer_fixed_at is not null then
      jsonb_build_object('answer_fixed_at', core.workday_due(t.answer_fixed_at, p_workdays, '{}', t.district_id))
    when t.answer_hours is not null then jsonb_build_object('answer_hours', t.answer_hours + 24 * p_workdays)
    else jsonb_build_object('answer_workdays', t.answer_workdays + p_workdays) end
$$;

create or replace function core.effect_verdict(p_action text, t core.ticket, p_payload jsonb, p_at timestamptz)
returns jsonb language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  case p_action
    when 'rework' then  -- the clock resumes, it does not reset: the time under review does not count (T19)
      return jsonb_build_object('reworks', t.reworks + 1, 'answered_at', null, 'end_code', null, 'solved', null,
        'held', t.held + tstzmultirange(tstzrange(t.answered_at, p_at)));
    when 'callback_attempt' then return jsonb_build_object('callback_attempts', t.callback_attempts + 1);
    when 'callback_result' then
      return jsonb_build_object('callback_attempts', t.callback_attempts + 1, 'solved', p_payload->'solved',
                                'satisfaction', p_payload->'satisfaction');
    when 'propose_redo' then return jsonb_build_object('pending', 'redo', 'asked', p_payload);
    when 'approve_redo' then  -- a new, short deadline (T21)
      return jsonb_build_object('reworks', t.reworks + 1, 'answered_at', null, 'solved', null, 'answer_from', p_at,
        'answer_workdays', (core.policy_of(t, p_at)).redo_workdays, 'answer_hours', null, 'answer_fixed_at', null);
  end case;
end $$;

create or replace function core.effect_record(
  p_action text, t core.ticket, p_actor core.staff, p_payload jsonb, p_at timestamptz)
returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  case p_action
    when 'follow_up' then
      perform core.new_ticket(p_actor, p_at, null, core.follow_up_payload(t, p_payload));
      return '{}';
    when 'withdraw' then
      insert into core.withdrawal (district_id, ticket_id, login, at, reason)
      values (t.district_id, t.id, coalesce(p_payload->>'staff', p_actor.login), p_at, p_payload->>'reason')
      on conflict do nothing;
      return '{}';
    when 'amend' then
      perform core.check_accused('accused_unit', (p_payload->>'accused_unit')::int);
      return core.amended(p_payload) || core.taken_from_accused(t, (p_payload->>'accused_unit')::int, p_at);
  end case;
end $$;

-- T24: the new ticket keeps caller, place and class, and follows the archived one.
create or replace function core.follow_up_payload(t core.ticket, p_payload jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_payload || jsonb_strip_nulls(jsonb_build_object(
    'kind', t.kind, 'channel', t.channel, 'source', t.source, 'category_id', t.category_id, 'place_id', t.place_id,
    'no_place', t.place_id is null, 'place_text', t.place_text, 'lon', t.lon, 'lat', t.lat,
    'wants_reply', t.wants_reply, 'accused_unit_id', t.accused_unit_id, 'accused_login', t.accused_login,
    'follows_ticket_id', t.id,
    'caller', (select jsonb_build_object('name', c.name, 'phone', c.phone, 'address', c.address,
                 'id_number', c.id_number, 'anonymous', c.is_anonymous, 'secret', t.caller_secret)
               from core.caller c where c.district_id = t.district_id and c.ticket_id = t.id)))
$$;

create or replace function core.amended(p_payload jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_strip_nulls(jsonb_build_object(
      'title', p_payload->'title', 'category_id', p_payload->'category', 'place_id', p_payload->'place',
      'is_urgent', p_payload->'is_urgent', 'accused_unit_id', p_payload->'accused_unit',
      'accused_login', p_payload->'accused_staff',
      'domain_id', (select coalesce(c.domain_id, c.id) from core.category c where c.id = (p_payload->>'category')::int)))
    || coalesce(core.place_facts((p_payload->>'place')::int), '{}')
$$;
