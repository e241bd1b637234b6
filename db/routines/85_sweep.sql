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
  where coalesce(t.closed_at, t.created_at)
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

-- Desks whose connection is gone: what those in p_desks had open or taken ends, the others are named. The caller names
-- them again when they have been gone for a while: a link that was cut comes back. A desk is a person's: whoever gives
-- another's as his own ends nothing of the other's.
drop function if exists api.sweep_desks(uuid[]);
create or replace function api.sweep_desks(p_desks text[]) returns text[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_gone text[];
begin
  perform core.require_worker();
  v_gone := array(
    select d.login || ' ' || d.desk
    from (select c.login, c.desk from core.claim c union select p.login, p.desk from core.presence p) d
    where pg_try_advisory_xact_lock(7316, core.desk_lock(d.login, d.desk)));
  delete from core.presence where login || ' ' || desk = any (v_gone) and login || ' ' || desk = any (p_desks);
  delete from core.claim where login || ' ' || desk = any (v_gone) and login || ' ' || desk = any (p_desks);
  return array(select unnest(v_gone) except select unnest(p_desks));
end $$;

-- A partition of core.change holds 2^20 transactions: a district's day, or two weeks of a small centre.
create or replace function core.change_bits() returns int language sql stable as $$ select 20 $$;

create or replace function core.change_slot(p_xid xid8) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$ select p_xid::text::bigint >> core.change_bits() $$;

create or replace function core.change_bound(p_slot bigint) returns xid8
language sql stable set search_path = pg_catalog, pg_temp as $$ select (p_slot << core.change_bits())::text::xid8 $$;

-- The current partition and two ahead. ATTACH, because it lets writers and readers go on; CREATE … PARTITION OF
-- would wait for all of them. Never vacuumed or counted: nothing in them is ever dead, and each count would have all
-- desks plan their question anew, all at once. What began while no worker was there stays in the default partition to its end.
create or replace function core.make_change_partitions() returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_now bigint := core.change_slot(pg_snapshot_xmax(pg_current_snapshot()));
  v_from xid8;
  v_to xid8;
begin
  for v_slot in v_now .. v_now + 2 loop
    v_from := core.change_bound(v_slot);
    v_to := core.change_bound(v_slot + 1);
    continue when to_regclass('core.change_' || v_slot) is not null
      or exists (select from core.change_default c where c.xid::text::bigint between v_from::text::bigint and v_to::text::bigint - 1);
    begin
      execute format('create table core.change_%s (like core.change including defaults including constraints)
        with (autovacuum_enabled = off)', v_slot);
      execute format('alter table core.change_%s enable row level security, force row level security', v_slot);
      execute format('create policy owner on core.change_%s to ld_owner using (true) with check (true)', v_slot);
      execute format('alter table core.change attach partition core.change_%s for values from (%L) to (%L)',
        v_slot, v_from, v_to);
    exception when check_violation then
      null;  -- a writer was quicker
    end;
  end loop;
end $$;

-- Drop what is older than two days and tell readers how far back the feed reaches (api.position). A partition is
-- dropped whole, and only when no transaction is left that might write into it.
create or replace function core.drop_change_partitions() returns bigint
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_part record;
  v_newest core.change;
  v_dropped bigint := 0;
begin
  for v_part in
    select c.relname as name, core.change_bound(s.slot + 1) as upper
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
    cross join lateral (select substring(c.relname from '^change_([0-9]+)$')::bigint as slot) s
    where i.inhparent = 'core.change'::regclass and s.slot < core.change_slot(pg_snapshot_xmin(pg_current_snapshot()))
  loop
    execute format('select * from core.%I order by xid::text::bigint desc limit 1', v_part.name) into v_newest;
    if v_newest.at is null or v_newest.at < now() - interval '2 days' then
      if v_newest.at is not null then  -- nothing is missing where nothing was: whoever burns numbers moves nobody
        update core.feed f set floor = greatest(f.floor, v_part.upper);
      end if;
      execute format('drop table core.%I', v_part.name);
      v_dropped := v_dropped + 1;
    end if;
  end loop;
  select * into v_newest from core.change_default order by xid::text::bigint desc limit 1;
  if v_newest.at < now() - interval '2 days' then
    lock table core.change_default in access exclusive mode;
    select * into v_newest from core.change_default order by xid::text::bigint desc limit 1;  -- one may have come before the lock
    if v_newest.at < now() - interval '2 days' then
      update core.feed f set floor = greatest(f.floor, (v_newest.xid::text::bigint + 1)::text::xid8);
      truncate core.change_default;
      v_dropped := v_dropped + 1;
    end if;
  end if;
  return v_dropped;
end $$;

-- Make partitions ahead, drop old ones; returns how many went. Whoever reads or writes the feed for long is not
-- waited for, because everybody else would wait behind: the next sweep tries again.
create or replace function api.sweep_changes() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '200ms' as $$
begin
  perform core.require_worker();
  perform core.make_change_partitions();
  return core.drop_change_partitions();
exception when lock_not_available then
  return 0;
end $$;
select core.make_change_partitions();  -- also without a worker the feed begins in order

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

drop function if exists api.sweep_changes(integer);
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
      'api.elect_worker()', 'api.sweep_tickets(text, bigint[], integer)', 'api.sweep_presence()', 'api.sweep_desks(text[])',
      'api.sweep_changes()', 'api.missing_notices()',
      'api.elect_waker()', 'api.tick(pg_snapshot)', 'api.tick_blindly()', 'api.wake(bigint[])']::regprocedure[] loop
    execute format('revoke all on function %1$s from public; grant execute on function %1$s to ld_console', v_function);
  end loop;
end $$;
