-- Pages and counts of tickets. Both run as the asking person over api.tickets with the same plan, so that row
-- security holds and a count can never disagree with its list.

-- One select per side of the person's scope, joined.
create function api.over_sides(p api.list_plan, p_select text, p_more text, p_tail text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select string_agg(format('(select %s from api.tickets t where %s and %s%s %s)',
                           p_select, side, p.condition, p_more, p_tail), ' union all ')
  from unnest(p.sides) side
$$;

create function api.page_sql(p api.list_plan, p_more text, p_order text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select format('select * from (%s) t order by %s limit $4',
    api.over_sides(p, 't.*', p_more, format('order by %s limit $4', p_order)), p_order)
$$;

-- A span of ids as a condition.
create or replace function api.span_sql(p_span int8range) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select ' and t.id >= ' || lower(p_span) || coalesce(' and t.id < ' || upper(p_span), '')
$$;

-- Order 'due': due_at nulls last, id. Order 'newest': created_at desc, id desc. Page on with the last row's two values.
create function api.tickets_page(
  p_filter jsonb, p_order text default 'due',
  p_after_at timestamptz default null, p_after_id bigint default null, p_limit integer default 200)
returns setof api.tickets
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  p constant api.list_plan := api.plan_list(p_filter || jsonb_build_object('order', p_order));
  v_wanted integer := least(greatest(p_limit, 1), 1000);
  v_rows integer := 0;
  v_span int8range;
begin
  if p_order = 'newest' and (p.filter).text is not null then
    return query select (s.ticket).*
      from api.search((p.filter).text, p_filter - 'text' - 'order', p_after_at, p_after_id, v_wanted) s;
    return;
  elsif p_order = 'newest' then
    foreach v_span in array p.spans loop
      continue when lower(v_span) > p_after_id;
      return query execute api.page_sql(p,
        api.span_sql(v_span) || case when p_after_id is null then '' else ' and (t.created_at, t.id) < ($2, $3)' end,
        't.created_at desc, t.id desc') using p, p_after_at, p_after_id, v_wanted;
      get diagnostics v_rows = row_count;
      v_wanted := v_wanted - v_rows;
      exit when v_wanted = 0;
    end loop;
    return;
  end if;
  -- First the tickets with a running clock, which are open, then those without: two ranges of the same index.
  if p_after_id is null or p_after_at is not null then
    return query execute api.page_sql(p,
      ' and t.is_open and ' || p.open_where
        || case when p_after_id is null then ' and t.due_at is not null' else ' and (t.due_at, t.id) > ($2, $3)' end,
      't.due_at, t.id') using p, p_after_at, p_after_id, v_wanted;
    get diagnostics v_rows = row_count;
    v_wanted := v_wanted - v_rows;
  end if;
  for v_span in select s from unnest(p.spans) with ordinality x(s, n) order by n desc loop
    exit when v_wanted = 0;
    continue when p_after_at is null and upper(v_span) <= p_after_id;
    return query execute api.page_sql(p,
      api.span_sql(v_span) || ' and t.due_at is null'
        || case when p_after_at is null and p_after_id is not null then ' and t.id > $3' else '' end,
      't.id') using p, p_after_at, p_after_id, v_wanted;
    get diagnostics v_rows = row_count;
    v_wanted := v_wanted - v_rows;
  end loop;
end $$;

-- Counts of rows of (state, light).
create or replace function api.counts_sql(p_rows text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select format($q$
    with seen as (select state, light, count(*) as n from (%s) t group by state, light)
    select jsonb_build_object(
      'total', coalesce((select sum(n) from seen), 0),
      'lights', (select jsonb_object_agg(l, coalesce((select sum(n) from seen where light = l), 0))
                 from unnest('{R,Y,G,-}'::text[]) l),
      'states', coalesce((select jsonb_object_agg(state, n)
                          from (select state, sum(n) as n from seen group by state) x), '{}'))$q$, p_rows)
$$;

create or replace function api.queue_counts(p_filter jsonb) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  p api.list_plan := api.plan_list(p_filter);
  v_counts jsonb;
begin
  if (p.filter).text is not null then
    return api.search_counts((p.filter).text, p_filter - 'text' - 'order', 1000000) - '{more,since}'::text[];
  end if;
  execute api.counts_sql(api.over_sides(p, 't.state, t.light', '', '')) into v_counts using p;
  return v_counts;
end $$;

-- A wall shows how the district stands and nothing of any ticket.
create or replace function api.wall_counts() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_counts jsonb;
begin
  execute api.counts_sql('select t.state, t.light from api.tickets t where t.is_open and t.district_id = $1')
    into v_counts using core.my_district();
  return v_counts;
end $$;

-- Tickets by their ids, each in its month: planned each time, for a plan kept would be made over all months, and made
-- anew in the middle of a shift.
create or replace function api.tickets_of(p_ids bigint[]) returns setof api.tickets
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  return query select * from api.tickets t where t.id = any (p_ids) order by t.id;
end $$;

-- What was merged into a ticket, of any month: the plan takes ten times as long as the question, and is kept. It is one
-- of ids alone: all columns take as long again.
create or replace function api.merged_into(p_ticket bigint) returns setof api.tickets
language plpgsql stable set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  v_merged bigint[] := array(select t.id from api.tickets t where t.main_ticket_id = p_ticket order by t.id);
begin
  if v_merged <> '{}' then
    return query select * from api.tickets_of(v_merged);
  end if;
end $$;
