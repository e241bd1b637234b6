-- T1: a ticket begins. Number issued once, identity kept apart, first event with every fact.

-- A ticket without content: identity, number, defaults. Not inserted. Now and then a number is left out: else whoever
-- sees all tickets of a day but one would know that one is kept from him (R902).
create or replace function core.blank_ticket(p_district smallint, p_created timestamptz, p_by name)
returns core.ticket language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  local_day date := (p_created at time zone (select tz from core.district where id = p_district))::date;
  counted int;
begin
  perform core.ensure_month(local_day);
  insert into core.number_counter as c (district_id, day, last) values (p_district, local_day, 1)
  on conflict (district_id, day) do update set last = c.last + case when random() < 0.05 then 2 else 1 end
  returning last into counted;
  return jsonb_populate_record(null::core.ticket, jsonb_build_object(
    'district_id', p_district,
    'id', to_char(local_day, 'YYYYMM')::bigint * 100000000 + nextval('core.ticket_seq'),
    'number', to_char(local_day, 'YYYYMMDD') || '-' || lpad(counted::text, greatest(4, length(counted::text)), '0'),
    'version', 1, 'state', 'NEW', 'is_open', true, 'is_urgent', false, 'is_complex', false,
    'place_text', '', 'caller_label', '', 'caller_secret', false, 'wants_reply', true,
    'assist_unit_ids', '{}', 'designated', false, 'leg', 0, 'returns', 0, 'reworks', 0, 'extensions', 0,
    'callback_required', true, 'callback_attempts', 0, 'held', '{}', 'due_provisional', false,
    'created_at', p_created, 'updated_at', p_created, 'created_by', p_by));
end $$;

create or replace function core.create_ticket(p_actor core.staff, p_at timestamptz, p_key uuid, p_payload jsonb)
returns core.ticket language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  at timestamptz := coalesce(p_at, clock_timestamp());
  draft core.ticket;
  known core.request := core.claim_request(p_key, p_actor.login, null, 'open', p_payload);
  t core.ticket;
begin
  if known.key is not null then
    select * into t from core.ticket where id = known.ticket_id;
    return t;
  end if;
  draft.state := 'DRAFT';
  draft.district_id := p_actor.district_id;
  perform core.find_transition(draft, 'open', p_actor, null, at);
  perform core.check_payload(a.needs, p_payload, p_actor.district_id, at) from core.action a where a.code = 'open';
  perform core.check_opening(p_payload);
  if p_payload->>'external_number' is not null and not core.claim_external(
       p_payload->>'source', p_payload->>'external_number', p_actor.district_id, p_payload) then
    perform core.bad_payload('external_number', 'already reported');
  end if;
  t := core.new_ticket(p_actor, at, p_key, p_payload);
  perform core.settle_request(p_key, t.id, 1);
  return core.take_footage(t, p_actor, p_payload->'footage');
end $$;

-- Claim a number of another system for the ticket about to be made; false when it has one. Claimed before the
-- day's counter is touched, always, so that two doors never wait for each other; whoever comes second waits here.
create or replace function core.claim_external(p_source text, p_number text, p_district smallint, p_content jsonb)
returns boolean language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.external_ref (source, number, district_id, ticket_id, content_hash)
  values (p_source, p_number, p_district, 0, sha256(convert_to(p_content::text, 'UTF8'))) on conflict do nothing;
  return found;
end $$;

