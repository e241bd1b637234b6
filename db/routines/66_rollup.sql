-- Counts of closed tickets in cells, kept by the worker from the change feed. core.rolled tells in which cell a
-- ticket is counted, so counting it again changes nothing. No trigger counts: writers never wait for one another here.

-- Working days to the answer, by the calendar; 11 stands for 11 and more.
create or replace function core.answer_days(p_from timestamptz, p_to timestamptz, p_district smallint) returns smallint
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_days constant int := core.workdays_between(p_from, p_to, p_district);
begin
  return case when v_days is not null then least(greatest(v_days, 0), 11) end;
end $$;

create or replace function core.add_days(p_one bigint[], p_other bigint[]) returns bigint[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array_agg(a + b order by n) from unnest(p_one, p_other) with ordinality x(a, b, n)
$$;

-- A closed ticket as it is counted.
drop view if exists core.countable cascade;
create view core.countable as
  select c.*, md5(concat_ws('|', c.month, c.state, coalesce(c.p_town, 0), coalesce(c.h_town, 0), coalesce(c.h_dept, 0),
                    coalesce(c.handler_unit_id, 0), coalesce(c.domain_id, 0), coalesce(c.class_id, 0), c.channel, c.kind,
                    c.overdue, c.answer))::uuid as cell
  from (
    select t.district_id, t.id as ticket_id, date_trunc('month', t.created_at at time zone d.tz)::date as month, t.state,
           t.p_town, t.h_town, t.h_dept, t.handler_unit_id, t.domain_id,
           case when k.level = 3 then k.parent_id else k.id end as class_id,
           t.channel, t.kind, t.red_since is not null as overdue, t.answer,
           core.answer_days(coalesce(t.dispatched_at, t.created_at), t.answered_at, t.district_id) as days
    from api.tickets t
    join core.district d on d.id = t.district_id
    left join core.category k on k.id = t.category_id
    where not t.is_open
  ) c;

-- Count these tickets as they are now, and no longer as they were.
create or replace function core.roll(p_tickets bigint[]) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  with fresh as materialized (
    select c.* from core.countable c where c.ticket_id = any (p_tickets)
  ), moved as materialized (
    select coalesce(n.district_id, o.district_id) as district_id, coalesce(n.ticket_id, o.ticket_id) as ticket_id,
           o.cell as old_cell, o.days as old_days, n.cell, n.days
    from (select r.* from core.rolled r
          where (r.district_id, r.ticket_id) in (select t.district_id, t.id from core.ticket t where t.id = any (p_tickets))) o
    full join fresh n on n.district_id = o.district_id and n.ticket_id = o.ticket_id
    where (o.cell, o.days) is distinct from (n.cell, n.days)
  ), steps as (
    select m.district_id, m.old_cell as cell, -1 as n, m.old_days as days from moved m where m.old_cell is not null
    union all
    select m.district_id, m.cell, 1, m.days from moved m where m.cell is not null
  ), sums as materialized (
    select s.district_id, s.cell, sum(s.n)::bigint as tickets,
           array(select coalesce(sum(x.n), 0)::bigint from generate_series(0, 11) d
                 left join steps x on x.district_id = s.district_id and x.cell = s.cell and x.days = d
                 group by d order by d) as days
    from steps s group by s.district_id, s.cell
  ), known as (
    update core.rollup r set tickets = r.tickets + s.tickets, days = core.add_days(r.days, s.days)
    from sums s where s.district_id = r.district_id and s.cell = r.cell
    returning r.district_id, r.cell
  ), made as (
    insert into core.rollup
    select distinct on (f.district_id, f.cell) f.district_id, f.cell, f.month, f.state, f.p_town, f.h_town, f.h_dept,
           f.handler_unit_id, f.domain_id, f.class_id, f.channel, f.kind, f.overdue, f.answer, s.tickets, s.days
    from sums s join fresh f on f.district_id = s.district_id and f.cell = s.cell
    where not exists (select from core.rollup r where r.district_id = s.district_id and r.cell = s.cell)
  ), taken as (
    delete from core.rolled r using moved m
    where m.cell is null and r.district_id = m.district_id and r.ticket_id = m.ticket_id
  )
  insert into core.rolled
  select m.district_id, m.ticket_id, m.cell, m.days from moved m where m.cell is not null
  on conflict (district_id, ticket_id) do update set cell = excluded.cell, days = excluded.days
$$;

-- Are the cells true up to core.rollup_reach, and can the changes since still be read?
create or replace function core.rollup_holds(r core.rollup_reach) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return r.xid is not null and r.xid >= (select floor.xid from core.feed_floor() floor);
end $$;

-- Tickets written since the cells were true; null where the cells cannot serve, or too much has happened.
create or replace function core.unrolled() returns bigint[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_reach core.rollup_reach;
  v_most constant integer := 20000;
  v_since bigint[];
begin
  select * into v_reach from core.rollup_reach;
  if v_reach.walked is not null or not core.rollup_holds(v_reach) then
    return null;
  end if;
  v_since := array(select c.id from core.change c
                   where c.scope = any (array(select 'district ' || d.id from core.district d))
                     and c.xid >= v_reach.xid and (c.xid, c.seq) > (v_reach.xid, v_reach.seq) and c.what = 'ticket'
                   limit v_most + 1);
  return case when cardinality(v_since) <= v_most then array(select distinct s from unnest(v_since) s) end;
end $$;

-- Count at most p_limit more: changes since, and tickets of the first walk. Fewer than p_limit: all is counted.
create or replace function api.sweep_rollup(p_limit int) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_reach core.rollup_reach;
  v_horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_seen record;
  v_walk bigint[];
begin
  perform core.require_worker();
  select * into v_reach from core.rollup_reach for update;
  if not core.rollup_holds(v_reach) then  -- begin at the present, then walk over everything
    v_reach := row(true, v_horizon, 0, 0)::core.rollup_reach;
  end if;
  select array_agg(distinct c.id) filter (where c.what = 'ticket') as ids, count(*) as n, (array_agg(c.xid order by c.xid desc, c.seq desc))[1] as xid,
         (array_agg(c.seq order by c.xid desc, c.seq desc))[1] as seq
    into v_seen
    from (select c.xid, c.seq, c.id, c.what from core.change c
          where c.scope = any (array(select 'district ' || d.id from core.district d))  -- one for each write
            and c.xid >= v_reach.xid and (c.xid, c.seq) > (v_reach.xid, v_reach.seq) and c.xid < v_horizon
          order by c.xid, c.seq limit p_limit) c;
  if v_reach.walked is not null and v_seen.n < p_limit then
    v_walk := array(select t.id from core.ticket t where t.id > v_reach.walked order by t.id limit p_limit - v_seen.n);
  end if;
  perform core.roll(coalesce(v_seen.ids, '{}') || coalesce(v_walk, '{}'));
  delete from core.rollup where tickets = 0;
  update core.rollup_reach set
    xid = case when v_seen.n < p_limit then v_horizon else v_seen.xid end,
    seq = case when v_seen.n < p_limit then 0 else v_seen.seq end,
    walked = case when v_seen.n = p_limit then v_reach.walked
                  when cardinality(v_walk) = p_limit - v_seen.n then v_walk[cardinality(v_walk)] end;
  return v_seen.n + coalesce(cardinality(v_walk), 0);
end $$;
revoke all on function api.sweep_rollup(int) from public;
grant execute on function api.sweep_rollup(int) to ld_console;

-- Whatever a calendar or the tree of categories changes in old tickets is walked over again.
create or replace function core.tg_rollup__again() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update core.rollup_reach set walked = 0;
  return null;
end $$;
create or replace trigger _700_rollup after insert or update or delete on core.workday
  for each statement execute function core.tg_rollup__again();
create or replace trigger _700_rollup after update of parent_id, level on core.category
  for each statement execute function core.tg_rollup__again();

-- What the cells say against what the tickets say, leaving out what changed since; empty when all is well.
create or replace function core.verify_rollup() returns table (what text, "where" text)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_since bigint[] := core.unrolled();
begin
  if v_since is null then
    return query select 'not counted yet'::text, 'rollup_reach'::text;
    return;
  end if;
  return query
    select 'counted in another cell', coalesce(r.ticket_id, c.ticket_id)::text
    from core.rolled r full join core.countable c on c.district_id = r.district_id and c.ticket_id = r.ticket_id
    where (r.cell, r.days) is distinct from (c.cell, c.days) and coalesce(r.ticket_id, c.ticket_id) <> all (v_since);
  return query
    select format('%s tickets, rows say %s', coalesce(c.tickets, 0), coalesce(s.tickets, 0)), coalesce(c.cell, s.cell)::text
    from core.rollup c
    full join (
      select r.district_id, r.cell, count(*) as tickets,
             array[count(*) filter (where r.days = 0), count(*) filter (where r.days = 1), count(*) filter (where r.days = 2),
                   count(*) filter (where r.days = 3), count(*) filter (where r.days = 4), count(*) filter (where r.days = 5),
                   count(*) filter (where r.days = 6), count(*) filter (where r.days = 7), count(*) filter (where r.days = 8),
                   count(*) filter (where r.days = 9), count(*) filter (where r.days = 10),
                   count(*) filter (where r.days = 11)] as days
      from core.rolled r group by r.district_id, r.cell
    ) s on s.district_id = c.district_id and s.cell = c.cell
    where (c.tickets, c.days) is distinct from (s.tickets, s.days);
end $$;
