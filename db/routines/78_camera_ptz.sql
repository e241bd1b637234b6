-- Steering a camera: one person at a time, by right, with a register row before the first movement and a line for each
-- movement after it. The desk itself talks to the gateway or the camera; here it learns where, and only while it steers.

create or replace function core.ptz_idle() returns interval language sql immutable as $$ select interval '15 seconds' $$;

-- The camera if this person may steer it: sees and may open it, has one of the duties for it, and it can be steered.
create or replace function core.steered_camera(p_camera integer) returns core.camera
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  c core.camera := core.seen_camera(p_camera);
begin
  if not (core.myself()).on_duty then
    perform core.refuse('off_duty');
  elsif not core.my_duties() && array(select jsonb_array_elements_text(
          coalesce(core.setting_value(c.district_id, 'camera_ptz_duties'), '["operator", "supervisor"]'))) then
    perform core.refuse('duty_missing', p_state => '42501');
  elsif not exists (select from core.gateway g where g.district_id = c.district_id and g.id = c.gateway_id
                      and g.is_active and core.may_open(c.id)) then
    perform core.refuse('camera_inactive');
  elsif not c.has_ptz or not exists (select from core.gateway g where g.district_id = c.district_id
                                       and g.id = c.gateway_id and g.ptz <> 'none' and g.http_base is not null) then
    perform core.refuse('ptz_none');
  end if;
  return c;
end $$;

-- Take a camera in hand. Writes the register row of kind 'ptz'; where to steer is told by api.ptz_renew, in a later
-- transaction, so nobody steers and rolls the trace back. A lease not renewed for 15 seconds is over; a supervisor may
-- take a living one over (p_over). Asked again by who has it, it renews. Returns {"lease", "view", "until"}.
create or replace function api.ptz_take(p_camera integer, p_reason text, p_ticket bigint default null, p_over boolean default false)
returns jsonb language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  c core.camera := core.steered_camera(p_camera);
  v_held core.ptz_lease;
  look audit.camera_view;
  v_lease core.ptz_lease;
begin
  perform from core.camera k where k.district_id = c.district_id and k.id = c.id for no key update;  -- two hands wait here
  select * into v_held from core.ptz_lease l where l.district_id = c.district_id and l.camera_id = c.id for update;
  if v_held.renewed_at > clock_timestamp() - core.ptz_idle() then
    if v_held.login = session_user then
      update core.ptz_lease l set renewed_at = clock_timestamp() where l.district_id = v_held.district_id and l.id = v_held.id
        returning * into v_lease;
      return core.lease_facts(v_lease);
    elsif not (coalesce(p_over, false) and 'supervisor' = any (core.my_duties())) then
      perform core.refuse('ptz_taken', core.holder_facts(v_held));
    end if;
  end if;
  perform core.end_lease(v_held, case when v_held.renewed_at > clock_timestamp() - core.ptz_idle() then 'taken_over' else 'idle' end);
  look := core.register_view(c, p_reason, p_ticket, 'main', 'ptz');
  insert into core.ptz_lease (district_id, camera_id, view_id, login, unit_id, since)
    values (c.district_id, c.id, look.id, session_user, look.unit_id, look.at) returning * into v_lease;
  return core.lease_facts(v_lease);
end $$;

create or replace function core.lease_facts(l core.ptz_lease) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('lease', l.id, 'view', l.view_id, 'until', l.renewed_at + core.ptz_idle())
$$;

create or replace function core.holder_facts(l core.ptz_lease) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('login', l.login, 'by', coalesce(s.name, l.login), 'unit', u.short_name, 'since', l.since)
  from (select 1) one
  left join core.staff s on s.login = l.login
  left join core.unit u on u.id = l.unit_id
$$;

-- My living lease, locked; whoever lost the right meanwhile loses it.
create or replace function core.own_lease(p_lease bigint) returns core.ptz_lease
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_lease core.ptz_lease;
begin
  select * into v_lease from core.ptz_lease l
    where l.district_id = core.my_district() and l.id = p_lease and l.login = session_user
      and l.renewed_at > clock_timestamp() - core.ptz_idle() for update;
  if v_lease.id is null then
    perform core.refuse('ptz_over');
  end if;
  perform core.steered_camera(v_lease.camera_id);
  return v_lease;
end $$;

-- Go on steering, and learn where: {"until", "control": {"kind", "base", "device", "channel", "credential"}}; control is
-- null in the transaction that took the camera. The credential is the name of a secret in the desk's own keyring.
create or replace function api.ptz_renew(p_lease bigint) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_lease core.ptz_lease := core.own_lease(p_lease);
begin
  update core.ptz_lease l set renewed_at = clock_timestamp()
    where l.district_id = v_lease.district_id and l.id = v_lease.id returning * into v_lease;
  update core.camera_live v set seen_at = clock_timestamp()
    where v.district_id = v_lease.district_id and v.view_id = v_lease.view_id;
  return core.lease_facts(v_lease) || jsonb_build_object('control', (
    select jsonb_build_object('kind', g.ptz, 'base', g.http_base, 'device', c.device, 'channel', c.channel,
                              'credential', case when g.auth <> 'none' or g.ptz = 'onvif' then 'keyring:' || g.code end)
    from core.camera c join core.gateway g on g.district_id = c.district_id and g.id = c.gateway_id
    where c.district_id = v_lease.district_id and c.id = v_lease.camera_id and v_lease.since < now()));
