-- Sweeps over all cameras by one sweeper of the whole database, and what they tell: status, shares, outages.

create or replace function core.is_up(p_status text) returns boolean
language sql immutable as $$ select p_status in ('online', 'credentials') $$;  -- it is there and wants a login

create or replace function core.is_down(p_status text) returns boolean
language sql immutable as $$ select p_status in ('refused', 'timeout', 'no_stream', 'bad_answer') $$;

create or replace function core.active_cameras(p_district smallint) returns setof core.camera
language sql stable as $$
  select c.* from core.camera c
  join core.gateway g on g.district_id = c.district_id and g.id = c.gateway_id and g.is_active
  where c.district_id = p_district and c.is_active and c.valid @> current_date
$$;

-- One sweeper at a time: true for the session that may sweep until it frees the office.
create or replace function api.take_camera_sweep() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  return pg_try_advisory_lock(731509);
end $$;

create or replace function api.free_camera_sweep() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  return pg_advisory_unlock(731509);
end $$;

-- Refuses whoever has not taken the office: two sweeps at once would ask everything twice.
create or replace function core.require_sweeper() returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  if not exists (select from pg_locks l where l.locktype = 'advisory' and l.pid = pg_backend_pid() and l.granted
                   and l.classid = 0 and l.objid = 731509 and l.objsubid = 1) then  -- locks of a session are of its database
    perform core.refuse('no_sweeper');
  end if;
end $$;

