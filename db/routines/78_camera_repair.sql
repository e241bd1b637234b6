-- A camera that is down for long gets a repair ticket, once; when it is back, the ticket hears of it.

-- Where such tickets come from. The login is the worker's, so that no other system reports in this name.
create or replace function core.health_source(p_district smallint) returns text
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_code constant text := format('d%s_camera_health', p_district);
begin
  insert into core.source (code, district_id, name_zh, name_en, channel, kind, login)
  values (v_code, p_district, '视频监控巡检', 'Camera health sweep', 'platform', 'platform', (core.worker_of(p_district)).login)
  on conflict (code) do nothing;
  return v_code;
end $$;

-- What went down before this moment has been down for long.
create or replace function core.repair_from(p_district smallint, p_at timestamptz) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select p_at - make_interval(hours => coalesce(core.setting_value(p_district, 'camera_repair_hours')::int, 24))
$$;

-- Outages that lasted long enough and have no ticket that is still open. What hangs on a gateway that is down waits for
-- it; after its return the time begins anew. A ticket closed over a camera that stays down is followed by another.
create or replace function core.outages_to_repair(p_district smallint, p_at timestamptz) returns setof core.camera_outage
language sql stable set search_path = pg_catalog, pg_temp as $$
  with old as materialized (  -- few, however many went down just now
    select o.* from core.camera_outage o
    where o.district_id = p_district and o.ended_at is null and o.since <= core.repair_from(p_district, p_at)
  ), gateways as materialized (
    select w.gateway_id, w.since, w.ended_at from core.camera_outage w
    where w.district_id = p_district and w.gateway_id is not null
  )
  select o.*
  from old o
  left join core.camera c on c.district_id = o.district_id and c.id = o.camera_id
  left join core.ticket t on t.district_id = o.district_id and t.id = o.ticket_id
  cross join lateral (
    select greatest(o.since, t.closed_at, max(w.ended_at)) as begun, bool_or(w.ended_at is null) as waits
    from gateways w
    where w.gateway_id = c.gateway_id and coalesce(w.ended_at, p_at) >= o.since) g
  where g.waits is not true and coalesce(t.is_open, false) = false and g.begun <= core.repair_from(p_district, p_at)
    and coalesce(core.setting_value(p_district, 'camera_repair_sweeps')::int, 3) <= (
      select count(*) from core.camera_sweep s
      where s.district_id = p_district and not s.is_void and s.ended_at >= g.begun)
  order by o.since, o.id
$$;

-- Make at most a hundred tickets; the others follow with the next sweeps. What one camera's ticket refuses is told and
-- does not stop the others. Returns {"repairs": n, "notes": [...]}.
create or replace function core.repair_cameras(p_district smallint, p_at timestamptz) returns jsonb
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  o core.camera_outage;
  v_made int := 0;
  v_notes text[] := '{}';
begin
  for o in select * from core.outages_to_repair(p_district, p_at) limit 100 loop
    begin
      perform core.repair_ticket(o, p_at);
      v_made := v_made + 1;
    exception when others then
      v_notes := v_notes || sqlerrm;
    end;
  end loop;
  return jsonb_build_object('repairs', v_made, 'notes', to_jsonb(v_notes));
end $$;

-- One ticket: a new one, or a note in the one that is still open since the last time this camera was down.
create or replace function core.repair_ticket(o core.camera_outage, p_at timestamptz) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_worker core.staff := core.worker_of(o.district_id);
  v_source text := core.health_source(o.district_id);
  v_facts jsonb := core.repair_facts(o);
  v_number text := left(v_facts->>'code', 40) || '-' || to_char(o.since at time zone 'UTC', 'YYYYMMDDHH24MISS');
  v_ticket bigint := core.open_repair(o);
  v_again int;
begin
  if v_ticket is not null then
    perform core.note_repair(v_ticket, v_worker, v_facts->>'body');
  else
    select count(*) into v_again from core.external_ref r where r.source = v_source and starts_with(r.number, v_number);
    v_number := v_number || case when v_again > 0 then '-' || v_again + 1 else '' end;
    v_facts := v_facts - 'code' || jsonb_build_object(
      'kind', 'hazard', 'channel', 'platform', 'source', v_source, 'external_number', v_number, 'wants_reply', false,
      'category_id', (select c.id from core.category c
                      where c.district_id = o.district_id and c.code = '030801' and c.valid @> current_date));
    if not core.claim_external(v_source, v_number, o.district_id, v_facts) then
      perform core.bad_payload('external_number', 'already reported');
    end if;
    v_ticket := (core.new_ticket(v_worker, clock_timestamp(), null, jsonb_strip_nulls(v_facts))).id;
  end if;
  update core.camera_outage k set ticket_id = v_ticket where k.district_id = o.district_id and k.id = o.id;
