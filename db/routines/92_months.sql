-- Months: tickets lie in one partition per month of their creation, their events beside them. What is open is
-- sought in the months that have open tickets, history a few months at a time, so that no list grows with the years.

-- The least id of a month (see core.ticket.id).
create or replace function core.month_start(p_month date) returns bigint
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select to_char(p_month, 'YYYYMM')::bigint * 100000000
$$;

-- Make the partitions of a month unless they are there. Attached, not created in place: that would stop every reader.
create or replace function core.ensure_month(p_day date) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_name constant text := to_char(p_day, 'YYYYMM');
  v_month constant date := date_trunc('month', p_day);
  v_from constant bigint := core.month_start(v_month);
  v_to constant bigint := core.month_start((v_month + interval '1 month')::date);
begin
  if to_regclass('core.event_p' || v_name) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(731506);
  -- Another session may have made them meanwhile: names that were looked up before the wait are remembered as unknown.
  if exists (select from pg_class c where c.relnamespace = 'core'::regnamespace and c.relname = 'event_p' || v_name) then
    return;
  end if;
  perform core.make_part('ticket', v_name, v_from, v_to);
  execute format('create unique index %I on core.%I (district_id, number)', 'ticket_p' || v_name || '_number', 'ticket_p' || v_name);
  perform core.make_part('event', v_name, v_from, v_to);
  execute format('create trigger _500_immutable before update or delete or truncate on core.%I
                  for each statement execute function core.tg_event__immutable()', 'event_p' || v_name);
end $$;

create or replace function core.make_part(p_table text, p_name text, p_from bigint, p_to bigint) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_part constant text := p_table || '_p' || p_name;
begin
  -- Room for one more version of a ticket's row. Counting or vacuuming a month makes every desk plan anew what looks for
  -- tickets of any month, all desks at once: not after fifty changes, as PostgreSQL would in a young month.
  execute format('create table core.%I (like core.%I including defaults including constraints including storage) with (fillfactor = %s,
                  autovacuum_analyze_threshold = 10000, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_insert_threshold = 10000)',
                 v_part, p_table, case p_table when 'ticket' then 80 else 100 end);
  execute format('alter table core.%I enable row level security, force row level security', v_part);
  execute format('create policy owner on core.%I to ld_owner using (true) with check (true)', v_part);
  execute format('alter table core.%I attach partition core.%I for values from (%s) to (%s)', p_table, v_part, p_from, p_to);
end $$;

-- This month and the next three; the worker keeps them ahead, and the first ticket of a month makes what is missing.
create or replace function core.ensure_months() returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select core.ensure_month((date_trunc('month', now()) + make_interval(months => n))::date) from generate_series(0, 3) n
$$;

create or replace function core.tg_ticket__open_month() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into core.open_month
    select distinct n.district_id, (n.id / 100000000)::int from new_rows n where n.is_open
    on conflict do nothing;
  return null;
end $$;
create or replace trigger _400_open_insert after insert on core.ticket
  referencing new table as new_rows for each statement execute function core.tg_ticket__open_month();
create or replace trigger _400_open_update after update on core.ticket
  referencing new table as new_rows for each statement execute function core.tg_ticket__open_month();

-- Take out a month without open tickets, the oldest first. The lock waits for every write under way and holds later
-- ones off: none of them may count on an entry that goes. Where a write takes long, the next sweep tries again.
create or replace function api.sweep_months() returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp set lock_timeout = '200ms' as $$
declare
  m core.open_month;
  v_gone integer := 0;
begin
  perform core.require_worker();
  perform core.ensure_months();
  for m in select * from core.open_month o where core.is_month_closed(o) order by o.month loop
    begin
      lock table core.ticket in share row exclusive mode;
    exception when lock_not_available then
      exit;
    end;
    if core.is_month_closed(m) then
      delete from core.open_month o where o = m;
      v_gone := v_gone + 1;
    end if;
  end loop;
  return v_gone;
end $$;

create or replace function core.is_month_closed(m core.open_month) returns boolean
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  return not exists (select from core.ticket t where t.is_open and t.district_id = m.district_id
                     and t.id >= m.month * 100000000::bigint and t.id < (m.month + 1) * 100000000::bigint);
end $$;

-- Where this person's lists look for open tickets: always in this month and the last, and in each older one with an open
-- ticket that he is not kept off (R902): that another is read would say that there is a ticket. Every older one is asked,
-- or the time would say which; by its own table, since a plan over all months takes longer than the page.
create or replace function core.my_open_months() returns integer[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  me record;
  v_now timestamp;
  v_months integer[];
  v_asked text;
  v_older integer[];
begin
  select * into me from core.standpoint(session_user);
  -- The district's months, as ids have them, whatever the session's zone: on the first it is still the last elsewhere.
  v_now := now() at time zone coalesce((select d.tz from core.district d where d.id = me.district_id), 'UTC');
  v_months := array[to_char(v_now - interval '1 month', 'YYYYMM'), to_char(v_now, 'YYYYMM')]::integer[];
  select string_agg(format('select %s where exists (select from core.%I t where t.is_open and t.district_id = $1'
      ' and not core.is_barred(t::core.ticket, session_user, $2, $3))', m.month, 'ticket_p' || m.month), ' union all ')
    into v_asked from core.open_month m where m.district_id = me.district_id and m.month <> all (v_months);
  if v_asked is not null then
    execute format('select array(%s)', v_asked) into v_older using me.district_id, me.unit_id, me.scope;
  end if;
  return v_months || v_older;
end $$;

-- Where the open tickets t of these months are, as SQL with numbers in it: the planner then opens no other partition.
drop function if exists core.open_where(smallint);
create or replace function core.open_where(p_months integer[]) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce('(' || string_agg(format('t.id >= %s and t.id < %s', lower(span), upper(span)), ' or ' order by span) || ')', 'false')
  from (select unnest(range_agg(int8range(month * 100000000::bigint, (month + 1) * 100000000::bigint))) as span
        from unnest(p_months) month) s
$$;

-- The months that have partitions, newest first, in spans that double: what is frequent is found in the first of them,
-- what is rare costs a few queries and not one per month.
create or replace function core.month_spans(p_from bigint, p_to bigint) returns int8range[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(span order by span desc), '{}')
  from (
    select int8range(min(low), max(low) + 100000000) as span
    from (
      select low, floor(log(2, (row_number() over (order by low desc))::numeric)) as step
      from (
        select substring(c.relname from '\d{6}$')::bigint * 100000000 as low
        from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'core.ticket'::regclass
      ) parts
      where low + 100000000 > coalesce(p_from, 0) and low < coalesce(p_to, 9223372036854775807)
    ) steps
    group by step
  ) spans
$$;

select core.ensure_months();

revoke all on function api.sweep_months() from public;
grant execute on function api.sweep_months() to ld_console;
