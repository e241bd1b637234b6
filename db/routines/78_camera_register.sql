-- Reading the register of views: who looked through which camera, why and how long (R702). Pages run as the asking
-- person over api.camera_views, so that row security holds.

-- The register names every camera, also one whose pictures its reader may not see.
create or replace function core.camera_label(p_district smallint, p_camera integer) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select c.code || ' ' || c.name from core.camera c where c.district_id = p_district and c.id = p_camera);
end $$;

-- How long, in seconds: of the entry at the view's end; null while it goes on. The end lies behind the beginning and is
-- rarely far, so this walks a few entries.
create or replace function core.view_seconds(p_district smallint, p_view bigint, p_at timestamptz) returns integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from core.camera_live l where l.district_id = p_district and l.view_id = p_view) then
    return null;
  end if;
  return (select (e.detail ->> 'seconds')::integer from audit.entry e
          where e.district_id = p_district and e.kind = 'camera_view_end' and e.at >= p_at
            and e.detail -> 'view' = to_jsonb(p_view)
          order by e.at, e.id limit 1);
end $$;

drop view if exists api.camera_views cascade;
create view api.camera_views with (security_invoker = true) as
  select v.id, v.at, v.login, v.unit_id, v.camera_id, core.camera_label(v.district_id, v.camera_id) as camera,
         v.ticket_id, v.reason, v.kind, v.stream, core.view_seconds(v.district_id, v.id, v.at) as seconds, v.district_id
  from audit.camera_view v
  where (select true from pg_catalog.pg_namespace n where n.oid = core.unwatched())
  order by v.at desc, v.id desc;  -- as its pages; see 60_views.sql

-- {"logins", "cameras", "units", "kinds", "ticket", "since", "until" (excluded)}; the newest first, on with the last
-- row's two values.
create function api.camera_register(
  p_filter jsonb default '{}', p_after_at timestamptz default null, p_after_id bigint default null,
  p_limit integer default 200)
returns setof api.camera_views language plpgsql stable
set search_path = pg_catalog, pg_temp set enable_bitmapscan = off as $$  -- as api.audit_page
begin
  return query execute format($sql$
    select v.* from api.camera_views v
    where v.district_id = ($1 ->> 'district')::smallint %s
    order by v.at desc, v.id desc limit $4 $sql$,
    api.camera_register_sql(p_filter) || case when p_after_id is null then '' else ' and (v.at, v.id) < ($2, $3)' end)
    using p_filter || jsonb_build_object('district', api.me() -> 'district_id'), p_after_at, p_after_id,
          least(greatest(p_limit, 1), 1000);
end $$;

create or replace function api.camera_register_sql(p_filter jsonb) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  v_field text;
begin
  for v_field in select k from jsonb_object_keys(p_filter) k
                 where k <> all ('{logins,cameras,units,kinds,ticket,since,until}'::text[]) loop
    raise exception using errcode = 'LD003', constraint = 'bad_payload', message = 'The filter is not acceptable.',
      detail = jsonb_build_object('field', v_field, 'problem', 'unknown')::text;
  end loop;
  return concat(
    case when p_filter ? 'logins' then ' and v.login = any (array(select jsonb_array_elements_text($1 -> ''logins''))::name[])' end,
    case when p_filter ? 'cameras' then ' and v.camera_id = any (array(select jsonb_array_elements_text($1 -> ''cameras''))::integer[])' end,
    case when p_filter ? 'units' then ' and v.unit_id = any (array(select jsonb_array_elements_text($1 -> ''units''))::integer[])' end,
    case when p_filter ? 'kinds' then ' and v.kind = any (array(select jsonb_array_elements_text($1 -> ''kinds'')))' end,
    case when p_filter ? 'ticket' then ' and v.ticket_id = ($1 ->> ''ticket'')::bigint' end,
    case when p_filter ? 'since' then ' and v.at >= ($1 ->> ''since'')::timestamptz' end,
    case when p_filter ? 'until' then ' and v.at < ($1 ->> ''until'')::timestamptz' end);
end $$;

-- The same for an export of mine that goes on: what the register has as asked for, and counted there.
create function api.camera_register_export(p_export bigint, p_after_at timestamptz, p_after_id bigint, p_limit integer)
returns setof api.camera_views language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_rows integer;
begin
  return query
    select * from api.camera_register(api.export_filter(p_export, 'camera_views'), p_after_at, p_after_id, p_limit);
  get diagnostics v_rows = row_count;
  perform api.count_exported(p_export, v_rows);
end $$;

revoke all on function core.camera_label(smallint, integer), core.view_seconds(smallint, bigint, timestamptz),
  api.camera_register(jsonb, timestamptz, bigint, integer),
  api.camera_register_export(bigint, timestamptz, bigint, integer), api.camera_register_sql(jsonb) from public;
grant execute on function core.camera_label(smallint, integer), core.view_seconds(smallint, bigint, timestamptz),
  api.camera_register(jsonb, timestamptz, bigint, integer),
  api.camera_register_export(bigint, timestamptz, bigint, integer), api.camera_register_sql(jsonb) to ld_console;
