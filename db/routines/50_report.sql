-- Reports of other systems (handheld, web, WeChat, hotlines, legacy platforms): one ticket per (source, external number).

create or replace function api.submit_report(p_source text, p_external text, p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  origin core.source;
  actor core.staff := core.reporter(p_source);
  content bytea := sha256(convert_to(p_payload::text, 'UTF8'));
  known core.external_ref;
  t core.ticket;
begin
  select * into origin from core.source s where s.code = p_source;
  perform core.check_external(p_external);
  perform core.check_payload(a.needs, p_payload, origin.district_id, clock_timestamp())
  from core.action a where a.code = 'report';
  perform core.check_accused('accused_unit_id', (p_payload->>'accused_unit_id')::int);

  if core.claim_external(p_source, p_external, origin.district_id, p_payload) then
    t := core.new_ticket(actor, clock_timestamp(), null, core.report_as_opening(origin, p_external, p_payload));
    return jsonb_build_object('number', t.number, 'ticket_id', t.id, 'created', true);
  end if;

  select * into known from core.external_ref r where r.source = p_source and r.number = p_external for update;
  select * into t from core.ticket where id = known.ticket_id;
  if known.content_hash <> content then
    perform core.resubmit(known.ticket_id, actor, p_payload);
    update core.external_ref set content_hash = content where source = p_source and number = p_external;
  end if;
  return jsonb_build_object('number', t.number, 'ticket_id', t.id, 'created', false);
end $$;
comment on function api.submit_report is
  'Submit a report once per (source, external number); the same again changes nothing, other content is added as a note.';

-- Who submits: a login of the source's district that may use this source. The server's owner may use every source.
create or replace function core.reporter(p_source text) returns core.staff
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.actor();
  origin core.source;
begin
  select * into origin from core.source s where s.code = p_source and s.is_active;
  if actor.district_id is null and origin.code is not null then
    actor.district_id := origin.district_id;
    return actor;
  end if;
  if not actor.duties && array['intake', 'system'] then
    perform core.refuse('duty_missing', p_state => '42501');
  elsif origin.code is null then
    perform core.bad_payload('source', 'unknown');
  elsif origin.district_id <> actor.district_id or origin.login <> session_user then
    perform core.refuse('source_foreign', p_state => '42501');
  end if;
  return actor;
end $$;

create or replace function core.check_external(p_external text) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  problem text := core.text_problem(p_external, true, 64);
begin
  if coalesce(btrim(p_external), '') = '' then
    perform core.bad_payload('external', 'missing');
  elsif problem is not null then
    perform core.bad_payload('external', problem);
  end if;
end $$;

-- A report as the payload of the action 'open'.
create or replace function core.report_as_opening(p_source core.source, p_external text, p_payload jsonb)
returns jsonb language sql immutable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('channel', p_source.channel,
           'title', left(btrim(split_part(btrim(p_payload->>'body', E' \t\r\n\u3000'), E'\n', 1)), 40),
           'caller', '{"anonymous": true}'::jsonb)
    || jsonb_strip_nulls(p_payload)
    || jsonb_build_object('source', p_source.code, 'external_number', p_external)
$$;

-- The same number with other words: kept in the history of the ticket, identity left out.
create or replace function core.resubmit(p_ticket bigint, p_actor core.staff, p_payload jsonb) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket := core.lock_ticket(p_ticket, p_actor, '{}');
begin
  if t.state = 'ARCHIVED' then
    perform core.refuse('report_archived', jsonb_build_object('number', t.number));
  end if;
  perform core.append_event(t, 'resubmitted', 'S38', p_actor, greatest(clock_timestamp(), t.updated_at), t.state,
                            p_payload - 'caller', '{}', null);
end $$;

revoke all on function api.submit_report(text, text, jsonb) from public;
grant execute on function api.submit_report(text, text, jsonb) to ld_intake;
