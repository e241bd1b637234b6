-- Callers' identity: kept apart from the ticket, shown masked (R901, R902, R904).

create or replace function core.mask_name(p_name text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select left(btrim(p_name), 1) || '**'
$$;

create or replace function core.mask_phone(p_phone text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when length(btrim(p_phone)) >= 7
    then left(btrim(p_phone), 3) || '****' || right(btrim(p_phone), 2) else '****' end
$$;

-- Digits only, without the country code, so that every way of writing a number gives the same hash.
create or replace function core.phone_hash(p_phone text) returns bytea
language sql stable set search_path = pg_catalog, pg_temp as $$
  select sha256(salt || convert_to(digits, 'UTF8'))
  from core.phone_salt,
       lateral (select regexp_replace(regexp_replace(p_phone, '\D', '', 'g'), '^(00)?86(?=1\d{10}$)', '')) d(digits)
  where digits <> ''
$$;

-- What the ticket itself may show of its caller.
create or replace function core.caller_label(p_caller jsonb) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when (p_caller->>'anonymous')::boolean or (p_caller->>'secret')::boolean then ''
    else concat_ws(' ', core.mask_name(p_caller->>'name'), core.mask_phone(p_caller->>'phone')) end
$$;

drop function if exists core.keep_caller(core.ticket, jsonb);
-- The row of a caller, with a salt of its own.
create or replace function core.caller_of(t core.ticket, p_caller jsonb) returns core.caller
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select row(t.district_id, t.id, p_caller->>'name', p_caller->>'phone', core.phone_hash(p_caller->>'phone'),
             p_caller->>'address', p_caller->>'id_number', coalesce((p_caller->>'anonymous')::boolean, false),
             uuid_send(gen_random_uuid()))::core.caller
$$;

-- What the ticket's first event says of the row, so that a changed one shows. Many read events: without the salt
-- every number could be tried.
create or replace function core.caller_seal(c core.caller) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select encode(sha256(coalesce(c.salt, '') || convert_to(jsonb_build_array(
    c.district_id, c.ticket_id, c.name, c.phone, encode(c.phone_hash, 'hex'), c.address, c.id_number,
    c.is_anonymous)::text, 'UTF8')), 'hex')
$$;
