-- Figures over all years: what closed long ago comes from cells (66_rollup.sql), the rest is counted as it stands,
-- so that the sum is exact. A figure never says more than the list behind it: what a person is kept off is taken out.

drop type if exists api.figures cascade;
create type api.figures as (
  key     text,      -- of the group: yyyy-mm, an id or a code; null where a ticket has none
  tickets bigint,
  overdue bigint,    -- were red at least once
  on_time bigint,    -- answered, not after the due moment
  late    bigint,    -- answered after it
  missed  bigint,    -- open, not answered, and it has passed
  undated bigint,    -- answered, without a due moment
  days    bigint[]   -- answered tickets by working days: 0 to 10, then 11 and more
);

-- A filter that reaches into the past unless it says otherwise. A coloured light is for open tickets alone.
create or replace function api.past(p_filter jsonb) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select '{"open_only": false}' || p_filter || case
    when jsonb_typeof(p_filter->'lights') = 'array' and jsonb_array_length(p_filter->'lights') > 0
         and not p_filter->'lights' ? '-' then '{"open_only": true}'::jsonb else '{}' end
$$;

-- The plan of a list; the owner of the server, who is nobody's staff, sees everything.
create function api.plan_history(p_filter jsonb) returns api.list_plan
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  p api.list_plan := api.plan_list(p_filter);
begin
  if p.my_unit is null then
    p.sides := '{true}';
  end if;
  return p;
end $$;

create or replace function core.my_zone() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce((select d.tz from core.district d where d.id = core.my_district()), 'UTC');
end $$;

-- Whole months inside a span of time; everything when it is open.
create or replace function core.whole_months(p_from timestamptz, p_to timestamptz, out low timestamptz, out high timestamptz)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_zone text := core.my_zone();
begin
  low := case when p_from is null then '-infinity'
    when date_trunc('month', p_from, v_zone) = p_from then p_from
    else (date_trunc('month', p_from at time zone v_zone) + interval '1 month') at time zone v_zone end;
  high := coalesce(date_trunc('month', p_to, v_zone), 'infinity');
end $$;

-- Can the cells answer this filter and grouping? Whatever field they do not know, now or in future, they cannot.
create or replace function core.cells_serve(p api.list_plan, p_by text) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  f core.ticket_filter := p.filter;
begin
  return cardinality(p.sides) > 0 and core.my_scope() in ('all', 'town', 'dept')
    and not f.open_only
    and p_by in ('', 'month', 'unit', 'town', 'domain', 'class', 'channel', 'kind', 'state')
    and array(select k from jsonb_object_keys(jsonb_strip_nulls(to_jsonb(f))) k)
        <@ '{open_only,states,unit_id,territory_id,category_id,channels,kinds,overdue,answers,held_by,category_only,created_from,created_to}'::text[]
    and coalesce(f.category_only, 0) = 0
    and (f.territory_id is null or f.territory_id = 0 or exists (select from core.territory t where t.id = f.territory_id and t.town_id = t.id))
    and (f.category_id is null or exists (select from core.category c where c.id = f.category_id and c.level < 3));
end $$;

