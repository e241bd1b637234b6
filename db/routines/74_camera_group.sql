-- Groups of cameras: one's own, and shared ones, which supervisors and administrators of the centre make per risk area
-- and give to units (S72). What a shared group shows to whom is a right, so the register has each change.

drop view if exists api.camera_groups, api.camera_group_members, api.camera_group_units cascade;
create view api.camera_groups with (security_invoker = true) as
  select g.id, g.name, g.kind, g.owner_login, g.risk_area, g.dwell_s, g.rank from core.camera_group g;
create view api.camera_group_members with (security_invoker = true) as
  select m.group_id, m.camera_id, m.rank
  from core.camera_group_member m
  join core.camera c on c.district_id = m.district_id and c.id = m.camera_id;
create view api.camera_group_units with (security_invoker = true) as
  select u.group_id, u.unit_id, u.valid from core.camera_group_unit u;

-- Groups I may use.
create or replace function core.my_groups() returns setof integer
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_district smallint := core.my_district();
  v_all boolean := core.my_scope() = 'all';
begin
  return query
    select g.id from core.camera_group g
    where g.district_id = v_district and (g.owner_login = session_user
      or g.kind = 'shared' and (v_all or exists (
        select from core.camera_group_unit u where u.district_id = g.district_id and u.group_id = g.id
          and u.unit_id = any (core.my_line()) and u.valid @> current_date)));
end $$;

-- The group, locked, if this person may change it.
create or replace function core.changed_group(p_group integer) returns core.camera_group
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  g core.camera_group;
begin
  select k.* into g from core.camera_group k
    where k.district_id = core.my_district() and k.id = p_group and k.id in (select core.my_groups()) for update;
  if g.id is null then
    perform core.refuse('no_such_group', p_state => 'LD004');
  elsif g.kind = 'shared' then
    perform core.require_sharer();
  end if;
  return g;
end $$;

create or replace function core.require_sharer() returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not core.has_duty('supervisor', 'admin') or core.my_scope() is distinct from 'all' then
    perform core.refuse('shared_group', p_state => '42501');
  end if;
end $$;

-- Make a group (p_id null) or change one; its members become p_cameras, in their order. Only cameras the person sees;
-- of a group that is changed, those that he does not see stay.
create or replace function api.save_group(
  p_id integer, p_name text, p_cameras integer[], p_shared boolean default false, p_risk_area text default '',
  p_dwell_s integer default 20)
returns integer language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_district smallint := core.my_district();
  v_seen integer[] := array(select c.id from core.my_cameras() c where c.id = any (p_cameras));
  g core.camera_group;
begin
  if coalesce(btrim(p_name), '') = '' or core.text_problem(p_name, true, 60) is not null then
    perform core.bad_payload('name', coalesce(core.text_problem(p_name, true, 60), 'missing'));
  elsif p_cameras is null or cardinality(p_cameras) > 500 then
    perform core.bad_payload('cameras', 'too many');
  elsif coalesce(p_dwell_s, 0) not between 5 and 600 then
    perform core.bad_payload('dwell_s', 'out of range');
  elsif not p_cameras <@ v_seen then
    perform core.refuse('no_such_camera', p_state => 'LD004');
  end if;
  if p_id is not null then
    g := core.changed_group(p_id);
    update core.camera_group k set name = btrim(p_name), risk_area = core.short_text('risk_area', p_risk_area, 60), dwell_s = p_dwell_s
      where k.district_id = v_district and k.id = p_id returning * into g;
    delete from core.camera_group_member m using core.my_cameras() c
      where m.district_id = v_district and m.group_id = p_id and c.id = m.camera_id;
  else
    if p_shared then
      perform core.require_sharer();
    elsif (select count(*) >= 100 from core.camera_group k where k.district_id = v_district and k.owner_login = session_user) then
      perform core.refuse('groups_many');
    end if;
    insert into core.camera_group (district_id, name, kind, owner_login, risk_area, dwell_s)
      values (v_district, btrim(p_name), case when p_shared then 'shared' else 'own' end,
              case when not p_shared then session_user end, core.short_text('risk_area', p_risk_area, 60), p_dwell_s)
      returning * into g;
  end if;
  insert into core.camera_group_member (district_id, group_id, camera_id, rank)
    select v_district, g.id, x.id, min(x.rank) from unnest(p_cameras) with ordinality x(id, rank) group by x.id
    on conflict (district_id, group_id, camera_id) do update set rank = excluded.rank;
  perform core.register_group(g, 'saved');
  return g.id;
exception when unique_violation then
  perform core.refuse('group_name_taken');
end $$;

-- Which units a shared group's cameras are shown to, and until which day; others lose it.
create or replace function api.give_group(p_group integer, p_units integer[], p_until date default null) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  g core.camera_group := core.changed_group(p_group);
begin
  perform core.require_sharer();
  if g.kind <> 'shared' then
    perform core.bad_payload('group', 'not a shared one');
  elsif p_units is null or cardinality(p_units) > 200 or p_until <= current_date then
    perform core.bad_payload('units', 'too many, or until a day that has passed');
  elsif exists (select from unnest(p_units) x(id)
                where not exists (select from core.unit u where u.id = x.id and u.district_id = g.district_id)) then
    perform core.bad_payload('units', 'no such unit');
  end if;
  delete from core.camera_group_unit u where u.district_id = g.district_id and u.group_id = g.id;
  insert into core.camera_group_unit (district_id, group_id, unit_id, valid)
    select distinct g.district_id, g.id, x.id, daterange(current_date, p_until) from unnest(p_units) x(id);
  perform core.register_group(g, 'given');
end $$;

create or replace function api.drop_group(p_group integer) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  g core.camera_group := core.changed_group(p_group);
begin
  perform core.register_group(g, 'dropped');
  delete from core.camera_group k where k.district_id = g.district_id and k.id = g.id;
end $$;

-- A person's own groups show nobody anything.
create or replace function core.register_group(g core.camera_group, p_what text) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  if g.kind = 'shared' then
    perform core.audit('camera_group', g.name, jsonb_build_object('group', g.id, 'what', p_what,
      'cameras', (select coalesce(jsonb_agg(m.camera_id order by m.rank), '[]') from core.camera_group_member m
                  where m.district_id = g.district_id and m.group_id = g.id),
      'units', (select coalesce(jsonb_agg(u.unit_id order by u.unit_id), '[]') from core.camera_group_unit u
                where u.district_id = g.district_id and u.group_id = g.id)), p_district => g.district_id);
  end if;
end $$;

revoke all on function core.my_groups(), api.save_group(integer, text, integer[], boolean, text, integer),
  api.give_group(integer, integer[], date), api.drop_group(integer) from public;
grant execute on function core.my_groups(), api.save_group(integer, text, integer[], boolean, text, integer),
  api.give_group(integer, integer[], date), api.drop_group(integer) to ld_console;
