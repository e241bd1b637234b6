-- The change feed: what was written, for whom, in an order that has no holes; and the wake-up behind it.

-- Console protocol: p = position(); rows = changes_since(last, n); fewer than n rows mean that p is the next last.
-- Changes are pruned (85_sweep.sql): a reader whose last lies before `oldest` has missed some and must reload.
-- Definer: the oldest change of all, not the oldest this person may see.
create or replace function api.position() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('xid', pg_snapshot_xmin(pg_current_snapshot())::text, 'seq', 0, 'oldest',
    (select jsonb_build_object('xid', c.xid::text, 'seq', c.seq) from core.change c order by c.xid, c.seq limit 1))
$$;

-- Row security of core.change filters by scope. A transaction is shown only when every older one has ended:
-- sequence numbers are handed out before commit, so "greater than the last seen" would miss late commits.
drop function if exists api.changes_since(xid8, bigint, integer);
create function api.changes_since(p_xid xid8, p_seq bigint, p_limit integer)
returns table (xid xid8, seq bigint, what text, id bigint, version integer, by_login name)
language sql stable set search_path = pg_catalog, pg_temp
begin atomic
  select c.xid, c.seq, c.what, c.id, c.version, c.by_login
  from core.change c
  where (c.xid, c.seq) > (p_xid, p_seq) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
  order by c.xid, c.seq
  limit least(greatest(p_limit, 1), 1000);
end;

-- Tickets: one change per row, one more with the old scope where the scope changed, and one of the main ticket
-- of a merge: who looks at it must see the merged one come and go.

create or replace function core.tg_ticket__write() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, version, district_id, p_town, p_area, h_town, h_area, h_dept)
    select 'ticket', n.id, n.version, n.district_id, n.p_town, n.p_area, n.h_town, n.h_area, n.h_dept
    from new_rows n;
  return null;
end $$;

create or replace function core.announce(p_what text, p_tickets bigint[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, version, district_id, p_town, p_area, h_town, h_area, h_dept)
    select p_what, t.id, t.version, t.district_id, t.p_town, t.p_area, t.h_town, t.h_area, t.h_dept
    from core.ticket t where t.id = any (p_tickets);
end $$;

-- A ticket that leaves a scope is announced there too.
create or replace function core.tg_ticket__scope() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, version, district_id, p_town, p_area, h_town, h_area, h_dept)
  values ('ticket', new.id, new.version, old.district_id, old.p_town, old.p_area, old.h_town, old.h_area, old.h_dept);
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

create or replace function core.tg_saved_view__write() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, district_id) values ('view', coalesce(new.id, old.id), coalesce(new.district_id, old.district_id));
  return null;
end $$;

-- Directory tables are small and cached whole: one change per statement and district.
create or replace function core.tg_directory__write() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.change (what, id, district_id) select 'directory', 0, d.id from core.district d;
  return null;
end $$;

-- One empty notice per 40 ms: the first writer of a tick sends it. Runs at commit, so that little time lies
-- between the notice and the row it announces.
create or replace function core.tg_change__wake() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_tick bigint := floor(extract(epoch from clock_timestamp()) * 25);
begin
  if (select w.last_value from core.wake_tick w) < v_tick then
    perform setval('core.wake_tick', v_tick);
    notify liangdeng_wake;
  end if;
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

drop trigger if exists _900_wake on core.change;
create constraint trigger _900_wake after insert on core.change deferrable initially deferred
  for each row execute function core.tg_change__wake();