-- Begin a sweep of every district that has cameras and is due, or of every one (p_all). What a sweeper that died left
-- open is void.
create or replace function api.begin_camera_sweeps(p_all boolean default false)
returns table (sweep bigint, district smallint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_sweeper();
  update core.camera_sweep s set ended_at = clock_timestamp(), is_void = true where s.ended_at is null;
  return query
    insert into core.camera_sweep (district_id)
    select d.id
    from core.district d
    cross join lateral (select coalesce(core.setting_value(d.id, 'camera_sweep_minutes')::int, 5)) s(minutes)
    where exists (select from core.camera c where c.district_id = d.id)
      and (p_all or s.minutes > 0 and not exists (
        select from core.camera_sweep w
        where w.district_id = d.id and w.started_at > clock_timestamp() - make_interval(mins => s.minutes)))
    returning id, district_id;
end $$;

create or replace function core.open_sweep(p_sweep bigint) returns core.camera_sweep
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_sweep core.camera_sweep;
begin
  perform core.require_sweeper();
  select * into v_sweep from core.camera_sweep s where s.id = p_sweep and s.ended_at is null for update;
  if v_sweep.id is null then
    perform core.refuse('no_such_sweep', p_state => 'LD004');
  end if;
  return v_sweep;
end $$;

-- Whom to ask and where: the sub-stream's address without any signature, and what the gateway may be asked itself.
-- Addresses without credentials open nothing; still nobody but the sweeper gets them.
create or replace function api.cameras_to_probe(p_sweep bigint)
returns table (camera integer, address text, gateway text, gateway_kind text, http_base text, device text, channel text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_sweep core.camera_sweep := core.open_sweep(p_sweep);
begin
  return query
    select c.id,
           case when coalesce(c.sub_template, g.sub_template) like '{http}%' then g.http_base else g.rtsp_base end
             || core.stream_path(coalesce(c.sub_template, g.sub_template), c),
           g.code, g.kind, g.http_base, c.device, c.channel
    from core.active_cameras(v_sweep.district_id) c
    join core.gateway g on g.district_id = c.district_id and g.id = c.gateway_id
    order by c.id;
end $$;

-- The one writer of statuses. Rows that say what is known already stay as they are: "since" keeps its moment, and a
-- sweep over 23,000 cameras writes only what happened. Returns how many changed.
create or replace function api.note_camera_statuses(p_sweep bigint, p_cameras integer[], p_statuses text[], p_ms integer[])
returns bigint language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_sweep core.camera_sweep := core.open_sweep(p_sweep);
  v_changed bigint;
begin
  insert into core.camera_status as s (district_id, camera_id, status, probed_at, ms)
    select c.district_id, c.id, u.status, clock_timestamp(), u.ms
    from unnest(p_cameras, p_statuses, p_ms) u(camera, status, ms)
    join core.camera c on c.district_id = v_sweep.district_id and c.id = u.camera
    order by c.id
  on conflict (district_id, camera_id) do update
    set status = excluded.status, since = excluded.since, probed_at = excluded.probed_at, ms = excluded.ms
    where s.status <> excluded.status;
  get diagnostics v_changed = row_count;
  return v_changed;
end $$;

-- End a sweep: count, keep the shares, begin and end outages, make repair tickets, prune. A void one says nothing.
-- Returns {"probed", "online", "offline", "classes", "repairs", "notes"}; cameras that want a login are online.
create or replace function api.end_camera_sweep(p_sweep bigint, p_void boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_sweep core.camera_sweep := core.open_sweep(p_sweep);
  v_end constant timestamptz := clock_timestamp();
  v_repairs jsonb := '{"repairs": 0, "notes": []}';
begin
  update core.camera_sweep s set ended_at = v_end, is_void = p_void,
      classes = coalesce((
        select jsonb_object_agg(k.status, k.n)
        from (select coalesce(t.status, 'unknown') as status, count(*) as n
              from core.active_cameras(s.district_id) c
              left join core.camera_status t on t.district_id = c.district_id and t.camera_id = c.id
              group by 1) k
        where not p_void), '{}')
    where s.district_id = v_sweep.district_id and s.id = v_sweep.id
    returning * into v_sweep;
  if not p_void then
    perform core.keep_shares(v_sweep.district_id, v_end);
    perform core.keep_outages(v_sweep.district_id, v_end);
    v_repairs := core.repair_cameras(v_sweep.district_id, v_end);
  end if;
  perform core.prune_camera_health(v_sweep.district_id, v_end);
  return v_repairs || (
    select jsonb_build_object('classes', v_sweep.classes, 'probed', coalesce(sum(n::int), 0),
      'online', coalesce(sum(n::int) filter (where core.is_up(status)), 0),
      'offline', coalesce(sum(n::int) filter (where core.is_down(status)), 0))
    from jsonb_each_text(v_sweep.classes) k(status, n));
end $$;

create or replace function core.keep_shares(p_district smallint, p_at timestamptz) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into core.camera_share (district_id, at, source, town_id, total, online, down)
  select c.district_id, p_at, c.source, coalesce(c.p_town, 0), count(*),
         count(*) filter (where core.is_up(s.status)), count(*) filter (where core.is_down(s.status))
  from core.active_cameras(p_district) c
  left join core.camera_status s on s.district_id = c.district_id and s.camera_id = c.id
  group by 1, 2, 3, 4
$$;

-- Outages begin with the first failure, whatever its kind, and end when the camera is there again or is switched off.
-- A gateway is down when it serves several cameras and none of them answers; where cameras are asked themselves, each
-- stands for itself.
create or replace function core.keep_outages(p_district smallint, p_at timestamptz) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  delete from core.camera_status s
    where s.district_id = p_district and not exists (
      select from core.active_cameras(p_district) c where c.id = s.camera_id);
  insert into core.camera_outage (district_id, camera_id, since)
    select s.district_id, s.camera_id, s.since from core.camera_status s
    where s.district_id = p_district and core.is_down(s.status)
    on conflict (district_id, camera_id) where ended_at is null do nothing;
  insert into core.camera_outage (district_id, gateway_id, since)
    select p_district, w.gateway_id, w.since from core.silent_gateways(p_district) w
    on conflict (district_id, gateway_id) where ended_at is null do nothing;
  perform core.end_outage(o, p_at)
    from core.camera_outage o
    left join core.camera_status s on s.district_id = o.district_id and s.camera_id = o.camera_id
    where o.district_id = p_district and o.ended_at is null
      and case when o.camera_id is null
               then not exists (select from core.silent_gateways(p_district) w where w.gateway_id = o.gateway_id)
               else s.status is null or core.is_up(s.status) end;
end $$;

create or replace function core.silent_gateways(p_district smallint)
returns table (gateway_id integer, cameras bigint, since timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select c.gateway_id, count(*), max(s.since)
  from core.active_cameras(p_district) c
  join core.gateway g on g.district_id = c.district_id and g.id = c.gateway_id and g.kind <> 'direct'
  left join core.camera_status s on s.district_id = c.district_id and s.camera_id = c.id
  group by c.gateway_id
  having count(*) > 1 and bool_and(coalesce(core.is_down(s.status), false))
$$;

-- Sums by sweep for two days, by hour for sixty, then by day; sweeps themselves for sixty days, outages for two years.
create or replace function core.prune_camera_health(p_district smallint, p_at timestamptz) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  perform core.roll_shares(p_district, 'sweep', 'hour', p_at - interval '2 days');
  perform core.roll_shares(p_district, 'hour', 'day', p_at - interval '60 days');
  delete from core.camera_share h where h.district_id = p_district and h.at < p_at - interval '3 years';
  delete from core.camera_sweep s where s.district_id = p_district and s.started_at < p_at - interval '60 days';
  delete from core.camera_outage o where o.district_id = p_district and o.ended_at < p_at - interval '2 years';
end $$;

-- Whole hours or days only, so that each is summed once.
create or replace function core.roll_shares(p_district smallint, p_from text, p_to text, p_before timestamptz)
returns void language sql volatile set search_path = pg_catalog, pg_temp as $$
  with old as (
    delete from core.camera_share h
    where h.district_id = p_district and h.span = p_from and h.at < date_trunc(p_to, p_before) returning h.*
  )
  insert into core.camera_share as h (district_id, at, source, town_id, span, sweeps, total, online, down)
  select o.district_id, date_trunc(p_to, o.at), o.source, o.town_id, p_to, sum(o.sweeps), sum(o.total), sum(o.online), sum(o.down)
  from old o group by 1, 2, 3, 4
  on conflict (district_id, at, source, town_id, span) do update
    set sweeps = h.sweeps + excluded.sweeps, total = h.total + excluded.total,
        online = h.online + excluded.online, down = h.down + excluded.down
$$;

-- What a person sees of it

-- Shares are of places, so people of the centre see all and people of a town their own; others see their cameras only.
create or replace function api.camera_health(
  p_since timestamptz, p_by text default 'source', p_source text default null, p_town integer default null)
returns table (at timestamptz, key text, total bigint, online bigint, down bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  me record;
  v_span constant interval := greatest((clock_timestamp() - p_since) / 240, interval '1 minute');
begin
  perform core.my_unit();
  if p_since is null or p_since < now() - interval '4 years' then
    perform core.bad_payload('since', 'missing or too long ago');
  elsif p_by is null or p_by not in ('source', 'town') then
    perform core.bad_payload('by', 'source or town');
  end if;
  select * into me from core.standpoint(session_user);
  return query
    select date_bin(v_span, h.at, p_since), case p_by when 'source' then h.source else h.town_id::text end,
           sum(h.total)::bigint, sum(h.online)::bigint, sum(h.down)::bigint
    from core.camera_share h
    where h.district_id = me.district_id and h.at >= p_since
      and (me.scope = 'all' or me.scope = 'town' and h.town_id = me.town)
      and (p_source is null or h.source = p_source) and (p_town is null or h.town_id = p_town)
    group by 1, 2 order by 1, 2;
end $$;

-- How the cameras this person sees are now, by source and town. known_at: when they were last asked.
create or replace function api.camera_standing()
returns table (source text, town_id integer, total bigint, online bigint, down bigint, unknown bigint, known_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_known constant timestamptz := core.my_cameras_known_at();
  v_fresh constant timestamptz := core.my_cameras_fresh_from();
begin
  return query
    select k.source, coalesce(k.p_town, 0), count(*), count(*) filter (where core.is_up(k.status)),
           count(*) filter (where core.is_down(k.status)), count(*) filter (where k.status = 'unknown'), v_known
    from (select c.source, c.p_town, core.shown_status(s.status, s.probed_at, v_known, v_fresh) as status
          from core.my_cameras() c
          left join core.camera_status s on s.district_id = c.district_id and s.camera_id = c.id
          where c.is_active and c.valid @> current_date) k
    group by 1, 2 order by 1, 2;
end $$;

-- Those of them that were down when last asked, the longest first. `status` is 'unknown' when that is too long ago.
create or replace function api.cameras_down(p_source text default null, p_town integer default null, p_limit integer default 500)
returns table (camera_id integer, code text, name text, source text, town_id integer, territory_id integer,
               status text, last_status text, since timestamptz, known_at timestamptz, ticket_id bigint, number text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_known constant timestamptz := core.my_cameras_known_at();
  v_fresh constant timestamptz := core.my_cameras_fresh_from();
begin
  return query
    select c.id, c.code, c.name, c.source, coalesce(c.p_town, 0), c.territory_id,
           core.shown_status(s.status, s.probed_at, v_known, v_fresh), s.status, coalesce(o.since, s.since),
           greatest(s.probed_at, v_known), t.id, t.number
    from core.my_cameras() c
    join core.camera_status s on s.district_id = c.district_id and s.camera_id = c.id and core.is_down(s.status)
    left join core.camera_outage o on o.district_id = c.district_id and o.camera_id = c.id and o.ended_at is null
    left join core.ticket t on t.id = o.ticket_id and t.district_id = o.district_id and core.person_sees(t, session_user)
    where c.is_active and c.valid @> current_date
      and (p_source is null or c.source = p_source) and (cameras_down.p_town is null or coalesce(c.p_town, 0) = cameras_down.p_town)
    order by coalesce(o.since, s.since), c.id limit least(greatest(coalesce(p_limit, 500), 1), 5000);
end $$;

do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
      'api.take_camera_sweep()', 'api.free_camera_sweep()', 'api.begin_camera_sweeps(boolean)',
      'api.cameras_to_probe(bigint)', 'api.note_camera_statuses(bigint, integer[], text[], integer[])',
      'api.end_camera_sweep(bigint, boolean)', 'api.camera_health(timestamptz, text, text, integer)',
      'api.camera_standing()', 'api.cameras_down(text, integer, integer)']::regprocedure[] loop
    execute format('revoke all on function %1$s from public; grant execute on function %1$s to ld_console', v_function);
  end loop;
end $$;