end $$;

-- Note a movement before it is sent: {"pan", "tilt", "zoom"} from -100 to 100 goes on until the next note; all zero: it
-- stopped; {"preset": name} goes there. One line of the register for each movement, with its seconds, at its end; what a
-- desk that is gone left moving is written when its lease ends.
create or replace function api.ptz_move(p_lease bigint, p_move jsonb) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_lease core.ptz_lease := core.own_lease(p_lease);
  v_move jsonb := core.checked_move(p_move);
begin
  if v_lease.hold is distinct from v_move then
    perform core.end_hold(v_lease);
    update core.ptz_lease l set hold = v_move, hold_at = case when v_move is not null then clock_timestamp() end
      where l.district_id = v_lease.district_id and l.id = v_lease.id;
  end if;
  update core.ptz_lease l set renewed_at = clock_timestamp()
    where l.district_id = v_lease.district_id and l.id = v_lease.id returning * into v_lease;
  return v_lease.renewed_at + core.ptz_idle();
end $$;

-- The move in one form; null: stop.
create or replace function core.checked_move(p_move jsonb) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_axis text;
  v_move jsonb := '{}';
begin
  if jsonb_typeof(p_move) is distinct from 'object' then
    perform core.bad_payload('move', 'not an object');
  elsif p_move ? 'preset' then
    return jsonb_build_object('preset', core.short_text('preset', p_move->>'preset', 64));
  end if;
  foreach v_axis in array '{pan,tilt,zoom}'::text[] loop
    if coalesce(p_move->>v_axis, '0') !~ '^-?(\d{1,2}|100)$' then
      perform core.bad_payload(v_axis, 'a whole number from -100 to 100');
    end if;
    v_move := v_move || jsonb_build_object(v_axis, coalesce((p_move->>v_axis)::int, 0));
  end loop;
  return nullif(v_move, '{"pan": 0, "tilt": 0, "zoom": 0}');
end $$;

create or replace function core.end_hold(l core.ptz_lease) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select core.audit('ptz_move', c.code, l.hold || jsonb_build_object('camera', c.name, 'view', l.view_id, 'login', l.login,
    'at', l.hold_at, 'seconds', round(extract(epoch from clock_timestamp() - l.hold_at)::numeric, 1)),
    '', v.ticket_id, l.district_id)
  from core.camera c
  join audit.camera_view v on v.district_id = c.district_id and v.id = l.view_id
  where l.hold is not null and c.district_id = l.district_id and c.id = l.camera_id
$$;

-- Cause: released, idle, taken_over.
create or replace function core.end_lease(l core.ptz_lease, p_cause text) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  if l.id is null then
    return;
  end if;
  perform core.end_hold(l);
  delete from core.ptz_lease k where k.district_id = l.district_id and k.id = l.id;
  perform core.end_views(array(select v from core.camera_live v
                               where v.district_id = l.district_id and v.view_id = l.view_id), p_cause);
end $$;

-- Let go. True when there was something to let go of; once more does no harm.
create or replace function api.ptz_release(p_lease bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_lease core.ptz_lease;
begin
  select * into v_lease from core.ptz_lease l
    where l.district_id = core.my_district() and l.id = p_lease and l.login = session_user for update;
  perform core.end_lease(v_lease, 'released');
  return v_lease.id is not null;
end $$;

-- Who steers which of these cameras now, as far as I see them.
create or replace function api.ptz_holders(p_cameras integer[])
returns table (camera_id integer, login name, name text, unit text, since timestamptz, is_me boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select l.camera_id, l.login, coalesce(s.name, l.login::text), u.short_name, l.since, l.login = session_user
    from core.my_cameras() c
    join core.ptz_lease l on l.district_id = c.district_id and l.camera_id = c.id
    left join core.staff s on s.login = l.login
    left join core.unit u on u.id = l.unit_id
    where c.id = any (p_cameras) and l.renewed_at > clock_timestamp() - core.ptz_idle();
end $$;

-- Leases of desks that are not heard of any more; what they left moving gets its line.
create or replace function api.sweep_ptz() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_lease core.ptz_lease;
  v_ended bigint := 0;
begin
  perform core.require_worker();
  for v_lease in select * from core.ptz_lease l where l.renewed_at <= clock_timestamp() - core.ptz_idle()
                 order by l.id for update skip locked loop
    perform core.end_lease(v_lease, 'idle');
    v_ended := v_ended + 1;
  end loop;
  return v_ended;
end $$;

do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
      'api.ptz_take(integer, text, bigint, boolean)', 'api.ptz_renew(bigint)', 'api.ptz_move(bigint, jsonb)',
      'api.ptz_release(bigint)', 'api.ptz_holders(integer[])', 'api.sweep_ptz()']::regprocedure[] loop
    execute format('revoke all on function %1$s from public; grant execute on function %1$s to ld_console', v_function);
  end loop;
end $$;
