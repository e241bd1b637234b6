-- Kept pictures: who sees them, looks at them, takes them out, and says that they have served.

-- With its ticket; without one by whoever kept it, and at the centre by who answers for the register.
create or replace function core.seen_footage(p_footage bigint) returns core.footage
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_began constant timestamptz := clock_timestamp();
  f core.footage;
begin
  select * into f from core.footage x where x.district_id = core.my_district() and x.id = p_footage;
  if f.id is null or f.ticket_id is null and not core.minds_loose_footage(f.kept_by)
     or f.ticket_id is not null and not core.sees(f.district_id, f.ticket_id) then
    perform core.wait_out(v_began);
    perform core.refuse('no_such_footage', p_state => '42501');
  end if;
  return f;
end $$;

create or replace function core.minds_loose_footage(p_keeper name) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return p_keeper = session_user
    or core.has_duty('supervisor', 'inspector', 'leader', 'admin') and core.my_scope() = 'all';
end $$;

-- How long a picture without a use is kept; R701 and D8 let nobody choose less than 30 days.
create or replace function core.footage_days(p_district smallint) returns interval
language sql stable set search_path = pg_catalog, pg_temp as $$
  select make_interval(days => greatest(30, coalesce(core.setting_value(p_district, 'footage_days')::int, 30)))
$$;

drop type if exists api.kept cascade;
create type api.kept as (
  id bigint, key uuid, ticket_id bigint, kind text, stream text, camera_id integer, camera_code text, camera_name text,
  taken_at timestamptz, taken_until timestamptz, reason text, kept_by name, unit_id integer, kept_at timestamptz,
  original_id bigint, media_type text, size integer, sha256 bytea, burned_id bigint, burned_sha256 bytea,
  thumb bytea, blurred_from bigint, served_at timestamptz, served_by name, served_reason text,
  deleted_on timestamptz, purged_at timestamptz);
comment on type api.kept is 'deleted_on: when the retention sweep takes the content; null: not while the ticket needs it.';

create or replace function core.kept_rows(f core.footage) returns setof api.kept
language sql stable set search_path = pg_catalog, pg_temp as $$
  select f.id, f.key, f.ticket_id, f.kind, f.stream, f.camera_id, c.code, c.name, f.taken_at, f.taken_until, f.reason, f.kept_by,
    f.unit_id, f.kept_at, f.original_id, o.media_type, o.size, o.sha256, f.burned_id, b.sha256, f.thumb, f.blurred_from,
    f.served_at, f.served_by, f.served_reason,
    case when f.ticket_id is null or f.served_at is not null then f.kept_at + core.footage_days(f.district_id) end, f.purged_at
  from core.camera c
  join core.attachment o on o.id = f.original_id
  left join core.attachment b on b.id = f.burned_id
  where c.district_id = f.district_id and c.id = f.camera_id
$$;

create or replace function api.footage_of(p_ticket bigint) returns setof api.kept
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket := core.seen_ticket(p_ticket);
begin
  return query select k.* from core.footage f, core.kept_rows(f) k
    where f.district_id = t.district_id and f.ticket_id = t.id order by f.taken_at, f.id;
end $$;

-- What I kept and no ticket has.
create or replace function api.loose_footage() returns setof api.kept
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.actor();
  return query select k.* from core.footage f, core.kept_rows(f) k
    where f.district_id = core.my_district() and f.ticket_id is null and f.kept_by = session_user and f.purged_at is null
    order by f.kept_at desc limit 200;
end $$;

-- R702 holds for kept pictures, too: a row of the register lets its writer read the files for ten minutes.
create or replace function core.has_look(f core.footage, p_minutes int, p_before timestamptz) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select from audit.entry e
    where e.district_id = f.district_id and e.login = session_user and e.at > now() - make_interval(mins => p_minutes) and e.at < p_before
      and e.kind in ('footage_view', 'export') and e.detail->'footage' = to_jsonb(f.id))
$$;

