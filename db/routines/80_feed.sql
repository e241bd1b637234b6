-- The change feed: what was written, for whom, without holes. Writers only append; who wakes is in 83_wake.sql.

-- Scopes are words, so that one index and one comparison serve everybody. Inlined: no SET, and nothing but SQL.
create or replace function core.scopes_of(
  p_district smallint, p_ticket bigint, p_town int, p_area int, h_town int, h_area int, h_dept int)
returns table (scope text)
language sql stable as $$
  select 'district ' || p_district
  union select 'town ' || t.id from unnest(array[p_town, h_town]) t(id) where t.id is not null
  union select 'area ' || a.id from unnest(array[p_area, h_area]) a(id) where a.id is not null
  union select 'dept ' || h_dept where h_dept is not null
  union select s.scope
        from core.guest g
        cross join lateral (values ('town ' || g.h_town), ('area ' || g.h_area), ('dept ' || g.h_dept)) s(scope)
        where g.district_id = p_district and g.ticket_id = p_ticket and s.scope is not null
$$;

-- What a person hears of, and the scope this person waits for (83_wake.sql). Inlined like the one before.
create or replace function core.seat_of(p_login name) returns table (district_id smallint, scope text, scopes text[])
language sql stable as $$
  select p.district_id, p.feed_scope, array['common ' || p.district_id, 'person ' || p_login, p.feed_scope]
  from core.place_of(p_login) p
$$;

-- Is the asking person kept off the ticket (R902, R903)? Asked of the few tickets with somebody kept off.
create or replace function core.is_kept_off(p_ticket bigint) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from core.standpoint(session_user) me
                 where core.is_barred(core.ticket_of(p_ticket), session_user, me.unit_id, me.scope));
end $$;
drop function if exists core.is_kept_off(smallint, bigint);

-- Changes of older transactions are no longer complete. In a database restored into a younger server the stored
-- number lies in the future and says nothing. Inlined.
drop function if exists core.feed_floor();
create function core.feed_floor() returns table (xid xid8)
language sql stable as $$
  select case when f.floor <= pg_snapshot_xmin(pg_current_snapshot()) then f.floor else '0' end from core.feed f
$$;

-- What changed since a snapshot; before it, in the first row, the position behind it: the next p_since. With a key:
-- wait before reading until the waker lets go of it (83_wake.sql), about three seconds at most.
-- New is what the snapshot of the last reading did not show and this one's does: transactions that began later, and
-- those that ran then and have ended. Numbers are handed out before commit, so "greater than the last seen" would miss
-- late commits, and waiting for the oldest transaction would let one long import hold up everybody.
-- Old changes are dropped (85_sweep.sql): a reader who has not seen all before `oldest` has missed some and must
-- reload; so must whoever gets p_limit changes. `rest_ms`: so long whoever was told something rests before asking
-- again (core.rest_of); null: nobody wakes, readers look by themselves.
-- Every desk asks this whenever something concerns it: few statements, and each bounds xid, so that only their
-- partitions are touched. Their plans are kept and may not be made for a feed that is still short. No table is touched
-- before the wait is over, or those who wait would hold up a migration. Definer: core.change is closed to consoles,
-- this is its only door. Whoever is kept off a ticket hears of it only what is said to oneself; what
-- is left out does not count towards the limit, or its place would be seen.
drop function if exists api.changes_since(pg_snapshot, integer);
drop function if exists api.position();
drop function if exists api.await_changes(bigint, pg_snapshot, integer);
create function api.await_changes(p_key bigint, p_since pg_snapshot, p_limit integer)
returns table (snapshot text, oldest text, rest_ms integer, wake_key bigint,
               what text, id bigint, version integer, by_login name)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set lock_timeout = '3s' set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  v_limit int := least(greatest(p_limit, 1), 5000);
  v_scopes text[];
  v_here pg_snapshot;
  v_ran xid8[];
