-- A payload is checked against the fields its action needs: nothing missing, nothing unknown, nothing malformed.

create or replace function core.check_payload(
  p_needs jsonb, p_payload jsonb, p_district smallint, p_at timestamptz, p_within text default '')
returns void language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  need jsonb;
  field text;
begin
  if jsonb_typeof(p_payload) is distinct from 'object' then
    perform core.bad_payload(coalesce(nullif(rtrim(p_within, '.'), ''), 'payload'), 'not an object');
  end if;
  select k into field from jsonb_object_keys(p_payload) k
  where not exists (select from jsonb_array_elements(p_needs) n where n->>'name' = k) limit 1;
  if found then
    perform core.bad_payload(p_within || left(field, 60), 'unknown');
  end if;
  for need in select value from jsonb_array_elements(p_needs) loop
    field := need->>'name';
    if coalesce(p_payload->field, 'null') in ('null', '[]') or btrim(p_payload->>field, E' \t\r\n\u3000') = '' then
      if need->>'required' = 'true' then
        perform core.bad_payload(p_within || field, 'missing');
      end if;
    elsif need->>'type' = 'group' then
      perform core.check_payload(need->'fields', p_payload->field, p_district, p_at, p_within || field || '.');
    else
      perform core.bad_payload(p_within || field, problem)
      from core.field_problem(need, p_payload->field, p_district, p_at) problem where problem is not null;
    end if;
  end loop;
end $$;

-- A filter or the like as the record it stands for: an object with fields of that type and no others.
create or replace function core.read_record(p_kind anyelement, p_fields jsonb, p_name text) returns anyelement
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_field text;
begin
  if jsonb_typeof(p_fields) is distinct from 'object' then
    perform core.bad_payload(p_name, 'not an object');
  end if;
  select k into v_field from jsonb_object_keys(p_fields) k
  where k <> all (array(select a.attname from pg_type y join pg_attribute a on a.attrelid = y.typrelid
                        where y.oid = pg_typeof(p_kind) and a.attnum > 0 and not a.attisdropped)) limit 1;
  if found then
    perform core.bad_payload(left(v_field, 60), 'unknown');
  end if;
  return jsonb_populate_record(p_kind, jsonb_strip_nulls(p_fields));
exception when data_exception then
  perform core.bad_payload(p_name, sqlerrm);
end $$;

-- What is wrong with one value; null when nothing is.
create or replace function core.field_problem(p_need jsonb, p_value jsonb, p_district smallint, p_at timestamptz)
returns text language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  kind text := p_need->>'type';
  word text := p_value #>> '{}';
  day date := (p_at at time zone (select tz from core.district where id = p_district))::date;
begin
  if jsonb_typeof(p_value) <> (case when kind in ('int', 'number', 'unit', 'ticket', 'place', 'category') then 'number'
       when kind = 'bool' then 'boolean' when kind in ('units', 'keys') then 'array' else 'string' end) then
    return 'wrong type';
  end if;
  case
    when kind in ('text', 'line') then
      return core.text_problem(word, kind = 'line',
        coalesce((p_need->>'max')::int, case kind when 'line' then 200 else 4000 end));
    when kind = 'code' then
      return case when not core.code_exists(p_need->>'list', word, p_district) then 'no such code' end;
    when kind = 'bool' then
      return case when p_need->'must' is distinct from p_value and p_need ? 'must' then 'must be ' || (p_need->>'must') end;
    when kind = 'number' then
      return case when not word::numeric between (p_need->>'min')::numeric and (p_need->>'max')::numeric
        then 'out of range' end;
    when kind = 'date' then
      return case when word !~ '^\d{4}-\d\d-\d\d$' or core.moment(word) is null then 'not a date'
        when word::date < day then 'in the past' when word::date > day + 3660 then 'too far away' end;
    when kind = 'time' then
      return case when word !~ '^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)$'
          or core.moment(word) is null then 'not a time with offset'
        when core.moment(word) > p_at then 'in the future' end;
    when kind = 'staff' then
      return case when not exists (select from core.staff where login = word and district_id = p_district)
        then 'no such person' end;
    when kind = 'units' then
      return case when jsonb_array_length(p_value) > 20 then 'too many'
        when (select count(distinct e) <> count(*) from jsonb_array_elements(p_value) e) then 'named twice'
        else (select core.field_problem('{"type":"unit"}', e, p_district, p_at) problem
              from jsonb_array_elements(p_value) e order by problem limit 1) end;
    when kind = 'keys' then
      return case when jsonb_array_length(p_value) > 9 then 'too many'
        when exists (select from jsonb_array_elements(p_value) e where jsonb_typeof(e) <> 'string'
          or e #>> '{}' !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') then 'not a request key' end;
    else
      return core.id_problem(kind, word, coalesce((p_need->>'min')::int, 1), (p_need->>'max')::int, p_district, day);
  end case;
end $$;

-- A date or time as it was typed; null when the calendar has no such moment.
create or replace function core.moment(p_text text) returns timestamptz
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return p_text::timestamptz;
exception when datetime_field_overflow or invalid_datetime_format or invalid_time_zone_displacement_value then
  return null;
end $$;

create or replace function core.text_problem(p_text text, p_one_line boolean, p_max int) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when length(p_text) > p_max then 'longer than ' || p_max || ' characters'
    when p_one_line and p_text ~ '[\u0001-\u001f]' then 'control character'
    -- C0 but tab and line ends, DEL, C1, line separators, and the marks that turn the writing direction
    when p_text ~ '[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]'
      then 'control character' end
$$;

-- Whole numbers: an amount between bounds, or the id of something of this district that is valid today.
create or replace function core.id_problem(
  p_kind text, p_word text, p_min int, p_max int, p_district smallint, p_day date)
returns text language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_word !~ '^-?\d{1,18}$' then
    return 'not a whole number';
  end if;
  case p_kind
    when 'int' then
      return case when not p_word::bigint between p_min and p_max then 'out of range' end;
    when 'ticket' then
      return case when not exists (select from core.ticket where id = p_word::bigint and district_id = p_district)
        then 'no such ticket' end;
    when 'unit' then
      return case when not exists (select from core.unit
        where id = p_word::bigint and district_id = p_district and valid @> p_day) then 'no such unit' end;
    when 'place' then
      return case when not exists (select from core.territory
        where id = p_word::bigint and district_id = p_district and valid @> p_day) then 'no such place' end;
    when 'category' then
      return case when not exists (select from core.category
        where id = p_word::bigint and district_id = p_district and valid @> p_day) then 'no such category' end;
  end case;
end $$;

create or replace function core.code_exists(p_list text, p_code text, p_district smallint) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  case p_list
    when 'kind' then return exists (select from core.kind where code = p_code);
    when 'channel' then return exists (select from core.channel where code = p_code);
    when 'source' then
      return exists (select from core.source where code = p_code and district_id = p_district and is_active);
    else return exists (select from core.reason where list = p_list and code = p_code);
  end case;
end $$;
