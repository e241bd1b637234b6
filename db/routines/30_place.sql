-- Where a place stands in the tree, and which grid a point on the map belongs to.

create or replace function core.place_facts(p_place int) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('p_town', max(t.town_id), 'p_area', max(t.area_id), 'p_grid', max(t.grid_id))
    from core.territory t
   where t.id = p_place
$$;
comment on function core.place_facts is 'The scope columns of a ticket filed at this place; all null without a place.';

create or replace function core.place_path(p_place int) returns text
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select string_agg(up.name, ' › ' order by up.level)
    from core.territory t
    join core.territory up on up.id in (t.town_id, t.area_id, t.grid_id, t.id)
   where t.id = p_place
$$;
comment on function core.place_path is 'Town › area › grid › landmark, for people to read.';

create or replace function core.nearest_grid(p_district smallint, p_lon double precision, p_lat double precision)
returns table (place_id int, distance_m double precision)
language sql stable set search_path = pg_catalog, pg_temp
as $$
  -- A degree of latitude is 111,320 m; within a district the earth is flat enough.
  select t.id, 111320 * sqrt(power((t.lon - p_lon) * cosd(p_lat), 2) + power(t.lat - p_lat, 2)) as metres
    from core.territory t
   where t.district_id = p_district and t.level = 4 and t.lon is not null and t.valid @> current_date
   order by metres, t.id
   limit 1
$$;

create or replace function core.grid_workers(p_grid int) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('name', w.name, 'phone', w.phone, 'post', w.post,
                                               'department', w.department)
                            order by array_position(array['head', 'full_time', 'professional'], w.post), w.id), '[]')
    from core.grid_worker w
   where w.territory_id = p_grid and w.valid @> current_date
$$;

create or replace function api.place(p_lon double precision, p_lat double precision) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('place_id', n.place_id, 'name', t.name, 'path', core.place_path(n.place_id),
                            'distance_m', round(n.distance_m), 'workers', core.grid_workers(n.place_id))
    from core.actor() a, core.nearest_grid(a.district_id, p_lon, p_lat) n, core.territory t
   where t.id = n.place_id and n.distance_m <= 20000
$$;
comment on function api.place is 'The grid of a point on the map and who works there; null beyond 20 km of any grid.';
revoke all on function api.place from public;
grant execute on function api.place to ld_console;
