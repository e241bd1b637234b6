-- Bringing lists of cameras in: for administrators of the district and the owner of the server.

-- What a list may call systems, purposes, kinds of place and duties.
create or replace function api.camera_words(p_district text)
returns table (list text, code text, name_zh text, name_en text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_district smallint := core.district_for_admin(p_district);
begin
  return query
    select 'source', s.code, s.name_zh, s.name_en from core.camera_source s where s.district_id = v_district
    union all
    select case r.list when 'camera_purpose' then 'purpose' else 'place_kind' end, r.code, r.name_zh, r.name_en
    from core.reason r where r.list in ('camera_purpose', 'camera_place')
    union all select 'duty', d.code, d.name_zh, d.name_en from core.duty d;
end $$;

-- A place by its code, by a name that only one place of the district has, or else by the point: the next grid within 2 km.
create or replace function core.camera_place(p_district smallint, p_row jsonb) returns integer
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_word text := p_row ->> 'territory';
  v_found integer[];
begin
  if v_word is null then
    return (select n.place_id from core.nearest_grid(p_district, (p_row ->> 'lon')::float8, (p_row ->> 'lat')::float8) n
            where n.distance_m <= 2000);
  end if;
  v_found := array(select t.id from core.territory t where t.district_id = p_district and t.valid @> current_date and t.code = v_word);
  if v_found = '{}' then
    v_found := array(select t.id from core.territory t where t.district_id = p_district and t.valid @> current_date and t.name = v_word);
  end if;
  if cardinality(v_found) <> 1 then
    perform core.bad_payload('territory', case when v_found = '{}' then 'no such place' else 'several places have this name' end);
  end if;
  return v_found[1];
end $$;

create or replace function core.camera_owner(p_district smallint, p_word text) returns integer
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_found integer[] := array(select u.id from core.unit u where u.district_id = p_district and u.valid @> current_date
                             and p_word in (u.code, u.name, u.short_name));
begin
  if p_word is not null and cardinality(v_found) <> 1 then
    perform core.bad_payload('owner_unit', case when v_found = '{}' then 'no such unit' else 'several units have this name' end);
  end if;
  return v_found[1];
end $$;

-- By its code; a camera that is asked directly has a gateway of its own address, made when first needed. Its password
-- is each desk's own.
create or replace function core.camera_gateway(p_district smallint, p_row jsonb) returns integer
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_base text := p_row ->> 'gateway_base';
  v_id integer;
begin
  if v_base is null then
    select g.id into v_id from core.gateway g where g.district_id = p_district and g.code = p_row ->> 'gateway';
    if v_id is null then
      perform core.bad_payload('gateway', case when p_row ? 'gateway' then 'no such gateway' else 'neither gateway nor address given' end);
    end if;
    return v_id;
  end if;
  select g.id into v_id from core.gateway g where g.district_id = p_district and g.kind = 'direct' and g.rtsp_base = v_base;
  if v_id is null then
    insert into core.gateway (district_id, code, name, kind, rtsp_base, main_template, sub_template, auth)
      values (p_district, left('direct-' || regexp_replace(v_base, '^rtsps?://|[^A-Za-z0-9._-]', '', 'g'), 30)
                          || '-' || left(encode(sha256(convert_to(v_base, 'UTF8')), 'hex'), 6),
              '直连 ' || regexp_replace(v_base, '^rtsps?://', ''), 'direct', v_base, '{base}/{code}', '{base}/{code}', 'keyring')
      returning id into v_id;
  end if;
  return v_id;
end $$;

create or replace function core.import_camera(p_district smallint, p_row jsonb) returns text
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  known core.camera;
  wanted core.camera;
begin
  select * into known from core.camera c where c.district_id = p_district and c.code = p_row ->> 'code' for update;
  wanted := jsonb_populate_record(known, p_row - '{district_id,id,p_town,p_area,p_grid,o_dept,valid,is_demo,territory_id,owner_unit_id,gateway_id}'::text[]);
  wanted.territory_id := core.camera_place(p_district, p_row);
  wanted.owner_unit_id := core.camera_owner(p_district, p_row ->> 'owner_unit');
  wanted.gateway_id := core.camera_gateway(p_district, p_row);
  if known.id is null then
    insert into core.camera (district_id, code, national_code, name, pinyin, initials, source, purpose, place_kind,
        territory_id, lon, lat, bearing_deg, gateway_id, device, channel, main_template, sub_template, has_ptz,
        owner_unit_id, retention_days, duties)
      values (p_district, wanted.code, wanted.national_code, wanted.name, wanted.pinyin, wanted.initials, wanted.source,
        wanted.purpose, wanted.place_kind, wanted.territory_id, wanted.lon, wanted.lat, wanted.bearing_deg,
        wanted.gateway_id, coalesce(wanted.device, ''), coalesce(wanted.channel, ''), wanted.main_template,
        wanted.sub_template, coalesce(wanted.has_ptz, false), wanted.owner_unit_id, coalesce(wanted.retention_days, 30),
        wanted.duties);
    return 'imported';
  elsif wanted is not distinct from known then
    return 'unchanged';
  end if;
  update core.camera c set (national_code, name, pinyin, initials, source, purpose, place_kind, territory_id, lon, lat,
      bearing_deg, gateway_id, device, channel, main_template, sub_template, has_ptz, owner_unit_id, retention_days, duties)
    = (wanted.national_code, wanted.name, wanted.pinyin, wanted.initials, wanted.source, wanted.purpose, wanted.place_kind,
      wanted.territory_id, wanted.lon, wanted.lat, wanted.bearing_deg, wanted.gateway_id, wanted.device, wanted.channel,
      wanted.main_template, wanted.sub_template, wanted.has_ptz, wanted.owner_unit_id, wanted.retention_days, wanted.duties)
    where c.district_id = p_district and c.id = known.id;
  return 'imported';
end $$;

-- One result a row: imported (new, or brought to what the row says), unchanged, rejected with field and problem. What is
-- wrong with a row is that row's alone.
create or replace function api.import_cameras(p_district text, p_rows jsonb)
returns table (row_no integer, result text, field text, problem text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_district smallint := core.district_for_admin(p_district);
  v_row jsonb;
  v_constraint text;
  v_detail text;
  v_imported integer := 0;
begin
  row_no := 0;
  for v_row in select value from jsonb_array_elements(p_rows) loop
    row_no := row_no + 1;
    field := null; problem := null;
    begin
      result := core.import_camera(v_district, v_row);
      v_imported := v_imported + (result = 'imported')::integer;
    exception when others then
      get stacked diagnostics v_constraint = constraint_name, v_detail = pg_exception_detail;
      result := 'rejected';
      field := case when sqlstate = 'LD003' then v_detail::jsonb ->> 'field'
                    when v_constraint = 'forbidden_place' then 'name'
                    when v_constraint ~ '^camera_' then core.camera_field(v_constraint) end;
      problem := case when sqlstate = 'LD003' then v_detail::jsonb ->> 'problem'
                      when v_constraint = 'forbidden_place' then sqlerrm || ' ' || (v_detail::jsonb ->> 'basis')
                      when sqlstate = '23505' then 'another camera has it'
                      when sqlstate = '23514' then 'not acceptable'
                      when sqlstate = '23503' then 'no such code'
                      else sqlerrm end;
    end;
    return next;
  end loop;
  if v_imported > 0 then
    perform core.audit('camera_import', p_district, jsonb_build_object('rows', row_no, 'imported', v_imported),
                       p_district => v_district);
  end if;
end $$;

-- The field of a row that a constraint of core.camera speaks of.
create or replace function core.camera_field(p_constraint text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce((jsonb_build_object('camera_national_check', 'national_code', 'camera_national_key', 'national_code',
    'camera_bearing_check', 'bearing_deg', 'camera_retention_check', 'retention_days', 'camera_point_check', 'lon',
    'camera_main_check', 'stream_url', 'camera_sub_check', 'sub_stream_url', 'camera_code_key', 'code'))
    ->> p_constraint, regexp_replace(p_constraint, '^camera_|_(check|key|fk)$', '', 'g'))
$$;

revoke all on function api.camera_words(text), api.import_cameras(text, jsonb) from public;
grant execute on function api.camera_words(text), api.import_cameras(text, jsonb) to ld_admin;
