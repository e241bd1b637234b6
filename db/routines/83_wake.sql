-- Who is woken: one channel per scope. Everybody may LISTEN and NOTIFY, so a channel says nothing but "look", and
-- its name is a secret of those who may read the scope.

create or replace function core.channel_of(p_scope text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select 'ld_' || left(encode(sha256(f.salt || convert_to(p_scope, 'UTF8')), 'hex'), 40) from core.feed f
$$;

-- The channels of the asking person.
create or replace function api.feed_channel() returns text[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return array(select core.channel_of(s.scope) from unnest(core.my_scopes()) s(scope));
end $$;

-- One waker per database: true for the session that holds the office until it ends.
create or replace function api.elect_waker() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  return pg_try_advisory_lock(731504);
end $$;

-- Wake whom the changes concern that came since the last tick; null: the first one, which only begins. Reads by
-- snapshots as desks do (80_feed.sql), so that whoever is woken finds what woke him. Returns where to go on.
create or replace function api.tick(p_since pg_snapshot) returns pg_snapshot
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan set enable_bitmapscan = off as $$
declare
  v_ran xid8[] := array(select pg_snapshot_xip(p_since));
  v_from xid8 := pg_snapshot_xmin(p_since);
  v_new xid8 := pg_snapshot_xmax(p_since);
  v_now pg_snapshot;
  v_scopes text[];
  v_channel text;
begin
  perform core.require_worker();
  perform setval('core.wake_tick', (extract(epoch from clock_timestamp()) * 1000)::bigint);
  select pg_current_snapshot(), array(
    select c.scope from core.change c
    where c.xid::text::bigint >= v_new::text::bigint and c.xid::text::bigint < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
      and c.xid >= v_new and c.xid < pg_snapshot_xmax(pg_current_snapshot())
    union
    select c.scope from core.change c
    where c.xid::text::bigint = any (v_ran::text[]::bigint[]) and c.xid >= v_from and c.xid < v_new)
  into v_now, v_scopes;
  for v_channel in select core.channel_of(s.scope) from unnest(v_scopes) s(scope) loop
    execute format('notify %I', v_channel);
  end loop;
  return v_now;
end $$;

create or replace function api.count_listeners() returns bigint
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.require_worker();
  return (select count(*) from pg_stat_activity a
          where a.datname = current_database() and a.application_name = 'liangdeng feed');
end $$;