begin
  if p_key < 0 and not core.is_woken(p_key) then
    perform core.wait_for_wake(p_key);
  end if;
  select pg_current_snapshot(), seat.scopes, floor.xid::text, w.key,
      case when t.last_value > extract(epoch from clock_timestamp()) * 1000 - 2000 then core.rest_of(seat.scope) end
    into v_here, v_scopes, oldest, wake_key, rest_ms
    from core.seat_of(session_user) seat cross join core.feed_floor() floor cross join core.wake_tick t
    left join core.wake w on w.scope = seat.scope;
  if not found then
    perform core.myself();  -- says why
  end if;
  snapshot := v_here::text;
  return next;
  if pg_snapshot_xmin(p_since) < pg_snapshot_xmax(p_since) then
    v_ran := array(select pg_snapshot_xip(p_since));
    return query
      select null::text, null::text, null::integer, null::bigint, c.what, c.id, c.version, c.by_login
      from (select * from core.change n
            where n.scope = any (v_scopes) and n.xid = any (v_ran) and pg_visible_in_snapshot(n.xid, v_here)
              and n.xid >= pg_snapshot_xmin(p_since) and n.xid < pg_snapshot_xmax(p_since)
              and (n.scope = v_scopes[2]
                or not exists (select from core.barred b where b.district_id = n.district_id and b.ticket_id = n.id)
                or not core.is_kept_off(n.id))
            limit v_limit) c
      order by c.xid, c.seq;
  end if;
  return query
    select null::text, null::text, null::integer, null::bigint, c.what, c.id, c.version, c.by_login
    from (select * from core.change n
          where n.scope = any (v_scopes) and pg_visible_in_snapshot(n.xid, v_here)
            and n.xid >= pg_snapshot_xmax(p_since) and n.xid < pg_snapshot_xmax(v_here)
            and (n.scope = v_scopes[2]
              or not exists (select from core.barred b where b.district_id = n.district_id and b.ticket_id = n.id)
              or not core.is_kept_off(n.id))
          limit v_limit) c
    order by c.xid, c.seq;
end $$;

create function api.changes_since(p_since pg_snapshot, p_limit integer)
returns table (snapshot text, oldest text, rest_ms integer, wake_key bigint,
               what text, id bigint, version integer, by_login name)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select * from api.await_changes(0, p_since, p_limit)
$$;

-- The position behind everything that has been committed.
create function api.position()
returns table (snapshot text, oldest text, rest_ms integer, wake_key bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select c.snapshot, c.oldest, c.rest_ms, c.wake_key from api.await_changes(0, pg_current_snapshot(), 1) c limit 1
$$;

-- Tickets: one row for each scope that sees the ticket, one more where the scope changed, and those of the main
-- ticket of a merge: who looks at it must see the merged one come and go.

create or replace function core.tg_ticket__write() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, version, district_id, scope)
    select 'ticket', n.id, n.version, n.district_id, s.scope
    from new_rows n
    cross join lateral core.scopes_of(n.district_id, n.id, n.p_town, n.p_area, n.h_town, n.h_area, n.h_dept) s;
  return null;
end $$;

-- One after the other, each planned for its month alone (core.ticket_of).
create or replace function core.announce(p_what text, p_tickets bigint[]) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  v_ticket bigint;
begin
  foreach v_ticket in array p_tickets loop
    insert into core.change (what, id, version, district_id, scope)
      select p_what, t.id, t.version, t.district_id, s.scope
      from core.ticket t
      cross join lateral core.scopes_of(t.district_id, t.id, t.p_town, t.p_area, t.h_town, t.h_area, t.h_dept) s
      where t.id = v_ticket;
  end loop;
end $$;