-- Closed tickets that changed since the cells were true and that I may see; null: count everything as it stands.
create or replace function api.unrolled(p_filter jsonb, p_by text) returns bigint[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_since bigint[] := case when core.cells_serve(api.plan_list(p_filter), p_by) then core.unrolled() end;
begin
  return case when v_since is not null then array(
    select t.id from core.ticket t where t.id = any (v_since) and not t.is_open and core.may_see(t)) end;
end $$;

-- What the cells say, without tickets that changed since and without those I am kept off. Tickets that I see only as
-- a guest are in none of my cells: they are counted as they stand.
create function api.rolled_figures(p_filter jsonb, p_by text) returns setof api.figures
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  p api.list_plan := api.plan_list(p_filter);
  f core.ticket_filter := p.filter;
  me record;
  v_span record;
  v_from date;
  v_to date;
  v_since constant bigint[] := case when core.cells_serve(p, p_by) then core.unrolled() end;
  v_near bigint[];
  v_apart bigint[];
begin
  if v_since is null then
    return;
  end if;
  select * into me from core.standpoint(session_user);
  select * into v_span from core.whole_months(f.created_from, f.created_to);
  v_from := nullif(v_span.low, '-infinity') at time zone core.my_zone();  -- once, and not for every cell
  v_to := nullif(v_span.high, 'infinity') at time zone core.my_zone();
  v_near := array(
    select distinct b.ticket_id from core.barred b
    where b.district_id = me.district_id
      and (b.login = session_user or me.scope <> 'all' and b.unit_id = any (core.unit_line(me.unit_id) || core.unit_branch(me.unit_id))));
  v_apart := v_since;
  if v_near <> '{}' then  -- by known ids: only their months are opened
    v_apart := v_apart || array(select t.id from core.ticket t
      where t.id = any (v_near) and t.district_id = me.district_id and core.is_barred(t, session_user, me.unit_id, me.scope));
  end if;
  return query
    with cells as (
      select c.*, 1 as sign from core.rollup c where c.district_id = me.district_id
      union all
      select c.district_id, c.cell, c.month, c.state, c.p_town, c.h_town, c.h_dept, c.handler_unit_id, c.domain_id,
             c.class_id, c.channel, c.kind, c.overdue, c.answer, 1,
             array(select (d = r.days)::int::bigint from generate_series(0, 11) d order by d), -1
      from core.rolled r join core.rollup c on c.district_id = r.district_id and c.cell = r.cell
      where r.district_id = me.district_id and r.ticket_id = any (v_apart)
    )
    select case p_by when '' then '' when 'month' then to_char(c.month, 'YYYY-MM') when 'unit' then c.handler_unit_id::text
                     when 'town' then c.p_town::text when 'domain' then c.domain_id::text when 'class' then c.class_id::text
                     when 'channel' then c.channel when 'kind' then c.kind when 'state' then c.state end,
           sum(c.sign * c.tickets)::bigint,
           coalesce(sum(c.sign * c.tickets) filter (where c.overdue), 0)::bigint,
           coalesce(sum(c.sign * c.tickets) filter (where c.answer = 'on_time'), 0)::bigint,
           coalesce(sum(c.sign * c.tickets) filter (where c.answer = 'late'), 0)::bigint,
           0::bigint,
           coalesce(sum(c.sign * c.tickets) filter (where c.answer = 'undated'), 0)::bigint,
           array[sum(c.sign * coalesce(c.days[1], 0)), sum(c.sign * coalesce(c.days[2], 0)),
                 sum(c.sign * coalesce(c.days[3], 0)), sum(c.sign * coalesce(c.days[4], 0)),
                 sum(c.sign * coalesce(c.days[5], 0)), sum(c.sign * coalesce(c.days[6], 0)),
                 sum(c.sign * coalesce(c.days[7], 0)), sum(c.sign * coalesce(c.days[8], 0)),
                 sum(c.sign * coalesce(c.days[9], 0)), sum(c.sign * coalesce(c.days[10], 0)),
                 sum(c.sign * coalesce(c.days[11], 0)), sum(c.sign * coalesce(c.days[12], 0))]::bigint[]
    from cells c
    where (v_from is null or c.month >= v_from)
      and (v_to is null or c.month < v_to)
      and (me.scope = 'all' or me.scope = 'town' and me.town in (c.p_town, c.h_town) or me.scope = 'dept' and c.h_dept = me.dept)
      and (f.states is null or f.states = '{}' or c.state = any (f.states))
      and (f.channels is null or f.channels = '{}' or c.channel = any (f.channels))
      and (f.kinds is null or f.kinds = '{}' or c.kind = any (f.kinds))
      and (f.answers is null or f.answers = '{}' or c.answer = any (f.answers))
      and (f.overdue is null or c.overdue = f.overdue)
      and (f.unit_id is null or c.handler_unit_id = any (p.unit_ids))
      and (f.held_by is null or coalesce(c.handler_unit_id, 0) = f.held_by)
      and (f.territory_id is null or coalesce(c.p_town, 0) = f.territory_id)
      and (f.category_only is null or c.domain_id is null)
      and (f.category_id is null or f.category_id in (c.domain_id, c.class_id))
    -- a group of which nothing is left would say that something was
    group by 1 having sum(c.sign * c.tickets) <> 0;
end $$;

-- The tickets a figure counts one by one: open ones, those that changed since ($2), those I see as a guest, and days
-- outside whole months ($3, $4). Everything when the cells cannot serve. Each part names the ids it can lie in: a part
-- that does not is planned for every month there is, which takes far longer than counting.
create function api.unrolled_sql(p api.list_plan, p_select text, p_since bigint[], p_from timestamptz, p_to timestamptz)
returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_all constant text[] := p.sides;
  v_within constant text := coalesce(
    (select api.span_sql(int8range(min(lower(s)), case when bool_and(not upper_inf(s)) then max(upper(s)) end)) from unnest(p.spans) s),
    ' and false');
  v_closed constant text := ' and not t.is_open' || case when p_since <> '{}' then ' and t.id <> all ($2)' else '' end;
  v_more text[];
  v_guests text;
begin
  if p_since is null then
    return api.over_sides(p, p_select, v_within, '');
  end if;
  p.sides := array(select s from unnest(v_all) s where s like '%my_guests%');
  v_guests := api.over_sides(p, p_select, v_within, '');
  p.sides := array(select s from unnest(v_all) s where s not like '%my_guests%');
  v_more := array[' and t.is_open and ' || p.open_where];
  if p_since <> '{}' then
    v_more := v_more || ' and not t.is_open and t.id = any ($2)'::text;
  end if;
  if p_from <> '-infinity' then
    v_more := v_more || (v_closed || ' and t.created_at < $3 and t.id < ' || api.first_id(p_from));
  end if;
  if p_to <> 'infinity' and p_from <= p_to then
    v_more := v_more || (v_closed || ' and t.created_at >= $4 and t.id >= ' || api.first_id(p_to));
  end if;
  return (select string_agg(api.over_sides(p, p_select, v_within || m, ''), ' union all ') from unnest(v_more) m)
    || coalesce(' union all ' || v_guests, '');
end $$;

-- What counting reads of a ticket t.
create or replace function api.figure_row() returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select 't.created_at, t.dispatched_at, t.answered_at, t.handler_unit_id, t.p_town, t.p_area, t.domain_id, t.category_id,'
      || ' t.channel, t.kind, t.state, t.answer, t.red_since is not null as overdue'
$$;

-- Figures of rows of api.figure_row(), by group.
create or replace function api.figures_sql(p_by text, p_rows text) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_zone constant text := api.my_zone();
  v_key constant text := case p_by when '' then '''''' when 'month' then format('to_char(t.created_at at time zone %L, ''YYYY-MM'')', v_zone)
    when 'unit' then 't.handler_unit_id::text' when 'town' then 't.p_town::text' when 'area' then 't.p_area::text'
    when 'domain' then 't.domain_id::text' when 'item' then 't.category_id::text'
    when 'class' then 'case when k.level = 3 then k.parent_id else k.id end::text'
    when 'channel' then 't.channel' when 'kind' then 't.kind' when 'state' then 't.state' end;
begin
  if v_key is null then
    raise exception using errcode = 'LD003', constraint = 'bad_payload', message = 'There is no such grouping.',
      detail = '{"field": "by", "problem": "unknown"}';
  end if;
  return format($q$
      select x.key, count(*) as tickets, count(*) filter (where x.overdue) as overdue,
             count(*) filter (where x.answer = 'on_time') as on_time, count(*) filter (where x.answer = 'late') as late,
             count(*) filter (where x.answer = 'missed') as missed, count(*) filter (where x.answer = 'undated') as undated,
             array[count(*) filter (where x.days = 0), count(*) filter (where x.days = 1), count(*) filter (where x.days = 2),
                   count(*) filter (where x.days = 3), count(*) filter (where x.days = 4), count(*) filter (where x.days = 5),
                   count(*) filter (where x.days = 6), count(*) filter (where x.days = 7), count(*) filter (where x.days = 8),
                   count(*) filter (where x.days = 9), count(*) filter (where x.days = 10), count(*) filter (where x.days = 11)] as days
      from (
        select %1$s as key, t.overdue, t.answer, case when a.wd_no - d.wd_no is not null then least(greatest(a.wd_no - d.wd_no, 0), 11) end as days
        from (%3$s) t
        left join api.categories k on k.id = t.category_id
        left join api.workdays d on d.day = (coalesce(t.dispatched_at, t.created_at) at time zone %2$L)::date
        left join api.workdays a on a.day = (t.answered_at at time zone %2$L)::date
      ) x group by x.key$q$, v_key, v_zone, p_rows);
end $$;

-- Without words; with them api.search_figures.
create function api.history_figures(p_filter jsonb, p_by text) returns setof api.figures
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_filter constant jsonb := api.past(p_filter);
  p api.list_plan := api.plan_history(v_filter);
  v_since bigint[] := api.unrolled(v_filter, p_by);
  v_span record;
begin
  select * into v_span from api.whole_months(((p.filter).created_from), ((p.filter).created_to));
  if v_since is not null and v_span.low > v_span.high then  -- within one month or across one change of months
    v_since := null;
  end if;
  return query execute format($q$
    select f.key, sum(f.tickets)::bigint, sum(f.overdue)::bigint, sum(f.on_time)::bigint, sum(f.late)::bigint,
           sum(f.missed)::bigint, sum(f.undated)::bigint,
           array[sum(f.days[1]), sum(f.days[2]), sum(f.days[3]), sum(f.days[4]), sum(f.days[5]), sum(f.days[6]),
                 sum(f.days[7]), sum(f.days[8]), sum(f.days[9]), sum(f.days[10]), sum(f.days[11]), sum(f.days[12])]::bigint[]
    from (
      select r.* from api.rolled_figures($5, $6) r where $2 is not null
      union all
      (%s)
    ) f group by f.key having sum(f.tickets) <> 0$q$,
    api.figures_sql(p_by, api.unrolled_sql(p, api.figure_row(), v_since, v_span.low, v_span.high)))
    using p, v_since, v_span.low, v_span.high, v_filter, p_by;
end $$;

-- Doors to what a person may not call in core.
create or replace function api.my_zone() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$ select core.my_zone() $$;
create or replace function api.whole_months(p_from timestamptz, p_to timestamptz, out low timestamptz, out high timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.low, m.high from core.whole_months(p_from, p_to) m
$$;

-- The first id of a month of my district, named by its first moment.
create or replace function api.first_id(p_month timestamptz) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select core.month_start((p_month at time zone core.my_zone())::date)
$$;

-- The counts of api.queue_counts for lists that reach into the past: exact up to 999, beyond that only that there are
-- more. Whoever wants to know exactly asks for figures; a list must not count five million tickets at every change.
create or replace function api.history_counts(p_filter jsonb) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_most constant integer := 999;
  v_ids bigint[];
  v_counts jsonb;
begin
  if (api.past(p_filter)->>'open_only')::boolean then
    return api.queue_counts(api.past(p_filter));
  end if;
  v_ids := array(select t.id from api.tickets_page(api.past(p_filter), 'newest', null, null, v_most + 1) t);
  if cardinality(v_ids) > v_most then
    return jsonb_build_object('total', v_most, 'more', true);
  end if;
  execute api.counts_sql('select t.state, t.light from api.tickets t where t.id = any ($1)') into v_counts using v_ids;
  return v_counts;
end $$;

-- A page of an export of mine that goes on, newest first, under the names of api.ticket_rows: what the register has as
-- asked for, and counted there before it is handed out.
drop function if exists api.export_page(jsonb, timestamptz, bigint, integer);
create or replace function api.export_page(p_export bigint, p_after_at timestamptz, p_after_id bigint, p_limit integer)
returns setof api.ticket_rows
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_filter constant jsonb := api.past(api.export_filter(p_export, 'tickets'));
  p api.list_plan := api.plan_history(v_filter);
  v_ids bigint[];
begin
  if p.my_unit is not null then
    v_ids := array(select t.id from api.tickets_page(v_filter, 'newest', p_after_at, p_after_id, p_limit) t);
  else
    execute format('select array(select t.id from api.tickets t where %s %s order by t.created_at desc, t.id desc limit $4)',
                   p.condition, case when p_after_id is not null then 'and (t.created_at, t.id) < ($2, $3)' end)
      into v_ids using p, p_after_at, p_after_id, p_limit;
  end if;
  perform api.count_exported(p_export, cardinality(v_ids));
  return query select r.* from api.ticket_rows r where r.id = any (v_ids) order by r.created_at desc, r.id desc;
end $$;

do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
      'api.past(jsonb)', 'api.plan_history(jsonb)', 'api.unrolled(jsonb, text)', 'api.rolled_figures(jsonb, text)', 'api.my_zone()', 'api.first_id(timestamptz)',
      'api.unrolled_sql(api.list_plan, text, bigint[], timestamptz, timestamptz)', 'api.history_figures(jsonb, text)',
      'api.figure_row()', 'api.figures_sql(text, text)',
      'api.whole_months(timestamptz, timestamptz)', 'api.history_counts(jsonb)',
      'api.export_page(bigint, timestamptz, bigint, integer)']::regprocedure[] loop
    execute format('revoke all on function %1$s from public; grant execute on function %1$s to ld_console', v_function);
  end loop;
end $$;
