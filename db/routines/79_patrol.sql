-- Round tours through a group of cameras (轮巡, S72). The console turns the pictures; what it says was seen must
-- stand in the register of views, so a record cannot tell of a round that nobody looked at.

-- The group if this person may use it; else LD004.
create or replace function core.patrol_group(p_group integer) returns core.camera_group
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  g core.camera_group;
begin
  select k.* into g from core.camera_group k
    where k.district_id = core.my_district() and k.id = p_group and k.id in (select core.my_groups());
  if g.id is null then
    perform core.refuse('no_such_group', p_state => 'LD004');
  end if;
  return g;
end $$;

-- A round begins. The same key again names the same round.
create or replace function api.begin_patrol(p_key uuid, p_group integer) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.actor();
  g core.camera_group := core.patrol_group(p_group);
  p core.patrol;
begin
  perform core.need_key(p_key);
  if not actor.on_duty then
    perform core.refuse('off_duty');
  end if;
  insert into core.patrol (district_id, key, group_id, group_name, planned, unit_id)
    select g.district_id, p_key, g.id, g.name, count(c.id), core.my_unit()
      from core.camera_group_member m join core.my_cameras() c on c.id = m.camera_id
      where m.district_id = g.district_id and m.group_id = g.id
    on conflict on constraint patrol_key_key do nothing;
  select k.* into p from core.patrol k where k.key = p_key;
  if p.login <> session_user or p.group_id is distinct from g.id then
    perform core.refuse('request_key_reused', p_state => 'LD005');
  end if;
  return p.id;
end $$;

create or replace function core.own_patrol(p_patrol bigint) returns core.patrol
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  p core.patrol;
begin
  select k.* into p from core.patrol k
    where k.district_id = core.my_district() and k.id = p_patrol and k.login = session_user;
  if p.id is null then
    perform core.refuse('no_such_patrol', p_state => 'LD004');
  end if;
  return p;
end $$;

-- One camera of the round is behind us. p_seen: a picture was on the screen; then p_view is the row of the register it
-- was opened with, on this round, and nobody has seen it longer than since then. Sent again, p_n changes nothing.
create or replace function api.note_stop(
  p_patrol bigint, p_n integer, p_camera integer, p_view bigint, p_seen boolean, p_state text, p_seconds integer,
  p_remark text default '') returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  p core.patrol := core.own_patrol(p_patrol);
  look audit.camera_view;
begin
  if p.ended_at is not null then
    perform core.refuse('patrol_over');
  elsif p_n is null or p_n not between 1 and 9999 then
    perform core.bad_payload('n', 'out of range');
  elsif p_seen is null or p_state is null or p_state !~ '^[a-z_]{1,40}$' then
    perform core.bad_payload('state', 'no such code');
  elsif not exists (select from core.camera_group_member m where m.district_id = p.district_id
                      and m.group_id = p.group_id and m.camera_id = p_camera) then
    perform core.bad_payload('camera', 'not of this group');
  end if;
  if p_view is not null then
    select v.* into look from audit.camera_view v
      where v.district_id = p.district_id and v.id = p_view and v.login = session_user and v.camera_id = p_camera
        and v.kind = 'patrol' and v.at >= p.started_at;
  end if;
  if look.id is null and (p_seen or p_view is not null) then
    perform core.bad_payload('view', 'no view of this camera on this round');
  end if;
  insert into core.patrol_stop (district_id, patrol_id, n, camera_id, view_id, was_seen, state, seconds, remark)
    values (p.district_id, p.id, p_n, p_camera, look.id, p_seen, p_state,
            least(greatest(coalesce(p_seconds, 0), 0), 9999,
                  coalesce(ceil(extract(epoch from clock_timestamp() - look.at)), 9999)),
            core.short_text('remark', p_remark, 500))
    on conflict do nothing;
end $$;

-- The round is over; once more changes nothing.
create or replace function api.end_patrol(p_patrol bigint, p_remarks text default '') returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  p core.patrol := core.own_patrol(p_patrol);
begin
  update core.patrol k set ended_at = clock_timestamp(), remarks = core.short_text('remarks', p_remarks, 2000)
    where k.district_id = p.district_id and k.id = p.id and k.ended_at is null;
end $$;