-- now() is when the transaction began: a row from before was committed, and cannot be rolled back after the look.
create or replace function core.require_look(f core.footage) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not core.has_look(f, 10, now()) then
    perform core.refuse('footage_unregistered', p_state => '42501');
  end if;
end $$;

-- Say that I look at a picture, and why; a ticket is a reason. Then api.attachment gives its files.
create or replace function api.view_footage(p_footage bigint, p_reason text default '') returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  f core.footage := core.seen_footage(p_footage);
  v_reason text := core.short_text('reason', p_reason, 500);
begin
  perform core.actor();
  if f.purged_at is not null then
    perform core.refuse('footage_purged', jsonb_build_object('at', f.purged_at));
  elsif f.ticket_id is null and v_reason = '' then
    perform core.bad_payload('reason', 'missing');
  elsif not core.has_look(f, 5, clock_timestamp()) then
    perform core.audit('footage_view', (core.footage_facts(f))->>'camera', core.footage_facts(f) - 'reason', v_reason, f.ticket_id);
  end if;
end $$;

-- Take a picture out, with the register's number for its watermark (api.export_stamp). For whoever needs it as
-- evidence as it is, for publication only as a copy in which faces, plates and names are shielded (R706).
create or replace function api.export_footage(p_footage bigint, p_purpose text, p_reason text) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  f core.footage := core.seen_footage(p_footage);
  v_reason text := core.short_text('reason', p_reason, 500);
begin
  perform core.actor();
  if p_purpose is null or p_purpose not in ('print', 'evidence', 'publication') then
    perform core.bad_payload('purpose', 'unknown');
  elsif length(v_reason) < 4 then
    perform core.bad_payload('reason', 'at least 4 characters');
  elsif f.purged_at is not null then
    perform core.refuse('footage_purged', jsonb_build_object('at', f.purged_at));
  elsif p_purpose = 'publication' and not core.has_duty('supervisor', 'leader') then
    perform core.refuse('duty_missing', p_state => '42501');
  elsif p_purpose = 'publication' and f.blurred_from is null then
    perform core.refuse('footage_not_shielded');
  end if;
  return core.audit('export', 'footage', core.footage_facts(f) - 'reason'
    || jsonb_build_object('filter', '{}'::jsonb, 'purpose', p_purpose), v_reason, f.ticket_id);
end $$;

-- R701: a supervisor says that a picture has served its purpose; until the sweep takes it this can be taken back.
create or replace function api.footage_served(p_footage bigint, p_reason text, p_served boolean default true) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  f core.footage := core.seen_footage(p_footage);
  actor core.staff := core.actor();
  v_reason text := core.short_text('reason', p_reason, 500);
begin
  if not actor.duties && '{supervisor}' then
    perform core.refuse('duty_missing', p_state => '42501');
  elsif not actor.on_duty then
    perform core.refuse('off_duty');
  elsif length(v_reason) < 4 then
    perform core.bad_payload('reason', 'at least 4 characters');
  elsif f.purged_at is not null then
    perform core.refuse('footage_purged', jsonb_build_object('at', f.purged_at));
  elsif (f.served_at is not null) = p_served then
    return;
  end if;
  update core.footage x
  set served_at = case when p_served then clock_timestamp() end, served_by = case when p_served then session_user end,
      served_reason = case when p_served then v_reason end
  where x.district_id = f.district_id and x.id = f.id;
  perform core.audit(case when p_served then 'footage_served' else 'footage_needed' end, (core.footage_facts(f))->>'camera',
                     core.footage_facts(f) - 'reason', v_reason, f.ticket_id);
end $$;

do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array['api.footage_of(bigint)', 'api.loose_footage()', 'api.view_footage(bigint, text)',
      'api.export_footage(bigint, text, text)', 'api.footage_served(bigint, text, boolean)']::regprocedure[] loop
    execute format('revoke all on function %1$s from public; grant execute on function %1$s to ld_console', v_function);
  end loop;
end $$;