end $$;

create or replace function core.open_repair(o core.camera_outage) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select t.id from core.camera_outage k
  join core.ticket t on t.district_id = k.district_id and t.id = k.ticket_id and t.is_open
  where k.district_id = o.district_id and (k.camera_id = o.camera_id or k.gateway_id = o.gateway_id)
  order by t.id desc limit 1
$$;

-- Who is proposed for a repair ticket: the unit that owns the camera, where units of its kind take tickets (R110). Null:
-- whom the directory names for category and place. Sending it stays an operator's act (T6): all clocks start there.
create or replace function core.repair_unit(t core.ticket) returns int
language sql stable set search_path = pg_catalog, pg_temp as $$
  select u.id from core.camera_outage k
  join core.camera c on c.district_id = k.district_id and c.id = k.camera_id
  join core.unit u on u.id = c.owner_unit_id
  where k.ticket_id = t.id and t.accused_unit_id is null and u.takes_tickets and u.kind not in ('centre', 'community')
    and u.valid @> current_date
  order by k.id desc limit 1
$$;

-- What the ticket says. The unit that owns the camera is named.
create or replace function core.repair_facts(o core.camera_outage) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when o.camera_id is not null then (
      select jsonb_build_object(
        'code', c.code, 'title', left('摄像头离线：' || c.name, 60), 'place_id', c.territory_id,
        'place_text', c.name, 'lon', c.lon, 'lat', c.lat,
        'body', concat_ws(E'\n', format('摄像头 %s（%s）自 %s 起离线，巡检结果：%s。', c.name, c.code, since.words,
                                        core.status_words(s.status)),
                          '系统：' || k.name_zh, '网关：' || g.name, '权属单位：' || u.name))
      from core.camera c
      join core.gateway g on g.district_id = c.district_id and g.id = c.gateway_id
      join core.camera_source k on k.district_id = c.district_id and k.code = c.source
      left join core.unit u on u.id = c.owner_unit_id
      left join core.camera_status s on s.district_id = c.district_id and s.camera_id = c.id
      where c.district_id = o.district_id and c.id = o.camera_id)
    else (
      select jsonb_build_object(
        'code', 'gateway-' || g.code, 'title', left('视频网关离线：' || g.name, 60),
        'body', format('视频网关 %s（%s）自 %s 起没有一路视频可用，涉及 %s 台摄像头；不再为每台摄像头另行建单。',
                       g.name, g.code, since.words,
                       (select count(*) from core.active_cameras(o.district_id) c where c.gateway_id = g.id)))
      from core.gateway g where g.district_id = o.district_id and g.id = o.gateway_id)
    end
  from core.district d
  cross join lateral (select to_char(o.since at time zone d.tz, 'YYYY-MM-DD HH24:MI')) since(words)
  where d.id = o.district_id
$$;

create or replace function core.status_words(p_status text) returns text
language sql immutable as $$
  select case p_status when 'refused' then '拒绝连接' when 'timeout' then '无应答' when 'no_stream' then '没有该路视频'
                       when 'bad_answer' then '应答异常' else '未知' end
$$;

create or replace function core.note_repair(p_ticket bigint, p_worker core.staff, p_text text) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket := core.lock_ticket(p_ticket, p_worker, '{}');
begin
  if t.state <> 'ARCHIVED' then
    perform core.append_event(t, 'note', 'R103', p_worker, greatest(clock_timestamp(), t.updated_at), t.state,
                              jsonb_build_object('text', p_text), '{}', null, 'system');
  end if;
end $$;

-- The camera or gateway is back, or is not to be asked any more; its ticket is told and stays for people to close.
create or replace function core.end_outage(o core.camera_outage, p_at timestamptz) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_is_asked boolean := o.camera_id is null or exists (
    select from core.active_cameras(o.district_id) c where c.id = o.camera_id);
  v_moment text := to_char(p_at at time zone (select d.tz from core.district d where d.id = o.district_id), 'YYYY-MM-DD HH24:MI');
begin
  update core.camera_outage k set ended_at = p_at where k.district_id = o.district_id and k.id = o.id;
  if o.ticket_id is not null then
    perform core.note_repair(o.ticket_id, core.worker_of(o.district_id), format(
      case when v_is_asked then '巡检发现已恢复在线：%s。' else '已停用，不再巡检：%s。' end, v_moment));
  end if;
end $$;