-- Rounds of desks that are gone: nothing heard of them for half an hour, and no picture of a round open at that person's.
-- They end with the last that was heard of them and do not count as gone.
create or replace function api.sweep_patrols() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_closed bigint;
begin
  perform core.require_worker();
  with heard as (
    select p.district_id, p.id, greatest(p.started_at, max(s.at)) as last_at
    from core.patrol p left join core.patrol_stop s on s.district_id = p.district_id and s.patrol_id = p.id
    where p.ended_at is null and p.started_at < clock_timestamp() - interval '30 minutes'
      and not exists (
        select from core.camera_live l join audit.camera_view v on v.district_id = l.district_id and v.id = l.view_id
        where l.login = p.login and l.district_id = p.district_id and v.kind = 'patrol' and v.at >= p.started_at)
    group by p.district_id, p.id
  )
  update core.patrol p set ended_at = h.last_at, was_left = true
    from heard h
    where p.district_id = h.district_id and p.id = h.id and p.ended_at is null
      and h.last_at < clock_timestamp() - interval '30 minutes';
  get diagnostics v_closed = row_count;
  return v_closed;
end $$;

-- When rounds through a shared group are due each day; no times: it has no plan.
create or replace function api.plan_patrols(p_group integer, p_times time[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  g core.camera_group := core.patrol_group(p_group);
begin
  if core.my_scope() <> 'all' or not core.has_duty('supervisor', 'leader', 'admin') then
    perform core.refuse('patrol_plan', p_state => '42501');
  elsif g.kind <> 'shared' then
    perform core.bad_payload('group', 'not shared');
  elsif cardinality(p_times) > 48 or array_position(p_times, null) is not null then
    perform core.bad_payload('times', 'at most 48 times of day');
  end if;
  delete from core.patrol_plan k where k.district_id = g.district_id and k.group_id = g.id;
  insert into core.patrol_plan (district_id, group_id, times)
    select g.district_id, g.id, array_agg(distinct t order by t) from unnest(p_times) t having count(*) > 0;
end $$;

-- The rounds that were or are due on a day of the district, and who went first between a due moment and the next.
create or replace function api.patrol_rounds(p_day date)
returns table (group_id integer, group_name text, due_at timestamptz, until_at timestamptz, patrol_id bigint,
               login name, started_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_district smallint := core.my_district();
  v_tz text := (select d.tz from core.district d where d.id = v_district);
begin
  return query
    select g.id, g.name, r.due_at, r.until_at, p.id, p.login, p.started_at
    from core.patrol_plan k
    join core.camera_group g on g.district_id = k.district_id and g.id = k.group_id
    cross join lateral (
      select (p_day + t.at) at time zone v_tz as due_at,
             lead((p_day + t.at) at time zone v_tz, 1, (p_day + 1 + k.times[1]) at time zone v_tz) over (order by t.at) as until_at
      from unnest(k.times) t(at)) r
    left join lateral (
      select q.id, q.login, q.started_at from core.patrol q
      where q.district_id = k.district_id and q.group_id = k.group_id and q.started_at >= r.due_at
        and q.started_at < r.until_at and q.ended_at is not null and not q.was_left
      order by q.started_at limit 1) p on true
    where k.district_id = v_district and r.due_at <= now()
      and (core.my_scope() = 'all' or exists (
        select from core.camera_group_unit u where u.district_id = k.district_id and u.group_id = k.group_id
          and u.unit_id = any (core.unit_line(core.my_unit())) and u.valid @> current_date))
    order by r.due_at, g.name;
end $$;

drop view if exists api.patrols, api.patrol_stops, api.patrol_plans cascade;
create view api.patrols with (security_invoker = true) as
  select p.id, p.group_id, p.group_name, p.planned, p.login, p.unit_id, p.started_at, p.ended_at, p.remarks,
         s.seen, s.passed - s.seen as missed, s.last_at, p.was_left
  from core.patrol p
  cross join lateral (
    select count(distinct k.camera_id) filter (where k.was_seen) as seen, count(distinct k.camera_id) as passed,
           max(k.at) as last_at
    from core.patrol_stop k where k.district_id = p.district_id and k.patrol_id = p.id) s;
create view api.patrol_stops with (security_invoker = true) as
  select k.patrol_id, k.n, k.at, k.camera_id, c.code, c.name, k.view_id, k.was_seen, k.state, k.seconds, k.remark
  from core.patrol_stop k left join core.camera c on c.district_id = k.district_id and c.id = k.camera_id;
create view api.patrol_plans with (security_invoker = true) as
  select p.group_id, p.times from core.patrol_plan p;

revoke all on function api.begin_patrol(uuid, integer),
  api.note_stop(bigint, integer, integer, bigint, boolean, text, integer, text), api.end_patrol(bigint, text),
  api.plan_patrols(integer, time[]), api.patrol_rounds(date), api.sweep_patrols() from public;
grant execute on function api.begin_patrol(uuid, integer),
  api.note_stop(bigint, integer, integer, bigint, boolean, text, integer, text), api.end_patrol(bigint, text),
  api.plan_patrols(integer, time[]), api.patrol_rounds(date), api.sweep_patrols(), core.my_scope() to ld_console;
