-- Housekeeping of the worker: each call is one short transaction. The owner of the server may run it, and whoever
-- has the duty 'system'.

create or replace function core.require_worker() returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not 'system' = any ((core.actor()).duties) then
    perform core.refuse('duty_missing', p_state => '42501');
  end if;
end $$;

-- One worker per database: true for the session that holds the office until it ends.
create or replace function api.elect_worker() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  return pg_try_advisory_lock(731503);
end $$;

-- In whose name a district's tickets move by themselves.
create or replace function core.worker_of(p_district smallint) returns core.staff
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  worker core.staff;
begin
  select * into worker from core.staff s
  where s.district_id = p_district and 'system' = any (s.duties) and s.valid @> now() order by s.login limit 1;
  if not found then
    perform core.refuse('no_worker');
  end if;
  return worker;
end $$;

-- Holds whose review day has come (T16). A ticket somebody is writing waits for the next sweep.
create or replace function core.holds_to_resume(p_but bigint[], p_limit int) returns setof core.ticket
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select t.* from core.district d
  join core.ticket t on t.district_id = d.id and t.is_open and t.state = 'HOLD'
  where t.hold_review_on <= (clock_timestamp() at time zone d.tz)::date and t.id <> all (p_but)
  order by t.id limit p_limit for update of t skip locked
$$;

-- What ended long enough ago to go to the archive (T22).
create or replace function core.files_to_archive(p_but bigint[], p_limit int) returns setof core.ticket
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select t.* from core.district d
  join core.ticket t on t.district_id = d.id and t.state in ('DONE', 'REFUSED', 'FORWARDED')
  where coalesce(t.closed_at, t.updated_at)
        <= clock_timestamp() - make_interval(days => coalesce(core.setting_value(d.id, 'archive_after_days')::int, 30))
    and t.id <> all (p_but)
  order by t.id limit p_limit for update of t skip locked
$$;

-- Let time act on at most p_limit tickets: 'resume' or 'archive'. What is refused is told and does not stop the
-- others; the caller leaves it out (p_but) until the next sweep.
create or replace function api.sweep_tickets(p_action text, p_but bigint[], p_limit int)
returns table (ticket_id bigint, number text, problem text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket;
begin
  perform core.require_worker();
  for t in
    select * from core.holds_to_resume(p_but, p_limit) where p_action = 'resume'
    union all
    select * from core.files_to_archive(p_but, p_limit) where p_action = 'archive'
  loop
    ticket_id := t.id;
    number := t.number;
    problem := null;
    begin
      perform core.perform(t.id, p_action, core.worker_of(t.district_id), null, null, null, '{}');
    exception when others then  -- whatever it is, it is this ticket's alone
      problem := sqlerrm;
    end;
    return next;
  end loop;
end $$;

-- Desks that have not been heard of for three heartbeats, and what they had taken.
create or replace function api.sweep_presence() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone bigint;
begin
  perform core.require_worker();
  delete from core.presence where at < clock_timestamp() - interval '90 seconds';
  get diagnostics gone = row_count;
  delete from core.claim where not core.is_alive(at);
  return gone;
end $$;

-- Prune at most p_limit of the changes at the old end. The newest of the old stays: the first row that is kept
-- tells how far back the feed reaches (api.position).
create or replace function api.sweep_changes(p_limit int) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  keep record;
  gone bigint;
begin
  perform core.require_worker();
  select c.xid, c.seq into keep from (
    select xid, seq, bool_and(at < now() - interval '2 days') over (order by xid, seq) as is_old
    from core.change order by xid, seq limit p_limit + 1) c
  where c.is_old order by c.xid desc, c.seq desc limit 1;
  delete from core.change c where (c.xid, c.seq) < (keep.xid, keep.seq);
  get diagnostics gone = row_count;
  return gone;
end $$;

-- Years that begin within 60 days and have no notice: what is due in them is provisional (R214).
create or replace function api.missing_notices() returns setof int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  return query
    select distinct extract(year from soon)::int
    from core.district d cross join lateral (values ((now() at time zone d.tz)::date + 60)) s(soon)
    where not exists (select from core.calendar_notice n where n.year = extract(year from soon));
end $$;

do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
      'api.elect_worker()', 'api.sweep_tickets(text, bigint[], integer)', 'api.sweep_presence()',
      'api.sweep_changes(integer)', 'api.missing_notices()']::regprocedure[] loop
    execute format('revoke all on function %1$s from public; grant execute on function %1$s to ld_console', v_function);
  end loop;
end $$;
