-- A status is as old as the last sweep that saw it: when sweeps lapse, nothing goes on looking online.

-- When all cameras were last asked; null: never.
create or replace function core.cameras_known_at(p_district smallint) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select s.ended_at from core.camera_sweep s
  where s.district_id = p_district and s.ended_at is not null and not s.is_void
  order by s.ended_at desc limit 1
$$;

-- What was known before this moment is too old to be shown as the present: two periods ago.
create or replace function core.cameras_fresh_from(p_district smallint) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select clock_timestamp()
    - make_interval(mins => 2 * greatest(coalesce(core.setting_value(p_district, 'camera_sweep_minutes')::int, 5), 5))
$$;

-- The same for views, which run in the person's name.
create or replace function core.my_cameras_known_at() returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return core.cameras_known_at(core.my_district());
end $$;

create or replace function core.my_cameras_fresh_from() returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return core.cameras_fresh_from(core.my_district());
end $$;

-- What may be shown of a stored status: only changes are stored, so a status is known as of the last sweep or its own
-- last change, whichever is later. Without a search_path of its own, so that it becomes part of the query that asks.
create or replace function core.shown_status(
  p_status text, p_probed timestamptz, p_known timestamptz, p_fresh_from timestamptz) returns text
language sql immutable as $$
  select case when greatest(p_probed, p_known) >= p_fresh_from then coalesce(p_status, 'unknown') else 'unknown' end
$$;

revoke all on function core.my_cameras_known_at(), core.my_cameras_fresh_from(),
  core.shown_status(text, timestamptz, timestamptz, timestamptz) from public;
grant execute on function core.my_cameras_known_at(), core.my_cameras_fresh_from(),
  core.shown_status(text, timestamptz, timestamptz, timestamptz) to ld_console;
