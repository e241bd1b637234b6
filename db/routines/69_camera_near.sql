-- Cameras by distance and on the map.

-- A degree of latitude is 111,320 m; within a district the earth is flat enough (as in core.nearest_grid).
create or replace function core.metres(
  p_lon double precision, p_lat double precision, p_to_lon double precision, p_to_lat double precision)
returns double precision language sql immutable parallel safe as $$
  select 111320 * sqrt(power((p_to_lon - p_lon) * cosd(p_lat), 2) + power(p_to_lat - p_lat, 2))
$$;

-- The index knows degrees, in which east and west are longer than they are: the nearest by degrees tell how far to
-- look, and within that the metres decide.
create or replace function api.nearest_cameras(
  p_lon double precision, p_lat double precision, p_limit integer default 9)
returns table (camera_id integer, distance_m double precision)
language plpgsql stable security definer rows 10 set search_path = pg_catalog, pg_temp as $$
declare
  me record;
  v_most integer := least(greatest(p_limit, 1), 100);
  v_reach double precision;
begin
  if p_lon is null or p_lat is null or not (p_lon between -180 and 180 and p_lat between -89 and 89) then
    perform core.bad_payload('point', 'not on the map');
  end if;
  select * into me from core.my_sight();
  select max(core.metres(p_lon, p_lat, n.lon, n.lat)) / 111320 into v_reach from (
    select c.lon, c.lat
    from core.cameras_of(me.district_id, me.unit_id, me.scope, me.town, me.area, me.dept, me.duties) c
    where c.is_active and c.valid @> current_date and c.lon is not null
    order by point(c.lon, c.lat) <-> point(p_lon, p_lat) limit v_most) n;
  return query
    select c.id, core.metres(p_lon, p_lat, c.lon, c.lat)
    from core.cameras_of(me.district_id, me.unit_id, me.scope, me.town, me.area, me.dept, me.duties) c
    where c.is_active and c.valid @> current_date
      and point(c.lon, c.lat) <@ box(point(p_lon - v_reach / cosd(p_lat) - 1e-9, p_lat - v_reach - 1e-9),
                                     point(p_lon + v_reach / cosd(p_lat) + 1e-9, p_lat + v_reach + 1e-9))
    order by 2, 1 limit v_most;
end $$;

-- The nearest to where a ticket is: its point, or without one the middle of the smallest place that has one.
create or replace function api.ticket_cameras(p_ticket bigint, p_limit integer default 9)
returns table (camera_id integer, distance_m double precision, basis text)
language plpgsql stable security definer rows 10 set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket := core.seen_ticket(p_ticket);
  v_lon double precision := t.lon;
  v_lat double precision := t.lat;
  v_basis text := 'point';
begin
  if v_lon is null then
    select k.lon, k.lat, 'territory' into v_lon, v_lat, v_basis from core.territory k
      where k.id in (t.place_id, t.p_grid, t.p_area, t.p_town) and k.lon is not null
      order by k.level desc limit 1;
  end if;
  if v_lon is not null then
    return query select n.camera_id, n.distance_m, v_basis from api.nearest_cameras(v_lon, v_lat, p_limit) n;
  end if;
end $$;

-- Points for the map, of those in service.
create or replace function api.cameras_within(
  p_west double precision, p_south double precision, p_east double precision, p_north double precision)
returns table (camera_id integer, lon double precision, lat double precision, bearing_deg smallint, source text, status text)
language plpgsql stable security definer rows 1000 set search_path = pg_catalog, pg_temp as $$
declare
  v_known constant timestamptz := core.my_cameras_known_at();
  v_fresh constant timestamptz := core.my_cameras_fresh_from();
  me record;
begin
  select * into me from core.my_sight();
  return query
    select c.id, c.lon, c.lat, c.bearing_deg, c.source, core.shown_status(s.status, s.probed_at, v_known, v_fresh)
    from core.cameras_of(me.district_id, me.unit_id, me.scope, me.town, me.area, me.dept, me.duties) c
    left join core.camera_status s on s.district_id = me.district_id and s.camera_id = c.id
    where c.is_active and c.valid @> current_date
      and point(c.lon, c.lat) <@ box(point(p_west, p_south), point(p_east, p_north))
    limit 50000;
end $$;

revoke all on function api.nearest_cameras(double precision, double precision, integer), api.ticket_cameras(bigint, integer),
  api.cameras_within(double precision, double precision, double precision, double precision) from public;
grant execute on function api.nearest_cameras(double precision, double precision, integer), api.ticket_cameras(bigint, integer),
  api.cameras_within(double precision, double precision, double precision, double precision) to ld_console;
