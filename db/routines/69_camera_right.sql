-- Which cameras a person may see and open. By place and unit like tickets; beside that by duty, which nobody is
-- spared (R703); and what a shared group shows to the units it is given to, whatever their place.

create or replace function core.my_duties() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((select s.duties from core.staff s where s.login = session_user and s.valid @> now()), '{}');
end $$;

-- The cameras of shared groups that are given to a unit or to one above it.
create or replace function core.given_cameras(p_district smallint, p_unit integer) returns setof integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select m.camera_id
    from core.camera_group_unit u
    join core.camera_group g on g.district_id = u.district_id and g.id = u.group_id and g.kind = 'shared'
    join core.camera_group_member m on m.district_id = g.district_id and m.group_id = g.id
    where u.district_id = p_district and u.unit_id = any (core.unit_line(p_unit)) and u.valid @> current_date;
end $$;

create or replace function core.my_given_cameras() returns setof integer
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select core.given_cameras(core.my_district(), core.my_unit())
$$;

-- Where I stand and what my duties are. Refuses whoever works here no more.
create or replace function core.my_sight()
returns table (district_id smallint, unit_id integer, scope text, town integer, area integer, dept integer, duties text[])
language plpgsql stable security definer rows 1 set search_path = pg_catalog, pg_temp as $$
begin
  perform core.my_unit();
  return query select me.district_id, me.unit_id, me.scope, me.town, me.area, me.dept, core.my_duties()
    from core.standpoint(session_user) me;
end $$;

-- The rule of row security (91_camera_policies.sql) for functions that run as the owner. Without a search_path of its
-- own, so that it becomes part of the query that asks; that query gives it variables, never columns, so that what is
-- given is asked once and not for each camera. Parameters have no column's name: a column would go before them.
drop function if exists core.cameras_of(smallint, integer, text, integer, integer, integer, text[]);
create function core.cameras_of(
  my_district smallint, my_unit integer, my_scope text, my_town integer, my_area integer, my_dept integer, my_duties text[])
returns setof core.camera language sql stable as $$
  select c.* from core.camera c
  where c.district_id = my_district and c.duties && my_duties
    and (case my_scope when 'all' then true when 'town' then c.p_town = my_town when 'area' then c.p_area = my_area
                       else c.o_dept = my_dept end
      or c.id in (select core.given_cameras(my_district, my_unit)))
$$;

create or replace function core.my_cameras() returns setof core.camera
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me record;
begin
  select * into me from core.my_sight();
  return query
    select * from core.cameras_of(me.district_id, me.unit_id, me.scope, me.town, me.area, me.dept, me.duties);
end $$;

create or replace function core.person_opens(p_camera integer, p_login name) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me record;
begin
  select s.*, p.duties into me from core.standpoint(p_login) s join core.staff p on p.login = p_login and p.on_duty;
  return exists (
    select from core.cameras_of(me.district_id, me.unit_id, me.scope, me.town, me.area, me.dept, me.duties) c
    where c.id = p_camera and c.is_active and c.valid @> current_date);
end $$;

create or replace function core.may_open(p_camera integer) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.my_unit();  -- refuses whoever works here no more
  return core.person_opens(p_camera, session_user);
end $$;

-- The camera if this person may see it, else LD004 with no word about whether it exists.
create or replace function core.seen_camera(p_camera integer) returns core.camera
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  me record;
  c core.camera;
begin
  select * into me from core.my_sight();
  select k.* into c
    from core.cameras_of(me.district_id, me.unit_id, me.scope, me.town, me.area, me.dept, me.duties) k
    where k.id = p_camera;
  if c.id is null then
    perform core.refuse('no_such_camera', p_state => 'LD004');
  end if;
  return c;
end $$;

-- What every camera's row must say of itself