-- A ticket that leaves a scope is announced there too.
create or replace function core.tg_ticket__scope() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, version, district_id, scope)
    select 'ticket', new.id, new.version, old.district_id, s.scope
    from core.scopes_of(old.district_id, old.id, old.p_town, old.p_area, old.h_town, old.h_area, old.h_dept) s
    where s.scope not in (
      select n.scope
      from core.scopes_of(new.district_id, new.id, new.p_town, new.p_area, new.h_town, new.h_area, new.h_dept) n);
  return null;
end $$;

-- Whoever becomes a guest hears of it.
create or replace function core.tg_guest__insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, version, district_id, scope)
    select 'ticket', t.id, t.version, t.district_id, s.scope
    from new_rows n
    join core.ticket t on t.district_id = n.district_id and t.id = n.ticket_id
    cross join lateral (values ('town ' || n.h_town), ('area ' || n.h_area), ('dept ' || n.h_dept)) s(scope)
    where s.scope is not null;
  return null;
end $$;

create or replace function core.tg_ticket__main() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.announce('ticket', array[old.main_ticket_id, new.main_ticket_id]);
  return null;
end $$;

create or replace function core.tg_presence__insert() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.announce('presence', array(select n.ticket_id from new_rows n));
  return null;
end $$;

create or replace function core.tg_presence__delete() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.announce('presence', array(select o.ticket_id from old_rows o));
  return null;
end $$;

-- The heartbeat of an unchanged presence is nobody's news.
create or replace function core.tg_presence__update() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.announce('presence', array(
    select n.ticket_id from new_rows n join old_rows o using (login, desk, ticket_id) where n.typing <> o.typing));
  return null;
end $$;

-- A view of one's own is news for oneself alone, a shared one for the district.
create or replace function core.tg_saved_view__write() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, district_id, scope)
    select distinct 'view', coalesce(new.id, old.id), coalesce(new.district_id, old.district_id), s.scope
    from unnest(array[coalesce('person ' || old.owner, 'common ' || old.district_id),
                      coalesce('person ' || new.owner, 'common ' || new.district_id)]) s(scope)
    where s.scope is not null;
  return null;
end $$;

-- Directory tables are small and cached whole: one change per statement and district.
create or replace function core.tg_directory__write() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, district_id, scope) select 'directory', 0, d.id, 'common ' || d.id from core.district d;
  return null;
end $$;

create or replace trigger _500_insert after insert on core.ticket
  referencing new table as new_rows for each statement execute function core.tg_ticket__write();
create or replace trigger _500_update after update on core.ticket
  referencing new table as new_rows for each statement execute function core.tg_ticket__write();
-- By row: joining old and new rows of a statement is planned for as many as the first statement had.
create or replace trigger _510_scope after update on core.ticket for each row
  when ((old.p_town, old.p_area, old.h_town, old.h_area, old.h_dept)
    is distinct from (new.p_town, new.p_area, new.h_town, new.h_area, new.h_dept))
  execute function core.tg_ticket__scope();
create or replace trigger _520_main after update on core.ticket for each row
  when (old.main_ticket_id is distinct from new.main_ticket_id) execute function core.tg_ticket__main();
create or replace trigger _500_insert after insert on core.guest
  referencing new table as new_rows for each statement execute function core.tg_guest__insert();
create or replace trigger _500_insert after insert on core.presence
  referencing new table as new_rows for each statement execute function core.tg_presence__insert();
create or replace trigger _500_update after update on core.presence
  referencing old table as old_rows new table as new_rows for each statement execute function core.tg_presence__update();
create or replace trigger _500_delete after delete on core.presence
  referencing old table as old_rows for each statement execute function core.tg_presence__delete();
create or replace trigger _500_write after insert or update or delete on core.saved_view
  for each row execute function core.tg_saved_view__write();

do $$
declare
  v_table text;
begin
  foreach v_table in array '{territory,unit,grid_worker,staff,category,source,reason,responsibility,workday,setting}'::text[] loop
    execute format('create or replace trigger _500_write after insert or update or delete on core.%I
                    for each statement execute function core.tg_directory__write()', v_table);
  end loop;
end $$;
