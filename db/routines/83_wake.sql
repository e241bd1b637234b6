-- Who is woken: whoever waits for the lock of a scope that was touched, and nobody else. A notice would make every
-- listening session of the database look, whatever its channel; a lock wakes those alone who wait for it, and nobody
-- but the waker can let go of it.
--
-- The waker holds a lock for each scope and epoch. A reader is told the key of its scope's present epoch with the
-- changes up to there, and waits for that lock (api.await_changes). When something changed, the waker takes the next
-- epoch's lock, writes the epoch down and lets go of the last one. Whoever read before that commit waits for a lock
-- that is free by now, whoever read after it has seen the change: nothing falls between.

create or replace function core.wake_key(p_scope text, p_epoch bigint) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ('x' || left(encode(sha256(f.salt || convert_to(p_scope || ' ' || p_epoch, 'UTF8')), 'hex'), 16))::bit(64)::bigint
    | (-9223372036854775808)
  from core.feed f
$$;

-- Is the lock free already? In a hall with much to do it is nearly always. Inlined: no SET, and nothing but SQL.
create or replace function core.is_woken(p_key bigint) returns boolean
language sql volatile as $$
  select case when pg_try_advisory_lock_shared(p_key) then pg_advisory_unlock_shared(p_key) else false end
$$;

-- Wait until the lock is free, or as long as lock_timeout says, a third more or less: desks that nothing concerns, and
-- that linked up together, would else ask together for ever. Nothing is held after, or a reader in a transaction
-- of its own could fill the server's table of locks.
create or replace function core.wait_for_wake(p_key bigint) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('lock_timeout', (s.full_s * 1000 * (2 + 2 * random()) / 3)::int::text, true)
    from (select extract(epoch from current_setting('lock_timeout')::interval)) s(full_s);
  perform pg_advisory_lock_shared(p_key);
  perform pg_advisory_unlock_shared(p_key);
exception when lock_not_available then
  null;
end $$;

-- How long a desk rests that was told something, in milliseconds, more or less (console/kit/pace.py). The first change
-- in a quiet scope is told at once; of many in a row a hall hears twelve times a second, a street or a department
-- twice: they are hundreds of desks. Each rests by itself: woken all at once, they queue for the processors, and
-- whoever writes meanwhile waits behind them.
create or replace function core.rest_of(p_scope text) returns int
language sql immutable as $$ select case when p_scope like 'district %' then 75 else 500 end $$;

-- The life of the server in which positions of the feed are good. One that crashed, and a standby that took its
-- place, may give a transaction number a second time; either has lost what is unlogged. Null: nobody has ticked yet.
create or replace function api.server_life() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select c.system_identifier || ' ' || w.epoch from core.wake w, pg_control_system() c where w.scope = 'life');
end $$;

-- One waker per database: true for the session that holds the office until it ends.
create or replace function api.elect_waker() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  return pg_try_advisory_lock(731504);
end $$;

-- The scopes concerned by what came since a snapshot. Reads by snapshots as desks do (80_feed.sql), so that whoever is
-- woken finds what woke him.
create or replace function core.touched(p_since pg_snapshot) returns text[]
language plpgsql stable set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan set enable_bitmapscan = off as $$
declare
  v_ran xid8[] := array(select pg_snapshot_xip(p_since));
  v_from xid8 := pg_snapshot_xmin(p_since);
  v_new xid8 := pg_snapshot_xmax(p_since);
begin
  return array(
    select c.scope from core.change c
    where c.xid::text::bigint >= v_new::text::bigint and c.xid::text::bigint < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
      and c.xid >= v_new and c.xid < pg_snapshot_xmax(pg_current_snapshot())
    union
    select c.scope from core.change c
    where c.xid::text::bigint = any (v_ran::text[]::bigint[]) and c.xid >= v_from and c.xid < v_new);
end $$;

-- A lock for each scope anybody sits in; `life` names the life of the server (api.server_life).
create or replace function core.add_wakes() returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into core.wake (scope, district_id, epoch, key)
  select w.scope, w.district_id, w.epoch, core.wake_key(w.scope, w.epoch)
  from (select 'life' as scope, 0 as district_id, (extract(epoch from clock_timestamp()) * 1000000)::bigint as epoch
        union
        select seat.scope, seat.district_id, 0 from core.staff s cross join lateral core.seat_of(s.login) seat) w
  on conflict do nothing
$$;

-- Take the lock of a scope's next epoch and write the epoch down.
create or replace function core.begin_epoch(p_wake core.wake) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_key bigint := core.wake_key(p_wake.scope, p_wake.epoch + 1);
begin
  perform pg_advisory_lock(v_key);
  update core.wake w set epoch = p_wake.epoch + 1, key = v_key where w.scope = p_wake.scope;
end $$;

-- Begin the next epoch of every scope concerned: of all at the first tick (null), of a district's when its directory
-- or a shared view changed; what is said to one person concerns the scope this person waits for. Returns where to go
-- on, and the keys to let go of once this is committed.
create or replace function api.tick(p_since pg_snapshot, out snapshot pg_snapshot, out ended bigint[])
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_touched text[];
  v_wake core.wake;
begin
  perform core.require_worker();
  perform setval('core.wake_tick', (extract(epoch from clock_timestamp()) * 1000)::bigint);
  select pg_current_snapshot(), core.touched(p_since) into snapshot, v_touched;
  if p_since is null or v_touched::text like '%common %' then
    perform core.add_wakes();
  end if;
  for v_wake in
    select * from core.wake w
    where w.district_id > 0 and (p_since is null or w.scope = any (v_touched)
      or 'common ' || w.district_id = any (v_touched)
      or w.scope in (select seat.scope from unnest(v_touched) s(scope) cross join lateral core.seat_of(substr(s.scope, 8)::name) seat
                     where s.scope like 'person %'))
    for update
  loop
    if p_since is not null and v_wake.epoch > 0 then  -- else nobody holds it
      ended := ended || v_wake.key;
    end if;
    perform core.begin_epoch(v_wake);
  end loop;
end $$;
drop function if exists api.tick(pg_snapshot, bigint);

-- Begin the next epoch of a scope taken at random, though nothing is there; returns the key to let go of. Whoever is
-- kept off a ticket in his scope waits for the same lock as those who are not: if only changes woke, being woken and
-- finding nothing would tell him that there is something (R902). Once a second, it happens to everybody.
create or replace function api.tick_blindly() returns bigint[]
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_wake core.wake;
begin
  perform core.require_worker();
  select * into v_wake from core.wake w where w.district_id > 0 and w.epoch > 0 order by random() limit 1 for update;
  if v_wake.scope is null then
    return null;
  end if;
  perform core.begin_epoch(v_wake);
  return array[v_wake.key];
end $$;

-- Let go of these locks: whoever waits for one looks now.
create or replace function api.wake(p_ended bigint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  perform pg_advisory_unlock(k.key) from unnest(p_ended) k(key) where k.key < 0;
end $$;