-- A name as patterns see it: without blanks, signs and what does not show, in one width.
create or replace function core.bare_name(p_name text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select regexp_replace(lower(normalize(p_name, nfkc)), '[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff·・,.;:!?()\[\]{}<>"''`~|/\\+=_*&^%$#@。，、；：！？（）【】《》“”‘’—…-]', '', 'g')
$$;

-- By what law a camera may not be there; null: it may (SP25 §8, R707).
create or replace function core.forbidden_basis(p_name text, p_place_kind text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select f.basis from core.forbidden_place f, core.bare_name(p_name) bare
  where case f.kind when 'place_kind' then f.pattern = p_place_kind
                    else bare ~ f.pattern and (f.unless is null or bare !~ f.unless) end
  order by f.id limit 1
$$;

create or replace function core.tg_camera__check() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  problem text := core.text_problem(new.name, true, 120);
  v_basis text := core.forbidden_basis(new.name, new.place_kind);
begin
  if coalesce(btrim(new.name), '') = '' or problem is not null or new.name ~ '[\u200b-\u200f\u2060-\u2069\u00ad]' then
    perform core.bad_payload('name', coalesce(problem, 'empty or with characters that do not show'));
  elsif v_basis is not null then
    perform core.refuse('forbidden_place', jsonb_build_object('name', new.name, 'basis', v_basis));
  elsif not new.duties <@ array(select d.code from core.duty d) then
    perform core.bad_payload('duties', 'no such duty');
  elsif not exists (select from core.reason r where r.list = 'camera_purpose' and r.code = new.purpose) then
    perform core.bad_payload('purpose', 'no such code');
  elsif not exists (select from core.reason r where r.list = 'camera_place' and r.code = new.place_kind) then
    perform core.bad_payload('place_kind', 'no such code');
  end if;
  new.p_town := null; new.p_area := null; new.p_grid := null; new.o_dept := null;
  if new.territory_id is not null then
    select t.town_id, t.area_id, t.grid_id into new.p_town, new.p_area, new.p_grid
      from core.territory t where t.id = new.territory_id and t.district_id = new.district_id;
    if not found then
      perform core.bad_payload('territory_id', 'no such place');
    end if;
  end if;
  if new.owner_unit_id is not null then
    select u.root_id into new.o_dept from core.unit u where u.id = new.owner_unit_id and u.district_id = new.district_id;
    if not found then
      perform core.bad_payload('owner_unit_id', 'no such unit');
    end if;
  end if;
  return new;
end $$;

-- Where it stood before ends yesterday; two moves within a day are one.
create or replace function core.tg_camera__place() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    delete from core.camera_place p
      where p.district_id = new.district_id and p.camera_id = new.id and lower(p.valid) >= current_date;
    update core.camera_place p set valid = daterange(lower(p.valid), current_date)
      where p.district_id = new.district_id and p.camera_id = new.id and upper_inf(p.valid);
  end if;
  if new.territory_id is not null then
    insert into core.camera_place (district_id, camera_id, territory_id, valid)
      values (new.district_id, new.id, new.territory_id,
              daterange(case tg_op when 'INSERT' then least(lower(new.valid), current_date) else current_date end, null));
  end if;
  return null;
end $$;

create or replace trigger _500_check before insert or update on core.camera
  for each row execute function core.tg_camera__check();
create or replace trigger _500_placed after insert on core.camera
  for each row execute function core.tg_camera__place();
create or replace trigger _500_moved after update on core.camera
  for each row when (old.territory_id is distinct from new.territory_id) execute function core.tg_camera__place();

drop view if exists api.cameras, api.camera_sources cascade;
create view api.cameras with (security_invoker = true) as
  select c.district_id, c.id, c.code, c.national_code, c.name, c.pinyin, c.initials, c.source, c.purpose, c.place_kind,
         c.territory_id, c.p_town, c.p_area, c.p_grid, c.lon, c.lat, c.bearing_deg, c.has_ptz, c.owner_unit_id,
         c.retention_days, c.duties, c.is_active and c.valid @> current_date as is_active, c.valid, c.is_demo,
         core.shown_status(s.status, s.probed_at, k.known_at, k.fresh_from) as status, s.since as status_since,
         greatest(s.probed_at, k.known_at) as probed_at, s.status as last_status
  from core.camera c
  cross join (select core.my_cameras_known_at() as known_at, core.my_cameras_fresh_from() as fresh_from offset 0) k
  left join core.camera_status s on s.district_id = c.district_id and s.camera_id = c.id;
create view api.camera_sources with (security_invoker = true) as
  select s.code, s.name_zh, s.name_en, s.rank from core.camera_source s;

revoke all on function core.my_duties(), core.my_given_cameras() from public;
grant execute on function core.my_duties(), core.my_given_cameras() to ld_console;