-- T1 needs a place or "no place", a contact or "anonymous"; coordinates come in pairs.
create or replace function core.check_opening(p_payload jsonb) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_payload->>'place_id' is null and p_payload->'no_place' is distinct from 'true' then
    perform core.bad_payload('place_id', 'missing');
  elsif p_payload->>'place_id' is not null and p_payload->'no_place' = 'true' then
    perform core.bad_payload('no_place', 'a place is given');
  elsif p_payload#>'{caller,anonymous}' is distinct from 'true'
        and coalesce(p_payload#>>'{caller,phone}', p_payload#>>'{caller,address}', '') = '' then
    perform core.bad_payload('caller.phone', 'missing');
  elsif (p_payload->>'lon' is null) <> (p_payload->>'lat' is null) then
    perform core.bad_payload('lat', 'coordinates come in pairs');
  elsif p_payload->>'external_number' is not null and p_payload->>'source' is null then
    perform core.bad_payload('source', 'missing');
  end if;
  perform core.check_accused('accused_unit_id', (p_payload->>'accused_unit_id')::int);
end $$;

-- Complaints about units are the centre's to handle; one about its own people names the person.
create or replace function core.check_accused(p_field text, p_unit int) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from core.unit u where u.id = p_unit and u.kind = 'centre') then
    perform core.bad_payload(p_field, 'the centre');
  end if;
end $$;

-- Insert a ticket from a checked payload of the action 'open'.
create or replace function core.new_ticket(p_actor core.staff, p_at timestamptz, p_key uuid, p_payload jsonb)
returns core.ticket language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  caller jsonb := coalesce(p_payload->'caller', '{"anonymous": true}');
  t core.ticket := core.blank_ticket(p_actor.district_id, p_at, p_actor.login);
  kept core.caller := core.caller_of(t, caller);
begin
  t := core.insert_ticket(t, core.opening_facts(t, p_payload, caller), 'open', p_actor.login,
    (select d from unnest(p_actor.duties) d where d in ('operator', 'intake', 'system') limit 1),
    p_at, p_payload - 'caller' || jsonb_build_object('caller_seal', core.caller_seal(kept)), p_key, p_actor.unit_id);
  insert into core.caller values (kept.*);
  update core.external_ref set ticket_id = t.id where source = t.source and number = t.external_number;
  return t;
end $$;

create or replace function core.opening_facts(t core.ticket, p_payload jsonb, p_caller jsonb) returns jsonb
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  place int := (p_payload->>'place_id')::int;
  wants_reply boolean := coalesce((p_payload->>'wants_reply')::boolean, true);
  source text := coalesce(p_payload->>'source', (select min(s.code) from core.source s
    where s.district_id = t.district_id and s.channel = p_payload->>'channel' and s.kind = 'own' and s.is_active));
begin
  if source is null then
    perform core.bad_payload('source', 'missing');
  end if;
  return jsonb_build_object(
    'kind', p_payload->'kind', 'channel', p_payload->'channel', 'source', source,
    'external_number', p_payload->'external_number', 'title', p_payload->'title', 'body', p_payload->'body',
    'category_id', p_payload->'category_id',
    'domain_id', (select coalesce(c.domain_id, c.id) from core.category c where c.id = (p_payload->>'category_id')::int),
    'place_id', place, 'place_text', coalesce(p_payload->>'place_text', ''),
    'lon', p_payload->'lon', 'lat', p_payload->'lat',
    'is_urgent', coalesce((p_payload->>'is_urgent')::boolean, false), 'wants_reply', wants_reply,
    'caller_label', core.caller_label(p_caller),
    'caller_secret', coalesce((p_caller->>'secret')::boolean, false),
    'callback_required', wants_reply and nullif(p_caller->>'phone', '') is not null
      and core.in_callback_sample(t.district_id, p_payload->>'channel'),
    'accused_unit_id', p_payload->'accused_unit_id', 'accused_login', p_payload->'accused_login',
    'follows_ticket_id', p_payload->'follows_ticket_id')
    || case when place is null then '{}' else core.place_facts(place) end;
end $$;

-- D9: every ticket, unless the channel's rate is lowered; then by chance, and the event records the outcome.
create or replace function core.in_callback_sample(p_district smallint, p_channel text) returns boolean
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select random() * 100 < coalesce((core.setting_value(p_district, 'callback_percent')->>p_channel)::numeric, 100)
$$;
